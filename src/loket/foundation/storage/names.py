"""Names of files as people may see them and systems can bear them."""

import re
import unicodedata
from pathlib import PurePosixPath

MAX_NAME = 120
_FORBIDDEN = re.compile(r'[<>:"|?*]')
# zero-width joiner and non-joiner change how words look in Persian, Hindi and emoji; all other format characters
# (bidi overrides among them, which make gpj.exe look like exe.jpg) only mislead
_JOINERS = "\u200c\u200d"
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_name(name: str, suffix: str = "") -> str:
    """`name` without folder, without control and direction characters, at most 120 characters, never empty.

    With `suffix` ('.jpg') the result ends in it, in place of a suffix that stood there. Idempotent.
    """
    last = re.split(r"[/\\\u2044\u2215\u29f8\uff0f\uff3c]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(_visible(char) for char in last)
    kept = " ".join(_FORBIDDEN.sub("_", kept).split()).strip(". ")
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    ending = suffix_of(kept)
    stem = kept.removesuffix(ending) if ending else kept
    ending = suffix.lower() or ending
    stem = _cut(stem, MAX_NAME - len(ending)).strip(". ") or "bestand"
    return unicodedata.normalize("NFC", stem + ending)


def suffix_of(name: str) -> str:
    """What the name ends in, as it is written: '.JPG'; '' when that is no suffix of at most 10 letters and digits."""
    suffix = PurePosixPath(name).suffix
    return suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,10}", suffix) else ""


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp") or char in "\t\r\n":
        return " "
    if category in ("Cc", "Cs", "Co", "Cn") or (category == "Cf" and char not in _JOINERS):
        return ""
    return char


def _cut(text: str, length: int) -> str:
    """At most `length` characters, not in the middle of a letter with its accents."""
    while length < len(text) and length > 1 and (unicodedata.combining(text[length]) or text[length] in _JOINERS):
        length -= 1
    return text[:length]
