"""The place in the form: between the location picker of `plekken` and what a draft keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from pyproj import Transformer

from loket.services.reacties.inzending import Foto, Plek
from loket.services.reacties.queries.dubbel import Bekend


@dataclass(frozen=True)
class Kiezer:
    """What came from the picker: the place now, and whether somebody only searched."""

    plek: Plek
    zoekt: bool = False
    zoekwoord: str = ""


@lru_cache(maxsize=1)
def _naar_rd() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)


def rd(lat: float, lon: float) -> tuple[float, float]:
    """A point in WGS 84 degrees as RD metres."""
    x, y = _naar_rd().transform(lon, lat)
    return round(x, 1), round(y, 1)


def kiezer(gegeven: Mapping[str, Any], was: Plek) -> Kiezer:
    """The place as this form sends it."""
    adres = str(gegeven.get("adres", "")).strip()[:200]
    return Kiezer(replace(was, label=adres), "zoek" in gegeven, adres)


def met_woorden(plaats: Plek, woorden: str) -> Plek:
    """The same place with other words beside it."""
    return replace(plaats, woorden=woorden)


def aanbod(fotos: Sequence[Foto]) -> Foto | None:
    """The first photo that knows where it was taken."""
    return next((foto for foto in fotos if foto.x is not None), None)


def uit_foto(fotos: Sequence[Foto], sleutel: str) -> Plek | None:
    """The place that was in this photo."""
    foto = next((each for each in fotos if each.id == sleutel and each.x is not None), None)
    return Plek("", "", foto.x, foto.y) if foto else None


def context(request: HttpRequest, plaats: Plek, bekend: Sequence[Bekend], zoeken: Kiezer | None) -> dict[str, Any]:
    """What the picker needs to be drawn."""
    return {"plaats": plaats}


def kaart(x: float | None, y: float | None, label: str) -> Any:
    """A small map with a pin, or None."""
    return None
