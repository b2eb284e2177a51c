"""The parts of a mail: where each begins and ends, found top-down by boundary, however broken (RFC 2046)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from loket.engines.brievenbus import grenzen
from loket.engines.brievenbus.bron import Bron, is_wit
from loket.engines.brievenbus.koppen import Velden, lees_velden, met_parameters

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+\Z")
_GRENSREGEL = re.compile(rb"(?:\A|[\r\n])--([^\s-][^\r\n]{0,100}?|-{2,}[^\r\n]{2,100}?)[ \t]*(?=[\r\n])")
_CODERINGEN = ("base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue")
_LOSSE_WOORDEN = re.compile(rb";\s*[\w-]+\s+[\w-]+|charset\s?=\s?\"?[^\s;\"]+\s+[^\s;]")
_MAX_GRENZEN = 20 * grenzen.MAX_DELEN
_INGESLOTEN = ("message/rfc822", "message/global", "message/news")


@dataclass(slots=True)
class Deel:
    """One part. `kop` is its own header; for an enclosed message that of the part that encloses it."""

    kop: Velden
    type: str
    parameters: dict[str, str]
    bron: Bron
    ouder: str = ""
    diepte: int = 0
    kinderen: list[Deel] = field(default_factory=list)
    gespleten: bool = False  # a multipart that was taken apart

    @property
    def ligging(self) -> str:
        """Content-Disposition without its parameters."""
        return met_parameters(self.kop.rauw("content-disposition"))[0]

    @property
    def naam(self) -> str:
        """The file name that the mail gives, as it is written there."""
        _ligging, bij = met_parameters(self.kop.rauw("content-disposition"))
        return bij.get("filename") or self.parameters.get("name") or bij.get("name") or ""

    @property
    def cid(self) -> str:
        """The Content-ID without < >."""
        return self.kop.tekst("content-id").strip().strip("<>")

    @property
    def ingesloten(self) -> bool:
        """It is itself a mail."""
        return self.type in _INGESLOTEN

    def bladen(self) -> Iterator[Deel]:
        """The parts without parts, in order."""
        if not self.gespleten:
            yield self
        for kind in self.kinderen:
            yield from kind.bladen()


@dataclass(slots=True)
class Ontleding:
    """What is gathered on the way: stretches of bytes outside the parts, and what was wrong."""

    randen: list[Bron] = field(default_factory=list)
    gebreken: list[str] = field(default_factory=list)
    aantal: int = 0


def splits(kop: Velden, rauw: bytes, begin: int, eind: int, ontleding: Ontleding) -> Deel:
    """The tree of a message of which the header is read."""
    return _deel(kop, rauw, begin, eind, "", 0, ontleding)


def _deel(kop: Velden, rauw: bytes, begin: int, eind: int, ouder: str, diepte: int, ontleding: Ontleding) -> Deel:
    ontleding.aantal += 1
    soort, parameters = _soort(kop, ouder, ontleding)
    codering = met_parameters(kop.rauw("content-transfer-encoding"))[0].strip("\"'")
    codering = codering if codering in _CODERINGEN else ""
    deel = Deel(kop, soort, parameters, Bron(rauw, begin, eind, codering), ouder, diepte)
    if not soort.startswith("multipart/"):
        return deel
    if codering:  # against RFC 2045, 6.4; some do it
        rauw = deel.bron.inhoud()
        begin, eind = 0, len(rauw)
        deel.bron = Bron(rauw, begin, eind)
    if diepte >= grenzen.MAX_DIEPTE:
        ontleding.gebreken.append("te diep genest")
        return deel
    _neem_uiteen(deel, rauw, begin, eind, ontleding)
    if not deel.gespleten:
        ontleding.gebreken.append("grens ontbreekt")
        if deel.diepte == 0 or b"\0" not in deel.bron.kopje(500):
            deel.type, deel.parameters = "text/plain", {}
    return deel


def _soort(kop: Velden, ouder: str, ontleding: Ontleding) -> tuple[str, dict[str, str]]:
    standaard = "message/rfc822" if ouder == "multipart/digest" else "text/plain"
    for naam, waarde in kop.regels:
        if naam == "content-type":
            soort, parameters = met_parameters(waarde)
            if _TYPE.match(soort):
                return soort, parameters
            if soort in ("text", "html", "plain"):  # very old programs
                return ("text/html" if soort == "html" else "text/plain"), parameters
            if soort.startswith("multipart"):
                return "multipart/mixed", parameters
            ontleding.gebreken.append(f"onbekend type {soort[:40]}")
            return ("application/octet-stream" if ouder and parameters.get("name") else standaard), parameters
    return standaard, {}


def _neem_uiteen(deel: Deel, rauw: bytes, begin: int, eind: int, ontleding: Ontleding) -> None:
    grens = deel.parameters.get("boundary", "").encode("utf-8", "replace")
    regels = list(islice(_grenzen(rauw, begin, eind, grens), _MAX_GRENZEN)) if grens else []
    if not regels and (grens := _geraden(rauw, begin, eind)):
        regels = list(islice(_grenzen(rauw, begin, eind, grens), _MAX_GRENZEN))
        if regels:
            ontleding.gebreken.append("grens geraden")
    if not regels:
        return
    deel.gespleten = True
    _rand(rauw, begin, regels[0][0], ontleding)
    if not any(sluit for _van, _tot, sluit in regels):
        ontleding.gebreken.append("afgebroken")
    for nummer, (_van, tot, sluit) in enumerate(regels):
        volgende = regels[nummer + 1][0] if nummer + 1 < len(regels) else eind
        if sluit:  # an epilogue; or parts after a closing boundary that came too early
            if is_wit(rauw, tot, volgende):
                continue
            if nummer + 1 == len(regels) or not _lijkt_kop(rauw, tot, volgende):
                _rand(rauw, tot, volgende, ontleding)
                continue
        if volgende - tot < 64 and is_wit(rauw, tot, volgende):
            continue  # a boundary that was doubled
        if ontleding.aantal >= grenzen.MAX_DELEN:
            ontleding.gebreken.append("te veel delen")
            rest = Bron(rauw, tot, eind)
            deel.kinderen.append(Deel(Velden(), "application/octet-stream", {}, rest, deel.type, deel.diepte + 1))
            return
        kop, lijf = lees_velden(rauw, tot, volgende)
        if _vreemde_kop(kop):
            _rand(rauw, tot, lijf, ontleding)
        deel.kinderen.append(_deel(kop, rauw, lijf, volgende, deel.type, deel.diepte + 1, ontleding))


def _vreemde_kop(kop: Velden) -> bool:
    """Text has strayed into the header of a part: it is kept aside as it stands."""
    return bool(kop.vreemd) or any(
        _LOSSE_WOORDEN.search(waarde[:800])
        or not naam.startswith(("content-", "x-", "mime-version"))
        or b" " in waarde.partition(b";")[0].strip()
        or len(waarde) > 800
        for naam, waarde in kop.regels
        if naam != "content-description"
    )


def _lijkt_kop(rauw: bytes, begin: int, eind: int) -> bool:
    return bool(re.match(rb"\s*content-[a-z-]+[ \t]*:", rauw[begin : min(eind, begin + 200)], re.IGNORECASE))


def _grenzen(rauw: bytes, begin: int, eind: int, grens: bytes) -> Iterator[tuple[int, int, bool]]:
    """(begin of the line with the line end before it, begin of the next line, closes) of each boundary."""
    naald = b"--" + grens.rstrip()
    plek = rauw.find(naald, begin, eind)
    while plek >= 0:
        na = plek + len(naald)
        if plek == begin or rauw[plek - 1] in b"\r\n":
            sluit = rauw.startswith(b"--", na, eind)
            na += 2 * sluit
            while na < eind and rauw[na] in b" \t":
                na += 1
            if na >= eind or rauw[na] in b"\r\n":
                van = plek - (plek > begin)
                van -= van > begin and rauw[van : van + 1] == b"\n" and rauw[van - 1 : van] == b"\r"
                tot = na + (2 if rauw.startswith(b"\r\n", na, eind) else 1)
                yield van, min(tot, eind), sluit
        plek = rauw.find(naald, na, eind)


def _geraden(rauw: bytes, begin: int, eind: int) -> bytes:
    """The first line that looks like a boundary, when a header of a part follows it."""
    for poging in _GRENSREGEL.finditer(rauw, max(0, begin - 1), min(eind, begin + 65536)):
        if _lijkt_kop(rauw, poging.end(), eind):
            return poging[1]
    return b""


def _rand(rauw: bytes, begin: int, eind: int, ontleding: Ontleding) -> None:
    if not is_wit(rauw, begin, eind):
        ontleding.randen.append(Bron(rauw, begin, eind))
