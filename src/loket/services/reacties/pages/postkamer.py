"""Mail that waits for a person: the list of one's teams, one mail with what can be done, and the mail as it came. And
the whole mail behind a message in a zaak."""

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
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.errors import Refused
from loket.foundation.storage.serving import serve
from loket.foundation.time.clock import today
from loket.foundation.web.forms import CharField, Form
from loket.registers.zaken.rules import BIJWERKEN, LEZEN, MAKEN
from loket.services.reacties.categorieen import SOORTEN
from loket.services.reacties.commands import post as commands
from loket.services.reacties.pages.deel import niet_bewaren
from loket.services.reacties.pages.formulier import NAMEN
from loket.services.reacties.post_besluit import stukken
from loket.services.reacties.post_lezen import Lezing, lees_mail
from loket.services.reacties.queries import post as queries

REDENEN = {
    "onbekende-afzender": gettext_lazy("Lijkt te gaan over een zaak, maar de afzender is daar niet bekend"),
    "gesloten": gettext_lazy("Antwoord op iets dat al is afgesloten"),
    "eigen": gettext_lazy("Komt van een adres van onszelf"),
    "doorgestuurd": gettext_lazy("Een collega stuurde een e-mail van iemand anders door"),
    "spam": gettext_lazy("Waarschijnlijk reclame of misbruik"),
    "vervalst": gettext_lazy("De afzender is waarschijnlijk vervalst"),
    "mislukt": gettext_lazy("Het lezen mislukte"),
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
    """What kind of reactie it is, and of whom: who sent the mail, or who wrote what was passed on."""

    soort = forms.ChoiceField(
        label=gettext_lazy("Wat is het?"), choices=[(soort, NAMEN[soort]) for soort in SOORTEN if soort in NAMEN]
    )
    wie = forms.ChoiceField(label=gettext_lazy("Van wie is het?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, lezing: Lezing) -> None:
        super().__init__(data, initial={"wie": "schrijver"})
        if not lezing.schrijver:
            del self.fields["wie"]
            return
        keuze = self.fields["wie"]
        assert isinstance(keuze, forms.ChoiceField)
        keuze.choices = [("schrijver", lezing.schrijver), ("afzender", lezing.email or lezing.afzender)]


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
    actor = actor_of(request)
    wachtend = [each | {"waarom": reden_in_woorden(each["reden"])} for each in queries.wachtend(actor)]
    return render(request, "reacties/postkamer.html", {"wachtend": wachtend, "vandaag": today()})


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=LEZEN)
@niet_bewaren
def mail(request: HttpRequest, post: UUID) -> HttpResponse:
    """One mail: what it says, why it waits, and what can be done with it."""
    actor = actor_of(request)
    gegevens = queries.post_voor(actor, post)
    lezing = lees_mail(gegevens)
    over = queries.zaak_voor(actor, gegevens["detail"]["zaak"]) if gegevens["detail"].get("zaak") else None
    daad = request.POST.get("daad", "")
    vormen: dict[str, Form] = {}
    if actor.may(MAKEN):
        vormen["nieuw"] = NieuwForm(request.POST if daad == "nieuw" else None, lezing=lezing)
    if actor.may(BIJWERKEN):
        vormen["bij"] = BijForm(request.POST if daad == "bij" else None)
        vormen["weg"] = WegForm(request.POST if daad == "weg" else None)
    form = vormen.get(daad)
    if form is not None and form.is_valid():
        try:
            _doe(actor, post, daad, form.cleaned_data)
        except Refused as geweigerd:
            form.refuse(geweigerd)
        else:
            messages.success(request, _("De e-mail heeft een plek."))
            return HttpResponseRedirect(reverse("reacties:postkamer"))
    context = {
        "post": gegevens,
        "lezing": lezing,
        "bijlagen": [each.naam for each in stukken(lezing.brief)],
        "waarom": reden_in_woorden(gegevens["reden"]),
        "over": over,
        **{f"form_{naam}": vorm for naam, vorm in vormen.items()},
        "form": form,
    }
    return render(request, "reacties/post.html", context, status=422 if daad else 200)


@require_safe
@policy(right=LEZEN)
@niet_bewaren
def bron(request: HttpRequest, post: UUID) -> HttpResponseBase:
    """The mail as it came, to save; never shown, for it is a stranger's."""
    gegevens = queries.post_voor(actor_of(request), post)
    return serve(gegevens["sha256"], f"{post}.eml", "message/rfc822", request=request)


@require_safe
@policy(right=LEZEN)
@niet_bewaren
def bericht(request: HttpRequest, bericht: UUID) -> HttpResponse:
    """The whole mail that a message in a zaak came in: also what the message leaves out."""
    gegevens = queries.post_bij(actor_of(request), bericht)
    lezing = lees_mail(gegevens)
    context = {
        "post": gegevens,
        "lezing": lezing,
        "bericht": bericht,
        "bijlagen": [each.naam for each in lezing.brief.bijlagen],
    }
    return render(request, "reacties/bericht_mail.html", context)


@require_safe
@policy(right=LEZEN)
@niet_bewaren
def bericht_bron(request: HttpRequest, bericht: UUID) -> HttpResponseBase:
    """The mail of a message as it came, to save."""
    gegevens = queries.post_bij(actor_of(request), bericht)
    return serve(gegevens["sha256"], f"{gegevens['nummer']}.eml", "message/rfc822", request=request)


def _doe(actor: Actor, post: UUID, daad: str, wat: dict[str, Any]) -> None:
    match daad:
        case "nieuw":
            commands.maak_reactie_van(actor, post, wat["soort"], van_schrijver=wat.get("wie") == "schrijver")
        case "bij":
            commands.voeg_toe_aan(actor, post, wat["nummer"])
        case "weg":
            commands.leg_weg(actor, post, wat["waarom"])
