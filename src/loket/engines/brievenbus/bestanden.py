"""Attachments: safe names, what the bytes really are, and which images are no more than decoration."""

from __future__ import annotations

import re
import unicodedata

from loket.engines.brievenbus.brief import Rol
from loket.engines.brievenbus.bron import Bron

MAX_NAAM = 120
_SCHEIDING = re.compile(r"[/\\\u2044\u2215\u29f8\uff0f\uff3c]")
_VERBODEN = re.compile(r'[<>:"|?*]')
_GERESERVEERD = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")

#: The first bytes of files: (offset, bytes, type).
_TEKENS = (
    (0, b"%PDF-", "application/pdf"), (0, b"\x89PNG\r\n\x1a\n", "image/png"), (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"), (0, b"BM", "image/bmp"), (0, b"II*\0", "image/tiff"), (0, b"MM\0*", "image/tiff"),
    (4, b"ftypheic", "image/heic"), (4, b"ftypmif1", "image/heic"), (4, b"ftypavif", "image/avif"),
    (4, b"ftyp", "video/mp4"), (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"MZ", "application/x-msdownload"), (0, b"\x7fELF", "application/x-executable"), (0, b"{\\rtf", "text/rtf"),
    (0, b"Rar!", "application/vnd.rar"), (0, b"7z\xbc\xaf", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"OggS", "audio/ogg"), (0, b"ID3", "audio/mpeg"), (0, b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (0, b"BEGIN:VCALENDAR", "text/calendar"), (0, b"BEGIN:VCARD", "text/vcard"), (0, b"<?xml", "application/xml"),
    (0, b"-----BEGIN PGP", "application/pgp-signature"),
)  # fmt: skip
_ZIP = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_EXT = {
    "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/heic": ".heic",
    "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "message/rfc822": ".eml", "text/vcard": ".vcf",
    "application/zip": ".zip", "image/webp": ".webp", "text/rtf": ".rtf",
}  # fmt: skip


def veilige_naam(naam: str, soort: str = "") -> str:
    """A name without folder, control or direction characters, at most 120 letters, never empty, no device name of
    Windows. `soort` gives the ending when the name has none."""
    naam = unicodedata.normalize("NFC", naam[-2000:])
    laatste = _SCHEIDING.split(naam)[-1]
    kaal = "".join(_zichtbaar(teken) for teken in laatste)
    kaal = " ".join(_VERBODEN.sub("_", kaal).split()).strip(". ")
    if _GERESERVEERD.match(kaal):
        kaal = f"_{kaal}"
    einde = gevonden[0] if (gevonden := _ENDING.search(kaal)) else ""
    stam = kaal[: len(kaal) - len(einde)]
    einde = einde or _EXT.get(soort, "")
    stam = stam[: MAX_NAAM - len(einde)].strip(". ") or "bestand"
    return stam + einde


def _zichtbaar(teken: str) -> str:
    soort = unicodedata.category(teken)
    if soort in ("Zs", "Zl", "Zp") or teken in "\t\r\n":
        return " "
    return "" if soort in ("Cc", "Cs", "Co", "Cn", "Cf") else teken


def gezien(begin: bytes) -> str:
    """The media type that the first bytes show; '' when they show none."""
    if begin[:4] == b"RIFF" and begin[8:12] == b"WEBP":
        return "image/webp"
    if begin.startswith(b"PK\x03\x04"):
        if begin[30:38] == b"mimetype":
            genoemd = re.match(rb"[\w.+/-]{5,80}", begin[38:])
            return genoemd[0].decode("ascii", "replace").removesuffix("PK") if genoemd else "application/zip"
        return next((soort for deel, soort in _ZIP if deel in begin), "application/zip")
    for plek, teken, soort in _TEKENS:
        if begin.startswith(teken, plek):
            return soort
    kop = begin[:512].lstrip().lower()
    if kop.startswith((b"<!doctype html", b"<html", b"<script", b"<body")):
        return "text/html"
    if kop.startswith(b"<svg"):
        return "image/svg+xml"
    if not begin or b"\0" in begin:
        return ""
    try:
        begin[:-4].decode()
    except UnicodeDecodeError:
        return ""
    return "text/plain"


def maten(begin: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG, out of its first bytes."""
    if begin.startswith(b"\x89PNG") and len(begin) >= 24:
        return int.from_bytes(begin[16:20]), int.from_bytes(begin[20:24])
    if begin.startswith(b"GIF8") and len(begin) >= 10:
        return int.from_bytes(begin[6:8], "little"), int.from_bytes(begin[8:10], "little")
    if begin.startswith(b"\xff\xd8"):
        plek = 2
        while plek + 9 < len(begin) and begin[plek] == 0xFF:
            if begin[plek + 1] in (0xC0, 0xC1, 0xC2):
                return int.from_bytes(begin[plek + 7 : plek + 9]), int.from_bytes(begin[plek + 5 : plek + 7])
            plek += 2 + max(2, int.from_bytes(begin[plek + 2 : plek + 4]))
    return None


def rol_van_beeld(bron: Bron, begin: bytes, *, in_tekst: bool, bij_nieuw: bool) -> Rol:
    """What an image is for. `in_tekst`: the HTML shows it; `bij_nieuw`: it does so in what the sender wrote.

    A photograph is never called a logo: only what is shown in the text, and is small or stands in a signature or quote.
    """
    maat = maten(begin)
    if (maat and max(maat) <= 3) or (not maat and 0 < bron.omvang < 80):
        return Rol.PIXEL
    if not in_tekst:
        return Rol.BIJLAGE
    if not bij_nieuw:
        return Rol.LOGO
    klein = bron.omvang < 60_000 and maat is not None and (maat[1] <= 100 or (maat[0] <= 320 and maat[1] <= 160))
    return Rol.LOGO if klein or bron.omvang < 4_000 else Rol.INLINE
