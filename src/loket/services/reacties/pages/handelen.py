"""The page on which an employee acts with a reactie: one view for all acts, one for the acts with a task."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from loket.foundation.access.actor import Actor
from loket.foundation.access.policy import policy
from loket.foundation.audit.use import Use
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.identity.models import Organisatie
from loket.registers.klanten import queries as klanten
from loket.registers.klanten.models import Internetaak
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import forms_medewerker as forms
from loket.services.reacties.aanbod import BEHANDELEN
from loket.services.reacties.aanbod_werk import mag
from loket.services.reacties.commands import taken
from loket.services.reacties.handelingen import PER_CODE, Handeling, nieuwe_sleutel
from loket.services.reacties.queries import medewerker as queries


@dataclass(frozen=True)
class TaakHandeling:
    """An act with a task: its form and its words."""

    form: type[forms.HandelingForm]
    titel: Promise
    knop: Promise
    gedaan: Promise


TAAK = {
    "oppakken": TaakHandeling(
        forms.LeegForm, gettext_lazy("Pak op"), gettext_lazy("Pak op"), gettext_lazy("U hebt dit opgepakt.")
    ),
    "beantwoorden": TaakHandeling(
        forms.TaakAntwoordForm,
        gettext_lazy("Beantwoord uw collega"),
        gettext_lazy("Bewaar antwoord"),
        gettext_lazy("Uw antwoord staat in de zaak."),
    ),
    "teruggeven": TaakHandeling(
        forms.WaaromForm,
        gettext_lazy("Geef terug aan de coördinator"),
        gettext_lazy("Geef terug"),
        gettext_lazy("De coördinator heeft dit nu."),
    ),
    "intrekken": TaakHandeling(
        forms.WaaromForm, gettext_lazy("Trek deze vraag in"), gettext_lazy("Trek in"), gettext_lazy("Ingetrokken.")
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=LEZEN)
def handeling(request: HttpRequest, nummer: str, code: str) -> HttpResponse:
    """Show the form of an act, or do it. Refused input comes back with the words at the field and status 422."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    welke = PER_CODE.get(code)
    if welke is None:
        raise NotFound(f"There is no act {code!r}.")
    zaak = zoek.haal_zaak(actor, nummer)
    if not mag(actor, zaak, welke.recht):
        raise Forbidden(f"{actor.naam} may not do {welke.recht} with this zaak.")
    if request.method != "POST":
        begin = {"sleutel": nieuwe_sleutel(), **_begin(request, actor, zaak, welke)}
        return _toon(request, zaak, welke.form(initial=begin, actor=actor, zaak=zaak), **_woorden(zaak, welke))
    form = welke.form(request.POST, actor=actor, zaak=zaak)
    if form.is_valid():
        try:
            welke.doe(actor, zaak, form)
        except Refused as refused:
            form.refuse(refused)
        except NotFound:
            if "met" not in form.fields:
                raise
            form.refuse(Refused("not_found", _("Wij vinden geen reactie met dit nummer."), "met"))
        else:
            return _klaar(request, actor, zaak, str(welke.gedaan))
    return _toon(request, zaak, form, status=422, **_woorden(zaak, welke))


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=LEZEN)
def taak(request: HttpRequest, taak: UUID, code: str) -> HttpResponse:
    """Take up a task, answer it, give it back or withdraw it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gevonden = Internetaak.objects.filter(id=taak).first()
    welke = TAAK.get(code)
    if gevonden is None or welke is None:
        raise NotFound("No such task, or no such act.")
    zaak = zoek.haal_zaak(actor, gevonden.zaak_id)
    form = welke.form(
        request.POST if request.method == "POST" else None,
        initial={"sleutel": nieuwe_sleutel()},
        actor=actor,
        zaak=zaak,
    )
    if form.is_valid():
        try:
            _doe_taak(actor, gevonden, code, form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _klaar(request, actor, zaak, str(welke.gedaan))
    return _toon(
        request,
        zaak,
        form,
        status=422 if form.is_bound else 200,
        adres=reverse("reacties:taak", args=[taak, code]),
        titel=welke.titel,
        knop=welke.knop,
        taak=gevonden,
        intern=True,
    )


def _doe_taak(actor: Actor, taak: Internetaak, code: str, waarden: dict[str, Any]) -> None:
    if code == "oppakken":
        taken.pak_taak_op(actor, taak)
    elif code == "beantwoorden":
        taken.beantwoord_taak(actor, taak, waarden["antwoord"])
    elif code == "intrekken":
        taken.trek_taak_in(actor, taak, waarden["waarom"])
    else:
        taken.geef_taak_terug(actor, taak, waarden["waarom"])


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
        "naam": naam or "meneer, mevrouw",
        "nummer": zaak.identificatie,
        "onderwerp": zaak.omschrijving,
        "plek": zaak.plek,
        "medewerker": actor.naam,
        "organisatie": Organisatie.objects.values_list("naam", flat=True).get(id=zaak.organisatie_id),
    }
    return {"tekst": queries.standaardtekst(zaak.organisatie_id, sleutel, plaatshouders)}


def _woorden(zaak: Zaak, welke: Handeling) -> dict[str, Any]:
    """What the page of an act shows beside its form."""
    antwoord = welke.code == "antwoord"
    return {
        "adres": reverse("reacties:handeling", args=[zaak.identificatie, welke.code]),
        "titel": welke.titel,
        "knop": welke.knop,
        "intern": welke.intern,
        "uitleg": welke.uitleg,
        "tab": welke.plek == "editor",
        "teksten": queries.standaardteksten(zaak.organisatie_id, zaak.zaaktype.identificatie) if antwoord else [],
        "antwoord": antwoord,
    }


def _toon(request: HttpRequest, zaak: Zaak, form: forms.HandelingForm, status: int = 200, **meer: Any) -> HttpResponse:
    deel = request.headers.get("HX-Request") == "true"
    sjabloon = "reacties/deel/vorm.html" if deel else "reacties/handelen.html"
    antwoord = render(request, sjabloon, {"zaak": zaak, "form": form, "deel": deel, **meer}, status=status)
    antwoord["Cache-Control"] = "no-store"
    return antwoord


def _klaar(request: HttpRequest, actor: Actor, zaak: Zaak, gedaan: str) -> HttpResponse:
    """Back to the zaak; or to the work, when the act took the zaak out of sight of who did it."""
    messages.success(request, gedaan)
    ziet = zoek.mag(actor, LEZEN, zaak.id)
    adres = reverse("werkplek:zaak", args=[zaak.identificatie]) if ziet else reverse("werkplek:begin")
    if request.headers.get("HX-Request") == "true":
        antwoord = HttpResponse(status=204)
        antwoord["HX-Redirect"] = adres
        return antwoord
    return HttpResponseRedirect(adres)
