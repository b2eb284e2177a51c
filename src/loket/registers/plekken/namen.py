"""Where names go on a map: along their street, never upside down, never over each other. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot, pi
from typing import Any

from shapely import line_merge
from shapely.geometry import LineString

from loket.registers.plekken.stad.vormen import Lijn, Punt

SMAL, BREED = "iljtfrI.,'’1 ", "mwMWOQGD"
HERHAAL = 620.0
"""Pixels after which the name of a long street comes back."""
STAP = 14.0
MAX_BOCHT = 50.0
"""Degrees that a street may turn under its name."""


def tekstbreedte(tekst: str, grootte: float) -> float:
    """About how wide a text is, in the unit of `grootte`; a little too wide rather than too narrow."""
    return grootte * sum(0.30 if c in SMAL else 0.82 if c in BREED else 0.55 for c in tekst) + grootte * 0.3


@dataclass(frozen=True)
class Naam:
    """A name on its place, in pixels: along `pad`, or straight at `punt`. `soort` is its class in the style sheet."""

    tekst: str
    soort: str
    grootte: float
    pad: tuple[Punt, ...] = ()
    punt: Punt = (0.0, 0.0)


class Plaatser:
    """Gives names a place on a drawing of `breedte` by `hoogte` pixels; who asks first is placed first."""

    def __init__(self, breedte: float, hoogte: float, rand: float = 6.0) -> None:
        self._vak = (rand, rand, breedte - rand, hoogte - rand)
        self._bezet: list[tuple[float, float, float]] = []
        self.namen: list[Naam] = []

    def houd_vrij(self, x: float, y: float, straal: float) -> None:
        """No name within `straal` pixels of this point (a pin stands there)."""
        self._bezet.append((x, y, straal))

    def langs(self, tekst: str, lijn: Any, grootte: float, soort: str, kans: int = 3) -> None:
        """Place a name along a line in pixels, at most `kans` times, as near to the middle as is free."""
        lang = tekstbreedte(tekst, grootte)
        samen = line_merge(lijn) if lijn.geom_type == "MultiLineString" else lijn
        for deel in getattr(samen, "geoms", [samen]):
            if deel.geom_type == "LineString" and deel.length > lang + 8:
                kans -= self._langs(tekst, Lijn(list(deel.coords)), lang, grootte, soort, kans)
                if kans <= 0:
                    return

    def _langs(self, tekst: str, lijn: Lijn, lang: float, grootte: float, soort: str, kans: int) -> int:
        midden, half = lijn.lengte / 2, lang / 2 + 2
        plekken = [midden + k * STAP for k in range(-int(midden / STAP), int(midden / STAP) + 1)]
        plekken = [s for s in plekken if half < s < lijn.lengte - half]

        def voorkeur(s: float) -> tuple[float, float]:
            rest = abs(s - midden) % HERHAAL
            return (round(min(rest, HERHAAL - rest) / 60), abs(s - midden))

        gezet: list[float] = []
        for s in sorted(plekken, key=voorkeur):
            if len(gezet) >= kans:
                break
            if any(abs(s - g) < HERHAAL * 0.8 for g in gezet):
                continue
            if not self._binnen(lijn.punt(s - half)) or not self._binnen(lijn.punt(s + half)):
                continue
            pad = _stuk(lijn, s - half, s + half)
            if _bocht(pad) > MAX_BOCHT or not self._neem(_stippen(lijn, s - half, s + half, grootte)):
                continue
            dx, dy = pad[-1][0] - pad[0][0], pad[-1][1] - pad[0][1]
            if dy < 0 if abs(dx) < 0.25 * abs(dy) else dx < 0:
                pad = pad[::-1]
            gezet.append(s)
            self.namen.append(Naam(tekst, soort, grootte, tuple(pad)))
        return len(gezet)

    def op(self, tekst: str, x: float, y: float, grootte: float, soort: str) -> bool:
        """Place a name straight, its middle at this point; False if there is no room."""
        half = tekstbreedte(tekst, grootte) / 2
        if not (self._binnen((x - half, y - grootte)) and self._binnen((x + half, y + grootte))):
            return False
        stap = grootte * 0.7
        aantal = max(2, int(2 * half / stap))
        if not self._neem([(x - half + 2 * half * k / aantal, y, grootte * 0.6) for k in range(aantal + 1)]):
            return False
        self.namen.append(Naam(tekst, soort, grootte, (), (x, y)))
        return True

    def _binnen(self, punt: Punt) -> bool:
        x0, y0, x1, y1 = self._vak
        return x0 <= punt[0] <= x1 and y0 <= punt[1] <= y1

    def _neem(self, stippen: Sequence[tuple[float, float, float]]) -> bool:
        for x, y, r in stippen:
            if any((x - a) ** 2 + (y - b) ** 2 < (r + q) ** 2 for a, b, q in self._bezet):
                return False
        self._bezet += stippen
        return True


def _stuk(lijn: Lijn, van: float, tot: float) -> list[Punt]:
    binnen = [p for s, p in zip(lijn.tot, lijn.punten, strict=True) if van < s < tot]
    return [lijn.punt(van), *binnen, lijn.punt(tot)]


def _stippen(lijn: Lijn, van: float, tot: float, grootte: float) -> list[tuple[float, float, float]]:
    aantal = max(2, int((tot - van) / (grootte * 0.7)))
    return [(*lijn.punt(van + (tot - van) * k / aantal), grootte * 0.6) for k in range(aantal + 1)]


def _bocht(pad: Iterable[Punt]) -> float:
    """All the turning along a path together, in degrees."""
    punten = list(LineString(list(pad)).simplify(0.6).coords)
    hoeken = [atan2(b[1] - a[1], b[0] - a[0]) for a, b in pairwise(punten) if hypot(b[0] - a[0], b[1] - a[1]) > 0.5]
    return sum(abs(degrees((q - p + pi) % (2 * pi) - pi)) for p, q in pairwise(hoeken))
