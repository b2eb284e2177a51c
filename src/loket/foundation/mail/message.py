"""A mail as it goes over the line (RFC 5322, MIME)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any
from uuid import UUID

from loket.foundation.mail import dkim
from loket.foundation.storage.files import read
from loket.foundation.storage.names import clean_name


class _Words(UnstructuredHeader):
    """A field of words that must stay as they are, such as Message-IDs and addresses of pages: it is folded between
    them only. The library would write a word of more than a line as encoded text, which no mail program reads there."""

    max_count = 1

    def fold(self, *, policy: Any) -> str:
        """As it stands on the line."""
        words = f"{policy.linesep} ".join(str(self).split())
        return f"{self.name}: {words}{policy.linesep}"  # type: ignore[attr-defined]  # the library makes it a BaseHeader


_FIELDS = HeaderRegistry()
for _name in ("in-reply-to", "references", "list-unsubscribe", "list-unsubscribe-post"):
    _FIELDS.map_to_type(_name, _Words)  # type: ignore[arg-type]
POLICY = policy.SMTP.clone(cte_type="7bit", utf8=False, header_factory=_FIELDS)


class Unmakeable(Exception):
    """The mail cannot be made: an attachment is gone, an address cannot be written."""


@dataclass(frozen=True)
class Envelope:
    """Who sends: the bare address of the envelope, and the name and address for answers that people see."""

    address: str
    name: str = ""
    reply_to: str = ""

    @classmethod
    def of(cls, mail_from: str, name: str = "", reply_to: str = "") -> "Envelope":
        """From the setting MAIL_FROM ('Loket <loket@lindewaard.voorbeeld.nl>') and the organisation that sends."""
        given, address = parseaddr(mail_from)
        return cls(address, name or given, reply_to)

    @property
    def domain(self) -> str:
        """The domain of the sender, which names our messages."""
        return self.address.rpartition("@")[2] or "localhost"


def message_id(bericht: UUID, envelope: Envelope) -> str:
    """The Message-ID: the same at every attempt, so that a mail that went out twice is one mail to the receiver."""
    return f"<{bericht}@{_ascii_domain(envelope.domain)}>"


def build(
    envelope: Envelope,
    *,
    bericht: UUID,
    to: str,
    subject: str,
    text: str,
    html: str,
    headers: Mapping[str, str],
    attachments: Sequence[Sequence[str]],
    date: datetime,
) -> EmailMessage:
    """The message: text, the same in HTML if there is any, attachments from the storage; marked as made by a machine,
    so that no machine answers it (RFC 3834). Raises Unmakeable."""
    message = EmailMessage(policy=POLICY)
    try:
        message["From"] = _address(envelope.address, envelope.name)
        message["To"] = _address(to)
        message["Subject"] = subject
        message["Date"] = format_datetime(date)
        message["Message-ID"] = message_id(bericht, envelope)
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        own = {name.lower() for name in headers}
        if envelope.reply_to and "reply-to" not in own:
            message["Reply-To"] = _address(envelope.reply_to, envelope.name)
        for name, value in headers.items():
            message[name] = value
        message.set_content(text, subtype="plain", charset="utf-8", cte=_encoding(text))
        if html:
            message.add_alternative(html, subtype="html", charset="utf-8", cte=_encoding(html))
        for name, mime, sha256 in attachments:
            main, _slash, sub = mime.partition("/")
            message.add_attachment(read(sha256), maintype=main, subtype=sub, filename=clean_name(name))
        return message
    except Exception as error:
        raise Unmakeable(f"{type(error).__name__}: {error}"[:500]) from None


def on_the_line(message: EmailMessage, keys: Sequence[dkim.Key], moment: datetime) -> bytes:
    """The bytes of the message, signed with these keys. Raises Unmakeable."""
    try:
        raw = message.as_bytes()
        return dkim.sign(raw, keys, moment) if keys else raw
    except Exception as error:
        raise Unmakeable(f"{type(error).__name__}: {error}"[:500]) from None


def _encoding(text: str) -> str:
    """Readable on the line for Latin text, compact for the rest."""
    return "quoted-printable" if sum(ord(char) > 127 for char in text) * 6 <= len(text) else "base64"


def _address(address: str, name: str = "") -> Address:
    user, _at, domain = address.rpartition("@")
    return Address(display_name=name, username=user, domain=_ascii_domain(domain))


def _ascii_domain(domain: str) -> str:
    return domain if domain.isascii() else domain.encode("idna").decode("ascii")
