"""Where a link goes, as text beside its words."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_VEILIG = re.compile(r"https://[a-z0-9.-]+\.safelinks\.protection\.outlook\.com/", re.IGNORECASE)
_KAAL = re.compile(r"^(?:https?://)?(?:www\.)?|/$", re.IGNORECASE)


def doel(adres: str, woorden: str) -> str:
    """What to show of a link beside its words: '' when the words say it already, or it leads nowhere a person can go.
    Outlook's "safe links" are shown as what they stand for."""
    adres = "".join(adres.split())
    if _VEILIG.match(adres):
        adres = _ontpakt(adres)
    laag = adres.lower()
    if laag.startswith(("mailto:", "tel:")):
        kaal = adres.partition(":")[2].partition("?")[0]
        return "" if _gelijk(kaal, woorden) else kaal
    if not laag.startswith(("http://", "https://", "ftp://")) or len(adres) > 2000:
        return ""
    return "" if _gelijk(adres, woorden) else adres


def _gelijk(adres: str, woorden: str) -> bool:
    return _KAAL.sub("", adres).lower().replace(" ", "") == _KAAL.sub("", woorden).lower().replace(" ", "")


def _ontpakt(adres: str) -> str:
    try:
        return parse_qs(urlsplit(adres).query).get("url", [adres])[0]
    except ValueError:
        return adres
