"""What a mail answers, so that a mail program shows everything about one thing in one thread (RFC 5322, 3.6.4)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from loket.foundation.database.sql import rows

MOST = 20
"""Message-IDs in References: the first, and the last ones."""

_EERDER = """
select b.id, d.message_id from loket_mail_bericht b cross join lateral (
    select coalesce(nullif(o.message_id, ''), '<' || o.id || '@' || %(domein)s::text || '>') as message_id,
        o.created_at as op
    from loket_mail_bericht o
    where o.betreft = b.betreft and lower(o.to_address) = lower(b.to_address) and o.state in ('verzonden', 'bezig')
      and (o.created_at, o.id) < (b.created_at, b.id)
    union all
    select p.message_id, p.ontvangen_op from loket_inbox_post p
    where p.betreft = b.betreft and lower(p.envelop_van) = lower(b.to_address) and p.message_id <> ''
      and p.ontvangen_op <= b.created_at) as d
where b.id = any(%(ids)s) and b.betreft is not null order by b.id, d.op, d.message_id"""


def kopregels(berichten: Sequence[dict[str, Any]], domein: str) -> dict[UUID, dict[str, str]]:
    """In-Reply-To and References of these mails of the queue: of what went before about the same thing, between us and
    this address. Never of somebody else's mail: he may not even know of it."""
    per_bericht: dict[UUID, list[str]] = {}
    for each in rows(_EERDER, {"ids": [bericht["id"] for bericht in berichten], "domein": domein}):
        per_bericht.setdefault(each["id"], []).append(each["message_id"])
    made = {}
    for id, eerder in per_bericht.items():
        eerder = list(dict.fromkeys(eerder))
        shown = eerder if len(eerder) <= MOST else [eerder[0], *eerder[1 - MOST :]]
        made[id] = {"In-Reply-To": eerder[-1], "References": " ".join(shown)}
    return made
