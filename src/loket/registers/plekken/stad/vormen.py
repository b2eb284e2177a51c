"""Small geometry for the drawing of the town: smooth lines, and points and normals along them."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import hypot

import numpy as np
from shapely import polygons
from shapely.geometry import LineString, Polygon

type Punt = tuple[float, float]
type Loodlijn = Callable[[float], Punt]


def vloeiend(punten: Sequence[Punt], stap: int = 8) -> list[Punt]:
    """A smooth line through the points (Catmull-Rom); straight runs stay straight and need no extra points."""
    if len(punten) < 3:
        return list(punten)
    begin = (2 * punten[0][0] - punten[1][0], 2 * punten[0][1] - punten[1][1])
    eind = (2 * punten[-1][0] - punten[-2][0], 2 * punten[-1][1] - punten[-2][1])
    p = [begin, *punten, eind]
    uit: list[Punt] = [punten[0]]
    for i in range(1, len(p) - 2):
        a, b, c, d = p[i - 1], p[i], p[i + 1], p[i + 2]
        for k in range(1, stap + 1):
            t = k / stap
            uit.append(
                (
                    0.5
                    * (
                        2 * b[0]
                        + (c[0] - a[0]) * t
                        + (2 * a[0] - 5 * b[0] + 4 * c[0] - d[0]) * t**2
                        + (3 * b[0] - a[0] - 3 * c[0] + d[0]) * t**3
                    ),
                    0.5
                    * (
                        2 * b[1]
                        + (c[1] - a[1]) * t
                        + (2 * a[1] - 5 * b[1] + 4 * c[1] - d[1]) * t**2
                        + (3 * b[1] - a[1] - 3 * c[1] + d[1]) * t**3
                    ),
                )
            )
    return [(float(x), float(y)) for x, y in LineString(uit).simplify(0.15).coords]


class Lijn:
    """A line along which one walks: a point and the normal to the left at every distance from its start."""

    def __init__(self, punten: Sequence[Punt]) -> None:
        self.punten = list(punten)
        self.tot = [0.0]
        for (x0, y0), (x1, y1) in zip(self.punten, self.punten[1:], strict=False):
            self.tot.append(self.tot[-1] + hypot(x1 - x0, y1 - y0))
        self.lengte = self.tot[-1]
        self._richting = [
            ((x1 - x0) / max(1e-9, hypot(x1 - x0, y1 - y0)), (y1 - y0) / max(1e-9, hypot(x1 - x0, y1 - y0)))
            for (x0, y0), (x1, y1) in zip(self.punten, self.punten[1:], strict=False)
        ]

    def punt(self, s: float) -> Punt:
        """The point at `s` metres from the start (before or past the ends: on the line drawn on)."""
        i = min(max(bisect_right(self.tot, s) - 1, 0), len(self._richting) - 1)
        dx, dy = self._richting[i]
        (x, y), r = self.punten[i], s - self.tot[i]
        return x + dx * r, y + dy * r

    def normaal(self, s: float, breed: float = 5.0) -> Punt:
        """The unit normal to the left at `s`, taken over a chord of twice `breed` so that it turns gently."""
        (x0, y0), (x1, y1) = self.punt(max(0.0, s - breed)), self.punt(min(self.lengte, s + breed))
        lengte = hypot(x1 - x0, y1 - y0) or 1.0
        return -(y1 - y0) / lengte, (x1 - x0) / lengte

    def naast(self, s: float, afstand: float) -> Punt:
        """The point at `afstand` metres to the left (negative: right) of the line at `s`."""
        (x, y), (nx, ny) = self.punt(s), self.normaal(s)
        return x + nx * afstand, y + ny * afstand

    def loodlijn(self, s: float, teken: int) -> Loodlijn:
        """The line square to this one at `s`: gives the point at a distance from it (`teken` 1 left, -1 right)."""
        (x, y), (nx, ny) = self.punt(s), self.normaal(s)
        nx, ny = nx * teken, ny * teken
        return lambda afstand: (x + nx * afstand, y + ny * afstand)

    def vorm(self) -> LineString:
        """The line as a geometry."""
        return LineString(self.punten)


def vierhoek(a: Punt, b: Punt, c: Punt, d: Punt) -> Polygon:
    """A quadrilateral from its corners."""
    return polygons(np.array((a, b, c, d, a)))
