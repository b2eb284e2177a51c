"""Putting mail in the queue, in the transaction of the change that asks for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from psycopg.types.json import Jsonb

from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import row, rows
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.jobs.queue import enqueue
from loket.foundation.mail import afmelden, rules
from loket.foundation.time.clock import now

DELIVER = "mail.deliver"

type Attachment = tuple[str, str, str]
"""Name, MIME type, and the key in the storage."""

_INSERT = """
insert into loket_mail_bericht (id, organisatie_id, key, betreft, to_address, subject, text, html, headers,
    attachments, lijst, state, oorzaak, last_error, attempts, created_at, queued_at, next_attempt_at, message_id)
select n.id, n.organisatie, n.key, n.betreft, n.to_address, n.subject, n.text, n.html, n.headers, n.attachments,
    n.lijst, case when n.wil_niet then 'ingetrokken' else 'wacht' end, case when n.wil_niet then 'afgemeld' else '' end,
    '', 0, %(nu)s, %(nu)s, %(nu)s, ''
from jsonb_to_recordset(%(nieuw)s) as n(id uuid, organisatie uuid, key text, betreft uuid, to_address text,
    subject text, text text, html text, headers jsonb, attachments jsonb, lijst text, wil_niet boolean)
on conflict (key) do nothing
returning id, key"""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail to one address. `key`: the same key is never queued twice, so build it from what the mail tells
    ('reacties.ontvangst:' and the key of the zaak). `betreft`: the key of what it is about. `lijst`: the kind of mail
    (`afmelden.LIJSTEN`) of what is not about one's own case: it gets a button to refuse more of it, and who did so gets
    none. Say so in the text too: `afmelden.link` as `afmelden` in the context of `render_mail`."""

    to: str
    subject: str
    text: str
    key: str
    html: str | None = None
    organisatie: Organisatie | UUID | None = None
    betreft: UUID | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()
    lijst: str = ""


def send(
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    html: str | None = None,
    organisatie: Organisatie | UUID | None = None,
    betreft: UUID | None = None,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    lijst: str = "",
) -> UUID:
    """Queue one mail; see `Mail`. Gives its key in the queue: that of the first one when `key` was sent before,
    whatever it said. Raises Refused (`adres`, `kopregel`, `onderwerp`, `teken`, `sleutel`, `bijlagen`)."""
    return send_many(
        [
            Mail(
                to=to,
                subject=subject,
                text=text,
                key=key,
                html=html,
                organisatie=organisatie,
                betreft=betreft,
                headers=headers or {},
                attachments=attachments,
                lijst=lijst,
            )
        ]
    )[0]


def send_many(mails: Iterable[Mail]) -> list[UUID]:
    """Queue many mails, a thousand in a statement. Gives their keys in the queue, in the same order. Raises Refused as
    `send`; then none is queued."""
    described = [_described(mail) for mail in mails]
    for lijst in {mail["lijst"] for mail in described} - {""}:
        of_list = [mail for mail in described if mail["lijst"] == lijst]
        refusers = afmelden.wil_niet(lijst, {mail["to_address"] for mail in of_list})
        for mail in of_list:
            mail["wil_niet"] = mail["to_address"].lower() in refusers
    known: dict[str, UUID] = {}
    with transaction.atomic(savepoint=False):
        for part in batched(described, 1000):
            unique = {mail["key"]: mail for mail in reversed(part) if mail["key"] not in known}
            for made in rows(_INSERT, {"nieuw": Jsonb(list(reversed(unique.values()))), "nu": now()}):
                known[made["key"]] = made["id"]
            if missing := [key for key in unique if key not in known]:
                found = rows("select id, key from loket_mail_bericht where key = any(%s)", (missing,))
                known |= {line["key"]: line["id"] for line in found}
        if described:
            transaction.on_commit(wake, robust=True)
    return [known[mail["key"]] for mail in described]


def _described(mail: Mail) -> dict[str, Any]:
    """The row of a mail, checked."""
    organisatie = mail.organisatie.id if isinstance(mail.organisatie, Organisatie) else mail.organisatie
    if not mail.key or len(mail.key) > 300:
        raise Refused("sleutel", "A mail needs a key of 1 to 300 characters.", "key")
    if len(mail.attachments) > rules.MAX_ATTACHMENTS:
        raise Refused("bijlagen", f"A mail can have {rules.MAX_ATTACHMENTS} attachments.", "attachments")
    to = rules.check_address(mail.to)
    own = afmelden.headers(mail.lijst, to) if mail.lijst else {}
    return {
        "id": str(uuid7()),
        "organisatie": str(organisatie) if organisatie else None,
        "key": rules.check_line(mail.key, "key"),
        "betreft": str(mail.betreft) if mail.betreft else None,
        "to_address": to,
        "subject": rules.check_subject(mail.subject),
        "text": rules.check_text(mail.text, "text"),
        "html": rules.check_text(mail.html or "", "html"),
        "headers": rules.check_headers({**mail.headers, **own}),
        "lijst": mail.lijst,
        "wil_niet": False,
        "attachments": [[rules.check_line(part, "attachments") for part in one] for one in mail.attachments],
    }


def wake() -> None:
    """See to it that a sender comes by soon: one waiting job is enough for any number of mails. Called after the
    commit, so that transactions at the same time never wait for each other; when it is lost, the sweep of every minute
    finds the mail."""
    if row("select 1 from procrastinate_jobs where queueing_lock = %s and status = 'todo'", (DELIVER,)) is None:
        enqueue(DELIVER, once=DELIVER)
