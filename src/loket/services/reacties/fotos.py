"""Taking in a file of a resident: look at what it is, and keep it. A photo is drawn anew without what stood inside.

Only the place that was in a photo is remembered, to be offered."""

import secrets
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyproj import Transformer

from loket.foundation.storage.files import store
from loket.foundation.storage.images import DOCUMENTS, clean_photo, inspect_upload
from loket.foundation.storage.names import clean_name
from loket.services.reacties import rules
from loket.services.reacties.inzending import Foto

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@lru_cache(maxsize=1)
def _naar_rd() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)


def rd(lat: float, lon: float) -> tuple[float, float]:
    """A point in WGS 84 degrees as RD metres."""
    x, y = _naar_rd().transform(lon, lat)
    return round(x, 1), round(y, 1)


def neem_bestand(upload: "UploadedFile[Any]", veld: str = "foto") -> Foto:
    """The file as it is kept; of a photo the picture alone, with a small one beside it. Raises Refused with words for
    whoever chose it."""
    gezien = inspect_upload(upload, DOCUMENTS, rules.MAX_FOTO_BYTES, field=veld)
    upload.seek(0)
    sleutel = secrets.token_urlsafe(12)
    if not gezien.is_photo:
        bewaard = store(upload)
        return Foto(sleutel, gezien.name, bewaard.sha256, bewaard.size, gezien.mime)
    schoon = clean_photo(upload.read(), field=veld)
    bewaard, klein = store(schoon.data), store(schoon.thumbnail)
    x, y = rd(schoon.place.lat, schoon.place.lon) if schoon.place else (None, None)
    return Foto(
        id=sleutel,
        naam=clean_name(gezien.name, schoon.suffix),
        sha256=bewaard.sha256,
        grootte=bewaard.size,
        formaat=schoon.mime,
        klein=klein.sha256,
        x=x,
        y=y,
    )
