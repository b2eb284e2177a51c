"""What happens in messaging channels. The subject is the message."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from loket.foundation.events.event import Event


@dataclass(frozen=True, kw_only=True)
class BerichtOntvangen(Event):
    """A message came in through a messaging channel and is stored with its files; it waits to be read."""

    type: ClassVar[str] = "nl.loket.kanalen.bericht.ontvangen"
    kanaal: UUID


@dataclass(frozen=True, kw_only=True)
class BerichtMislukt(Event):
    """A message of ours did not reach the resident through a messaging channel, and will not."""

    type: ClassVar[str] = "nl.loket.kanalen.bericht.mislukt"
    kanaal: UUID
