"""What Mijn Loket shows of reacties: the own ones of who logged in, and what was written to him or her."""

from dataclasses import dataclass
from datetime import date, datetime

from loket.foundation.access.actor import Actor
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import rows, value
from loket.registers.klanten.queries.bewoner import eigen_partijen
from loket.services.reacties.categorieen import SOORTEN

INVULLEN = "reacties.invullen"
RECENT = 30
"""Days that a closed reactie stays on the overview."""


@dataclass(frozen=True)
class MijnZaak:
    """One reactie of the resident, under its number, as it stands with whoever has it now."""

    nummer: str
    soort: str
    onderwerp: str
    plek: str
    status: str
    wacht_op: str
    antwoord_voor: date | None
    einddatum: date | None
    resultaat: str
    behandelaar: str
    gestuurd: datetime
    bellen_van: datetime | None = None
    bellen_tot: datetime | None = None


@dataclass(frozen=True)
class MijnBericht:
    """Something that an employee wrote to the resident."""

    nummer: str
    onderwerp: str
    wie: str
    op: datetime


# the same number with two organisations is one line: the zaak that is open counts, else the last one
_ZAKEN = """
with eigen as (
    select distinct on (z.identificatie) z.id, z.identificatie, min(z.aangemaakt_op) over (
        partition by z.identificatie) as gestuurd
    from klanten_partij p join zaken_rol r on r.partij_id = p.id
        and r.omschrijving_generiek in ('initiator', 'mede_initiator')
    join zaken_zaak z on z.id = r.zaak_id
    where p.pseudoniem = %(pseudoniem)s
    order by z.identificatie, z.einddatum is null desc, z.aangemaakt_op desc)
select e.identificatie as nummer, t.identificatie as soort, z.omschrijving as onderwerp, z.plek,
    coalesce(st.omschrijving, '') as status, coalesce(w.wacht_op, '') as wacht_op, w.antwoord_voor, z.einddatum,
    coalesce(rt.omschrijving, '') as resultaat, coalesce(g.naam, '') as behandelaar, e.gestuurd,
    i.van as bellen_van, i.uiterlijk as bellen_tot
from eigen e join zaken_zaak z on z.id = e.id join catalogi_zaaktype t on t.id = z.zaaktype_id
left join zaken_status s on s.id = z.status_id left join catalogi_statustype st on st.id = s.statustype_id
left join zaken_resultaat re on re.zaak_id = z.id and z.einddatum is not null
left join catalogi_resultaattype rt on rt.id = re.resultaattype_id
left join zaken_werkvoorraad w on w.zaak_id = z.id
left join loket_identity_gebruiker g on g.id = w.behandelaar_id
left join lateral (select b.van, b.uiterlijk from klanten_internetaak b where b.zaak_id = z.id and w.zaak_id is not null
    and b.soort = 'terugbellen' and b.status <> 'afgehandeld' and b.van is not null
    order by b.uiterlijk limit 1) i on true
where t.identificatie = any(%(soorten)s)
order by z.einddatum is null desc, coalesce(z.einddatum, w.antwoord_voor), e.gestuurd desc limit %(maximum)s"""

_BERICHTEN = """
select distinct on (k.plaatsgevonden_op, k.id) z.identificatie as nummer, z.omschrijving as onderwerp,
    coalesce(nullif(g.naam, ''), o.naam) as wie, k.plaatsgevonden_op as op
from klanten_partij p join zaken_rol r on r.partij_id = p.id and r.omschrijving_generiek = 'initiator'
join zaken_zaak z on z.id = r.zaak_id join klanten_onderwerpobject ob on ob.zaak_id = z.id
join klanten_klantcontact k on k.id = ob.klantcontact_id and k.richting = 'uit'
join loket_identity_organisatie o on o.id = k.organisatie_id
left join loket_identity_gebruiker g on g.id = k.medewerker_id
where p.pseudoniem = %(pseudoniem)s
order by k.plaatsgevonden_op desc, k.id desc limit %(maximum)s"""


def mijn_zaken(actor: Actor, maximum: int = 200) -> list[MijnZaak]:
    """The reacties of who logged in: open ones by their promised day, then closed ones, the last closed first."""
    if actor.kind != "bewoner" or not actor.pseudoniem:
        return []
    params = {"pseudoniem": actor.pseudoniem, "soorten": list(SOORTEN), "maximum": maximum}
    gevonden = [MijnZaak(**rij) for rij in rows(_ZAKEN, params)]
    open_ = [zaak for zaak in gevonden if zaak.einddatum is None]
    dicht = sorted(
        (zaak for zaak in gevonden if zaak.einddatum is not None),
        key=lambda zaak: zaak.einddatum or date.min,
        reverse=True,
    )
    return open_ + dicht


_OPEN = """
select count(distinct z.identificatie) from klanten_partij p
join zaken_rol r on r.partij_id = p.id and r.omschrijving_generiek in ('initiator', 'mede_initiator')
join zaken_zaak z on z.id = r.zaak_id and z.einddatum is null join catalogi_zaaktype t on t.id = z.zaaktype_id
where p.pseudoniem = %(pseudoniem)s and t.identificatie = any(%(soorten)s)"""


def aantal_open(actor: Actor) -> int:
    """How many reacties of who logged in are open: for the menu, which every page of Mijn Loket shows."""
    if actor.kind != "bewoner" or not actor.pseudoniem:
        return 0
    return int(value(_OPEN, {"pseudoniem": actor.pseudoniem, "soorten": list(SOORTEN)}))


def wat_wij_weten(actor: Actor) -> dict[str, str]:
    """Name, e-mail address and telephone number of who logged in, as the organisations on this Loket know them; the
    name else as the login says it. The use is logged."""
    bij = eigen_partijen(Use(actor, INVULLEN))
    adressen = [adres for partij in bij for adres in partij.adressen if not adres.gebounced]
    standaard = sorted(adressen, key=lambda adres: not adres.standaard)
    return {
        "naam": next((partij.naam for partij in bij if partij.naam), actor.naam),
        "email": next((adres.adres for adres in standaard if adres.soort == "email"), ""),
        "telefoon": next((adres.adres for adres in standaard if adres.soort == "telefoon"), ""),
    }


def mijn_berichten(actor: Actor, maximum: int = 5) -> list[MijnBericht]:
    """What was written to who logged in, the newest first."""
    if actor.kind != "bewoner" or not actor.pseudoniem:
        return []
    return [MijnBericht(**rij) for rij in rows(_BERICHTEN, {"pseudoniem": actor.pseudoniem, "maximum": maximum})]
