"""Files of every kind that people and their enemies send, made here."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

SECRET = b"GEHEIM-METADATA-4711"


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, size, "white" if mode != "P" else 0)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red" if mode in ("RGB", "RGBA") else 1)
    return image


def encode(image: Image.Image, form: str, **more: Any) -> bytes:
    output = io.BytesIO()
    image.save(output, form, **more)
    return output.getvalue()


def exif(orientation: int = 6, gps: bool = True) -> Image.Exif:
    """EXIF as a telephone writes it: turned, with place, moment and maker."""
    made = Image.Exif()
    made[ExifTags.Base.Make] = SECRET.decode()
    made[ExifTags.Base.Orientation] = orientation
    made.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:20 14:12:09"
    made.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = SECRET
    if gps:
        place = made.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef] = "N"
        place[ExifTags.GPS.GPSLatitude] = (52.0, 5.0, 24.0)
        place[ExifTags.GPS.GPSLongitudeRef] = "E"
        place[ExifTags.GPS.GPSLongitude] = (5.0, 7.0, 12.0)
    return made


def phone_jpeg(**more: Any) -> bytes:
    """A JPEG with everything in it that must not stay: EXIF, XMP, IPTC, a comment, a profile, bytes after the end."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    data = encode(picture((80, 40)), "JPEG", exif=exif(**more), comment=SECRET, icc_profile=profile, xmp=xmp)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(SECRET)) + SECRET
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + data[2:] + b"motion" + SECRET


def phone_png() -> bytes:
    info = PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return encode(picture((80, 40), "RGBA"), "PNG", pnginfo=info, exif=exif())


def phone_webp() -> bytes:
    return encode(picture((80, 40)), "WEBP", exif=exif().tobytes(), xmp=SECRET)


def gif() -> bytes:
    return encode(picture((40, 40), "P"), "GIF", save_all=True, append_images=[picture((40, 40), "P")], comment=SECRET)


def pdf(body: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog " + body + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def packed(entries: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return output.getvalue()


def docx(**more: bytes) -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"} | more)


def xlsx() -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def odt() -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, zipfile.ZIP_STORED)


def png_bomb(width: int = 20_000, height: int = 20_000) -> bytes:
    """A few bytes that say they are a very large picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def scan_bomb() -> bytes:
    """A progressive JPEG whose last scan is repeated."""
    data = encode(picture(), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 500 + data[-2:]
