"""Invented people: residents with test numbers, sixty employees, and the twelve teams in which they work.

Nobody here exists. Mail addresses end in voorbeeld.nl, telephone numbers are 06 5550 xxxx, and every BSN passes the
elfproef but lies in the test range 9999xxxxx, which is never given out.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Literal

from loket.assembly.demo.teksten.grammatica import kans, kies
from loket.assembly.demo.teksten.namen import HERKOMSTEN

Geslacht = Literal["v", "m"]
_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_VOORVOEGSELS = ("van der", "van den", "van de", "van", "de", "ter", "el", "al", "ait")


def elfproef(bsn: str) -> bool:
    """True when nine digits pass the check of the burgerservicenummer (Besluit burgerservicenummer: the "elfproef")."""
    return len(bsn) == 9 and bsn.isdigit() and sum(int(c) * g for c, g in zip(bsn, _GEWICHTEN, strict=True)) % 11 == 0


@cache
def proef_bsns() -> tuple[str, ...]:
    """All 9,091 numbers in the test range 9999xxxxx that pass the elfproef, in order."""
    return tuple(b for i in range(100_000) if elfproef(b := f"9999{i:05d}"))


@dataclass(frozen=True, slots=True)
class Bewoner:
    """An invented resident."""

    voornaam: str
    tussenvoegsel: str
    achternaam: str
    geslacht: Geslacht
    geboortedatum: date
    bsn: str
    email: str
    telefoon: str

    @property
    def naam(self) -> str:
        """First name and surname: "Tessa Hazelhoff"."""
        return " ".join(d for d in (self.voornaam, self.tussenvoegsel, self.achternaam) if d)

    @property
    def formele_naam(self) -> str:
        """Initial and surname: "T. Hazelhoff"."""
        return " ".join(d for d in (f"{self.voornaam[0]}.", self.tussenvoegsel, self.achternaam) if d)

    @property
    def aanspreking(self) -> str:
        """As in a letter: "mevrouw Hazelhoff", "heer Van der Waard"."""
        achter = " ".join(d for d in (self.tussenvoegsel, self.achternaam) if d)
        return f"{'mevrouw' if self.geslacht == 'v' else 'heer'} {achter[0].upper()}{achter[1:]}"


def _ascii(tekst: str) -> str:
    kaal = unicodedata.normalize("NFKD", tekst).encode("ascii", "ignore").decode()
    return "".join(c for c in kaal.lower() if c.isalnum())


def _splits(achternaam: str) -> tuple[str, str]:
    for v in _VOORVOEGSELS:
        if achternaam.lower().startswith(f"{v} "):
            return achternaam[: len(v)], achternaam[len(v) + 1 :]
    return "", achternaam


_TOT = tuple(accumulate(h.gewicht for h in HERKOMSTEN))


def _naam(rng: Random) -> tuple[str, str, str, Geslacht]:
    worp = rng.random() * _TOT[-1]
    herkomst = next(h for h, t in zip(HERKOMSTEN, _TOT, strict=True) if worp < t)
    geslacht: Geslacht = "v" if kans(rng, 0.51) else "m"
    voornaam = kies(rng, herkomst.vrouw if geslacht == "v" else herkomst.man)
    # One in eight bears a surname from another pool: people marry.
    bron = kies(rng, HERKOMSTEN) if kans(rng, 0.12) else herkomst
    return (voornaam, *_splits(kies(rng, bron.achternaam)), geslacht)


#: Residents of the pictures in the design: always the same, always first.
VASTE_BEWONERS: tuple[Bewoner, ...] = (
    Bewoner("Tessa", "", "Hazelhoff", "v", date(1984, 3, 17), "999900067", "t.hazelhoff@voorbeeld.nl", "06 5550 1204"),
    Bewoner("Willem", "", "Hazelhoff", "m", date(1941, 9, 2), "999900079", "w.hazelhoff@voorbeeld.nl", "06 5550 1205"),
    Bewoner(
        "Ottilie", "", "Brandsteder", "v", date(1958, 6, 30), "999900092", "o.brandsteder@voorbeeld.nl", "06 5550 1931"
    ),
)


def maak_bewoner(rng: Random, nummer: int, *, peildatum: date = date(2026, 11, 23)) -> Bewoner:
    """Resident number `nummer` (0 and up): name and age by chance, BSN, mail address and telephone by the number.

    Numbers 0, 1 and 2 are `VASTE_BEWONERS`. Mail addresses never repeat; a BSN is unique below number 9,051 and a
    telephone number below 10,000, because the test ranges hold no more. Raises ValueError for a negative number.
    """
    if nummer < 0:
        raise ValueError("het nummer van een bewoner is 0 of hoger")
    if nummer < len(VASTE_BEWONERS):
        return VASTE_BEWONERS[nummer]
    voornaam, tussen, achter, geslacht = _naam(rng)
    bsns = proef_bsns()
    leeftijd = 18 + int((rng.random() + rng.random()) / 2 * 74)
    return Bewoner(
        voornaam=voornaam,
        tussenvoegsel=tussen,
        achternaam=achter,
        geslacht=geslacht,
        geboortedatum=peildatum - timedelta(days=int((leeftijd + rng.random()) * 365.25)),
        bsn=bsns[(nummer + 40) % len(bsns)],
        email=f"{_ascii(voornaam)}.{_ascii(tussen + achter)}.{nummer}@voorbeeld.nl",
        telefoon=f"06 5550 {(nummer * 7919 + 2000) % 10_000:04d}",
    )


@dataclass(frozen=True, slots=True)
class TeamGegevens:
    """A team of the demo. `domeinen` are the domains whose reactions it gets; `organisatie` is "LW" or "GT"."""

    code: str
    naam: str
    organisatie: str
    lijn: int
    domeinen: tuple[str, ...]
    coordinator: str
    email: str


@dataclass(frozen=True, slots=True)
class Medewerker:
    """An invented employee. `team` is a team code, `rol` what the access rules call the function in the team."""

    gebruikersnaam: str
    naam: str
    functietitel: str
    team: str
    organisatie: str
    email: str
    rol: Literal["medewerker", "coordinator", "specialist"]
    afwezig: bool = False


def _t(code: str, naam: str, organisatie: str, lijn: int, domeinen: tuple[str, ...], coordinator: str) -> TeamGegevens:
    domein = "lindewaard" if organisatie == "LW" else "groenetij"
    return TeamGegevens(code, naam, organisatie, lijn, domeinen, coordinator, f"{code}@{domein}.voorbeeld.nl")


TEAMS: tuple[TeamGegevens, ...] = (
    _t("klantcontact", "Klantcontact", "LW", 1, (), "Hennie Lindeboom"),
    _t("wijkbeheer-noord", "Wijkbeheer Noord", "LW", 2, ("Wegen", "Overlast", "Handhaving"), "Marcel Waterkamp"),
    _t("wijkbeheer-zuid", "Wijkbeheer Zuid", "LW", 2, ("Wegen", "Overlast", "Handhaving"), "Naima Zerouali"),
    _t("groen-en-afval", "Groen en afval", "LW", 2, ("Groen", "Afval", "Spelen en sport"), "Arie Turfboer"),
    _t(
        "verkeer",
        "Verkeer en verlichting",
        "LW",
        2,
        ("Openbare verlichting", "Parkeren", "Verkeer"),
        "Saskia Molenkamp",
    ),
    _t("stadsbeheer-water", "Stadsbeheer water", "LW", 2, ("Riolering", "Water"), "Nadia Elzinga"),
    _t(
        "inwoners",
        "Inwoners en vergunningen",
        "LW",
        2,
        ("Burgerzaken", "Belastingen", "Zorg en ondersteuning", "Bouwen en wonen", "Duurzaamheid"),
        "Reshma Biharisingh",
    ),
    _t("klachten", "Klachtcoördinatie", "LW", 2, ("Dienstverlening",), "Winston Vreedzaam"),
    _t("specialisten", "Specialisten constructie, geluid en recht", "LW", 3, (), "Ilse Steenkist"),
    _t("waterschapsloket", "Waterschapsloket", "GT", 1, ("Belastingen", "Dienstverlening"), "Tjitske Dijkema"),
    _t("watergangen", "Onderhoud watergangen", "GT", 2, ("Water", "Dijken"), "Sjoerd Hoekinga"),
    _t("waterkwaliteit", "Waterkwaliteit en dijken", "GT", 3, (), "Ratna Tanihatu"),
)

#: team: (name, function title), coordinator first. Sixty people in all.
_MENSEN: dict[str, tuple[tuple[str, str], ...]] = {
    "klantcontact": (
        ("Hennie Lindeboom", "Coördinator Klantcontact"),
        ("Fenna Wierda", "Medewerker Klantcontact"),
        ("Sanne Tuinhof", "Medewerker Klantcontact"),
        ("Youssef Tahiri", "Medewerker Klantcontact"),
        ("Truus Korenaar", "Medewerker balie"),
        ("Glenn Goedhoop", "Medewerker balie"),
        ("Elif Kayalar", "Medewerker Klantcontact"),
        ("Tim Appelgaard", "Medewerker Klantcontact, avond"),
        ("Abena Quaysoni", "Medewerker Klantcontact, avond"),
    ),
    "wijkbeheer-noord": (
        ("Marcel Waterkamp", "Coördinator Wijkbeheer Noord"),
        ("Idris Boukhari", "Beheerder straten en pleinen"),
        ("Wendy Sluismans", "Wijkbeheerder"),
        ("Murat Demirtepe", "Toezichthouder (boa)"),
        ("Koen Havermaat", "Beheerder straten en pleinen"),
        ("Chantal Wijdenboom", "Gebiedsmanager Noord"),
    ),
    "wijkbeheer-zuid": (
        ("Naima Zerouali", "Coördinator Wijkbeheer Zuid"),
        ("Gerrit Kooistee", "Beheerder straten en pleinen"),
        ("Agnieszka Zielinek", "Wijkbeheerder"),
        ("Bas Rietveldt", "Toezichthouder (boa)"),
        ("Rakesh Ramkisoen", "Gebiedsmanager Zuid"),
    ),
    "groen-en-afval": (
        ("Arie Turfboer", "Coördinator Groen en afval"),
        ("Lotte Wilgenburg", "Boomverzorger"),
        ("Hassan Benhaddou", "Planner inzameling"),
        ("Dewi Wongso", "Adviseur groen"),
        ("Piotr Nowacki", "Opzichter reiniging"),
        ("Corrie Mosterdijk", "Medewerker speelplekken"),
    ),
    "verkeer": (
        ("Saskia Molenkamp", "Coördinator Verkeer en verlichting"),
        ("Orhan Celikkan", "Beheerder openbare verlichting"),
        ("Lars van Groenendaal", "Verkeerskundige"),
        ("Muriel Zorgvol", "Medewerker parkeren"),
        ("Jeroen Polderdijk", "Opzichter verlichting"),
    ),
    "stadsbeheer-water": (
        ("Nadia Elzinga", "Coördinator Stadsbeheer water"),
        ("Ruud Kleibergen", "Beheerder riolering"),
        ("Joris Tenhave", "Planner riolering"),
        ("Khadija El Moussati", "Adviseur stedelijk water"),
        ("Wouter Dijkhoven", "Opzichter riolering"),
    ),
    "inwoners": (
        ("Reshma Biharisingh", "Coördinator Inwoners en vergunningen"),
        ("Marit Oldekamp", "Medewerker vergunningen"),
        ("Yvonne Roggeveld", "Medewerker Burgerzaken"),
        ("Serkan Arslanoglu", "Taxateur WOZ"),
        ("Grace Adomakoh", "Consulent Wmo"),
        ("Thijs ter Beemden", "Adviseur duurzaamheid"),
    ),
    "klachten": (
        ("Winston Vreedzaam", "Klachtcoördinator"),
        ("Maaike Kruidhof", "Klachtbehandelaar"),
        ("Said Chafiki", "Klachtbehandelaar"),
    ),
    "specialisten": (
        ("Ilse Steenkist", "Jurist bestuursrecht"),
        ("Rienk Terpstee", "Constructeur"),
        ("Shirin Karimpour", "Geluidsdeskundige"),
        ("Minh Nguyenho", "Jurist aansprakelijkheid"),
    ),
    "waterschapsloket": (
        ("Tjitske Dijkema", "Coördinator Waterschapsloket"),
        ("Carmelita Jagdewsing", "Medewerker Waterschapsloket"),
        ("Niels Zwanekoop", "Medewerker Waterschapsloket"),
    ),
    "watergangen": (
        ("Sjoerd Hoekinga", "Coördinator Onderhoud watergangen"),
        ("Dirk van de Veerstoep", "Peilbeheerder"),
        ("Hiske Sleatsma", "Rayonbeheerder"),
        ("Bilal Ouarrach", "Rayonbeheerder"),
        ("Leo Slootweg", "Muskusrattenbestrijder"),
    ),
    "waterkwaliteit": (
        ("Ratna Tanihatu", "Adviseur waterkwaliteit"),
        ("Esther Veenhof", "Dijkwachter en adviseur keringen"),
        ("Dawit Gebremaryan", "Ecoloog"),
    ),
}
_AFWEZIG = ("Joris Tenhave",)


@cache
def medewerkers() -> tuple[Medewerker, ...]:
    """The sixty employees, team by team, the coordinator of each team first."""
    uit: list[Medewerker] = []
    for team in TEAMS:
        for naam, titel in _MENSEN[team.code]:
            voor, _, achter = naam.partition(" ")
            gebruikersnaam = f"{_ascii(voor)}.{_ascii(achter)}"
            uit.append(
                Medewerker(
                    gebruikersnaam=gebruikersnaam,
                    naam=naam,
                    functietitel=titel,
                    team=team.code,
                    organisatie=team.organisatie,
                    email=f"{gebruikersnaam}@{team.email.partition('@')[2]}",
                    rol="coordinator" if naam == team.coordinator else "specialist" if team.lijn == 3 else "medewerker",
                    afwezig=naam in _AFWEZIG,
                )
            )
    return tuple(uit)


def team_voor(domein: str, *, waterschap: bool = False, noord: bool = True) -> TeamGegevens:
    """The second-line team of a domain, or the first line when no team has it.

    Streets have two teams: `noord` chooses. At the water board taxes and complaints stay with its own desk.
    """
    organisatie = "GT" if waterschap else "LW"
    keus = [t for t in TEAMS if t.organisatie == organisatie and domein in t.domeinen]
    if not keus:
        return next(t for t in TEAMS if t.organisatie == organisatie and t.lijn == 1)
    return keus[0] if noord else keus[-1]
