"""From bytes to clean letters, whatever the mail says its charset is."""

from __future__ import annotations

import codecs
import re

#: Charsets by names that Python does not know, or that are better read as their larger sister (as browsers do).
_BETER = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp-850": "cp850",
    "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "x-sjis": "cp932", "shift_jis": "cp932",
    "iso-8859-9": "cp1254", "x-utf-8": "utf-8", "unicode-1-1-utf-7": "utf-7", "windows-1252http-equiv": "cp1252",
}  # fmt: skip
#: Codecs that are no charset, or take more than linear time.
_NOOIT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
_ENKELBYTE = {"cp1252", "iso-8859-15", "cp850", "cp1254", "mac_roman", "iso-8859-2", "cp1250"}
_REGELEINDE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_STUUR = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_HOOG = re.compile(rb"[\x80-\xff]")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)


def schoon(tekst: str) -> str:
    """The text with `\\n` line ends, without control characters, byte order marks and lone surrogates: what every
    database and every browser takes."""
    tekst = _STUUR.sub("", _REGELEINDE.sub("\n", tekst))
    try:
        tekst.encode()
    except UnicodeEncodeError:
        tekst = tekst.encode("utf-8", "replace").decode()
    return tekst


def meta_charset(rauw: bytes) -> str:
    """The charset that HTML names for itself in its first bytes."""
    gevonden = _META.search(rauw, 0, 4096)
    return gevonden[1].decode("ascii", "replace") if gevonden else ""


def letters(rauw: bytes, charset: str = "") -> tuple[str, str]:
    """The clean text of these bytes, and what was wrong ('' when nothing was). Never raises.

    UTF-8 under another name is read as UTF-8: text in an 8-bit charset is almost never valid UTF-8 by chance.
    """
    tekst, gebrek = _letters(rauw, charset)
    return schoon(tekst), gebrek


def _letters(rauw: bytes, charset: str) -> tuple[str, str]:
    naam, bekend = _naam(charset)
    gebrek = "" if bekend else f"onbekende tekenset {charset[:40]}"
    if rauw.startswith((b"\xff\xfe", b"\xfe\xff")) and (naam.startswith("utf-16") or 0 in rauw[:2000]):
        return rauw.decode("utf-16", "replace"), gebrek
    if (breed := _zonder_bom(rauw)) and not naam.startswith("utf-16"):
        return rauw.decode(breed, "replace"), "UTF-16 met een andere naam"
    if naam in _ENKELBYTE or not bekend:
        if not _HOOG.search(rauw):
            return rauw.decode("ascii"), gebrek
        try:
            tekst = rauw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return tekst, gebrek or ("" if charset.lower() in ("", "utf-8") else f"UTF-8 onder de naam {charset[:40]}")
    try:
        return rauw.decode(naam), gebrek
    except (UnicodeError, LookupError, ValueError):
        return _gok(rauw, naam), gebrek or f"geen geldige tekens voor {charset[:40] or 'ascii'}"


def _naam(charset: str) -> tuple[str, bool]:
    kaal = charset.strip().strip("\"'").lower().replace(" ", "")
    kaal = kaal.split("*")[0].split(";")[0]
    if not kaal:
        return "cp1252", True
    if kaal in ("utf-8", "utf8"):
        return "utf-8", True
    naam = _BETER.get(kaal, kaal)
    try:
        codec = codecs.lookup(naam)
        "".encode(naam)  # a codec that is no charset (base64, zip) refuses text
    except (LookupError, ValueError, TypeError, UnicodeError):
        return "cp1252", False
    if codec.name.replace("-", "_") in _NOOIT:
        return "cp1252", False
    return naam, True


def _gok(rauw: bytes, naam: str) -> str:
    """Bytes that are not what they say: UTF-8 with some damage, or an 8-bit charset."""
    if naam not in ("utf-8", "cp1252"):
        poging = rauw.decode(naam, "replace") if naam != "utf-7" else rauw.decode("latin-1")
        if poging.count("\ufffd") * 20 <= len(poging):
            return poging
    poging = rauw.decode("utf-8", "replace")
    goed = sum(1 for teken in poging if teken > "\x7f" and teken != "\ufffd")
    if goed >= poging.count("\ufffd"):
        return poging
    return rauw.decode("cp1252", "replace")


def _zonder_bom(rauw: bytes) -> str:
    begin = rauw[:2000]
    nullen = begin.count(0)
    if len(begin) < 8 or nullen * 3 < len(begin) or len(rauw) % 2:
        return ""
    return "utf-16-le" if begin[1::2].count(0) > begin[0::2].count(0) else "utf-16-be"
