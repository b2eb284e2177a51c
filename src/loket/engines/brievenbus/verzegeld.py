"""Signed and encrypted mail: what can be read without a key. No signature is checked here."""

from __future__ import annotations

import re

_OID_SIGNED = bytes.fromhex("06092a864886f70d010702")
_OID_DATA = bytes.fromhex("06092a864886f70d010701")
_OID_ENVELOPED = bytes.fromhex("06092a864886f70d010703")
_OID_AUTH_ENVELOPED = bytes.fromhex("060b2a864886f70d0109100117")
_PGP_KOP = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z-]{1,20}:.{0,200}\n){0,5}\n")
_PGP_EIND = "\n-----BEGIN PGP SIGNATURE-----"


def soort_cms(rauw: bytes) -> str:
    """'signed', 'enveloped' or '' for these bytes of a CMS message (RFC 5652)."""
    begin = rauw[:64]
    if _OID_SIGNED in begin:
        return "signed"
    return "enveloped" if _OID_ENVELOPED in begin or _OID_AUTH_ENVELOPED in begin else ""


def inhoud_cms(rauw: bytes) -> bytes | None:
    """The content of an opaque signed message (smime.p7m): a mail part. None when there is none or it is torn."""
    plek = rauw.find(_OID_DATA, 0, 4096)
    if plek < 0 or soort_cms(rauw) != "signed":
        return None
    plek += len(_OID_DATA)
    kop = _kop(rauw, plek)
    if kop is None or kop[0] != 0xA0:
        return None
    uit = bytearray()
    open_ = [kop[2] if kop[2] is not None else None]
    plek = kop[1]
    while plek < len(rauw) and len(open_) < 8:
        while open_ and open_[-1] is not None and plek >= open_[-1]:
            open_.pop()
        if not open_:
            break
        kop = _kop(rauw, plek)
        if kop is None:
            break
        teken, begin, eind = kop
        if teken == 0 and begin == plek + 2:  # end of an indefinite length
            open_.pop()
            plek = begin
            if not open_:
                break
        elif teken == 0x24:
            open_.append(eind)
            plek = begin
        elif teken == 0x04 and eind is not None:
            uit += rauw[begin:eind]
            plek = eind
        else:
            break
    return bytes(uit) or None


def _kop(rauw: bytes, plek: int) -> tuple[int, int, int | None] | None:
    """(tag, begin, end) of the value here; the end is None when its length is indefinite."""
    if plek + 2 > len(rauw):
        return None
    teken, lengte = rauw[plek], rauw[plek + 1]
    plek += 2
    if lengte == 0x80:
        return teken, plek, None
    if lengte & 0x80:
        aantal = lengte & 0x7F
        if aantal > 4 or plek + aantal > len(rauw):
            return None
        lengte = int.from_bytes(rauw[plek : plek + aantal])
        plek += aantal
    return teken, plek, plek + lengte


def zonder_pgp(tekst: str) -> tuple[str, str, str]:
    """(text, signature block, 'ondertekend' | 'versleuteld' | ''): an inline PGP message taken apart (RFC 9580)."""
    if "-----BEGIN PGP" not in tekst:
        return tekst, "", ""
    if tekst.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        return tekst, "", "versleuteld"
    kop = _PGP_KOP.search(tekst)
    eind = tekst.find(_PGP_EIND, kop.end()) if kop else -1
    if kop is None or eind < 0:
        return tekst, "", ""
    lijf = re.sub(r"^- ", "", tekst[kop.end() : eind], flags=re.MULTILINE)
    slot = tekst.find("-----END PGP SIGNATURE-----", eind)
    slot = len(tekst) if slot < 0 else slot + len("-----END PGP SIGNATURE-----")
    return tekst[: kop.start()] + lijf + tekst[slot:], tekst[eind:slot].strip() + "\n" + kop[0].strip(), "ondertekend"
