"""The tags and the text between them of HTML, in linear time.

A tokeniser of our own: the one of the standard library takes quadratic time on some broken input, and we need no tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_START = re.compile(r"<[a-zA-Z/!?]")
_NAAM = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:_-]{0,40})")
_ATTR = re.compile(r"""([^\s=/>"']{1,60})\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s>]+))""")
OVERSLAAN = ("script", "style", "title", "template", "object", "svg", "math", "iframe")


def tokens(bron: str) -> Iterator[tuple[str, str]]:
    """('t', text), ('<', inside of a start tag), ('/', name of an end tag); every letter is looked at a bounded number
    of times: what was searched for in vain is not searched for again."""
    plek, lengte = 0, len(bron)
    groter, kleiner = -1, -1
    zonder: set[str] = set()
    laag = bron.lower() if any(f"<{naam}" in bron or f"<{naam.upper()}" in bron for naam in OVERSLAAN) else bron
    laag = laag if len(laag) == lengte else bron
    while plek < lengte:
        start = _START.search(bron, plek)
        if start is None:
            yield "t", bron[plek:]
            return
        begin = start.start()
        if begin > plek:
            yield "t", bron[plek:begin]
        if bron.startswith("<!--", begin) and "-->" not in zonder:
            einde = bron.find("-->", begin + 2)
            if einde >= 0:
                plek = einde + 3
                continue
            zonder.add("-->")
        if groter < begin:
            groter = bron.find(">", begin)
            groter = lengte if groter < 0 else groter
        naam = _NAAM.match(bron, begin)
        if groter >= lengte or not (naam or bron.startswith(("<!", "<?"), begin)):
            yield "t", "<"
            plek = begin + 1
            continue
        if kleiner <= begin:
            kleiner = bron.find("<", begin + 1)
            kleiner = lengte if kleiner < 0 else kleiner
        einde = groter
        if kleiner < groter:
            tot = bron[begin:kleiner]
            citaat = '"' if tot.count('"') % 2 else "'" if tot.count("'") % 2 else ""
            dicht = bron.find(citaat, kleiner, kleiner + 2000) if citaat else -1
            einde = bron.find(">", dicht, dicht + 2000) if dicht >= 0 else -1
            if einde < 0:
                yield "t", "<"
                plek = begin + 1
                continue
        plek = einde + 1
        if naam is None:
            continue
        woord = naam[1].lower()
        if bron[begin + 1] == "/":
            yield "/", woord
            continue
        yield "<", bron[begin + 1 : einde]
        if woord in OVERSLAAN and woord not in zonder and bron[einde - 1] != "/":
            sluit = laag.find(f"</{woord}", plek)
            if sluit < 0:
                zonder.add(woord)
            else:
                plek = sluit


def kenmerken(stuk: str) -> dict[str, str]:
    uit: dict[str, str] = {}
    for gevonden in _ATTR.finditer(stuk):
        waarde = next((groep for groep in gevonden.groups()[1:] if groep is not None), "")
        uit.setdefault(gevonden[1].lower(), html.unescape(waarde) if len(waarde) < 5000 else waarde)
    return uit
