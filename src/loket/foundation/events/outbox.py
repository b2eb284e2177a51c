"""Publishing: the event is a row in the same transaction as the change it tells of."""

from django.db import transaction
from psycopg.types.json import Jsonb

from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute
from loket.foundation.events.event import Event
from loket.foundation.time.clock import now

CHANNEL = "loket"


def publish(*events: Event) -> None:
    """Write `events` in the outbox, in this order. Must be called inside the transaction of the change itself.

    Raises TransactionManagementError outside a transaction: an event without its change, or a change without its
    event, must be impossible.
    """
    if not events:
        return
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("publish() belongs in the transaction of the change it tells of.")
    moment = now()
    values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(events))
    params = [
        field
        for event in events
        for field in (uuid7(), event.type, event.subject, event.organisatie, moment, Jsonb(event.data()))
    ]
    execute(
        f"with written as (insert into loket_events_event (id, type, subject, organisatie, time, data)"
        f" values {values} returning 1) select pg_notify('{CHANNEL}', '') from (select count(*) from written) as w",
        params,
    )


def after_restore() -> None:
    """A restored database counts its transactions anew: what is in the outbox becomes 'long ago', and listeners keep
    what they had read by the number of the event. Run once after a restore, before anything else writes."""
    with transaction.atomic():
        execute(
            "update loket_events_listener l set volg = coalesce((select max(e.volg) from loket_events_event e"
            " where (e.xid, e.volg) <= (l.xid, l.volg)), 0), xid = '3'"
        )
        execute("update loket_events_event set xid = '3'")
