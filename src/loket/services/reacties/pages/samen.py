"""One act with several zaken of a list: each in a transaction of its own, and a report of what failed and why."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import forms_medewerker as forms
from loket.services.reacties.handeling import Handeling
from loket.services.reacties.handelingen import PER_CODE, nieuwe_sleutel

MAX_SAMEN = 100
"""Zaken in one go: more than a page of the list, and few enough to wait for."""


@dataclass(frozen=True)
class Uitkomst:
    """What became of one zaak: '' when it was done, else why not. `zaak` is None for one that the actor may not see."""

    nummer: str
    zaak: Zaak | None
    waarom: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=LEZEN)
def samen(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what an act needs once, and do it with every chosen zaak (`zaak` in the address, any number of times).

    One that fails does not stop the others; the page then says which and why. Sending the same form again does nothing
    twice: each zaak has its own key, made of the form's.
    """
    actor = actor_of(request)
    welke = PER_CODE.get(code)
    if welke is None or not welke.samen:
        raise NotFound(f"There is no act {code!r} with several zaken.")
    gestuurd = request.POST if request.method == "POST" else request.GET
    nummers, terug = list(dict.fromkeys(gestuurd.getlist("zaak"))), _terug(gestuurd.get("terug", ""))
    if not nummers or len(nummers) > MAX_SAMEN:
        zin = _("Kies eerst een of meer zaken.") if not nummers else _("Kies niet meer dan %d zaken in een keer.")
        messages.warning(request, zin if not nummers else zin % MAX_SAMEN)
        return HttpResponseRedirect(terug)
    if not actor.may(welke.recht):
        raise Forbidden(f"{actor.naam} may not do {welke.recht}.")
    zaken = zoek.haal_zaken(actor, nummers)
    gekozen = [Uitkomst(nummer, zaken.get(nummer)) for nummer in nummers]
    gezien = list(zaken.values())
    if not gezien:
        raise NotFound("None of these zaken is there for this employee.")
    # the choices are those of the zaak that most may see; what does not fit another, its command refuses
    vorm: dict[str, Any] = {"actor": actor, "zaak": min(gezien, key=lambda zaak: zaak.va_rang)}
    form = welke.form(request.POST if request.method == "POST" else None, initial={"sleutel": nieuwe_sleutel()}, **vorm)
    context = {"welke": welke, "form": form, "gekozen": gekozen, "terug": terug}
    if not form.is_valid():
        return _toon(request, context, 422 if form.is_bound else 200)
    sleutel = form.cleaned_data["sleutel"]
    uitkomsten = [_doe(actor, welke, form, each, sleutel) for each in gekozen]
    mislukt = [each for each in uitkomsten if each.waarom]
    if mislukt:
        gelukt = [each for each in uitkomsten if not each.waarom]
        return _toon(request, {**context, "gelukt": gelukt, "mislukt": mislukt}, 200 if gelukt else 422)
    zin = ngettext("“%(wat)s” is gelukt met %(n)d zaak.", "“%(wat)s” is gelukt met %(n)d zaken.", len(uitkomsten))
    messages.success(request, zin % {"wat": welke.samen, "n": len(uitkomsten)})
    return HttpResponseRedirect(terug)


def _doe(actor: Actor, welke: Handeling, form: forms.HandelingForm, een: Uitkomst, sleutel: str) -> Uitkomst:
    if een.zaak is None:
        return Uitkomst(een.nummer, None, _("Deze zaak kunt u niet zien."))
    form.cleaned_data["sleutel"] = f"{sleutel}:{een.zaak.id}"
    try:
        with transaction.atomic():
            welke.doe(actor, een.zaak, form)
    except Refused as refused:
        return Uitkomst(een.nummer, een.zaak, str(refused.message))
    except Forbidden:
        return Uitkomst(een.nummer, een.zaak, _("U mag dit niet met deze zaak doen."))
    except NotFound:
        return Uitkomst(een.nummer, een.zaak, _("Deze zaak kunt u niet meer zien."))
    return een


def _terug(adres: str) -> str:
    """The list that the employee came from; never an address outside the workbench."""
    lijsten = reverse("werkplek:begin") + "lijst/"
    goed = adres.startswith(lijsten) and url_has_allowed_host_and_scheme(adres, allowed_hosts=None)
    return adres if goed else reverse("werkplek:begin")


def _toon(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    antwoord = render(request, "reacties/samen.html", context, status=status)
    antwoord["Cache-Control"] = "no-store"
    return antwoord
