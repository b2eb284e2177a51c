"""The acknowledgement of a reactie: for whoever sent it, the first time and each time again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from loket.foundation.access.errors import NotFound
from loket.foundation.database.sql import row
from loket.services.reacties import sleutels


@dataclass(frozen=True)
class Ontvangst:
    """The acknowledgement: the number, and the key of the status page. `nieuw`: false when it was received before."""

    zaak: UUID
    identificatie: str
    volglink: UUID
    sleutel: str
    antwoord_voor: date | None
    nieuw: bool = True


def ontvangst_van(zaak: UUID, volglink: UUID | None = None) -> Ontvangst:
    """The acknowledgement of a reactie that was received before: of its sender, or of `volglink`."""
    found = row(
        "select z.identificatie, v.id, v.zaad, v.sleutel_hash, w.antwoord_voor from zaken_zaak z"
        " join reacties_volglink v on v.zaak_id = z.id"
        " and (v.id = %(link)s or (%(link)s::uuid is null and not v.meldt_mee))"
        " left join zaken_werkvoorraad w on w.zaak_id = z.id where z.id = %(zaak)s order by v.id limit 1",
        {"zaak": zaak, "link": volglink},
    )
    if found is None:
        raise NotFound("This reactie has no link.")
    sleutel = sleutels.sleutel_van(found["zaad"], found["sleutel_hash"]) or ""
    return Ontvangst(zaak, found["identificatie"], found["id"], sleutel, found["antwoord_voor"], nieuw=False)
