"""What was said, in the zaken that one may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from loket.foundation.audit.use import Use
from loket.foundation.errors import NotFound
from loket.registers.klanten.queries.gebruik import met_gebruik
from loket.registers.zaken.queries import zichtbaar
from loket.registers.zaken.rules import LEZEN


@dataclass(frozen=True)
class Contact:
    """A klantcontact. `bijlagen` are the keys of its documents, `zaken` those of the zaken it is about that the actor
    may see; `naam` is the resident's name as it was then."""

    id: UUID
    nummer: str
    kanaal: str
    richting: str
    onderwerp: str
    inhoud: str
    indicatie_contact_gelukt: bool | None
    taal: str
    plaatsgevonden_op: datetime
    medewerker: UUID | None
    door: str
    naam: str
    bijlagen: tuple[UUID, ...]
    zaken: tuple[UUID, ...]
    metadata: dict[str, Any]


_CONTACT = """select k.id, k.nummer, k.kanaal, k.richting, k.onderwerp, k.inhoud, k.indicatie_contact_gelukt, k.taal,
    k.plaatsgevonden_op, k.medewerker_id as medewerker, k.door, coalesce(b.contactnaam, '') as naam, k.metadata,
    array(select bl.informatieobject_id from klanten_bijlage bl where bl.klantcontact_id = k.id order by bl.volgorde)
        as bijlagen,
    array(select oo.zaak_id from klanten_onderwerpobject oo join zaken_zaak z on z.id = oo.zaak_id
        where oo.klantcontact_id = k.id and {waar}) as zaken,
    coalesce(p.pseudoniem, (select ip.pseudoniem from klanten_onderwerpobject io join zaken_rol ir on ir.zaak_id =
    io.zaak_id and ir.omschrijving_generiek = 'initiator' join klanten_partij ip on ip.id = ir.partij_id where
    io.klantcontact_id = k.id order by ir.registratiedatum limit 1)) as pseudoniem from klanten_klantcontact k left
    join lateral (select bb.contactnaam, bb.partij_id from klanten_betrokkene bb where bb.klantcontact_id = k.id order
    by bb.initiator desc, bb.id limit 1) b on true left join klanten_partij p on p.id = b.partij_id where {wat} and
    exists (select 1 from klanten_onderwerpobject zo join zaken_zaak z on z.id = zo.zaak_id where zo.klantcontact_id =
    k.id and {waar}) order by k.plaatsgevonden_op desc, k.id desc limit %(limiet)s"""


def contact(use: Use, id: UUID) -> Contact:
    """One klantcontact that is about a zaak the actor may see. Writes a data-use line. Raises NotFound."""
    found = _contacten(use, "k.id = %(id)s", {"id": id, "limiet": 1})
    if not found:
        raise NotFound("No such klantcontact.")
    return found[0]


def contacten_van_zaak(use: Use, zaak: UUID, limiet: int = 500) -> list[Contact]:
    """The contacts about a zaak that the actor may see, the oldest first. Writes one data-use line for each person."""
    wat = """k.id in (select wo.klantcontact_id from klanten_onderwerpobject wo join zaken_zaak z on z.id = wo.zaak_id
        where wo.zaak_id = %(zaak)s and {waar})"""
    return _contacten(use, wat, {"zaak": zaak, "limiet": limiet})


def contacten_van_partij(use: Use, partij: UUID, limiet: int = 50) -> list[Contact]:
    """The last contacts with a person, over all zaken that the actor may see, the oldest first. Writes one data-use
    line."""
    wat = "k.id in (select wb.klantcontact_id from klanten_betrokkene wb where wb.partij_id = %(partij)s)"
    return _contacten(use, wat, {"partij": partij, "limiet": limiet})


def _contacten(use: Use, wat: str, params: dict[str, Any]) -> list[Contact]:
    waar, zicht = zichtbaar(use.actor, LEZEN)
    sql = _CONTACT.format(wat=wat.format(waar=waar), waar=waar)
    found = met_gebruik(use, sql, {**params, **zicht}, "order by g.plaatsgevonden_op, g.id")
    return [Contact(**{**rij, "bijlagen": tuple(rij["bijlagen"]), "zaken": tuple(rij["zaken"])}) for rij in found]
