"""By which words an article is found: its stems with their weight, and its words as they are written."""

from typing import Any
from uuid import UUID

from loket.foundation.database.sql import execute, value
from loket.services.kennis.rules import GEWICHT, veelzeggend

_STAMMEN = """
with gegeven as (
    select woord, taal, max(gewicht) as gewicht
    from unnest(%(woorden)s::text[], %(talen)s::text[], %(gewichten)s::int[]) as g(woord, taal, gewicht)
    group by woord, taal
), stam as (
    select woord, taal, gewicht,
        (ts_lexize(case taal when 'en' then 'english_stem' else 'dutch_stem' end::regdictionary, woord))[1] as term
    from gegeven
), woordenboek as (
    insert into kennis_woord (woord, taal, stam) select woord, taal, term from stam
    where term is not null and length(woord) > 3 and gewicht > 1 order by woord, taal on conflict do nothing
), schrijf as (
    insert into kennis_term (term, taal, artikel_id, gewicht)
    select term, taal, %(artikel)s, max(gewicht) from stam where term is not null group by term, taal
    returning taal, gewicht
)
select count(*) filter (where taal = 'nl' and gewicht = %(vraag)s) from schrijf"""


def zet_index(artikel: UUID, versie: Any) -> None:
    """Find the article by the words of this version from now on. The internal note is not among them: nothing that a
    resident types may show that it is there."""
    execute("delete from kennis_term where artikel_id = %s", (artikel,))
    regels = [
        (woord, taal, gewicht)
        for taal, eind in (("nl", ""), ("en", "_en"))
        for veld, gewicht in GEWICHT.items()
        for woord in veelzeggend(getattr(versie, veld + eind))
    ]
    eigen, talen, gewichten = (list(kolom) for kolom in zip(*regels, strict=True))
    aantal = value(
        _STAMMEN,
        {"woorden": eigen, "talen": talen, "gewichten": gewichten, "artikel": artikel, "vraag": GEWICHT["vraag"]},
    )
    execute("update kennis_artikel set vraagtermen = %s where id = %s", (aantal, artikel))


def wis_index(artikel: UUID) -> None:
    """Find the article no more."""
    execute("delete from kennis_term where artikel_id = %s", (artikel,))
