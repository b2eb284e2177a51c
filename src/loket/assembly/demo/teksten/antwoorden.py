# ruff: noqa: E501 (sentences stay on one line)
"""What staff write: the answer to the resident, notes for colleagues, a question to a specialist, a reason for closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Literal

from loket.assembly.demo.teksten.categorieen import Categorie, categorieen
from loket.assembly.demo.teksten.consulten import CONSULTEN, SPECIALISME_VAN_DOMEIN
from loket.assembly.demo.teksten.grammatica import Zin, kans, kies, lees
from loket.assembly.demo.teksten.reacties import Reactietekst
from loket.assembly.demo.teksten.woorden import Woorden

#: gedaan: done, planned, explained or (a complaint) upheld; niet: not done or not upheld, with the reason.
Uitkomst = Literal["gedaan", "niet"]

_DANK = {
    "melding": ("Dank u wel voor uw melding over {over}.", "U meldde ons {over}. Dank daarvoor.", "Fijn dat u dit meldde."),
    "vraag": ("U stelde ons een vraag: {over}.", "Dank voor uw vraag.", "Hieronder leest u ons antwoord op uw vraag."),
    "klacht": ("U diende een klacht in: {over}.", "Wij hebben uw klacht onderzocht en met u gesproken.", "Dank dat u ons dit liet weten."),
    "compliment": ("",),
}  # fmt: skip
_SLOT = {
    "melding": (
        "Is het niet goed opgelost? Laat het ons binnen 14 dagen weten. Dan gaan wij er weer mee aan het werk.",
        "Ziet u dat het toch niet goed is? Dan kunt u uw melding op de statuspagina weer openen.",
        "Hebt u nog een vraag? Bel ons op {telefoon} en noem uw nummer.",
        "Met één vraag op de statuspagina kunt u zeggen wat u van ons werk vond.",
    ),
    "vraag": (
        "Is iets niet duidelijk? Bel ons op {telefoon}. Wij leggen het graag uit.",
        "Komt u er niet uit? Aan de balie helpen wij u ook, zonder afspraak.",
        "Hebt u nog een vraag? U kunt op dit bericht antwoorden.",
    ),
    "klacht": (
        "Bent u niet tevreden over dit antwoord? Dan kunt u naar de Nationale ombudsman, binnen een jaar. Dat is gratis.",
        "Vindt u dat wij niet goed met uw klacht omgingen? Dan kan de Nationale ombudsman opnieuw kijken. Doe dat binnen een jaar.",
    ),
    "compliment": ("", "Fijne dag gewenst."),
}  # fmt: skip
_TELEFOON = {False: "14 0199", True: "0199 200 300"}
_ORGANISATIE = {False: "Gemeente Lindewaard", True: "Waterschap Het Groene Tij"}


@dataclass(frozen=True, slots=True)
class Antwoord:
    """An answer in plain Dutch (B1), with its outcome and the reason for closing that belongs to it."""

    tekst: str
    uitkomst: Uitkomst
    reden: str


@dataclass(frozen=True, slots=True)
class SpecialistVraag:
    """A question to the third line. `sleutel` finds the answers that fit."""

    specialisme: str
    tekst: str
    sleutel: int


def _delen(rng: Random, reactie: Reactietekst, datum: date | None) -> tuple[Categorie, Woorden]:
    return categorieen()[reactie.categorie], Woorden(rng, datum or reactie.datum, reactie.straat, reactie.huisnummer)


def _aanhef(naam: str) -> str:
    return f"Beste {naam}," if naam else "Beste inwoner,"


def maak_antwoord(
    rng: Random,
    reactie: Reactietekst,
    *,
    naam: str = "",
    medewerker: str = "",
    uitkomst: Uitkomst | None = None,
    datum: date | None = None,
) -> Antwoord:
    """What was done and why, or why not, to the resident. Dates in it lie after `datum` (default: the day of the reaction).

    `naam` is how the resident is addressed ("mevrouw Hazelhoff"), `medewerker` signs. Without `uitkomst` about four in five
    are "gedaan".
    """
    c, woorden = _delen(rng, reactie, datum)
    keuze: Uitkomst = uitkomst or ("gedaan" if kans(rng, 0.8) else "niet")
    kern = kies(rng, c.passend(keuze, reactie.draad)).maak(rng, woorden.slots)
    dank = kies(rng, _DANK[reactie.soort]).replace("{over}", f"‘{reactie.onderwerp.rstrip('?.!')}’")
    slot = kies(rng, _SLOT[reactie.soort]).replace("{telefoon}", _TELEFOON[reactie.bij_waterschap])
    groet = "\n".join(d for d in ("Met vriendelijke groet,", medewerker, _ORGANISATIE[reactie.bij_waterschap]) if d)
    tekst = "\n\n".join(d for d in (_aanhef(naam), dank, kern, slot, groet) if d)
    return Antwoord(tekst, keuze, reden_afsluiting(rng, reactie, keuze))


_NOTITIES: dict[str, tuple[Zin, ...]] = {
    soort: tuple(lees(p) for p in patronen)
    for soort, patronen in {
        "melding": (
            "[Gebeld|Gemaild] met melder, [geen gehoor|voicemail ingesproken|uitleg gegeven, is tevreden|belt terug].",
            "Overgenomen van collega wegens verlof. Stand van zaken: wacht op [aannemer|buitendienst|terugkoppeling].",
            "Let op: melder is al [2|3] keer doorverwezen, graag persoonlijk bellen.",
            "Hoort mogelijk bij eerdere melding in de buurt. Even koppelen als dat klopt.",
            "Foto bekeken, duidelijk genoeg, schouw niet nodig.",
            "Schouw gepland [dinsdag|woensdag|donderdag] ochtend.",
            "Staat op de lijst voor het wijkoverleg van [maandag|donderdag].",
        ),
        "vraag": (
            "[Gebeld|Gemaild], [geen gehoor|voicemail ingesproken|uitleg gegeven|belt morgen terug].",
            "Standaardtekst past hier niet, zelf geschreven.",
            "Let op: is al [2|3] keer doorverwezen, graag in één keer afmaken.",
            "Nagevraagd bij collega, antwoord volgt [morgen|deze week].",
            "Komt liever langs dan dat het per mail gaat.",
        ),
        "klacht": (
            "Ontvangst bevestigd, termijn uitgelegd. Hoorgesprek aangeboden.",
            "Klager wil vooral gehoord worden. Neem de tijd.",
            "Stukken opgevraagd bij het team, binnen [3|5] werkdagen.",
            "Gebeld: staat open voor een gesprek, liefst [thuis|op het stadhuis|per telefoon].",
        ),
        "compliment": ("Doorgestuurd aan het team.", "Genoemd in de weekstart.", "Bedankje gestuurd."),
    }.items()
}


def maak_notitie(rng: Random, reactie: Reactietekst) -> str:
    """An internal note, in the words of the trade: what was seen, agreed or found out."""
    c, woorden = _delen(rng, reactie, None)
    bron = c.passend("notitie", reactie.draad) if kans(rng, 0.65) else _NOTITIES[reactie.soort]
    return kies(rng, bron).maak(rng, woorden.slots)


def maak_vraag_aan_specialist(rng: Random, reactie: Reactietekst) -> SpecialistVraag:
    """What the second line asks the third: construction, sound, law, or water quality and dikes."""
    specialisme = (
        "waterkwaliteit" if reactie.bij_waterschap else SPECIALISME_VAN_DOMEIN.get(reactie.domein, "juridisch")
    )
    vragen = CONSULTEN[specialisme]
    i = int(rng.random() * len(vragen))
    _, woorden = _delen(rng, reactie, None)
    return SpecialistVraag(specialisme, vragen[i].vraag.maak(rng, woorden.slots), i)


def antwoord_specialist(rng: Random, vraag: SpecialistVraag, reactie: Reactietekst) -> str:
    """The specialist's answer to exactly that question."""
    _, woorden = _delen(rng, reactie, None)
    return kies(rng, CONSULTEN[vraag.specialisme][vraag.sleutel].antwoorden).maak(rng, woorden.slots)


def maak_doorzending(rng: Random, reactie: Reactietekst, *, naam: str = "", medewerker: str = "") -> str:
    """What the resident hears when a reaction goes to the other body (Awb 2:3): same number, same status page."""
    naar = _ORGANISATIE[reactie.bij_waterschap]
    van = _ORGANISATIE[not reactie.bij_waterschap]
    waarom = {
        True: "Het waterschap zorgt voor sloten, dijken en het peil van het water.",
        False: "De gemeente zorgt voor straten, stoepen, groen en het riool.",
    }[reactie.bij_waterschap]
    kern = kies(
        rng,
        (
            f"Uw bericht hoort bij {naar}. {waarom} Wij hebben het vandaag doorgestuurd. U hoeft zelf niets te doen.",
            f"Wij gaan hier niet over. {waarom} Daarom hebben wij uw bericht vandaag aan {naar} gegeven.",
        ),
    )
    slot = "Uw nummer blijft hetzelfde. Op dezelfde statuspagina leest u wat er gebeurt."
    groet = "\n".join(d for d in ("Met vriendelijke groet,", medewerker, van) if d)
    return "\n\n".join((_aanhef(naam), kern, slot, groet))


_REDENEN: dict[tuple[str, Uitkomst], tuple[str, ...]] = {
    ("melding", "gedaan"): (
        "Het is gemaakt en wij hebben gekeken of het goed is.",
        "Wij zijn op de plek geweest en het probleem is opgelost.",
        "Het werk is klaar. De melder kreeg bericht.",
        "Het werk staat vast in de planning en de melder weet op welke dag.",
    ),
    ("melding", "niet"): (
        "Wij doen dit niet, omdat het binnen onze norm valt. De melder kreeg de uitleg.",
        "Dit is niet van ons. De melder weet wie er wel over gaat.",
        "Wij hebben gekeken en hoeven nu niets te doen. De reden staat in het antwoord.",
    ),
    ("vraag", "gedaan"): (
        "De vraag is beantwoord.",
        "De inwoner heeft antwoord en weet wat de volgende stap is.",
        "Wij hebben het voor de inwoner geregeld.",
    ),
    ("vraag", "niet"): (
        "Wat de inwoner vraagt kan niet. Wij legden uit waarom en wat wel kan.",
        "De regels staan dit niet toe. De inwoner kreeg de uitleg en de weg voor bezwaar.",
    ),
    ("klacht", "gedaan"): (
        "De klacht is terecht. De inwoner kreeg excuses en weet wat wij veranderden.",
        "De klacht is terecht en opgelost, de inwoner is gehoord.",
    ),
    ("klacht", "niet"): (
        "De klacht is niet of voor een deel terecht. De reden staat in de brief, met de weg naar de ombudsman.",
        "Na horen van beide kanten is de klacht niet terecht. De inwoner kreeg de uitleg op papier.",
    ),
    ("compliment", "gedaan"): ("Het compliment is doorgegeven.", "De collega's hebben het gelezen."),
    ("compliment", "niet"): ("Het compliment is doorgegeven.",),
}


def reden_afsluiting(rng: Random, reactie: Reactietekst, uitkomst: Uitkomst) -> str:
    """Why the case is closed, in one or two plain sentences; closing demands one."""
    return kies(rng, _REDENEN[reactie.soort, uitkomst])
