"""What can be asked about logging in."""

from typing import Any

from loket.foundation.database.sql import rows

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
