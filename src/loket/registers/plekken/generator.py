"""Draws Lindewaard: one believable small Dutch town, the same for the same seed. Nothing in it exists."""

from collections import defaultdict
from random import Random
from typing import Any

import numpy as np
from shapely import STRtree, is_valid, make_valid, prepare, transform, union_all
from shapely.geometry import MultiLineString, MultiPolygon, Point, Polygon, box

from loket.registers.plekken.stad import grond, plan
from loket.registers.plekken.stad.bebouwing import Bouwer, Huis
from loket.registers.plekken.stad.soorten import Adres, BenoemdePlek, Boom, Pand, Perceel, Stad, Straat, Vlakte

PER_POSTCODE = 28
LETTERPAREN = ("SA", "SD", "SS")
SEED = 20261123


def teken_stad(seed: int = SEED) -> Stad:
    """The town for a seed: about 4,600 addresses on 2.5 by 2 km, in RD metres around `plan.OORSPRONG`."""
    rng = Random(seed)  # noqa: S311
    stad = Stad(seed)
    delen = grond.straten()
    nummer = _straten(stad, delen)
    stad.water, stad.plekken = grond.water(delen)
    stad.dijk = grond.dijk()
    stad.groen, stad.bomen = grond.groen(rng, delen, stad.water)
    stad.wegen = grond.wegdelen(delen, nummer)
    bijzonder = [grond.gebouw(g) for g in plan.GEBOUWEN]
    vast = [w.vorm for w in stad.water] + [g.vorm for g in stad.groen if g.soort not in ("weide", "uiterwaard", "veld")]
    vast += [grond.spoor().buffer(3), *(g.buffer(6) for g in bijzonder)]
    bouwer = Bouwer(rng, delen, vast)
    bouwer.bouw()
    _wijken(stad)
    _huizen(stad, bouwer.huizen, nummer, delen, rng)
    _bijzonder(stad, bijzonder, nummer)
    plantsoen = _plantsoen(stad, rng)
    _postcodes(stad)
    spoorlijn = grond.spoorlijn()
    stad.wegen += [Vlakte("Spoorlijn", "spoor", g) for g in grond.vlakken(grond.spoor())]
    stad.straten.append(Straat("Spoorlijn", 9, plan.SPOOR_BREEDTE, 3.0, spoorlijn & grond.OPPERVLAK))
    _bomen(stad, bouwer.bomen + plantsoen + grond.laanbomen(rng, delen, stad.water), bijzonder)
    stad.plekken += [BenoemdePlek(g.naam, g.soort, g.x, g.y) for g in plan.GEBOUWEN]
    stad.plekken += [
        BenoemdePlek(g.naam, g.soort, g.vorm.representative_point().x, g.vorm.representative_point().y)
        for g in _eerste(stad.groen)
        if g.naam and g.soort in ("park", "sport", "begraafplaats", "tuinen", "bos")
    ]
    stad.plangebied = box(0, 0, plan.BREEDTE, plan.HOOGTE)
    _naar_rd(stad)
    return stad


def _straten(stad: Stad, delen: list[grond.Deel]) -> dict[str, int]:
    lijnen: dict[str, list[Any]] = defaultdict(list)
    beste: dict[str, plan.Profiel] = {}
    for deel in delen:
        lijnen[deel.plan.naam].append(deel.lijn.vorm() & grond.OPPERVLAK)
        beste[deel.plan.naam] = min(beste.get(deel.plan.naam, deel.profiel), deel.profiel, key=lambda p: p.rang)
    for naam, delen_van in lijnen.items():
        p = beste[naam]
        vorm = delen_van[0] if len(delen_van) == 1 else MultiLineString(delen_van)
        stad.straten.append(Straat(naam, p.rang, p.breedte, p.rijbaan, vorm))
    return {straat.naam: i for i, straat in enumerate(stad.straten)}


def _wijken(stad: Stad) -> None:
    genomen: list[Any] = []
    for naam, tekst in plan.WIJKEN:
        vlak = Polygon([(float(x), float(y)) for x, y in (p.split(",") for p in tekst.split())])
        vrij = grond.zonder(vlak, genomen)
        genomen.append(vlak)
        stad.wijken.append(Vlakte(naam, "wijk", max(getattr(vrij, "geoms", [vrij]), key=lambda g: g.area)))
    rest = box(0, 0, plan.BREEDTE, plan.HOOGTE) - union_all(genomen)
    stad.wijken.append(Vlakte(plan.BUITENGEBIED, "wijk", rest))
    for wijk in stad.wijken:
        prepare(wijk.vorm)


def _wijk(stad: Stad, x: float, y: float) -> int:
    p = Point(x, y)
    return next((i for i, w in enumerate(stad.wijken) if w.vorm.intersects(p)), len(stad.wijken) - 1)


def _huizen(stad: Stad, huizen: list[Huis], nummer: dict[str, int], delen: list[grond.Deel], rng: Random) -> None:
    """Numbers, plots and buildings. Even numbers are on the left of the direction in which the street was laid out."""
    volgende: dict[tuple[int, bool], int] = {}
    perceel: dict[int, int] = defaultdict(lambda: 100)
    for huis in sorted(huizen, key=lambda h: (h.deel, h.s, h.links)):
        straat = nummer[delen[huis.deel].plan.naam]
        pand, sectie = len(stad.panden), _wijk(stad, *huis.deur)
        stad.panden.append(huis.pand)
        if huis.schuur:
            stad.panden.append(huis.schuur)
        perceel[sectie] += rng.choice((1, 1, 1, 2, 3))
        stad.percelen.append(Perceel("ABCDEFGHKL"[sectie % 10], perceel[sectie], huis.kavel))
        if huis.pand.soort == "woning" and huis.stijl.boven and rng.random() < 0.22:
            huis.pand.soort = "winkel"
        letters = ["", "A"] if rng.random() < huis.stijl.boven else [""]
        for k in range(huis.stijl.woningen):
            n = volgende[straat, huis.links] = volgende.get((straat, huis.links), 0 if huis.links else -1) + 2
            x, y = huis.deur
            if huis.stijl.woningen > 1:
                hoek = huis.pand.vorm.exterior.interpolate(0.02 + 0.4 * (k % 10) / 10, normalized=True)
                x, y = hoek.x, hoek.y
            for letter in letters:
                stad.adressen.append(Adres(straat, n, letter, x, y, pand, len(stad.percelen) - 1, sectie))


def _bijzonder(stad: Stad, vormen: list[Any], nummer: dict[str, int]) -> None:
    """Church, town hall, station and the like: the number after the last one in their street. The town hall has
    Lindeplein 1, whatever stood there moves up."""
    for g, vorm in zip(plan.GEBOUWEN, vormen, strict=True):
        straat = nummer[g.straat]
        stad.panden.append(Pand(vorm, g.soort, g.bouwjaar, g.hoogte, g.naam))
        erf = vorm.buffer(6, join_style="mitre").minimum_rotated_rectangle
        rond: list[Any] = [*stad.wegen, *stad.water, *stad.percelen]
        erf = grond.zonder(erf, [v.vorm for v in rond])
        erf = max(getattr(erf, "geoms", [erf]), key=lambda g: g.area)
        stad.percelen.append(Perceel("Z", len(stad.percelen) + 1, erf))
        bestaand = [a for a in stad.adressen if a.straat == straat]
        even = _links(stad.straten[straat].vorm, Point(g.x, g.y))
        if g.soort == "stadhuis":
            for a in bestaand:
                a.huisnummer += 2
            n = 1
        else:
            n = max([a.huisnummer for a in bestaand if (a.huisnummer % 2 == 0) == even], default=0 if even else -1) + 2
        stad.adressen.append(
            Adres(straat, n, "", g.x, g.y, len(stad.panden) - 1, len(stad.percelen) - 1, _wijk(stad, g.x, g.y))
        )


def _links(straat: Any, punt: Point) -> bool:
    """Whether a point is on the left of a street."""
    lijn = min(getattr(straat, "geoms", [straat]), key=punt.distance)
    s = min(max(lijn.project(punt), 0.5), lijn.length - 0.5)
    a, b = lijn.interpolate(s - 0.5), lijn.interpolate(s + 0.5)
    return bool((b.x - a.x) * (punt.y - a.y) > (b.y - a.y) * (punt.x - a.x))


def _plantsoen(stad: Stad, rng: Random) -> list[Boom]:
    """What is left inside the districts is grass with some trees; scraps and strips are nobody's."""
    bezet = [p.vorm for p in stad.percelen] + [w.vorm for w in stad.wegen + stad.water] + [g.vorm for g in stad.groen]
    boom = STRtree(bezet)
    bomen: list[Boom] = []
    for wijk in stad.wijken:
        if wijk.naam in ("Centrum", "Weidepoort", plan.BUITENGEBIED):
            continue
        raakt = union_all([bezet[i] for i in boom.query(wijk.vorm.buffer(3), predicate="intersects")])
        vrij = (wijk.vorm.buffer(-3) - raakt).buffer(-4.5, quad_segs=2).buffer(4, quad_segs=3).simplify(0.3)
        for stuk in grond.vlakken(vrij, 350):
            stad.groen.append(Vlakte("", "plantsoen", stuk))
            bomen += grond.strooi(rng, stuk, 22)
    return bomen


def _postcodes(stad: Stad) -> None:
    """A postcode for each run of about 28 addresses on one side of a street; the Kastanjelaan gets the first."""
    groepen: dict[tuple[int, int], list[Adres]] = defaultdict(list)
    for adres in stad.adressen:
        groepen[adres.straat, adres.huisnummer % 2].append(adres)
    eerst = next(i for i, s in enumerate(stad.straten) if s.naam == "Kastanjelaan")
    teller = 0
    for _, groep in sorted(groepen.items(), key=lambda g: (g[0][0] != eerst, g[0])):
        groep.sort(key=lambda a: (a.huisnummer, a.letter))
        for begin in range(0, len(groep), PER_POSTCODE):
            code = f"{plan.POSTCODE_GEBIED - teller // 3}{LETTERPAREN[teller % 3]}"
            teller += 1
            for adres in groep[begin : begin + PER_POSTCODE]:
                adres.postcode = code


def _bomen(stad: Stad, bomen: list[Boom], gebouwen: list[Any]) -> None:
    """Keep the trees that stand clear of buildings; garden trees also clear of the road."""
    panden = STRtree([p.vorm for p in stad.panden])
    punten = [Point(b.x, b.y).buffer(max(b.straal * 0.6, 1.2), quad_segs=2) for b in bomen]
    raakt = set(panden.query(punten, predicate="intersects")[0].tolist())
    stad.bomen += [b for i, b in enumerate(bomen) if i not in raakt and grond.OPPERVLAK.intersects(punten[i])]


def _eerste(vlakten: list[Vlakte]) -> list[Vlakte]:
    """The largest piece of each name."""
    beste: dict[str, Vlakte] = {}
    for v in vlakten:
        if v.naam not in beste or v.vorm.area > beste[v.naam].vorm.area:
            beste[v.naam] = v
    return list(beste.values())


def _op_centimeters(vormen: list[Any], oorsprong: Any) -> list[Any]:
    """Move shapes to RD and round them; one that rounding would break is repaired, scraps fall off."""
    uit = transform(vormen, lambda xy: (xy + oorsprong).round(2))
    for i in np.flatnonzero(~is_valid(uit)):
        delen = grond.vlakken(make_valid(uit[i]), 0.5)
        uit[i] = delen[0] if len(delen) == 1 else MultiPolygon(delen)
    return list(uit)


def _naar_rd(stad: Stad) -> None:
    """Move everything to its place in RD, and to whole centimetres."""
    ox, oy = plan.OORSPRONG
    oorsprong = np.array((ox, oy))
    lijsten: tuple[list[Any], ...] = (
        stad.straten, stad.panden, stad.percelen, stad.water, stad.wegen, stad.groen, stad.wijken,
    )  # fmt: skip
    for lijst in lijsten:
        for ding, vorm in zip(lijst, _op_centimeters([v.vorm for v in lijst], oorsprong), strict=True):
            ding.vorm = vorm
    for water in stad.water:
        if water.hartlijn is not None:
            (water.hartlijn,) = _op_centimeters([water.hartlijn], oorsprong)
    stad.dijk, stad.plangebied = _op_centimeters([stad.dijk, stad.plangebied], oorsprong)
    punten: list[Any] = [*stad.adressen, *stad.bomen, *stad.plekken]
    for punt in punten:
        punt.x, punt.y = round(punt.x + ox, 2), round(punt.y + oy, 2)
