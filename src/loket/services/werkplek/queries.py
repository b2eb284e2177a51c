"""What the workbench asks beside the registers: the teams of an employee, and whether something happened to a zaak."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import rows, value


def eigen_teams(actor: Actor) -> list[dict[str, Any]]:
    """The teams that the employee works in: id, naam, lijn; the first line first."""
    return rows(
        "select id, naam, lijn from loket_identity_team where id = any(%s) order by lijn, naam",
        (sorted(actor.teams),),
    )


def gebeurd(zaak: UUID) -> int:
    """How many events of a zaak there are: enough to see that something happened, and no use of personal data."""
    aantal: int = value("select count(*) from loket_events_event where subject = %s", (zaak,))
    return aantal


def herkomst(zaken: Collection[UUID]) -> dict[UUID, str]:
    """Of these zaken those that another organisation passed on (Awb 2:3), with its name. The one that passes on writes
    its relation first. Only of zaken that the employee may see."""
    gevonden = rows(
        "select hier.zaak_id, o.naam from zaken_zaakrelatie hier join zaken_zaakrelatie daar"
        " on daar.zaak_id = hier.andere_zaak_id and daar.andere_zaak_id = hier.zaak_id and daar.id < hier.id"
        " and daar.aard_relatie = hier.aard_relatie"
        " join loket_identity_organisatie o on o.id = daar.organisatie_id"
        " where hier.zaak_id = any(%s) and hier.aard_relatie = 'doorgezonden'",
        (list(zaken),),
    )
    return {rij["zaak_id"]: rij["naam"] for rij in gevonden}


def bijlagen(contacten: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The documents that came or went with these messages, in their order. Says nothing about who may see them."""
    per_contact: dict[UUID, list[UUID]] = {}
    for rij in rows(
        "select klantcontact_id, informatieobject_id from klanten_bijlage where klantcontact_id = any(%s)"
        " order by klantcontact_id, volgorde, id",
        (list(contacten),),
    ):
        per_contact.setdefault(rij["klantcontact_id"], []).append(rij["informatieobject_id"])
    return per_contact
