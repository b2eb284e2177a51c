"""The work list and its counts: each one statement on `zaken_werkvoorraad`, at a cost that history does not change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import row, rows
from loket.foundation.time.clock import now, today
from loket.registers.zaken import rules
from loket.registers.zaken.queries.zicht import zichtbaar_werk

TELGRENS = 1000
"""Counting stops here: show `999+`. It bounds the cost of a count whatever the size of the work."""
BLADZIJDE = 25


@dataclass(frozen=True)
class Filter:
    """What to show. Everything left out is not asked for. `vrij`: nobody works on it and it waits for nobody (triage).
    `te_laat`: past its date, and it does not wait for the resident. `lijn`: held by a team of that line.
    `organisatie` defaults to the actor's own."""

    organisatie: UUID | None = None
    team: UUID | None = None
    behandelaar: UUID | None = None
    vrij: bool = False
    zaaktype: tuple[str, ...] = ()
    kanaal: tuple[str, ...] = ()
    te_laat: bool = False
    wacht_op: str = ""
    nieuw_bericht: bool = False
    lijn: int | None = None
    zoek: str = ""


@dataclass(frozen=True)
class Regel:
    """One line of the work list."""

    zaak: UUID
    identificatie: str
    zaaktype: str
    team: UUID | None
    team_naam: str
    behandelaar: UUID | None
    behandelaar_naam: str
    antwoord_voor: date
    ontvangen_op: datetime
    onderwerp: str
    begin: str
    plek: str
    kanaal: str
    voorstel_team: UUID | None
    voorstel_naam: str
    zekerheid: float | None
    wacht_op: str
    nieuw_bericht: bool
    x: float | None
    y: float | None


@dataclass(frozen=True)
class Bladzijde:
    """A page of the work list. `aantal` is all that the filter finds, at most TELGRENS; `volgende` is the cursor of the
    next page, None on the last."""

    regels: tuple[Regel, ...]
    aantal: int
    volgende: str | None


@dataclass(frozen=True)
class Tellingen:
    """The counts beside the work list, each at most TELGRENS; `_te_laat` is the part that is too late."""

    mijn: int
    mijn_te_laat: int
    mijn_nieuw: int
    mijn_taken: int
    mijn_taken_te_laat: int
    terugbellen: int
    terugbellen_te_laat: int
    ik_wacht: int
    triage: int
    triage_te_laat: int
    team: int
    team_taken: int
    wacht_op_bewoner: int
    tweede_lijn: int
    te_laat: int


_VELDEN = """b.zaak_id as zaak, b.identificatie, b.zaaktype, b.team_id as team, coalesce(t.naam, '') as team_naam,
    b.behandelaar_id as behandelaar, coalesce(g.naam, '') as behandelaar_naam, b.antwoord_voor, b.ontvangen_op,
    b.onderwerp, b.begin, b.plek, b.kanaal, b.voorstel_team_id as voorstel_team, coalesce(v.naam, '') as voorstel_naam,
    b.zekerheid, b.wacht_op, b.nieuw_bericht, b.x, b.y"""


def werklijst(
    actor: Actor, filter: Filter | None = None, *, na: str | None = None, aantal: int = BLADZIJDE
) -> Bladzijde:
    """One page of the open zaken that the actor may see, the shortest term first. `na` is the cursor `volgende` of the
    page before; one that is not ours gives the first page."""
    filter = filter or Filter()
    zicht, params = zichtbaar_werk(actor, rules.LEZEN)
    delen = [zicht, *_delen(filter, actor, params)]
    begin = ""
    if cursor := _lees_cursor(na):
        begin = " and (w.antwoord_voor, w.zaak_id) > (%(na_dag)s, %(na_zaak)s)"
        params |= {"na_dag": cursor[0], "na_zaak": cursor[1]}
    waar = " and ".join(delen)
    found = rows(
        f"with b as materialized (select w.* from zaken_werkvoorraad w where {waar}{begin}"
        " order by w.antwoord_voor, w.zaak_id limit %(limiet)s)"
        f" select {_VELDEN}, (select count(*) from (select 1 from zaken_werkvoorraad w where {waar}"
        " limit %(telgrens)s) k) as geteld"
        " from b left join loket_identity_team t on t.id = b.team_id"
        " left join loket_identity_team v on v.id = b.voorstel_team_id"
        " left join loket_identity_gebruiker g on g.id = b.behandelaar_id order by b.antwoord_voor, b.zaak_id",
        {**params, "limiet": aantal + 1, "telgrens": TELGRENS},
    )
    geteld = found[0]["geteld"] if found else 0
    regels = tuple(Regel(**{k: v for k, v in regel.items() if k != "geteld"}) for regel in found[:aantal])
    meer = len(found) > aantal
    return Bladzijde(regels, geteld, f"{regels[-1].antwoord_voor}_{regels[-1].zaak}" if meer else None)


def tellingen(actor: Actor, team: UUID | None = None) -> Tellingen:
    """All counts of the left side of the workbench in one statement, for this employee and this team (by default one of
    the own teams)."""
    zicht, params = zichtbaar_werk(actor, rules.LEZEN)
    params |= {
        "ik": actor.id,
        "ons_team": team or next(iter(sorted(actor.teams)), None),
        "organisatie": actor.organisatie,
        "teams": sorted(actor.teams),
        "vandaag": today(),
        "nu": now(),
        "telgrens": TELGRENS,
    }

    def tel(waar: str) -> str:
        return (
            f"(select count(*) from (select 1 from zaken_werkvoorraad w where {waar} and {zicht} limit %(telgrens)s) k)"
        )

    def taken(waar: str) -> str:
        return (
            "(select count(*) from (select 1 from klanten_internetaak i where i.status <> 'afgehandeld'"
            f" and {waar} limit %(telgrens)s) k)"
        )

    vraag = _vragen(tel, taken)
    found = row(f"select {', '.join(f'{sql} as {naam}' for naam, sql in vraag.items())}", params)
    assert found is not None
    return Tellingen(**found)


def _vragen(tel: Callable[[str], str], taken: Callable[[str], str]) -> dict[str, str]:
    """Each count's name and its SQL."""
    eigen = "w.organisatie_id = %(organisatie)s::uuid"
    mijn = f"{eigen} and w.behandelaar_id = %(ik)s::uuid"
    ons = f"{eigen} and w.team_id = %(ons_team)s::uuid"
    triage = f"{ons} and w.behandelaar_id is null and w.wacht_op = ''"
    laat = "w.antwoord_voor < %(vandaag)s and w.wacht_op <> 'bewoner'"
    mijn_taak = "i.status in ('gegeven', 'opgepakt', 'teruggegeven') and i.medewerker_id = %(ik)s::uuid"
    taak_laat = "i.uiterlijk < %(nu)s"
    terugbellen = f"{mijn_taak} and i.soort = 'terugbellen'"
    return {
        "mijn": tel(mijn),
        "mijn_te_laat": tel(f"{mijn} and {laat}"),
        "mijn_nieuw": tel(f"{mijn} and w.nieuw_bericht"),
        "mijn_taken": taken(mijn_taak),
        "mijn_taken_te_laat": taken(f"{mijn_taak} and {taak_laat}"),
        "terugbellen": taken(terugbellen),
        "terugbellen_te_laat": taken(f"{terugbellen} and {taak_laat}"),
        "ik_wacht": taken(
            "i.status in ('gegeven', 'opgepakt', 'teruggegeven') and i.gegeven_door_id = %(ik)s::uuid"
            " and i.medewerker_id is distinct from %(ik)s::uuid"
        ),
        "triage": tel(triage),
        "triage_te_laat": tel(f"{triage} and {laat}"),
        "team": tel(ons),
        "team_taken": taken(
            "i.status in ('gegeven', 'opgepakt', 'teruggegeven') and i.team_id = %(ons_team)s::uuid"
            " and i.medewerker_id is null"
        ),
        "wacht_op_bewoner": tel(f"{ons} and w.wacht_op = 'bewoner'"),
        "tweede_lijn": tel(
            f"{eigen} and w.team_id = any(array(select lt.id from loket_identity_team lt"
            " where lt.organisatie_id = %(organisatie)s::uuid and lt.lijn = 2))"
        ),
        "te_laat": tel(f"{ons} and {laat}"),
    }


def _delen(filter: Filter, actor: Actor, params: dict[str, Any]) -> list[str]:
    """The conditions of a filter; puts their parameters in `params`."""
    delen = []
    if organisatie := filter.organisatie or actor.organisatie:
        delen.append("w.organisatie_id = %(organisatie)s")
        params["organisatie"] = organisatie
    for kolom in ("team", "behandelaar"):
        if wie := getattr(filter, kolom):
            delen.append(f"w.{kolom}_id = %({kolom})s")
            params[kolom] = wie
    for kolom in ("zaaktype", "kanaal"):
        if welke := getattr(filter, kolom):
            een = len(welke) == 1  # then the index gives the rows in order
            delen.append(f"w.{kolom} = %({kolom})s" if een else f"w.{kolom} = any(%({kolom})s)")
            params[kolom] = welke[0] if een else list(welke)
    if filter.vrij:
        delen.append("w.behandelaar_id is null and w.wacht_op = ''")
    if filter.te_laat:
        delen.append("w.antwoord_voor < %(vandaag)s and w.wacht_op <> 'bewoner'")
        params["vandaag"] = today()
    if filter.wacht_op:
        delen.append("w.wacht_op = %(wacht_op)s and w.wacht_op <> ''")
        params["wacht_op"] = filter.wacht_op
    if filter.nieuw_bericht:
        delen.append("w.nieuw_bericht")
    if filter.lijn:
        delen.append("w.team_id = any(array(select lt.id from loket_identity_team lt where lt.lijn = %(lijn)s))")
        params["lijn"] = filter.lijn
    if filter.zoek.strip():
        delen.append(
            "w.zaak_id in (select fz.id from zaken_zaak fz where fz.zoek @@ websearch_to_tsquery('dutch', %(zoek)s))"
        )
        params["zoek"] = filter.zoek.replace("\x00", " ")
    return delen


def _lees_cursor(na: str | None) -> tuple[date, UUID] | None:
    try:
        dag, _, zaak = (na or "").partition("_")
        return date.fromisoformat(dag), UUID(zaak)
    except ValueError:
        return None
