"""The map from the register: reads a piece of it in one statement, draws it, and remembers what was drawn.

What is drawn is kept in memory by piece and by the version of the register (see `models.Bestuursgebied`).
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import shapely

from loket.foundation.database.sql import row, rows
from loket.registers.plekken.tekening import Beeld, Lagen, Pin, teken
from loket.registers.plekken.velden import vak_tekst

_VLAK = """
select 'groen' as laag, naam, soort, 0 as rang, 0::float as a, 0::float as b, 0::float as c, vorm, null::bytea as hart
    from plekken_groenvlak where vak && %(vak)s::box
union all select 'water', naam, soort, 0, 0, 0, 0, vorm, hartlijn from plekken_waterdeel where vak && %(vak)s::box
union all select 'straat', naam, '', rang, breedte, rijbaan, 0, vorm, null from plekken_straat where vak && %(vak)s::box
union all select 'pand', '', soort, 0, 0, 0, 0, vorm, null from plekken_pand
    where vak && %(vak)s::box and (%(klein)s or soort <> 'bijgebouw')
union all select 'boom', '', '', 0, x, y, straal, null, null from plekken_boom
    where %(klein)s and point(x, y) <@ %(vak)s::box
union all select 'wijk', naam, '', 0, 0, 0, 0, vorm, null from plekken_wijk
    where %(wijken)s and vak && %(vak)s::box and naam <> 'Buitengebied'
union all select 'plek', naam, soort, 0, x, y, 0, null, null from plekken_benoemdeplek
    where %(klein)s and point(x, y) <@ %(vak)s::box
union all select 'nummer', huisnummer || letter, '', 0, x, y, 0, null, null from plekken_adres
    where %(nummers)s and point(x, y) <@ %(vak)s::box"""


def kaartvlak(beeld: Beeld) -> Lagen:
    """All layers of a piece of the map, as much as its scale shows: one statement."""
    k, m = beeld.schaal, 40 / beeld.schaal
    x0, y0, x1, y1 = beeld.vak
    vak = vak_tekst((x0 - m, y0 - m, x1 + m, y1 + m))
    lagen = Lagen()
    vlakken = rows(_VLAK, {"vak": vak, "klein": k >= 0.6, "wijken": k < 0.8, "nummers": k >= 3})
    vormen = shapely.from_wkb([None if r["vorm"] is None else bytes(r["vorm"]) for r in vlakken])
    for r, vorm in zip(vlakken, vormen, strict=True):
        naam, soort = r["naam"], r["soort"]
        match r["laag"]:
            case "groen":
                lagen.groen.append((naam, soort, vorm))
            case "water":
                lagen.water.append((naam, soort, vorm, r["hart"] and shapely.from_wkb(bytes(r["hart"]))))
            case "straat":
                lagen.straten.append((naam, r["rang"], r["a"], r["b"], vorm))
            case "pand":
                lagen.panden.append((soort, vorm))
            case "boom":
                lagen.bomen.append((r["a"], r["b"], r["c"]))
            case "wijk":
                lagen.wijken.append((naam, vorm.centroid.x, vorm.centroid.y))
            case "plek":
                lagen.plekken.append((naam, soort, r["a"], r["b"]))
            case "nummer":
                lagen.nummers.append((naam, r["a"], r["b"]))
    return lagen


def stand() -> str:
    """The version of the map: changes when the register is loaded anew."""
    nieuwste = row("select id from plekken_bestuursgebied order by id desc limit 1")
    return str(nieuwste["id"]) if nieuwste else ""


def svg(
    beeld: Beeld,
    pins: Iterable[Pin] = (),
    *,
    los: bool = False,
    kaal: bool = False,
    naam: str = "",
    sleutel: str = "k",
    percelen: Sequence[Any] = (),
) -> str:
    """A piece of the map as SVG, with the shapes in `percelen` outlined; the rest as in `tekening.teken`."""
    outlines = tuple(shapely.to_wkb(p) for p in percelen)
    return _svg(stand(), beeld, tuple(pins), los, kaal, naam, sleutel, outlines)


@lru_cache(maxsize=128)
def _svg(
    stand: str,
    beeld: Beeld,
    pins: tuple[Pin, ...],
    los: bool,
    kaal: bool,
    naam: str,
    sleutel: str,
    percelen: tuple[bytes, ...],
) -> str:
    lagen = kaartvlak(beeld)
    lagen.percelen = [shapely.from_wkb(p) for p in percelen]
    return teken(beeld, lagen, pins, los=los, kaal=kaal, naam=naam, sleutel=sleutel)
