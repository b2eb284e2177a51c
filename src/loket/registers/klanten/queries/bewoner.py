"""What the organisations on this Loket know of the resident who asks."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from loket.foundation.audit.use import Use
from loket.foundation.errors import Forbidden
from loket.registers.klanten.queries.gebruik import met_gebruik


@dataclass(frozen=True)
class Adres:
    """An e-mail address or telephone number (`soort`). `gebounced`: mail to it came back."""

    soort: str
    adres: str
    standaard: bool
    gebounced: bool


@dataclass(frozen=True)
class EigenPartij:
    """Who the resident is in the file of one organisation."""

    id: UUID
    organisatie: UUID
    organisatie_naam: str
    naam: str
    taal: str
    voorkeurskanaal: str
    adressen: tuple[Adres, ...]


_EIGEN = """select p.id, p.organisatie_id as organisatie, o.naam as organisatie_naam, p.naam, p.taal,
    p.voorkeurskanaal, p.pseudoniem, o.hoofd,
    coalesce((select jsonb_agg(jsonb_build_array(a.soort_digitaal_adres, a.adres, a.is_standaard_adres,
            a.status = 'gebounced') order by a.soort_digitaal_adres, a.is_standaard_adres desc, a.gewijzigd_op desc)
        from klanten_digitaaladres a where a.partij_id = p.id), '[]') as adressen
from klanten_partij p join loket_identity_organisatie o on o.id = p.organisatie_id
where p.pseudoniem = %(wie)s and p.indicatie_actief"""


def eigen_partijen(use: Use) -> list[EigenPartij]:
    """Who the actor is in the files of all organisations, the main one first. Writes one data-use line. Raises
    Forbidden for anybody but a resident who logged in."""
    if use.actor.kind != "bewoner" or not use.actor.pseudoniem:
        raise Forbidden("Only a resident who logged in may ask what is known of oneself.")
    found: list[dict[str, Any]] = met_gebruik(
        use, _EIGEN, {"wie": use.actor.pseudoniem}, "order by g.hoofd desc, g.organisatie_naam"
    )
    return [
        EigenPartij(
            **{name: value for name, value in line.items() if name not in ("adressen", "hoofd")},
            adressen=tuple(Adres(*adres) for adres in line["adressen"]),
        )
        for line in found
    ]
