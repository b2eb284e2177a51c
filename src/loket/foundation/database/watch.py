"""Whether the database answers, known to the whole process: so that nobody waits long for one that does not.

A server that is gone refuses at once; one that hangs (a frozen machine, a stopped process) says nothing, and libpq then
waits for ever. So whoever waits long asks the watch, a thread with a connection of its own, which knows the difference
between a slow statement and a silent server. Once that is away, every wait of this process ends, pages say so at once,
and the watch goes on trying. When it answers again, the pool begins anew: its own attempts to connect come further and
further apart.
"""

import logging
import threading
import time
from collections.abc import Generator
from typing import Any

import psycopg
from psycopg.abc import PQGen
from psycopg_pool import ConnectionPool

log = logging.getLogger(__name__)

SUSPICIOUS = 0.6
"""Seconds without a word after which the watch is asked."""
ANSWER = 1.2
"""Seconds within which a server that lives answers the watch."""
AGAIN = 0.2
"""Seconds between two attempts while it is away."""


class Watch:
    """What this process knows. It looks only after `start`: web processes do; others just wait."""

    def __init__(self) -> None:
        self.away = False
        self._asked = threading.Event()
        self._url = ""
        self._own: Probe | None = None

    def start(self, url: str) -> None:
        """Begin to watch over the server at `url`; twice is harmless."""
        if not self._url:
            self._url = url
            threading.Thread(target=self._watch, name="database-watch", daemon=True).start()

    def suspect(self) -> None:
        """Somebody waits long, or got an error: look whether the server answers."""
        self._asked.set()

    def _watch(self) -> None:
        self._answers()  # connect now: a connection to a server that hangs takes longer to fail
        while True:
            self._asked.wait()
            self._asked.clear()
            if self._answers():
                continue
            self.away = True
            log.error("The database does not answer")
            while not self._answers():
                time.sleep(AGAIN)
            _renew_pool()
            self._asked.clear()
            self.away = False
            log.warning("The database answers again")

    def _answers(self) -> bool:
        """Whether the server answers: on the connection that is there, or, when only that one ended, on a new one."""
        for _attempt in range(2):
            begin, fresh = time.monotonic(), self._own is None
            try:
                if self._own is None:
                    self._own = Probe.connect(self._url, autocommit=True, connect_timeout=2)
                self._own.execute("select 1")
            except Exception:
                if self._own is not None:
                    self._own.pgconn.finish()  # without a word to the server
                    self._own = None
                if fresh or time.monotonic() - begin >= ANSWER:
                    return False
            else:
                return True
        return False


class Probe(psycopg.Connection[Any]):
    """The connection of the watch: it waits no longer than `ANSWER`."""

    def wait[RV](self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        return super().wait(gen, interval, ANSWER)


watch = Watch()


class Connection(psycopg.Connection[Any]):
    """A connection of the pool: who waits on it is let go when the server is away. `well` is when it last was."""

    well = float("-inf")

    def wait[RV](self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        return super().wait(self._guarded(gen), interval, timeout)

    def _guarded[RV](self, gen: PQGen[RV]) -> Generator[Any, Any, RV]:
        """`gen`, looked at each time that nothing came within the interval."""
        silent = 0.0
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    silent = 0.0
                else:
                    silent = silent or time.monotonic()
                    if watch.away:
                        self.pgconn.finish()
                        raise psycopg.OperationalError("the database does not answer")
                    if time.monotonic() - silent > SUSPICIOUS:
                        watch.suspect()
                wanted = gen.send(ready)
        except StopIteration as done:
            result: RV = done.value
            return result


FRESH = 1.0
"""Seconds for which a connection that was well is not looked at again: in a busy hour it goes out hundreds of times."""


def check(connection: psycopg.Connection[Any]) -> None:
    """The pool's look at a connection before it gives it out. Raises what the database raises."""
    ours = connection if isinstance(connection, Connection) else None
    if ours and not watch.away and time.monotonic() - ours.well < FRESH:
        return
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        watch.suspect()
        raise
    if ours:
        ours.well = time.monotonic()


def _renew_pool() -> None:
    """Leave the pool, whose connections are dead, for a new one; what is still out of it is closed when it comes
    back."""
    from django.db import connection

    pools: dict[str, Any] = connection._connection_pools  # type: ignore[attr-defined]
    old = pools.pop(connection.alias, None)
    if old is not None:
        threading.Thread(target=old.close, daemon=True).start()
