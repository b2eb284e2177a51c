"""From what was announced to what must be delivered: which abonnementen match, in one statement for a whole batch."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from loket.foundation.api.events import ObjectGewijzigd
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute, rows
from loket.foundation.events.event import Delivery
from loket.foundation.events.listeners import listen
from loket.foundation.time.clock import now
from loket.registers.notificaties.rules import eigen_pad, past

CHANNEL = "loket_notificaties"
"""What PostgreSQL's NOTIFY says when there is something to deliver."""

type Filters = list[tuple[UUID, dict[str, str]]]

_ABONNEMENTEN = """
select id, organisatie_id, kanalen from notificaties_abonnement where organisatie_id = any(%s) order by id
for key share"""  # one that is being removed is waited for, so that nothing is written for it

_SCHRIJF = f"""
with n as (
    insert into notificaties_notificatie (id, bericht, aangemaakt_op)
    select id, bericht, %(nu)s from unnest(%(ids)s::uuid[], %(berichten)s::text[]) as u(id, bericht)
), a as (
    insert into notificaties_aflevering
        (abonnement_id, notificatie_id, hoofdobject, stand, pogingen, volgende, sinds, fout)
    select abonnement, notificatie, hoofdobject, 'wacht', 0, %(nu)s, %(nu)s, ''
    from unnest(%(abonnementen)s::uuid[], %(notificaties)s::uuid[], %(hoofdobjecten)s::text[])
        with ordinality as u(abonnement, notificatie, hoofdobject, plaats)
    order by plaats
) select pg_notify('{CHANNEL}', '')"""


def verspreid(berichten: Sequence[tuple[UUID, Mapping[str, Any]]]) -> int:
    """Write what must be delivered of notifications, each with the organisation in whose file it belongs, in this
    order; how many deliveries. In the transaction of the caller."""
    hosts = frozenset(settings.ALLOWED_HOSTS)
    wie = _abonnees({organisatie for organisatie, _ in berichten}, hosts)
    ids, teksten = [], []
    afleveringen: list[tuple[UUID, UUID, str]] = []
    for organisatie, bericht in berichten:
        kenmerken = {naam: eigen_pad(waarde, hosts) for naam, waarde in bericht["kenmerken"].items()}
        voor = dict.fromkeys(
            id for id, filters in wie.get((organisatie, bericht["kanaal"]), ()) if past(filters, kenmerken)
        )
        if voor:
            sleutel = uuid7()
            ids.append(sleutel)
            teksten.append(json.dumps(bericht, ensure_ascii=False, separators=(",", ":")))
            afleveringen += [(id, sleutel, bericht["hoofdObject"]) for id in voor]
    if afleveringen:
        abonnementen, notificaties, hoofdobjecten = zip(*afleveringen, strict=True)
        execute(
            _SCHRIJF,
            {
                "nu": now(),
                "ids": ids,
                "berichten": teksten,
                "abonnementen": list(abonnementen),
                "notificaties": list(notificaties),
                "hoofdobjecten": list(hoofdobjecten),
            },
        )
    return len(afleveringen)


def _abonnees(organisaties: set[UUID], hosts: frozenset[str]) -> dict[tuple[UUID, str], Filters]:
    """Who asks for a kanaal of an organisation, with which filters."""
    gevonden: dict[tuple[UUID, str], Filters] = {}
    for each in rows(_ABONNEMENTEN, (list(organisaties),)):
        for kanaal in each["kanalen"]:
            filters = {naam: eigen_pad(waarde, hosts) for naam, waarde in (kanaal.get("filters") or {}).items()}
            gevonden.setdefault((each["organisatie_id"], kanaal["naam"]), []).append((each["id"], filters))
    return gevonden


@listen(ObjectGewijzigd, name="notificaties")
def kondig_aan(deliveries: Sequence[Delivery]) -> None:
    """What changed by an API becomes notifications."""
    verspreid([(d.event.organisatie, _bericht(d.time, d.event)) for d in deliveries
               if isinstance(d.event, ObjectGewijzigd)])  # fmt: skip


def _bericht(moment: datetime, event: ObjectGewijzigd) -> dict[str, Any]:
    """The notification, as the webhook of a subscriber wants it."""
    return {
        "kanaal": event.kanaal,
        "hoofdObject": _url(event.hoofdobject),
        "resource": event.resource,
        "resourceUrl": _url(event.object),
        "actie": event.actie,
        "aanmaakdatum": moment.isoformat().replace("+00:00", "Z"),
        "kenmerken": {naam: _url(waarde) for naam, waarde in event.kenmerken.items() if waarde},
    }


def _url(waarde: str) -> str:
    return settings.LOKET_URL + waarde if waarde.startswith("/") else waarde
