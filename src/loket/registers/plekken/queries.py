"""What can be asked about places. Public data: nothing here is about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import hypot
from typing import Any
from uuid import UUID

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import Point

from loket.foundation.database.sql import row, rows, value
from loket.registers.plekken import kiezer, rules
from loket.registers.plekken.velden import vak_tekst

GELIJKENIS = 0.32
"""How alike two names must be (trigrams in common, 0..1) for one to be taken for the other."""


@dataclass(frozen=True)
class Treffer:
    """A place that was found: `soort` is 'adres', 'straat' or 'plek'; `id` is the key of that row."""

    soort: str
    id: UUID
    tekst: str
    x: float
    y: float


@dataclass(frozen=True)
class Nabij:
    """Where a point is, in words. `tekst`: 'Kastanjelaan, bij nummer 12'; `detail`: 'Op de stoep, kant van de even
    nummers' (may be empty). The nearest address, and how many metres away it is."""

    tekst: str
    detail: str
    straat: str
    huisnummer: str
    adres_id: UUID
    afstand: float


@dataclass(frozen=True)
class Verantwoordelijk:
    """Which organisation is responsible, and through which area: a hint that an employee may overrule."""

    organisatie: UUID
    naam: str
    gebied: str


def zoek_adres(tekst: str, maximum: int = 8) -> list[Treffer]:
    """Addresses, streets and named places for what somebody typed, the likeliest first; empty when nothing is like it.

    Understands the begin of a name, typing errors, 'Kastanjelaan 12 Lindewaard' and '1999 SS 12'.
    """
    vraag = rules.ontleed(tekst)
    if vraag.postcode:
        gevonden = _adressen("a.postcode = %(postcode)s", vraag, maximum, postcode=vraag.postcode)
        if gevonden or not vraag.straat:
            return gevonden
    if len(vraag.straat) < 2:
        return []
    namen = _namen(vraag.straat, maximum)
    straten = [n for n in namen if n["soort"] == "straat"]
    treffers: list[Treffer] = []
    if vraag.huisnummer is not None and straten:
        besten = [n["id"] for n in straten if n["score"] >= straten[0]["score"] - 0.2][:3]
        treffers = _adressen("a.straat_id = any(%(straten)s)", vraag, maximum, straten=besten)
    punten = _straatpunten([n["id"] for n in straten]) if len(treffers) < maximum else {}
    for n in namen:
        x, y = punten.get(n["id"], (n["x"], n["y"]))
        if x is not None and not (treffers and vraag.huisnummer is not None):
            treffers.append(Treffer(n["soort"], n["id"], n["naam"], x, y))
    return treffers[:maximum]


def adres(adres_id: UUID) -> Treffer | None:
    """One address by its key."""
    gevonden = rows(_ADRES.format(waar="a.id = %(id)s", volgorde="a.id"), {"id": adres_id, "maximum": 1})
    return _treffer(gevonden[0]) if gevonden else None


_ADRES = """
select a.id, s.naam as straat, a.huisnummer, a.letter, a.postcode, a.woonplaats, a.x, a.y
from plekken_adres a join plekken_straat s on s.id = a.straat_id where {waar} order by {volgorde} limit %(maximum)s"""


def _adressen(waar: str, vraag: rules.Zoekvraag, maximum: int, **params: Any) -> list[Treffer]:
    if vraag.huisnummer is not None:
        waar += " and a.huisnummer::text like %(begin)s"
    volgorde = "a.huisnummer <> %(nummer)s, a.letter <> %(letter)s, a.huisnummer, a.letter, s.naam"
    params |= {"nummer": vraag.huisnummer or 0, "letter": vraag.letter, "begin": f"{vraag.huisnummer}%"}
    gevonden = rows(_ADRES.format(waar=waar, volgorde=volgorde), {**params, "maximum": maximum})
    if vraag.letter and any(r["letter"] == vraag.letter and r["huisnummer"] == vraag.huisnummer for r in gevonden):
        gevonden = [r for r in gevonden if r["letter"] == vraag.letter and r["huisnummer"] == vraag.huisnummer]
    return [_treffer(r) for r in gevonden]


def _treffer(r: Mapping[str, Any]) -> Treffer:
    postcode = f"{r['postcode'][:4]} {r['postcode'][4:]}"
    tekst = f"{r['straat']} {r['huisnummer']}{r['letter']}, {postcode} {r['woonplaats']}"
    return Treffer("adres", r["id"], tekst, r["x"], r["y"])


_NAMEN = """
with n as (
    select 'straat' as soort, id, naam, zoeknaam, null::float as x, null::float as y from plekken_straat where rang < 9
    union all select 'plek', id, naam, zoeknaam, x, y from plekken_benoemdeplek)
select soort, id, naam, x, y, {score} as score from n where {waar}
order by score desc, soort desc, length(naam), naam limit %(maximum)s"""
_BEGIN = "zoeknaam like %(begin)s or zoeknaam like %(woord)s"


def _namen(naam: str, maximum: int, trigram: bool | None = None) -> list[dict[str, Any]]:
    """Streets and named places like this name, each with a score: 2 the same, 1.5 its begin, 1.2 begin of a word,
    below 1 how alike it is."""
    params = {"naam": naam, "begin": f"{naam}%", "woord": f"% {naam}%", "maximum": maximum, "grens": GELIJKENIS}
    score = "case when zoeknaam = %(naam)s then 2 when zoeknaam like %(begin)s then 1.5 else 1.2 end::float"
    raak = rows(_NAMEN.format(score=score, waar=_BEGIN), params)
    if raak:
        return raak
    if heeft_trigram() if trigram is None else trigram:
        return rows(_NAMEN.format(score="similarity(zoeknaam, %(naam)s)::float",
                                  waar="similarity(zoeknaam, %(naam)s) > %(grens)s"), params)  # fmt: skip
    alle = rows(_NAMEN.format(score="length(zoeknaam)::float", waar="true"), params | {"maximum": 100_000})
    for n in alle:
        n["score"] = SequenceMatcher(None, rules.zoeknaam(n["naam"]), naam).ratio()
    return sorted((n for n in alle if n["score"] > 0.7), key=lambda n: (-n["score"], n["naam"]))[:maximum]


def heeft_trigram() -> bool:
    """Whether the database can compare names by itself (pg_trgm)."""
    return bool(value("select exists (select 1 from pg_extension where extname = 'pg_trgm')"))


def _straatpunten(straten: list[UUID]) -> dict[UUID, tuple[float, float]]:
    """The middle of each street, on the street."""
    uit = {}
    for r in rows("select id, vorm from plekken_straat where id = any(%(ids)s)", {"ids": straten}):
        lijn = shapely.from_wkb(bytes(r["vorm"]))
        langste = max(getattr(lijn, "geoms", [lijn]), key=lambda g: g.length)
        midden = langste.interpolate(0.5, normalized=True)
        uit[r["id"]] = (midden.x, midden.y)
    return uit


_ROND = """
(select 'adres' as wat, a.id, s.naam, a.huisnummer, a.letter, '' as soort, a.x, a.y, null::bytea as vorm
    from plekken_adres a join plekken_straat s on s.id = a.straat_id
    order by point(a.x, a.y) <-> point(%(x)s, %(y)s) limit 1)
union all select 'weg', w.straat_id, coalesce(s.naam, ''), null, null, w.soort, null, null, w.vorm
    from plekken_wegdeel w left join plekken_straat s on s.id = w.straat_id where w.vak && %(vak)s::box
union all select 'water', id, naam, null, null, soort, null, null, vorm from plekken_waterdeel where vak && %(vak)s::box
union all select 'groen', id, naam, null, null, soort, null, null, vorm from plekken_groenvlak where vak && %(vak)s::box
union all (select 'plek', id, naam, null, null, soort, x, y, null from plekken_benoemdeplek
    where soort in ('duiker', 'brug', 'sluis', 'gemaal') and point(x, y) <@ circle(point(%(x)s, %(y)s), 14)
    order by point(x, y) <-> point(%(x)s, %(y)s) limit 1)"""
_IN_STRAAT = """
select a.id, s.naam, a.huisnummer, a.letter, a.x, a.y from plekken_adres a join plekken_straat s on s.id = a.straat_id
where a.straat_id = %(straat)s order by point(a.x, a.y) <-> point(%(x)s, %(y)s) limit 1"""


def dichtstbijzijnde_adres(x: float, y: float) -> Nabij | None:
    """Where a point (RD metres) is, in words; None when no address is within 2 km.

    A point on a street gets the nearest number of that street, whatever stands round the corner.
    """
    rond = rows(_ROND, {"x": x, "y": y, "vak": vak_tekst((x, y, x, y))})
    dichtst = next((r for r in rond if r["wat"] == "adres"), None)
    if dichtst is None or hypot(dichtst["x"] - x, dichtst["y"] - y) > 2000:
        return None
    punt = Point(x, y)
    onder = {r["wat"]: r for r in rond if r["vorm"] and shapely.from_wkb(bytes(r["vorm"])).intersects(punt)}
    plek = next((r for r in rond if r["wat"] == "plek"), None)
    weg = onder.get("weg")
    if weg and weg["id"] and weg["soort"] != "spoor":
        dichtst = row(_IN_STRAAT, {"straat": weg["id"], "x": x, "y": y}) or dichtst
    afstand = hypot(dichtst["x"] - x, dichtst["y"] - y)
    nummer = f"{dichtst['huisnummer']}{dichtst['letter']}"
    zin = rules.BIJ_NUMMER if afstand <= rules.NABIJ_METER else rules.IN_DE_BUURT
    detail = _detail(onder, plek, dichtst["huisnummer"] % 2 == 0)
    tekst = zin % {"straat": dichtst["naam"], "nummer": nummer}
    return Nabij(tekst, detail, dichtst["naam"], nummer, dichtst["id"], round(afstand, 1))


def _detail(onder: Mapping[str, Mapping[str, Any]], plek: Mapping[str, Any] | None, even: bool) -> str:
    if plek is not None:
        return _("Bij: %(naam)s") % {"naam": plek["naam"]}
    if weg := onder.get("weg"):
        if weg["soort"] == "stoep":
            return _("Op de stoep, kant van de even nummers") if even else _("Op de stoep, kant van de oneven nummers")
        zinnen = {
            "spoor": _("Op het spoor"),
            "fietspad": _("Op het fietspad: %(naam)s"),
            "berm": _("In de berm van de %(naam)s"),
        }
        return zinnen.get(weg["soort"], _("Op de weg")) % {"naam": weg["naam"]}
    if water := onder.get("water"):
        return _("In het water: %(naam)s") % {"naam": water["naam"]} if water["naam"] else _("In het water")
    if groen := onder.get("groen"):
        return _("In het groen: %(naam)s") % {"naam": groen["naam"]} if groen["naam"] else _("In het groen")
    return ""


_BESTUUR = """
select g.organisatie_id, o.naam as organisatie, g.naam, g.vorm from plekken_bestuursgebied g
join loket_identity_organisatie o on o.id = g.organisatie_id
where g.vak && %(vak)s::box and (g.onderwerpen = '{}' or %(onderwerp)s = any(g.onderwerpen))
order by g.voorrang desc, g.id"""


def verantwoordelijke(x: float, y: float, onderwerp: str = "") -> Verantwoordelijk | None:
    """Which organisation keeps this place (RD metres) for this subject; None outside all areas.

    `onderwerp` '' asks who keeps the ground itself; 'duiker', 'sloot', 'dijk' and the like are the water board's
    everywhere (`rules.WATER_ONDERWERPEN`), 'groen' or 'afval' only on its own water and dikes.
    """
    punt = Point(x, y)
    for r in rows(_BESTUUR, {"vak": vak_tekst((x, y, x, y)), "onderwerp": onderwerp}):
        if shapely.from_wkb(bytes(r["vorm"])).intersects(punt):
            return Verantwoordelijk(r["organisatie_id"], r["organisatie"], r["naam"])
    return None


def perceel_op(x: float, y: float) -> dict[str, Any] | None:
    """The plot at a point: `id`, `aanduiding`, `oppervlakte` in m², `vorm`; None where there is none."""
    sql = "select id, gemeente, sectie, nummer, oppervlakte, vorm from plekken_perceel where vak && %(vak)s::box"
    for r in rows(sql, {"vak": vak_tekst((x, y, x, y))}):
        vorm = shapely.from_wkb(bytes(r["vorm"]))
        if vorm.intersects(Point(x, y)):
            return {"id": r["id"], "aanduiding": f"{r['gemeente']} {r['sectie']} {r['nummer']}",
                    "oppervlakte": r["oppervlakte"], "vorm": vorm}  # fmt: skip
    return None


def kies_plek(data: Mapping[str, Any]) -> "kiezer.Uitkomst":
    """What was sent with a form that holds the place picker, worked out (see `kiezer.verwerk`)."""
    return kiezer.verwerk(data, zoek=zoek_adres, nabij=dichtstbijzijnde_adres)
