"""The numbers of zaken, for the logs of the foundation, which know keys only."""

from collections.abc import Collection
from uuid import UUID

from loket.foundation.audit.names import Names
from loket.foundation.database.sql import rows


def _zoek(organisatie: UUID, nummer: str) -> list[UUID]:
    found = rows(
        "select id from zaken_zaak where organisatie_id = %s and identificatie = %s",
        (organisatie, nummer.strip().upper().replace("\0", "")),
    )
    return [line["id"] for line in found]


def _nummers(zaken: Collection[UUID]) -> dict[UUID, str]:
    found = rows("select id, identificatie from zaken_zaak where id = any(%s)", (list(zaken),))
    return {line["id"]: line["identificatie"] for line in found}


NUMMERS = Names(find=_zoek, label=_nummers)
"""A zaak is called by its identificatie."""
