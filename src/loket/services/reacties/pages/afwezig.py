"""Being away: who stands in, and giving somebody's open work to another."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.errors import Refused
from loket.foundation.identity import queries
from loket.foundation.identity.commands import meld_afwezig, trek_afwezigheid_in
from loket.foundation.time.clock import today
from loket.foundation.web.forms import CharField, Form
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties.commands import taken

type Keuzes = list[tuple[str, str]]


class _Form(Form):
    def kies_uit(self, naam: str, opties: Keuzes) -> None:
        """Give the choices of one field; the only one there is, is chosen."""
        self.kies(naam, [*([("", _("Kies een collega"))] if len(opties) > 1 else []), *opties])


def _dag() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AfwezigForm(_Form):
    """Who is away, when, and who stands in."""

    wie = forms.ChoiceField(label=gettext_lazy("Wie is afwezig?"))
    van = forms.DateField(label=gettext_lazy("Eerste dag"), widget=_dag())
    tot_en_met = forms.DateField(label=gettext_lazy("Laatste dag"), widget=_dag())
    vervanger = forms.ChoiceField(
        label=gettext_lazy("Wie vervangt?"),
        help_text=gettext_lazy("De vervanger ziet het werk en kan taken oppakken."),
    )
    reden = CharField(label=gettext_lazy("Reden"), max_length=200, required=False)

    def __init__(self, *args: Any, onder_mij: Keuzes, collegas: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kies_uit("wie", onder_mij)
        self.kies_uit("vervanger", collegas)
        self.fields["van"].initial = today()


class OverneemForm(_Form):
    """Whose work goes to whom, and why."""

    van_wie = forms.ChoiceField(label=gettext_lazy("Van wie is het werk?"))
    naar = forms.ChoiceField(label=gettext_lazy("Wie neemt het over?"))
    waarom = CharField(label=gettext_lazy("Waarom?"), max_length=200)

    def __init__(self, *args: Any, onder_mij: Keuzes, collegas: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kies_uit("van_wie", onder_mij)
        self.kies_uit("naar", collegas)


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=LEZEN)
def afwezig(request: HttpRequest) -> HttpResponse:
    """Say that somebody is away, or give the work of somebody to another; and who is away."""
    actor = actor_of(request)
    assert actor.organisatie is not None
    keuzes: dict[str, Keuzes] = {
        "onder_mij": [(str(m["id"]), m["naam"]) for m in _van_wie(actor)],
        "collegas": [(str(m["id"]), f"{m['naam']}, {m['teams']}") for m in queries.collegas(actor.organisatie)],
    }
    daad = request.POST.get("daad", "")
    melden = AfwezigForm(request.POST if daad == "melden" else None, **keuzes)
    overnemen = OverneemForm(request.POST if daad == "overnemen" else None, **keuzes)
    if _doe(request, actor, melden, overnemen):
        return HttpResponseRedirect(reverse("reacties:afwezig"))
    context = {
        "melden": melden,
        "overnemen": overnemen,
        "form": melden if melden.is_bound else overnemen,
        "afwezigen": queries.afwezigen(actor),
        "vandaag": today(),
    }
    return render(request, "reacties/afwezig.html", context, status=422 if daad else 200)


@require_POST
@policy(right=LEZEN)
def terug(request: HttpRequest, afwezigheid: int) -> HttpResponse:
    """Somebody is back."""
    trek_afwezigheid_in(actor_of(request), afwezigheid)
    messages.success(request, _("Deze collega is er weer."))
    return HttpResponseRedirect(reverse("reacties:afwezig"))


def _van_wie(actor: Actor) -> list[dict[str, Any]]:
    """Those whose absence and work the actor decides about, and whom he or she stands in for now."""
    onder_mij = queries.onder_mij(actor)
    bekend = {each["id"] for each in onder_mij}
    assert actor.organisatie is not None
    vervangt = [m for m in queries.collegas(actor.organisatie) if m["id"] in actor.vervangt and m["id"] not in bekend]
    return [*onder_mij, *vervangt]


def _doe(request: HttpRequest, actor: Actor, melden: AfwezigForm, overnemen: OverneemForm) -> bool:
    """Carry out the form that was sent; whether that went well."""
    form: _Form = melden if melden.is_bound else overnemen
    if not form.is_valid():
        return False
    wat = form.cleaned_data
    try:
        if form is melden:
            meld_afwezig(
                actor,
                UUID(wat["wie"]),
                van=wat["van"],
                tot_en_met=wat["tot_en_met"],
                vervanger=UUID(wat["vervanger"]),
                reden=wat["reden"],
            )
            messages.success(request, _("De afwezigheid staat genoteerd. De vervanger ziet het werk."))
        else:
            aantal = taken.neem_werk_over(actor, UUID(wat["van_wie"]), UUID(wat["naar"]), wat["waarom"])
            woorden = ngettext("%d zaak of taak is overgedragen.", "%d zaken en taken zijn overgedragen.", aantal)
            messages.success(request, woorden % aantal)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True
