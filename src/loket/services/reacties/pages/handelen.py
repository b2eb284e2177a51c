"""The page on which an employee acts with a reactie: one view for all acts, one for the acts with a task."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loket.foundation.access.actor import Actor
from loket.foundation.access.policy import policy
from loket.foundation.audit.use import Use
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import today
from loket.foundation.web.dates import long_date
from loket.registers.klanten import queries as klanten
from loket.registers.klanten.models import Internetaak
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import forms_medewerker as forms
from loket.services.reacties.commands import behandeling
from loket.services.reacties.handelingen import PER_CODE, Handeling, kan, nieuwe_sleutel
from loket.services.reacties.queries import medewerker as queries

BEHANDELEN = "reacties.behandelen"


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=LEZEN)
def handeling(request: HttpRequest, nummer: str, code: str) -> HttpResponse:
    """Show the form of an act, or do it. Refused input comes back with the words at the field and status 422."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    welke = PER_CODE.get(code)
    if welke is None:
        raise NotFound(f"There is no act {code!r}.")
    zaak = zoek.haal_zaak(actor, nummer)
    if not zoek.mag(actor, welke.recht, zaak.id):
        raise Forbidden(f"{actor.naam} may not do {welke.recht} with this zaak.")
    if request.method != "POST":
        begin = {"sleutel": nieuwe_sleutel(), **_begin(request, actor, zaak, welke)}
        return _toon(request, actor, zaak, welke, welke.form(initial=begin, actor=actor, zaak=zaak))
    form = welke.form(request.POST, actor=actor, zaak=zaak)
    if form.is_valid():
        try:
            welke.doe(actor, zaak, form)
        except Refused as refused:
            form.refuse(refused)
        except NotFound:
            form.refuse(Refused("not_found", _("Wij vinden geen reactie met dit nummer."), "met"))
        else:
            messages.success(request, str(welke.gedaan))
            return _naar(request, reverse("werkplek:zaak", args=[nummer]))
    return _toon(request, actor, zaak, welke, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=LEZEN)
def taak(request: HttpRequest, taak: UUID, code: str) -> HttpResponse:
    """Take up a task, answer it, or give it back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gevonden = Internetaak.objects.filter(id=taak).first()
    if gevonden is None:
        raise NotFound("No such task.")
    zaak = zoek.haal_zaak(actor, gevonden.zaak_id)
    soorten: dict[str, tuple[type[forms.HandelingForm], str, str]] = {
        "oppakken": (forms.LeegForm, _("Pak deze taak op"), _("Pak op")),
        "beantwoorden": (forms.TaakAntwoordForm, _("Beantwoord uw collega"), _("Bewaar antwoord")),
        "teruggeven": (forms.WaaromForm, _("Geef deze taak terug"), _("Geef terug")),
    }
    if code not in soorten:
        raise NotFound(f"There is no act {code!r} with a task.")
    soort, titel, knop = soorten[code]
    form = soort(request.POST or None, initial={"sleutel": nieuwe_sleutel()}, actor=actor, zaak=zaak)
    if request.method == "POST" and form.is_valid():
        try:
            _doe_taak(actor, gevonden, code, form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Gedaan."))
            return _naar(request, reverse("werkplek:zaak", args=[zaak.identificatie]))
    context = {"zaak": zaak, "form": form, "titel": titel, "knop": knop, "taak": gevonden, "intern": True}
    return render(request, "reacties/handelen.html", context, status=422 if request.method == "POST" else 200)


def _doe_taak(actor: Actor, taak: Internetaak, code: str, waarden: dict[str, Any]) -> None:
    if code == "oppakken":
        behandeling.pak_taak_op(actor, taak)
    elif code == "beantwoorden":
        behandeling.beantwoord_taak(actor, taak, waarden["antwoord"])
    else:
        behandeling.geef_taak_terug(actor, taak, waarden["waarom"])


def _begin(request: HttpRequest, actor: Actor, zaak: Zaak, welke: Handeling) -> dict[str, str]:
    """What the form starts with: a standard text that was chosen, with its placeholders filled in."""
    gekozen = request.GET.get("tekst", "")
    if welke.code != "antwoord" or not gekozen:
        return {}
    try:
        sleutel = UUID(gekozen)
    except ValueError:
        return {}
    personen = klanten.betrokkenen(Use(actor, BEHANDELEN, zaak.id), zaak.id)
    naam = next((p.naam for p in personen if p.rol == "initiator"), "")
    plaatshouders = {
        "naam": naam or _("meneer, mevrouw"),
        "nummer": zaak.identificatie,
        "onderwerp": zaak.omschrijving,
        "plek": zaak.plek,
        "datum": long_date(today(), "nl"),
        "medewerker": actor.naam,
        "organisatie": Organisatie.objects.values_list("naam", flat=True).get(id=zaak.organisatie_id),
    }
    return {"tekst": queries.standaardtekst(zaak.organisatie_id, sleutel, plaatshouders)}


def _toon(
    request: HttpRequest, actor: Actor, zaak: Zaak, welke: Handeling, form: forms.HandelingForm, status: int = 200
) -> HttpResponse:
    soort = zaak.zaaktype.identificatie
    context = {
        "zaak": zaak,
        "form": form,
        "handeling": welke,
        "titel": welke.titel,
        "knop": welke.knop,
        "intern": welke.intern,
        "teksten": queries.standaardteksten(zaak.organisatie_id, soort) if welke.code == "antwoord" else [],
        "kan": kan(actor, zaak, welke),
    }
    deel = request.headers.get("HX-Request") == "true"
    sjabloon = "reacties/handelen.html#vorm" if deel else "reacties/handelen.html"
    return render(request, sjabloon, context, status=status)


def _naar(request: HttpRequest, adres: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        antwoord = HttpResponse(status=204)
        antwoord["HX-Redirect"] = adres
        return antwoord
    return HttpResponseRedirect(adres)
