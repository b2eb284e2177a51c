"""Is this known already? Open reports nearby, as everybody may see them: never a word that a resident wrote."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from loket.foundation.database.sql import rows
from loket.foundation.time.clock import now
from loket.services.reacties import rules
from loket.services.reacties.catalogus import CATEGORIE, PLEK_WOORDEN
from loket.services.reacties.categorieen import categorie
from loket.services.reacties.queries.woorden import eerste_bericht

MAX_GETOOND = 3
VERSCHILLEND = 0.5
"""Words that two reports of different categories must share to be offered as the same."""


@dataclass(frozen=True)
class Bekend:
    """An open report: its subject by category, the street, when it came, how far it is. No words of a resident."""

    id: UUID
    onderwerp: str
    plek: str
    gemeld_op: datetime
    status: str
    antwoord_voor: date
    x: float
    y: float
    gelijkenis: float


# first the open work near the point, by its own index: at a spot with years of history, few of all zaken are open
_SQL = f"""
with dichtbij as materialized (
    select w.zaak_id, w.plek, w.x, w.y, w.antwoord_voor, point(w.x, w.y) <-> point(%(x)s, %(y)s) as afstand
    from zaken_werkvoorraad w
    where w.x is not null and point(w.x, w.y) <@ circle(point(%(x)s, %(y)s), %(straal)s)
      and w.organisatie_id = %(organisatie)s and w.zaaktype = 'melding' and w.ontvangen_op > %(sinds)s
    order by point(w.x, w.y) <-> point(%(x)s, %(y)s) limit 25)
select d.zaak_id as id, d.x, d.y, d.plek, z.aangemaakt_op, d.antwoord_voor,
    (select st.omschrijving from zaken_status s join catalogi_statustype st on st.id = s.statustype_id
     where s.id = z.status_id) as status,
    (select c.waarde from zaken_zaakeigenschap c where c.zaak_id = z.id and c.naam = %(categorie)s) as categorie,
    (select p.waarde from zaken_zaakeigenschap p where p.zaak_id = z.id and p.naam = %(woorden)s) as woorden,
    {eerste_bericht("z.id")} as tekst
from dichtbij d join zaken_zaak z on z.id = d.zaak_id order by d.afstand"""


def bekend_in_de_buurt(organisatie: UUID, tekst: str, categorie_code: str, x: float, y: float) -> list[Bekend]:
    """At most three open reports within the radius of the category that seem to be about the same, the likeliest first.

    The words of earlier reports are compared here and never leave this function.
    """
    gevonden = rows(
        _SQL,
        {
            "organisatie": organisatie,
            "x": x,
            "y": y,
            "straal": float(rules.straal(categorie_code)),
            "sinds": now() - timedelta(weeks=rules.ZELFDE_WEKEN),
            "categorie": CATEGORIE,
            "woorden": PLEK_WOORDEN,
        },
    )
    gelijk = []
    for rij in gevonden:
        soort = rij["categorie"] or ""
        zelfde = bool(categorie_code) and soort == categorie_code
        andere = bool(categorie_code and soort) and not zelfde
        hoe = rules.gelijkenis(tekst, rij["tekst"] or "", zelfde_categorie=zelfde)
        if hoe >= (VERSCHILLEND if andere else rules.MIN_GELIJKENIS):
            gekozen = categorie("melding", soort)
            eigen_woorden = rij["woorden"] and rules.eerste_woorden(rij["woorden"], 200) == rij["plek"]
            gelijk.append(
                Bekend(
                    rij["id"],
                    str(gekozen.naam) if gekozen is not None and gekozen.kort else "",
                    "" if eigen_woorden else rij["plek"],
                    rij["aangemaakt_op"],
                    rij["status"] or "",
                    rij["antwoord_voor"],
                    rij["x"],
                    rij["y"],
                    hoe,
                )
            )
    return sorted(gelijk, key=lambda each: -each.gelijkenis)[:MAX_GETOOND]
