"""What can be asked about mail: by the page for administrators, by the demo's mailbox, by the health check."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.access.shield import hidden
from loket.foundation.database.sql import row, rows
from loket.foundation.errors import NotFound
from loket.foundation.mail.models import Bericht, DkimSleutel
from loket.foundation.mail.rules import BEHEER, masked
from loket.foundation.mail.sleutels import afzenderdomein
from loket.foundation.time.clock import now

PAGE = 50
VIEWS = ("vertraagd", "mislukt", "wacht", "verzonden", "ingetrokken")

_STATE = """
select count(*) filter (where state in ('wacht', 'bezig')) as wacht,
       count(*) filter (where state = 'wacht' and oorzaak <> '') as vertraagd,
       min(queued_at) filter (where state in ('wacht', 'bezig')) as oudste,
       count(*) filter (where state = 'mislukt') as mislukt,
       min(last_error) filter (where state = 'wacht' and oorzaak in ('server', 'instelling')) as server
from loket_mail_bericht where state in ('wacht', 'bezig', 'mislukt')"""
_OWN = """(organisatie_id = %(organisatie)s or organisatie_id is null)
    and (betreft is null or betreft <> all(%(niet)s))"""
_COUNTS = f"""
select count(*) filter (where state in ('wacht', 'bezig') and oorzaak = '') as wacht,
       count(*) filter (where state = 'wacht' and oorzaak <> '') as vertraagd,
       count(*) filter (where state = 'mislukt') as mislukt
from loket_mail_bericht where state in ('wacht', 'bezig', 'mislukt') and {_OWN}"""
_WHERE = {
    "wacht": "state in ('wacht', 'bezig') and oorzaak = ''",
    "vertraagd": "state in ('wacht', 'bezig') and oorzaak <> ''",
    "mislukt": "state = 'mislukt'",
    "verzonden": "state = 'verzonden'",
    "ingetrokken": "state = 'ingetrokken'",
}
_ORDER = {"wacht": "queued_at", "vertraagd": "next_attempt_at"}
_LINES = """
select id, to_address, subject, state, oorzaak, last_error, attempts, created_at, next_attempt_at, sent_at
from loket_mail_bericht where {where} and {own} order by {order}, id limit %(aantal)s offset %(vanaf)s"""
_POSTBUS = """
select id, to_address, subject, created_at, state from loket_mail_bericht
where %(adres)s = '' or position(lower(%(adres)s) in lower(to_address)) > 0
order by created_at desc, id desc limit %(aantal)s offset %(vanaf)s"""


@dataclass(frozen=True)
class Queue:
    """How the queue stands: `wacht` in all, of which `vertraagd` were tried in vain; `server`: why nothing goes out."""

    wacht: int
    vertraagd: int
    mislukt: int
    oudste: datetime | None
    server: str


@dataclass(frozen=True)
class Line:
    """One mail in the list of an administrator, who sees neither the person's whole address nor what was said."""

    id: UUID
    naar: str
    subject: str
    state: str
    stand: str
    reden: str
    last_error: str
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    sent_at: datetime | None


def queue() -> Queue:
    """How the queue of all organisations stands: for the health check and the doctor."""
    found = row(_STATE) or {}
    return Queue(
        found.get("wacht", 0),
        found.get("vertraagd", 0),
        found.get("mislukt", 0),
        found.get("oudste"),
        found.get("server") or "",
    )


def counts(actor: Actor) -> dict[str, int]:
    """How many wait, are delayed, failed, of the actor's organisation and of the system. Raises Forbidden."""
    actor.require(BEHEER)
    return row(_COUNTS, {"organisatie": actor.organisatie, "niet": hidden(actor)}) or {}


def lines(actor: Actor, view: str, vanaf: int = 0) -> list[Line]:
    """At most 51 mails of one view (one more than a page shows), from number `vanaf`. Raises Forbidden, NotFound for a
    view that does not exist."""
    actor.require(BEHEER)
    if view not in _WHERE:
        raise NotFound("There is no such view.")
    found = rows(
        _LINES.format(where=_WHERE[view], own=_OWN, order=_ORDER.get(view, "created_at desc")),
        {"organisatie": actor.organisatie, "niet": hidden(actor), "aantal": PAGE + 1, "vanaf": vanaf},
    )
    return [_line(one) for one in found]


def _line(one: dict[str, Any]) -> Line:
    return Line(
        id=one["id"],
        naar=masked(one["to_address"]),
        subject=one["subject"],
        state=one["state"],
        stand=str(Bericht.Stand(one["state"]).label),
        reden=str(Bericht.Oorzaak(one["oorzaak"]).label),
        last_error=one["last_error"],
        attempts=one["attempts"],
        created_at=one["created_at"],
        next_attempt_at=one["next_attempt_at"],
        sent_at=one["sent_at"],
    )


def postbus(adres: str, vanaf: int = 0) -> list[dict[str, Any]]:
    """At most 51 mails whose address contains `adres`, newest first: only for the demo."""
    return rows(_POSTBUS, {"adres": adres.replace("\0", ""), "aantal": PAGE + 1, "vanaf": vanaf})


def bericht(id: UUID) -> Bericht:
    """One mail, whole: only for the demo. Raises NotFound."""
    found = Bericht.objects.select_related("organisatie").filter(pk=id).first()
    if found is None:
        raise NotFound("There is no such mail.")
    return found


def of(betreft: UUID) -> list[dict[str, Any]]:
    """The state of every mail about this (a zaak), oldest first: id, state, oorzaak, created_at, sent_at."""
    return rows(
        "select id, key, state, oorzaak, created_at, sent_at from loket_mail_bericht where betreft = %s"
        " order by created_at, id",
        (betreft,),
    )


def attachments_in_use(keys: Collection[str]) -> set[str]:
    """Which of these files in the storage a mail still refers to: for the sweep of the storage."""
    found = rows(
        "select distinct a ->> 2 as sha256 from loket_mail_bericht, jsonb_array_elements(attachments) a"
        " where attachments <> '[]' and a ->> 2 = any(%s)",
        (list(keys),),
    )
    return {line["sha256"] for line in found}


def seconds_behind() -> float:
    """How long the oldest mail that is due has been waiting, in seconds; 0 when none is."""
    found = row("select min(next_attempt_at) as eerst from loket_mail_bericht where state = 'wacht'")
    first: datetime | None = found["eerst"] if found else None
    return max(0.0, (now() - first).total_seconds()) if first else 0.0


def dkim_sleutels(actor: Actor) -> list[DkimSleutel]:
    """The DKIM keys that are in use or will be, newest first. Raises Forbidden."""
    actor.require(BEHEER)
    return list(DkimSleutel.objects.filter(gestopt_op=None).order_by("domein", "-gemaakt_op"))


def dkim_stand() -> str:
    """How signing stands, for the health page: 'geen' (nothing signs), 'klopt' (what signs is in DNS), 'onbekend' (it
    signs, and nobody saw the record yet), 'afwezig' or 'anders' (receivers will not believe the signature)."""
    found = {
        each["dns"]
        for each in rows(
            "select distinct dns from loket_mail_dkimsleutel where domein = %s and tekent_vanaf is not null"
            " and gestopt_op is null",
            (afzenderdomein(),),
        )
    }
    if not found:
        return "geen"
    return next((each for each in ("anders", "afwezig", "klopt") if each in found), "onbekend")
