"""What the programs of residents have in common: the header, the parts, the encodings; and what somebody writes."""
# ruff: noqa: E501 (what a program writes on one line stays on one line)

import base64
import quopri
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from uuid import uuid4


@dataclass(frozen=True)
class Onze:
    """The letter of ours that somebody answers."""

    onderwerp: str
    tekst: str
    html: str
    van: str
    adres: str
    id: str
    antwoord_aan: str


@dataclass(frozen=True)
class Ander:
    """The mail of somebody else that a resident passes on."""

    naam: str
    adres: str
    onderwerp: str
    tekst: str


@dataclass(frozen=True)
class Wat:
    """What somebody writes, to whom, as an answer to what. `kaal`: the program left out In-Reply-To and References."""

    naam: str
    adres: str
    onderwerp: str
    tekst: str
    aan: str = "loket@lindewaard.voorbeeld.nl"
    onze: Onze | None = None
    door: Ander | None = None
    kaal: bool = False
    bij: tuple[tuple[str, str, bytes], ...] = ()
    extra: dict[str, str] = field(default_factory=dict)


type Programma = Callable[[Wat], bytes]


def kop(wat: Wat, id_: str, lijf: str, **extra: str) -> bytes:
    """The header, in CRLF, and the body."""
    velden = {
        "Received": "from mail.voorbeeld (mail.voorbeeld [192.0.2.7]) by mx.lindewaard.voorbeeld.nl with ESMTPS; Mon, 23 Nov 2026 14:12:03 +0100",
        "From": f"{_naam(wat.naam)} <{wat.adres}>" if wat.naam else wat.adres,
        "To": wat.aan if "<" in wat.aan else f"Gemeente Lindewaard <{wat.aan}>",
        "Subject": _woord(wat.onderwerp),
        "Date": "Mon, 23 Nov 2026 14:12:00 +0100",
        "Message-ID": f"<{id_}>",
        "MIME-Version": "1.0",
    }
    if wat.onze and not wat.kaal:
        velden |= {"In-Reply-To": f"<{wat.onze.id}>", "References": f"<{wat.onze.id}>"}
    velden |= {naam.replace("_", "-"): waarde for naam, waarde in (extra | wat.extra).items()}
    regels = "".join(f"{naam}: {waarde}\n" for naam, waarde in velden.items() if waarde)
    return (regels + lijf).replace("\r\n", "\n").replace("\n", "\r\n").encode()


def _naam(naam: str) -> str:
    return naam if naam.isascii() and "," not in naam else f'"{naam}"' if naam.isascii() else _woord(naam)


def _woord(tekst: str) -> str:
    return tekst if tekst.isascii() else f"=?UTF-8?B?{base64.b64encode(tekst.encode()).decode()}?="


def qp(tekst: str, letters: str = "utf-8") -> str:
    return quopri.encodestring(tekst.encode(letters, "xmlcharrefreplace")).decode("ascii")


def b64(rauw: bytes | str) -> str:
    return base64.encodebytes(rauw if isinstance(rauw, bytes) else rauw.encode()).decode("ascii")


def deel(soort: str, tekst: str, codering: str = "quoted-printable", letters: str = "utf-8", extra: str = "") -> str:
    inhoud = {"quoted-printable": lambda: qp(tekst, letters), "base64": lambda: b64(tekst), "7bit": lambda: tekst,
              "8bit": lambda: tekst}[codering]()  # fmt: skip
    return f'Content-Type: {soort}; charset="{letters}"{extra}\nContent-Transfer-Encoding: {codering}\n\n{inhoud}\n'


def samen(wat: Wat, grens: str, *delen: str) -> str:
    """The alternatives, and the attachments around them as most programs do it."""
    keus = "".join(f"--{grens}\n{each}\n" for each in delen) + f"--{grens}--\n"
    keus = f'Content-Type: multipart/alternative; boundary="{grens}"\n\n{keus}'
    if not wat.bij:
        return keus
    buiten = f"{grens}-m"
    uit = f'Content-Type: multipart/mixed; boundary="{buiten}"\n\n--{buiten}\n{keus}\n'
    for naam, soort, rauw in wat.bij:
        uit += (
            f'--{buiten}\nContent-Type: {soort}; name="{naam}"\nContent-Disposition: attachment; filename="{naam}"\n'
            f"Content-Transfer-Encoding: base64\n\n{b64(rauw)}\n"
        )
    return uit + f"--{buiten}--\n"


def p(tekst: str, soort: str = "p") -> str:
    return "".join(f"<{soort}>{escape(alinea) or '<br>'}</{soort}>" for alinea in tekst.split("\n"))


def groter(tekst: str) -> str:
    return "\n".join(f"> {regel}".rstrip() for regel in tekst.split("\n"))


def nieuw_id(domein: str) -> str:
    return f"{uuid4().hex}@{domein}"
