"""What a mail server must know of addresses and bytes. Pure."""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

MAX_BYTES = 36_000_000
"""The largest mail in bytes: attachments of 25 MB, in base64, with room for the text."""
MAX_RECIPIENTS = 100
MAX_HEADER = 1_000_000

_SAME = (b"message-id", b"date", b"from", b"subject", b"in-reply-to")
"""The fields that do not change on the way."""
_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:(.*?)(?=\r?\n(?![ \t]))", re.MULTILINE | re.DOTALL)


def split_extension(address: str) -> tuple[str, str]:
    """The address without its extension, in lower case, and the extension: `loket+abc@x.nl` is `loket@x.nl`, `abc`."""
    local, at, domain = address.strip().rpartition("@")
    base, _plus, extension = local.partition("+")
    return f"{base}{at}{domain}".lower(), extension


def readable(address: str) -> str:
    """The address as it can be stored: bytes that are no text become question marks. `<>`, whom bounces come from, is
    nobody."""
    return "" if address == "<>" else address.replace("\0", "?").encode("utf-8", "replace").decode()


def verdeel(adressen: Iterable[str], postvakken: Collection[str]) -> dict[str, list[str]]:
    """Which of these addresses are of which mailbox. One that has a mailbox of its own, extension and all, is only of
    that; who is of none is left out."""
    gevonden: dict[str, list[str]] = {}
    for adres in adressen:
        for eigen in (adres.strip().lower(), split_extension(adres)[0]):
            if eigen in postvakken:
                gevonden.setdefault(eigen, []).append(adres)
                break
    return gevonden


def fingerprint(mail: BinaryIO) -> bytes:
    """The same for a mail that is delivered again: over the fields that stay, and the text. The fields that servers add
    on the way (Received, DKIM-Signature, …) do not count. Read from the beginning, in pieces."""
    mail.seek(0)
    head = mail.read(MAX_HEADER)
    found = re.search(rb"\r?\n\r?\n", head)
    end = found.end() if found else len(head)
    fields = [
        name.lower() + b":" + b"".join(value.split())
        for name, value in _FIELD.findall(head[:end])
        if name.lower() in _SAME
    ]
    digest = hashlib.sha256(b"\n".join(sorted(fields)) + b"\n\n")
    mail.seek(end)
    while piece := mail.read(1 << 16):
        digest.update(piece.replace(b"\r", b""))
    return digest.digest()


class Data:
    """The text of a mail as it comes over the line (RFC 5321, 4.5.2), in pieces of any size: without the dots that were
    added, until the line with only a dot. Only CR LF ends a line: what others take for one is text (no smuggling)."""

    _END = b"\r\n.\r\n"

    def __init__(self) -> None:
        self._kept = b"\r\n"
        self._first = True
        self.rest: bytes | None = None
        """What came behind the end; None as long as it was not there."""

    def feed(self, piece: bytes) -> bytes:
        """The text in this piece; some may come with the next one. Not after the end."""
        data = self._kept + piece
        end = data.find(self._END)
        if end >= 0:
            self.rest = data[end + len(self._END) :]
            data = data[: end + 2]
        else:
            # what may be the beginning of the end, or of a line with a dot too many, waits for what follows
            cut = len(data) - next(n for n in (4, 3, 2, 1, 0) if data.endswith(self._END[:n]))
            data, self._kept = data[:cut], data[cut:]
        text = data.replace(b"\r\n.", b"\r\n")
        if self._first and text:
            text, self._first = text[2:], False
        return text


@dataclass(frozen=True)
class Where:
    """Where mail servers bring the mail."""

    lmtp: bool
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'lmtp' if self.lmtp else 'smtp'}://{host}:{self.port}"


def where(setting: str) -> Where | None:
    """What LOKET_MAIL_IN says: `smtp://127.0.0.1:2525`, `lmtp://[::1]:2524`, or `off` and nothing, for None. Raises
    ValueError with a sentence."""
    if setting.strip().lower() in ("", "off"):
        return None
    try:
        parts = urlsplit(setting.strip())
        if parts.scheme in ("smtp", "lmtp") and parts.hostname and parts.port and parts.path in ("", "/"):
            return Where(parts.scheme == "lmtp", parts.hostname, parts.port)
    except ValueError:
        pass
    raise ValueError(
        f"LOKET_MAIL_IN is {setting!r}; it must be like smtp://127.0.0.1:2525 or lmtp://127.0.0.1:2524, or off."
    )
