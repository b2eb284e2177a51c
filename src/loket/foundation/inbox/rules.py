"""What a mail server must know of addresses and bytes. Pure."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from ipaddress import ip_address
from typing import BinaryIO
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from loket.foundation.access.acts import act
from loket.foundation.errors import Refused

POSTVAKKEN = act("beheer.postvakken", "Postvakken instellen waar e-mail binnenkomt")

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


# -- mailboxes that Loket looks in by itself (IMAP) -------------------------------------------------------------------

LOOK_EVERY = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=30)
LOCKED_OUT = 5
"""So many times longer when the password is wrong: who tries too often is shut out."""


def pause(attempts: int, oorzaak: str) -> timedelta:
    """How long until the next look after so many failed ones: 1, 2, 4 … minutes to half an hour; a refused password,
    5 minutes to two and a half hours."""
    longer = LOCKED_OUT if oorzaak in ("inloggen", "token", "geheim") else 1
    wait: timedelta = min(LOOK_EVERY * 2 ** min(max(attempts - 1, 0), 20), LONGEST_PAUSE)
    return wait * longer


def is_here(host: str) -> bool:
    """Whether this is the address of this machine itself: what is said there passes no line."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def check_host(host: str) -> str:
    """The name of a mail server, without spaces around it. Raises Refused (`host`)."""
    kaal = host.strip().strip("[]").rstrip(".").lower()
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.:-]{0,251}[a-z0-9])?|::1", kaal):
        raise Refused("host", _("Schrijf alleen de naam van de mailserver, zoals imap.voorbeeld.nl."), "host")
    return kaal


def check_veilig(host: str, beveiliging: str) -> None:
    """Raises Refused (`beveiliging`) when the password would go over a line unprotected."""
    if beveiliging == "geen" and not is_here(host):
        raise Refused(
            "beveiliging", _("Zonder beveiliging mag alleen op deze computer. Kies TLS of STARTTLS."), "beveiliging"
        )


def check_token_url(url: str) -> str:
    """The address that gives tokens. Raises Refused (`token_url`) when it is not https."""
    kaal = url.strip()
    try:
        parts = urlsplit(kaal)
        good = bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname or ""))
        )
    except ValueError:
        good = False
    if not good:
        raise Refused("token_url", _("Dit adres begint met https://. Kijk het na bij uw aanbieder."), "token_url")
    return kaal


def head_of(mail: bytes) -> dict[bytes, str]:
    """The header of a mail: of each field the first one, unfolded, by its name in small letters."""
    found = re.search(rb"\r?\n\r?\n", mail[:MAX_HEADER])
    head: dict[bytes, str] = {}
    for name, value in _FIELD.findall(mail[: found.end() if found else MAX_HEADER]):
        text = b" ".join(value.split()).decode("utf-8", "replace").replace("\0", "?")
        head.setdefault(name.lower(), text)
    return head


def message_id_of(head: Mapping[bytes, str]) -> str:
    """What the sender calls this mail (`<…@…>`), when it can stand in a header of ours; else ''."""
    found = re.search(r"<[!-;=?-~]{1,240}@[!-;=?-~]{1,240}>", head.get(b"message-id", ""))
    return found[0] if found else ""


def sender_of(head: Mapping[bytes, str]) -> str:
    """The sender on the envelope, of which a mailbox tells by Return-Path; else who the mail says that it is from."""
    path = head.get(b"return-path", "")
    address = path.strip("<> ") if path else parseaddr(head.get(b"from", ""))[1]
    return readable(address)[:320]
