"""The words of the workbench: what happened, as one line of the chain."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loket.engines.termijnen.kalender import werkdagen_tussen
from loket.foundation.access.middleware import actor_of
from loket.foundation.time.clock import AMSTERDAM, now, today
from loket.foundation.web.extensions import acts
from loket.foundation.web.rules import Due, due
from loket.foundation.web.stored import translated
from loket.registers.klanten.queries import Taak
from loket.registers.zaken.queries import Gebeurtenis

register = template.Library()

SOORTEN = {
    "melding": (gettext_lazy("Melding"), "flag"),
    "vraag": (gettext_lazy("Vraag"), "question"),
    "klacht": (gettext_lazy("Klacht"), "complaint"),
    "compliment": (gettext_lazy("Compliment"), "heart"),
}
AARDEN = {
    "doorgezonden": gettext_lazy("doorgezonden"),
    "duplicaat": gettext_lazy("zelfde kwestie"),
    "gesplitst": gettext_lazy("gesplitst"),
    "vervolg": gettext_lazy("vervolg"),
    "onderwerp": gettext_lazy("heeft ermee te maken"),
}
WACHT = {
    "bewoner": gettext_lazy("De bewoner"),
    "collega": gettext_lazy("Een collega"),
    "organisatie": gettext_lazy("Een andere organisatie"),
}
KANAAL_IN = {
    "website": gettext_lazy("schreef op de website"),
    "email": gettext_lazy("mailde"),
    "telefoon": gettext_lazy("belde"),
    "balie": gettext_lazy("kwam langs"),
    "brief": gettext_lazy("schreef een brief"),
    "chat": gettext_lazy("schreef in de chat"),
    "open311": gettext_lazy("meldde met een app van een ander"),
}
KANAAL_UIT = {
    "email": gettext_lazy("aan bewoner, per e-mail"),
    "telefoon": gettext_lazy("aan bewoner, per telefoon"),
    "balie": gettext_lazy("aan bewoner, aan de balie"),
    "brief": gettext_lazy("aan bewoner, per brief"),
    "chat": gettext_lazy("aan bewoner, in de chat"),
}
ICONEN = {
    "email": "mail",
    "telefoon": "phone",
    "brief": "letter",
    "balie": "desk",
    "website": "globe",
    "open311": "globe",
}


@register.filter
def soortnaam(zaaktype: str) -> str:
    """'Melding' for `melding`; another zaaktype keeps its own name."""
    return str(SOORTEN[zaaktype][0]) if zaaktype in SOORTEN else zaaktype


@register.filter
def wachtwoord(wacht_op: str) -> str:
    """On whom a zaak waits: 'De bewoner'."""
    return str(WACHT.get(wacht_op, wacht_op))


@register.filter
def soorticoon(zaaktype: str) -> str:
    """The icon of a kind of zaak."""
    return SOORTEN[zaaktype][1] if zaaktype in SOORTEN else "document"


@register.filter
def procent(deel: float | None) -> str:
    """0.91 as '91%'."""
    return f"{round(100 * deel)}%" if deel is not None else ""


@register.filter
def dag(moment: datetime | date | None) -> date | None:
    """The day of a moment, in the Netherlands."""
    return moment.astimezone(AMSTERDAM).date() if isinstance(moment, datetime) else moment


@register.filter
def termijn(moment: datetime) -> Due:
    """How loud the deadline of a task is; past its hour it is late, also today."""
    laatste, vandaag = moment.astimezone(AMSTERDAM).date(), today()
    if laatste == vandaag and moment < now():
        return Due("late", laatste)
    return due(laatste, vandaag, werkdagen_tussen(vandaag, laatste) if laatste > vandaag else None)


@register.filter
def duur(lengte: timedelta) -> str:
    """How long, in the largest unit that fits: '3 dagen', '2 uur', '5 minuten'."""
    if lengte.days:
        return ngettext("%d dag", "%d dagen", lengte.days) % lengte.days
    if uren := lengte.seconds // 3600:
        return ngettext("%d uur", "%d uur", uren) % uren
    minuten = max(lengte.seconds // 60, 1)
    return ngettext("%d minuut", "%d minuten", minuten) % minuten


@register.filter
def kanaalwoord(gebeurtenis: Gebeurtenis) -> str:
    """How a message came or went: 'belde, Sanne Tuinhof nam op'."""
    kanaal = gebeurtenis.detail.get("kanaal", "")
    if gebeurtenis.soort == "bericht_uit" and gebeurtenis.detail.get("gelukt") is False:
        return _("belde, maar bereikte de bewoner niet")
    if gebeurtenis.soort == "bericht_uit":
        return str(KANAAL_UIT.get(kanaal, _("aan bewoner")))
    woord = str(KANAAL_IN.get(kanaal, _("schreef")))
    nam_op = gebeurtenis.detail.get("aangenomen_door", "")
    if kanaal == "telefoon" and nam_op and nam_op != gebeurtenis.wie:
        return _("%(woord)s, %(wie)s nam op") % {"woord": woord, "wie": nam_op}
    return woord


@register.filter
def kanaalicoon(kanaal: str) -> str:
    """The icon of a channel."""
    return ICONEN.get(kanaal, "chat")


@register.filter
def aardwoord(aard: str) -> str:
    """How two zaken are related, in words."""
    return str(AARDEN.get(aard, aard))


def _vet(naam: str) -> SafeString:
    return format_html("<b>{}</b>", naam or _("Iemand"))


@register.filter
def regel(gebeurtenis: Gebeurtenis) -> SafeString | str:
    """One thing that happened as a sentence with who; '' for what has a place of its own on the page."""
    wie, kop, tekst = _vet(gebeurtenis.wie), translated(gebeurtenis.kop), translated(gebeurtenis.tekst)
    naar = gebeurtenis.detail.get("naar", "")
    match gebeurtenis.soort:
        case "status" if gebeurtenis.detail.get("heropend"):
            zin = format_html(_("{} heropende de zaak."), wie)
        case "status":
            zin = format_html(_("{} zette de stand op “{}”"), wie, kop)
        case "toewijzing" if gebeurtenis.wie == kop:
            zin = format_html(_("{} nam de zaak in behandeling"), wie)
            tekst = ""
        case "toewijzing":
            zin = format_html(_("{} gaf de zaak aan {}"), wie, _vet(kop))
            tekst = format_html("({})", tekst) if tekst else ""
        case "taak_gegeven" if gebeurtenis.detail.get("taak") == "doorzetten":
            zin = format_html(_("{} zette door naar {} met de vraag “{}”"), wie, _vet(naar), kop)
        case "taak_gegeven":
            zin = format_html(_("{} vroeg aan {}: “{}”"), wie, _vet(naar), kop)
        case "taak_opgepakt" if gebeurtenis.detail.get("taak") == "doorzetten":
            zin = format_html(_("{} nam de zaak in behandeling"), wie)
        case "taak_opgepakt":
            zin = format_html(_("{} pakte op: “{}”"), wie, kop)
        case "taak_beantwoord" if not tekst:
            zin = format_html(_("{} rondde af: “{}”"), wie, kop)
        case "taak_teruggegeven":
            zin = format_html(
                _("“{}” ging terug naar coördinator {}."), kop, _vet(gebeurtenis.detail.get("coordinator", ""))
            )
        case "bericht_uit" if not tekst and gebeurtenis.detail.get("kanaal") == "telefoon":
            zin = format_html(_("{} belde de bewoner"), wie)
        case "resultaat":
            zin = format_html(_("{} sloot de zaak af als “{}”."), wie, kop)
        case "document":
            zin = format_html(_("Document toegevoegd: {}"), gebeurtenis.detail.get("bestandsnaam") or kop)
            tekst = ""
        case "relatie" if gebeurtenis.detail["aard"] == "doorgezonden" and gebeurtenis.detail["van_ons"]:
            zin = format_html(_("Doorgezonden naar {} ({})."), _vet(gebeurtenis.detail["organisatie"]), kop)
        case "relatie" if gebeurtenis.detail["aard"] == "doorgezonden":
            zin = format_html(_("Doorgezonden door {} (artikel 2:3 Awb)."), _vet(gebeurtenis.detail["organisatie"]))
        case "relatie":
            zin = format_html(
                "{}: {} ({})",
                aardwoord(gebeurtenis.detail["aard"]).capitalize(),
                kop,
                gebeurtenis.detail["organisatie"],
            )
        case _:
            return ""
    return format_html("{} {}", zin, tekst) if tekst else zin


@register.filter
def regelicoon(gebeurtenis: Gebeurtenis) -> str:
    """The icon of a line of the chain."""
    if gebeurtenis.detail.get("heropend"):
        return "undo"
    if gebeurtenis.soort == "taak_gegeven" and gebeurtenis.detail.get("taak") != "doorzetten":
        return "question"
    return {
        "status": "flag",
        "toewijzing": "person",
        "taak_gegeven": "arrow",
        "taak_opgepakt": "check",
        "taak_beantwoord": "check",
        "taak_teruggegeven": "undo",
        "bericht_uit": "phone",
        "resultaat": "check",
        "document": "clip",
        "relatie": "link",
    }.get(gebeurtenis.soort, "arrow")


@register.filter
def taakwoord(gebeurtenis: Gebeurtenis) -> str:
    """What stands above the words with which a task ended."""
    if gebeurtenis.detail.get("taak") == "terugbellen":
        return _("belde terug, alleen voor collega’s")
    return _("antwoordde, alleen voor collega’s")


@register.simple_tag(takes_context=True)
def taakknoppen(context: Context, taak: Taak, van: str = "") -> list[Mapping[str, Any]]:
    """What the employee can do with this task now: title and address, as other rooms offer it. `van`: where the
    employee is, and comes back to."""
    actor = actor_of(context["request"])
    na = f"?van={van}" if van else ""
    return [{"titel": act.title, "adres": act.url(taak) + na} for act in acts(actor, taak)]


@register.simple_tag(takes_context=True)
def berichtknoppen(context: Context, bericht: Gebeurtenis) -> list[Mapping[str, Any]]:
    """What can be seen of this message beside its text, as other rooms offer it: title and address."""
    return [
        {"titel": act.title, "icoon": act.icon, "adres": act.url(bericht)}
        for act in acts(actor_of(context["request"]), bericht)
    ]


@register.simple_tag
def plekje(x: float, y: float) -> list[tuple[float, float]]:
    """The place of a zaak, as `{% kaart pins=… %}` takes it."""
    return [(x, y)]
