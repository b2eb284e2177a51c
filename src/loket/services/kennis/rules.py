"""What a good article is, which words of it count, and how its text is drawn. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

from django.utils.text import slugify
from django.utils.translation import gettext as _

from loket.foundation.access.acts import act
from loket.foundation.errors import Refused

LEZEN = act("kennis.lezen", "De kennisartikelen lezen, ook wat alleen voor collega’s is")
SCHRIJVEN = act("kennis.schrijven", "Kennisartikelen schrijven, publiceren, verlengen en intrekken")
BEHEREN = act("kennis.beheren", "De regels voor kennisartikelen bepalen, en artikelen in- en uitvoeren")

MAX_VRAAG, MAX_ANTWOORD, MAX_BRONNEN, MAX_JAREN = 200, 4000, 12, 3
MAX_WOORDEN = 32
"""So many different words of a text are looked for: the first ones, for people begin with what they want."""
MAX_OPMERKING, OPMERKINGEN_PER_DAG = 300, 25
"""So long an opmerking is kept, and so many a day for one article: whoever floods us fills nothing."""
GEWICHT = {"vraag": 4, "trefwoorden": 3, "antwoord": 1}
"""What a word weighs by where it stands."""

GEWOON = frozenset(
    """
    de het een ik beste geachte goedemorgen goedemiddag hallo hoi graag gemeente wil wilt willen wilde kan kun
    kunt kunnen kon mag mogen moet moeten hoe wat waar wanneer waarom welke welk wie waarheen waarvoor doe doet
    doen gaan gaat ga komt komen krijg krijgt krijgen heb hebt heeft hebben had ben bent zijn onze ons jullie
    hun alvast bedankt vriendelijke groet groeten vraag vragen weten laten even eens dus nog heel erg ook meneer
    mevrouw dear hello please thanks how what where when why which who can could may must should would do does
    get have has want like know go going my our your i we you
    """.split()  # noqa: SIM905 (a list of words reads as one)
)
"""Words that every letter has: they say nothing about what somebody wants. Left out."""

_WOORD = re.compile(r"[^\W_]+")
_HEEL = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)+")


def woorden(tekst: str) -> list[str]:
    """The different words of a text as they are looked for: small letters without accents, in their order. 'Id-kaart'
    gives 'id', 'kaart' and 'idkaart'."""
    plat = "".join(c for c in unicodedata.normalize("NFKD", tekst.lower()) if not unicodedata.combining(c))
    aan_een = (re.sub(r"[-'’]", "", heel) for heel in _HEEL.findall(plat))
    uit: dict[str, None] = {}
    for woord in (*_WOORD.findall(plat), *aan_een):
        if 2 <= len(woord) <= 40:
            uit.setdefault(woord)
    return list(uit)


def zoekwoorden(tekst: str) -> list[str]:
    """The words of a text by which something is looked for, the first MAX_WOORDEN; [] when it says nothing."""
    return veelzeggend(tekst)[:MAX_WOORDEN]


def veelzeggend(tekst: str) -> list[str]:
    """The words of a text that say what it is about."""
    return [woord for woord in woorden(tekst) if woord not in GEWOON]


@dataclass(frozen=True)
class Bron:
    """Where an answer comes from. `artikel`: the article of law ('26 Paspoortwet'), or ''."""

    titel: str
    url: str = ""
    artikel: str = ""


def lees_bronnen(tekst: str) -> list[Bron]:
    """The sources of a form, a line each: 'titel | https://adres | artikel van de wet'. Raises Refused (`bron`)."""
    return check_bronnen([regel.split("|") for regel in tekst.splitlines() if regel.strip()])


def check_bronnen(gegeven: Iterable[Sequence[str]]) -> list[Bron]:
    """Sources of one to three parts, checked. Raises Refused (`bron`): an address that is no https:// or http://."""
    uit = []
    for nummer, ruw in enumerate(gegeven, 1):
        deel = [str(each).strip() for each in ruw]
        if not deel or not deel[0] or len(deel) > 3:
            raise Refused(
                "bron", _("Schrijf bron %d zo: titel | https://adres | artikel van de wet.") % nummer, "bronnen"
            )
        bron = Bron(*deel)
        if bron.url and not _is_adres(bron.url):
            raise Refused("bron", _("Het adres van bron %d klopt niet. Het begint met https://.") % nummer, "bronnen")
        uit.append(bron)
    if len(uit) > MAX_BRONNEN:
        raise Refused("bron", _("Er passen %d bronnen bij een artikel.") % MAX_BRONNEN, "bronnen")
    return uit


def _is_adres(url: str) -> bool:
    try:
        delen = urlsplit(url)
        return delen.scheme in ("https", "http") and bool(delen.hostname) and not re.search(r"\s", url)
    except ValueError:
        return False


def schrijf_bronnen(bronnen: Iterable[Any]) -> str:
    """Stored sources as the lines of a form."""
    return "\n".join(f"{b['titel']} | {b['url']} | {b['artikel']}".rstrip(" |") for b in bronnen)


def check_tekst(velden: dict[str, Any]) -> None:
    """What every version needs. Raises Refused (`leeg`, `te-lang`, `engels`)."""
    for veld, hoogste in (("vraag", MAX_VRAAG), ("antwoord", MAX_ANTWOORD)):
        for naam in (veld, f"{veld}_en"):
            if len(velden[naam]) > hoogste:
                raise Refused("te-lang", _("Deze tekst is te lang. Er passen %d tekens.") % hoogste, naam)
    for veld in ("vraag", "antwoord"):
        if not velden[veld].strip():
            raise Refused("leeg", _("Een artikel heeft een vraag en een antwoord."), veld)
    for ene, ander in (("vraag_en", "antwoord_en"), ("antwoord_en", "vraag_en")):
        if velden[ene].strip() and not velden[ander].strip():
            raise Refused(
                "engels", _("Schrijf de vraag en het antwoord allebei in het Engels, of geen van beide."), ander
            )
    if not veelzeggend(velden["vraag"]):
        raise Refused("leeg", _("Schrijf in de vraag waar zij over gaat."), "vraag")


def check_geldig(tot: date, vandaag: date) -> None:
    """An article holds for some time, not for ever. Raises Refused (`datum`)."""
    if tot <= vandaag:
        raise Refused("datum", _("Kies een dag na vandaag."), "geldig_tot")
    if tot > vandaag + timedelta(days=366 * MAX_JAREN):
        raise Refused(
            "datum", _("Kies een dag binnen %d jaar. Daarna kijken wij het weer na.") % MAX_JAREN, "geldig_tot"
        )


def slug(vraag: str) -> str:
    """The last part of the address of an article."""
    heel = slugify(vraag)
    return (heel if len(heel) <= 70 else heel[:70].rpartition("-")[0]) or "vraag"


type Vakje = Literal["p", "ul"]


@dataclass(frozen=True)
class Alinea:
    """A paragraph, or a list of lines that began with a dash."""

    soort: Vakje
    regels: tuple[str, ...]


def alineas(tekst: str) -> list[Alinea]:
    """The text of an article as it is drawn: lines with a dash in front are a list, an empty line ends a paragraph."""
    uit: list[Alinea] = []
    soort: Vakje = "p"
    regels: list[str] = []

    def klaar() -> None:
        if regels:
            uit.append(Alinea(soort, tuple(regels)))
            regels.clear()

    for regel in (r.strip() for r in tekst.splitlines()):
        deze: Vakje = "ul" if regel.startswith("- ") else "p"
        if not regel or deze != soort:
            klaar()
        soort = deze
        if regel:
            regels.append(regel.removeprefix("- "))
    klaar()
    return uit


_CIJFERS = re.compile(r"\d(?:[\s.-]?\d){5,}")
_MAIL = re.compile(r"\S+@\S+")
_POSTCODE = re.compile(r"\b\d{4}\s?[A-Za-z]{2}\s?\d{1,5}\b")


def zonder_gegevens(tekst: str) -> str:
    """Words of a resident without what points at a person: e-mail addresses, postcodes with a house number, telephone
    and other long numbers. One line, at most MAX_OPMERKING characters."""
    kort = " ".join(tekst.replace("\0", " ").split())[:MAX_OPMERKING]
    for patroon in (_MAIL, _POSTCODE, _CIJFERS):
        kort = patroon.sub("…", kort)
    return kort
