"""What the documents register announces. `subject` is the document."""

from dataclasses import dataclass
from typing import ClassVar

from loket.foundation.events.event import Event


@dataclass(frozen=True, kw_only=True)
class DocumentVastgelegd(Event):
    """A document was recorded, as version 1."""

    type: ClassVar[str] = "nl.loket.documenten.informatieobject.vastgelegd"
    informatieobjecttype: str


@dataclass(frozen=True, kw_only=True)
class DocumentGewijzigd(Event):
    """A document has a new version."""

    type: ClassVar[str] = "nl.loket.documenten.informatieobject.gewijzigd"
    versie: int
