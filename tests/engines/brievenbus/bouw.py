"""Small builders of mails, written as bytes: what a mail program puts on the line, not what a library makes of it."""

from __future__ import annotations

import base64

from loket.engines.brievenbus.draden import Eigen

EIGEN = Eigen(
    domeinen=frozenset({"lindewaard.voorbeeld.nl"}),
    adressen=frozenset({"loket@lindewaard.voorbeeld.nl"}),
    afkortingen=frozenset({"LW", "GT"}),
    luswaarde="lindewaard",
)
ONS_ID = "018f2b7c-1111-7abc-8def-0123456789ab@lindewaard.voorbeeld.nl"
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


def png(breed: int, hoog: int, vulling: int = 5000) -> bytes:
    """Something that looks like a PNG of this size."""
    kop = PNG[:16] + breed.to_bytes(4, "big") + hoog.to_bytes(4, "big") + PNG[24:]
    return kop + bytes(i * 37 % 251 for i in range(vulling))


def kop(**velden: str) -> bytes:
    """The header: the usual fields, and those given (`In_Reply_To="<...>"`); None-like '' leaves one out."""
    standaard = {
        "From": "Jan Jansen <jan@voorbeeld.nl>",
        "To": "Loket <loket@lindewaard.voorbeeld.nl>",
        "Subject": "Lantaarn kapot",
        "Date": "Mon, 05 Oct 2026 10:12:00 +0200",
        "Message-ID": "<brief-1@voorbeeld.nl>",
        "MIME-Version": "1.0",
    }
    standaard |= {naam.replace("_", "-"): waarde for naam, waarde in velden.items()}
    return "".join(f"{naam}: {waarde}\r\n" for naam, waarde in standaard.items() if waarde).encode()


def tekst(lijf: str, **velden: str) -> bytes:
    """A mail of one plain text."""
    velden = {"Content_Type": "text/plain; charset=utf-8", **velden}
    return kop(**velden) + b"\r\n" + lijf.replace("\n", "\r\n").encode()


def antwoord(lijf: str, **velden: str) -> bytes:
    """An answer to our own mail."""
    velden = {"Subject": "Re: [LW-2026-000123] Lantaarn", "In_Reply_To": f"<{ONS_ID}>", **velden}
    return tekst(lijf, **velden)


def html(lijf: str, **velden: str) -> bytes:
    """A mail of one HTML text."""
    return tekst(lijf, Content_Type="text/html; charset=utf-8", **velden)


def deel(soort: str, lijf: bytes | str, **velden: str) -> bytes:
    """One part; bytes go as base64, text as it stands."""
    if isinstance(lijf, bytes):
        velden = {"Content_Transfer_Encoding": "base64", **velden}
        inhoud = base64.encodebytes(lijf).replace(b"\n", b"\r\n")
    else:
        inhoud = lijf.replace("\n", "\r\n").encode()
    regels = {"Content-Type": soort} | {naam.replace("_", "-"): waarde for naam, waarde in velden.items()}
    return "".join(f"{naam}: {waarde}\r\n" for naam, waarde in regels.items()).encode() + b"\r\n" + inhoud


def lijf(soort: str, *delen: bytes, grens: str = "grens-1", slot: bool = True) -> bytes:
    """A multipart as a part."""
    return f'Content-Type: multipart/{soort}; boundary="{grens}"\r\n\r\n'.encode() + binnen(
        *delen, grens=grens, slot=slot
    )


def binnen(*delen: bytes, grens: str = "grens-1", slot: bool = True) -> bytes:
    """The parts between their boundaries."""
    uit = b"".join(b"--" + grens.encode() + b"\r\n" + stuk + b"\r\n" for stuk in delen)
    return uit + (b"--" + grens.encode() + b"--\r\n" if slot else b"")


def meer(soort: str, *delen: bytes, grens: str = "grens-1", slot: bool = True, bij: str = "", **velden: str) -> bytes:
    """A mail of several parts."""
    velden = {"Content_Type": f'multipart/{soort}; boundary="{grens}"{bij}', **velden}
    return kop(**velden) + b"\r\n" + binnen(*delen, grens=grens, slot=slot)


PLAT = "text/plain; charset=utf-8"
RIJK = "text/html; charset=utf-8"
BIJ = {"Content_Disposition": 'attachment; filename="bon.pdf"'}
PDF = b"%PDF-1.4 zomaar een bestand"
