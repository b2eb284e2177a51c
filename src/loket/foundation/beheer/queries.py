"""What an administrator can ask: teams, employees, who works where; always of the own organisation."""

from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.beheer.rules import eigen
from loket.foundation.database.sql import rows
from loket.foundation.errors import NotFound
from loket.foundation.identity.models import Gebruiker, Organisatie, Team

PAGE = 50

_TEAMS = """
select t.id, t.naam, t.lijn, t.domeinen, t.email, c.naam as coordinator, c.is_active as coordinator_werkt,
       (select count(distinct l.gebruiker_id) from loket_identity_lidmaatschap l
        join loket_identity_gebruiker g on g.id = l.gebruiker_id and g.is_active where l.team_id = t.id) as leden
from loket_identity_team t left join loket_identity_gebruiker c on c.id = t.coordinator_id
where t.organisatie_id = %s order by t.lijn, t.naam"""
_MEDEWERKERS = """
select g.id, g.naam, g.gebruikersnaam, g.functietitel, g.is_active,
       coalesce((select string_agg(distinct t.naam, ', ' order by t.naam) from loket_identity_lidmaatschap l
                 join loket_identity_team t on t.id = l.team_id where l.gebruiker_id = g.id), '') as teams
from loket_identity_gebruiker g
where g.organisatie_id = %(organisatie)s and g.soort = 'medewerker' and (%(weg)s or g.is_active)
  and (%(q)s = '' or position(%(q)s in lower(g.naam)) > 0 or position(%(q)s in lower(g.gebruikersnaam)) > 0)
order by not g.is_active, g.naam, g.id limit %(aantal)s offset %(vanaf)s"""
_FUNCTIES_VAN = """
select l.id, t.naam as team, f.naam as functie
from loket_identity_lidmaatschap l join loket_identity_team t on t.id = l.team_id
join loket_access_functie f on f.id = l.functie_id
where l.gebruiker_id = %s order by t.lijn, t.naam, f.naam"""


def organisatie(actor: Actor) -> Organisatie:
    """The own organisation. Raises Forbidden, NotFound."""
    found = Organisatie.objects.filter(pk=eigen(actor)).first()
    if found is None:
        raise NotFound("There is no such organisation.")
    return found


def teams(actor: Actor) -> list[dict[str, Any]]:
    """The teams by line: id, naam, lijn, domeinen, email, coordinator, leden (a number). Raises Forbidden."""
    return rows(_TEAMS, (eigen(actor),))


def team(actor: Actor, id: UUID) -> Team:
    """One team. Raises Forbidden, NotFound."""
    found = Team.objects.filter(pk=id, organisatie=eigen(actor)).first()
    if found is None:
        raise NotFound("There is no such team.")
    return found


def leden(actor: Actor, id: UUID) -> list[dict[str, Any]]:
    """Who works in a team, and as what: id, naam, functies. Raises Forbidden."""
    return rows(
        "select g.id, g.naam, string_agg(f.naam, ', ' order by f.naam) as functies"
        " from loket_identity_lidmaatschap l join loket_identity_gebruiker g on g.id = l.gebruiker_id and g.is_active"
        " join loket_access_functie f on f.id = l.functie_id join loket_identity_team t on t.id = l.team_id"
        " where l.team_id = %s and t.organisatie_id = %s group by g.id order by g.naam, g.id",
        (id, eigen(actor)),
    )


def medewerkers(actor: Actor, q: str = "", weg: bool = False, vanaf: int = 0) -> list[dict[str, Any]]:
    """At most 51 employees by name (one more than a page shows) from number `vanaf`; `weg`: also who left. Raises
    Forbidden."""
    params = {"organisatie": eigen(actor), "weg": weg, "vanaf": vanaf, "aantal": PAGE + 1}
    return rows(_MEDEWERKERS, params | {"q": q.replace("\0", "").strip().lower()})


def medewerker(actor: Actor, id: UUID) -> Gebruiker:
    """One employee. Raises Forbidden, NotFound."""
    found = Gebruiker.objects.filter(pk=id, organisatie=eigen(actor), soort=Gebruiker.Soort.MEDEWERKER).first()
    if found is None:
        raise NotFound("There is no such employee.")
    return found


def functies_van(actor: Actor, id: UUID) -> list[dict[str, Any]]:
    """In which teams an employee works, and as what: id of the membership, team, functie. Raises Forbidden,
    NotFound."""
    return rows(_FUNCTIES_VAN, (medewerker(actor, id).pk,))


def functies(actor: Actor) -> list[dict[str, Any]]:
    """Every functie that can be given: id, naam. Raises Forbidden."""
    eigen(actor)
    return rows("select id, naam from loket_access_functie order by naam")


def tel_teams(actor: Actor) -> int:
    """How many teams there are. Raises Forbidden."""
    return Team.objects.filter(organisatie=eigen(actor)).count()


def tel_mensen(actor: Actor) -> int:
    """How many employees work here. Raises Forbidden."""
    return Gebruiker.objects.filter(organisatie=eigen(actor), is_active=True).count()
