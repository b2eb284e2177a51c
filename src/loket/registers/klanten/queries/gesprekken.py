"""Conversations: drafts that are not finished, and what was said with somebody, with or without a zaak."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import row, rows, value
from loket.foundation.errors import NotFound
from loket.foundation.identity.models import Organisatie
from loket.registers.klanten.models.contact import AFHANDELINGEN
from loket.registers.klanten.queries.gebruik import met_gebruik
from loket.registers.zaken.queries import zichtbaar
from loket.registers.zaken.rules import LEZEN


@dataclass(frozen=True)
class Concept:
    """A draft of the actor, or of `medewerker_naam` for whom he or she stands in. `af`: it is recorded already."""

    id: UUID
    medewerker: UUID
    medewerker_naam: str
    gegevens: dict[str, Any]
    begonnen_op: datetime
    bijgewerkt_op: datetime
    af: bool


_CONCEPT = """select g.id, g.medewerker_id as medewerker, m.naam as medewerker_naam, g.gegevens, g.begonnen_op,
    g.bijgewerkt_op, g.afgerond_op is not null as af from klanten_gesprek g
    join loket_identity_gebruiker m on m.id = g.medewerker_id"""


def concept(actor: Actor, sleutel: UUID) -> Concept | None:
    """The draft with this key, None when there is none yet. Raises NotFound for a draft of anybody else."""
    gevonden = row(f"{_CONCEPT} where g.id = %s", (sleutel,))
    if gevonden is None:
        return None
    if actor.kind != "medewerker" or gevonden["medewerker"] not in {actor.id, *actor.vervangt}:
        raise NotFound("No such gesprek.")
    return Concept(**gevonden)


def concepten(actor: Actor) -> list[Concept]:
    """The unfinished notes of the actor and of whom he or she stands in for, the last one first."""
    wie = sorted({*actor.vervangt, *([actor.id] if actor.id else [])})
    gevonden = rows(
        f"{_CONCEPT} where g.medewerker_id = any(%s) and g.afgerond_op is null order by g.bijgewerkt_op desc limit 50",
        (wie,),
    )
    return [Concept(**rij) for rij in gevonden]


def tel_concepten(actor: Actor) -> int:
    """How many notes of the actor are not finished."""
    aantal: int = value(
        "select count(*) from klanten_gesprek g where g.medewerker_id = %s and g.afgerond_op is null", (actor.id,)
    )
    return aantal


@dataclass(frozen=True)
class Gesprek:
    """A conversation as it was recorded. `nummers` are those of the zaken it is about that the actor may see."""

    id: UUID
    nummer: str
    kanaal: str
    richting: str
    onderwerp: str
    inhoud: str
    gelukt: bool | None
    afhandeling: str
    op: datetime
    door: str
    naam: str
    nummers: tuple[str, ...]


# a contact without a zaak is seen by who writes down conversations in the same organisation; one about zaken only by
# who may see one of them
_GESPREK = """select k.id, k.nummer, k.kanaal, k.richting, k.onderwerp, k.inhoud,
    k.indicatie_contact_gelukt as gelukt, k.afhandeling, k.plaatsgevonden_op as op, k.door,
    coalesce(b.contactnaam, '') as naam, p.pseudoniem,
    array(select z.identificatie from klanten_onderwerpobject oo join zaken_zaak z on z.id = oo.zaak_id
        where oo.klantcontact_id = k.id and {waar} order by z.identificatie) as nummers
from klanten_klantcontact k
left join lateral (select bb.contactnaam, bb.partij_id from klanten_betrokkene bb where bb.klantcontact_id = k.id
    order by bb.initiator desc, bb.id limit 1) b on true
left join klanten_partij p on p.id = b.partij_id
where {wat} and k.organisatie_id = %(organisatie)s::uuid and (
    not exists (select 1 from klanten_onderwerpobject no where no.klantcontact_id = k.id)
    or exists (select 1 from klanten_onderwerpobject zo join zaken_zaak z on z.id = zo.zaak_id
        where zo.klantcontact_id = k.id and {waar}))
order by k.plaatsgevonden_op desc, k.id desc limit %(limiet)s"""


def gesprekken_met(use: Use, partij: UUID, limiet: int = 10) -> list[Gesprek]:
    """The last conversations and messages with a person, also those that are about no zaak, the newest first. Writes
    one data-use line."""
    wat = "k.id in (select wb.klantcontact_id from klanten_betrokkene wb where wb.partij_id = %(partij)s)"
    return _gesprekken(use, wat, {"partij": partij, "limiet": limiet})


def mijn_gesprekken(use: Use, limiet: int = 25) -> list[Gesprek]:
    """The last conversations that the actor wrote down, the newest first. Writes one data-use line for each person."""
    wat = "k.afhandeling <> '' and k.medewerker_id = %(ik)s::uuid"
    return _gesprekken(use, wat, {"ik": use.actor.id, "limiet": limiet})


def _gesprekken(use: Use, wat: str, params: dict[str, Any]) -> list[Gesprek]:
    if not use.actor.may(LEZEN):
        return []
    waar, zicht = zichtbaar(use.actor, LEZEN)
    sql = _GESPREK.format(wat=wat, waar=waar)
    alles = {**params, **zicht, "organisatie": use.actor.organisatie}
    found = met_gebruik(use, sql, alles, "order by g.op desc, g.id desc")
    return [Gesprek(**{**rij, "nummers": tuple(rij["nummers"])}) for rij in found]


def telling(organisatie: Organisatie | UUID, van: datetime, tot: datetime) -> dict[str, int]:
    """How the conversations of an organisation ended, from `van` up to `tot`: beantwoord, doorgezet, terugbellen. First
    line resolution (gemma-zaken#1312) is the first of all three."""
    wie = organisatie.id if isinstance(organisatie, Organisatie) else organisatie
    found = rows(
        "select afhandeling, count(*) as aantal from klanten_klantcontact where organisatie_id = %s"
        " and afhandeling <> '' and plaatsgevonden_op >= %s and plaatsgevonden_op < %s group by afhandeling",
        (wie, van, tot),
    )
    geteld = {rij["afhandeling"]: rij["aantal"] for rij in found}
    return {soort: geteld.get(soort, 0) for soort in AFHANDELINGEN}
