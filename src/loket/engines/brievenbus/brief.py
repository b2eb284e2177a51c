"""The values that reading a mail gives. All text is clean: `\\n` line ends, no control characters, no surrogates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from loket.engines.brievenbus.bron import Bron


class Soort(StrEnum):
    """What kind of mail it is."""

    PERSOON = "persoon"
    AUTOMAAT = "automaat"  # made by a machine, but not as an answer: a form, a scanner, a notification
    AUTOANTWOORD = "autoantwoord"
    AFWEZIG = "afwezig"
    ONBESTELBAAR = "onbestelbaar"
    BEZORGD = "bezorgd"  # a delivery report of success
    LUS = "lus"
    LIJST = "lijst"
    AGENDA = "agenda"
    LEESBEVESTIGING = "leesbevestiging"
    UITDAGING = "uitdaging"  # "confirm that you are no robot"


class Label(StrEnum):
    """What a piece of the text is."""

    NIEUW = "nieuw"
    CITAAT = "citaat"
    DOORSTUURKOP = "doorstuurkop"
    DOORGESTUURD = "doorgestuurd"
    HANDTEKENING = "handtekening"
    APPARAAT = "apparaat"
    DISCLAIMER = "disclaimer"


class Rol(StrEnum):
    """What an attachment is for."""

    BIJLAGE = "bijlage"
    INLINE = "inline"  # an image that stands in the text
    LOGO = "logo"  # an image of a signature, a quote or a banner
    PIXEL = "pixel"  # an image of a few dots: it counts readers
    BERICHT = "bericht"  # an enclosed mail; read in `Brief.ingesloten`
    AGENDA = "agenda"
    TEKST = "tekst"  # a text part that was too large to show whole, or another face of the text
    RAPPORT = "rapport"  # the machine part of a bounce or a read receipt
    ONDERTEKENING = "ondertekening"
    VERSLEUTELD = "versleuteld"
    OMHULSEL = "omhulsel"  # winmail.dat or smime.p7m of which the content was read
    ONLEESBAAR = "onleesbaar"


@dataclass(frozen=True, slots=True)
class Adres:
    """An address: `adres` lower-case in its domain, '' when only a name was given; `naam` as people may see it."""

    adres: str
    naam: str = ""

    @property
    def domein(self) -> str:
        """What stands behind the @."""
        return self.adres.rpartition("@")[2] if "@" in self.adres else ""


@dataclass(frozen=True, slots=True)
class Kop:
    """The envelope facts. `velden` holds every field in order, name in lower case, decoded."""

    van: tuple[Adres, ...] = ()
    afzender: Adres | None = None  # Sender
    aan: tuple[Adres, ...] = ()
    cc: tuple[Adres, ...] = ()
    antwoord_aan: tuple[Adres, ...] = ()
    retourpad: str | None = None  # Return-Path; '' is the empty path of bounces
    bezorgd_aan: tuple[str, ...] = ()  # Delivered-To, X-Original-To, Envelope-To
    onderwerp: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    datum: datetime | None = None
    datum_aannemelijk: bool = False
    auto_submitted: str = ""
    auto_response_suppress: str = ""
    precedence: str = ""
    lijst: tuple[tuple[str, str], ...] = ()
    received: int = 0
    velden: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def alle(self, naam: str) -> tuple[str, ...]:
        """Every value of a field; the name in lower case."""
        return tuple(waarde for veld, waarde in self.velden if veld == naam)

    def een(self, naam: str) -> str:
        """The first value of a field, or ''."""
        return next((waarde for veld, waarde in self.velden if veld == naam), "")


@dataclass(frozen=True, slots=True)
class Stuk:
    """A piece of the text, with its line ends. `diepte` is how many `>` stand before each line by nature;
    `antwoord_op` is the number in `Brief.stukken` of the quote that stands right above it, if it answers one."""

    label: Label
    tekst: str
    diepte: int = 0
    antwoord_op: int | None = None

    @property
    def leesbaar(self) -> str:
        """Without those `>`."""
        if not self.diepte:
            return self.tekst
        return "".join(_zonder(regel, self.diepte) for regel in self.tekst.splitlines(keepends=True))


def _zonder(regel: str, diepte: int) -> str:
    for _ in range(diepte):
        kaal = regel.lstrip(" ")
        if not kaal.startswith(">"):
            break
        regel = kaal[1:].removeprefix(" ")
    return regel


@dataclass(frozen=True, slots=True)
class Doorgestuurd:
    """The header of a forwarded mail as its forwarder's program wrote it: from whom, when, about what."""

    van: Adres
    datum: str = ""
    onderwerp: str = ""
    aan: str = ""


@dataclass(frozen=True, slots=True)
class Bijlage:
    """An attachment. `naam` is safe to show and to store; `inhoud` is decoded at each call and never kept."""

    naam: str
    naam_opgegeven: str
    type_opgegeven: str
    type_gezien: str
    rol: Rol
    cid: str = ""
    bron: Bron = field(default_factory=Bron, repr=False, compare=False)

    @property
    def inhoud(self) -> bytes:
        """The bytes."""
        return self.bron.inhoud()


@dataclass(frozen=True, slots=True)
class Afspraak:
    """An appointment of a calendar; `wanneer` in Dutch words."""

    titel: str
    wanneer: str
    plaats: str = ""
    organisator: str = ""
    methode: str = ""  # REQUEST, REPLY, CANCEL, ...
    antwoord: str = ""  # PARTSTAT of a REPLY: ACCEPTED, DECLINED, ...
    uid: str = ""
    omschrijving: str = ""

    @property
    def in_woorden(self) -> str:
        """One line for people."""
        return " · ".join(deel for deel in (self.titel, self.wanneer, self.plaats) if deel)


@dataclass(frozen=True, slots=True)
class Bestelling:
    """What a bounce says of one address: RFC 3464, or what was found in its words."""

    adres: str
    actie: str = "failed"  # failed, delayed, delivered, relayed, expanded
    status: str = ""  # RFC 3463: 5.1.1
    uitleg: str = ""

    @property
    def blijvend(self) -> bool:
        """Trying again makes no sense."""
        return self.actie == "failed" and not self.status.startswith("4")


@dataclass(frozen=True, slots=True)
class Draad:
    """What could join this mail to an earlier one. Nothing here is verified."""

    eigen_ids: tuple[str, ...] = ()  # Message-IDs of our shape and domain; the one answered first
    andere_ids: tuple[str, ...] = ()
    kenmerken_onderwerp: tuple[str, ...] = ()  # what stands between [ ] in the subject
    kenmerken_adres: tuple[str, ...] = ()  # TOKEN of loket+TOKEN@, of whatever mailbox at our domains
    nummers: tuple[str, ...] = ()  # numbers of our shape in subject or text, without brackets
    is_antwoord: bool = False
    is_doorgestuurd: bool = False
    onderwerp: str = ""  # the subject without Re:, FW: and marks


@dataclass(frozen=True, slots=True)
class Beveiliging:
    """Signed or encrypted, by which method ('smime', 'pgp' or ''); no signature is checked."""

    ondertekend: str = ""
    versleuteld: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """One mail, read. The pieces in `stukken` together are the whole text, to the letter."""

    kop: Kop = Kop()
    soort: Soort = Soort.PERSOON
    reden: str = ""
    stukken: tuple[Stuk, ...] = ()
    weergaven: tuple[str, ...] = ()  # the same text in another form (the HTML, when the plain text was taken)
    randen: tuple[str, ...] = ()  # text outside the parts, and hidden text
    doorgestuurd: tuple[Doorgestuurd, ...] = ()  # outermost first
    bijlagen: tuple[Bijlage, ...] = ()
    ingesloten: tuple[Brief, ...] = ()
    afspraken: tuple[Afspraak, ...] = ()
    bestellingen: tuple[Bestelling, ...] = ()
    oorspronkelijk_id: str = ""  # the Message-ID that a bounce or receipt is about
    draad: Draad = Draad()
    beveiliging: Beveiliging = Beveiliging()
    beantwoorden: bool = True  # a machine may answer it (RFC 3834)
    volpixels: int = 0  # images on other computers that only count readers
    gebreken: tuple[str, ...] = ()

    @property
    def volledig(self) -> str:
        """All text."""
        return "".join(stuk.tekst for stuk in self.stukken)

    @property
    def tekst(self) -> str:
        """The text to show: what is new, and what was forwarded. '' when there is none but quotes and signatures."""
        return self._van(Label.NIEUW, Label.DOORGESTUURD)

    @property
    def nieuw(self) -> str:
        """Only what the sender wrote."""
        return self._van(Label.NIEUW)

    @property
    def rest(self) -> str:
        """What `tekst` leaves out."""
        return self._van(*(label for label in Label if label not in (Label.NIEUW, Label.DOORGESTUURD)))

    @property
    def inhoud(self) -> str:
        """`tekst`; or, when the sender wrote nothing and enclosed one mail, the text of that mail."""
        if not self.tekst and len(self.ingesloten) == 1 and self.soort is Soort.PERSOON:
            return self.ingesloten[0].inhoud
        return self.tekst

    @property
    def schrijver(self) -> Adres | None:
        """Whose words `inhoud` is about: the original sender of a forwarded mail, otherwise the sender."""
        if self.doorgestuurd:
            return self.doorgestuurd[-1].van
        if self.draad.is_doorgestuurd and len(self.ingesloten) == 1:
            return self.ingesloten[0].schrijver
        if not self.tekst and len(self.ingesloten) == 1 and self.soort is Soort.PERSOON:
            return self.ingesloten[0].schrijver
        return self.kop.van[0] if self.kop.van else self.kop.afzender

    def _van(self, *labels: Label) -> str:
        delen = (stuk.leesbaar.strip("\n") for stuk in self.stukken if stuk.label in labels)
        return "\n\n".join(deel.rstrip() for deel in delen if deel.strip())
