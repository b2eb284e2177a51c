"""Writing down a conversation while it goes on: the draft, and what becomes of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import execute, rows
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.time.clock import now
from loket.registers.klanten.models import Gesprek
from loket.registers.klanten.models.contact import AFHANDELINGEN
from loket.registers.zaken.rules import BIJWERKEN, MAKEN

MAX_TEKENS = 30_000
"""Of a whole draft: a note and what stands beside it."""
NOTEREN = "gesprek.noteren"


def _mag(actor: Actor) -> UUID:
    """The employee. Raises Forbidden for whoever writes down no conversations."""
    if actor.kind != "medewerker" or actor.organisatie is None or not (actor.may(MAKEN) or actor.may(BIJWERKEN)):
        raise Forbidden(f"{actor.naam or actor.kind} may not write down conversations.")
    assert actor.id is not None
    return actor.id


def _open(actor: Actor, sleutel: UUID) -> Gesprek | None:
    """The draft, locked, of the employee or of whom he or she stands in for. Raises NotFound for another's."""
    gesprek = Gesprek.objects.select_for_update().filter(id=sleutel).first()
    if gesprek is not None and gesprek.medewerker_id not in {actor.id, *actor.vervangt}:
        raise NotFound("No such gesprek.")
    return gesprek


def bewaar_gesprek(actor: Actor, sleutel: UUID, gegevens: Mapping[str, Any]) -> Gesprek:
    """Keep what was written so far under this key; the first time it begins the draft, and only that leaves a line in
    the trail (each pause would drown it). Raises Forbidden, NotFound (somebody else's), Refused (`max_length`,
    `verstuurd`: the note is recorded already)."""
    wie = _mag(actor)
    schoon = {
        naam: waarde.replace("\x00", "") for naam, waarde in gegevens.items() if isinstance(waarde, str) and waarde
    }
    if sum(map(len, schoon.values())) > MAX_TEKENS:
        raise Refused("max_length", _("Deze tekst is te lang. Er passen %d tekens.") % MAX_TEKENS, "notitie")
    with transaction.atomic():
        moment = now()
        nieuw = execute(
            "insert into klanten_gesprek (id, organisatie_id, medewerker_id, gegevens, begonnen_op, bijgewerkt_op)"
            " values (%s, %s, %s, %s, %s, %s) on conflict (id) do nothing",
            (sleutel, actor.organisatie, wie, Jsonb(schoon), moment, moment),
        )
        gesprek = _open(actor, sleutel)
        assert gesprek is not None
        if nieuw:
            record(actor, NOTEREN, "gesprek", sleutel, organisatie=actor.organisatie)
            return gesprek
        if gesprek.afgerond_op is not None:
            raise Refused("verstuurd", _("Dit gesprek is al bewaard."))
        gesprek.gegevens, gesprek.bijgewerkt_op = schoon, moment
        gesprek.save(update_fields=["gegevens", "bijgewerkt_op"])
    return gesprek


def rond_gesprek_af(actor: Actor, sleutel: UUID, klantcontact: UUID, afhandeling: str) -> None:
    """The note is recorded as this klantcontact: say there how it ended, and empty the draft. Part of the transaction
    that records it."""
    _mag(actor)
    if afhandeling not in AFHANDELINGEN:
        raise Refused("invalid_choice", _("Kies hoe het gesprek afloopt."), "afhandeling")
    with transaction.atomic():
        gesprek = _open(actor, sleutel)
        if gesprek is None:
            raise NotFound("No such gesprek.")
        execute(
            "update klanten_klantcontact set afhandeling = %s, metadata = metadata || %s where id = %s",
            (afhandeling, Jsonb({"gesprek": str(sleutel)}), klantcontact),
        )
        gesprek.gegevens, gesprek.afgerond_op, gesprek.klantcontact_id = {}, now(), klantcontact
        gesprek.save(update_fields=["gegevens", "afgerond_op", "klantcontact"])


def gooi_gesprek_weg(actor: Actor, sleutel: UUID) -> None:
    """Throw a draft away, by a deliberate act; the trail says who did it. One that is gone or recorded is no fault."""
    _mag(actor)
    with transaction.atomic():
        gesprek = _open(actor, sleutel)
        if gesprek is not None and gesprek.afgerond_op is None:
            record(actor, "gesprek.weggooien", "gesprek", sleutel, organisatie=gesprek.organisatie_id)
            gesprek.delete()


def draag_gesprekken_over(actor: Actor, van: UUID, naar: UUID) -> int:
    """Give the unfinished notes of one employee to another of the same organisation; gives how many. The caller decides
    whether the actor may: part of handing over somebody's work."""
    if actor.kind not in ("medewerker", "systeem"):
        raise Forbidden("Only an employee hands over work.")
    with transaction.atomic():
        gegeven = rows(
            "update klanten_gesprek g set medewerker_id = %(naar)s from loket_identity_gebruiker n"
            " where g.medewerker_id = %(van)s and g.afgerond_op is null and n.id = %(naar)s"
            " and n.organisatie_id = g.organisatie_id returning g.id, g.organisatie_id as organisatie",
            {"van": van, "naar": naar},
        )
        for rij in gegeven:
            detail = {"van": str(van), "naar": str(naar)}
            record(actor, "gesprek.overdragen", "gesprek", rij["id"], organisatie=rij["organisatie"], detail=detail)
    return len(gegeven)
