"""What the workbench asks beside the registers: the names of teams, and who is near."""

from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import rows


def eigen_teams(actor: Actor) -> list[dict[str, Any]]:
    """The teams that the employee works in: id, naam, lijn; the first line first."""
    return rows(
        "select id, naam, lijn from loket_identity_team where id = any(%s) order by lijn, naam",
        (sorted(actor.teams),),
    )


def documenten(zaak: UUID) -> list[dict[str, Any]]:
    """The documents of a zaak that the caller may see: id, titel, bestandsnaam, formaat, omvang, intern."""
    return rows(
        "select d.id, v.titel, v.bestandsnaam, v.formaat, v.bestandsomvang as omvang,"
        " not v.tonen_aan_initiator and v.ontvangstdatum is null as intern"
        " from zaken_zaakinformatieobject zi join documenten_informatieobject d on d.id = zi.informatieobject_id"
        " join documenten_informatieobjectversie v on v.informatieobject_id = d.id and v.versie = d.versie"
        " where zi.zaak_id = %s order by zi.registratiedatum, d.id",
        (zaak,),
    )
