"""What can be asked about articles. What a resident may see is decided here, in each statement."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import row, rows, value
from loket.foundation.errors import NotFound
from loket.foundation.time.clock import today
from loket.services.kennis.models import Instelling
from loket.services.kennis.rules import LEZEN
from loket.services.kennis.zoek import Gevonden, gevonden

_OPENBAAR = "a.status = 'gepubliceerd' and a.voor_bewoners and a.geldig_tot >= %(dag)s"
_KOLOMMEN = """a.id, a.slug, a.onderwerp, a.geldig_tot, a.gecontroleerd_op, a.voor_bewoners,
    a.geldig_tot < %(dag)s as verlopen, v.vraag, v.antwoord, v.vraag_en, v.antwoord_en, v.bronnen"""


def instelling(organisatie: UUID) -> Instelling:
    """How an organisation keeps its articles; the defaults when it never said so."""
    return Instelling.objects.filter(organisatie_id=organisatie).first() or Instelling(organisatie_id=organisatie)


# --- for everybody -------------------------------------------------------------------------------------


def openbaar(organisatie: UUID, slug: str, taal: str) -> Gevonden:
    """An article that a resident may see. Raises NotFound for every other."""
    rij = row(
        f"select {_KOLOMMEN}, '' as interne_notitie from kennis_artikel a join kennis_versie v on v.id = a.versie_id"
        f" where a.organisatie_id = %(organisatie)s and a.slug = %(slug)s and {_OPENBAAR}",
        {"organisatie": organisatie, "slug": slug, "dag": today()},
    )
    if rij is None:
        raise NotFound("No such article.")
    return gevonden(rij, taal)


def per_onderwerp(organisatie: UUID, taal: str) -> dict[str, list[tuple[str, str]]]:
    """Everything that a resident may see, by subject: address and question."""
    gelezen = rows(
        "select a.onderwerp, a.slug, case when %(en)s and v.vraag_en <> '' then v.vraag_en else v.vraag end as vraag"
        " from kennis_artikel a join kennis_versie v on v.id = a.versie_id"
        f" where a.organisatie_id = %(organisatie)s and {_OPENBAAR} order by a.onderwerp, vraag",
        {"organisatie": organisatie, "dag": today(), "en": taal == "en"},
    )
    uit: dict[str, list[tuple[str, str]]] = {}
    for rij in gelezen:
        uit.setdefault(rij["onderwerp"], []).append((rij["slug"], rij["vraag"]))
    return uit


# --- for employees -------------------------------------------------------------------------------------

WEERGAVEN = ("alle", "mijn", "verlopen", "bijna", "voorstellen", "concepten", "ingetrokken")
"""The lists of the workbench: everything that readers see, and what asks for work."""

_WAAR = {
    "alle": "a.status = 'gepubliceerd'",
    "mijn": "a.eigenaar_id = any(%(ik)s) and a.status <> 'ingetrokken'",
    "verlopen": "a.status = 'gepubliceerd' and a.geldig_tot < %(dag)s",
    "bijna": "a.status = 'gepubliceerd' and a.geldig_tot between %(dag)s and %(straks)s",
    "voorstellen": "a.status = 'gepubliceerd' and c.id is not null",
    "concepten": "a.status = 'concept'",
    "ingetrokken": "a.status = 'ingetrokken'",
}


def lijst(actor: Actor, weergave: str, onderwerp: str = "") -> list[dict[str, Any]]:
    """The articles of the own organisation in one of the `WEERGAVEN`, with owner and numbers. Raises Forbidden."""
    actor.require(LEZEN)
    return rows(
        "select a.id, a.slug, a.onderwerp, a.status, a.geldig_tot, a.voor_bewoners, g.naam as eigenaar, t.naam as team,"
        " coalesce(c.vraag, v.vraag) as vraag, c.nummer as voorstel, a.geldig_tot < %(dag)s as verlopen,"
        " coalesce(o.ja, 0) as ja, coalesce(o.nee, 0) as nee"
        " from kennis_artikel a left join kennis_versie v on v.id = a.versie_id"
        " left join kennis_versie c on c.artikel_id = a.id and c.stand = 'concept'"
        " join loket_identity_gebruiker g on g.id = a.eigenaar_id join loket_identity_team t on t.id = a.team_id"
        " left join lateral (select sum(ja) as ja, sum(nee) as nee from kennis_oordeel"
        "  where artikel_id = a.id) o on true"
        f" where a.organisatie_id = %(organisatie)s and {_WAAR[weergave]}"
        " and (%(onderwerp)s = '' or a.onderwerp = %(onderwerp)s)"
        " order by a.geldig_tot, vraag",
        _params(actor) | {"onderwerp": onderwerp},
    )


def tellingen(actor: Actor) -> dict[str, int]:
    """How many articles stand in each of the `WEERGAVEN`. Raises Forbidden."""
    actor.require(LEZEN)
    kolommen = ", ".join(f'count(*) filter (where {waar}) as "{naam}"' for naam, waar in _WAAR.items())
    return (
        row(
            f"select {kolommen} from kennis_artikel a left join kennis_versie c on c.artikel_id = a.id"
            " and c.stand = 'concept' where a.organisatie_id = %(organisatie)s",
            _params(actor),
        )
        or {}
    )


def aantal_verlopen(actor: Actor) -> int:
    """How many articles of the own organisation residents no longer see because their day passed."""
    aantal: int = value(
        "select count(*) from kennis_artikel where organisatie_id = %s and status = 'gepubliceerd' and geldig_tot < %s",
        (actor.organisatie, today()),
    )
    return aantal


def _params(actor: Actor) -> dict[str, Any]:
    assert actor.organisatie is not None
    return {
        "organisatie": actor.organisatie,
        "dag": today(),
        "straks": today() + timedelta(days=instelling(actor.organisatie).herinner_dagen),
        "ik": [actor.id, *actor.vervangt],
    }


def artikel(actor: Actor, id: UUID) -> dict[str, Any]:
    """One article of the own organisation with owner and team. Raises Forbidden, NotFound."""
    actor.require(LEZEN)
    gevonden = row(
        "select a.id, a.slug, a.onderwerp, a.status, a.geldig_tot, a.gecontroleerd_op, a.voor_bewoners, a.eigenaar_id,"
        " a.team_id, a.versie_id, g.naam as eigenaar, g.functietitel, g.is_active as eigenaar_werkt, t.naam as team,"
        " a.geldig_tot < %(dag)s as verlopen from kennis_artikel a"
        " join loket_identity_gebruiker g on g.id = a.eigenaar_id join loket_identity_team t on t.id = a.team_id"
        " where a.id = %(id)s and a.organisatie_id = %(organisatie)s",
        {"id": id, "organisatie": actor.organisatie, "dag": today()},
    )
    if gevonden is None:
        raise NotFound("No such article.")
    return gevonden


def versies(actor: Actor, id: UUID) -> list[dict[str, Any]]:
    """Every version of an article of the own organisation, the last first. Raises Forbidden."""
    actor.require(LEZEN)
    return rows(
        "select v.*, coalesce(g.naam, '') as wie, coalesce(b.naam, '') as besloten_wie from kennis_versie v"
        " join kennis_artikel a on a.id = v.artikel_id"
        " left join loket_identity_gebruiker g on g.id = v.door_id"
        " left join loket_identity_gebruiker b on b.id = v.besloten_door_id"
        " where v.artikel_id = %s and a.organisatie_id = %s order by v.nummer desc",
        (id, actor.organisatie),
    )


def in_te_voegen(actor: Actor, id: UUID) -> dict[str, Any] | None:
    """What an employee puts in an answer: an article that holds, of the own organisation; None when there is none."""
    if not actor.may(LEZEN):
        return None
    return row(
        "select a.slug, a.voor_bewoners, v.antwoord, v.antwoord_en from kennis_artikel a"
        " join kennis_versie v on v.id = a.versie_id where a.id = %s and a.organisatie_id = %s"
        " and a.status = 'gepubliceerd' and a.geldig_tot >= %s",
        (id, actor.organisatie, today()),
    )


def cijfers(actor: Actor, id: UUID) -> dict[str, Any]:
    """How often an article helped and did not, this year and ever, and what people wrote. Raises Forbidden."""
    actor.require(LEZEN)
    geteld = (
        row(
            "select coalesce(sum(ja), 0) as ja, coalesce(sum(nee), 0) as nee,"
            " coalesce(sum(ja) filter (where dag > %(grens)s), 0) as ja_nu,"
            " coalesce(sum(nee) filter (where dag > %(grens)s), 0) as nee_nu"
            " from kennis_oordeel o join kennis_artikel a on a.id = o.artikel_id"
            " where o.artikel_id = %(id)s and a.organisatie_id = %(organisatie)s",
            {"id": id, "organisatie": actor.organisatie, "grens": today() - timedelta(days=90)},
        )
        or {}
    )
    opmerkingen = rows(
        "select m.dag, m.geholpen, m.tekst from kennis_opmerking m join kennis_artikel a on a.id = m.artikel_id"
        " where m.artikel_id = %s and a.organisatie_id = %s order by m.dag desc, m.id desc limit 30",
        (id, actor.organisatie),
    )
    return {**geteld, "opmerkingen": opmerkingen}


def onderwerpen(actor: Actor) -> list[str]:
    """The subjects that the own organisation uses."""
    gelezen = rows(
        "select distinct onderwerp from kennis_artikel where organisatie_id = %s order by onderwerp",
        (actor.organisatie,),
    )
    return [rij["onderwerp"] for rij in gelezen]


def teams(actor: Actor) -> list[dict[str, Any]]:
    """The teams of the own organisation: id and naam."""
    return rows(
        "select id, naam from loket_identity_team where organisatie_id = %s order by lijn, naam", (actor.organisatie,)
    )
