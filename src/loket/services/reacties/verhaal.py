"""From facts to the words that a resident reads: the title, what happens now and until when, and the time line.

Pure, but for the language and today's date."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.engines.termijnen.kalender import tel_werkdagen
from loket.foundation.time.clock import today
from loket.foundation.web.components import Moment
from loket.foundation.web.dates import long_date
from loket.foundation.web.stored import translated
from loket.services.reacties import rules
from loket.services.reacties.catalogus import (
    BEANTWOORD,
    DEELS_GEGROND,
    DOORGEZONDEN,
    GEGROND,
    INGETROKKEN,
    NIET_IN_BEHANDELING,
    NIET_MOGELIJK,
    NIET_OPGELOST,
    ONGEGROND,
    OPGELOST,
    SAMENGEVOEGD,
)
from loket.services.reacties.categorieen import SOORTEN

if TYPE_CHECKING:
    from loket.services.reacties.queries.bewoner import Bestand, Deel, Gebeurtenis, Reactie


def woord(soort: str) -> str:
    """'melding', 'vraag', 'klacht' or 'compliment' inside a sentence."""
    return {"melding": _("melding"), "vraag": _("vraag"), "klacht": _("klacht"), "compliment": _("compliment")}.get(
        soort, _("reactie")
    )


def dag(wanneer: date) -> str:
    """'vrijdag 27 november 2026'."""
    return long_date(wanneer, get_language())


def titel(reactie: "Reactie") -> str:
    """The subject and, when it is short enough, the place: 'Losse stoeptegel, Kastanjelaan, bij nummer 12'."""
    eerste = reactie.eerste
    if eerste.plek and len(eerste.onderwerp) + len(eerste.plek) <= 90 and eerste.plek not in eerste.onderwerp:
        return f"{translated(eerste.onderwerp)}, {translated(eerste.plek)}"
    return translated(eerste.onderwerp)


@dataclass(frozen=True)
class Nu:
    """The box 'Nu': its heading, what happens, until when, and what the resident must do."""

    kop: str
    zinnen: Sequence[str] = ()
    tot: str = ""
    doen: str = ""
    citaat: str = ""
    waarschuwing: bool = field(default=False)


def _uitkomst(deel: "Deel") -> str:
    naam = woord(deel.soort)
    zinnen = {
        BEANTWOORD: _("Uw %(soort)s is beantwoord"),
        OPGELOST: _("Uw %(soort)s is opgelost"),
        NIET_OPGELOST: _("Wij lossen dit niet op"),
        NIET_MOGELIJK: _("Dit kan niet"),
        DOORGEZONDEN: _("Een andere overheid gaat verder met uw %(soort)s"),
        INGETROKKEN: _("U trok uw %(soort)s in"),
        SAMENGEVOEGD: _("Uw %(soort)s gaat verder onder een ander nummer"),
        GEGROND: _("U hebt gelijk"),
        DEELS_GEGROND: _("U hebt voor een deel gelijk"),
        ONGEGROND: _("Wij geven u geen gelijk"),
        NIET_IN_BEHANDELING: _("Wij behandelen uw klacht niet"),
    }
    return zinnen.get(deel.resultaat, _("Uw %(soort)s is klaar")) % {"soort": naam}


def nu(reactie: "Reactie") -> Nu:
    """What happens now."""
    deel = reactie.nu
    naam = woord(deel.soort)
    if deel.einddatum is not None:
        citaat = "" if deel.resultaat == INGETROKKEN else translated(deel.reden)
        return Nu(_uitkomst(deel), citaat=citaat, doen=_("U hoeft niets te doen."))
    tot = dag(deel.antwoord_voor) if deel.antwoord_voor else ""
    if deel.status == rules.WACHT_OP_BEWONER or deel.wacht_op == "bewoner":
        return Nu(
            _("Wij wachten op u"),
            [_("Wij hebben iets van u nodig. U leest het hieronder.")],
            doen=_("Stuur ons een bericht. Dan gaan wij verder."),
            waarschuwing=True,
        )
    zinnen = []
    if len([each for each in reactie.delen if not each.elders]) > 1:
        zinnen.append(_("%(wie)s gaat hierover en heeft het nu.") % {"wie": deel.organisatie_naam})
    if deel.antwoord_voor and deel.antwoord_voor < today():
        zinnen.append(_("Wij zijn te laat. Sorry. U hoort zo van ons hoe het staat."))
        tot = ""
    if deel.status == rules.ONTVANGEN:
        lezen = tel_werkdagen(deel.startdatum, 1)
        if lezen >= today() and (deel.antwoord_voor is None or lezen <= deel.antwoord_voor):
            zinnen.append(_("Dat gebeurt uiterlijk %(dag)s.") % {"dag": dag(lezen)})
        return Nu(_("Een medewerker leest uw %(soort)s") % {"soort": naam}, zinnen, tot, _("U hoeft niets te doen."))
    if deel.behandelaar:
        kop = _("%(wie)s is bezig met uw %(soort)s") % {"wie": deel.behandelaar, "soort": naam}
    else:
        kop = _("Wij zijn bezig met uw %(soort)s") % {"soort": naam}
    return Nu(kop, zinnen, tot, _("U hoeft niets te doen."))


@dataclass(frozen=True)
class Regel:
    """One line of the time line: what happened, the files that came with it, and the fact itself when it points to
    another number."""

    moment: Moment
    bestanden: "tuple[Bestand, ...]" = ()
    naar: "Gebeurtenis | None" = None


def tijdlijn(reactie: "Reactie") -> list[Regel]:
    """What happened, what happens now and what comes: sentences with who."""
    regels: list[Regel] = []
    eerste_in = True
    for gebeurtenis in reactie.gebeurtenissen:
        moment = _moment(reactie, gebeurtenis, eerste_in)
        if gebeurtenis.soort == "in":
            eerste_in = False
        if moment is not None:
            regels.append(
                Regel(moment, gebeurtenis.bestanden, gebeurtenis if gebeurtenis.soort == "gesplitst" else None)
            )
    if eerste_in and not reactie.volger.meldt_mee:
        begin = Moment(_("U stuurde dit"), at=reactie.eerste.ontvangen_op)
        regels.insert(0, Regel(begin))
    return regels + [Regel(straks) for straks in _straks(reactie)]


def _moment(reactie: "Reactie", feit: "Gebeurtenis", eerste: bool) -> Moment | None:
    """One thing that happened, in a sentence; None for what another line says already."""
    naam = woord(reactie.eerste.soort)
    wie = feit.wie or feit.organisatie
    match feit.soort:
        case "in":
            zin = _in_zin(reactie, feit, eerste, naam)
            return Moment(zin, at=feit.op, quote=feit.tekst if not feit.door_ons or feit.kanaal in _OP_SCHRIFT else "")
        case "uit":
            zin = {
                "telefoon": _("%(wie)s belde u"),
                "brief": _("%(wie)s schreef u een brief"),
                "balie": _("%(wie)s sprak met u"),
            }.get(feit.kanaal, _("%(wie)s schreef u"))
            if feit.wat == "voicemail":
                zin = _("%(wie)s belde u en sprak uw voicemail in")
            elif feit.wat == "niet_bereikt":
                zin = _("%(wie)s belde u, maar u nam niet op")
            return Moment(zin % {"wie": wie}, at=feit.op, quote=feit.tekst)
        case "status":
            return _stap(reactie, feit, naam, wie)
        case "doorgezonden":
            zin = _("%(van)s stuurde uw %(soort)s door naar %(naar)s")
            woorden = {"van": feit.organisatie, "soort": naam, "naar": feit.wat}
            return Moment(zin % woorden, at=feit.op, text=translated(feit.tekst))
        case "vertraagd":
            tot = dag(date.fromisoformat(feit.wat)) if feit.wat else ""
            return Moment(_("Het duurt langer: tot %(dag)s") % {"dag": tot}, at=feit.op, text=translated(feit.tekst))
        case "gesplitst":
            zin = (
                _("Dit was eerst een deel van nummer %(nummer)s")
                if feit.kanaal == "eerder"
                else _("Een deel kreeg een eigen nummer: %(nummer)s")
            )
            return Moment(zin % {"nummer": feit.wat}, at=feit.op)
        case "samengevoegd":
            return Moment(_("Uw %(soort)s gaat verder met een andere over hetzelfde") % {"soort": naam}, at=feit.op)
    return None


_OP_SCHRIFT = ("website", "email", "chat", "open311")
"""What an employee records of a resident who wrote: part of that, as a reactie of its own (`keten.splits`)."""


def _in_zin(reactie: "Reactie", feit: "Gebeurtenis", eerste: bool, naam: str) -> str:
    if feit.door_ons and feit.kanaal == "telefoon":
        return _("U belde ons")
    if feit.door_ons and feit.kanaal in _OP_SCHRIFT:
        return _("Wij maakten er een aparte %(soort)s van") % {"soort": naam}
    if feit.door_ons:
        return _("U sprak met ons")
    if not eerste:
        return _("U stuurde een bericht")
    if reactie.volger.meldt_mee:
        return _("U meldde dit ook")
    return {
        "melding": _("U deed een melding"),
        "vraag": _("U stelde een vraag"),
        "klacht": _("U diende een klacht in"),
        "compliment": _("U gaf een compliment"),
    }.get(reactie.eerste.soort, _("U stuurde dit"))


def _stap(reactie: "Reactie", feit: "Gebeurtenis", naam: str, wie: str) -> Moment | None:
    if feit.wat == rules.IN_BEHANDELING:
        if not feit.wie:
            return Moment(_("Wij gingen er weer mee aan de slag"), at=feit.op, text=translated(feit.tekst))
        zin = _("%(wie)s las uw %(soort)s en ging ermee aan de slag") % {"wie": wie, "soort": naam}
        return Moment(zin, at=feit.op, text=translated(feit.tekst))
    if feit.wat == rules.WACHT_OP_BEWONER:
        return Moment(_("Wij wachten op uw antwoord"), at=feit.op, text=translated(feit.tekst))
    if feit.wat == rules.AFGEHANDELD and reactie.nu.resultaat == INGETROKKEN and feit is reactie.gebeurtenissen[-1]:
        return Moment(_("U trok het in"), at=feit.op)
    if feit.wat == rules.AFGEHANDELD and any(
        ander.soort == "doorgezonden" and ander.tekst == feit.tekst for ander in reactie.gebeurtenissen
    ):
        return None  # forwarded: that is told already, and it goes on elsewhere
    if feit.wat == rules.AFGEHANDELD:
        zin = _("%(wie)s rondde het af") % {"wie": wie} if feit.wie else _("Het is afgerond")
        return Moment(zin, at=feit.op, quote=translated(feit.tekst))
    return None


def _straks(reactie: "Reactie") -> list[Moment]:
    """What happens now and what is to come."""
    deel = reactie.nu
    if deel.einddatum is not None:
        laatste = rules.heropenen_tot(deel.einddatum)
        if today() > laatste or deel.resultaat in (INGETROKKEN, SAMENGEVOEGD):
            return []
        return [
            Moment(
                _("U zegt of het goed is gegaan"),
                kind="next",
                when=_("Tot en met %(dag)s") % {"dag": dag(laatste)},
                text=_("Niet goed? Dan gaan wij er weer mee aan de slag."),
            )
        ]
    straks = [Moment(nu(reactie).kop, kind="now")]
    if deel.antwoord_voor and deel.antwoord_voor >= today():
        laatste_stap = (
            rules.stappen(deel.soort, deel.startdatum, deel.antwoord_voor)[-1] if deel.soort in SOORTEN else None
        )
        if laatste_stap is not None:
            wanneer = _("Uiterlijk %(dag)s") % {"dag": long_date(deel.antwoord_voor, get_language(), year=False)}
            straks.append(Moment(str(laatste_stap.wat), kind="next", when=wanneer))
    straks.append(
        Moment(
            _("U zegt of het goed is gegaan"),
            kind="next",
            when=_("Daarna"),
            text=_("Niet goed? Dan gaan wij er weer mee aan de slag."),
        )
    )
    return straks
