"""RTF of Outlook: the HTML that it carries inside (MS-OXRTFEX), or else its text."""

from __future__ import annotations

import re

from loket.engines.brievenbus.letters import letters

_TEKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_WEG = {
    b"fonttbl",
    b"colortbl",
    b"stylesheet",
    b"info",
    b"pict",
    b"object",
    b"themedata",
    b"datastore",
    b"generator",
    b"listtable",
}
_WITTE = {b"par": b"\n", b"line": b"\n", b"tab": b"\t", b"cell": b"\t", b"row": b"\n", b"sect": b"\n"}
_TEKENS = {b"emdash": 0x2014, b"endash": 0x2013, b"lquote": 0x2018, b"rquote": 0x2019, b"ldblquote": 0x201C,
           b"rdblquote": 0x201D, b"bullet": 0x2022}  # fmt: skip


def uit_rtf(rauw: bytes) -> tuple[str, bool]:
    """(text, it is HTML). Never raises; deep nesting costs one small tuple a level."""
    is_html = b"\\fromhtml1" in rauw[:2000]
    codepagina = "cp1252"
    uit: list[str] = []
    bytes_ = bytearray()
    stapel: list[tuple[bool, bool, int]] = []
    weg = htmlrtf = False
    uc, over = 1, 0
    begin_groep = False
    for deel in _TEKEN.finditer(rauw):
        woord, getal, hex_, symbool, haak, tekst = deel.groups()
        gewoon = b""
        if haak == b"{":
            if len(stapel) < 100_000:
                stapel.append((weg, htmlrtf, uc))
            begin_groep = True
            continue
        if haak == b"}":
            weg, htmlrtf, uc = stapel.pop() if stapel else (False, False, 1)
        elif symbool == b"*":
            weg = True
            continue
        elif woord is not None:
            if woord == b"htmltag" and is_html:
                weg = False
            elif begin_groep and woord in _WEG:
                weg = True
            elif woord == b"htmlrtf":
                htmlrtf = getal != b"0"
            elif woord == b"ansicpg" and getal:
                codepagina = f"cp{int(getal)}"
            elif woord == b"uc":
                uc = min(int(getal or 1), 8)
            elif woord == b"u" and getal and not (weg or htmlrtf):
                uit += (letters(bytes(bytes_), codepagina)[0], chr(int(getal) & 0xFFFF))
                bytes_.clear()
                over = uc
                continue
            elif woord in _TEKENS and not (weg or htmlrtf):
                uit += (letters(bytes(bytes_), codepagina)[0], chr(_TEKENS[woord]))
                bytes_.clear()
            else:
                gewoon = _WITTE.get(woord, b"")
        elif hex_ is not None:
            gewoon = bytes([int(hex_, 16)])
        elif symbool is not None:
            gewoon = {b"~": b" ", b"_": b"-", b"\n": b"\n", b"\r": b"\n"}.get(
                symbool, symbool if symbool in b"\\{}" else b""
            )
        elif tekst is not None:
            gewoon = tekst
        begin_groep = False
        if gewoon and over and woord is None:
            minder = min(over, len(gewoon))
            gewoon, over = gewoon[minder:], over - minder
        if gewoon and not weg and not htmlrtf:
            bytes_ += gewoon
    uit.append(letters(bytes(bytes_), codepagina)[0])
    samen = "".join(uit)
    return samen.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), is_html
