"""The tasks of colleagues: mine, my team's, what I asked, those of a zaak, those that must go back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import rows
from loket.foundation.time.clock import now
from loket.registers.zaken.queries import zichtbaar
from loket.registers.zaken.rules import LEZEN


@dataclass(frozen=True)
class Taak:
    """A task, with the zaak it belongs to. `van_mij` says that the actor may take it up or answer it."""

    id: UUID
    soort: str
    status: str
    zaak: UUID
    identificatie: str
    omschrijving: str
    gevraagde_handeling: str
    toelichting: str
    door: str
    gegeven_door: UUID | None
    toegewezen_op: datetime
    uiterlijk: datetime
    terug_op: datetime
    team: UUID | None
    team_naam: str
    medewerker: UUID | None
    medewerker_naam: str
    vervanger: UUID | None
    vervanger_naam: str
    coordinator: UUID
    coordinator_naam: str
    opgepakt_op: datetime | None
    afgehandeld_op: datetime | None
    antwoord: str
    van: datetime | None
    pogingen: int
    van_mij: bool


_TAAK = """select i.id, i.soort, i.status, z.id as zaak, z.identificatie, z.omschrijving, i.gevraagde_handeling,
    i.toelichting, i.door, i.gegeven_door_id as gegeven_door, i.toegewezen_op, i.uiterlijk, i.terug_op,
    i.team_id as team, coalesce(t.naam, '') as team_naam, i.medewerker_id as medewerker,
    coalesce(m.naam, '') as medewerker_naam, i.vervanger_id as vervanger, coalesce(v.naam, '') as vervanger_naam,
    i.coordinator_id as coordinator, c.naam as coordinator_naam, i.opgepakt_op, i.afgehandeld_op, i.antwoord,
    i.van, i.pogingen, i.status <> 'afgehandeld' and coalesce(
        %(ik)s::uuid in (i.medewerker_id, i.vervanger_id, i.coordinator_id)
        or i.medewerker_id = any(%(vervangt)s::uuid[])
        or i.medewerker_id is null and i.team_id = any(%(teams)s::uuid[]), false) as van_mij
from klanten_internetaak i join zaken_zaak z on z.id = i.zaak_id
left join loket_identity_team t on t.id = i.team_id left join loket_identity_gebruiker m on m.id = i.medewerker_id
left join loket_identity_gebruiker v on v.id = i.vervanger_id join loket_identity_gebruiker c on c.id = i.coordinator_id
where {wat} and {waar} order by (i.status = 'afgehandeld'), i.uiterlijk, i.id limit %(limiet)s"""

OPEN = "i.status in ('gegeven', 'opgepakt', 'teruggegeven')"


def taken(
    actor: Actor,
    *,
    zaak: UUID | None = None,
    van_mij: bool = False,
    team: UUID | None = None,
    gegeven: bool = False,
    soort: str = "",
    te_laat: bool = False,
    van_teams: bool = False,
    ook_afgehandeld: bool = False,
    limiet: int = 100,
) -> list[Taak]:
    """Tasks in zaken that the actor may see, the first deadline first; open ones, unless `ook_afgehandeld`.

    `van_mij`: given to the actor or to somebody he or she stands in for. `team`: given to this team and taken up by
    nobody. `van_teams`: of any of the actor's teams, or his or hers. `gegeven`: asked by the actor. These and `zaak`,
    `soort`, `te_laat` narrow each other down.
    """
    delen = [] if ook_afgehandeld else [OPEN]
    if zaak is not None:
        delen.append("i.zaak_id = %(zaak)s")
    if van_mij:
        delen.append("(i.medewerker_id = %(ik)s::uuid or i.medewerker_id = any(%(vervangt)s::uuid[]))")
    if team is not None:
        delen.append("i.team_id = %(team)s and i.medewerker_id is null")
    if van_teams:
        delen.append(
            "(i.team_id = any(%(teams)s::uuid[]) or %(ik)s::uuid in (i.medewerker_id, i.coordinator_id)"
            " or i.medewerker_id = any(%(vervangt)s::uuid[]))"
        )
    if gegeven:
        delen.append("i.gegeven_door_id = %(ik)s::uuid")
    if soort:
        delen.append("i.soort = %(soort)s")
    if te_laat:
        delen.append("i.uiterlijk < %(nu)s")
    waar, zicht = zichtbaar(actor, LEZEN)
    params: dict[str, Any] = {
        "zaak": zaak,
        "team": team,
        "soort": soort,
        "nu": now(),
        "ik": actor.id,
        "vervangt": sorted(actor.vervangt),
        "teams": sorted(actor.teams),
        "limiet": limiet,
    }
    sql = _TAAK.format(wat=" and ".join(delen) or "true", waar=waar)
    return [Taak(**rij) for rij in rows(sql, {**params, **zicht})]


def terug_te_geven(limiet: int = 100) -> list[UUID]:
    """The tasks that nobody took up in time and that must go back to their coordinator now, for the job that does
    so."""
    found = rows(
        "select i.id from klanten_internetaak i where i.status = 'gegeven' and i.terug_op <= %(nu)s"
        " order by i.terug_op limit %(limiet)s",
        {"nu": now(), "limiet": limiet},
    )
    return [rij["id"] for rij in found]


def bellen_te_laat(limiet: int = 100) -> list[UUID]:
    """The call-backs of which the promised moment passed without anybody having been told, for the job that does so."""
    found = rows(
        f"select i.id from klanten_internetaak i where i.soort = 'terugbellen' and {OPEN} and i.uiterlijk < %(nu)s"
        " and i.te_laat_op is null order by i.uiterlijk limit %(limiet)s",
        {"nu": now(), "limiet": limiet},
    )
    return [rij["id"] for rij in found]


def tel_bellen_te_laat(actor: Actor) -> int:
    """How many call-backs of the actor's teams are too late; at most a hundred. Runs on every page: no rights are
    asked, and nothing but the number is told."""
    return len(
        rows(
            f"select 1 from klanten_internetaak i where i.soort = 'terugbellen' and {OPEN} and i.uiterlijk < %(nu)s"
            " and (i.team_id = any(%(teams)s::uuid[]) or %(ik)s::uuid in (i.medewerker_id, i.coordinator_id))"
            " limit 100",
            {"nu": now(), "teams": sorted(actor.teams), "ik": actor.id},
        )
    )
