"""Finding zaken: one, by its key or number; what is near; what contains words; what is a resident's own."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import row, rows
from loket.foundation.errors import NotFound
from loket.registers.zaken import rules
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.queries.zicht import zichtbaar

_PUBLIEK = (
    "exists (select 1 from catalogi_zaaktype pz where pz.id = z.zaaktype_id and pz.publicatie_indicatie)"
    " and z.va_rang <= 2"
)


@dataclass(frozen=True)
class Treffer:
    """A zaak as searches give it. `afstand` in metres, only when searched by place."""

    id: UUID
    organisatie: UUID
    identificatie: str
    zaaktype: str
    zaaktype_naam: str
    omschrijving: str
    plek: str
    x: float | None
    y: float | None
    startdatum: date
    einddatum: date | None
    aangemaakt_op: datetime
    status: str
    afstand: float | None = None


_TREFFER = """z.id, z.organisatie_id as organisatie, z.identificatie, zt.identificatie as zaaktype,
    zt.omschrijving as zaaktype_naam, z.omschrijving, z.plek, z.x, z.y, z.startdatum, z.einddatum, z.aangemaakt_op,
    coalesce(st.omschrijving, '') as status"""
_VAN = """from zaken_zaak z join catalogi_zaaktype zt on zt.id = z.zaaktype_id
    left join zaken_status s on s.id = z.status_id left join catalogi_statustype st on st.id = s.statustype_id"""


def haal_zaak(actor: Actor, zaak: UUID | str, handeling: str = rules.LEZEN) -> Zaak:
    """The zaak with this key, or with this number: of the actor's own organisation first, then the oldest. With its
    zaaktype, status, resultaat and row in the work list (`zaak.werk`, absent when closed) at hand. Raises NotFound when
    there is none, or none that the actor may do `handeling` with."""
    waar, params = zichtbaar(actor, handeling)
    sleutel = _sleutel(zaak)
    welke = "z.id = %(zaak)s" if isinstance(sleutel, UUID) else "z.identificatie = %(zaak)s"
    found = row(
        f"select z.id from zaken_zaak z where {welke} and {waar}"
        " order by (z.organisatie_id is not distinct from %(eigen)s::uuid) desc, z.aangemaakt_op limit 1",
        {"zaak": sleutel, "eigen": actor.organisatie, **params},
    )
    if found is None:
        raise NotFound("No such zaak.")
    return _met_alles().get(id=found["id"])


def haal_zaken(actor: Actor, zaken: Collection[str], handeling: str = rules.LEZEN) -> dict[str, Zaak]:
    """For each of these keys or numbers the zaak that `haal_zaak` gives, in two statements for all of them; without
    those for which it finds none."""
    waar, params = zichtbaar(actor, handeling)
    sleutels = {gevraagd: _sleutel(gevraagd) for gevraagd in zaken}
    found = rows(
        "select z.id, z.identificatie from zaken_zaak z"
        f" where (z.id = any(%(ids)s) or z.identificatie = any(%(nummers)s)) and {waar}"
        " order by (z.organisatie_id is not distinct from %(eigen)s::uuid) desc, z.aangemaakt_op",
        {
            "ids": [sleutel for sleutel in sleutels.values() if isinstance(sleutel, UUID)],
            "nummers": [sleutel for sleutel in sleutels.values() if isinstance(sleutel, str)],
            "eigen": actor.organisatie,
            **params,
        },
    )
    eerste: dict[UUID | str, UUID] = {}
    for gevonden in found:
        eerste[gevonden["id"]] = gevonden["id"]
        eerste.setdefault(gevonden["identificatie"], gevonden["id"])
    per_id = _met_alles().in_bulk({eerste[sleutel] for sleutel in sleutels.values() if sleutel in eerste})
    return {gevraagd: per_id[eerste[sleutel]] for gevraagd, sleutel in sleutels.items() if sleutel in eerste}


def mag(actor: Actor, handeling: str, zaak: UUID) -> bool:
    """Whether the actor may do `handeling` with this zaak."""
    waar, params = zichtbaar(actor, handeling)
    return row(f"select 1 from zaken_zaak z where z.id = %(zaak)s and {waar}", {"zaak": zaak, **params}) is not None


def zoek(actor: Actor, tekst: str, limiet: int = 25) -> list[Treffer]:
    """Zaken whose number, subject, explanation or place contain all words of `tekst` (Dutch word forms; the last word
    may be unfinished). A whole number comes first, then the newest."""
    woorden = re.findall(r"\w+", tekst)
    if not woorden:
        return []
    waar, params = zichtbaar(actor, rules.LEZEN)
    found = rows(
        f"select {_TREFFER} {_VAN}"
        " where (z.zoek @@ (websearch_to_tsquery('dutch', %(tekst)s) || to_tsquery('simple', %(begin)s))"
        f" or z.identificatie = %(nummer)s) and {waar}"
        " order by (z.identificatie = %(nummer)s) desc, z.aangemaakt_op desc limit %(limiet)s",
        {
            "tekst": tekst.replace("\x00", " "),
            "begin": " & ".join(woorden).lower() + ":*",
            "nummer": tekst.strip().upper().replace("\x00", ""),
            "limiet": limiet,
            **params,
        },
    )
    return [Treffer(**gevonden) for gevonden in found]


def in_de_buurt(
    actor: Actor,
    *,
    x: float,
    y: float,
    straal: float,
    zaaktypen: Collection[str] = (),
    sinds: date | None = None,
    alleen_open: bool = True,
    limiet: int = 10,
) -> list[Treffer]:
    """Zaken within `straal` metres of a point (RD), nearest first; likely duplicates when of the same kind.

    An employee sees what he or she may read. Anybody else sees only zaken of a zaaktype with publicatie_indicatie and
    at most beperkt openbaar; their `omschrijving` and `plek` may be words of another resident: show the kind, date and
    distance to the public, not the text.
    """
    waar, params = zichtbaar(actor, rules.LEZEN) if actor.kind in ("medewerker", "systeem") else (_PUBLIEK, {})
    delen = [
        "z.x is not null",
        "point(z.x, z.y) <@ box(point(%(x)s::float8 - %(straal)s::float8, %(y)s::float8 - %(straal)s::float8),"
        " point(%(x)s::float8 + %(straal)s::float8, %(y)s::float8 + %(straal)s::float8))",
        "point(z.x, z.y) <-> point(%(x)s::float8, %(y)s::float8) <= %(straal)s::float8",
        waar,
    ]
    params |= {"x": x, "y": y, "straal": straal, "limiet": limiet}
    if zaaktypen:
        delen.append("zt.identificatie = any(%(zaaktypen)s)")
        params["zaaktypen"] = list(zaaktypen)
    if sinds:
        delen.append("z.startdatum >= %(sinds)s")
        params["sinds"] = sinds
    if alleen_open:
        delen.append("z.einddatum is null")
    found = rows(
        f"select {_TREFFER}, point(z.x, z.y) <-> point(%(x)s::float8, %(y)s::float8) as afstand {_VAN}"
        f" where {' and '.join(delen)} order by afstand, z.id limit %(limiet)s",
        params,
    )
    return [Treffer(**gevonden) for gevonden in found]


def zaken_van_bewoner(actor: Actor, limiet: int = 100) -> list[dict[str, Any]]:
    """The zaken of a resident (or of the holder of a link) in all organisations, the newest first: the fields of
    `Treffer`, with `organisatie_naam`, `statustekst`, `antwoord_voor` (None when closed), `resultaat` and
    `resultaat_toelichting`."""
    if actor.kind not in ("bewoner", "link"):
        return []
    waar, params = zichtbaar(actor, rules.LEZEN)
    return rows(
        f"select {_TREFFER}, o.naam as organisatie_naam, coalesce(st.statustekst, '') as statustekst, w.antwoord_voor,"
        " coalesce(rt.omschrijving, '') as resultaat, coalesce(r.toelichting, '') as resultaat_toelichting"
        f" {_VAN} join loket_identity_organisatie o on o.id = z.organisatie_id"
        " left join zaken_werkvoorraad w on w.zaak_id = z.id left join zaken_resultaat r on r.zaak_id = z.id"
        " and z.einddatum is not null left join catalogi_resultaattype rt on rt.id = r.resultaattype_id"
        f" where {waar} order by z.aangemaakt_op desc, z.id desc limit %(limiet)s",
        {"limiet": limiet, **params},
    )


def verwante_zaken(actor: Actor, zaak: UUID) -> list[dict[str, Any]]:
    """The zaken related to one that the actor may see: id, identificatie, aard_relatie, organisatie_naam, and, when the
    actor may see it too (`zichtbaar`), omschrijving, zaaktype_naam and einddatum (else empty)."""
    if not mag(actor, rules.LEZEN, zaak):
        raise NotFound("No such zaak.")
    waar, params = zichtbaar(actor, rules.LEZEN)
    return rows(
        "select a.id, a.identificatie, rel.aard_relatie, o.naam as organisatie_naam, v.ja as zichtbaar,"
        " case when v.ja then a.omschrijving else '' end as omschrijving,"
        " case when v.ja then zt.omschrijving else '' end as zaaktype_naam,"
        " case when v.ja then a.einddatum end as einddatum"
        " from zaken_zaakrelatie rel join zaken_zaak a on a.id = rel.andere_zaak_id"
        " join loket_identity_organisatie o on o.id = a.organisatie_id"
        " join catalogi_zaaktype zt on zt.id = a.zaaktype_id"
        f" cross join lateral (select exists (select 1 from zaken_zaak z where z.id = a.id and {waar}) as ja) v"
        " where rel.zaak_id = %(zaak)s order by rel.registratiedatum, rel.id",
        {"zaak": zaak, **params},
    )


def rollen(actor: Actor, zaak: UUID) -> list[dict[str, Any]]:
    """The employees and teams with a role in a zaak: omschrijving, omschrijving_generiek, medewerker, team, naam,
    functietitel. Residents stand in `klanten.queries.betrokkenen`, because reading them is a use of personal data."""
    if not mag(actor, rules.LEZEN, zaak):
        raise NotFound("No such zaak.")
    return rows(
        "select r.id, r.omschrijving, r.omschrijving_generiek, r.medewerker_id as medewerker, r.team_id as team,"
        " coalesce(g.naam, t.naam) as naam, coalesce(g.functietitel, '') as functietitel from zaken_rol r"
        " left join loket_identity_gebruiker g on g.id = r.medewerker_id"
        " left join loket_identity_team t on t.id = r.team_id"
        " where r.zaak_id = %(zaak)s and r.partij_id is null and coalesce(g.id, t.id) is not null"
        " order by r.registratiedatum, r.id",
        {"zaak": zaak},
    )


def _met_alles() -> QuerySet[Zaak]:
    return Zaak.objects.select_related(
        "zaaktype", "organisatie", "status__statustype", "resultaat__resultaattype", "werk"
    )


def _sleutel(zaak: UUID | str) -> UUID | str:
    if isinstance(zaak, UUID):
        return zaak
    try:
        return UUID(zaak)
    except ValueError:
        return zaak.replace("\x00", "")
