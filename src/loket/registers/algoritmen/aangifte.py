"""The algorithms in use, declared by their rooms at start, as the activities of the data-use log are.

The fields follow the headings of the Algoritmeregister publicatiestandaard (version 1.0) of the Dutch government.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from loket.foundation.errors import NotFound

if TYPE_CHECKING:
    from django.utils.functional import Promise

    type Tekst = str | Promise

type Leer = Callable[[UUID], object]


@dataclass(frozen=True)
class Algoritme:
    """One algorithm as anyone may read it, in plain Dutch.

    `labelnaam(organisatie)`: the names of what it chooses between, by the label that the model knows. `stil`: what
    people see when it says nothing. `leer(organisatie)`: train it again, for who administers the organisation."""

    code: str
    naam: "Tekst"
    kort: "Tekst"
    doel: "Tekst"
    werking: "Tekst"
    gegevens: "Tekst"
    menselijke_tussenkomst: "Tekst"
    proportionaliteit: "Tekst"
    risicos: "Tekst"
    wettelijke_grondslag: "Tekst"
    monitoring: "Tekst"
    zonder: "Tekst"
    sinds: date
    categorie: Literal["hoog-risico", "impactvol", "overig"] = "overig"
    labelnaam: "Callable[[UUID], dict[str, str]] | None" = None
    leer: "Leer | None" = None


_aangegeven: dict[str, Algoritme] = {}


def geef_aan(algoritme: Algoritme) -> Algoritme:
    """Declare an algorithm; a room does so from `ready()` in its apps.py. Twice the same is harmless."""
    if _aangegeven.setdefault(algoritme.code, algoritme) is not algoritme:
        raise ValueError(f"The algorithm {algoritme.code!r} is declared twice.")
    return algoritme


def algoritmen() -> list[Algoritme]:
    """All algorithms in use, by name of their code."""
    return [_aangegeven[code] for code in sorted(_aangegeven)]


def algoritme(code: str) -> Algoritme:
    """The algorithm with this code. Raises NotFound."""
    if code not in _aangegeven:
        raise NotFound(f"No algorithm is called {code!r}.")
    return _aangegeven[code]
