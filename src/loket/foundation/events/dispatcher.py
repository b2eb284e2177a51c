"""Delivery of the outbox to the listeners, in batches, by whichever worker gets there first."""

import logging
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction

from loket.foundation.database.sql import execute, row, rows, value
from loket.foundation.events.event import Delivery, restore
from loket.foundation.events.listeners import Registration, registry
from loket.foundation.events.outbox import CHANNEL
from loket.foundation.time.clock import now

log = logging.getLogger(__name__)

BATCH = 500
LONGEST_PAUSE = timedelta(hours=1)

_UNREAD = """
select volg, xid::text as xid, id, type, subject, organisatie, time, data from loket_events_event
where xid < pg_snapshot_xmin(pg_current_snapshot()) and (xid, volg) > (%s::xid8, %s)
order by xid, volg limit %s"""

_DUE = """
select p.id as parked, p.attempts, e.volg, e.id, e.type, e.subject, e.organisatie, e.time, e.data
from loket_events_parked p join loket_events_event e on e.volg = p.event_id
where p.listener_id = %s and p.next_attempt <= %s and not exists (
    select from loket_events_parked q where q.listener_id = p.listener_id and q.subject = p.subject
    and q.event_id < p.event_id)
order by p.event_id limit 100"""


_BEHIND = """
select exists (select from loket_events_event e, loket_events_listener l where (e.xid, e.volg) > (l.xid, l.volg)
               and l.name = any(%s))"""


def dispatch() -> int:
    """Deliver what is waiting to every listener; the number of events handled. Raises what the database raises."""
    return sum(_dispatch(registration) for registration in registry.values())


def drain(seconds: float = 30) -> None:
    """Dispatch until nothing is left, listeners' own events included: for tests and the demo. A transaction that is
    open elsewhere in the cluster holds events back; it is waited for. Raises TimeoutError after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if dispatch():
            continue
        if connection.in_atomic_block or not value(_BEHIND, (list(registry),)):
            return
        time.sleep(0.02)
    raise TimeoutError("Events are still waiting: a transaction is open, or listeners keep producing events.")


def enrol() -> None:
    """Give each new listener its place: from now on. Run after migrating; harmless to run again."""
    for name in registry:
        execute(
            "insert into loket_events_listener (name, xid, volg)"
            " values (%s, pg_snapshot_xmin(pg_current_snapshot()), 0) on conflict do nothing",
            (name,),
        )


def _dispatch(registration: Registration) -> int:
    with transaction.atomic():
        place = row(
            "select xid::text as xid, volg from loket_events_listener where name = %s for update skip locked",
            (registration.name,),
        )
        if place is None:
            return 0
        retried = _retry(registration)
        unread = rows(_UNREAD, (place["xid"], place["volg"], BATCH))
        if not unread:
            return retried
        mine = [event for event in unread if event["type"] in registration.types]
        _deliver(registration, mine)
        execute(
            "update loket_events_listener set xid = %s::xid8, volg = %s where name = %s",
            (unread[-1]["xid"], unread[-1]["volg"], registration.name),
        )
        return retried + len(unread)


def _deliver(registration: Registration, events: Sequence[dict[str, Any]]) -> None:
    if not events:
        return
    blocked = {
        found["subject"]
        for found in rows(
            "select distinct subject from loket_events_parked where listener_id = %s and subject = any(%s)",
            (registration.name, [event["subject"] for event in events]),
        )
    }
    free = [event for event in events if event["subject"] not in blocked]
    for event in events:
        if event["subject"] in blocked:
            _park(registration, event, "Waits for an earlier event of the same subject.")
    if not free or _handle(registration, free) is None:
        return
    for event in free:  # the batch failed as a whole: find the one
        if event["subject"] in blocked:
            _park(registration, event, "Waits for an earlier event of the same subject.")
        elif (fault := _handle(registration, [event])) is not None:
            blocked.add(event["subject"])
            _park(registration, event, fault)


def _handle(registration: Registration, events: Sequence[dict[str, Any]]) -> str | None:
    """Call the listener in a savepoint; what went wrong, or None."""
    try:
        with transaction.atomic():
            registration.handle(
                [
                    Delivery(e["id"], e["time"], restore(e["type"], e["subject"], e["organisatie"], e["data"]))
                    for e in events
                ]
            )
    except (psycopg.OperationalError, psycopg.InterfaceError):
        raise  # the database itself went: nothing is known to have failed
    except Exception as fault:
        log.exception("Listener %s failed on %d event(s)", registration.name, len(events))
        return f"{type(fault).__name__}: {fault}"
    return None


def _park(registration: Registration, event: dict[str, Any], fault: str) -> None:
    execute(
        "insert into loket_events_parked (listener_id, event_id, subject, attempts, next_attempt, error)"
        " values (%s, %s, %s, 0, %s, %s) on conflict do nothing",
        (registration.name, event["volg"], event["subject"], now() + timedelta(seconds=2), fault),
    )


def _retry(registration: Registration) -> int:
    done = 0
    for event in rows(_DUE, (registration.name, now())):
        fault = _handle(registration, [event])
        if fault is None:
            execute("delete from loket_events_parked where id = %s", (event["parked"],))
            execute(
                "update loket_events_parked set next_attempt = %s where listener_id = %s and subject = %s",
                (now(), registration.name, event["subject"]),
            )
            done += 1
        else:
            pause = min(timedelta(seconds=2 ** min(event["attempts"] + 2, 16)), LONGEST_PAUSE)
            execute(
                "update loket_events_parked set attempts = attempts + 1, next_attempt = %s, error = %s where id = %s",
                (now() + pause, fault, event["parked"]),
            )
    return done


def loop(stop: threading.Event) -> None:
    """Deliver until `stop` is set: woken by NOTIFY, and every second without it. Survives a lost database."""
    pause = 0.5
    while not stop.is_set():
        try:
            enrol()
            with psycopg.connect(settings.DATABASE_URL, autocommit=True) as ears:
                ears.execute(f"listen {CHANNEL}")
                pause = 0.5
                while not stop.is_set():
                    if dispatch() == 0:
                        for _ in ears.notifies(timeout=1, stop_after=1):
                            pass
        except Exception as fault:
            log.error("Delivery of events pauses for %.1f s: %s", pause, fault)
            connection.close()
            stop.wait(pause)
            pause = min(pause * 2, 10)
    connection.close()
