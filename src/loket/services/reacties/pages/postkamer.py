"""Mail that waits for a person: the list of one's teams, one mail with what can be done, and the mail as it came."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from loket.foundation.access.actor import Actor
from loket.foundation.access.policy import policy
from loket.foundation.errors import Refused
from loket.foundation.storage.serving import serve
from loket.foundation.time.clock import today
from loket.foundation.web.forms import CharField, Form
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import post_in
from loket.services.reacties.categorieen import SOORTEN
from loket.services.reacties.commands import post as commands
from loket.services.reacties.pages.deel import niet_bewaren
from loket.services.reacties.pages.formulier import NAMEN
from loket.services.reacties.queries import post as queries

REDENEN = {
    "onbekende-afzender": gettext_lazy("Lijkt te gaan over een zaak, maar de afzender is daar niet bekend"),
    "gesloten": gettext_lazy("Antwoord op iets dat al is afgesloten"),
    "spam": gettext_lazy("Waarschijnlijk reclame of misbruik"),
    "versleuteld": gettext_lazy("Versleuteld: wij kunnen de inhoud niet lezen"),
    "lijst": gettext_lazy("Nieuwsbrief of groepsbericht"),
    "uitdaging": gettext_lazy("De mailserver van de ander vraagt om een bevestiging"),
    "automaat": gettext_lazy("Gemaakt door een machine"),
    "geen-afzender": gettext_lazy("Zonder afzender"),
    "leeg": gettext_lazy("Zonder tekst en zonder bijlage"),
    "onleesbaar": gettext_lazy("Beschadigd: niet helemaal te lezen"),
}


def reden_in_woorden(code: str) -> str:
    """Why a mail waits for a person."""
    return str(REDENEN.get(code, _("Paste niet vanzelf")))


class NieuwForm(Form):
    """What kind of reactie it is."""

    soort = forms.ChoiceField(
        label=gettext_lazy("Wat is het?"), choices=[(soort, NAMEN[soort]) for soort in SOORTEN if soort in NAMEN]
    )


class BijForm(Form):
    """To which reactie it belongs."""

    nummer = CharField(label=gettext_lazy("Nummer van de zaak"), max_length=40)


class WegForm(Form):
    """Why nothing is done with it."""

    waarom = CharField(label=gettext_lazy("Waarom niet?"), max_length=400)


@require_safe
@policy(right=LEZEN)
@niet_bewaren
def lijst(request: HttpRequest) -> HttpResponse:
    """The mail that waits for the teams of the employee, with its last day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wachtend = [each | {"waarom": reden_in_woorden(each["reden"])} for each in queries.wachtend(actor)]
    return render(request, "reacties/postkamer.html", {"wachtend": wachtend, "vandaag": today()})


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=LEZEN)
@niet_bewaren
def mail(request: HttpRequest, post: UUID) -> HttpResponse:
    """One mail: what it says, why it waits, and what can be done with it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gegevens = queries.post_voor(actor, post)
    daad = request.POST.get("daad", "")
    vormen: dict[str, Form] = {
        "nieuw": NieuwForm(request.POST if daad == "nieuw" else None),
        "bij": BijForm(request.POST if daad == "bij" else None, initial={"nummer": _nummer(gegevens)}),
        "weg": WegForm(request.POST if daad == "weg" else None),
    }
    form = vormen.get(daad)
    if form is not None and form.is_valid():
        try:
            _doe(actor, post, daad, form.cleaned_data)
        except Refused as geweigerd:
            form.refuse(geweigerd)
        else:
            messages.success(request, _("De e-mail heeft een plek."))
            return HttpResponseRedirect(reverse("reacties:postkamer"))
    lezing = post_in.lees_mail(gegevens)
    context = {
        "post": gegevens,
        "lezing": lezing,
        "bijlagen": [each.naam for each in post_in.stukken(lezing.brief)],
        "waarom": reden_in_woorden(gegevens["reden"]),
        **{f"form_{naam}": vorm for naam, vorm in vormen.items()},
        "form": form,
    }
    return render(request, "reacties/post.html", context, status=422 if daad else 200)


@require_safe
@policy(right=LEZEN)
@niet_bewaren
def bron(request: HttpRequest, post: UUID) -> HttpResponseBase:
    """The mail as it came, to save; never shown, for it is a stranger's."""
    gegevens = queries.post_voor(request.actor, post)  # type: ignore[attr-defined]
    return serve(gegevens["sha256"], f"{post}.eml", "message/rfc822", request=request)


def _nummer(gegevens: dict[str, Any]) -> str:
    zaak = gegevens["detail"].get("zaak")
    return queries.nummer_van(zaak) if zaak else ""


def _doe(actor: Actor, post: UUID, daad: str, wat: dict[str, Any]) -> None:
    match daad:
        case "nieuw":
            commands.maak_reactie_van(actor, post, wat["soort"])
        case "bij":
            commands.voeg_toe_aan(actor, post, wat["nummer"])
        case "weg":
            commands.leg_weg(actor, post, wat["waarom"])
