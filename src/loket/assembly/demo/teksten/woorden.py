# ruff: noqa: E501 (sentences stay on one line)
"""Small words that fill the slots of a sentence: places, moments, people, numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from loket.assembly.demo.teksten.grammatica import kans, kies

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december")  # fmt: skip

_AAN = ("kade", "dijk", "singel", "gracht", "haven", "oever", "vaart")
_OP = ("weg", "plein", "markt", "pad", "erf", "brink", "dreef")
_HET = ("plein", "pad", "park", "erf", "plantsoen", "veld")

_PLEKKEN = (
    "bij de speeltuin", "bij het bushokje", "achter het winkelcentrum", "bij de basisschool", "bij het station",
    "bij de ingang van het park", "naast de kerk", "bij de brug", "tegenover de huisartsenpost", "bij de sporthal",
    "achter de flats", "bij de rotonde", "bij het gezondheidscentrum", "langs het kanaal",
)  # fmt: skip
_PLEKKEN_EN = (
    "near the school",
    "near the bridge",
    "behind the supermarket",
    "next to the playground",
    "near the station",
)
_KWETSBAAR = (
    "mijn moeder van {a}", "mijn vader van {a}", "een oudere mevrouw", "een meneer met een rollator", "mijn buurvrouw",
    "een vrouw met een kinderwagen", "mijn zoontje", "mijn dochtertje van vijf", "een jongen op de fiets", "mijn oma",
    "de buurman met zijn scootmobiel", "de postbode",
)  # fmt: skip
_WIE = ("mijn vrouw", "mijn man", "mijn dochter", "mijn zoon", "de buurman", "mijn buurvrouw", "een vriendin")
_FAMILIE = (
    ("mijn moeder", "zij", "haar"), ("mijn vader", "hij", "zijn"), ("mijn man", "hij", "zijn"),
    ("mijn vrouw", "zij", "haar"), ("mijn oma", "zij", "haar"), ("mijn schoonmoeder", "zij", "haar"),
    ("mijn buurman van {a}", "hij", "zijn"), ("mijn tante", "zij", "haar"), ("mijn broer", "hij", "zijn"),
)  # fmt: skip
_HOELANG = (
    "al een week", "al twee weken", "al drie weken", "al weken", "al een maand", "al maanden", "sinds vorige week",
    "sinds het weekend", "al een paar dagen", "nu al een week of vijf", "al dagen", "sinds een dag of tien",
)  # fmt: skip
_AANTAL = ("twee", "drie", "vier", "vijf", "zes", "een stuk of vier")


def aan_of_in(straat: str) -> str:
    """The street with the words that people put before it: "in de Kastanjelaan", "aan de Wilgenkade", "op het Veerpad"."""
    laag = straat.lower()
    voorzetsel = "aan" if laag.endswith(_AAN) else "op" if laag.endswith(_OP) else "in"
    return f"{voorzetsel} {met_lidwoord(straat)}"


def met_lidwoord(straat: str) -> str:
    """The street with its article: "de Kastanjelaan", "het Lindepark"."""
    return f"{'het' if straat.lower().endswith(_HET) else 'de'} {straat}"


def dag_kort(dag: date) -> str:
    """A date as staff write it to a resident: "dinsdag 8 december"."""
    return f"{DAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]}"


def _werkdag(dag: date) -> date:
    while dag.weekday() > 4:
        dag += timedelta(days=1)
    return dag


class Woorden:
    """The slot fillers of one text. Family and their pronouns are chosen once, so a text does not contradict itself."""

    def __init__(self, rng: Random, datum: date, straat: str | None, huisnummer: int | None) -> None:
        self.rng, self.datum, self.straat, self.huisnummer = rng, datum, straat, huisnummer
        self._plek_genoemd = 0
        self._familie: tuple[str, str, str] | None = None
        self._landmark = "" if straat else kies(rng, _PLEKKEN)
        self.slots: dict[str, Callable[[], str]] = {
            "plek": self.plek,
            "in_straat": self.in_straat,
            "langs": self.langs,
            "straat": self.de_straat,
            "straat_kaal": lambda: self.straat or "straat",
            "plek_en": self.plek_en,
            "hoelang": lambda: kies(rng, _HOELANG),
            "dag": self.dag,
            "kwetsbaar": lambda: self._leeftijd(kies(rng, _KWETSBAAR)),
            "wie": lambda: kies(rng, _WIE),
            "familie": lambda: self._gezin()[0],
            "zij": lambda: self._gezin()[1],
            "haar": lambda: self._gezin()[2],
            "aantal": lambda: kies(rng, _AANTAL),
            "maand": lambda: MAANDEN[(datum.month - 2 - int(rng.random() * 3)) % 12],
            "paal": lambda: f"{int(rng.random() * 9000) + 1000}",
            "bedrag": lambda: f"{int(rng.random() * 340) + 190}.000 euro",
            "bedrag_klein": lambda: f"{int(rng.random() * 700) + 90}",
            "werkdag": lambda: dag_kort(_werkdag(datum + timedelta(days=1 + int(rng.random() * 4)))),
            "later": lambda: dag_kort(_werkdag(datum + timedelta(days=8 + int(rng.random() * 14)))),
        }

    def _leeftijd(self, tekst: str) -> str:
        return tekst.replace("{a}", str(74 + int(self.rng.random() * 20)))

    def _gezin(self) -> tuple[str, str, str]:
        if self._familie is None:
            wie, zij, haar = kies(self.rng, _FAMILIE)
            self._familie = (self._leeftijd(wie), zij, haar)
        return self._familie

    def dag(self) -> str:
        """A recent day as people name it; never a day that is today."""
        gewoon = ("gisteren", "eergisteren", "vorige week", "afgelopen weekend")
        dag = DAGEN[(self.datum.weekday() - 2 - int(self.rng.random() * 5)) % 7]
        return kies(self.rng, (*gewoon, dag, dag, f"afgelopen {dag}"))

    def plek(self) -> str:
        """The exact spot; said fully the first time, and shorter the second time."""
        self._plek_genoemd += 1
        rng, straat, nummer = self.rng, self.straat, self.huisnummer
        if self._plek_genoemd > 1:
            return kies(rng, ("daar", "hier", "op die plek"))
        if straat is None:
            return self._landmark
        if nummer is not None and kans(rng, 0.7):
            return kies(
                rng,
                (
                    f"voor {straat} {nummer}",
                    f"bij {straat} {nummer}",
                    f"{aan_of_in(straat)} ter hoogte van nummer {nummer}",
                    f"tegenover {straat} {nummer}",
                    f"bij nummer {nummer} {aan_of_in(straat)}",
                ),
            )
        return kies(
            rng,
            (
                aan_of_in(straat),
                aan_of_in(straat),
                f"bij ons voor de deur {aan_of_in(straat)}",
                f"op de hoek van {met_lidwoord(straat)}",
                f"halverwege {met_lidwoord(straat)}",
                f"aan het begin van {met_lidwoord(straat)}",
                f"bij het bushokje {aan_of_in(straat)}",
            ),
        )

    def in_straat(self) -> str:
        """The street as a whole; the second time "bij ons"."""
        self._plek_genoemd += 1
        if self._plek_genoemd > 1 or self.straat is None:
            return kies(self.rng, ("bij ons in de straat", "hier in de straat", "in onze straat"))
        return aan_of_in(self.straat)

    def langs(self) -> str:
        """Along the street, for water and paths: "langs de Polderweg", or "achter ons huis"."""
        self._plek_genoemd += 1
        if self._plek_genoemd > 1 or self.straat is None:
            return kies(self.rng, ("achter ons huis", "bij ons in de buurt", "voor ons huis"))
        return f"{kies(self.rng, ('langs', 'langs', 'achter'))} {met_lidwoord(self.straat)}"

    def de_straat(self) -> str:
        """The street as a thing: "de Kastanjelaan", or "onze straat" when it was named before."""
        self._plek_genoemd += 1
        return "onze straat" if self._plek_genoemd > 1 or self.straat is None else met_lidwoord(self.straat)

    def plek_en(self) -> str:
        """The spot in English."""
        if self.straat is None:
            return kies(self.rng, _PLEKKEN_EN)
        return f"near {self.straat} {self.huisnummer}" if self.huisnummer else f"in {self.straat}"
