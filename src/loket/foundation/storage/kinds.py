"""What a file really is, by its content: its name and what a browser says of it prove nothing."""

import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO, Literal

from django.utils.translation import gettext as _

from loket.foundation.errors import Refused


@dataclass(frozen=True)
class Kind:
    """A kind of file that the house can take in."""

    mime: str
    suffixes: tuple[str, ...]
    family: Literal["foto", "pdf", "tekst", "kantoor"]


JPEG = Kind("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), "foto")
PNG = Kind("image/png", (".png",), "foto")
WEBP = Kind("image/webp", (".webp",), "foto")
GIF = Kind("image/gif", (".gif",), "foto")
PDF = Kind("application/pdf", (".pdf",), "pdf")
TEXT = Kind("text/plain", (".txt", ".text", ".log", ".csv", ".md"), "tekst")
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = Kind(f"{_OFFICE}.wordprocessingml.document", (".docx",), "kantoor")
XLSX = Kind(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), "kantoor")
ODT = Kind("application/vnd.oasis.opendocument.text", (".odt",), "kantoor")

PHOTOS = frozenset({JPEG, PNG, WEBP, GIF})
DOCUMENTS = PHOTOS | {PDF, TEXT, DOCX, XLSX, ODT}

MAX_ENTRIES = 2_000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 150

_ZIP_END = b"PK\x05\x06"
_ACTIVE = re.compile(rb"<(?:script|html|svg|iframe|object|embed|\?php|!doctype)", re.IGNORECASE)
# long enough not to occur by chance in 20 MB of compressed picture or stream
_ACTIVE_IN_PICTURE = re.compile(rb"<(?:script|iframe|html[\s>]|\?php\s|!doctype\s+html|svg\s+xmlns)", re.IGNORECASE)
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


class Doubtful(Exception):
    """The content is of no kind, or of two at once. `code`: why, for `Refused`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def look(file: BinaryIO, size: int) -> Kind:
    """The kind of this content. Raises Doubtful: `onbekend`, `heic`, `programma` (something that can do things),
    `dubbel` (two kinds of file in one), `zipbom`, `kapot`, `macro`."""
    head = _at(file, 0, 4096)
    kind = _picture(head)
    if kind:
        _no_second_kind(file, size, head, allow_markup=False)
        return kind
    if head.startswith(b"%PDF-"):
        _pdf(file, size)
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _packed(file, size)
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1", b"avif"):
        raise Doubtful("heic")
    if head.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xd0\xcf\x11\xe0")):
        raise Doubtful("programma" if head[:1] != b"\xd0" else "onbekend")
    return _text(file)


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(max(0, offset))
    return file.read(length)


def _picture(head: bytes) -> Kind | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return GIF if head[:6] in (b"GIF87a", b"GIF89a") else None


def _no_second_kind(file: BinaryIO, size: int, head: bytes, *, allow_markup: bool) -> None:
    """A picture that is also an archive, a PDF or a web page was made to mislead somebody."""
    tail = _at(file, size - 66_000, 66_000)
    if _ZIP_END in tail or b"%PDF-" in head[1:1100] or _at(file, size - 512, 4) == b"koly":
        raise Doubtful("dubbel")
    if allow_markup:
        return
    file.seek(0)
    before = b""
    while chunk := file.read(1 << 20):
        if _ACTIVE_IN_PICTURE.search(before + chunk):
            raise Doubtful("dubbel")
        before = chunk[-16:]


def _pdf(file: BinaryIO, size: int) -> None:
    if b"%%EOF" not in _at(file, size - 2048, 2048):
        raise Doubtful("kapot")
    _no_second_kind(file, size, b"", allow_markup=True)
    file.seek(0)
    before = b""
    while chunk := file.read(1 << 20):
        # names in a PDF may be written with #xx, which only somebody who hides something does
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), before + chunk)
        if _PDF_ACTIVE.search(plain):
            raise Doubtful("programma_pdf")
        before = chunk[-48:]


def _packed(file: BinaryIO, size: int) -> Kind:
    """An office document, by what is in its archive; nothing is unpacked but two short lists."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _no_bomb(entries, size)
            names = {entry.filename for entry in entries}
            lower = [name.lower() for name in names]
            if any(
                name.endswith(("vbaproject.bin", ".exe", ".js", ".vbs"))
                or name.startswith(("basic/", "scripts/"))
                or "/activex/" in name
                for name in lower
            ):
                raise Doubtful("macro")
            if "[Content_Types].xml" in names and "word/document.xml" in names:
                return DOCX
            if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
                return XLSX
            if "mimetype" in names and archive.read(_short(archive, "mimetype")).strip() == ODT.mime.encode():
                return ODT
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        raise Doubtful("kapot") from None
    raise Doubtful("zip")


def _short(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    entry = archive.getinfo(name)
    if entry.file_size > 200:
        raise Doubtful("kapot")
    return entry


def _no_bomb(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or packed > size:
        raise Doubtful("zipbom")
    for entry in entries:
        if entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise Doubtful("zipbom")
        if entry.flag_bits & 1:
            raise Doubtful("kapot")
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]:
            raise Doubtful("dubbel")


def _text(file: BinaryIO) -> Kind:
    """Plain text in UTF-8 that is no web page, drawing or script."""
    file.seek(0)
    content = file.read()
    if _ACTIVE.search(content) or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<!--", b"{\\rtf")):
        raise Doubtful("programma")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Doubtful("onbekend") from None
    if _NOT_TEXT.search(text):
        raise Doubtful("onbekend")
    return TEXT


def refusal(code: str, name: str, field: str | None) -> Refused:
    """The words for a person who chose this file."""
    said = {
        "heic": _(
            "‘%(naam)s’ is een HEIC-foto. Die kunnen wij niet openen. Bewaar de foto als jpg en kies hem opnieuw."
        ),
        "programma": _("‘%(naam)s’ is geen foto of document. Kies een foto (jpg of png), een pdf of een tekst."),
        "programma_pdf": _(
            "In ‘%(naam)s’ zit een programma. Dat nemen wij niet aan. Druk de pdf af naar een nieuwe pdf en kies die."
        ),
        "macro": _("In ‘%(naam)s’ zit een programma. Dat nemen wij niet aan. Bewaar het als pdf en kies die."),
        "dubbel": _("‘%(naam)s’ is geen gewoon bestand. Maak een nieuwe foto of pdf en kies die."),
        "zipbom": _("‘%(naam)s’ is uitgepakt veel te groot. Bewaar het als pdf en kies die."),
        "zip": _("‘%(naam)s’ is een pakket van bestanden. Stuur de foto’s of documenten los."),
        "kapot": _("‘%(naam)s’ is beschadigd of zit op slot. Open het zelf, bewaar het opnieuw en kies het dan."),
        "onbekend": _("Wij kunnen ‘%(naam)s’ niet lezen. Kies een foto (jpg of png), een pdf of een tekst."),
        "te_veel_pixels": _("De foto ‘%(naam)s’ is te groot om te openen. Maak hem kleiner en kies hem opnieuw."),
        "leeg": _("‘%(naam)s’ is leeg. Kies een ander bestand."),
    }
    return Refused(code, said[code] % {"naam": name}, field)
