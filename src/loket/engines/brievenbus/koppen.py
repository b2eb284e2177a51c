"""The header of a message or a part: fields, encoded words (RFC 2047), parameters (RFC 2045, RFC 2231)."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from loket.engines.brievenbus import grenzen
from loket.engines.brievenbus.letters import letters, schoon

_EINDE = re.compile(rb"\r\n|\n|\r")
_VOOR = re.compile(rb"\xef\xbb\xbf|\xff\xfe|(?:[ \t]*(?:\r\n|\n|\r))+")
_VELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_BEKEND = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|received|mime-version|content-[a-z-]+|reply-to|return-path|references"
    rb"|in-reply-to|x-[a-z0-9-]+|list-[a-z]+|dkim-signature|arc-[a-z-]+|authentication-results|sender)[ \t]*:",
    re.IGNORECASE,
)
_WOORD = re.compile(r"=\?([^?\s=]{1,60})\?([bBqQ])\?([^?]*)\?=")
_PARAMETER = re.compile(r'([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*+)"?|([^;]*))')
_DEEL = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?\Z")


@dataclass(frozen=True, slots=True)
class Velden:
    """The fields of one header as they stand (unfolded bytes), in order, names in lower case."""

    regels: tuple[tuple[str, bytes], ...] = ()
    vreemd: tuple[bytes, ...] = field(default=(), repr=False)  # lines that are no field

    def rauw(self, naam: str) -> bytes:
        """The first value of a field, or b''."""
        return next((waarde for veld, waarde in self.regels if veld == naam), b"")

    def tekst(self, naam: str) -> str:
        """The first value that is not blank, decoded; or ''."""
        for veld, waarde in self.regels:
            if veld == naam and (tekst := ontcijferd(waarde)):
                return tekst
        return ""

    def alle(self, naam: str) -> list[str]:
        """Every value of a field, decoded."""
        return [ontcijferd(waarde) for veld, waarde in self.regels if veld == naam]


def lees_velden(rauw: bytes, begin: int, eind: int) -> tuple[Velden, int]:
    """The fields from `begin`, and where the body begins. A line that cannot belong to a header ends it, unless known
    fields follow: then it is a stray line."""
    grens = min(eind, begin + grenzen.MAX_KOP)
    velden: list[tuple[str, list[bytes]]] = []
    vreemd: list[bytes] = []
    plek = begin
    while (
        begin == 0
        and plek < grens
        and (voor := _VOOR.match(rauw, plek, eind))
        and _BEKEND.match(rauw, voor.end(), eind)
    ):
        plek = voor.end()  # a byte order mark or blank lines before the first field
    while plek < grens:
        einde = _EINDE.search(rauw, plek, eind)
        tot, verder = einde.span() if einde else (eind, eind)
        regel = rauw[plek:tot]
        if not regel.strip(b" \t\0"):
            if velden or plek == begin or einde is None:
                return _klaar(velden, vreemd), verder
            plek = verder
            continue
        if regel[:1] in b" \t" and velden:
            velden[-1][1].append(regel)
        elif (naam := _VELD.match(regel)) and not regel.startswith((b"http:", b"https:")):
            velden.append((naam[1].decode("ascii").lower(), [regel[naam.end() :]]))
        elif (not velden and regel.startswith((b"From ", b">From "))) or (velden and _BEKEND.match(rauw, verder, eind)):
            vreemd.append(regel)
        else:
            return _klaar(velden, vreemd), plek
        plek = verder
        if len(velden) > grenzen.MAX_VELDEN:
            break
    return _klaar(velden, vreemd), plek


def _klaar(velden: list[tuple[str, list[bytes]]], vreemd: list[bytes]) -> Velden:
    return Velden(tuple((naam, b"".join(delen).strip()) for naam, delen in velden), tuple(vreemd))


def ontcijferd(waarde: bytes) -> str:
    """A field as text: raw 8-bit letters read, encoded words decoded, on one line, without control characters."""
    tekst, _gebrek = letters(waarde[: grenzen.MAX_VELD])
    return " ".join(woorden(tekst).split())


def woorden(tekst: str) -> str:
    """Encoded words (RFC 2047) decoded; neighbours with one charset are joined first, for programs that cut a letter
    in two. What is no valid word stays as it is."""
    if "=?" not in tekst:
        return tekst
    uit: list[str] = []
    charset, bytes_ = "", bytearray()
    plek = 0
    for woord in _WOORD.finditer(tekst):
        tussen = tekst[plek : woord.start()]
        naam = woord[1].lower()
        if bytes_ and (tussen.strip() or naam != charset):
            uit.append(letters(bytes(bytes_), charset)[0])
            bytes_.clear()
            vorige = True
        else:
            vorige = bool(bytes_)
        if tussen.strip() or not vorige:
            uit.append(tussen)
        charset = naam
        bytes_ += _woord(woord[2], woord[3])
        plek = woord.end()
    if bytes_:
        uit.append(letters(bytes(bytes_), charset)[0])
    return schoon("".join(uit) + tekst[plek:])


def _woord(soort: str, inhoud: str) -> bytes:
    rauw = inhoud.encode("utf-8", "replace")
    if soort in "qQ":
        return binascii.a2b_qp(rauw.replace(b" ", b"=20"), header=True)
    rauw = re.sub(rb"[^A-Za-z0-9+/]", b"", rauw)
    rauw = rauw[:-1] if len(rauw) % 4 == 1 else rauw
    return binascii.a2b_base64(rauw + b"=" * (-len(rauw) % 4))


def met_parameters(waarde: bytes) -> tuple[str, dict[str, str]]:
    """A value with parameters: `text/plain; charset=utf-8`, also continued, encoded (RFC 2231) or, against the rules,
    with encoded words between quotes. The value in lower case."""
    tekst, _gebrek = letters(waarde[: grenzen.MAX_VELD])
    hoofd, _punt, rest = tekst.partition(";")
    stukken: dict[str, list[tuple[int, bool, str]]] = {}
    for gevonden in _PARAMETER.finditer(rest):
        ruw = re.sub(r"\\(.)", r"\1", gevonden[2]) if gevonden[2] is not None else gevonden[3].strip()
        deel = _DEEL.match(gevonden[1])
        if deel:
            stukken.setdefault(deel[1].lower(), []).append((int(deel[2] or -1), bool(deel[3]), ruw))
    parameters = {naam: _samen(delen) for naam, delen in stukken.items()}
    return "".join(hoofd.split()).lower(), parameters


def _samen(delen: list[tuple[int, bool, str]]) -> str:
    los = [deel for deel in delen if deel[0] < 0]
    beste = next((deel for deel in los if deel[1]), None)
    if beste is None and len(los) < len(delen):
        return _uit_2231(sorted(deel for deel in delen if deel[0] >= 0))
    if beste is not None:
        return _uit_2231([beste])
    return " ".join(woorden(los[0][2]).split())


def _uit_2231(delen: list[tuple[int, bool, str]]) -> str:
    charset = "utf-8"
    rauw = b""
    for nummer, (_volgorde, gecodeerd, ruw) in enumerate(delen):
        if gecodeerd and nummer == 0 and ruw.count("'") >= 2:
            charset, _taal, ruw = ruw.split("'", 2)
        rauw += unquote_to_bytes(ruw) if gecodeerd else ruw.encode("utf-8", "replace")
    return " ".join(woorden(letters(rauw, charset or "utf-8")[0]).split())
