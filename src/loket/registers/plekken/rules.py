"""What is true about places: how an address is written, how coordinates relate, who keeps what. Pure functions."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pyproj import Transformer

from loket.foundation.errors import Refused
from loket.foundation.web.stored import sentence

SCHALEN = (0.25, 0.4, 0.64, 1.0, 1.6, 2.5, 4.0)
"""The steps of zooming: pixels for a metre."""
BEGIN_SCHAAL = 4
"""The step at which a place is shown (index in SCHALEN)."""
MAX_PIXELS = 2000
NABIJ_METER = 60.0
"""Up to here a place is "at" an address; further away it is "near" it."""
BIJ_NUMMER = sentence(gettext_noop("%(straat)s, bij nummer %(nummer)s"))
IN_DE_BUURT = sentence(gettext_noop("In de buurt van %(straat)s %(nummer)s"))
"""How a place is written down, in Dutch; `stored.translated` says it in the language of the reader."""

WATER_ONDERWERPEN = frozenset(
    {"water", "sloot", "duiker", "dijk", "gemaal", "sluis", "oever", "waterpeil", "waterkwaliteit", "muskusrat"}
)
"""Subjects that are the water board's wherever they are (Waterschapswet art. 1; Omgevingswet art. 2.17)."""
ZONE_ONDERWERPEN = frozenset({"", "groen", "gras", "maaien", "afval", "dieren", "vernieling", "overig"})
"""Subjects that are the water board's only on its own water and dikes."""
ZONE_METER = 5.0
"""How far beyond water and dike the water board keeps the ground: its keurstrook."""

_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([a-z]{2})\b")
_NUMMER = re.compile(r"^(.*?[^\d\s].*?)[\s,]+(?:nr\.?\s*|nummer\s+)?(\d{1,5})\s?-?\s?([a-z]?)\b\s*(.*)$")


@dataclass(frozen=True)
class Zoekvraag:
    """What somebody typed, taken apart. Empty text or None: not given."""

    straat: str = ""
    huisnummer: int | None = None
    letter: str = ""
    postcode: str = ""


def zoeknaam(tekst: str) -> str:
    """A name without accents, capitals, dots and double spaces, cut at 80 characters."""
    plat = unicodedata.normalize("NFKD", tekst).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", " ", plat).strip()[:80]


def ontleed(tekst: str, woonplaatsen: tuple[str, ...] = ("lindewaard",)) -> Zoekvraag:
    """Take apart what was typed: 'Kastanjelaan 12', 'kastanjelaan 12a Lindewaard', '1999 SS 12', '1999ss 12'."""
    plat = unicodedata.normalize("NFKD", tekst[:200]).encode("ascii", "ignore").decode().casefold()
    postcode = ""
    if gevonden := _POSTCODE.search(plat):
        postcode = (gevonden[1] + gevonden[2]).upper()
        plat = f"{plat[: gevonden.start()]} {plat[gevonden.end() :]}"
    plat = zoeknaam(re.sub(r"(?<=[a-z0-9])['’](?=[a-z])", "", plat))
    for woonplaats in woonplaatsen:
        plat = plat if plat == woonplaats else plat.removesuffix(woonplaats).strip()
    if m := _NUMMER.match(plat):
        return Zoekvraag(m[1].strip(), int(m[2]), m[3].upper(), postcode)
    if postcode and (m := re.search(r"\b(\d{1,5})\s?([a-z]?)\b", plat)):
        return Zoekvraag("", int(m[1]), m[2].upper(), postcode)
    return Zoekvraag(plat, None, "", postcode)


@cache
def _naar_rd() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)


@cache
def _naar_wgs84() -> Transformer:
    return Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)


def wgs84_naar_rd(lengte: float, breedte: float) -> tuple[float, float]:
    """Degrees (longitude, latitude; WGS84) to RD metres. Good to about 0.25 m: to show and to find, not for a border.

    Raises Refused (`buiten-nederland`) outside the area where RD is valid.
    """
    x, y = _naar_rd().transform(lengte, breedte)
    if not (-7_000 < x < 300_000 and 289_000 < y < 629_000):
        raise Refused("buiten-nederland", _("Deze plek ligt niet in Nederland."), "plek")
    return round(x, 2), round(y, 2)


def rd_naar_wgs84(x: float, y: float) -> tuple[float, float]:
    """RD metres to degrees (longitude, latitude; WGS84)."""
    lengte, breedte = _naar_wgs84().transform(x, y)
    return round(lengte, 7), round(breedte, 7)


def geojson_punt(x: float | None, y: float | None) -> dict[str, Any] | None:
    """A point in RD metres as GeoJSON in degrees: the form of `zaakgeometrie` (ZGW 1.7, EPSG:4326); None for no
    point."""
    return None if x is None or y is None else {"type": "Point", "coordinates": list(rd_naar_wgs84(x, y))}


def lees_getallen(tekst: str, aantal: int) -> tuple[float, ...]:
    """Exactly `aantal` finite numbers between commas, each between -10 million and 10 million. Raises Refused
    (`getallen`)."""
    try:
        getallen = tuple(float(deel) for deel in tekst.split(","))
    except ValueError:
        getallen = ()
    if len(getallen) != aantal or not all(abs(g) < 1e7 for g in getallen):
        raise Refused("getallen", _("Hier horen %(aantal)d getallen met komma’s ertussen.") % {"aantal": aantal})
    return getallen


def schaalstap(stap: int) -> int:
    """The nearest step of zooming that exists."""
    return min(max(stap, 0), len(SCHALEN) - 1)
