"""Bytes of one mail in, one `Brief` out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from loket.engines.brievenbus import bezorging, grenzen
from loket.engines.brievenbus.adressen import net_adres
from loket.engines.brievenbus.brief import Brief, Kop, Label, Rol, Soort, Stuk
from loket.engines.brievenbus.bron import is_wit
from loket.engines.brievenbus.citaat import knip
from loket.engines.brievenbus.delen import Deel, Ontleding, splits
from loket.engines.brievenbus.draden import Eigen, draad, kaal_onderwerp
from loket.engines.brievenbus.fouten import BriefFout, LegeBrief, Onleesbaar, TeGroot
from loket.engines.brievenbus.inhoud import Verzameling, verzamel
from loket.engines.brievenbus.kopfeiten import kopfeiten
from loket.engines.brievenbus.koppen import Velden, lees_velden
from loket.engines.brievenbus.letters import letters
from loket.engines.brievenbus.soorten import Gezien, beantwoorden, bepaal
from loket.engines.brievenbus.stukken import bijlagen_van

_NIEMAND = Eigen()


def lees(
    rauw: bytes,
    *,
    eigen: Eigen = _NIEMAND,
    ontvangers: tuple[str, ...] = (),
    ontvangen: datetime | None = None,
    retourpad: str | None = None,
) -> Brief:
    """Read one mail as it came over the line.

    `eigen` says what is ours; `ontvangers` are the addresses of the envelope (RCPT TO), `retourpad` its sender (MAIL
    FROM, '' for the empty path; None when nobody knows), which a Return-Path in the header goes before; `ontvangen` is
    the moment of receipt. Raises only `LegeBrief`, `TeGroot` and `Onleesbaar`, each with the `Brief` that could still
    be made; every other fault stands in `Brief.gebreken`. Time and memory are linear; attachments are not copied
    (`Bijlage.inhoud`).
    """
    if is_wit(rauw, 0, len(rauw)):
        raise LegeBrief("de mail is leeg", Brief(gebreken=("leeg",)))
    try:
        if len(rauw) > grenzen.MAX_BYTES:
            kop = kopfeiten(lees_velden(rauw, 0, len(rauw))[0], ontvangen)
            raise TeGroot(f"de mail is groter dan {grenzen.MAX_BYTES} bytes", Brief(kop=kop, gebreken=("te groot",)))
        return _lees(rauw, 0, len(rauw), eigen, ontvangers, ontvangen, 0, retourpad)
    except BriefFout:
        raise
    except Exception as fout:  # the last net: the mail is kept, a person reads it
        tekst = letters(rauw[: grenzen.MAX_TEKST])[0]
        brief = Brief(stukken=(Stuk(Label.NIEUW, tekst),), gebreken=("onleesbaar",), beantwoorden=False)
        raise Onleesbaar(f"{type(fout).__name__}: {fout}"[:300], brief) from fout


def _lees(
    rauw: bytes,
    begin: int,
    eind: int,
    eigen: Eigen,
    ontvangers: tuple[str, ...],
    ontvangen: datetime | None,
    diepte: int,
    retourpad: str | None = None,
) -> Brief:
    velden, lijf = lees_velden(rauw, begin, eind)
    kop = kopfeiten(velden, ontvangen)
    if kop.retourpad is None and retourpad is not None:
        kop = replace(kop, retourpad=net_adres(retourpad))
    ontleding = Ontleding()
    if velden.vreemd:
        ontleding.gebreken.append("vreemde regels in de kop")
    boom = splits(velden, rauw, lijf, eind, ontleding)
    vergaard = verzamel(boom, ontleding)
    ingesloten = _ingesloten(vergaard, eigen, ontvangen, diepte)
    _kaal, antwoord, doorstuur = kaal_onderwerp(kop.onderwerp)
    antwoord = not doorstuur and (antwoord or bool(kop.in_reply_to or kop.references))
    knipsel = knip(vergaard.regels, vergaard.hints, antwoord=antwoord, doorstuur=doorstuur)
    voorlopig = Brief(stukken=knipsel.stukken)
    gezien = _gezien(boom, vergaard, voorlopig, ingesloten)
    soort, reden, gezien = _soort(kop, gezien, eigen, ontvangers, voorlopig)
    band = draad(kop, voorlopig.nieuw, eigen, ontvangers, gezien.bezorging.oorspronkelijk_id)
    return Brief(
        kop=kop,
        soort=soort,
        reden=reden,
        stukken=knipsel.stukken,
        weergaven=tuple(vergaard.weergaven),
        randen=(*_randen(ontleding, velden), *vergaard.randen),
        doorgestuurd=knipsel.doorgestuurd,
        bijlagen=bijlagen_van(vergaard, knipsel),
        ingesloten=ingesloten,
        afspraken=tuple(vergaard.afspraken),
        bestellingen=gezien.bezorging.bestellingen,
        oorspronkelijk_id=gezien.bezorging.oorspronkelijk_id,
        draad=band,
        beveiliging=vergaard.beveiliging,
        beantwoorden=beantwoorden(kop, soort, eigen),
        volpixels=vergaard.pixels,
        gebreken=tuple(dict.fromkeys([*ontleding.gebreken, *vergaard.gebreken])),
    )


def _ingesloten(vergaard: Verzameling, eigen: Eigen, ontvangen: datetime | None, diepte: int) -> tuple[Brief, ...]:
    if diepte >= grenzen.MAX_INGESLOTEN_DIEPTE:
        if vergaard.brieven:
            vergaard.gebreken.append("te diep ingesloten")
        return ()
    uit = []
    for bron in vergaard.brieven[: grenzen.MAX_INGESLOTEN]:
        if bron.codering:  # forbidden by RFC 2046, 5.2.1, and done all the same
            inhoud = bron.inhoud()
            uit.append(_lees(inhoud, 0, len(inhoud), eigen, (), None, diepte + 1))
        else:
            uit.append(_lees(bron.rauw, bron.begin, bron.eind, eigen, (), None, diepte + 1))
    return tuple(uit)


def _gezien(boom: Deel, vergaard: Verzameling, brief: Brief, ingesloten: tuple[Brief, ...]) -> Gezien:
    soort = boom.parameters.get("report-type", "").lower() if boom.type == "multipart/report" else ""
    bezorgd = gelezen = bezorging.Rapport()
    terug = ""
    for deel in boom.bladen():
        if deel.type in ("message/delivery-status", "message/global-delivery-status"):
            bezorgd = bezorging.bezorgrapport(deel.bron.inhoud()[: grenzen.MAX_KOP])
        elif deel.type == "message/disposition-notification":
            gelezen = bezorging.leesrapport(deel.bron.inhoud()[: grenzen.MAX_KOP])
        elif deel.type in ("text/rfc822-headers", "message/global-headers"):
            terug = terug or bezorging.id_uit_kop(deel.bron.inhoud()[: grenzen.MAX_KOP])
    rapport = bezorgd if bezorgd.bestellingen else gelezen
    if soort == "delivery-status" or bezorgd.bestellingen:
        terug = (
            terug or next((b.kop.message_id for b in ingesloten if b.kop.message_id), "") or bezorgd.oorspronkelijk_id
        )
    rapport = bezorging.Rapport(rapport.bestellingen, terug or rapport.oorspronkelijk_id, rapport.gelezen)
    return Gezien(soort, rapport, vergaard.uitnodiging, tuple(vergaard.afspraken), brief.volledig)


def _soort(
    kop: Kop, gezien: Gezien, eigen: Eigen, ontvangers: tuple[str, ...], brief: Brief
) -> tuple[Soort, str, Gezien]:
    band = draad(kop, "", eigen, ontvangers)
    soort, reden = bepaal(kop, gezien, band, eigen)
    if soort is Soort.ONBESTELBAAR and not gezien.bezorging.bestellingen:
        gevonden = bezorging.uit_woorden(kop, brief.volledig, eigen.adressen)
        terug = gezien.bezorging.oorspronkelijk_id or gevonden.oorspronkelijk_id
        gezien = Gezien(gezien.rapport, bezorging.Rapport(gevonden.bestellingen, terug), tekst=gezien.tekst)
    elif soort not in (Soort.ONBESTELBAAR, Soort.BEZORGD, Soort.LEESBEVESTIGING):
        gezien = Gezien(gezien.rapport, bezorging.Rapport(), tekst=gezien.tekst)
    return soort, reden, gezien


def _randen(ontleding: Ontleding, velden: Velden) -> tuple[str, ...]:
    """Text outside the parts, without the sentence that explains MIME to programs of 1992."""
    teksten = [letters(bron.kaal()[: grenzen.MAX_TEKST])[0].strip() for bron in ontleding.randen]
    teksten += [letters(regel)[0].strip() for regel in velden.vreemd[:1000]]
    mime = re.compile(
        r"this is a (?:multi-?part message in mime|cryptographically signed message in mime) format\.?", re.IGNORECASE
    )
    return tuple(tekst for tekst in teksten if tekst and not mime.fullmatch(tekst))


__all__ = ["Eigen", "Rol", "lees"]
