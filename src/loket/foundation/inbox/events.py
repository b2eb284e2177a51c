"""What happens to mail that came in. The subject is the mail."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from loket.foundation.events.event import Event


@dataclass(frozen=True, kw_only=True)
class PostOntvangen(Event):
    """A mail was accepted and stored; it waits to be read."""

    type: ClassVar[str] = "nl.loket.post.ontvangen"
    postvak: UUID
