"""The listener for mail servers: SMTP and LMTP. 250 is said when the mail is in the storage and in the database, never
before; when one of them is away, 451, and the other server tries again.

aiosmtpd speaks the protocol. The text itself is read in large pieces to a file, not line by line to memory, so that a
mail of 25 MB costs no more than a small one. It stands behind a mail server of the organisation, which knows TLS, spam
and who may send.
"""

import asyncio
import contextlib
import logging
import signal
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, cast

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, syntax
from django.conf import settings
from django.db import connection

from loket.foundation.access.actor import Actor
from loket.foundation.database.watch import watch
from loket.foundation.inbox import rules
from loket.foundation.inbox.commands import neem_aan
from loket.foundation.inbox.queries import postvakken
from loket.foundation.storage.files import store

log = logging.getLogger(__name__)

TIMEOUT = 300.0
"""Seconds without a word after which a connection ends (RFC 5321, 4.5.3.2.7)."""
TEXT_WITHIN = 1800.0
"""Seconds within which the text of one mail must be here."""
CONNECTIONS = 100
"""Connections at the same time; who comes next is told to come back."""
THREADS = 4
"""Mails that are stored at the same time; each needs a connection to the database."""
GRACE = 5.0
"""Seconds that mails which are being stored get when the listener stops."""
_PIECE = 1 << 20
"""More than asyncio keeps, so that what is read is all there is."""
_IN_MEMORY = 1 << 18

_LATER = "451 4.3.0 Cannot store mail now, try again later"
_UNKNOWN = "550 5.1.1 No such mailbox here"
_TOO_LARGE = "552 5.3.4 Message too large"
_STOPPING = b"421 4.3.2 Stopping, try again later\r\n"
_FULL = b"421 4.3.2 Too many connections, try again later\r\n"


class Doorman:
    """Says whose mail is taken in, and stores it. Its methods are those that aiosmtpd asks for."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, "mail-in")

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """What we can do. LMTP requires pipelining (RFC 2033, 5)."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """A recipient: only mailboxes of ours, so that nobody can use us to send mail on."""
        if len(envelope.rcpt_tos) >= rules.MAX_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            known = await self._in_thread(partial(postvakken, [address]))
        except Exception:
            log.exception("Mailboxes cannot be asked for")
            return _LATER
        if not known:
            return _UNKNOWN
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_exception(self, error: Exception) -> str:
        """What a command does that nobody foresaw, such as an address that cannot be read."""
        log.warning("A command of a mail server could not be read: %s", type(error).__name__)
        return "500 5.5.2 Cannot understand that"

    async def take(self, file: Any, envelope: Any, origin: str) -> str:
        """Store the mail and take it in; the answer."""
        try:
            return await self._in_thread(
                partial(_take, file, envelope.mail_from or "", list(envelope.rcpt_tos), origin)
            )
        except Exception:
            log.exception("A mail cannot be stored")
            return _LATER

    async def _in_thread[T](self, work: Callable[[], T]) -> T:
        def run() -> T:
            try:
                return work()
            finally:
                connection.close()  # gives it back to the pool

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    def leave(self) -> None:
        """No new work."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _take(file: Any, sender: str, recipients: list[str], origin: str) -> str:
    stored = store(file, rules.MAX_BYTES)
    new = neem_aan(Actor.system("post"), stored, rules.fingerprint(file), van=sender, aan=recipients, herkomst=origin)
    return f"250 2.6.0 Stored as {new[0]}" if new else "250 2.6.0 Stored before"


class _Pieces(SMTP):
    """aiosmtpd with the text read in pieces, and with an end to all waiting."""

    origin = "smtp"

    def __init__(self, listener: "Listener") -> None:
        super().__init__(
            listener.doorman,
            data_size_limit=rules.MAX_BYTES,
            enable_SMTPUTF8=True,
            hostname=listener.hostname,
            ident="Loket",
            timeout=listener.timeout,
        )
        self._listener = listener
        self._storing = False
        self._leaving = False

    def leave(self) -> None:
        """End the connection: at once, or when its mail is stored and it has been told so."""
        self._leaving = True
        if self.transport is not None and not self._storing:
            self._writer.write(_STOPPING)
            self.transport.close()

    def abort(self) -> None:
        """End the connection, whatever is being said."""
        if self.transport is not None:
            cast(asyncio.WriteTransport, self.transport).abort()

    def connection_lost(self, error: Exception | None) -> None:
        """The other side went, or we did."""
        try:
            super().connection_lost(error)
        finally:
            self._listener.left(self)

    def _timeout_cb(self) -> None:
        self.abort()  # a close would wait for who does not read

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        """The text; one answer, in LMTP one for each recipient (RFC 2033, 4.2)."""
        if await self.check_helo_needed():
            return
        envelope = self.envelope
        assert envelope is not None
        if not envelope.rcpt_tos:
            await self.push("503 5.5.1 Error: need RCPT command")
            return
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(settings.DATA_DIR)) as file:
            answer = await self._receive(file)
            if not answer:
                self._storing = True
                answer = await self._listener.doorman.take(file, envelope, self.origin)
        for _ in envelope.rcpt_tos if self.origin == "lmtp" else (None,):
            await self.push(answer)
        self.envelope = self._create_envelope()
        self._storing = False
        if self._leaving:
            self.leave()

    async def _receive(self, file: Any) -> str:
        """The text into `file`; why it cannot be taken in, or ''. All of it is read, whatever happens: what follows is
        a command again. Ends the connection when it takes too long; nothing was taken in then."""
        data, size, refusal = rules.Data(), 0, ""
        try:
            async with asyncio.timeout(TEXT_WITHIN):
                while data.rest is None:
                    piece = await self._reader.read(_PIECE)
                    if not piece:
                        raise asyncio.CancelledError  # the other side went in the middle
                    self._reset_timeout()
                    text = data.feed(piece)
                    size += len(text)
                    if size > rules.MAX_BYTES:
                        refusal = _TOO_LARGE
                    elif not refusal:
                        refusal = _write(file, text)
        except TimeoutError:
            self.abort()
            raise asyncio.CancelledError from None
        if data.rest:
            self._reader.feed_data(data.rest)
        return refusal


def _write(file: Any, text: bytes) -> str:
    try:
        file.write(text)
    except OSError:
        log.exception("A mail cannot be written")
        return _LATER
    return ""


class _Lmtp(_Pieces, LMTP):
    origin = "lmtp"


class _Full(asyncio.Protocol):
    """Who comes when there is no room."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Says so."""
        cast(asyncio.WriteTransport, transport).write(_FULL)
        transport.close()


class Listener:
    """Listens at one address."""

    def __init__(self, hostname: str, timeout: float = TIMEOUT) -> None:
        self.hostname = hostname
        self.timeout = timeout
        self.doorman = Doorman()
        self._open: set[_Pieces] = set()
        self._left = asyncio.Event()

    async def start(self, where: rules.Where) -> int:
        """Begin; the port. Raises OSError when it is taken."""
        kind = _Lmtp if where.lmtp else _Pieces

        def protocol() -> asyncio.Protocol:
            if len(self._open) >= CONNECTIONS:
                return _Full()
            session = kind(self)
            self._open.add(session)
            return session

        self._server = await asyncio.get_running_loop().create_server(
            protocol, where.host, where.port, backlog=CONNECTIONS
        )
        return int(self._server.sockets[0].getsockname()[1])

    def left(self, session: _Pieces) -> None:
        """A connection ended."""
        self._open.discard(session)
        self._left.set()

    async def stop(self) -> None:
        """End: who is idle or in the middle of a text is sent away, what is being stored gets `GRACE`."""
        self._server.close()
        for session in list(self._open):
            session.leave()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                while self._open:
                    self._left.clear()
                    await self._left.wait()
        for session in list(self._open):
            session.abort()
        self.doorman.leave()


async def serve(where: rules.Where, hostname: str) -> None:
    """Listen until SIGTERM or SIGINT. Raises OSError when the address cannot be used."""
    watch.start(settings.DATABASE_URL)
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    listener = Listener(hostname)
    await listener.start(where)
    log.info("Mail is taken in at %s", where)
    await stop.wait()
    await listener.stop()
