"""What can be wrong with a mail as a whole; anything smaller is listed in `Brief.gebreken` and stops nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loket.engines.brievenbus.brief import Brief


class BriefFout(ValueError):
    """The bytes are no mail that can be answered for; `brief` holds what could still be read."""

    def __init__(self, message: str, brief: Brief) -> None:
        super().__init__(message)
        self.brief = brief


class LegeBrief(BriefFout):
    """No bytes, or nothing but white space."""


class TeGroot(BriefFout):
    """Larger than `grenzen.MAX_BYTES`: only the header was read."""


class Onleesbaar(BriefFout):
    """Our own reader failed: `brief` holds the header and the raw text, the cause is chained."""
