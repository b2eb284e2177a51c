"""Which parts are the text and which are attached: a walk over the parts of one mail."""

from __future__ import annotations

from dataclasses import dataclass, field

from loket.engines.brievenbus import grenzen
from loket.engines.brievenbus.agenda import afspraken
from loket.engines.brievenbus.brief import Afspraak, Beveiliging, Rol
from loket.engines.brievenbus.bron import Bron, tekst_base64
from loket.engines.brievenbus.delen import Deel, Ontleding, splits
from loket.engines.brievenbus.koppen import lees_velden
from loket.engines.brievenbus.letters import letters, meta_charset
from loket.engines.brievenbus.opmaak import Opmaak, tekst_uit_html
from loket.engines.brievenbus.rtf import uit_rtf
from loket.engines.brievenbus.tnef import open_winmail
from loket.engines.brievenbus.verzegeld import inhoud_cms, soort_cms, zonder_pgp
from loket.engines.brievenbus.vloeiend import ontvouwen

_KALENDER = ("text/calendar", "application/ics")
_RAPPORT = ("message/delivery-status", "message/global-delivery-status", "message/disposition-notification",
            "text/rfc822-headers", "message/global-headers", "message/feedback-report",
            "message/tracking-status")  # fmt: skip
_PKCS7 = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_ONDERTEKENING = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


@dataclass(slots=True)
class Stukje:
    """A part that becomes an attachment."""

    naam: str
    type: str
    rol: Rol
    bron: Bron
    cid: str = ""


@dataclass(slots=True)
class Tekst:
    """One text, before it is joined with others."""

    regels: list[str]
    hints: list[str]
    opmaak: Opmaak | None = None
    letters: int = 0  # a measure of how much it says


@dataclass(slots=True)
class Verzameling:
    """What the parts hold."""

    regels: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    weergaven: list[str] = field(default_factory=list)
    randen: list[str] = field(default_factory=list)
    stukjes: list[Stukje] = field(default_factory=list)
    cids: dict[str, int] = field(default_factory=dict)  # the line at which the text shows an image
    alle_cids: set[str] = field(default_factory=set)
    data: list[str] = field(default_factory=list)
    brieven: list[Bron] = field(default_factory=list)
    afspraken: list[Afspraak] = field(default_factory=list)
    uitnodiging: bool = False
    beveiliging: Beveiliging = field(default_factory=Beveiliging)
    pixels: int = 0
    gebreken: list[str] = field(default_factory=list)

    def mis(self, gebrek: str) -> None:
        """Something was wrong ('' when nothing was)."""
        if gebrek:
            self.gebreken.append(gebrek)


def verzamel(boom: Deel, ontleding: Ontleding) -> Verzameling:
    """Everything in these parts."""
    uit = Verzameling()
    for tekst in _teksten(boom, uit, ontleding):
        _voeg_toe(uit, tekst)
    return uit


def _voeg_toe(uit: Verzameling, tekst: Tekst) -> None:
    if not tekst.regels:
        return
    if uit.regels:
        uit.regels.append("")
        uit.hints.append(" ")
    begin = len(uit.regels)
    uit.regels += tekst.regels
    uit.hints += tekst.hints
    if tekst.opmaak:
        for cid, regel in tekst.opmaak.cids.items():
            uit.cids.setdefault(cid, begin + regel)


def _teksten(deel: Deel, uit: Verzameling, ontleding: Ontleding) -> list[Tekst]:
    """The texts of a part in order; its attachments go to `uit`."""
    if not deel.gespleten:
        return _blad(deel, uit, ontleding)
    soort = deel.type.removeprefix("multipart/")
    if soort == "alternative":
        return _alternatief(deel, uit, ontleding)
    if soort == "signed":
        protocol = deel.parameters.get("protocol", "").lower()
        uit.beveiliging = Beveiliging("pgp" if "pgp" in protocol else "smime", uit.beveiliging.versleuteld)
    elif soort == "encrypted":
        uit.beveiliging = Beveiliging(uit.beveiliging.ondertekend, "pgp")
        for kind in deel.kinderen:
            uit.stukjes.append(Stukje(kind.naam or "versleuteld.asc", kind.type, Rol.VERSLEUTELD, kind.bron))
        return []
    return [tekst for kind in deel.kinderen for tekst in _teksten(kind, uit, ontleding)]


def _alternatief(deel: Deel, uit: Verzameling, ontleding: Ontleding) -> list[Tekst]:
    """Of several forms of one text: the plain one, unless it says less than half of what the HTML says."""
    vormen = [_teksten(kind, uit, ontleding) for kind in deel.kinderen]
    vol = [vorm for vorm in vormen if any(tekst.letters for tekst in vorm)]
    if not vol:
        return vormen[0] if vormen else []
    kaal = [vorm for vorm in vol if all(tekst.opmaak is None for tekst in vorm)]
    rijk = [vorm for vorm in vol if vorm not in kaal]
    beste = kaal[0] if kaal else rijk[-1]
    if kaal and rijk and sum(t.letters for t in kaal[0]) * 2 < sum(t.letters for t in rijk[-1]):
        beste = rijk[-1]
    for vorm in vol:
        if vorm is beste:
            continue
        uit.weergaven.append("\n".join(regel for tekst in vorm for regel in tekst.regels))
        uit.alle_cids.update(cid for tekst in vorm if tekst.opmaak for cid in tekst.opmaak.cids)
        if beste is not vorm and all(t.opmaak is None for t in beste):
            uit.cids.update(_plekken(vorm))
    return beste


def _plekken(vorm: list[Tekst]) -> dict[str, int]:
    """Where the HTML shows its images when the plain text is shown: -1 in the sender's own text, -2 below a quote or
    signature of it."""
    plekken: dict[str, int] = {}
    for tekst in vorm:
        if tekst.opmaak is None:
            continue
        eigen = len(tekst.regels)
        for nummer, (regel, hint) in enumerate(zip(tekst.regels, tekst.hints, strict=True)):
            if (hint in "QSA" and hint != " ") or regel.startswith("> "):
                eigen = nummer
                break
        plekken |= {cid: -1 if regel < eigen else -2 for cid, regel in tekst.opmaak.cids.items()}
    return plekken


def _blad(deel: Deel, uit: Verzameling, ontleding: Ontleding) -> list[Tekst]:
    soort, ligging = deel.type, deel.ligging
    if soort in _KALENDER:
        _kalender(deel, uit)
        return []
    if deel.ingesloten:
        if len(uit.brieven) < grenzen.MAX_INGESLOTEN:
            uit.brieven.append(deel.bron)
        uit.stukjes.append(Stukje(deel.naam, soort, Rol.BERICHT, deel.bron))
        return []
    if soort in _RAPPORT:
        uit.stukjes.append(Stukje(deel.naam, soort, Rol.RAPPORT, deel.bron))
        return []
    if soort in _ONDERTEKENING:
        uit.stukjes.append(Stukje(deel.naam, soort, Rol.ONDERTEKENING, deel.bron))
        return []
    if soort in _PKCS7:
        return _pkcs7(deel, uit, ontleding)
    if soort in ("application/ms-tnef", "application/vnd.ms-tnef") or deel.naam.lower() == "winmail.dat":
        return _winmail(deel, uit)
    if soort.startswith("text/") and soort not in (
        "text/vcard",
        "text/x-vcard",
        "text/csv",
        "text/directory",
        "text/xml",
    ):
        if not ligging.startswith("attachment") and not deel.naam:
            return _tekst(deel, uit)
        if (
            ligging.startswith("inline")
            and soort in ("text/plain", "text/html")
            and deel.ouder == "multipart/alternative"
        ):
            return _tekst(deel, uit)
    rol = Rol.ONLEESBAAR if not deel.naam and soort.startswith("multipart/") else Rol.BIJLAGE
    uit.stukjes.append(Stukje(deel.naam, soort, rol, deel.bron, deel.cid))
    return []


def _tekst(deel: Deel, uit: Verzameling) -> list[Tekst]:
    bron = deel.bron
    rauw = bron.rauw[bron.begin : min(bron.eind, bron.begin + grenzen.MAX_TEKST)]
    if len(rauw) < bron.lengte:
        uit.mis("tekst afgekapt: geheel als bijlage")
        uit.stukjes.append(Stukje("bericht", deel.type, Rol.TEKST, deel.bron))
    if deel.bron.codering == "base64":
        rauw, echt = tekst_base64(rauw)
        uit.mis("" if echt else "geen geldige base64")
    elif deel.bron.codering:
        rauw = Bron(rauw, 0, len(rauw), deel.bron.codering).inhoud()
    charset = deel.parameters.get("charset", "")
    if deel.type == "text/html":
        tekst, gebrek = letters(rauw, charset or meta_charset(rauw))
        uit.mis(gebrek)
        return _html(tekst, uit, deel)
    tekst, gebrek = letters(rauw, charset)
    uit.mis(gebrek)
    if deel.type == "text/rtf":
        return [_kaal(uit_rtf(rauw)[0])]
    if deel.type == "text/enriched":
        return _html(tekst.replace("<<", "&lt;").replace("\n\n", "<br>"), uit, deel)
    if deel.parameters.get("format", "").lower() == "flowed":
        tekst = ontvouwen(tekst, deel.parameters.get("delsp", "").lower() == "yes")
    tekst, zegel, hoe = zonder_pgp(tekst)
    if hoe:
        uit.beveiliging = Beveiliging("pgp" if hoe == "ondertekend" else "", "pgp" if hoe == "versleuteld" else "")
        if zegel:
            inhoud = zegel.encode()
            blok = Bron(inhoud, 0, len(inhoud))
            uit.stukjes.append(Stukje("handtekening.asc", "application/pgp-signature", Rol.ONDERTEKENING, blok))
    return [_kaal(tekst)]


def _kaal(tekst: str) -> Tekst:
    tekst = tekst.rstrip("\n")
    regels = tekst.split("\n") if tekst.strip() else []
    return Tekst(regels, [" "] * len(regels), None, sum(map(str.isalnum, tekst[:50_000])) if regels else 0)


def _html(tekst: str, uit: Verzameling, deel: Deel | None = None) -> list[Tekst]:
    opmaak = tekst_uit_html(tekst)
    if opmaak.afgekapt and deel:
        uit.mis("HTML afgekapt: geheel als bijlage")
        if deel.bron.lengte <= grenzen.MAX_TEKST:
            uit.stukjes.append(Stukje("bericht", deel.type, Rol.TEKST, deel.bron))
    if not any(opmaak.regels) and opmaak.verborgen:
        opmaak.regels = opmaak.verborgen.split("\n")
        opmaak.hints = [" "] * len(opmaak.regels)
    elif opmaak.verborgen:
        uit.randen.append(opmaak.verborgen)
    uit.pixels += opmaak.pixels
    uit.alle_cids.update(opmaak.cids)
    uit.data += opmaak.data[:100]
    telling, grens = 0, 50_000
    for regel in opmaak.regels:
        if grens <= 0:
            break
        woorden = (woord for woord in regel.split() if "://" not in woord)
        telling += sum(sum(map(str.isalnum, woord)) for woord in woorden)
        grens -= len(regel)
    return [Tekst(opmaak.regels, opmaak.hints, opmaak, telling)]


def _kalender(deel: Deel, uit: Verzameling) -> None:
    tekst, gebrek = letters(deel.bron.inhoud()[: grenzen.MAX_KOP], deel.parameters.get("charset", "utf-8"))
    uit.mis(gebrek)
    gevonden = afspraken(tekst)
    nieuw = [afspraak for afspraak in gevonden if afspraak not in uit.afspraken]
    uit.afspraken += nieuw[: grenzen.MAX_AFSPRAKEN - len(uit.afspraken)]
    los = deel.ligging.startswith("attachment")
    uit.uitnodiging = uit.uitnodiging or (
        not los and ("method" in deel.parameters or deel.ouder in ("", "multipart/alternative"))
    )
    uit.stukjes.append(Stukje(deel.naam or "afspraak.ics", deel.type, Rol.AGENDA, deel.bron))


def _winmail(deel: Deel, uit: Verzameling) -> list[Tekst]:
    rauw = deel.bron.inhoud()
    winmail = open_winmail(rauw)
    rol = Rol.OMHULSEL if winmail else Rol.BIJLAGE
    uit.stukjes.append(Stukje(deel.naam or "winmail.dat", deel.type, rol, deel.bron))
    if winmail is None:
        uit.mis("winmail.dat is geen TNEF")
        return []
    uit.mis("" if winmail.heel else "winmail.dat afgebroken")
    uit.stukjes += [
        Stukje(b.naam, b.type, Rol.BIJLAGE, b.bron, b.cid) for b in winmail.bijlagen if b.naam or b.bron.lengte
    ]
    if winmail.rtf and not winmail.html and not winmail.tekst.strip():
        tekst, is_html = uit_rtf(winmail.rtf)
        return _html(tekst, uit) if is_html else [_kaal(tekst)]
    if winmail.tekst.strip():
        if winmail.html:
            uit.weergaven.append("\n".join(tekst_uit_html(winmail.html).regels))
        return [_kaal(winmail.tekst)]
    return _html(winmail.html, uit) if winmail.html else []


def _pkcs7(deel: Deel, uit: Verzameling, ontleding: Ontleding) -> list[Tekst]:
    rauw = deel.bron.inhoud()
    soort = soort_cms(rauw)
    binnen = inhoud_cms(rauw) if soort == "signed" and deel.diepte < grenzen.MAX_DIEPTE else None
    if binnen is None:
        versleuteld = soort == "enveloped" or "enveloped" in deel.parameters.get("smime-type", "")
        if versleuteld:
            uit.beveiliging = Beveiliging(uit.beveiliging.ondertekend, "smime")
        rol = Rol.VERSLEUTELD if versleuteld else Rol.ONLEESBAAR
        uit.stukjes.append(Stukje(deel.naam or "smime.p7m", deel.type, rol, deel.bron))
        return []
    uit.beveiliging = Beveiliging("smime", uit.beveiliging.versleuteld)
    uit.stukjes.append(Stukje(deel.naam or "smime.p7m", deel.type, Rol.OMHULSEL, deel.bron))
    velden, lijf = lees_velden(binnen, 0, len(binnen))
    boom = splits(velden, binnen, lijf, len(binnen), ontleding)
    boom.diepte = deel.diepte + 1
    return _teksten(boom, uit, ontleding)
