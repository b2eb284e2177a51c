"""Call-backs: those of the own teams for employees, and choosing a moment for residents."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loket.foundation.access.policy import policy
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import now
from loket.foundation.web.dates import clock_time
from loket.foundation.web.extensions import acts
from loket.registers.klanten.beltijden import in_woorden
from loket.registers.klanten.queries import taken
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import verhaal
from loket.services.reacties.beloften import beloofd
from loket.services.reacties.commands import terugbellen as commands
from loket.services.reacties.forms_gesprek import BelMijForm, BelMijNieuwForm, gekozen_moment
from loket.services.reacties.inzending import Inzending
from loket.services.reacties.pages.deel import actor_van, niet_bewaren, organisatie, rustig_aan, taal, te_vaak
from loket.services.reacties.pages.volgen import Ingang, _beide, _ingang
from loket.services.reacties.queries.bewoner import reactie


@require_safe
@policy(right=LEZEN)
@niet_bewaren
def lijst(request: HttpRequest) -> HttpResponse:
    """The call-backs of the employee's teams: what is too late on top, then by the promised moment."""
    actor = actor_van(request)
    nu = now()
    te_bellen = [
        {
            "taak": taak,
            "laat": taak.uiterlijk < nu,
            "uren": f"{_uur(taak.van)}–{_uur(taak.uiterlijk)}" if taak.van else "",
            "knoppen": [(act.title, f"{act.url(taak)}?van=bellen") for act in acts(actor, taak)],
        }
        for taak in taken(actor, soort="terugbellen", van_teams=True)
    ]
    return render(request, "reacties/terugbellen_lijst.html", {"te_bellen": te_bellen})


def _uur(moment: datetime) -> str:
    return clock_time(moment, get_language(), word=False)


@niet_bewaren
@require_http_methods(["GET", "HEAD", "POST"])
@_ingang
def _terugbellen(request: HttpRequest, ingang: Ingang) -> HttpResponseBase:
    """Choose when to be called about this reactie, or another moment than was promised."""
    gevonden = reactie(ingang.volger)
    wij = Organisatie.objects.get(id=gevonden.nu.organisatie)
    form = BelMijForm(request.POST if request.method == "POST" else None, openingstijden=wij.openingstijden)
    if form.is_valid():
        if te_vaak(request, "bericht"):
            return rustig_aan(request)
        try:
            taak = commands.vraag_terugbellen(
                ingang.actor,
                ingang.volger,
                gekozen_moment(wij.openingstijden, form.cleaned_data),
                telefoon=form.cleaned_data["telefoon"],
                waarover=form.cleaned_data["waarover"],
                idempotency_key=f"{ingang.volger.link or ingang.volger.zaak}:{request.POST.get('eenmalig', '')[:40]}",
            )
        except Refused as geweigerd:
            form.refuse(geweigerd)
        else:
            assert taak.van is not None
            wanneer = in_woorden(taak.van, taak.uiterlijk, get_language())
            messages.success(request, _("Wij bellen u %(wanneer)s.") % {"wanneer": wanneer}, "ok")
            return redirect(ingang.adres())
    nu_beloofd = beloofd(gevonden)
    context: dict[str, Any] = {
        "reactie": gevonden,
        "form": form,
        "woord": verhaal.woord(gevonden.eerste.soort),
        "terug_adres": ingang.adres(),
        "kruimel": _("Laat u terugbellen"),
        "beloofd": nu_beloofd.wanneer if nu_beloofd else "",
        "eenmalig": secrets.token_urlsafe(16),
    }
    return render(request, "reacties/terugbellen_volg.html", context, status=422 if form.errors else 200)


terugbellen, mijn_terugbellen = _beide(_terugbellen)


@policy(public=True)
@niet_bewaren
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponseBase:
    """Ask to be called without having a reactie: it becomes a question with a number, a promise and its own page."""
    wij = get_object_or_404(Organisatie, id=organisatie(request))
    form = BelMijNieuwForm(request.POST if request.method == "POST" else None, openingstijden=wij.openingstijden)
    if form.is_valid():
        if te_vaak(request, "verstuur"):
            return rustig_aan(request)
        waarden = form.cleaned_data
        try:
            ontvangst = commands.vraag_nieuw_terugbellen(
                actor_van(request),
                wij,
                Inzending(
                    soort="vraag",
                    tekst=waarden["waarover"],
                    naam=waarden["naam"],
                    telefoon=waarden["telefoon"],
                    taal=taal(),
                ),
                gekozen_moment(wij.openingstijden, waarden),
                idempotency_key=request.POST.get("eenmalig", "")[:40] or secrets.token_urlsafe(16),
            )
        except Refused as geweigerd:
            form.refuse(geweigerd)
        else:
            messages.success(request, _("Wij bellen u. Bewaar deze pagina: hier ziet u wanneer."), "ok")
            return redirect("reacties:volg", sleutel=ontvangst.sleutel)
    context = {"form": form, "eenmalig": secrets.token_urlsafe(16)}
    return render(request, "reacties/terugbellen.html", context, status=422 if form.errors else 200)
