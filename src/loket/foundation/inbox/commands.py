"""Taking in mail, and saying what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from psycopg.types.json import Jsonb

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import row
from loket.foundation.errors import NotFound
from loket.foundation.events.outbox import publish
from loket.foundation.inbox.events import PostOntvangen
from loket.foundation.inbox.queries import postvakken
from loket.foundation.inbox.rules import readable
from loket.foundation.storage.files import Stored
from loket.foundation.time.clock import now

_INSERT = """
insert into loket_inbox_post (id, organisatie_id, postvak_id, vingerafdruk, herkomst, envelop_van, envelop_aan, sha256,
    grootte, ontvangen_op, stand, reden, detail)
values (%(id)s, %(organisatie)s, %(postvak)s, %(vingerafdruk)s, %(herkomst)s, %(van)s, %(aan)s, %(sha256)s, %(grootte)s,
    %(nu)s, 'nieuw', '', '{}')
on conflict (postvak_id, vingerafdruk) do nothing returning id"""


def neem_aan(
    actor: Actor, bestand: Stored, vingerafdruk: bytes, *, van: str, aan: Sequence[str], herkomst: str
) -> list[UUID]:
    """Take in a mail that is in the storage: a row for each mailbox it is for, and the event. The same mail again is
    not taken in twice. Of the addresses each row has those of its own mailbox: nobody reads of whom another had it.
    Gives the keys of what is new. Raises NotFound when no address is a mailbox of ours."""
    nieuw: list[UUID] = []
    with transaction.atomic():
        gevonden = postvakken(aan)
        if not gevonden:
            raise NotFound("None of these addresses is a mailbox here.")
        for postvak in gevonden:
            waarden = {
                "id": uuid7(),
                "organisatie": postvak["organisatie"],
                "postvak": postvak["id"],
                "vingerafdruk": vingerafdruk,
                "herkomst": herkomst,
                "van": readable(van),
                "aan": postvak["aan"],
                "sha256": bestand.sha256,
                "grootte": bestand.size,
                "nu": now(),
            }
            if row(_INSERT, waarden) is not None:
                nieuw.append(waarden["id"])
                publish(PostOntvangen(subject=waarden["id"], organisatie=postvak["organisatie"], postvak=postvak["id"]))
    return nieuw


def verwerkt(actor: Actor, post: UUID, *, betreft: UUID, reden: str = "") -> None:
    """The mail became a message or a zaak: `betreft`."""
    _zet(actor, post, "verwerkt", reden, betreft=betreft)


def leg_af(actor: Actor, post: UUID, reden: str, *, detail: Mapping[str, Any] | None = None) -> None:
    """There is nothing to do with this mail, for `reden`: a bounce that was handled, our own mail, spam."""
    _zet(actor, post, "afgelegd", reden, detail=detail)


def zet_apart(
    actor: Actor, post: UUID, reden: str, *, team: UUID, uiterlijk: date, detail: Mapping[str, Any] | None = None
) -> None:
    """A person of `team` must look at this mail, at the latest on `uiterlijk`. `detail`: what was found out."""
    _zet(actor, post, "quarantaine", reden, team=team, uiterlijk=uiterlijk, detail=detail)


def _zet(
    actor: Actor,
    post: UUID,
    stand: str,
    reden: str,
    *,
    betreft: UUID | None = None,
    team: UUID | None = None,
    uiterlijk: date | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    with transaction.atomic():
        gezet = row(
            "update loket_inbox_post set stand = %(stand)s, reden = %(reden)s, betreft = %(betreft)s,"
            " team_id = %(team)s, uiterlijk = %(uiterlijk)s, detail = detail || %(detail)s, gedaan_op = %(nu)s"
            " where id = %(id)s returning organisatie_id",
            {
                "id": post,
                "stand": stand,
                "reden": reden,
                "betreft": betreft,
                "team": team,
                "uiterlijk": uiterlijk,
                "detail": Jsonb(dict(detail or {})),
                "nu": None if stand == "quarantaine" else now(),
            },
        )
        if gezet is None:
            raise NotFound("There is no such mail.")
        record(
            actor,
            f"post.{stand}",
            "post",
            post,
            organisatie=gezet["organisatie_id"],
            detail={"reden": reden} if reden else None,
        )
