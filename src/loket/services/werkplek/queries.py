"""What the workbench asks beside the registers: the teams of an employee, and whether something happened to a zaak."""

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
