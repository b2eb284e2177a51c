"""Photos: only the picture stays. The place and moment inside are read first, so that a person may choose them."""

import io
import math
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms

from loket.foundation.storage import kinds
from loket.foundation.storage.kinds import Doubtful
from loket.foundation.storage.pictures import FORMATS, measure
from loket.foundation.storage.uploads import DOCUMENTS, PHOTOS, Checked, Kind, inspect_upload
from loket.foundation.time.clock import AMSTERDAM, now

__all__ = ["DOCUMENTS", "PHOTOS", "Checked", "CleanPhoto", "Kind", "Place", "clean_photo", "inspect_upload"]

SIDE = 3_000
THUMBNAIL = 480
_PNG_LIMIT = 6_000_000
_ICC_LIMIT = 2_000_000

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# opening a picture of 80 million pixels takes up to 400 MB for a few seconds: no more than two at a time in a process
_slots = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Place:
    """Where a photo was taken: degrees in WGS 84."""

    lat: float
    lon: float


@dataclass(frozen=True)
class CleanPhoto:
    """The picture alone, upright, in sRGB: `data` is JPEG or PNG (`mime`, `suffix`). `thumbnail` is a JPEG that fits in
    480 by 480. `place` and `taken_at` stood in the photo and stand in it no more."""

    data: bytes
    mime: str
    suffix: str
    width: int
    height: int
    thumbnail: bytes
    place: Place | None = None
    taken_at: datetime | None = None


def clean_photo(data: bytes, *, field: str | None = "bestanden") -> CleanPhoto:
    """Draw the photo anew: turned upright, colours in sRGB, at most 3000 pixels wide and high, and without any
    metadata. JPEG stays JPEG; PNG and GIF (its first picture) become PNG, WebP whichever fits.

    Raises Refused: `kapot`, `te_veel_pixels`. Work and memory are bounded by 80 million pixels.
    """
    try:
        kind = kinds.look(io.BytesIO(data), len(data))
        if kind not in PHOTOS:
            raise Doubtful("onbekend")
        measure(io.BytesIO(data), kind)
        with _slots, Image.open(io.BytesIO(data), formats=[FORMATS[kind.mime]]) as image:
            if kind is kinds.JPEG:
                image.draft("RGB" if image.mode != "CMYK" else "CMYK", (SIDE, SIDE))
            place, taken_at = _facts(image)
            return _drawn(image, kind, place, taken_at)
    except Doubtful as doubt:
        raise kinds.refusal(doubt.code, _("Deze foto"), field) from None
    except Image.DecompressionBombError:
        raise kinds.refusal("te_veel_pixels", _("Deze foto"), field) from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, OverflowError, ArithmeticError, TypeError):
        raise kinds.refusal("kapot", _("Deze foto"), field) from None


def _drawn(image: Image.Image, kind: Kind, place: Place | None, taken_at: datetime | None) -> CleanPhoto:
    profile, turn = image.info.get("icc_profile"), _turn(image)
    small_enough = _smaller(image)
    see_through = small_enough.has_transparency_data
    picture = _in_srgb(small_enough, profile, "RGBA" if see_through else "RGB")
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if turn is not None:
        picture = picture.transpose(turn)
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    as_png = see_through or kind in (kinds.PNG, kinds.GIF)
    output = _png(bare) if as_png else _jpeg(bare, 88)
    if as_png and not see_through and len(output) > _PNG_LIMIT:
        as_png, output = False, _jpeg(bare, 88)
    small = bare.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    return CleanPhoto(
        data=output,
        mime="image/png" if as_png else "image/jpeg",
        suffix=".png" if as_png else ".jpg",
        width=bare.width,
        height=bare.height,
        thumbnail=_jpeg(_on_white(small), 80),
        place=place,
        taken_at=taken_at,
    )


def _smaller(image: Image.Image) -> Image.Image:
    """A very large picture, made small before anything else makes a copy of it."""
    image.load()
    factor = max(image.size) // SIDE
    if factor < 2:
        return image
    if image.has_transparency_data:
        return image.convert("RGBA").reduce(factor)
    return (image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")).reduce(factor)


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How the picture must be turned to stand upright (EXIF 0x0112); a camera that says nonsense is not believed."""
    try:
        return _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:
        return None


def _in_srgb(image: Image.Image, profile: Any, mode: str) -> Image.Image:
    """The same colours in sRGB. A profile that is wrong is ignored: then the numbers stay what they are."""
    if isinstance(profile, bytes) and 0 < len(profile) < _ICC_LIMIT and image.mode in ("RGB", "CMYK", "L", "RGBA"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            out = "RGBA" if image.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(image, source, target, outputMode=out)
            if converted is not None:
                return converted.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return image.convert(mode)
    return image.convert(mode)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    output = io.BytesIO()
    image.save(output, "JPEG", quality=quality, exif=b"", comment=b"", icc_profile=None)
    return output.getvalue()


def _png(image: Image.Image) -> bytes:
    output = io.BytesIO()
    image.save(output, "PNG", compress_level=6)
    return output.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _facts(image: Image.Image) -> tuple[Place | None, datetime | None]:
    """Place and moment from EXIF. Made by a stranger, so whatever is wrong in it means: not known."""
    try:
        exif = image.getexif()
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        details = exif.get_ifd(ExifTags.IFD.Exif)
    except Exception:
        return None, None
    return _place(gps), _moment(details)


def _place(gps: dict[int, Any]) -> Place | None:
    try:
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef], "S")
        lon = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef], "W")
    except (KeyError, ValueError, TypeError, ArithmeticError, IndexError):
        return None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    return Place(lat, lon) if (lat, lon) != (0.0, 0.0) else None


def _degrees(parts: Any, side: Any, negative: str) -> float:
    degrees, minutes, seconds = (*(float(part) for part in parts), 0.0, 0.0)[:3]
    value = degrees + minutes / 60 + seconds / 3600
    letter = side.decode("ascii", "ignore") if isinstance(side, bytes) else str(side)
    return round(-value if letter.strip("\x00 ").upper() == negative else value, 7)


def _moment(details: dict[int, Any]) -> datetime | None:
    """When the photo was taken: on the camera's clock, in Amsterdam unless the photo says where that clock stood."""
    try:
        text = str(details[ExifTags.Base.DateTimeOriginal]).strip("\x00 ")
        offset = str(details.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\x00 ")
        read = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")
        zone = datetime.strptime(offset, "%z").tzinfo if offset else AMSTERDAM
    except (KeyError, ValueError, TypeError):
        return None
    taken = read.replace(tzinfo=zone or AMSTERDAM)
    return taken if taken.year >= 1990 and taken <= now() else None
