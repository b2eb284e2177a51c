"""What the catalogue announces."""

from dataclasses import dataclass
from typing import ClassVar

from loket.foundation.events.event import Event


@dataclass(frozen=True, kw_only=True)
class ZaaktypeGepubliceerd(Event):
    """A version of a zaaktype (`subject`) is published: from `begin_geldigheid` on, zaken of it may be made."""

    type: ClassVar[str] = "nl.loket.catalogi.zaaktype.gepubliceerd"
    identificatie: str
    begin_geldigheid: str


@dataclass(frozen=True, kw_only=True)
class ZaaktypeIngevoerd(Event):
    """A zaaktype, or what belongs to it, came in from another Loket as a document. `subject` is the version that is
    worked on; it is a concept when it is other than what is published."""

    type: ClassVar[str] = "nl.loket.catalogi.zaaktype.ingevoerd"
    identificatie: str
    begin_geldigheid: str
