"""Whether this Loket does its work: the database, the worker, and the delivery of events."""

import threading
import time
from typing import Any

import psycopg
from django.conf import settings
from psycopg.rows import dict_row

from loket.foundation.database.watch import watch
from loket.foundation.events.listeners import registry

WORKER_SILENT = 10.0
"""Seconds without a heartbeat (one every 2 s) after which the worker counts as gone."""
OUTBOX_LATE = 60.0
"""Seconds that an event may wait for a listener: the promise that confirmations leave within a minute."""
HEARTBEAT = "select extract(epoch from now() - max(last_heartbeat))::float8 as silence from procrastinate_workers"
BACKLOG = """
select coalesce(max(waiting), 0)::int as waiting, coalesce(max(oldest), 0)::float8 as oldest,
       (select count(*)::int from loket_events_parked) as parked
from loket_events_listener l cross join lateral (
    select count(*) as waiting, extract(epoch from now() - min(time)) as oldest from (
        select e.time from loket_events_event e where (e.xid, e.volg) > (l.xid, l.volg)
        order by e.xid, e.volg limit 10000) as unread) as behind
where l.name = any(%s)"""


CACHED = 1.0
"""Seconds that an answer is used again, so that asking is no way to exhaust the database's connections."""

_lock = threading.Lock()
_last: tuple[float, dict[str, Any]] | None = None


def state() -> dict[str, Any]:
    """The state in words and numbers, at most a second old, and new once this process knows that the database is away;
    ages and silences are in seconds. Never raises for a database that is away."""
    global _last
    with _lock:
        if _last is None or time.monotonic() - _last[0] > CACHED or (watch.away and _last[1]["status"] != "down"):
            found = _look()
            _last = (time.monotonic(), found)  # from its end: who waited for a slow look need not look again
        return _last[1]


def _look() -> dict[str, Any]:
    try:
        # A connection of its own: a pool that is busy or full of cut connections says nothing about the database.
        with psycopg.connect(
            settings.DATABASE_URL,
            autocommit=True,
            connect_timeout=2,
            options="-c statement_timeout=2000",
            tcp_user_timeout=2000,
            row_factory=dict_row,
        ) as connection:
            beat = connection.execute(HEARTBEAT).fetchone() or {}
            backlog = connection.execute(BACKLOG, (list(registry),)).fetchone() or {}
    except psycopg.Error as fault:
        unknown = {"status": "unknown"}
        database = {"status": "down", "fault": type(fault).__name__}
        return {"status": "down", "database": database, "worker": unknown, "outbox": unknown}
    return judge(beat.get("silence"), backlog["waiting"], backlog["oldest"], backlog["parked"])


def judge(silence: float | None, waiting: int, oldest: float, parked: int) -> dict[str, Any]:
    """The answer for a worker that was silent for so long (None: there is none) and an outbox that is so far behind."""
    alive = silence is not None and silence <= WORKER_SILENT
    late = waiting > 0 and oldest > OUTBOX_LATE
    return {
        "status": "ok" if alive and not late else "degraded",
        "database": {"status": "ok"},
        "worker": {"status": "ok" if alive else "down", "silence": None if silence is None else round(silence, 1)},
        "outbox": {
            "status": "late" if late else "ok",
            "waiting": waiting,
            "oldest": round(oldest, 1),
            "parked": parked,
        },
    }
