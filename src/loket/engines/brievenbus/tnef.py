"""winmail.dat: the wrapping of old Outlook and Exchange (MS-OXTNEF, MS-OXRTFCP), opened without copying attachments."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from loket.engines.brievenbus.bron import Bron
from loket.engines.brievenbus.letters import letters

HANDTEKEN = b"\x78\x9f\x3e\x22"
_BIJLAGE_BEGIN, _BIJLAGE_NAAM, _BIJLAGE_DATA, _BIJLAGE_PROPS = 0x9002, 0x8010, 0x800F, 0x9005
_PROPS, _TEKST, _ONDERWERP, _CODEPAGINA = 0x9003, 0x800C, 0x8004, 0x9007
_VAST = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_MAX_RTF = 8 * 1024 * 1024
_WOORDENBOEK = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


@dataclass(slots=True)
class Binnen:
    """One attachment within."""

    naam: str = ""
    type: str = ""
    cid: str = ""
    bron: Bron = field(default_factory=Bron)


@dataclass(slots=True)
class Winmail:
    """What was in it. `heel` is False when it ended too early or lied about a length; what came before is kept."""

    tekst: str = ""
    html: str = ""
    rtf: bytes = b""
    onderwerp: str = ""
    bijlagen: list[Binnen] = field(default_factory=list)
    heel: bool = True


def open_winmail(rauw: bytes) -> Winmail | None:
    """None when it is no TNEF at all. Never raises."""
    if not rauw.startswith(HANDTEKEN):
        return None
    uit = Winmail()
    codepagina = "cp1252"
    plek = 6
    while plek + 9 <= len(rauw):
        _niveau, kenmerk, _soort, lengte = struct.unpack_from("<BHHI", rauw, plek)
        begin, eind = plek + 9, plek + 9 + lengte
        if eind > len(rauw):
            uit.heel = False
            eind = len(rauw)
        if kenmerk == _CODEPAGINA and lengte >= 4:
            codepagina = f"cp{int.from_bytes(rauw[begin : begin + 4], 'little')}"
        elif kenmerk == _BIJLAGE_BEGIN:
            uit.bijlagen.append(Binnen())
        elif kenmerk in (_BIJLAGE_NAAM, _BIJLAGE_DATA, _BIJLAGE_PROPS) and uit.bijlagen:
            _bijlage(uit.bijlagen[-1], kenmerk, rauw, begin, eind, codepagina)
        elif kenmerk == _TEKST:
            uit.tekst = letters(rauw[begin:eind], codepagina)[0]
        elif kenmerk == _ONDERWERP:
            uit.onderwerp = letters(rauw[begin:eind], codepagina)[0].strip()
        elif kenmerk == _PROPS:
            _bericht(uit, rauw, begin, eind, codepagina)
        plek = eind + 2
    uit.heel = uit.heel and plek >= len(rauw)
    return uit


def _bijlage(bijlage: Binnen, kenmerk: int, rauw: bytes, begin: int, eind: int, codepagina: str) -> None:
    if kenmerk == _BIJLAGE_NAAM:
        bijlage.naam = bijlage.naam or letters(rauw[begin:eind], codepagina)[0]
    elif kenmerk == _BIJLAGE_DATA:
        bijlage.bron = Bron(rauw, begin, eind)
    else:
        for nummer, soort, van, tot in _eigenschappen(rauw, begin, eind):
            if nummer == 0x3701 and not bijlage.bron.lengte:
                van += 16 if soort == 0xD else 0
                bijlage.bron = Bron(rauw, van, tot)
            elif nummer in (0x3707, 0x3704, 0x3001):
                if nummer == 0x3707 or not bijlage.naam:
                    bijlage.naam = _tekens(rauw, soort, van, tot, codepagina)
            elif nummer == 0x370E:
                bijlage.type = _tekens(rauw, soort, van, tot, codepagina)
            elif nummer == 0x3712:
                bijlage.cid = _tekens(rauw, soort, van, tot, codepagina).strip("<>")


def _bericht(uit: Winmail, rauw: bytes, begin: int, eind: int, codepagina: str) -> None:
    for nummer, soort, van, tot in _eigenschappen(rauw, begin, eind):
        if nummer == 0x1000:
            uit.tekst = _tekens(rauw, soort, van, tot, codepagina) or uit.tekst
        elif nummer == 0x1013:
            uit.html = _tekens(rauw, soort, van, tot, "" if soort == 0x102 else codepagina)
        elif nummer == 0x1009:
            uit.rtf = rtf_uitgepakt(rauw[van:tot])
        elif nummer == 0x0037:
            uit.onderwerp = _tekens(rauw, soort, van, tot, codepagina).strip()


def _tekens(rauw: bytes, soort: int, van: int, tot: int, codepagina: str) -> str:
    return letters(rauw[van:tot], "utf-16-le" if soort == 0x1F else codepagina)[0]


def _eigenschappen(rauw: bytes, begin: int, eind: int) -> Iterator[tuple[int, int, int, int]]:
    """(number, type, begin, end) of the MAPI properties in this stretch; stops at the first that cannot be."""
    if begin + 4 > eind:
        return
    aantal = int.from_bytes(rauw[begin : begin + 4], "little")
    plek = begin + 4
    for _ in range(min(aantal, 5000)):
        if plek + 4 > eind:
            return
        soort, nummer = struct.unpack_from("<HH", rauw, plek)
        plek += 4
        if nummer >= 0x8000:
            plek += 20
            if plek > eind:
                return
            if int.from_bytes(rauw[plek - 4 : plek], "little"):
                lengte = int.from_bytes(rauw[plek : plek + 4], "little")
                plek += 4 + lengte + -lengte % 4
            else:
                plek += 4
        veel, soort = bool(soort & 0x1000), soort & 0xEFFF
        if soort in _VAST:
            maal = int.from_bytes(rauw[plek : plek + 4], "little") if veel else 1
            plek += 4 if veel else 0
            yield nummer, soort, plek, min(eind, plek + _VAST[soort])
            plek += maal * _VAST[soort]
        elif soort in (0x1E, 0x1F, 0x102, 0xD):
            maal = int.from_bytes(rauw[plek : plek + 4], "little")
            plek += 4
            for _ in range(min(maal, 5000)):
                lengte = int.from_bytes(rauw[plek : plek + 4], "little")
                plek += 4
                if plek > eind:
                    return
                yield nummer, soort, plek, min(eind, plek + lengte)
                plek += lengte + -lengte % 4
        else:
            return
        if plek > eind:
            return


def rtf_uitgepakt(rauw: bytes) -> bytes:
    """Compressed RTF (MS-OXRTFCP) unpacked, at most 8 MB; what a torn one gives before it ends."""
    if len(rauw) < 16:
        return b""
    if rauw[8:12] == b"MELA":
        return rauw[16 : 16 + _MAX_RTF]
    if rauw[8:12] != b"LZFu":
        return b""
    groot = min(int.from_bytes(rauw[4:8], "little"), _MAX_RTF)
    ring = bytearray(_WOORDENBOEK.ljust(4096, b"\0"))
    schrijf = len(_WOORDENBOEK)
    uit = bytearray()
    plek = 16
    while plek < len(rauw) and len(uit) < groot:
        vlaggen = rauw[plek]
        plek += 1
        for bit in range(8):
            if plek >= len(rauw):
                break
            if not vlaggen >> bit & 1:
                uit.append(rauw[plek])
                ring[schrijf] = rauw[plek]
                schrijf = (schrijf + 1) & 4095
                plek += 1
                continue
            if plek + 1 >= len(rauw):
                return bytes(uit)
            paar = rauw[plek] << 8 | rauw[plek + 1]
            plek += 2
            bron = paar >> 4
            if bron == schrijf:
                return bytes(uit)
            for _ in range((paar & 15) + 2):
                teken = ring[bron]
                uit.append(teken)
                ring[schrijf] = teken
                schrijf = (schrijf + 1) & 4095
                bron = (bron + 1) & 4095
    return bytes(uit)
