"""Taking in a photo of a resident: look at it, draw it anew without what stood inside, keep it.

Only the place that was in it is remembered, to be offered."""

import secrets
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyproj import Transformer

from loket.foundation.storage.files import store
from loket.foundation.storage.images import PHOTOS, clean_photo, inspect_upload
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


def neem_foto(upload: "UploadedFile[Any]", veld: str = "foto") -> Foto:
    """The photo as it is kept, with a small one beside it. Raises Refused with words for whoever chose it."""
    gezien = inspect_upload(upload, PHOTOS, rules.MAX_FOTO_BYTES, field=veld)
    upload.seek(0)
    schoon = clean_photo(upload.read(), field=veld)
    bewaard, klein = store(schoon.data), store(schoon.thumbnail)
    x, y = rd(schoon.place.lat, schoon.place.lon) if schoon.place else (None, None)
    return Foto(
        id=secrets.token_urlsafe(12),
        naam=clean_name(gezien.name, schoon.suffix),
        sha256=bewaard.sha256,
        grootte=bewaard.size,
        formaat=schoon.mime,
        klein=klein.sha256,
        x=x,
        y=y,
    )
