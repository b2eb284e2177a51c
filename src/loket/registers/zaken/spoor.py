"""What every change of a zaak leaves behind for the Zaken API: a line in its audit trail, and a notification. Commands
call this for whoever acts, so that what a page did is told as what a client did."""

from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.api.changes import Channel, changed
from loket.foundation.api.resource import registry

KANAAL = Channel(
    "zaken",
    "zrc",
    "zaak",
    {
        "bronorganisatie": "{t}.bronorganisatie",
        "zaaktype": "'/catalogi/api/v1/zaaktypen/' || {t}.zaaktype_id",
        "vertrouwelijkheidaanduiding": "{t}.vertrouwelijkheidaanduiding",
    },
)


def meld(
    actor: Actor,
    soort: str,
    zaak: UUID,
    sleutel: UUID,
    actie: str = "create",
    *,
    organisatie: UUID,
    oud: Any = None,
    resultaat: int = 201,
) -> None:
    """Tell that the object `sleutel` of the resource `soort` (rol, status, …) of a zaak was made, changed
    (`partial_update`) or is about to go (`destroy`)."""
    changed(
        actor,
        KANAAL,
        registry[soort],
        zaak,
        sleutel,
        actie,
        organisatie=organisatie,
        oud=oud,
        resultaat=resultaat,
    )
