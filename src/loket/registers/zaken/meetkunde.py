"""The geometry of a zaak: GeoJSON in degrees (EPSG:4326), as clients send it, and our own point in RD metres."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from loket.foundation.api.problem import invalid
from loket.foundation.errors import Refused
from loket.registers.plekken.rules import wgs84_naar_rd

if TYPE_CHECKING:
    import shapely


def lees(name: str, geojson: Mapping[str, Any]) -> "shapely.Geometry":
    """GeoJSON as a geometry. Raises Problem (`invalid`)."""
    import shapely  # slow to load, and few processes need it
    from shapely.errors import GEOSException

    try:
        vorm = shapely.from_geojson(json.dumps(geojson))
        if vorm is None or vorm.is_empty:
            raise ValueError
    except (GEOSException, ValueError, TypeError):
        raise invalid(name, "invalid", "Dit is geen GeoJSON-geometrie.") from None
    return vorm


def punt(geojson: Mapping[str, Any] | None) -> tuple[float | None, float | None]:
    """A point that stands for the whole, in RD metres; nothing where there is no geometry, or it lies outside the
    Netherlands. Raises Problem (`invalid`)."""
    if not geojson:
        return None, None
    midden = lees("zaakgeometrie", geojson).representative_point()
    try:
        return wgs84_naar_rd(midden.x, midden.y)
    except Refused:
        return None, None


def binnen(vorm: "shapely.Geometry", geojson: Mapping[str, Any]) -> bool:
    """Whether a geometry lies within another."""
    import shapely
    from shapely.geometry import shape

    return bool(shapely.covers(vorm, shape(geojson)))
