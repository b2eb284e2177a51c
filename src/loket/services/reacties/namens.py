"""On behalf of a resident: who acts in the registers, and who the resident is there."""

from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import row
from loket.registers.zaken.models import Zaak
from loket.services.reacties.queries.bewoner import Volger


def systeem(organisatie: UUID) -> Actor:
    """Residents have no rights of their own on files; what their pages do for them is checked there first."""
    return Actor("systeem", naam="bewoner", organisatie=organisatie, functie="bewoner")


def eigen_partij(volger: Volger, zaak: Zaak) -> UUID | None:
    """The resident as the organisation of this zaak knows him or her."""
    found = row(
        "select p.id from klanten_partij p where p.organisatie_id = %s and p.pseudoniem in"
        " (select e.pseudoniem from klanten_partij e where e.id = any(%s)) limit 1",
        (zaak.organisatie_id, list(volger.partijen)),
    )
    return found["id"] if found else None
