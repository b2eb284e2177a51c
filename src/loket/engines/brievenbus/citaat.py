"""The cutter: which lines are new, which were quoted, forwarded, or stand below as a signature.

It labels lines and never moves or drops one: the pieces in order are the text. A line is called a quote only on strong
signs (`>`, an introduction, a header block, a mark in the HTML); in doubt it is new, and is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loket.engines.brievenbus import patronen
from loket.engines.brievenbus.adressen import adres_uit
from loket.engines.brievenbus.brief import Doorgestuurd, Label, Stuk
from loket.engines.brievenbus.staart import staarten

_GROTER = re.compile(r" {0,3}((?:> ?)+)")
#: Windows that are tried as an introduction in one mail; real mail has a handful.
_MAX_POGINGEN = 400
_VENSTER = 4


@dataclass(slots=True)
class Knipsel:
    """The pieces of a text, and the headers of the mails forwarded in it."""

    stukken: tuple[Stuk, ...]
    doorgestuurd: tuple[Doorgestuurd, ...]
    labels: list[Label]


@dataclass(slots=True)
class _Mes:
    regels: list[str]
    hints: list[str]
    antwoord: bool
    doorstuur: bool
    diepten: list[int] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    bases: list[int] = field(default_factory=list)
    koppen: list[Doorgestuurd] = field(default_factory=list)
    basis: int = 0
    nieuw: Label = Label.NIEUW
    iets_nieuws: bool = False
    ingeleid: bool = False
    pogingen: int = 0

    def kaal(self, i: int) -> str:
        """A line without `>` and without space around it, as far as patterns look."""
        regel = self.regels[i][: patronen.MAX_REGEL]
        if self.diepten[i]:
            regel = regel[_GROTER.match(regel).end() :]  # type: ignore[union-attr]
        return regel.strip(" \t\xa0")

    def zet(self, tot: int, label: Label) -> None:
        """The lines from where we are up to `tot` are this."""
        while len(self.labels) < tot:
            self.labels.append(label)
            self.bases.append(self.basis)


def knip(regels: list[str], hints: list[str], *, antwoord: bool, doorstuur: bool) -> Knipsel:
    """Label these lines (without line ends). `antwoord`: the header says that it answers something; `doorstuur`: the
    subject says that it forwards something."""
    mes = _Mes(regels, hints, antwoord, doorstuur)
    mes.diepten = [_diepte(regel) for regel in regels]
    mag_citeren = antwoord or doorstuur or sum(1 for diepte in mes.diepten if diepte) >= 3
    while (i := len(mes.labels)) < len(regels):
        kaal = mes.kaal(i)
        if mes.diepten[i] > mes.basis and (mag_citeren or mes.ingeleid):  # a bare `>` too
            mes.zet(i + 1, Label.CITAAT)
        elif not kaal:
            mes.zet(i + 1, mes.labels[-1] if mes.labels else mes.nieuw)
        elif not (_regel_of_kop(mes, i, kaal) or _inleiding(mes, i, kaal)):
            mes.zet(i + 1, mes.nieuw)
            mes.iets_nieuws = mes.iets_nieuws or mes.hints[i] != "S"
    _gebroken_citaat(mes)
    staarten(regels, hints, mes.labels, mes.kaal)
    return Knipsel(_stukken(mes), tuple(mes.koppen), mes.labels)


def _diepte(regel: str) -> int:
    if ">" not in regel[:4]:
        return 0
    gevonden = _GROTER.match(regel[:400])
    return gevonden[1].count(">") if gevonden else 0


def _kansrijk(kaal: str, hint: str) -> bool:
    """A quick look: the line could be a rule or a field, which few lines of a letter are."""
    begin = kaal[:20]
    return ":" in begin or kaal[-1] == ":" or hint == "Q" or "--" in begin or "__" in begin or "**" in begin


def _regel_of_kop(mes: _Mes, i: int, kaal: str) -> bool:
    return _kansrijk(kaal, mes.hints[i]) and (_doorstuur(mes, i, kaal) or _kop(mes, i, kaal))


def _doorstuur(mes: _Mes, i: int, kaal: str) -> bool:
    """A line that says that a forwarded mail follows."""
    if not patronen.EEN_STREEP_DOORSTUUR.fullmatch(kaal):
        return False
    for dieper in (0, 1):
        blok = _kopblok(mes, i + 1, mes.basis + dieper, 2)
        if blok:
            _begin_doorgestuurd(mes, blok, dieper)
            return True
    mes.zet(i + 1, Label.DOORSTUURKOP)
    mes.nieuw = Label.DOORGESTUURD
    return True


def _begin_doorgestuurd(mes: _Mes, blok: tuple[int, dict[str, str]], dieper: int = 0) -> None:
    tot, velden = blok
    mes.zet(tot, Label.DOORSTUURKOP)
    mes.basis += dieper
    eerste = next((k for k in range(tot, min(len(mes.regels), tot + 4)) if mes.kaal(k)), None)
    if eerste is not None and mes.diepten[eerste] == mes.basis + 1:  # Proton quotes what it forwards
        mes.basis += 1
    mes.koppen.append(
        Doorgestuurd(
            adres_uit(velden.get("van", "")),
            velden.get("datum", ""),
            velden.get("onderwerp", ""),
            velden.get("aan", ""),
        )
    )
    mes.nieuw = Label.DOORGESTUURD
    mes.doorstuur = mes.iets_nieuws = False


def _kop(mes: _Mes, i: int, kaal: str) -> bool:
    """A header block as Outlook writes it, with or without a rule above; what follows is all quote, or forwarded."""
    streep = bool(patronen.STREEP.fullmatch(kaal))
    vast = bool(patronen.EEN_STREEP_CITAAT.fullmatch(kaal))
    hint = mes.hints[i] == "Q"
    if not (streep or vast or hint) and not _label(kaal):
        return False
    blok = _kopblok(mes, i + (streep or vast), mes.basis, 2 if streep or vast or hint else 3)
    if not blok and not vast and not hint:
        return False
    eerder = mes.koppen and not mes.iets_nieuws
    if blok and (mes.doorstuur or eerder or not (mes.iets_nieuws or mes.antwoord)):
        _begin_doorgestuurd(mes, blok)
        return True
    mes.zet(len(mes.regels), Label.CITAAT)
    return True


def _label(kaal: str) -> str:
    gevonden = patronen.KOPREGEL.match(kaal)
    return patronen.KOPLABELS.get(gevonden[1].lower().strip(), "") if gevonden else ""


def _kopblok(mes: _Mes, i: int, diepte: int, minstens: int) -> tuple[int, dict[str, str]] | None:
    """The fields of a header block from line `i` on, and the line after it."""
    velden: dict[str, str] = {}
    laatste, tot, wit = "", i, 0
    for j in range(i, min(len(mes.regels), i + 40)):
        kaal = mes.kaal(j)
        if not kaal:
            wit += 1
            if wit > (2 if not velden else 1):
                break
            continue
        if mes.diepten[j] != diepte:
            break
        soort = _label(kaal)
        if soort:
            waarde = patronen.KOPREGEL.match(kaal)[2].strip(" *")  # type: ignore[index]
            if soort in velden and soort in ("van", "onderwerp"):
                break
            velden[soort] = waarde
            laatste = soort
        elif not velden:
            return None
        elif wit and velden[laatste]:
            break
        elif not velden[laatste]:
            velden[laatste] = kaal
        elif "@" in kaal or any(_label(mes.kaal(k)) for k in range(j + 1, min(len(mes.regels), j + 4))):
            velden[laatste] = f"{velden[laatste]} {kaal}"[:2000]
        else:
            break
        tot, wit = j + 1, 0
    zeker = len(velden.keys() - {"overig", "cc"})
    return (tot, velden) if "van" in velden and zeker >= minstens else None


def _inleiding(mes: _Mes, i: int, kaal: str) -> bool:
    """ "Op ... schreef ...:", over at most four lines, with a quote below."""
    hint = mes.hints[i] == "A"
    if not hint and kaal[:3].lower() not in patronen.INLEIDING_BEGIN and not _noemt_schrijven(kaal):
        return False
    venster = ""
    for j in range(i, min(len(mes.regels), i + _VENSTER)):
        deel = mes.kaal(j)
        if not deel or (mes.diepten[j] > mes.basis and j > i):
            break
        venster = f"{venster} {deel}".strip()[: patronen.MAX_REGEL]
        if not patronen.INLEIDING_EIND.search(deel):
            continue
        mes.pogingen += 1
        if mes.pogingen > _MAX_POGINGEN:
            return False
        if hint or any(patroon.fullmatch(venster) for _wie, patroon in patronen.INLEIDINGEN):
            return _onder_inleiding(mes, i, j + 1, venster)
    return False


def _noemt_schrijven(kaal: str) -> bool:
    return any(woord in kaal for woord in patronen.INLEIDING_WOORD)


def _onder_inleiding(mes: _Mes, i: int, tot: int, venster: str) -> bool:
    volgende = next((k for k in range(tot, min(len(mes.regels), tot + 4)) if mes.regels[k].strip()), None)
    if volgende is not None and mes.diepten[volgende] > mes.basis:
        mes.ingeleid = True
        if mes.doorstuur and not mes.koppen and not mes.iets_nieuws:
            return False
        mes.zet(volgende, Label.CITAAT)
        return True
    if (mes.antwoord or mes.iets_nieuws) and patronen.STERK.search(venster):
        mes.zet(len(mes.regels) if not any(diepte > mes.basis for diepte in mes.diepten[tot:]) else tot, Label.CITAAT)
        return True
    return False


def _gebroken_citaat(mes: _Mes) -> None:
    """A quoted line that a program broke off: its tail stands bare between two quoted lines."""
    labels, diepten = mes.labels, mes.diepten
    for i in range(1, len(labels) - 1):
        if labels[i] is not mes.nieuw or diepten[i] or not (diepten[i - 1] and diepten[i + 1]):
            continue
        regel = mes.regels[i]
        if len(mes.regels[i - 1]) >= 70 and len(regel) <= 40 and regel[:1].islower():
            labels[i] = Label.CITAAT


def _stukken(mes: _Mes) -> tuple[Stuk, ...]:
    """Neighbours with one label, joined. The last line carries no line end, so that the pieces are the text."""
    uit: list[Stuk] = []
    begin = 0
    laatste = len(mes.regels) - 1
    citaat: int | None = None
    for i in range(len(mes.regels)):
        if i < laatste and mes.labels[i + 1] is mes.labels[begin] and mes.bases[i + 1] == mes.bases[begin]:
            continue
        tekst = "\n".join(mes.regels[begin : i + 1]) + ("\n" if i < laatste else "")
        label = mes.labels[begin]
        op = citaat if label is Label.NIEUW and tekst.strip() else None
        uit.append(Stuk(label, tekst, mes.bases[begin], op))
        if label is Label.CITAAT:
            citaat = len(uit) - 1
        begin = i + 1
    return tuple(uit)
