"""What kind of mail it is, and why. Strong signs only: a person who is taken for a machine gets no answer."""
# ruff: noqa: E501 - a pattern on one line is read and changed more safely than one in pieces

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loket.engines.brievenbus import grenzen
from loket.engines.brievenbus.bezorging import DAEMON, Rapport, in_woorden
from loket.engines.brievenbus.brief import Afspraak, Draad, Kop, Soort
from loket.engines.brievenbus.draden import Eigen

_I = re.IGNORECASE
ALLEEN_ONDERWERP = "onderwerp van een automatisch antwoord"
"""The reason when no field, but only the subject, says that a machine answered: people may write such a subject too."""
#: Beginnings of subjects that programs write, and people seldom.
AUTOANTWOORD = re.compile(
    r"(?:automatisch antwoord|automatisch bericht|automatic reply|auto(?:matic)?[ -]?(?:reply|response|antwoord)|out of (?:the )?office"
    r"(?: reply| autoreply)?|afwezigheids(?:bericht|assistent|melding)|automatische antwort|abwesenheits(?:notiz|nachricht)|réponse automatique)"
    r"\s?(?::|-|$)|(?:out of office|afwezig) autoreply",
    _I,
)
AFWEZIG = re.compile(
    r"out of (?:the )?office|afwezig|(?:niet|weer) (?:aanwezig|bereikbaar|op kantoor)|vakantie|met (?:zwangerschaps)?verlof|away from|on leave|on holiday"
    r"|on vacation|abwesen|urlaub|(?:ben|werk) (?:ik )?(?:vrij|niet meer)|geen toegang tot mijn (?:e-?)?mail|terug op|absent du bureau",
    _I,
)
UITDAGING = re.compile(
    r"(?:confirm|verify|bevestig|verifieer)\b.{0,80}(?:robot|human|mens bent|you are (?:a )?(?:real|human)|sender|afzender|spam)"
    r"|challenge[- ]response|(?:sender|afzender)[- ]?(?:verification|verificatie)|boxbe|spamarrest|klik.{0,60}(?:bericht|mail).{0,30}(?:alsnog|bezorgd)",
    _I,
)
NOREPLY = re.compile(
    r"(?:no-?_?reply|do-?not-?reply|noreply.*|niet-?(?:be)?antwoorden|geen-?antwoord|notifications?|alerts?|cron|daemon|root)@",
    _I,
)


@dataclass(frozen=True, slots=True)
class Gezien:
    """What the reading of the parts showed."""

    rapport: str = ""  # report-type of a multipart/report
    bezorging: Rapport = field(default_factory=Rapport)
    uitnodiging: bool = False  # a calendar stands in the place of the text
    afspraken: tuple[Afspraak, ...] = ()
    tekst: str = ""


def bepaal(kop: Kop, gezien: Gezien, draad: Draad, eigen: Eigen) -> tuple[Soort, str]:
    """The kind and the reason, in Dutch."""
    for regel in (_lus, _onbestelbaar, _leesbevestiging, _agenda, _autoantwoord, _automaat, _lijst):
        if uitkomst := regel(kop, gezien, draad, eigen):
            return uitkomst
    return Soort.PERSOON, "geen teken van een machine"


def _lus(kop: Kop, gezien: Gezien, draad: Draad, eigen: Eigen) -> tuple[Soort, str] | None:
    if kop.message_id and eigen.is_eigen_id(kop.message_id):
        return Soort.LUS, "onze eigen Message-ID kwam terug"
    if eigen.luswaarde and eigen.luswaarde in kop.alle(eigen.luskop):
        return Soort.LUS, f"ons eigen veld {eigen.luskop} kwam terug"
    if kop.received > grenzen.MAX_RECEIVED:
        return Soort.LUS, f"{kop.received} keer doorgegeven (Received)"
    bezorgd = [adres.lower() for adres in kop.alle("delivered-to")]
    if dubbel := next((adres for adres in bezorgd if bezorgd.count(adres) > 2), ""):
        return Soort.LUS, f"al vaker bezorgd aan {dubbel[:100]}"
    return None


def _onbestelbaar(kop: Kop, gezien: Gezien, draad: Draad, eigen: Eigen) -> tuple[Soort, str] | None:
    if gezien.rapport == "delivery-status" or gezien.bezorging.bestellingen:
        acties = {bestelling.actie for bestelling in gezien.bezorging.bestellingen}
        if acties and acties <= {"delivered", "relayed", "expanded"}:
            return Soort.BEZORGD, "bezorgrapport: bezorgd"
        return Soort.ONBESTELBAAR, "bezorgrapport (RFC 3464)"
    daemon = any(DAEMON.match(adres.adres) for adres in kop.van) or (not kop.van and kop.retourpad == "")
    machine = bool(kop.alle("x-failed-recipients")) or (kop.retourpad == "" and kop.auto_submitted not in ("", "no"))
    if (daemon or machine) and (kop.alle("x-failed-recipients") or in_woorden(kop, gezien.tekst)):
        return Soort.ONBESTELBAAR, f"van een mailserver, met de woorden van {in_woorden(kop, gezien.tekst) or 'Exim'}"
    return None


def _leesbevestiging(kop: Kop, gezien: Gezien, draad: Draad, eigen: Eigen) -> tuple[Soort, str] | None:
    if gezien.rapport == "disposition-notification" or gezien.bezorging.gelezen:
        return Soort.LEESBEVESTIGING, f"leesbevestiging (RFC 8098): {gezien.bezorging.gelezen or 'onbekend'}"
    return None


def _agenda(kop: Kop, gezien: Gezien, draad: Draad, eigen: Eigen) -> tuple[Soort, str] | None:
    if gezien.uitnodiging and gezien.afspraken:
        return Soort.AGENDA, f"agenda: {gezien.afspraken[0].methode or 'zonder methode'}"
    return None


def _autoantwoord(kop: Kop, gezien: Gezien, draad: Draad, eigen: Eigen) -> tuple[Soort, str] | None:
    reden = _teken_van_autoantwoord(kop)
    if not reden:
        return None
    woorden = f"{kop.onderwerp}\n{gezien.tekst[:1500]}"
    if UITDAGING.search(woorden):
        return Soort.UITDAGING, reden
    return (Soort.AFWEZIG if AFWEZIG.search(woorden) else Soort.AUTOANTWOORD), reden


def _teken_van_autoantwoord(kop: Kop) -> str:
    if kop.auto_submitted == "auto-replied":
        return "Auto-Submitted: auto-replied"
    for veld in ("x-autoreply", "x-autorespond", "x-auto-reply-from", "x-mail-autoreply", "x-autoresponder"):
        if kop.een(veld).lower() not in ("", "no", "false"):
            return f"veld {veld}"
    if kop.precedence in ("auto_reply", "auto-reply"):
        return f"Precedence: {kop.precedence}"
    if kop.een("x-autogenerated").lower() == "reply":
        return "X-Autogenerated: Reply"
    if kop.een("x-challenge") or "challenge" in kop.een("x-boxbe-version"):
        return "veld x-challenge"
    if AUTOANTWOORD.match(kop.onderwerp):
        return ALLEEN_ONDERWERP
    return ""


def _automaat(kop: Kop, gezien: Gezien, draad: Draad, eigen: Eigen) -> tuple[Soort, str] | None:
    if gezien.rapport:
        return Soort.AUTOMAAT, f"rapport: {gezien.rapport[:60]}"
    niet_terug = bool(kop.van) and all(NOREPLY.match(adres.adres) for adres in kop.van)
    if _formulier(kop):
        return Soort.PERSOON, "door een formulier verzonden namens een persoon (Reply-To)"
    if kop.lijst and not kop.auto_submitted.startswith("auto"):
        return None
    if kop.auto_submitted.startswith("auto"):
        return Soort.AUTOMAAT, f"Auto-Submitted: {kop.auto_submitted[:60]}"
    if UITDAGING.search(kop.onderwerp) and draad.is_antwoord and niet_terug:
        return Soort.UITDAGING, "vraagt om bevestiging van de afzender"
    return (Soort.AUTOMAAT, "van een adres waarop geen antwoord kan") if niet_terug else None


def _formulier(kop: Kop) -> bool:
    """A form on a website, sent by a machine for the person in Reply-To."""
    machine = kop.auto_submitted.startswith("auto") or (
        bool(kop.van) and all(NOREPLY.match(adres.adres) for adres in kop.van)
    )
    persoon = any(adres.adres and not NOREPLY.match(adres.adres) for adres in kop.antwoord_aan)
    return machine and persoon and not kop.lijst


def _lijst(kop: Kop, gezien: Gezien, draad: Draad, eigen: Eigen) -> tuple[Soort, str] | None:
    """A group mailbox of our own marks every mail as a list; an answer to our own mail is no newsletter."""
    if draad.eigen_ids or draad.kenmerken_onderwerp or _eigen_groep(kop, eigen):
        return None
    namen = sorted({naam for naam, _waarde in kop.lijst} & {"list-unsubscribe", "list-id", "list-post"})
    if namen:
        return Soort.LIJST, f"veld {namen[0]}"
    return (Soort.LIJST, f"Precedence: {kop.precedence}") if kop.precedence in ("bulk", "list", "junk") else None


def _eigen_groep(kop: Kop, eigen: Eigen) -> bool:
    waarden = " ".join(waarde for _naam, waarde in kop.lijst).lower()
    return any(domein in waarden for domein in eigen.domeinen)


def beantwoorden(kop: Kop, soort: Soort, eigen: Eigen) -> bool:
    """A machine may answer this mail (RFC 3834, 2): a person sent it to be answered, and it cannot begin a loop."""
    naar = kop.antwoord_aan or kop.van
    return (
        soort in (Soort.PERSOON, Soort.AGENDA)
        and kop.retourpad != ""
        and (kop.auto_submitted in ("", "no") or _formulier(kop))
        and (_eigen_groep(kop, eigen) or not (kop.lijst or kop.precedence in ("bulk", "list", "junk")))
        and not re.search(r"\b(?:all|autoreply|oof)\b", kop.auto_response_suppress, _I)
        and bool(naar and naar[0].adres)
        and not any(DAEMON.match(a.adres) or NOREPLY.match(a.adres) or a.adres.lower() in eigen.adressen for a in naar)
    )
