"""Numbers of people in JSON: sealed in the database and in its backups, readable in the answer of an API."""

import base64
import binascii
import re

from loket.foundation.database.sealing import Unreadable, seal, unseal

_MARK = "loket-verzegeld:"
_TOKEN = re.compile(rb'"loket-verzegeld:([A-Za-z0-9_=-]{24,400})"')


def sealed(text: str) -> str:
    """A text to store in the place of a number."""
    return _MARK + base64.urlsafe_b64encode(seal("api", "json", text)).decode()


def revealed(body: bytes) -> bytes:
    """JSON with the numbers themselves. What was not sealed here stays as it is."""
    return _TOKEN.sub(_open, body) if _MARK.encode() in body else body


def _open(found: re.Match[bytes]) -> bytes:
    try:
        text = unseal("api", "json", base64.urlsafe_b64decode(found[1]))
    except (Unreadable, binascii.Error):
        return found[0]
    return b'"' + text.encode() + b'"'
