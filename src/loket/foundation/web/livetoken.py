"""The signed permission, in the address, to hear that something changed: for the live updates process.

That process knows no session and no Django; it believes this token. It holds channels (`zaak:<uuid>`,
`org:<uuid>`) and a moment of expiry, signed with a key derived from LOKET_SECRET. The page makes it for somebody
whose rights were just checked, and for a short time: then the page fetches a new one, and rights are checked again.
Nothing but "something of this type happened to this case" is ever sent over it.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterable

_PURPOSE = b"loket live updates 1"


def sign(channels: Iterable[str], *, secret: str, expires: int) -> str:
    """A token that lets its holder hear `channels` until `expires` (seconds since 1970)."""
    body = json.dumps({"k": sorted(set(channels)), "exp": int(expires)}, separators=(",", ":")).encode()
    return f"{_text(body)}.{_text(_mac(body, secret))}"


def verify(token: str, *, secret: str, now: float) -> tuple[frozenset[str], int] | None:
    """The channels and the moment of expiry, or None: forged, damaged, signed with another secret, or expired."""
    try:
        first, _, second = token.partition(".")
        body, mac = _bytes(first), _bytes(second)
        if not hmac.compare_digest(mac, _mac(body, secret)):
            return None
        content = json.loads(body)
        channels, expires = frozenset(map(str, content["k"])), int(content["exp"])
    except (ValueError, TypeError, KeyError, binascii.Error):
        return None
    return (channels, expires) if expires > now else None


def _mac(body: bytes, secret: str) -> bytes:
    key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
    return hmac.digest(key, body, hashlib.sha256)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
