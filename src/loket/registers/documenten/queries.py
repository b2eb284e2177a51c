"""Reading documents: only through a zaak that one may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import rows
from loket.foundation.errors import NotFound
from loket.registers.zaken.queries import zichtbaar
from loket.registers.zaken.rules import LEZEN


@dataclass(frozen=True)
class Document:
    """A version of a document: what it is, and where its bytes are (`sha256` in the storage; '' when there are
    none)."""

    id: UUID
    organisatie: UUID
    identificatie: str
    versie: int
    titel: str
    auteur: str
    bestandsnaam: str
    formaat: str
    bestandsomvang: int | None
    sha256: str
    creatiedatum: date
    begin_registratie: datetime
    vertrouwelijkheidaanduiding: str
    informatieobjecttype: str
    beschrijving: str
    tonen_aan_initiator: bool
    op_slot: bool


_SQL = """select d.id, d.organisatie_id as organisatie, d.identificatie, v.versie, v.titel, v.auteur, v.bestandsnaam,
    v.formaat, v.bestandsomvang, v.sha256, v.creatiedatum, v.begin_registratie, v.vertrouwelijkheidaanduiding,
    t.omschrijving as informatieobjecttype, v.beschrijving, v.tonen_aan_initiator, d.lock <> '' as op_slot
from documenten_informatieobject d
join documenten_informatieobjectversie v on v.informatieobject_id = d.id
join catalogi_informatieobjecttype t on t.id = d.informatieobjecttype_id
where v.versie = coalesce(%(versie)s::int, d.versie) and {wat} and {eigen} and exists (
    select 1 from zaken_zaakinformatieobject zi join zaken_zaak z on z.id = zi.zaak_id
    where zi.informatieobject_id = d.id and {via} and {waar})
order by v.begin_registratie, d.id"""


def lees(actor: Actor, informatieobject: UUID, versie: int | None = None) -> Document:
    """A document (its last version, or the given one) that is in a zaak the actor may see. A resident gets only what is
    meant to be shown (`tonen_aan_initiator`). Raises NotFound for all others, and for one that is in no zaak."""
    found = _lees(actor, "d.id = %(document)s", "true", {"document": informatieobject, "versie": versie})
    if not found:
        raise NotFound("No such document.")
    return found[0]


def documenten_van(actor: Actor, zaak: UUID) -> list[Document]:
    """The documents of a zaak, the oldest first; none when the actor may not see the zaak."""
    in_zaak = "d.id in (select ez.informatieobject_id from zaken_zaakinformatieobject ez where ez.zaak_id = %(zaak)s)"
    return _lees(actor, in_zaak, "zi.zaak_id = %(zaak)s", {"zaak": zaak, "versie": None})


def _lees(actor: Actor, wat: str, via: str, params: dict[str, UUID | int | None]) -> list[Document]:
    waar, zicht = zichtbaar(actor, LEZEN)
    eigen = "v.tonen_aan_initiator" if actor.kind in ("bewoner", "link") else "true"
    sql = _SQL.format(wat=wat, via=via, waar=waar, eigen=eigen)
    return [Document(**found) for found in rows(sql, {**params, **zicht})]


def in_gebruik(keys: Collection[str]) -> set[str]:
    """Which of these keys of the storage belong to a document: what `storage.sweep` must leave alone."""
    found = rows(
        "select distinct v.sha256 from documenten_informatieobjectversie v where v.sha256 = any(%(keys)s)"
        " union select p.sha256 from documenten_bestandsdeel p where p.sha256 = any(%(keys)s)",
        {"keys": list(keys)},
    )
    return {rij["sha256"] for rij in found}
