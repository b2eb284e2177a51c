"""What can be done with applications and their secrets."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.api.events import ObjectGewijzigd
from loket.foundation.api.problem import Fault, refuse
from loket.foundation.audit.trail import record
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sealing import seal
from loket.foundation.database.sql import execute, rows
from loket.foundation.events.outbox import publish
from loket.foundation.time.clock import now
from loket.registers.autorisaties import rules
from loket.registers.autorisaties.models import Applicatie, BredeAutorisatie, ClientId, Geheim
from loket.registers.autorisaties.queries import GEHEIM, haal_applicatie
from loket.registers.basis import bewaar, controleer


def maak_applicatie(
    actor: Actor,
    *,
    organisatie: UUID,
    label: str,
    client_ids: Sequence[str],
    alle: bool = False,
    autorisaties: Sequence[Mapping[str, Any]] = (),
    alleen_gepubliceerd: bool = False,
    breed: Sequence[Mapping[str, Any]] = (),
) -> UUID:
    """Register an application; it can call once it has a secret (`geef_geheim`). `breed`: autorisaties for every
    version of a type or for a whole catalogue (component, scopes, catalogus, naam, max_va: see `BredeAutorisatie`).
    Needs `autorisaties.bijwerken`. Raises Problem for ac-001, ac-002, ac-003."""
    actor.require(rules.BIJWERKEN)
    with transaction.atomic():
        refuse(rules.breed(breed))
        _controleer(client_ids, alle, autorisaties, len(breed))
        applicatie = bewaar(
            Applicatie(
                organisatie_id=organisatie,
                label=label,
                heeft_alle_autorisaties=alle,
                alleen_is_gereed_voor_publicatie=alleen_gepubliceerd,
                autorisaties=list(autorisaties),
                aangemaakt_op=now(),
            )
        )
        for each in breed:
            bewaar(BredeAutorisatie(organisatie_id=organisatie, applicatie_id=applicatie.id, **each))
        _noem(applicatie.id, client_ids)
        _noteer(actor, "maak_applicatie", organisatie, applicatie.id, "create")
    return applicatie.id


def wijzig_applicatie(
    actor: Actor,
    id: UUID,
    *,
    label: str,
    client_ids: Sequence[str],
    alle: bool,
    autorisaties: Sequence[Mapping[str, Any]],
    alleen_gepubliceerd: bool,
    deels: bool = False,
) -> None:
    """Give an application of the own organisation another name or other rights; they hold from the next call on. With
    `deels` subscribers hear that some fields changed. Needs `autorisaties.bijwerken`. Raises NotFound, and Problem for
    ac-001, ac-002, ac-003."""
    actor.require(rules.BIJWERKEN)
    with transaction.atomic():
        applicatie = haal_applicatie(actor, id, vergrendel=True)
        breed = BredeAutorisatie.objects.filter(applicatie_id=id).count()
        _controleer(client_ids, alle, autorisaties, breed)
        applicatie.label = label
        applicatie.heeft_alle_autorisaties = alle
        applicatie.alleen_is_gereed_voor_publicatie = alleen_gepubliceerd
        applicatie.autorisaties = list(autorisaties)
        applicatie.save()
        execute(
            "update autorisaties_clientid set applicatie_id = null where applicatie_id = %s and client_id <> all(%s)",
            (id, list(client_ids)),
        )
        _noem(id, client_ids)
        _noteer(actor, "wijzig_applicatie", applicatie.organisatie_id, id, "partial_update" if deels else "update")


def verwijder_applicatie(actor: Actor, id: UUID) -> None:
    """Remove an application of the own organisation with its secrets; its client ids stay taken. Needs
    `autorisaties.bijwerken`. Raises NotFound."""
    actor.require(rules.BIJWERKEN)
    with transaction.atomic():
        applicatie = haal_applicatie(actor, id, vergrendel=True)
        execute("update autorisaties_clientid set applicatie_id = null where applicatie_id = %s", (id,))
        applicatie.delete()
        _noteer(actor, "verwijder_applicatie", applicatie.organisatie_id, id, "destroy")


def geef_geheim(actor: Actor, id: UUID, geheim: str = "", *, overlap: timedelta | None = None) -> str:
    """Give an application a secret (a new one, or the one that is given) and return it. Secrets of before end after
    `overlap`, or stay as they are when it is None. Needs `autorisaties.bijwerken`. Raises NotFound."""
    actor.require(rules.BIJWERKEN)
    geheim = geheim or rules.nieuw_geheim()
    with transaction.atomic():
        applicatie = haal_applicatie(actor, id, vergrendel=True)
        if overlap is not None:
            _beeindig(id, now() + overlap)
        sleutel = uuid7()
        bewaar(
            Geheim(
                id=sleutel,
                organisatie_id=applicatie.organisatie_id,
                applicatie_id=id,
                waarde=seal(GEHEIM, str(sleutel), geheim),
                aangemaakt_op=now(),
            )
        )
        record(actor, "geef_geheim", "applicatie", id, organisatie=applicatie.organisatie_id)
    return geheim


def trek_geheimen_in(actor: Actor, id: UUID) -> int:
    """End every secret of an application, from the next call on; how many there were. Needs `autorisaties.bijwerken`.
    Raises NotFound."""
    actor.require(rules.BIJWERKEN)
    with transaction.atomic():
        applicatie = haal_applicatie(actor, id, vergrendel=True)
        aantal = _beeindig(id, now())
        record(actor, "trek_geheimen_in", "applicatie", id, organisatie=applicatie.organisatie_id)
    return aantal


def _beeindig(id: UUID, tot: datetime) -> int:
    return execute(
        "update autorisaties_geheim set geldig_tot = %(tot)s"
        " where applicatie_id = %(id)s and (geldig_tot is null or geldig_tot > %(tot)s)",
        {"id": id, "tot": tot},
    )


def _controleer(
    client_ids: Sequence[str], alle: bool, autorisaties: Sequence[Mapping[str, Any]], breed: int = 0
) -> None:
    geen = () if client_ids else (Fault("clientIds", "empty", "Geef minstens één client ID."),)
    refuse(
        (
            *geen,
            *(() if breed and not alle and not autorisaties else rules.ac_002(alle, autorisaties)),
            *rules.ac_003(autorisaties),
        )
    )


def _noem(id: UUID, client_ids: Sequence[str]) -> None:
    """Write the names that are not there yet. One that is another's, or was anybody's, is refused (ac-001); who takes
    the same at the same moment waits here for the first."""
    for client_id in client_ids:
        controleer(ClientId(client_id=client_id))
    eigen = rows(
        "insert into autorisaties_clientid (client_id, applicatie_id)"
        " select n, %(id)s from (select distinct unnest(%(namen)s::text[]) as n order by 1) as namen"
        " on conflict (client_id) do update set client_id = excluded.client_id"
        " where autorisaties_clientid.applicatie_id = %(id)s returning client_id",
        {"id": id, "namen": list(client_ids)},
    )
    refuse(rules.ac_001(client_ids, frozenset(client_ids) - {each["client_id"] for each in eigen}))


def _noteer(actor: Actor, handeling: str, organisatie: UUID, id: UUID, actie: str) -> None:
    record(actor, handeling, "applicatie", id, organisatie=organisatie)
    pad = f"/autorisaties/api/v1/applicaties/{id}"
    publish(
        ObjectGewijzigd(
            subject=id,
            organisatie=organisatie,
            kanaal="autorisaties",
            resource="applicatie",
            actie=actie,
            hoofdobject=pad,
            object=pad,
        )
    )
