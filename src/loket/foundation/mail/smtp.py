"""The ways out: a mail server, or the mailbox page of the demo."""

import smtplib
import socket
import ssl
from dataclasses import dataclass
from typing import Literal, Protocol, Self
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

TIMEOUT = 20.0

type Tls = Literal["required", "optional", "off", "wrapped"]


class ServerAway(Exception):
    """The mail server cannot be reached, or refuses everything now: nothing was accepted."""


class ConnectionLost(Exception):
    """The connection broke during a mail: whether that one was accepted is not known."""


class NotNow(Exception):
    """This mail was refused for now (4xx)."""


class Never(Exception):
    """This mail was refused for good (5xx)."""


class Transport(Protocol):
    """A way out for mail, open inside `with`. Entering raises ServerAway."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *of: object) -> None: ...
    def deliver(self, mail: bytes, sender: str, recipient: str) -> None: ...


@dataclass(frozen=True)
class Server:
    """A mail server: `smtp://user:password@host:port?tls=required`, or `smtps://` for TLS from the first byte.

    `tls`: `required` (STARTTLS with a valid certificate; the default with a password), `optional` (STARTTLS when the
    server offers it, whatever its certificate; the default without), `off`.
    """

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: Tls = "optional"

    @classmethod
    def parse(cls, url: str) -> "Server":
        """Raises ValueError, without the password in it, when the address cannot be understood."""
        parts = urlsplit(url)
        asked = parse_qs(parts.query).get("tls", [""])[0]
        if (
            parts.scheme not in ("smtp", "smtps")
            or not parts.hostname
            or asked not in ("", "required", "optional", "off")
        ):
            raise ValueError(
                "MAIL_URL must look like smtp://user:password@host:587?tls=required (or optional, or off)."
            )
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        tls: Tls = (
            "required" if asked == "required" or (user and not asked) else "off" if asked == "off" else "optional"
        )
        if parts.scheme == "smtps":
            return cls(parts.hostname, parts.port or 465, user, password, "wrapped")
        return cls(parts.hostname, parts.port or (587 if user else 25), user, password, tls)


class Smtp:
    """One connection to a mail server, for a batch of mails."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.client: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        server = self.server
        try:
            if server.tls == "wrapped":
                context = ssl.create_default_context()
                self.client = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
            else:
                self.client = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
                self.client.ehlo()
                if server.tls == "required" or (server.tls == "optional" and self.client.has_extn("starttls")):
                    self.client.starttls(context=_context(server.tls))
                    self.client.ehlo()
            if server.user:
                self.client.login(server.user, server.password)
        except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
            self.close()
            raise ServerAway(_told(error)) from None
        return self

    def __exit__(self, *of: object) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye; a server that does not answer is left alone."""
        client, self.client = self.client, None
        if client is not None:
            try:
                client.quit()
            except (OSError, smtplib.SMTPException):
                client.close()

    def deliver(self, mail: bytes, sender: str, recipient: str) -> None:
        """Hand over one mail. Raises NotNow, Never, ServerAway (this one was not accepted), ConnectionLost."""
        assert self.client is not None
        try:
            self.client.sendmail(sender, [recipient], mail)
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            raise _of_code(code, said) from None
        except smtplib.SMTPSenderRefused as refused:
            raise ServerAway(_words(refused.smtp_code, refused.smtp_error)) from None
        except smtplib.SMTPDataError as refused:
            raise _of_code(refused.smtp_code, refused.smtp_error) from None
        except smtplib.SMTPNotSupportedError as error:
            raise Never(_told(error)) from None
        except (OSError, smtplib.SMTPException) as error:
            raise ConnectionLost(_told(error)) from None


class Postbus:
    """The demo without a mail server: mail is 'sent' by being readable at /postbus, a batch at a time."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *of: object) -> None:
        return None

    def deliver(self, mail: bytes, sender: str, recipient: str) -> None:
        """The row in the queue is the mail."""


def transport() -> Transport | None:
    """The way out of this installation, or None when nobody set one up."""
    if settings.MAIL_URL:
        return Smtp(Server.parse(settings.MAIL_URL))
    return Postbus() if settings.DEMO else None


def _context(tls: Tls) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if tls == "optional":  # RFC 7435: some protection where the alternative is none
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _of_code(code: int, said: bytes | str) -> Exception:
    if code == 421:  # RFC 5321, section 3.8: the server is closing
        return ConnectionLost(_words(code, said))
    return Never(_words(code, said)) if code >= 500 else NotNow(_words(code, said))


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"[:500]


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    if isinstance(error, socket.gaierror):
        return "The name of the mail server is not known."
    return (str(error) or type(error).__name__)[:500]
