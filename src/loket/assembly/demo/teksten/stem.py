# ruff: noqa: E501 (sentences stay on one line)
"""The voice in which somebody writes: plain, short, angry, polite, old-fashioned, careless, young, English, or told to an employee."""

from __future__ import annotations

import re
from random import Random

from loket.assembly.demo.teksten.grammatica import kans, kies

#: Chance of (a detail, a consequence, a wish) after the first sentence, for each voice.
KANSEN = {
    "gewoon": (0.75, 0.5, 0.6),
    "boos": (0.8, 0.85, 0.7),
    "beleefd": (0.9, 0.5, 0.9),
    "deftig": (0.9, 0.6, 0.9),
    "slordig": (0.6, 0.4, 0.45),
    "vlot": (0.6, 0.4, 0.6),
}
_STEMMEN = {
    "melding": (
        ("gewoon", 34),
        ("kort", 22),
        ("boos", 10),
        ("beleefd", 11),
        ("deftig", 4),
        ("slordig", 13),
        ("vlot", 6),
    ),
    "vraag": (("gewoon", 40), ("kort", 8), ("boos", 2), ("beleefd", 22), ("deftig", 5), ("slordig", 13), ("vlot", 10)),
    "klacht": (("gewoon", 32), ("kort", 2), ("boos", 28), ("beleefd", 18), ("deftig", 12), ("slordig", 8)),
    "compliment": (("gewoon", 50), ("kort", 14), ("beleefd", 14), ("deftig", 4), ("slordig", 8), ("vlot", 10)),
}
_P_ENGELS = 0.16  # only where the category has English sentences, so about 3 % of everything

_BOOS_BEGIN = (
    "Dit is nu de derde keer dat ik dit meld.", "Ik ben er helemaal klaar mee.", "Onvoorstelbaar.", "Schandalig.",
    "Voor de zoveelste keer:", "Ik snap niet dat dit kan.", "Doet er daar ook iemand iets?", "Wat een aanfluiting.",
    "Al eerder gemeld, niets op gehoord.", "Ik heb hier nu al drie keer over gebeld.", "Belachelijk dit.",
)  # fmt: skip
_BOOS_BEGIN_KLACHT = (
    "Ik ben er helemaal klaar mee.", "Onvoorstelbaar hoe dit gaat.", "Ik heb er een nacht over geslapen en ben nog steeds boos.",
    "Schandalig.", "Wat een aanfluiting.", "Zo hoort een overheid niet met mensen om te gaan.",
)  # fmt: skip
_BOOS_EIND = (
    "Ik verwacht antwoord.", "En kom niet aan met een standaardbrief.", "Dan bel ik de krant maar.", "Te gek voor woorden.",
    "Wij betalen genoeg belasting.", "Graag een reactie van iemand die verstand van zaken heeft.", "Ik houd u hieraan.",
    "Schiet een beetje op.", "Zo ga je toch niet met mensen om.", "",
)  # fmt: skip
_BELEEFD_BEGIN = (
    "Graag wil ik het volgende melden.", "Ik hoop dat u mij kunt helpen.", "Misschien is het al bekend, maar ik meld het toch.",
    "Mag ik uw aandacht voor het volgende?", "Allereerst dank voor uw werk.", "Ik weet niet of ik bij u aan het juiste adres ben.",
    "",
)  # fmt: skip
_BELEEFD_BEGIN_VRAAG = (
    "Ik hoop dat u mij kunt helpen.", "Ik heb een vraag.", "Op de website kon ik het niet vinden.", "Graag uw advies.",
    "Ik weet niet of ik bij u aan het juiste adres ben.", "",
)  # fmt: skip
_BELEEFD_BEGIN_KLACHT = (
    "Ik vind het vervelend om te schrijven, maar doe het toch.", "Helaas heb ik een klacht.", "Graag leg ik u het volgende voor.",
    "Ik heb hier lang over nagedacht.", "",
)  # fmt: skip
_BELEEFD_EIND_KLACHT = ("Ik hoor graag van u.", "Ik wacht uw antwoord af.", "Dank voor het lezen.", "")
_BELEEFD_EIND = (
    "Alvast hartelijk dank.", "Bij voorbaat dank.", "Dank voor de moeite.", "Ik hoor graag van u.", "Fijne dag gewenst.", "",
)  # fmt: skip
#: Before and after the matter itself, for each kind.
_BELEEFD = {
    "melding": (_BELEEFD_BEGIN, _BELEEFD_EIND),
    "vraag": (_BELEEFD_BEGIN_VRAAG, _BELEEFD_EIND),
    "klacht": (_BELEEFD_BEGIN_KLACHT, _BELEEFD_EIND_KLACHT),
    "compliment": (("",), ("",)),
}
_DEFTIG_BEGIN = (
    "Langs deze weg breng ik het volgende onder uw aandacht.", "Hierbij veroorloof ik mij u op het volgende te wijzen.",
    "Als inwoner van deze gemeente sinds {jaar} richt ik mij tot u.", "Ondergetekende verzoekt u beleefd om aandacht.",
    "Tot mijn spijt zie ik mij genoodzaakt u te schrijven.",
)  # fmt: skip
_DEFTIG_EIND = (
    "In afwachting van uw bericht verblijf ik.", "Uw antwoord zie ik met belangstelling tegemoet.",
    "Vertrouwende u hiermee voldoende te hebben ingelicht.",
)  # fmt: skip
_AANHEF = (
    "Beste gemeente,",
    "Geachte heer, mevrouw,",
    "Goedemorgen,",
    "Goedemiddag,",
    "Hallo,",
    "L.S.,",
    "Beste mensen,",
)
_AANHEF_VLOT = ("Hoi,", "Hi,", "Hallo!", "Hey gemeente,", "Hoi allemaal,", "Heee")
_GROET = ("Met vriendelijke groet", "Groet", "Vriendelijke groeten", "Groetjes", "Mvg", "Met groet")
_GESPREK = (
    "{wie} belt.", "{wie} belt hierover.", "{wie} aan de lijn.", "{wie} belt, is {gevoel}.", "{wie} belt namens de buren.",
)  # fmt: skip
_BALIE = ("{wie} aan de balie.", "{wie} komt langs aan de balie.", "{wie} aan balie, heeft foto's bij zich.")
_GESPREK_EIND = (
    "Wil graag teruggebeld worden, liefst [s ochtends|na 17.00 uur].", "Verwacht bericht per mail.", "Hoeft geen terugkoppeling.",
    "Uitgelegd dat we het doorzetten.", "Excuses aangeboden voor het wachten.", "Gezegd dat er binnen 3 werkdagen bericht komt.", "",
)  # fmt: skip


def kies_stem(rng: Random, soort: str, kanaal: str, *, engels: bool) -> str:
    """A voice that suits the kind and the channel. A call or a visit is written down by an employee ("gesprek")."""
    if kanaal in ("telefoon", "balie"):
        return "gesprek"
    if engels and kans(rng, _P_ENGELS):
        return "engels"
    stemmen = [(s, g * (3 if kanaal == "post" and s in ("beleefd", "deftig") else 1)) for s, g in _STEMMEN[soort]]
    if kanaal in ("post", "e-mail"):
        stemmen = [(s, g) for s, g in stemmen if s != "kort"]
    worp = rng.random() * sum(g for _, g in stemmen)
    for naam, gewicht in stemmen:
        worp -= gewicht
        if worp < 0:
            return naam
    return "gewoon"


def maak_kort(rng: Random, zinnen: list[str], soort: str) -> str:
    """Telegram style: no capital, no full stop, sometimes a few words more."""
    eerste = zinnen[0] if kans(rng, 0.5) else _klein(zinnen[0])
    if len(zinnen) > 1:
        return " ".join((_punt(eerste), *zinnen[1:]))
    if eerste.endswith(("?", "!")):
        return eerste
    return eerste + kies(rng, ("", "", ".", ", graag actie", ", graag snel") if soort == "melding" else ("", "", "."))


def _punt(zin: str) -> str:
    """A sentence with a full stop, unless it has its own end."""
    return zin if zin.endswith((".", "?", "!")) else f"{zin}."


def maak_gesprek(rng: Random, zinnen: list[str], soort: str, kanaal: str) -> str:
    """What an employee typed while somebody talked: who, what, said between quotation marks, and what was agreed."""
    wie = kies(rng, ("Mevrouw", "Meneer", "Mw.", "Dhr.", "Inwoner", "Bewoner"))
    kop = kies(rng, _BALIE if kanaal == "balie" else _GESPREK if soort == "melding" else _GESPREK[:4])
    kop = kop.replace("{wie}", wie).replace("{gevoel}", kies(rng, ("boos", "bezorgd", "erg vriendelijk", "emotioneel")))
    uit = f"{kop} {_punt(zinnen[0])}"
    if len(zinnen) > 1:
        uit += f" Zegt: “{' '.join(zinnen[1:])}”"
    eind = kies(rng, ("Doorgeven aan het team.", "") if soort == "compliment" else _GESPREK_EIND).replace(
        "[s ochtends|na 17.00 uur]", kies(rng, ("'s ochtends", "na 17.00 uur"))
    )
    return f"{uit} {eind}".strip()


def maak_tekst(rng: Random, stem: str, zinnen: list[str], soort: str, kanaal: str, naam: str | None) -> str:
    """The sentences in one voice, with salutation and greeting where that voice and channel use them."""
    brief = kanaal in ("e-mail", "post")
    aanhef, groet = "", ""
    if stem == "boos":
        zinnen = _boos(rng, zinnen, soort)
        groet = naam or "" if brief and kans(rng, 0.5) else ""
    elif stem == "beleefd":
        begin, eind = (kies(rng, zin) for zin in _BELEEFD[soort])
        zinnen = [z for z in (begin, *zinnen, eind) if z]
        aanhef, groet = kies(rng, _AANHEF), kies(rng, _GROET)
    elif stem == "deftig":
        begin = kies(rng, _DEFTIG_BEGIN[:3] if soort == "compliment" else _DEFTIG_BEGIN)
        zinnen = [begin.replace("{jaar}", str(1958 + int(rng.random() * 42))), *zinnen]
        if soort != "compliment":
            zinnen.append(kies(rng, _DEFTIG_EIND))
        aanhef, groet = kies(rng, ("Geacht college,", "Mijne heren, mevrouwen,", "Geacht bestuur,")), "Hoogachtend"
    elif stem == "vlot":
        aanhef, groet = kies(rng, _AANHEF_VLOT), kies(rng, ("Groetjes", "Thanks!", "Gr", "", "Bedankt alvast!"))
    elif brief or kans(rng, 0.12):
        aanhef, groet = kies(rng, _AANHEF), kies(rng, (*_GROET, ""))
    tekst = " ".join(zinnen)
    if stem == "slordig":
        tekst, aanhef = _slordig(rng, tekst), ""
        groet = kies(rng, ("", "", "mvg", "gr", "alvast bedankt"))
    if stem == "vlot" and naam:
        naam = naam.split()[0] if len(naam.split()[0]) > 2 else None
    if groet and naam and stem != "slordig" and not groet.endswith("!"):
        groet = f"{groet},\n{naam}" if groet != naam else groet
    delen = [d for d in (aanhef, tekst, groet) if d]
    return ("\n\n" if brief or stem in ("deftig",) else "\n" if aanhef else " ").join(delen)


def _boos(rng: Random, zinnen: list[str], soort: str) -> list[str]:
    begin, eind = kies(rng, _BOOS_BEGIN_KLACHT if soort == "klacht" else _BOOS_BEGIN), kies(rng, _BOOS_EIND)
    if begin.endswith(":"):
        zinnen = [_klein(zinnen[0]), *zinnen[1:]]
    zinnen = [begin, *zinnen] if kans(rng, 0.6) or begin.endswith(":") else [*zinnen, eind or begin.rstrip(":")]
    if kans(rng, 0.35):
        i = int(rng.random() * len(zinnen))
        zinnen[i] = re.sub(r"[.]$", kies(rng, ("!", "!!", "!!!")), zinnen[i])
    if kans(rng, 0.2):
        i = int(rng.random() * len(zinnen))
        zinnen[i] = re.sub(
            r"\b(niet|weer|nooit|alweer|niemand|elke)\b", lambda m: m.group().upper(), zinnen[i], count=1
        )
    return zinnen


_TIKFOUTEN = (
    (r"\bgemeente\b", "gemeete"), (r"\bwordt\b", "word"), (r"\bgebeurt\b", "gebeurd"), (r"\bniet meer\b", "nietmeer"),
    (r"\bsteeds\b", "steets"), (r"\bhet\b", "t"), (r"\been\b", "n"), (r"\bik heb\b", "ik heb"), (r"\bverschrikkelijk\b", "verschikkelijk"),
    (r"\bgevaarlijk\b", "gevarlijk"), (r"\bsinds\b", "sins"), (r"\blantaarnpaal\b", "lantarenpaal"), (r"\bergens\b", "ergns"),
    (r"\bnatuurlijk\b", "natuurlijk"), (r"\bcontainer\b", "kontainer"), (r"\bproberen\b", "probeeren"), (r"\been keer\b", "ff"),
    (r"\ballemaal\b", "allemal"), (r"\bachter\b", "acther"), (r"\bkunnen\b", "kunen"), (r"\bvolgens mij\b", "vlgs mij"),
    (r"\bvanwege\b", "ivm"), (r"\bzo snel mogelijk\b", "zsm"), (r"\balstublieft\b", "aub"), (r"\bnummer\b", "nr"),
)  # fmt: skip


def _slordig(rng: Random, tekst: str) -> str:
    """Careless typing: no capitals, lost full stops, at most two slips of the finger or of spelling."""
    if kans(rng, 0.8):
        tekst = tekst.lower()
    if kans(rng, 0.6):
        tekst = re.sub(r"[.] (?=\w)", lambda _: kies(rng, (" ", ", ", ". ", "..")), tekst).rstrip(".")
    passend = [(p, v) for p, v in _TIKFOUTEN if re.search(p, tekst)]
    for _ in range(2):
        if passend and kans(rng, 0.7):
            patroon, vervanging = kies(rng, passend)
            tekst = re.sub(patroon, vervanging, tekst, count=1)
    if kans(rng, 0.25):
        i = 1 + int(rng.random() * max(1, len(tekst) - 3))
        if tekst[i].isalpha() and tekst[i + 1 : i + 2].isalpha():
            tekst = tekst[:i] + tekst[i + 1] + tekst[i] + tekst[i + 2 :]
    return tekst


def _klein(zin: str) -> str:
    """A sentence without its capital, unless it starts with an abbreviation."""
    return zin if zin[:2].isupper() else zin[:1].lower() + zin[1:]
