"""What the drawing of the town consists of. Shapes in RD metres; references are positions in the lists."""

from dataclasses import dataclass, field
from typing import Any

from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon

type Vlak = Polygon | MultiPolygon
type Streep = LineString | MultiLineString


@dataclass
class Straat:
    """A named street: centre line, whole width and carriageway in metres, rank (1 is the most important)."""

    naam: str
    rang: int
    breedte: float
    rijbaan: float
    vorm: Streep


@dataclass
class Pand:
    """A building: footprint, year, height in metres, kind and, for the few that have one, its name."""

    vorm: Polygon
    soort: str
    bouwjaar: int
    hoogte: float
    naam: str = ""


@dataclass
class Perceel:
    """A plot of the cadastre: section and number, and its area."""

    sectie: str
    nummer: int
    vorm: Polygon


@dataclass
class Adres:
    """An address: street, number, letter, where its door is, its building, plot and neighbourhood."""

    straat: int
    huisnummer: int
    letter: str
    x: float
    y: float
    pand: int
    perceel: int
    wijk: int
    postcode: str = ""


@dataclass
class Vlakte:
    """A piece of water, road or green: name (or none), kind, area; `straat` for roads, `hartlijn` for long water."""

    naam: str
    soort: str
    vorm: Vlak
    straat: int | None = None
    hartlijn: Any = None


@dataclass
class Boom:
    """A tree: where, the radius of its crown in metres, and whether it stands on public ground."""

    x: float
    y: float
    straal: float
    openbaar: bool


@dataclass
class BenoemdePlek:
    """A place that people call by a name: a culvert, bridge, park, pumping station, church."""

    naam: str
    soort: str
    x: float
    y: float


@dataclass
class Stad:
    """The whole town, as `generator.teken_stad` draws it. `dijk` and `spoor` are the areas of dike and railway."""

    seed: int
    straten: list[Straat] = field(default_factory=list)
    panden: list[Pand] = field(default_factory=list)
    percelen: list[Perceel] = field(default_factory=list)
    adressen: list[Adres] = field(default_factory=list)
    water: list[Vlakte] = field(default_factory=list)
    wegen: list[Vlakte] = field(default_factory=list)
    groen: list[Vlakte] = field(default_factory=list)
    bomen: list[Boom] = field(default_factory=list)
    wijken: list[Vlakte] = field(default_factory=list)
    plekken: list[BenoemdePlek] = field(default_factory=list)
    dijk: Any = None
    plangebied: Any = None
