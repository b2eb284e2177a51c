"""The subjects that people write about, read from `data/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from loket.assembly.demo.teksten.grammatica import Zin, lees

Soort = Literal["vraag", "melding", "klacht", "compliment"]
SOORTEN: tuple[Soort, ...] = ("vraag", "melding", "klacht", "compliment")
#: Which part of a category holds what; each is a list of patterns.
DELEN = ("onderwerp", "begin", "meer", "gevolg", "wens", "kort", "engels", "gedaan", "niet", "notitie")
VERPLICHT = ("onderwerp", "begin", "kort", "gedaan", "niet", "notitie")
#: The category that only `maak_wolkbreukreactie` uses.
WOLKBREUK = "wolkbreuk"


@dataclass(frozen=True, slots=True)
class Categorie:
    """One subject with its sentences.

    `seizoen[maand - 1]` multiplies `gewicht`; a thread ("draad") binds sentences that belong together.
    """

    code: str
    soort: Soort
    domein: str
    plek: bool
    bij_waterschap: bool
    gewicht: float
    seizoen: tuple[float, ...]
    zinnen: dict[str, tuple[Zin, ...]]

    def passend(self, deel: str, draad: str) -> list[Zin]:
        """The sentences of a part that fit a thread; the sentences without a thread fit everywhere."""
        return [z for z in self.zinnen[deel] if z.past(draad)]

    @property
    def draden(self) -> frozenset[str]:
        """All threads that a text in this category can follow ("" for a begin that has none)."""
        return frozenset(d for z in self.zinnen["begin"] for d in (z.draden or ("",)))


def _categorie(ruw: dict[str, Any], bestand: dict[str, Any]) -> Categorie:
    seizoen = ruw.get("seizoen", {})
    overig = seizoen.get("overig", 1.0)
    return Categorie(
        code=ruw["code"],
        soort=ruw.get("soort") or bestand["soort"],
        domein=ruw.get("domein") or bestand["domein"],
        plek=ruw.get("plek", bestand.get("plek", True)),
        bij_waterschap=ruw.get("bij_waterschap", bestand.get("bij_waterschap", False)),
        gewicht=float(ruw["gewicht"]),
        seizoen=tuple(float(seizoen.get(str(m), overig)) for m in range(1, 13)),
        zinnen={deel: tuple(lees(p) for p in ruw.get(deel, ())) for deel in DELEN},
    )


@cache
def categorieen() -> dict[str, Categorie]:
    """Every category by its code, in a fixed order (file name, then place in the file)."""
    uit: dict[str, Categorie] = {}
    map_ = files("loket.assembly.demo.teksten") / "data"
    for bestand in sorted((f for f in map_.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        inhoud = tomllib.loads(bestand.read_text(encoding="utf-8"))
        for ruw in inhoud.get("categorie", ()):
            categorie = _categorie(ruw, inhoud)
            if categorie.code in uit:
                raise ValueError(f"categorie {categorie.code} staat er twee keer in")
            uit[categorie.code] = categorie
    return uit


@cache
def domeinen() -> tuple[str, ...]:
    """Every domain that a category names, in alphabetical order."""
    return tuple(sorted({c.domein for c in categorieen().values()}))
