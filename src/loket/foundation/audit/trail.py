"""The append-only trail of acts."""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from psycopg.types.json import Jsonb

from loket.foundation.access.actor import Actor
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute
from loket.foundation.time.clock import now

log = logging.getLogger(__name__)

_INSERT = """
insert into loket_audit_handeling (id, tijd, organisatie, actor_soort, actor, actor_naam, handeling, object_soort,
    object, waarom, gelukt, detail) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def record(
    actor: Actor,
    handeling: str,
    obj_type: str,
    obj_id: UUID | None,
    *,
    organisatie: UUID | None = None,
    waarom: str = "",
    detail: dict[str, Any] | None = None,
    gelukt: bool = True,
) -> UUID:
    """Write one act in the transaction of the act itself. `detail` holds keys and plain values, no personal data.
    `gelukt` is False for an attempt that was refused, such as a login with a wrong password."""
    line = uuid7()
    execute(
        _INSERT,
        (
            *(line, now(), organisatie or actor.organisatie, actor.kind, actor.id, actor.wie, handeling),
            *(obj_type, obj_id, waarom, gelukt, Jsonb(detail or {})),
        ),
    )
    return line


def record_refusal(actor: Actor, method: str, path: str, why: str) -> None:
    """Write that somebody was refused: a guessed link, another organisation's file, a page without the right. A lost
    database must not turn the refusal into a fault, so this one never raises."""
    try:
        with transaction.atomic():
            execute(
                _INSERT,
                (
                    *(uuid7(), now(), actor.organisatie, actor.kind, actor.id, actor.wie, "geweigerd", "pagina"),
                    *(None, why, False, Jsonb({"methode": method, "pad": _without_secrets(path)})),
                ),
            )
    except Exception:
        log.exception("A refusal could not be written in the trail")


def _without_secrets(path: str) -> str:
    """The path with long opaque parts (links, tokens) shortened: the log must not become a list of keys."""
    return "/".join(part if len(part) < 40 else part[:6] + "…" for part in path.split("/"))
