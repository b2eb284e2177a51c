"""Finding articles by the words of a text, in one statement.

Each word of the text is looked for by its stem, in Dutch and in English. A word that no article uses is compared with
the words that they do use (pg_trgm), so that a slip of the pen or a compound still finds something; a database without
pg_trgm compares beginnings. A rare word says more than a common one, the question more than the answer, and an article
of whose question much was named comes before one of whose question little was.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import rows, value
from loket.foundation.errors import Forbidden
from loket.foundation.time.clock import today
from loket.services.kennis.rules import LEZEN, zoekwoorden

TYPEND, ZOEKEND = 5.5, 1.5
"""From which score on something is shown: while somebody types, only what is likely; to who searches, more."""

_LIJKT = """select o.woord, v.taal, v.stam, v.gelijk from onbekend o cross join lateral (
        select taal, stam, greatest(similarity(w.woord, o.woord), case when
            length(w.woord) > 4 and (o.woord ^@ w.woord or right(o.woord, length(w.woord)) = w.woord)
            or length(o.woord) > 4 and w.woord ^@ o.woord then 0.8 end) as gelijk
        from kennis_woord w where w.woord %% o.woord order by gelijk desc limit 4) as v where gelijk >= 0.35"""
_LIJKT_ZONDER = """select o.woord, v.taal, v.stam, 0.5::real as gelijk from onbekend o join kennis_woord v
        on v.woord ^@ left(o.woord, greatest(4, length(o.woord) - 3)) or length(v.woord) > 4 and o.woord ^@ v.woord"""

_ZOEK = """
with stam as materialized (
    select w.woord, s.taal, s.term
    from unnest(%(woorden)s::text[]) as w(woord)
    cross join lateral (values ('nl', (ts_lexize('dutch_stem', w.woord))[1]),
        ('en', (ts_lexize('english_stem', w.woord))[1])) as s(taal, term)
    where s.term is not null
), zichtbaar as materialized (
    select id, vraagtermen from kennis_artikel where organisatie_id = %(organisatie)s and status = 'gepubliceerd'
        and (%(intern)s or voor_bewoners and geldig_tot >= %(dag)s)
), bekend as materialized (
    select s.woord, s.taal, s.term, 1::real as gelijk from stam s
    where exists (select 1 from kennis_term t where t.term = s.term and t.taal = s.taal)
), onbekend as materialized (
    select distinct woord from stam s where length(woord) > 3
        and not exists (select 1 from bekend b where b.woord = s.woord) limit 4
), lijkt as (
    {lijkt}
), term as (
    select woord, taal, term, gelijk from bekend
    union all
    select woord, taal, stam, max(gelijk * gelijk) from lijkt group by woord, taal, stam
), raak as (
    select t.artikel_id, z.vraagtermen, m.woord, t.taal, t.gewicht, m.gelijk,
        count(*) over (partition by m.woord, t.term, t.taal) as vaak
    from term m join kennis_term t on t.term = m.term and t.taal = m.taal join zichtbaar z on z.id = t.artikel_id
    where t.gewicht > 1 or %(ruim)s
), best as (
    select artikel_id, vraagtermen, woord,
        max(gewicht * gelijk * ln(1 + (50 + (select count(*) from zichtbaar)) / vaak::real)) as punten,
        bool_or(gewicht = 4 and gelijk > 0.2) as in_vraag, bool_or(gewicht > 1) as genoemd
    from raak group by artikel_id, vraagtermen, woord
), som as (
    select artikel_id, sum(punten) * (0.5 + 0.5 * least(1, count(*) filter (where in_vraag) / greatest(vraagtermen, 1)
        ::real)) as score
    from best group by artikel_id, vraagtermen having bool_or(genoemd) or %(ruim)s
)
select a.id, a.slug, a.onderwerp, a.geldig_tot, a.gecontroleerd_op, a.voor_bewoners, a.geldig_tot < %(dag)s as verlopen,
    v.vraag, v.antwoord, v.vraag_en, v.antwoord_en, v.bronnen, s.score,
    case when %(intern)s then v.interne_notitie else '' end as interne_notitie
from (select *, max(score) over () as hoogste from som) s
join kennis_artikel a on a.id = s.artikel_id join kennis_versie v on v.id = a.versie_id
where s.score >= %(grens)s and s.score >= 0.4 * s.hoogste
order by s.score desc, a.id limit %(maximum)s"""

_trigram: dict[str, bool] = {}


def heeft_trigram() -> bool:
    """Whether the database compares words by itself; asked once for each process."""
    if "is" not in _trigram:
        _trigram["is"] = bool(value("select exists (select 1 from pg_extension where extname = 'pg_trgm')"))
    return _trigram["is"]


@dataclass(frozen=True)
class Gevonden:
    """An article as a reader sees it, in the language of the reader where it is written in it. `interne_notitie` is ''
    for everybody but employees."""

    id: UUID
    slug: str
    onderwerp: str
    vraag: str
    antwoord: str
    bronnen: list[dict[str, Any]]
    taal: str
    engels: bool
    verlopen: bool
    voor_bewoners: bool
    geldig_tot: Any
    gecontroleerd_op: Any
    interne_notitie: str
    score: float = 0.0


def zoek(
    actor: Actor,
    organisatie: UUID,
    tekst: str,
    *,
    taal: str = "nl",
    intern: bool = False,
    maximum: int = 5,
    grens: float = TYPEND,
    trigram: bool | None = None,
) -> list[Gevonden]:
    """The articles of an organisation that this text asks for, the best first. `intern`: also what only employees may
    read, and what is past its day; for employees of that organisation. Raises Forbidden."""
    if intern:
        mag_intern(actor, organisatie)
    gezocht = zoekwoorden(tekst)
    if not gezocht:
        return []
    lijkt = _LIJKT if (heeft_trigram() if trigram is None else trigram) else _LIJKT_ZONDER
    params = {
        "woorden": gezocht,
        "organisatie": organisatie,
        "intern": intern,
        "dag": today(),
        "ruim": grens < TYPEND,
        "grens": grens,
        "maximum": maximum,
    }
    return [gevonden(rij, taal) for rij in rows(_ZOEK.format(lijkt=lijkt), params)]


def mag_intern(actor: Actor, organisatie: UUID) -> None:
    """Raises Forbidden for who may not read what is for colleagues."""
    actor.require(LEZEN)
    if actor.kind != "systeem" and actor.organisatie != organisatie:
        raise Forbidden("These articles are of another organisation.")


def gevonden(rij: dict[str, Any], taal: str) -> Gevonden:
    """One row as a reader sees it."""
    engels = bool(rij["vraag_en"])
    in_en = taal == "en" and engels
    return Gevonden(
        **{
            naam: rij[naam]
            for naam in ("id", "slug", "onderwerp", "bronnen", "verlopen", "voor_bewoners", "geldig_tot")
        },
        gecontroleerd_op=rij["gecontroleerd_op"],
        vraag=rij["vraag_en" if in_en else "vraag"],
        antwoord=rij["antwoord_en" if in_en else "antwoord"],
        taal="en" if in_en else "nl",
        engels=engels,
        interne_notitie=rij["interne_notitie"],
        score=float(rij.get("score") or 0),
    )
