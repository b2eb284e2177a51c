"""What is known of formal complaints: the procedure of one, the steps of all that one may see, and the year's
figures."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import row, rows
from loket.foundation.time.clock import today
from loket.registers.zaken.queries.zicht import zichtbaar_werk
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import rules_klacht
from loket.services.reacties.models import Klachtregeling
from loket.services.reacties.rules_klacht import Feiten, Gezet, Stap

_FEITEN = """
select z.id, z.organisatie_id, z.startdatum, z.aangemaakt_op, z.verlenging_duur <> '' as verdaagd, w.antwoord_voor,
    w.behandelaar_id, coalesce(g.naam, '') as behandelaar, z.identificatie, z.omschrijving, (
        select min(v.aangemaakt_op) from reacties_volglink v
        where v.zaak_id = z.id and not v.meldt_mee and v.email <> '') as gemaild
from zaken_zaak z left join zaken_werkvoorraad w on w.zaak_id = z.id
left join loket_identity_gebruiker g on g.id = w.behandelaar_id
where {waar} order by z.startdatum, z.id"""

_STAPPEN = """
select s.zaak_id, s.soort, s.gepland, s.moment, s.plaats, s.eigenaar_id as eigenaar,
    coalesce(g.naam, '') as eigenaar_naam, s.gedaan_op, s.uitkomst, s.grond, s.toelichting
from reacties_klachtstap s left join loket_identity_gebruiker g on g.id = s.eigenaar_id
where s.zaak_id = any(%s) and not s.vervallen order by s.aangemaakt_op, s.id"""


@dataclass(frozen=True)
class Procedure:
    """A formal complaint as it stands: what is known, the steps that follow from it, and what the organisation settled
    about complaints."""

    zaak: UUID
    nummer: str
    onderwerp: str
    feiten: Feiten
    stappen: tuple[Stap, ...]
    regeling: Klachtregeling

    @property
    def volgende(self) -> Stap | None:
        """The step to do now; None when it has ended."""
        return rules_klacht.volgende(self.stappen)

    @property
    def te_laat(self) -> int:
        """How many steps are too late."""
        return sum(stap.stand == "te_laat" for stap in self.stappen)


def procedure(zaak: UUID) -> Procedure:
    """The procedure of one complaint. Checks no rights: the page or command did."""
    return _procedures(rows(_FEITEN.format(waar="z.id = %s"), (zaak,)))[0]


def mijn_klachten(actor: Actor) -> list[Procedure]:
    """Every open complaint that the actor may see, what must be done first on top."""
    waar, params = zichtbaar_werk(actor, LEZEN)
    gevonden = _procedures(
        rows(
            _FEITEN.format(waar=f"w.zaaktype = 'klacht' and {waar}"),
            params,
        )
    )
    return sorted(gevonden, key=lambda each: (each.volgende.uiterlijk if each.volgende else date.max, each.nummer))


def aantal_te_laat(actor: Actor) -> int:
    """How many steps of complaints that the actor may see are too late."""
    if not any(grant.handeling == LEZEN and grant.max_va >= VERTROUWELIJK for grant in actor.grants):
        return 0
    return sum(each.te_laat for each in mijn_klachten(actor))


VERTROUWELIJK = 5
"""The rank of a formal complaint."""


def regeling(organisatie: UUID) -> Klachtregeling:
    """What an organisation settled about complaints; empty when it settled nothing yet."""
    return Klachtregeling.objects.filter(organisatie=organisatie).first() or Klachtregeling(organisatie_id=organisatie)


def over_wie(zaak: UUID) -> list[dict[str, Any]]:
    """The employees whom a complaint is about: id, naam, email."""
    return rows(
        "select g.id, g.naam, g.email from zaken_rol r join loket_identity_gebruiker g on g.id = r.medewerker_id"
        " where r.zaak_id = %s and r.omschrijving_generiek = 'belanghebbende' order by r.registratiedatum, r.id",
        (zaak,),
    )


def _procedures(gevonden: Collection[dict[str, Any]]) -> list[Procedure]:
    stappen: dict[UUID, list[Gezet]] = defaultdict(list)
    for rij in rows(_STAPPEN, ([each["id"] for each in gevonden],)) if gevonden else ():
        stappen[rij.pop("zaak_id")].append(Gezet(**rij))
    geregeld = Klachtregeling.objects.in_bulk({each["organisatie_id"] for each in gevonden})
    vandaag = today()
    uit = []
    for each in gevonden:
        feiten = Feiten(
            each["startdatum"],
            each["antwoord_voor"],
            tuple(stappen[each["id"]]),
            each["gemaild"],
            each["behandelaar_id"],
            each["behandelaar"],
            each["verdaagd"],
        )
        wet = geregeld.get(each["organisatie_id"]) or Klachtregeling(organisatie_id=each["organisatie_id"])
        plan = rules_klacht.plan(feiten, vandaag)
        uit.append(Procedure(each["id"], each["identificatie"], each["omschrijving"], feiten, plan, wet))
    return uit


# --- every year (Awb 9:12a) ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Jaar:
    """The complaints that one organisation registered in a year, without a word of who or what: how many, how many
    still run, how they ended, what they were about, how many were in time, and how many days they took in the
    middle."""

    organisatie: str
    jaar: int
    aantal: int
    lopend: int
    op_tijd: int
    dagen: int | None
    afloop: tuple[tuple[str, int], ...]
    over: tuple[tuple[str, int], ...]
    gehoord: int


_JAAR = """
with klacht as materialized (
    select z.id, z.startdatum, z.einddatum,
        case when z.einddatum is not null then coalesce(rt.omschrijving, '') end as afloop,
        coalesce((select e.waarde from zaken_zaakeigenschap e where e.zaak_id = z.id and e.naam = 'categorie' limit 1),
            '') as over,
        z.einddatum <= coalesce(z.uiterlijke_einddatum_afdoening, z.einddatum_gepland) as op_tijd
    from zaken_zaak z join catalogi_zaaktype t on t.id = z.zaaktype_id and t.identificatie = 'klacht'
    left join zaken_resultaat re on re.zaak_id = z.id
    left join catalogi_resultaattype rt on rt.id = re.resultaattype_id
    where z.organisatie_id = %(organisatie)s and z.startdatum between %(van)s and %(tot)s
        and rt.omschrijving is distinct from 'Doorgezonden' and rt.omschrijving is distinct from 'Samengevoegd')
select count(*)::int as aantal, count(*) filter (where einddatum is null)::int as lopend,
    count(*) filter (where op_tijd)::int as op_tijd,
    percentile_disc(0.5) within group (order by einddatum - startdatum) as dagen,
    (select count(*)::int from klacht k where exists (select from reacties_klachtstap s where s.zaak_id = k.id
        and s.soort = 'horen' and s.gedaan_op is not null and s.uitkomst = 'gehoord' and not s.vervallen)) as gehoord,
    coalesce((select jsonb_agg(jsonb_build_array(afloop, n) order by n desc, afloop) from (
        select afloop, count(*) as n from klacht where afloop is not null group by afloop) a), '[]') as afloop,
    coalesce((select jsonb_agg(jsonb_build_array(over, n) order by n desc, over) from (
        select over, count(*) as n from klacht group by over) a), '[]') as over
from klacht"""


def jaar(organisatie: UUID, naam: str, welk: int) -> Jaar:
    """Awb 9:12a: the registered complaints of one year, for publication."""
    gevonden = row(_JAAR, {"organisatie": organisatie, "van": date(welk, 1, 1), "tot": date(welk, 12, 31)}) or {}
    return Jaar(
        naam,
        welk,
        gevonden["aantal"],
        gevonden["lopend"],
        gevonden["op_tijd"],
        gevonden["dagen"],
        tuple((wat, n) for wat, n in gevonden["afloop"]),
        tuple((wat, n) for wat, n in gevonden["over"]),
        gevonden["gehoord"],
    )


def eerste_jaar(organisatie: UUID) -> int:
    """The first year with a complaint, or this one."""
    gevonden = row(
        "select extract(year from min(z.startdatum))::int as jaar from zaken_zaak z"
        " join catalogi_zaaktype t on t.id = z.zaaktype_id and t.identificatie = 'klacht' where z.organisatie_id = %s",
        (organisatie,),
    )
    return int(gevonden["jaar"]) if gevonden and gevonden["jaar"] else today().year
