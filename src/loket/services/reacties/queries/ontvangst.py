"""The acknowledgement of a reactie: for whoever sent it, the first time and each time again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from loket.foundation.database.sql import row
from loket.foundation.errors import NotFound
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


@dataclass(frozen=True)
class Bevestiging:
    """What the page after sending shows: what was sent, when, and where it is followed."""

    nummer: str
    sleutel: str
    meldt_mee: bool
    email: str
    onderwerp: str
    tekst: str
    plek: str
    x: float | None
    y: float | None
    startdatum: date
    ontvangen_op: datetime
    antwoord_voor: date
    fotos: int
    bestanden: int


_BEVESTIGING = """
select z.identificatie as nummer, v.zaad, v.sleutel_hash, v.meldt_mee, v.email, z.omschrijving as onderwerp,
    coalesce(k.inhoud, '') as tekst, z.plek, z.x, z.y, z.startdatum, z.aangemaakt_op as ontvangen_op,
    coalesce(w.antwoord_voor, z.startdatum) as antwoord_voor, coalesce(k.fotos, 0) as fotos,
    coalesce(k.bestanden, 0) as bestanden
from reacties_volglink v join zaken_zaak z on z.id = v.zaak_id
left join zaken_werkvoorraad w on w.zaak_id = z.id
left join lateral (
    select c.inhoud, b.fotos, b.bestanden
    from klanten_onderwerpobject ob join klanten_klantcontact c on c.id = ob.klantcontact_id
    cross join lateral (select count(*) filter (where i.formaat like 'image/%%') as fotos,
            count(*) filter (where i.formaat not like 'image/%%') as bestanden
        from klanten_bijlage a join documenten_informatieobject d on d.id = a.informatieobject_id
        join documenten_informatieobjectversie i on i.informatieobject_id = d.id and i.versie = d.versie
        where a.klantcontact_id = c.id) b
    where ob.zaak_id = z.id and c.metadata ->> 'volglink' = v.id::text
    order by c.plaatsgevonden_op, c.id limit 1) k on true
where v.zaak_id = %(zaak)s and v.ingetrokken_op is null
  and (v.id = %(link)s or (%(link)s::uuid is null and not v.meldt_mee))
order by v.id limit 1"""


def bevestiging_van(zaak: UUID, volglink: UUID | None) -> Bevestiging:
    """What somebody sent, for the device that sent it. Raises NotFound when the link was withdrawn."""
    found = row(_BEVESTIGING, {"zaak": zaak, "link": volglink})
    if found is None:
        raise NotFound("This reactie has no link.")
    sleutel = sleutels.sleutel_van(found.pop("zaad"), found.pop("sleutel_hash")) or ""
    return Bevestiging(**found, sleutel=sleutel)


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
