"""The ground plan: streets that meet, roads and pavements that do not overlap, water, ditches, culverts, green."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from shapely import STRtree, contains_xy, difference, prepare, union_all
from shapely.affinity import rotate, scale, translate
from shapely.geometry import LineString, Point, Polygon, box

from loket.registers.plekken.stad import plan
from loket.registers.plekken.stad.plan import Profiel, StraatPlan
from loket.registers.plekken.stad.soorten import BenoemdePlek, Boom, Vlakte
from loket.registers.plekken.stad.vormen import Lijn, Punt, vloeiend

OPPERVLAK = box(-40, 0, plan.BREEDTE + 40, plan.HOOGTE)
"""What is drawn; everything is cut off at its edge."""
VANGAFSTAND = 20.0
"""Ends of streets this near to another street are moved onto it."""


@dataclass
class Deel:
    """One planned street, drawn: its line to walk along, and its whole width as an area."""

    plan: StraatPlan
    profiel: Profiel
    lijn: Lijn
    vlak: Any


def straten() -> list[Deel]:
    """All planned streets as smooth lines whose ends lie on the streets that they meet."""
    ruw = [vloeiend(s.punten) for s in plan.STRATEN]
    vormen = [LineString(p) for p in ruw]
    delen = []
    for i, straat in enumerate(plan.STRATEN):
        punten = list(straat.punten)
        for kant in (0, -1):
            punten[kant] = _vang(punten[kant], [v for k, v in enumerate(vormen) if k != i])
        profiel = plan.PROFIELEN[straat.profiel]
        lijn = Lijn(vloeiend(punten))
        vlak = lijn.vorm().buffer(profiel.breedte / 2, quad_segs=4)
        delen.append(Deel(straat, profiel, lijn, vlak))
    return delen


def _vang(punt: Punt, andere: Sequence[LineString]) -> Punt:
    p = Point(punt)
    dichtst = min(andere, key=p.distance)
    if not 0 < dichtst.distance(p) < VANGAFSTAND:
        return punt
    op = dichtst.interpolate(dichtst.project(p))
    return float(op.x), float(op.y)


def wegdelen(delen: Sequence[Deel], nummer: dict[str, int]) -> list[Vlakte]:
    """Carriageways and pavements as areas that do not overlap: the more important street has the crossing."""
    volgorde = sorted(range(len(delen)), key=lambda i: (delen[i].profiel.rang, -delen[i].profiel.breedte, i))
    banen = {i: delen[i].lijn.vorm().buffer(delen[i].profiel.rijbaan / 2, quad_segs=4) for i in volgorde}
    alle_banen = union_all(list(banen.values()))
    prepare(alle_banen)
    uit: list[Vlakte] = []
    gebruikt: list[Any] = []
    for i in volgorde:
        deel, naam = delen[i], delen[i].plan.naam
        baan = zonder(banen[i], gebruikt)
        gebruikt.append(banen[i])
        soort = {"pad": "fietspad", "hof": "woonerf"}.get(deel.plan.profiel, "rijbaan")
        uit += [Vlakte(naam, soort, g, nummer[naam]) for g in vlakken(baan & OPPERVLAK)]
    stoepen: list[Any] = []
    for i in volgorde:
        deel, naam = delen[i], delen[i].plan.naam
        soort = "berm" if deel.plan.profiel in ("landweg", "pad") else "stoep"
        rest = zonder(deel.vlak - alle_banen, stoepen)
        stoepen.append(deel.vlak)
        uit += [Vlakte(naam, soort, g, nummer[naam]) for g in vlakken(rest & OPPERVLAK)]
    return uit


def zonder(vlak: Any, andere: Iterable[Any]) -> Any:
    raakt = [a for a in andere if a.intersects(vlak)]
    return difference(vlak, union_all(raakt)) if raakt else vlak


def vlakken(vorm: Any, minstens: float = 1.0) -> list[Any]:
    """The polygons in a geometry that are larger than a scrap."""
    delen = getattr(vorm, "geoms", [vorm])
    return [g for g in delen if g.geom_type == "Polygon" and g.area > minstens]


def _lijn(tekst: str) -> LineString:
    return LineString(vloeiend([(float(x), float(y)) for x, y in (p.split(",") for p in tekst.split())]))


def dijk() -> Any:
    """The dike along the river, the whole body."""
    return _lijn(plan.DIJK).buffer(plan.DIJK_BREEDTE / 2, cap_style="flat") & OPPERVLAK


def spoor() -> Any:
    """The railway, the whole bed."""
    return _lijn(plan.SPOOR).buffer(plan.SPOOR_BREEDTE / 2, cap_style="flat") & OPPERVLAK


def spoorlijn() -> LineString:
    """The centre of the railway."""
    return _lijn(plan.SPOOR)


def water(delen: Sequence[Deel]) -> tuple[list[Vlakte], list[BenoemdePlek]]:
    """All water, wide before narrow, without overlap; ditches stop where a road lies over a culvert.

    Also gives the culverts (`duiker`), bridges and the lock, each named after its street.
    """
    ruwe: list[tuple[str, str, Any]] = []
    harten: dict[str, Any] = {}
    for w in sorted(plan.WATER, key=lambda w: -w.breedte):
        vorm = LineString(vloeiend(w.punten))
        if w.breedte > 5:
            harten.setdefault(w.naam, vorm & OPPERVLAK)
        ruwe.append((w.naam, w.soort, vorm.buffer(w.breedte / 2, cap_style="flat" if w.breedte > 50 else "round")))
    ruwe.append(("Haven", "haven", Polygon(plan.HAVENKOM)))
    for naam, x, y, rx, ry in plan.VIJVERS:
        ruwe.append((naam, "vijver", translate(scale(Point(0, 0).buffer(1, quad_segs=6), rx, ry), x, y)))
    for naam, sloot in _poldersloten():
        ruwe.append((naam, "sloot", sloot))
    wegen = STRtree([d.vlak for d in delen])
    uit: list[Vlakte] = []
    plekken: list[BenoemdePlek] = []
    teller: dict[str, int] = {}
    eerdere: list[Any] = []
    for naam, soort, ruw in ruwe:
        vorm = zonder(ruw & OPPERVLAK, eerdere)
        eerdere.append(ruw)
        for k in sorted(int(i) for i in wegen.query(vorm, predicate="intersects")):
            deel = delen[k]
            midden = deel.lijn.vorm() & vorm
            if midden.is_empty or midden.length < 1.5 or soort in ("rivier", "haven", "vijver"):
                continue
            p = midden.centroid
            wat = "duiker" if soort == "sloot" else "brug"
            teller[wat + deel.plan.naam] = n = teller.get(wat + deel.plan.naam, 0) + 1
            titel = f"Duiker {deel.plan.naam}" if wat == "duiker" else f"Brug {deel.plan.naam}"
            plekken.append(BenoemdePlek(f"{titel} {n}" if wat == "duiker" or n > 1 else titel, wat, p.x, p.y))
        if soort == "sloot":
            raakt = [wegen.geometries[i] for i in wegen.query(vorm, predicate="intersects")]
            vorm = difference(vorm, union_all(raakt)) if raakt else vorm
        stukken = sorted((Vlakte(naam, soort, g) for g in vlakken(vorm, 6.0)), key=lambda v: -v.vorm.area)
        if stukken:
            stukken[0].hartlijn = harten.pop(naam, None)
        uit += stukken
    plekken.append(BenoemdePlek("Waardsluis", "sluis", 1258, 207))
    return uit, plekken


def _poldersloten() -> list[tuple[str, Any]]:
    """The ditches of the meadows: parallel, with a ditch along the road at one end."""
    uit = []
    for naam, afstand, tekst in plan.POLDERS:
        veld = Polygon([(float(x), float(y)) for x, y in (p.split(",") for p in tekst.split())])
        x0, y0, x1, y1 = veld.bounds
        x = x0 + afstand * 0.62
        while x < x1 - 12:
            streep = LineString([(x - 5, y0 - 14), (x + 5, y1 + 14)])
            uit.append((f"Sloot {naam}", streep.buffer(1.7, cap_style="flat") & veld.buffer(14)))
            x += afstand
    return uit


def groen(rng: Random, delen: Sequence[Deel], nat: Sequence[Vlakte]) -> tuple[list[Vlakte], list[Boom]]:
    """Parks, fields, the dike's grass and the meadows, without roads and water; and the trees in the parks."""
    bezet = [d.vlak for d in delen] + [w.vorm for w in nat]
    uit: list[Vlakte] = []
    bomen: list[Boom] = []
    gebouwen = union_all([gebouw(g).buffer(3) for g in plan.GEBOUWEN])
    for g in plan.GROEN:
        vlak = zonder(Polygon(g.punten) & OPPERVLAK, bezet)
        stukken = vlakken(vlak, 30)
        uit += [Vlakte(g.naam, g.soort, stuk) for stuk in stukken]
        for stuk in stukken:
            bomen += strooi(rng, stuk - gebouwen, g.bomen)
    for x, y, hoek in ((1610, 452, 0), (1610, 552, 0), (1716, 500, 90)):
        veld = rotate(box(x - 34, y - 42, x + 34, y + 42) if hoek else box(x - 42, y - 32, x + 42, y + 32), 0)
        uit.append(Vlakte("", "veld", veld))
    uit.append(Vlakte("Waarddijk", "dijk", zonder(dijk(), bezet)))
    for naam, _, tekst in plan.POLDERS:
        veld = Polygon([(float(x), float(y)) for x, y in (p.split(",") for p in tekst.split())])
        uit += [Vlakte(naam, "weide", stuk) for stuk in vlakken(zonder(veld & OPPERVLAK, bezet), 200)]
    return uit, bomen


def strooi(rng: Random, vlak: Any, per_hectare: float) -> list[Boom]:
    """Trees at random in an area, not nearer to each other than their crowns allow."""
    aantal = int(vlak.area / 10_000 * per_hectare)
    if vlak.is_empty or not aantal:
        return []
    x0, y0, x1, y1 = vlak.bounds
    pogingen = int(aantal * 1.7 * (x1 - x0) * (y1 - y0) / vlak.area) + 4
    punten = [(rng.uniform(x0, x1), rng.uniform(y0, y1), rng.uniform(2.6, 5.6)) for _ in range(pogingen)]
    binnen = vlak.buffer(-2.5)
    prepare(binnen)
    goed = contains_xy(binnen, [p[0] for p in punten], [p[1] for p in punten])
    uit: list[Boom] = []
    vakken: dict[tuple[int, int], list[Boom]] = {}
    for (x, y, r), ligt_binnen in zip(punten, goed.tolist(), strict=True):
        if not ligt_binnen or len(uit) >= aantal:
            continue
        vak = (int(x // 12), int(y // 12))
        rond = (b for dx in (-1, 0, 1) for dy in (-1, 0, 1) for b in vakken.get((vak[0] + dx, vak[1] + dy), ()))
        if all((b.x - x) ** 2 + (b.y - y) ** 2 > (r + b.straal) ** 2 * 0.55 for b in rond):
            boom = Boom(x, y, r, True)
            uit.append(boom)
            vakken.setdefault(vak, []).append(boom)
    return uit


def laanbomen(rng: Random, delen: Sequence[Deel], nat: Sequence[Vlakte]) -> list[Boom]:
    """Trees in a row along the streets that have them, clear of crossings and water."""
    uit: list[Boom] = []
    boom = STRtree([d.vlak for d in delen] + [w.vorm for w in nat])
    for i, deel in enumerate(delen):
        if not deel.plan.bomen:
            continue
        for kant in (-1, 1):
            s = rng.uniform(8, 16)
            while s < deel.lijn.lengte - 8:
                x, y = deel.lijn.naast(s, kant * (deel.profiel.breedte / 2 - 1.3))
                if all(k == i for k in boom.query(Point(x, y).buffer(3), predicate="intersects")):
                    uit.append(Boom(x, y, rng.uniform(2.0, 3.2), True))
                s += rng.uniform(11, 17)
    return uit


def gebouw(g: plan.GebouwPlan) -> Any:
    """The footprint of a building that everybody knows; a church has a transept and a tower."""
    vorm = box(-g.breed / 2, -g.diep / 2, g.breed / 2, g.diep / 2)
    if g.soort == "kerk":
        vorm = union_all(
            [vorm, box(4, -g.diep / 2 - 6, 15, g.diep / 2 + 6), box(-g.breed / 2 - 8, -5, -g.breed / 2, 5)]
        )
    if g.soort == "molen":
        vorm = Point(0, 0).buffer(g.breed / 2, quad_segs=2)
    if g.soort in ("school", "zorg", "stadhuis"):
        vorm = vorm - box(-g.breed / 5, -g.diep / 2, g.breed / 5, -g.diep / 8)
    return translate(rotate(vorm, g.draai, origin=(0, 0)), g.x, g.y)
