"""What happened to an article. No words of it: listeners look those up."""

from dataclasses import dataclass
from typing import ClassVar

from loket.foundation.events.event import Event


@dataclass(frozen=True, kw_only=True)
class ArtikelGepubliceerd(Event):
    """This version of an article (`subject`) is what readers see from now on."""

    type: ClassVar[str] = "nl.loket.kennis.artikel.gepubliceerd"
    versie: int


@dataclass(frozen=True, kw_only=True)
class ArtikelVerlengd(Event):
    """An article (`subject`) was checked, and holds until this day (ISO 8601)."""

    type: ClassVar[str] = "nl.loket.kennis.artikel.verlengd"
    geldig_tot: str


@dataclass(frozen=True, kw_only=True)
class ArtikelIngetrokken(Event):
    """An article (`subject`) is shown to nobody any more."""

    type: ClassVar[str] = "nl.loket.kennis.artikel.ingetrokken"
