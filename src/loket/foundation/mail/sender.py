"""Taking mail from the queue and handing it over. Any number of senders may work at the same time.

A mail is taken with a lease: it belongs to one sender until the lease ends, so a sender that is killed loses nothing
and blocks nothing. While it works the sender also holds an advisory lock that is named after the end of its lease;
PostgreSQL lets go of that when the process dies, and `watch` then lets go of the mail within seconds. After each mail
its outcome is committed. Sent at least once: between the server's acceptance and our commit a kill sends it again,
under the same Message-ID.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from loket.foundation.database.sql import execute, row, rows
from loket.foundation.mail import rules
from loket.foundation.mail.draden import kopregels
from loket.foundation.mail.message import Envelope, Unmakeable, build, message_id, on_the_line
from loket.foundation.mail.outbox import wake
from loket.foundation.mail.sleutels import afzenderdomein, tekenaars
from loket.foundation.mail.smtp import ConnectionLost, Never, NotNow, Postbus, ServerAway, Transport, transport
from loket.foundation.time.clock import now

_chance = SystemRandom().random
log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
WATCH_SECONDS = 4.0
KEEP = timedelta(days=90)

type Chance = Callable[[], float]

_CLAIM = """
with due as materialized (
    select id from loket_mail_bericht where state in ('wacht', 'bezig') and next_attempt_at <= %(nu)s
    order by next_attempt_at limit %(aantal)s for update skip locked)
update loket_mail_bericht b set state = 'bezig', attempts = b.attempts + 1, next_attempt_at = %(tot)s
from due where b.id = due.id
returning b.id, b.to_address, b.subject, b.text, b.html, b.headers, b.attachments, b.attempts, b.created_at,
    b.queued_at, coalesce((select o.naam from loket_identity_organisatie o where o.id = b.organisatie_id), '') as naam,
    coalesce((select o.email from loket_identity_organisatie o where o.id = b.organisatie_id), '') as email"""

_LOCKS = 0x4D41494C
_KEY = "((extract(epoch from {moment}) * 1000000)::bigint %% 2147483647)::int"
_HOLD_LEASE = f"select pg_advisory_lock_shared({_LOCKS}, {_KEY.format(moment='%(tot)s::timestamptz')})"
_END_LEASE = f"select pg_advisory_unlock_shared({_LOCKS}, {_KEY.format(moment='%(tot)s::timestamptz')})"
# "attempts" stays as it is: it is the fence against a sender that lost its connection and yet lives
_FREE = f"""
update loket_mail_bericht b set state = 'wacht', next_attempt_at = %(nu)s
where b.state = 'bezig' and b.next_attempt_at > %(nu)s and not exists (
    select from pg_locks l where l.locktype = 'advisory' and l.classid = {_LOCKS} and l.objsubid = 2 and l.granted
    and l.database = (select oid from pg_database where datname = current_database())
    and l.objid = {_KEY.format(moment="b.next_attempt_at")}::oid)"""

# "attempts" is the fence: a sender whose lease ended and whose mail was taken by another changes nothing any more
_MINE = "where id = %(id)s and state = 'bezig' and attempts = %(attempts)s"
_SENT = f"""
update loket_mail_bericht set state = 'verzonden', sent_at = %(nu)s, message_id = %(message_id)s, oorzaak = '',
    last_error = '' {_MINE}"""
_ALL_SENT = """
update loket_mail_bericht set state = 'verzonden', sent_at = %(nu)s, message_id = '<' || id || '@postbus>',
    oorzaak = '', last_error = '' where id = any(%(ids)s) and state = 'bezig'"""
_BACK = f"""
update loket_mail_bericht set state = %(state)s, next_attempt_at = %(wanneer)s, oorzaak = %(oorzaak)s,
    last_error = %(fout)s {_MINE}"""
_RELEASE = f"""
update loket_mail_bericht set state = 'wacht', attempts = attempts - 1, next_attempt_at = %(nu)s {_MINE}"""
_HOLD = """
update loket_mail_bericht set next_attempt_at = %(wanneer)s, oorzaak = %(oorzaak)s, last_error = %(fout)s
where state = 'wacht' and next_attempt_at <= %(nu)s"""
# not what broke a connection: that one would be tried for ever
_LET_GO = """
update loket_mail_bericht set next_attempt_at = %(nu)s
where state = 'wacht' and next_attempt_at > %(nu)s and oorzaak in ('server', 'instelling')"""


def deliver_batch(limit: int = 200, *, way: Transport | None = None, chance: Chance = _chance) -> int:
    """Send at most `limit` mails that are due, over one connection; gives how many were taken from the queue.

    A server that is away puts everything that is due off, visibly; when it is back, what it delayed is due at once.
    `way` and `chance` are for tests.
    """
    moment = now()
    if _nothing_due(moment):
        return 0
    way = way or transport()
    lease = {"tot": moment + LEASE}
    execute(_HOLD_LEASE, lease)
    taken = rows(_CLAIM, {"nu": moment, **lease, "aantal": limit if way else 1})
    _deliver_taken(taken, way, moment, chance)
    execute(_END_LEASE, lease)  # not after a fault: what the sender cannot handle waits until the lease ends
    return len(taken)


def _deliver_taken(taken: list[dict[str, Any]], way: Transport | None, moment: datetime, chance: Chance) -> None:
    if not taken:
        return
    if way is None:
        _server_away(taken, "instelling", "MAIL_URL is not set.", chance())
        return
    if isinstance(way, Postbus):
        execute(_ALL_SENT, {"nu": now(), "ids": [bericht["id"] for bericht in taken]})
        return
    try:
        with way:
            _deliver(way, taken, moment + LEASE / 2, chance)
    except ServerAway as error:
        log.warning("The mail server is away: %s", error)
        _server_away(taken, "server", str(error), chance())


def deliver_all(chance: Chance = _chance) -> int:
    """Send batch after batch until nothing is due; gives how many were taken. Every mail put off is due later, so this
    ends."""
    total = 0
    while number := deliver_batch(chance=chance):
        total += number
    return total


def free_mail_of_the_dead() -> int:
    """Put mail back in the queue whose sender no longer lives; gives how many."""
    return execute(_FREE, {"nu": now()})


def watch(stop: threading.Event) -> None:
    """See to it, until `stop` is set, that mail of a sender that was killed waits no longer than it must. Survives a
    lost database. For a thread of the worker."""
    while not stop.wait(WATCH_SECONDS):
        try:
            if number := free_mail_of_the_dead():
                log.warning("%d mail(s) lost their sender and go back in the queue", number)
                wake()
        except Exception as fault:
            log.error("Mail of dead senders cannot be looked for now: %s", fault)
            connection.close()
    connection.close()


def _nothing_due(moment: Any) -> bool:
    due = "select 1 from loket_mail_bericht where state in ('wacht', 'bezig') and next_attempt_at <= %s limit 1"
    return row(due, (moment,)) is None


def _deliver(way: Transport, taken: list[dict[str, Any]], until: Any, chance: Chance) -> None:
    accepted = False
    keys, threads = tekenaars(afzenderdomein()), kopregels(taken, Envelope.of(settings.MAIL_FROM).domain)
    for number, bericht in enumerate(taken):
        if now() >= until:
            _release(taken[number:])
            return
        envelope = Envelope.of(settings.MAIL_FROM, bericht["naam"], bericht["email"])
        try:
            message = build(
                envelope,
                bericht=bericht["id"],
                to=bericht["to_address"],
                subject=bericht["subject"],
                text=bericht["text"],
                html=bericht["html"],
                headers=threads.get(bericht["id"], {}) | bericht["headers"],
                attachments=bericht["attachments"],
                date=bericht["created_at"],
            )
            mail = on_the_line(message, keys, now())
            way.deliver(mail, envelope.address, str(message["To"].addresses[0].addr_spec))
        except Unmakeable as error:
            log.error("Mail %s cannot be made: %s", bericht["id"], error)
            _put_back(bericht, "mislukt", "inhoud", str(error))
        except Never as error:
            _put_back(bericht, "mislukt", "geweigerd", str(error))
        except NotNow as error:
            _put_off(bericht, "ontvanger", str(error), rules.wait(bericht["attempts"], chance()))
        except ConnectionLost as error:
            _put_off(bericht, "verbinding", str(error), rules.wait(bericht["attempts"], chance()))
            _release(taken[number + 1 :])
            return
        except ServerAway:
            _release(taken[number + 1 :])
            raise
        else:
            _sent(bericht["id"], bericht["attempts"], message_id(bericht["id"], envelope))
            if not accepted:
                accepted = True
                execute(_LET_GO, {"nu": now()})


def _sent(bericht: UUID, attempts: int, name: str) -> None:
    execute(_SENT, {"id": bericht, "attempts": attempts, "nu": now(), "message_id": name})


def _put_off(bericht: dict[str, Any], oorzaak: str, fout: str, wait: timedelta) -> None:
    if now() - bericht["queued_at"] > rules.GIVE_UP_AFTER:
        _put_back(bericht, "mislukt", "te_lang", fout)
    else:
        _put_back(bericht, "wacht", oorzaak, fout, wait)


def _put_back(bericht: dict[str, Any], state: str, oorzaak: str, fout: str, wait: timedelta = timedelta()) -> None:
    execute(
        _BACK,
        {
            "id": bericht["id"],
            "attempts": bericht["attempts"],
            "state": state,
            "oorzaak": oorzaak,
            "fout": fout,
            "wanneer": now() + wait,
        },
    )


def _release(taken: list[dict[str, Any]]) -> None:
    """Back in the queue as if never taken."""
    for bericht in taken:
        execute(_RELEASE, {"id": bericht["id"], "attempts": bericht["attempts"], "nu": now()})


def _server_away(taken: list[dict[str, Any]], oorzaak: str, fout: str, chance: float) -> None:
    """Put off what was taken and everything else that is due, all with the reason."""
    longest = timedelta()
    for bericht in taken:
        wait = rules.server_wait(bericht["attempts"], chance)
        longest = max(longest, wait)
        _put_off(bericht, oorzaak, fout, wait)
    moment = now()
    execute(_HOLD, {"nu": moment, "wanneer": moment + longest, "oorzaak": oorzaak, "fout": fout})


def clear_away() -> int:
    """Remove mail that was sent or stopped 90 days ago: what it told stands in the registers. Gives how many."""
    return execute(
        "delete from loket_mail_bericht where state in ('verzonden', 'ingetrokken') and created_at < %s",
        (now() - KEEP,),
    )
