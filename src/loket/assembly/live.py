"""Live updates: server-sent events, in a small process of their own without Django.

The client asks `GET /live?token=…` (see `loket.foundation.web.livetoken`) and hears, for its channels, that
something of a type happened to a subject; what it shows it then fetches from the web process, where rights are
checked. NOTIFY only wakes this process; the truth is read from the outbox in the order (xid, volg), below the oldest
open transaction, so nothing is skipped. A client that reconnects with `Last-Event-ID` gets what it missed.
"""

import asyncio
import json
import logging
import os
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import psycopg
from psycopg.rows import namedtuple_row

from loket.assembly.deathsig import in_granian_worker
from loket.foundation.web import livetoken

log = logging.getLogger("loket.live")

HEARTBEAT = 15.0
QUEUE = 200
"""Messages that may wait for one client; when more do, it is dropped, reconnects and catches up."""
CLIENTS = 2000
PAGE = 500

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]


class Place(NamedTuple):
    """A place in the outbox; also, as `xid.volg`, the id of a message."""

    xid: int
    volg: int


READ = """
select xid::text::bigint as xid, volg, type, subject, organisatie from loket_events_event
where xid < pg_snapshot_xmin(pg_current_snapshot()) and (xid, volg) > (%s::text::xid8, %s)
order by xid, volg limit 500"""
MISSED = """
select xid::text::bigint as xid, volg, type, subject, organisatie from loket_events_event
where xid < pg_snapshot_xmin(pg_current_snapshot()) and (xid, volg) > (%s::text::xid8, %s)
and (xid, volg) <= (%s::text::xid8, %s) and (subject = any(%s::uuid[]) or organisatie = any(%s::uuid[]))
order by xid, volg limit 500"""


def setting(name: str, default: str = "") -> str:
    """As in the settings: the variable, or what the file named in NAME_FILE holds."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text().strip()
    return os.environ.get(name, default)


def message(row: Any) -> tuple[Place, bytes]:
    """One event as a server-sent message; it says what kind of thing happened to what, and nothing more."""
    body = json.dumps({"type": row.type, "subject": str(row.subject)}, separators=(",", ":"))
    return Place(row.xid, row.volg), f"id: {row.xid}.{row.volg}\ndata: {body}\n\n".encode()


class Client:
    """One open page: what it listens to, and what waits to be sent to it."""

    def __init__(self, channels: frozenset[str], expires: int) -> None:
        self.channels = channels
        self.expires = expires
        self.queue: asyncio.Queue[tuple[Place, bytes]] = asyncio.Queue(QUEUE)
        self.gone = asyncio.Event()

    def offer(self, item: tuple[Place, bytes]) -> None:
        """Put a message in the queue; when it is full the client is too slow and is let go."""
        try:
            self.queue.put_nowait(item)
        except asyncio.QueueFull:
            self.gone.set()


class Hub:
    """Reads the outbox once for all clients."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clients: defaultdict[str, set[Client]] = defaultdict(set)
        self.count = 0
        self.last: Place | None = None
        self.connected = False

    def add(self, client: Client) -> None:
        """From now on `client` gets what happens on its channels."""
        self.count += 1
        for channel in client.channels:
            self.clients[channel].add(client)

    def remove(self, client: Client) -> None:
        """Forget `client`."""
        self.count -= 1
        for channel in client.channels:
            self.clients[channel].discard(client)
            if not self.clients[channel]:
                del self.clients[channel]

    def spread(self, rows: Iterable[Any]) -> None:
        """Give each event to the clients that listen to its subject or its organisation."""
        for row in rows:
            self.last = Place(row.xid, row.volg)
            channels = (f"zaak:{row.subject}", f"org:{row.organisatie}")
            hearing = {client for channel in channels for client in self.clients.get(channel, ())}
            if hearing:
                item = message(row)
                for client in hearing:
                    client.offer(item)

    async def run(self) -> None:
        """Listen for ever; a lost database only delays."""
        pause = 0.2
        while True:
            try:
                async with await self._connect() as connection:
                    pause = 0.2
                    await self._listen(connection)
            except (psycopg.Error, OSError) as fault:
                log.warning("The database is away (%s); trying again in %.1f s", type(fault).__name__, pause)
                self.connected = False
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(
            self.url, autocommit=True, connect_timeout=5, row_factory=namedtuple_row, application_name="loket live"
        )

    async def _listen(self, connection: psycopg.AsyncConnection[Any]) -> None:
        await connection.execute("listen loket")
        if self.last is None:
            now = await (
                await connection.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xid")
            ).fetchone()
            assert now is not None
            self.last = Place(now.xid, 0)
        self.connected = True
        wait = 1.0
        while True:
            rows = await (await connection.execute(READ, (str(self.last.xid), self.last.volg))).fetchall()
            self.spread(rows)
            if len(rows) == PAGE:
                continue
            # What is committed may still be held back by an older open transaction, whose end wakes nobody:
            # look again soon after a call, and less and less often.
            wait = 0.05 if rows else min(wait * 2, 1.0 if self.count else 5.0)
            async for _ in connection.notifies(timeout=wait, stop_after=1):
                wait = 0.025

    async def missed(self, client: Client, since: Place, until: Place) -> list[tuple[Place, bytes]]:
        """What `client` would have heard after `since`, up to and including `until`."""
        zaken = [c.removeprefix("zaak:") for c in client.channels if c.startswith("zaak:")]
        organisaties = [c.removeprefix("org:") for c in client.channels if c.startswith("org:")]
        found: list[tuple[Place, bytes]] = []
        async with await self._connect() as connection:
            while True:
                params = (str(since.xid), since.volg, str(until.xid), until.volg, zaken, organisaties)
                rows = await (await connection.execute(MISSED, params)).fetchall()
                found += map(message, rows)
                if len(rows) < PAGE:
                    return found
                since = found[-1][0]


class Application:
    """The ASGI application: /live, /healthz, and nothing else."""

    def __init__(self, hub: Hub, secret: str, origin: str) -> None:
        self.hub = hub
        self.secret = secret
        self.origins = same_machine(origin)
        self.listening: asyncio.Task[None] | None = None

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """One lifespan or one request."""
        if scope["type"] == "lifespan":
            await self.lifespan(receive, send)
        elif scope["type"] == "http":
            if self.listening is None:
                self.listening = asyncio.create_task(self.hub.run())
            await self.request(scope, receive, send)

    async def lifespan(self, receive: Receive, send: Send) -> None:
        """Listen from the start to the end of the process."""
        while True:
            event = (await receive())["type"]
            if event == "lifespan.startup" and self.listening is None:
                self.listening = asyncio.create_task(self.hub.run())
            elif event == "lifespan.shutdown" and self.listening is not None:
                self.listening.cancel()
            await send({"type": f"{event}.complete"})
            if event == "lifespan.shutdown":
                return

    async def request(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Route: two addresses, one method."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        cors = self.cors(headers.get("origin", ""))
        if scope["path"] == "/healthz":
            state = {"status": "ok" if self.hub.connected else "degraded", "clients": self.hub.count}
            await answer(send, 200, json.dumps(state), cors)
        elif scope["path"] != "/live":
            await answer(send, 404, '{"status":404}', cors)
        elif scope["method"] != "GET":
            await answer(send, 405, '{"status":405}', [*cors, (b"allow", b"GET")])
        else:
            query = parse_qs(scope["query_string"].decode("latin-1"))
            allowed = livetoken.verify(query.get("token", [""])[0], secret=self.secret, now=time.time())
            if allowed is None:
                await answer(send, 403, '{"status":403,"detail":"The token is not valid (any more)."}', cors)
            elif self.hub.count >= CLIENTS:
                await answer(send, 503, '{"status":503}', [*cors, (b"retry-after", b"60")])
            else:
                since = place_of(headers.get("last-event-id") or query.get("last-event-id", [""])[0])
                await self.stream(Client(*allowed), since, receive, send, cors)

    async def stream(
        self, client: Client, since: Place | None, receive: Receive, send: Send, cors: list[tuple[bytes, bytes]]
    ) -> None:
        """Send to one client until it leaves, is too slow, or its token expires."""
        headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), *cors]
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, (b"x-accel-buffering", b"no")]})
        self.hub.add(client)
        leaving = asyncio.create_task(until_gone(receive, client))
        try:
            sent = await self.catch_up(client, since, send)
            while not client.gone.is_set():
                left = client.expires - time.time()
                if left <= 0:
                    break
                item = await next_item(client, min(HEARTBEAT, left))
                if item is None:
                    await send(part(b": \n\n"))
                elif item[0] > sent:
                    sent = item[0]
                    await send(part(item[1]))
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except OSError:
            return  # the client left between two messages
        finally:
            leaving.cancel()
            self.hub.remove(client)

    async def catch_up(self, client: Client, since: Place | None, send: Send) -> Place:
        """Send what was missed since `since`; returns the place up to which `client` now knows everything."""
        until = self.hub.last
        start = b"retry: 2000\n\n"
        if since is None or until is None or since >= until:
            known = since or Place(0, 0)
            await send(part(start))
            return known if until is None or known <= until else Place(0, 0)
        try:
            for _, body in await self.hub.missed(client, since, until):
                start += body
        except (psycopg.Error, OSError):
            client.gone.set()  # it comes back with the same Last-Event-ID
            return since
        await send(part(start))
        return until

    def cors(self, origin: str) -> list[tuple[bytes, bytes]]:
        """The page is on another origin (another port): say that it may read the answer."""
        if origin not in self.origins:
            return [(b"vary", b"origin")]
        return [
            (b"vary", b"origin"),
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
        ]


async def next_item(client: Client, seconds: float) -> tuple[Place, bytes] | None:
    """The next message for `client`, or None when nothing came within `seconds`, or it left."""
    get = asyncio.ensure_future(client.queue.get())
    gone = asyncio.ensure_future(client.gone.wait())
    done, waiting = await asyncio.wait({get, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    return get.result() if get in done else None


async def until_gone(receive: Receive, client: Client) -> None:
    """Wait for the client to leave."""
    while (await receive())["type"] != "http.disconnect":
        pass
    client.gone.set()


async def answer(send: Send, status: int, body: str, headers: list[tuple[bytes, bytes]]) -> None:
    """A short JSON answer."""
    raw = body.encode()
    headers = [*headers, (b"content-type", b"application/json"), (b"content-length", str(len(raw)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": raw})


def part(body: bytes) -> Message:
    """A piece of a stream that goes on."""
    return {"type": "http.response.body", "body": body, "more_body": True}


def place_of(text: str) -> Place | None:
    """The place that a Last-Event-ID names; None for none or nonsense."""
    xid, _, volg = text.partition(".")
    if not (xid.isascii() and xid.isdecimal() and volg.isascii() and volg.isdecimal()):
        return None
    return Place(int(xid), int(volg)) if max(len(xid), len(volg)) <= 18 else None


def same_machine(origin: str) -> frozenset[str]:
    """`origin` and, when it is this machine, its other names: a browser may be on localhost or on 127.0.0.1."""
    parts = urlsplit(origin)
    if parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        return frozenset({origin})
    port = f":{parts.port}" if parts.port else ""
    return frozenset(f"{parts.scheme}://{host}{port}" for host in ("localhost", "127.0.0.1", "[::1]"))


def build() -> Application:
    """The application as the environment describes it: granian's worker calls this, and dies with granian."""
    in_granian_worker()
    secret = setting("LOKET_SECRET")
    if not secret:
        raise RuntimeError("Set LOKET_SECRET or LOKET_SECRET_FILE: live updates check tokens with it.")
    origin = setting("LOKET_URL", "http://localhost:8000").rstrip("/")
    return Application(Hub(setting("DATABASE_URL")), secret, origin)
