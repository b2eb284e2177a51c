"""Addresses out of header fields, as hostile as they come (RFC 5322, 3.4), in linear time."""

from __future__ import annotations

import re

from loket.engines.brievenbus import grenzen
from loket.engines.brievenbus.brief import Adres
from loket.engines.brievenbus.koppen import woorden
from loket.engines.brievenbus.letters import letters

_TEKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"?|\(((?:[^()\\]|\\.)*+)\)?|<([^<>]*)>?|([,;:])|([^"(<,;:]+)|(.)', re.DOTALL)
_ADRES = re.compile(r"[^\s<>()\[\],;:\"]{1,200}@[^\s<>()\[\],;:\"@]{1,253}")
_MAILTO = re.compile(r"\[?(?:mailto:)", re.IGNORECASE)
#: Marks of direction and invisible letters: they make a name look like somebody else's.
_MISLEIDEND = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufff9-\ufffb]")


def nette_naam(naam: str) -> str:
    """A name as people may see it: one line, no marks of direction, at most 200 characters."""
    return " ".join(_MISLEIDEND.sub("", naam).split())[:200].strip("\"' ")


def net_adres(adres: str) -> str:
    """A bare address with its domain in lower case; '' when it is none."""
    adres = _MISLEIDEND.sub("", adres.strip().strip("'\"<>").removeprefix("mailto:"))
    voor, _at, domein = adres.rpartition("@")
    if not voor or not domein or len(adres) > 320 or re.search(r"[\s<>,;]", adres):
        return ""
    return f"{voor}@{domein.lower().rstrip('.')}"


def adres_uit(tekst: str) -> Adres:
    """One address as people and programs write it: `Jan <jan@x.nl>`, `Jan [mailto:jan@x.nl]`, `jan@x.nl`, `Jan`."""
    gevonden = _ADRES.search(_MAILTO.sub(" ", tekst[:2000]))
    if not gevonden:
        return Adres("", nette_naam(tekst.strip("*_ ")))
    naam = _MAILTO.split(tekst[:2000].split(gevonden[0])[0])[0]
    return Adres(net_adres(gevonden[0].strip("*_'")), nette_naam(naam.strip(" <[(*_\"'")))


def adressen(waarde: bytes) -> tuple[Adres, ...]:
    """Every address of a field; a name without an address is kept as a name. Encoded words are decoded after the
    splitting, so that a name cannot bring an address with it."""
    tekst = letters(waarde[: grenzen.MAX_VELD])[0].replace("\n", " ")
    gevonden: list[Adres] = []
    naam: list[str] = []
    hoek = opmerking_naam = ""

    def af() -> None:
        nonlocal hoek, opmerking_naam
        los = "".join(naam).strip()
        naam.clear()
        if hoek:
            gevonden.append(Adres(hoek, nette_naam(woorden(los or opmerking_naam))))
        elif adres := net_adres(los):
            gevonden.append(Adres(adres, nette_naam(woorden(opmerking_naam))))
        elif los:
            gevonden.append(_los(los))
        hoek = opmerking_naam = ""

    for teken in _TEKEN.finditer(tekst):
        citaat, opmerking, binnen, scheiding, gewoon, _rest = teken.groups()
        if citaat is not None:
            naam.append(re.sub(r"\\(.)", r"\1", citaat))
            if tekst[teken.end() : teken.end() + 1] not in ("@", "."):
                naam.append(" ")
        elif binnen is not None:
            if hoek:
                af()
            hoek = net_adres(woorden(binnen)) or hoek
            if not hoek and binnen.strip():
                naam.append(f" {binnen} ")
        elif scheiding == ":":
            naam.clear()  # the name of a group
        elif scheiding:
            af()
        elif gewoon is not None:
            naam.append(gewoon)
        elif opmerking is not None:
            opmerking_naam = opmerking
        if len(gevonden) >= grenzen.MAX_ADRESSEN:
            return tuple(gevonden)
    af()
    return tuple(gevonden)


def _los(tekst: str) -> Adres:
    """A stretch that is no clean address: an address with words around it, or only words."""
    kaal = _ADRES.search(tekst)
    if kaal and (adres := net_adres(kaal[0])):
        return Adres(adres, nette_naam(woorden(tekst.replace(kaal[0], " "))))
    return Adres("", nette_naam(woorden(tekst)))
