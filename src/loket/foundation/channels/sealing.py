"""Secrets of channels: sealed so that the database or a backup alone tells nothing, or only recognised."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from uuid import UUID

from loket.foundation.database import sealing

PURPOSE = "kanaal"


def seal(kanaal: UUID, values: Mapping[str, str]) -> bytes:
    """These values, readable only here and only for this channel. Nothing for nothing."""
    return sealing.seal(PURPOSE, str(kanaal), json.dumps(dict(values))) if values else b""


def unseal(kanaal: UUID, sealed: bytes) -> dict[str, str]:
    """The values again; none when the secret of the installation is another one and the earlier one is not known."""
    try:
        values: dict[str, str] = json.loads(sealing.unseal(PURPOSE, str(kanaal), sealed)) if sealed else {}
    except sealing.Unreadable:
        return {}
    return values


def new_key() -> str:
    """A key of 256 random bits, as text."""
    return secrets.token_urlsafe(32)


def recognised(key: str) -> bytes:
    """What is stored of a key that others show us, and looked up."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
