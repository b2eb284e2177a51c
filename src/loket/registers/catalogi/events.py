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
