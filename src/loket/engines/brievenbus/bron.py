"""Where the bytes of a part stand in the mail, and how they are coded; decoded only when asked for."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

_GEEN_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_WIT = re.compile(rb"\s*")
_ONZIN = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f-\xff]")
_REGEL_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*\Z")


@dataclass(frozen=True, slots=True)
class Bron:
    """A stretch of `rauw`; `codering` is the Content-Transfer-Encoding in lower case."""

    rauw: bytes = field(default=b"", repr=False)
    begin: int = 0
    eind: int = 0
    codering: str = ""

    @property
    def lengte(self) -> int:
        """The length as it stands in the mail, coded."""
        return self.eind - self.begin

    @property
    def omvang(self) -> int:
        """About the length of the content."""
        return self.lengte * 73 // 100 if self.codering == "base64" else self.lengte

    def kaal(self) -> bytes:
        """The bytes as they stand in the mail."""
        return self.rauw[self.begin : self.eind]

    def inhoud(self) -> bytes:
        """The content. Never raises: what is no valid coding is taken as far as it goes."""
        if self.codering == "base64":
            return van_base64(self.rauw, self.begin, self.eind)
        if self.codering == "quoted-printable":
            return binascii.a2b_qp(memoryview(self.rauw)[self.begin : self.eind])
        if self.codering in ("x-uuencode", "uuencode", "x-uue"):
            return van_uuencode(self.kaal())
        return self.kaal()

    def kopje(self, aantal: int = 3072) -> bytes:
        """The first bytes of the content: enough to see what it is."""
        einde = min(self.eind, self.begin + (aantal * 2 if self.codering else aantal))
        return Bron(self.rauw, self.begin, einde, self.codering).inhoud()[:aantal]


def is_wit(rauw: bytes, begin: int, eind: int) -> bool:
    """Nothing but white space stands here; looked at without a copy."""
    gevonden = _WIT.match(rauw, begin, eind)
    return gevonden is not None and gevonden.end() >= eind


def van_base64(rauw: bytes, begin: int, eind: int) -> bytes:
    """Decoded leniently: foreign characters skipped, several padded blocks in a row all read, a torn end completed."""
    padding = rauw.find(b"=", begin, eind)
    if padding < 0 or (eind - padding < 1000 and not rauw[padding:eind].strip(b"=\r\n\t \0")):
        try:
            return binascii.a2b_base64(memoryview(rauw)[begin:eind])
        except binascii.Error:
            pass
    uit = []
    for blok in rauw[begin:eind].split(b"="):
        schoon = _GEEN_BASE64.sub(b"", blok)
        schoon = schoon[: len(schoon) - 1] if len(schoon) % 4 == 1 else schoon
        if schoon:
            uit.append(binascii.a2b_base64(schoon + b"=" * (-len(schoon) % 4)))
    return b"".join(uit)


def tekst_base64(rauw: bytes) -> tuple[bytes, bool]:
    """The content of a text that says it is base64, and whether it was: some programs say so and write plain text, and
    some servers paste a plain footer below. Lines that cannot be base64 are kept as they stand, after the rest."""
    if _REGEL_BASE64.match(rauw):
        return van_base64(rauw, 0, len(rauw)), True
    goed: list[bytes] = []
    fout: list[bytes] = []
    for regel in rauw.splitlines():
        (goed if _REGEL_BASE64.match(regel) and b" " not in regel.strip() else fout).append(regel)
    blok = b"\n".join(goed)
    inhoud = van_base64(blok, 0, len(blok))
    if sum(map(len, goed)) < sum(map(len, fout)) and (not inhoud or _ONZIN.search(inhoud)):
        return rauw, False
    return inhoud + b"\n\n" + b"\n".join(fout), False


def van_uuencode(rauw: bytes) -> bytes:
    """The lines between `begin` and `end`; a line that is none is skipped."""
    uit = []
    for regel in rauw.splitlines():
        if not regel or regel.startswith(b"begin ") or regel.strip() == b"end":
            continue
        try:
            uit.append(binascii.a2b_uu(regel))
        except binascii.Error:
            lengte = (((regel[0] - 32) & 63) * 4 + 5) // 3
            try:
                uit.append(binascii.a2b_uu(regel[:lengte]))
            except binascii.Error:
                continue
    return b"".join(uit)
