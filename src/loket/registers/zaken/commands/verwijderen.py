"""Removing a zaak for good."""

from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.access.acts import act
from loket.foundation.api.resource import Caller, read, registry
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import execute, rows
from loket.foundation.time.clock import today
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.spoor import meld
from loket.registers.zaken.voorwerk import voor

VERWIJDEREN = act("zaak.verwijderen", "Een zaak met alles wat erbij hoort verwijderen")

_MET_DEELZAKEN = """with recursive boom(id, diepte) as (select %(zaak)s::uuid, 0
    union all select z.id, b.diepte + 1 from zaken_zaak z join boom b on z.hoofdzaak_id = b.id)
    select id from boom order by diepte desc"""


def verwijder_zaak(actor: Actor, zaak: Zaak | UUID, *, waarom: str = "") -> int:
    """Remove a zaak, its deelzaken and all that belongs to them (zrc-023); gives how many zaken. The trail of acts
    keeps that it was done, and nobody's data. Needs `zaak.verwijderen`. Raises NotFound, Forbidden."""
    with transaction.atomic():
        eerste = voor(actor, VERWIJDEREN, zaak)
        boom = [each["id"] for each in rows(_MET_DEELZAKEN, {"zaak": eerste.id})]
        caller = Caller(eerste.organisatie_id, settings.LOKET_URL, today())
        for id in boom:
            oud = msgspec.json.decode(read(registry["zaak"], caller, id))
            meld(actor, "zaak", id, id, "destroy", organisatie=eerste.organisatie_id, oud=oud, resultaat=204)
            record(actor, VERWIJDEREN, "zaak", id, organisatie=eerste.organisatie_id, waarom=waarom)
        execute("delete from loket_api_auditregel where hoofdobject = any(%s)", (boom,))
        for id in boom:
            execute("update zaken_zaak set status_id = null where id = %s", (id,))
            execute("delete from zaken_zaak where id = %s", (id,))
    return len(boom)
