"""The place picker without JavaScript: from what a form sent to what the page shows next. Pure; tested by itself.

The picker is part of a form of the page that uses it (`{% plek_kiezer uitkomst %}`). Every button of it sends the whole
form; `verwerk` says what was pressed (`actie`) and gives the new state. `actie` is '' when no button of the picker was
pressed: then the page goes on, with `plek(...)` as the place that was chosen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from loket.foundation.errors import Refused
from loket.registers.plekken.rules import BEGIN_SCHAAL, SCHALEN, schaalstap
from loket.registers.plekken.tekening import Beeld

BREEDTE, HOOGTE = 736, 380
"""The drawing in pixels. It has this size on every screen; a narrow screen shows the middle of it, so that the place of
a click in the image is always known."""
MIDDEN = (151_250.0, 430_800.0)
"""Where the map begins: the middle of Lindewaard."""
MAX_WOORDEN = 500


class Gevonden(Protocol):
    """A search result (`queries.Treffer`)."""

    @property
    def id(self) -> UUID: ...
    @property
    def tekst(self) -> str: ...
    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...


class Beschreven(Protocol):
    """Where a point is, in words (`queries.Nabij`)."""

    @property
    def tekst(self) -> str: ...
    @property
    def detail(self) -> str: ...


type Zoek = Callable[[str], Sequence[Gevonden]]
type Nabij = Callable[[float, float], Beschreven | None]


@dataclass(frozen=True)
class Staat:
    """What the picker shows: the middle of the map (RD), the step of zooming, the pin, and the texts."""

    x: float = MIDDEN[0]
    y: float = MIDDEN[1]
    stap: int = 3
    pin: tuple[float, float] | None = None
    tekst: str = ""
    detail: str = ""
    zoekterm: str = ""
    woorden: str = ""

    @property
    def beeld(self) -> Beeld:
        """The piece of the map that is shown."""
        return Beeld.rond(self.x, self.y, SCHALEN[self.stap], BREEDTE, HOOGTE)

    @property
    def gekozen(self) -> bool:
        """Whether there is a place: a pin, or words."""
        return self.pin is not None or bool(self.woorden)


@dataclass(frozen=True)
class Uitkomst:
    """The new state, what was pressed, search results, what went wrong ('' where there was nothing)."""

    staat: Staat
    actie: str = ""
    treffers: tuple[Gevonden, ...] = ()
    fout: str = ""


def begin(
    x: float | None = None, y: float | None = None, tekst: str = "", woorden: str = "", detail: str = ""
) -> Staat:
    """The state to begin with: the whole town, or a place that is known already (from a photo, or chosen before)."""
    if x is None or y is None:
        return Staat(woorden=woorden)
    return Staat(x, y, BEGIN_SCHAAL, (x, y), tekst, detail, "", woorden)


def verwerk(data: Mapping[str, Any], zoek: Zoek, nabij: Nabij) -> Uitkomst:
    """Read the fields of the picker (`kaart_x`, `kaart_y`, `kaart_stap`, `kaart_pin`, `kaart.x` …) and do what was
    pressed. What cannot be read counts as not sent; nothing here fails on bad input."""
    staat = _lees(data, nabij)
    if "kaart.x" in data or "kaart.y" in data:
        return Uitkomst(_klik(staat, _getal(data.get("kaart.x")), _getal(data.get("kaart.y")), nabij), "klik")
    actie = str(data.get("kiezer", ""))
    if actie == "zoek":
        return _zoek(staat, zoek, nabij)
    if actie.startswith("kies:"):
        x, y = _paar(actie.removeprefix("kies:")) or (staat.x, staat.y)
        return Uitkomst(zet_pin(replace(staat, stap=max(staat.stap, BEGIN_SCHAAL)), x, y, nabij, midden=True), "kies")
    if actie in ("in", "uit"):
        doel = staat.pin if staat.pin and actie == "in" and _in_beeld(staat, staat.pin) else (staat.x, staat.y)
        stap = schaalstap(staat.stap + (1 if actie == "in" else -1))
        return Uitkomst(replace(staat, x=doel[0], y=doel[1], stap=stap), actie)
    if actie in ("noord", "oost", "zuid", "west"):
        dx, dy = {"noord": (0, 1), "oost": (1, 0), "zuid": (0, -1), "west": (-1, 0)}[actie]
        weg = 140 / SCHALEN[staat.stap]
        return Uitkomst(replace(staat, x=staat.x + dx * weg, y=staat.y + dy * weg), actie)
    if actie == "midden":
        return Uitkomst(zet_pin(staat, staat.x, staat.y, nabij), actie)
    if actie == "wis":
        return Uitkomst(replace(staat, pin=None, tekst="", detail=""), actie)
    return Uitkomst(staat)


def controleer(staat: Staat) -> None:
    """A place was chosen, on the map or in words. Raises Refused (`geen-plek`, field `plek`)."""
    if not staat.gekozen:
        raise Refused(
            "geen-plek",
            _("Wij weten nog niet waar het is. Zoek een adres, zet de speld op de kaart, of beschrijf de plek."),
            "plek",
        )


def zet_pin(staat: Staat, x: float, y: float, nabij: Nabij, *, midden: bool = False) -> Staat:
    """Put the pin on a point (RD) and say where that is; with `midden`, the map moves there. A point far from every
    address is refused by leaving everything as it was."""
    hier = nabij(x, y)
    if hier is None:
        return staat
    x, y = round(x, 2), round(y, 2)
    nieuw = replace(staat, pin=(x, y), tekst=hier.tekst, detail=hier.detail)
    return replace(nieuw, x=x, y=y) if midden else nieuw


def _lees(data: Mapping[str, Any], nabij: Nabij) -> Staat:
    leeg = Staat()
    pin = _paar(str(data.get("kaart_pin", "")))
    staat = Staat(
        x=_getal(data.get("kaart_x"), leeg.x) or leeg.x,
        y=_getal(data.get("kaart_y"), leeg.y) or leeg.y,
        stap=schaalstap(int(_getal(data.get("kaart_stap"), leeg.stap))),
        zoekterm=str(data.get("adres", ""))[:200].strip(),
        woorden=str(data.get("woorden", "")).replace("\x00", "")[:MAX_WOORDEN].strip(),
    )
    return zet_pin(staat, *pin, nabij) if pin else staat


def _klik(staat: Staat, px: float, py: float, nabij: Nabij) -> Staat:
    """A click in the image. Browsers send 0,0 for a press on Enter: then the pin goes to the middle."""
    if px == 0 and py == 0:
        return zet_pin(staat, staat.x, staat.y, nabij)
    return zet_pin(staat, *staat.beeld.wereld(px, py), nabij)


def _zoek(staat: Staat, zoek: Zoek, nabij: Nabij) -> Uitkomst:
    if not staat.zoekterm:
        return Uitkomst(staat, "zoek", fout=_("Vul eerst een straat of adres in."))
    treffers = tuple(zoek(staat.zoekterm))
    if not treffers:
        fout = _("Wij vonden niets bij “%(term)s”. Kijk of de straat goed is geschreven, of zet de speld op de kaart.")
        return Uitkomst(staat, "zoek", fout=fout % {"term": staat.zoekterm})
    eerste = treffers[0]
    staat = zet_pin(replace(staat, stap=max(staat.stap, BEGIN_SCHAAL)), eerste.x, eerste.y, nabij, midden=True)
    return Uitkomst(staat, "zoek", treffers if len(treffers) > 1 else ())


def _in_beeld(staat: Staat, punt: tuple[float, float]) -> bool:
    x0, y0, x1, y1 = staat.beeld.vak
    return x0 < punt[0] < x1 and y0 < punt[1] < y1


def _getal(waarde: Any, anders: float = 0.0) -> float:
    try:
        getal = float(str(waarde))
    except ValueError:
        return anders
    return getal if abs(getal) < 1e7 else anders


def _paar(tekst: str) -> tuple[float, float] | None:
    delen = tekst.split(",")
    if len(delen) != 2:
        return None
    x, y = _getal(delen[0], 1e9), _getal(delen[1], 1e9)
    return (x, y) if x < 1e9 and y < 1e9 else None
