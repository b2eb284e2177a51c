"""The map as SVG: the look of `loket.css` (`.m-land`, `.m-road` …), names along the streets. Pure.

One drawing serves two uses: inline in a page, coloured by the theme's tokens, and as an image of its own, which
carries its colours for light and dark. Coordinates go in as RD metres; y turns over on the way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np
from shapely import clip_by_rect, get_coordinates, get_parts, get_rings, transform

from loket.registers.plekken.namen import Naam, Plaatser

type Vak = tuple[float, float, float, float]
"""x0, y0, x1, y1 in RD metres."""

LETTER = 15.0
"""Height of a street's name in pixels; nothing on the map is smaller than 12."""
STIJL = (
    ".l{--land:#f1f2ea;--green:#d5e6c3;--tree:#bdd4a6;--water:#bcdbe6;--road:#fff;--edge:#cfd3ca;--house:#ddd7ca;"
    "--label:#3f5054;--plot:#0c4a57;--bg:#fff;--ink:#10262b;--lime:#d4e157}"
    "@media(prefers-color-scheme:dark){.l{--land:#1a2629;--green:#223a2b;--tree:#2d4c38;--water:#163c4a;--road:#3a4b50;"
    "--edge:#10191b;--house:#2a363a;--label:#d3dfe0;--plot:#8fd3de;--bg:#0f1b1e;--ink:#e9f0ef}}"
    "text{font-family:'Atkinson Hyperlegible Next','Atkinson Hyperlegible',Verdana,sans-serif}"
    ".m-land{fill:var(--land)}.m-green{fill:var(--green)}.m-tree{fill:var(--tree)}.m-house{fill:var(--house)}"
    ".m-house--los{stroke:var(--land)}.m-pond{fill:var(--water)}.m-edge,.m-road{fill:none;stroke-linecap:round;stroke-linejoin:round}"
    ".m-edge{stroke:var(--edge)}.m-road{stroke:var(--road)}.m-name,.m-wijk{fill:var(--label);text-anchor:middle;"
    "dominant-baseline:central;paint-order:stroke;stroke:var(--land);stroke-linejoin:round}.m-name--soft{font-style:italic}"
    ".m-name--nat{font-style:italic}.m-wijk{font-weight:600}.m-weide{opacity:.45}.m-rail{fill:none;stroke:var(--label);opacity:.55}"
    ".m-bies{fill:none;stroke:var(--land)}.m-plot{fill:var(--lime);fill-opacity:.45;stroke:var(--plot);stroke-width:2.5}"
    ".m-pin{fill:var(--plot);stroke:var(--bg);stroke-width:2}.m-pin-in{fill:var(--lime)}.m-dot{fill:var(--bg);stroke:var(--plot)}"
    ".m-dot-t{fill:var(--ink);font-weight:700;text-anchor:middle;dominant-baseline:central}"
)


@dataclass(frozen=True)
class Pin:
    """A mark on the map: the pin (`nummer` empty) or a circle with a number that the text speaks of."""

    x: float
    y: float
    nummer: str = ""


@dataclass
class Lagen:
    """What lies in a piece of the map, straight from the register."""

    groen: list[tuple[str, str, Any]] = field(default_factory=list)
    """name, kind, area"""
    water: list[tuple[str, str, Any, Any]] = field(default_factory=list)
    """name, kind, area, centre line or None"""
    straten: list[tuple[str, int, float, float, Any]] = field(default_factory=list)
    """name, rank, whole width, carriageway, centre line"""
    panden: list[tuple[str, Any]] = field(default_factory=list)
    """kind, footprint"""
    bomen: list[tuple[float, float, float]] = field(default_factory=list)
    """x, y, radius"""
    wijken: list[tuple[str, float, float]] = field(default_factory=list)
    """name, x, y"""
    plekken: list[tuple[str, str, float, float]] = field(default_factory=list)
    """name, kind, x, y"""
    nummers: list[tuple[str, float, float]] = field(default_factory=list)
    """house number, x, y"""
    percelen: list[Any] = field(default_factory=list)
    """plots to outline"""


@dataclass(frozen=True)
class Beeld:
    """What is asked for: the piece of the world and the size of the drawing in pixels."""

    vak: Vak
    breedte: float
    hoogte: float

    @classmethod
    def rond(cls, x: float, y: float, schaal: float, breedte: float, hoogte: float) -> "Beeld":
        """The picture with its middle at a point, `schaal` pixels for a metre."""
        hx, hy = breedte / 2 / schaal, hoogte / 2 / schaal
        return cls((x - hx, y - hy, x + hx, y + hy), breedte, hoogte)

    @property
    def schaal(self) -> float:
        """Pixels for a metre."""
        return self.breedte / (self.vak[2] - self.vak[0])

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the world is in the drawing."""
        return (x - self.vak[0]) * self.schaal, (self.vak[3] - y) * self.schaal

    def wereld(self, px: float, py: float) -> tuple[float, float]:
        """Which point of the world is at this place in the drawing."""
        return self.vak[0] + px / self.schaal, self.vak[3] - py / self.schaal


def teken(
    beeld: Beeld,
    lagen: Lagen,
    pins: Sequence[Pin] = (),
    *,
    los: bool = False,
    kaal: bool = False,
    naam: str = "",
    sleutel: str = "k",
) -> str:
    """The drawing. `los`: an image on its own, with its own colours; else for inline use.

    `kaal`: leave the pins out but keep the names away from them (a script draws the pins). `naam` is what a screen
    reader says (none: it is decoration); `sleutel` keeps the ids of several maps on one page apart."""
    k = beeld.schaal
    delen = [_kop(beeld, los, naam), '<g transform="scale(.1)">', *_grond(beeld, lagen, k), *_wegen(beeld, lagen, k)]
    if k >= 0.6:
        delen.append(f'<path class="m-tree" d="{_stippen(beeld, lagen.bomen)}"/>')
    delen += [f'<path class="m-plot" stroke-width="25" d="{_ringen(beeld, [p])}"/>' for p in lagen.percelen]
    delen.append("</g>")
    delen += _namen(beeld, lagen, pins, k, sleutel)
    if not kaal:
        delen += [_pin(beeld, pin) for pin in sorted(pins, key=lambda p: not p.nummer)]
    delen.append("</svg>")
    return "".join(delen)


def _kop(beeld: Beeld, los: bool, naam: str) -> str:
    w, h = f"{beeld.breedte:.0f}", f"{beeld.hoogte:.0f}"
    rol = f'role="img" aria-label="{escape(naam)}"' if naam else 'aria-hidden="true"'
    maat = f' xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" class="l"' if los else ""
    stijl = f"<style>{STIJL}</style>" if los else ""
    land = f'<rect class="m-land" width="{w}" height="{h}"/>'
    return f'<svg{maat} viewBox="0 0 {w} {h}" preserveAspectRatio="xMidYMid slice" {rol}>{stijl}{land}'


def _grond(beeld: Beeld, lagen: Lagen, k: float) -> Iterable[str]:
    weide = [v for _, soort, v in lagen.groen if soort in ("weide", "uiterwaard")]
    groen = [v for _, soort, v in lagen.groen if soort not in ("weide", "uiterwaard", "veld")]
    yield f'<path class="m-green m-weide" d="{_ringen(beeld, weide)}"/>'
    yield f'<path class="m-green" d="{_ringen(beeld, groen)}"/>'
    velden = [v for _, soort, v in lagen.groen if soort == "veld"]
    if velden:
        yield f'<path class="m-bies" stroke-width="{max(8, 8 * k):.0f}" d="{_ringen(beeld, velden)}"/>'
    yield f'<path class="m-pond" d="{_ringen(beeld, [w[2] for w in lagen.water])}"/>'
    huizen = [v for soort, v in lagen.panden if k >= 0.6 or soort != "bijgebouw"]
    los = f' m-house--los" stroke-width="{6 if k < 3 else 10}' if k >= 1.2 else ""
    yield f'<path class="m-house{los}" d="{_ringen(beeld, huizen)}"/>'


def _wegen(beeld: Beeld, lagen: Lagen, k: float) -> Iterable[str]:
    """Edges of all streets first, then the streets themselves, so that crossings are open."""
    smal = {1: 4.2, 2: 3.2, 3: 2.0, 4: 1.4, 5: 1.0}
    groepen: dict[int, list[Any]] = {}
    for _, rang, breedte, _, lijn in lagen.straten:
        if rang == 9 or (k < 0.45 and rang == 5):
            continue
        groepen.setdefault(round(10 * max(breedte * k, smal[rang])), []).append(lijn)
    lijnen = {dik: _lijnen(beeld, vormen) for dik, vormen in sorted(groepen.items())}
    rand = min(25, max(10, 14 * k))
    yield from (f'<path class="m-edge" stroke-width="{dik + rand:.0f}" d="{d}"/>' for dik, d in lijnen.items())
    yield from (f'<path class="m-road" stroke-width="{dik}" d="{d}"/>' for dik, d in lijnen.items())
    sporen = [lijn for _, rang, _, _, lijn in lagen.straten if rang == 9]
    if sporen:
        d, dik = _lijnen(beeld, sporen), max(18, 30 * k)
        yield f'<path class="m-rail" stroke-width="{dik:.0f}" d="{d}"/>'
        blok = f"{dik * 3:.0f}"
        yield f'<path class="m-bies" stroke-width="{dik * 0.55:.0f}" stroke-dasharray="{blok} {blok}" d="{d}"/>'


def _namen(beeld: Beeld, lagen: Lagen, pins: Sequence[Pin], k: float, sleutel: str) -> Iterable[str]:
    plaatser = Plaatser(beeld.breedte, beeld.hoogte)
    for pin in pins:
        x, y = beeld.pixel(pin.x, pin.y)
        plaatser.houd_vrij(x, y if pin.nummer else y - 20, 17 if pin.nummer else 24)

    def px(lijn: Any) -> Any:
        stuk = clip_by_rect(lijn, *_ruim(beeld, 400))
        return transform(
            stuk, lambda xy: np.column_stack(((xy[:, 0] - beeld.vak[0]) * k, (beeld.vak[3] - xy[:, 1]) * k))
        )

    if k < 0.8:
        for naam, x, y in lagen.wijken:
            plaatser.op(naam, *beeld.pixel(x, y), LETTER + 2, "m-wijk")
    fs = LETTER if k >= 0.8 else 13.0
    for naam, _, _, hart in sorted((w for w in lagen.water if w[3] is not None), key=lambda w: -w[2].area):
        plaatser.langs(naam, px(hart), fs, "m-name m-name--soft", 1)
    for naam, rang, breedte, _, lijn in sorted(lagen.straten, key=lambda s: (s[1], -s[4].length, s[0])):
        if rang != 9 and rang <= (5 if k >= 0.8 else 3 if k >= 0.6 else 2 if k >= 0.3 else 1):
            plaatser.langs(naam, px(lijn), fs, "m-name", 3 if breedte > 8 else 2)
    for naam, soort, x, y in lagen.plekken:
        if soort not in ("brug", "duiker") and k >= (
            0.6 if soort in ("park", "begraafplaats", "sport", "bos") else 1.3
        ):
            plaatser.op(naam, *beeld.pixel(x, y), fs, "m-name m-name--soft")
        elif soort == "duiker" and k >= 2.4:
            plaatser.op(naam, *beeld.pixel(x, y), 13.0, "m-name m-name--soft")
    for nummer, x, y in lagen.nummers:
        plaatser.op(nummer, *beeld.pixel(x, y), 12.0, "m-name")
    if plaatser.namen:
        yield '<g aria-hidden="true" stroke-width="3.6">'
        yield from (_naam(n, f"{sleutel}{i}") for i, n in enumerate(plaatser.namen))
        yield "</g>"


def _naam(naam: Naam, sleutel: str) -> str:
    tekst, grootte = escape(naam.tekst), f"{naam.grootte:g}"
    if not naam.pad:
        x, y = naam.punt
        return f'<text class="{naam.soort}" font-size="{grootte}" x="{x:.1f}" y="{y:.1f}">{tekst}</text>'
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in naam.pad)
    return (
        f'<path id="{sleutel}" fill="none" d="{d}"/><text class="{naam.soort}" font-size="{grootte}">'
        f'<textPath href="#{sleutel}" startOffset="50%">{tekst}</textPath></text>'
    )


def _pin(beeld: Beeld, pin: Pin) -> str:
    x, y = beeld.pixel(pin.x, pin.y)
    if pin.nummer:
        return (
            f'<circle class="m-dot" cx="{x:.1f}" cy="{y:.1f}" r="14" stroke-width="3.5"/>'
            f'<text class="m-dot-t" font-size="15" x="{x:.1f}" y="{y + 0.8:.1f}">{escape(pin.nummer)}</text>'
        )
    return (
        f'<g class="m-speld" transform="translate({x:.1f} {y:.1f})scale(1.15)">'
        '<ellipse cx="0" cy="1" rx="9" ry="3.5" opacity=".25"/>'
        '<path class="m-pin" d="M0 0C-4-9-17-17-17-30a17 17 0 0 1 34 0C17-17 4-9 0 0z"/>'
        '<circle class="m-pin-in" cx="0" cy="-30" r="6.5"/></g>'
    )


def _ruim(beeld: Beeld, pixels: float) -> Vak:
    m = pixels / beeld.schaal
    x0, y0, x1, y1 = beeld.vak
    return x0 - m, y0 - m, x1 + m, y1 + m


def _tienden(beeld: Beeld, xy: Any) -> Any:
    """Points of the world as whole tenths of a pixel."""
    k = 10 * beeld.schaal
    return np.rint(np.column_stack(((xy[:, 0] - beeld.vak[0]) * k, (beeld.vak[3] - xy[:, 1]) * k))).astype(np.int64)


def _pad(beeld: Beeld, lijnen: Any, slot: str) -> str:
    """One path for many lines: whole numbers, each point as a step from the one before."""
    if len(lijnen) == 0:
        return ""
    xy, bij = get_coordinates(lijnen, return_index=True)
    stappen = _tienden(beeld, xy)
    begin = np.flatnonzero(np.diff(bij, prepend=-1))
    eind = np.append(begin[1:], len(bij))
    verschil = np.diff(stappen, axis=0, prepend=0).tolist()
    punten = stappen.tolist()
    uit = []
    for i, j in zip(begin.tolist(), eind.tolist(), strict=True):
        laatste = j - 1 if slot else j
        stuk = " ".join(f"{dx} {dy}" for dx, dy in verschil[i + 1 : laatste] if dx or dy)
        if stuk:
            uit.append(f"M{punten[i][0]} {punten[i][1]}l{stuk}{slot}".replace(" -", "-"))
    return "".join(uit)


def _ringen(beeld: Beeld, vormen: Sequence[Any]) -> str:
    """The path of areas, cut off just outside the drawing."""
    if not vormen:
        return ""
    return _pad(beeld, get_rings(get_parts(clip_by_rect(list(vormen), *_ruim(beeld, 20)))), "z")


def _lijnen(beeld: Beeld, vormen: Sequence[Any]) -> str:
    return _pad(beeld, get_parts(clip_by_rect(list(vormen), *_ruim(beeld, 40))), "")


def _stippen(beeld: Beeld, bomen: Sequence[tuple[float, float, float]]) -> str:
    k = beeld.schaal * 10
    uit = []
    for x, y, r in bomen:
        px, py, pr = round((x - r - beeld.vak[0]) * k), round((beeld.vak[3] - y) * k), max(1, round(r * k))
        uit.append(f"M{px} {py}a{pr} {pr} 0 1 0 {2 * pr} 0a{pr} {pr} 0 1 0-{2 * pr} 0z")
    return "".join(uit)
