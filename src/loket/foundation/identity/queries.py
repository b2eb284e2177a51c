"""What can be asked about logging in, and about colleagues."""

from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import rows
from loket.foundation.time.clock import today

_EXAMPLES = """
select distinct on (o.hoofd, o.naam, f.naam) g.gebruikersnaam, g.naam, f.naam as functie, t.naam as team,
    o.naam as organisatie
from loket_identity_lidmaatschap l
join loket_identity_gebruiker g on g.id = l.gebruiker_id and g.is_active and g.soort = 'medewerker'
join loket_access_functie f on f.id = l.functie_id
join loket_identity_team t on t.id = l.team_id
join loket_identity_organisatie o on o.id = g.organisatie_id
order by o.hoofd desc, o.naam, f.naam, t.lijn, t.naam, g.gebruikersnaam"""


def example_logins() -> list[dict[str, Any]]:
    """One employee for each functie of each organisation: for the login page of the demo, nowhere else."""
    return rows(_EXAMPLES)


def collegas(organisatie: UUID) -> list[dict[str, Any]]:
    """The active employees of an organisation by name: id, naam, and the names of their teams."""
    return rows(
        "select g.id, g.naam, coalesce(string_agg(t.naam, ', ' order by t.naam), '') as teams"
        " from loket_identity_gebruiker g left join loket_identity_lidmaatschap l on l.gebruiker_id = g.id"
        " left join loket_identity_team t on t.id = l.team_id"
        " where g.organisatie_id = %s and g.is_active and g.soort = 'medewerker' group by g.id order by g.naam, g.id",
        (organisatie,),
    )


def onder_mij(actor: Actor) -> list[dict[str, Any]]:
    """For whom this employee may say that they are away: him- or herself first, then the members of the teams that he
    or she coordinates: id and naam."""
    return rows(
        "select distinct on (g.id <> %(ik)s, g.naam, g.id) g.id, g.naam from loket_identity_gebruiker g"
        " left join loket_identity_lidmaatschap l on l.gebruiker_id = g.id"
        " left join loket_identity_team t on t.id = l.team_id"
        " where g.is_active and (g.id = %(ik)s or t.coordinator_id = %(ik)s) order by g.id <> %(ik)s, g.naam, g.id",
        {"ik": actor.id},
    )


def afwezigen(actor: Actor) -> list[dict[str, Any]]:
    """Who of those in `onder_mij` is away or will be: id, naam, van, tot_en_met, vervanger."""
    return rows(
        "select a.id, g.id as gebruiker, g.naam, a.van, a.tot_en_met, v.naam as vervanger, a.reden"
        " from loket_identity_afwezigheid a join loket_identity_gebruiker g on g.id = a.gebruiker_id"
        " join loket_identity_gebruiker v on v.id = a.vervanger_id"
        " where a.tot_en_met >= %(dag)s and a.gebruiker_id = any(%(wie)s) order by a.van, g.naam",
        {"dag": today(), "wie": [each["id"] for each in onder_mij(actor)]},
    )
