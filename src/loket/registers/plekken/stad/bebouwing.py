"""Plots and houses along the streets, each district in the way its time built."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from shapely import STRtree, difference, prepare
from shapely.geometry import LineString, Point, Polygon

from loket.registers.plekken.stad.grond import Deel
from loket.registers.plekken.stad.soorten import Boom, Pand
from loket.registers.plekken.stad.vormen import Loodlijn, Punt, vierhoek

type Bereik = tuple[float, float]


@dataclass(frozen=True)
class Bouwstijl:
    """How a time built, in metres: width and depth of a house, depth of the plot, distance to the street, houses in one
    row, room between rows, years, height; the chance of a shed, of a tree in the garden, of a dwelling upstairs."""

    breed: Bereik
    diep: Bereik
    kavel: float
    rooilijn: Bereik
    rij: tuple[int, int]
    tussen: Bereik
    jaren: tuple[int, int]
    hoogte: Bereik
    schuur: float = 0.0
    boom: float = 0.0
    boven: float = 0.0
    soort: str = "woning"
    verspringt: float = 0.0
    woningen: int = 1


STIJLEN = {
    "centrum": Bouwstijl(
        (4.8, 8.4), (11, 17), 36, (0.2, 0.5), (6, 22), (0.4, 3), (1640, 1912), (8, 12), 0.35, 0.2, 0.3
    ),
    "dorp": Bouwstijl((6.5, 10), (8.5, 12), 30, (1.5, 4), (1, 3), (4, 9), (1780, 1930), (6, 9), 0.6, 0.4),
    "station": Bouwstijl(
        (5.2, 6.6), (10, 13), 36, (1.8, 2.6), (4, 11), (2.5, 4.5), (1886, 1916), (8, 11), 0.4, 0.3, 0.12
    ),
    "jaren30": Bouwstijl((6, 7.2), (9, 11), 32, (3.6, 5), (2, 6), (4, 6.5), (1924, 1939), (8, 9.5), 0.55, 0.4),
    "semi": Bouwstijl((7.2, 8.6), (10, 12), 40, (6, 8), (2, 2), (6, 9), (1926, 1938), (8, 10), 0.6, 0.7),
    "villa": Bouwstijl((10, 15), (10, 14), 48, (8, 12), (1, 1), (11, 17), (1958, 2006), (7, 10), 0.5, 0.9),
    "opbouw": Bouwstijl((5.5, 6.1), (8, 9.2), 32, (4, 5), (4, 8), (5, 7), (1947, 1962), (8, 9), 0.75, 0.2),
    "hof70": Bouwstijl(
        (6.0, 7.0), (8.6, 10), 26, (3, 5), (3, 7), (4, 7), (1971, 1979), (7.5, 9), 0.7, 0.25, 0, "woning", 1.8
    ),
    "nieuw": Bouwstijl((5.6, 6.6), (9, 10.5), 30, (1.6, 2.6), (3, 8), (4.5, 7), (2009, 2024), (8.5, 11), 0.6, 0.15),
    "tweekap": Bouwstijl((6.6, 7.8), (10, 12), 34, (4, 6), (2, 2), (6, 8), (2011, 2024), (9, 11), 0.5, 0.3),
    "boer": Bouwstijl(
        (12, 16), (22, 32), 66, (12, 20), (1, 1), (80, 150), (1855, 1968), (7, 10), 0.9, 1, 0, "boerderij"
    ),
    "bedrijf": Bouwstijl((24, 54), (24, 44), 74, (8, 10), (1, 1), (10, 15), (1968, 2022), (6, 11), 0, 0, 0, "bedrijf"),
    "flat": Bouwstijl(
        (56, 62), (11, 12), 40, (9, 11), (1, 1), (20, 26), (1969, 1974), (18, 30), 0, 0, 0, "flat", 0, 40
    ),
}


@dataclass
class Huis:
    """A house on its plot, before it has a number: beside which street, how far along it, on which side."""

    deel: int
    s: float
    links: bool
    deur: Punt
    pand: Pand
    kavel: Any
    schuur: Pand | None
    stijl: Bouwstijl


class Bouwer:
    """Puts houses on the ground, one after the other, and remembers what is taken."""

    def __init__(self, rng: Random, delen: Sequence[Deel], vast: Sequence[Any]) -> None:
        self._rng = rng
        self._delen = delen
        self._vormen = [d.vlak for d in delen] + list(vast)
        for vorm in self._vormen:
            prepare(vorm)
        self._boom = STRtree(self._vormen)
        self._vakken: dict[tuple[int, int], list[tuple[tuple[float, ...], Any]]] = {}
        self.huizen: list[Huis] = []
        self.bomen: list[Boom] = []

    def bouw(self) -> None:
        """Build along all streets, the old town first: who is there first keeps the ground."""
        volgorde = list(STIJLEN)
        werk = [
            (volgorde.index(naam), i, links, naam)
            for i, deel in enumerate(self._delen)
            for links, naam in ((True, deel.plan.links), (False, deel.plan.rechts))
            if naam
        ]
        for _, i, links, naam in sorted(werk):
            self._straatzijde(i, links, STIJLEN[naam])

    def _straatzijde(self, i: int, links: bool, stijl: Bouwstijl) -> None:
        rng, lijn = self._rng, self._delen[i].lijn
        s = rng.uniform(0.1, 0.5) * stijl.tussen[0]
        while s < lijn.lengte - stijl.breed[0]:
            aantal, tussen = rng.randint(*stijl.rij), rng.uniform(*stijl.tussen)
            rooilijn, diep = rng.uniform(*stijl.rooilijn), rng.uniform(*stijl.diep)
            jaar, hoogte = rng.randint(*stijl.jaren), round(rng.uniform(*stijl.hoogte), 1)
            breedte = round(rng.uniform(*stijl.breed), 2)
            gezet = 0
            for k in range(aantal):
                breed = breedte if aantal > 2 and stijl.rij[1] < 10 else rng.uniform(*stijl.breed)
                if stijl.rij[1] >= 10 or stijl.rij[1] == 1:
                    jaar, hoogte = rng.randint(*stijl.jaren), round(rng.uniform(*stijl.hoogte), 1)
                    diep = rng.uniform(*stijl.diep)
                if s + breed > lijn.lengte + 2:
                    break
                vooruit = rooilijn + rng.choice((0, 0, 1)) * stijl.verspringt
                rand = min(tussen / 2, 8.0)
                kanten = (rand if k == 0 else 0.0, rand if k == aantal - 1 else 0.0)
                huis = self._huis(i, links, s, breed, vooruit, diep, kanten, stijl)
                if huis is None:
                    break
                huis.pand.bouwjaar, huis.pand.hoogte = jaar, hoogte
                if huis.schuur:
                    huis.schuur.bouwjaar = jaar
                self._plaats(huis)
                gezet += 1
                s += breed
            s += tussen if gezet else 2.5

    def _huis(
        self,
        i: int,
        links: bool,
        s: float,
        breed: float,
        rooilijn: float,
        diep: float,
        kanten: Bereik,
        stijl: Bouwstijl,
    ) -> Huis | None:
        """A house at `s` with its plot, or None where there is no room for it."""
        deel, teken = self._delen[i], 1 if links else -1
        lijn, voor = deel.lijn, deel.profiel.breedte / 2 + 0.15
        a, b, midden = lijn.loodlijn(s, teken), lijn.loodlijn(s + breed, teken), lijn.loodlijn(s + breed / 2, teken)
        diepte = self._diepte(midden(voor), midden(voor + 2 * stijl.kavel), stijl)
        if diepte < rooilijn + diep + 1.5:
            diep = min(diep, diepte - rooilijn - 1.5)
            if diep < max(6.5, stijl.diep[0] * 0.72):
                return None
        gevel, achter = voor + rooilijn, voor + rooilijn + diep
        pand = vierhoek(a(gevel), b(gevel), b(achter), a(achter))
        l0 = lijn.loodlijn(s - kanten[0], teken) if kanten[0] else a
        l1 = lijn.loodlijn(s + breed + kanten[1], teken) if kanten[1] else b
        kavel: Any = vierhoek(l0(voor), l1(voor), l1(voor + diepte), l0(voor + diepte))
        if not kavel.is_valid or not pand.is_valid or pand.area < 0.55 * breed * diep:
            return None
        heel = kavel.area
        for k in self._boom.query(kavel, predicate="intersects"):
            if self._vormen[k].intersects(pand):
                return None
            kavel = difference(kavel, self._vormen[k])
        for ander in self._rond(kavel):
            if ander.intersection(kavel).area > 0.2:
                if ander.intersection(pand).area > 0.4:
                    return None
                kavel = difference(kavel, ander)
        if kavel.geom_type != "Polygon":
            kavel = max(getattr(kavel, "geoms", [kavel]), key=lambda g: g.area)
        if kavel.geom_type != "Polygon" or kavel.area < 0.5 * heel or pand.difference(kavel).area > 2:
            return None
        schuur = self._achter(a, b, breed, voor, rooilijn + diep, diepte, kavel, stijl)
        return Huis(i, s, links, midden(gevel + 2.4), Pand(pand, stijl.soort, 0, 0), kavel, schuur, stijl)

    def _diepte(self, van: Punt, tot: Punt, stijl: Bouwstijl) -> float:
        """How deep a plot may be: halfway to the next street with houses, or up to whatever else is there."""
        straal, begin = LineString((van, tot)), Point(van)
        diepte = stijl.kavel
        for k in self._boom.query(straal, predicate="intersects"):
            afstand = begin.distance(straal.intersection(self._vormen[k]))
            huizen = k < len(self._delen) and bool(self._delen[k].plan.links or self._delen[k].plan.rechts)
            diepte = min(diepte, afstand / 2 - 0.3 if huizen else afstand - 1.5)
        return float(diepte)

    def _achter(
        self,
        a: Loodlijn,
        b: Loodlijn,
        breed: float,
        voor: float,
        gevel: float,
        diepte: float,
        kavel: Any,
        stijl: Bouwstijl,
    ) -> Pand | None:
        """What stands in the garden behind: perhaps a tree, perhaps a shed at the end."""
        rng, ruimte = self._rng, diepte - gevel
        if ruimte > 9 and rng.random() < stijl.boom:
            x, y = rng.choice((a, b))(voor + rng.uniform(gevel + 4, diepte - 3))
            self.bomen.append(Boom(x, y, rng.uniform(1.8, 4.2 if stijl.kavel > 35 else 3.0), False))
        if ruimte < 8.5 or rng.random() > stijl.schuur:
            return None
        groot = stijl.soort == "boerderij"
        deel = rng.uniform(0.7, 0.9) if groot else min(rng.uniform(2.4, 3.6) / breed, 0.6)
        diep = rng.uniform(14, 20) if groot else rng.uniform(2.4, 4.2)
        begin, eind = (0.04, 0.04 + deel) if rng.random() < 0.5 else (0.96 - deel, 0.96)
        achter = voor + diepte - 0.5
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = a(achter - diep), b(achter - diep), b(achter), a(achter)
        schuur = vierhoek(
            (ax + (bx - ax) * begin, ay + (by - ay) * begin), (ax + (bx - ax) * eind, ay + (by - ay) * eind),
            (dx + (cx - dx) * eind, dy + (cy - dy) * eind), (dx + (cx - dx) * begin, dy + (cy - dy) * begin),
        )  # fmt: skip
        if ruimte - diep < 3 or not schuur.is_valid or schuur.difference(kavel).area > 0.5:
            return None
        return Pand(schuur, "bijgebouw", 0, 3.0)

    def _plaats(self, huis: Huis) -> None:
        self.huizen.append(huis)
        self.bezet(huis.kavel)

    def bezet(self, vlak: Polygon) -> None:
        """Remember that this ground is taken."""
        for vak in _vakken(vlak):
            self._vakken.setdefault(vak, []).append((vlak.bounds, vlak))

    def _rond(self, vlak: Polygon) -> list[Any]:
        """The plots taken so far whose box touches that of this one."""
        x0, y0, x1, y1 = vlak.bounds
        gezien: dict[int, Any] = {}
        for vak in _vakken(vlak):
            for hoek, ander in self._vakken.get(vak, ()):
                if hoek[0] < x1 and hoek[2] > x0 and hoek[1] < y1 and hoek[3] > y0:
                    gezien[id(ander)] = ander
        return list(gezien.values())


def _vakken(vlak: Polygon, maat: float = 40.0) -> list[tuple[int, int]]:
    x0, y0, x1, y1 = (int(v // maat) for v in vlak.bounds)
    return [(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]
