"""Measuring a picture before opening it: what would cost too much memory or time is refused by its first bytes."""

import warnings
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from loket.foundation.storage.kinds import JPEG, Doubtful, Kind

MAX_PIXELS = 80_000_000
MAX_SCANS = 120
"""A progressive JPEG has about ten; thousands of them, in a small file, are hours of work for whoever opens it."""
MAX_SIDE = 30_000

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}

# above its own limit Pillow prints a warning and goes on; ours is lower and refuses
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
# nor may a stranger's broken EXIF fill our logs
warnings.filterwarnings("ignore", module=r"PIL\.TiffImagePlugin")


def measure(file: BinaryIO, kind: Kind) -> tuple[int, int]:
    """Width and height in pixels. Raises Doubtful: `kapot`, `te_veel_pixels`."""
    file.seek(0)
    if kind is JPEG:
        if _count(file, b"\xff\xda") > MAX_SCANS:
            raise Doubtful("te_veel_pixels")
        file.seek(0)
    try:
        with Image.open(file, formats=[FORMATS[kind.mime]]) as image:
            width, height = image.size
    except Image.DecompressionBombError:
        raise Doubtful("te_veel_pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError, OverflowError):
        raise Doubtful("kapot") from None
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Doubtful("te_veel_pixels")
    if min(width, height) < 1:
        raise Doubtful("kapot")
    return width, height


def _count(file: BinaryIO, sign: bytes) -> int:
    found, before = 0, b""
    while chunk := file.read(1 << 20):
        found += (before + chunk).count(sign)
        before = chunk[-(len(sign) - 1) :]
    return found
