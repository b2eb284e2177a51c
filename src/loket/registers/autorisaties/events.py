"""What autorisaties announces; the standard's channel `autorisaties` is made of it."""

from dataclasses import dataclass
from typing import ClassVar

from loket.foundation.events.event import Event


@dataclass(frozen=True, kw_only=True)
class ApplicatieGemaakt(Event):
    """An application (`subject`) was registered."""

    type: ClassVar[str] = "nl.loket.autorisaties.applicatie.gemaakt"


@dataclass(frozen=True, kw_only=True)
class ApplicatieGewijzigd(Event):
    """What an application (`subject`) may do, or its name, changed."""

    type: ClassVar[str] = "nl.loket.autorisaties.applicatie.gewijzigd"


@dataclass(frozen=True, kw_only=True)
class ApplicatieVerwijderd(Event):
    """An application (`subject`) is gone and may do nothing any more."""

    type: ClassVar[str] = "nl.loket.autorisaties.applicatie.verwijderd"
