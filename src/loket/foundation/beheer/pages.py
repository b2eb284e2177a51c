"""The pages of the administration. Each change answers with a redirect, so that a reload does nothing twice."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.beheer import commands, health, queries
from loket.foundation.beheer.forms import Functieformulier, Medewerkerformulier, Organisatieformulier, Teamformulier
from loket.foundation.beheer.rules import OPENEN, ORGANISATIE
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Gebruiker
from loket.foundation.identity.queries import collegas
from loket.foundation.mail.queries import dkim_stand, queue
from loket.foundation.web.components import Pages
from loket.foundation.web.extensions import AdminCard, offered, visible
from loket.foundation.web.formpage import form_page

FORMULIER = "beheer/formulier.html"


@policy(right=OPENEN)
@never_cache
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """The start page: a door for each part of the administration that this employee may see."""
    actor = actor_of(request)
    deuren = [
        {
            "title": kaart.title,
            "text": kaart.text,
            "icon": kaart.icon,
            "href": kaart.href,
            "state": _stand(kaart, actor),
        }
        for kaart in offered(AdminCard)
        if visible(kaart, actor)
    ]
    return render(request, "beheer/begin.html", {"deuren": deuren})


def _stand(kaart: AdminCard, actor: Any) -> Any:
    return kaart.state(actor) if kaart.state else ""


@policy(right=ORGANISATIE)
@never_cache
@require_GET
def gezondheid(request: HttpRequest) -> HttpResponse:
    """Whether all is well, in words."""
    return render(request, "beheer/gezondheid.html", {"stand": health.state(), "post": queue(), "dkim": dkim_stand()})


@policy(right=ORGANISATIE)
@never_cache
@require_http_methods(["GET", "POST"])
def organisatie(request: HttpRequest) -> HttpResponse:
    """The own organisation."""
    actor = actor_of(request)
    eigen = queries.organisatie(actor)
    form = Organisatieformulier(request.POST or None, initial=Organisatieformulier.van(eigen))
    return form_page(
        request,
        form,
        lambda: commands.wijzig_organisatie(actor, **form.velden(eigen)),
        reverse("beheer:organisatie"),
        FORMULIER,
        {"kop": _("Organisatie"), "eigen": eigen},
    )


# --- teams ---------------------------------------------------------------------------------------------


@policy(right=ORGANISATIE)
@never_cache
@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """All teams of the own organisation."""
    return render(request, "beheer/teams.html", {"teams": queries.teams(actor_of(request))})


@policy(right=ORGANISATIE)
@never_cache
@require_http_methods(["GET", "POST"])
def nieuw_team(request: HttpRequest) -> HttpResponse:
    """Add a team."""
    actor = actor_of(request)
    form = Teamformulier(request.POST or None, collegas=_collegas(actor))
    kader = {"kop": _("Nieuw team"), "terug": reverse("beheer:teams"), "boven": _("Teams")}
    return form_page(
        request, form, lambda: commands.maak_team(actor, **form.cleaned_data), reverse("beheer:teams"), FORMULIER, kader
    )


@policy(right=ORGANISATIE)
@never_cache
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, id: UUID) -> HttpResponse:
    """One team: what it is, and who works in it."""
    actor = actor_of(request)
    eigen = queries.team(actor, id)
    form = Teamformulier(request.POST or None, initial=Teamformulier.van(eigen), collegas=_collegas(actor))

    def bewaar() -> None:
        velden = dict(form.cleaned_data)
        commands.wijzig_team(actor, id, coordinator_id=velden.pop("coordinator"), **velden)

    kader = {
        "kop": eigen.naam,
        "terug": reverse("beheer:teams"),
        "boven": _("Teams"),
        "leden": queries.leden(actor, id),
    }
    return form_page(request, form, bewaar, reverse("beheer:team", args=[id]), FORMULIER, kader)


# --- employees -----------------------------------------------------------------------------------------


@policy(right=ORGANISATIE)
@never_cache
@require_GET
def medewerkers(request: HttpRequest) -> HttpResponse:
    """The employees by name; `q` is a part of a name, `weg` shows who left too."""
    q, weg, vanaf = request.GET.get("q", "")[:100], "weg" in request.GET, _getal(request)
    gevonden = queries.medewerkers(actor_of(request), q, weg, vanaf)
    vraag = ({"q": q} if q else {}) | ({"weg": "1"} if weg else {})
    hier = len(gevonden[: queries.PAGE])
    pages = Pages(
        vanaf + 1 if hier else 0,
        vanaf + hier if hier else 0,
        None,
        "?" + urlencode({**vraag, "vanaf": max(0, vanaf - queries.PAGE)}) if vanaf else "",
        "?" + urlencode({**vraag, "vanaf": vanaf + queries.PAGE}) if len(gevonden) > queries.PAGE else "",
    )
    kader = {"mensen": gevonden[: queries.PAGE], "q": q, "weg": weg, "pages": pages}
    return render(request, "beheer/medewerkers.html", kader)


@policy(right=ORGANISATIE)
@never_cache
@require_http_methods(["GET", "POST"])
def nieuwe_medewerker(request: HttpRequest) -> HttpResponse:
    """Add an employee, and go on with what he or she may do."""
    actor = actor_of(request)
    form = Medewerkerformulier(request.POST or None)
    kader = {"kop": _("Nieuwe medewerker"), "terug": reverse("beheer:medewerkers"), "boven": _("Medewerkers")}
    return form_page(
        request,
        form,
        lambda: commands.maak_medewerker(actor, **form.cleaned_data),
        lambda nieuw: reverse("beheer:medewerker", args=[nieuw.pk]),
        FORMULIER,
        kader,
    )


@policy(right=ORGANISATIE)
@never_cache
@require_http_methods(["GET", "POST"])
def medewerker(request: HttpRequest, id: UUID) -> HttpResponse:
    """One employee: who, and with which functies."""
    actor = actor_of(request)
    wie = queries.medewerker(actor, id)
    velden = Medewerkerformulier.base_fields
    form = Medewerkerformulier(request.POST or None, initial={veld: getattr(wie, veld) for veld in velden})
    return form_page(
        request,
        form,
        lambda: commands.wijzig_medewerker(actor, id, **form.cleaned_data),
        reverse("beheer:medewerker", args=[id]),
        "beheer/medewerker.html",
        _om_medewerker(request, wie),
    )


def _om_medewerker(request: HttpRequest, wie: Gebruiker, lid: Functieformulier | None = None) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "kop": wie.naam,
        "terug": reverse("beheer:medewerkers"),
        "boven": _("Medewerkers"),
        "wie": wie,
        "functies": queries.functies_van(actor, wie.pk),
        "lid": lid or _functieformulier(request),
        "wachtwoord": settings.STAFF_PASSWORD,
    }


def _functieformulier(request: HttpRequest, data: Any = None) -> Functieformulier:
    actor = actor_of(request)
    return Functieformulier(data, teams=queries.teams(actor), functies=queries.functies(actor), prefix="lid")


@policy(right=ORGANISATIE)
@never_cache
@require_POST
def geef_functie(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give an employee a functie in a team."""
    actor = actor_of(request)
    wie = queries.medewerker(actor, id)
    lid = _functieformulier(request, request.POST)
    if not lid.is_valid():
        velden = Medewerkerformulier.base_fields
        form = Medewerkerformulier(initial={veld: getattr(wie, veld) for veld in velden})
        kader = _om_medewerker(request, wie, lid)
        return render(request, "beheer/medewerker.html", {"form": form, **kader}, status=422)
    commands.geef_functie(actor, id, **lid.cleaned_data)
    messages.success(request, _("De functie is gegeven. Zij geldt vanaf nu."))
    return HttpResponseRedirect(reverse("beheer:medewerker", args=[id]))


@policy(right=ORGANISATIE)
@require_POST
def neem_functie(request: HttpRequest, id: UUID, lid: int) -> HttpResponse:
    """Take a functie away."""
    actor = actor_of(request)
    return _daad(request, id, lambda: commands.neem_functie(actor, lid), _("De functie is weg."))


@policy(right=ORGANISATIE)
@require_POST
def dienst(request: HttpRequest, id: UUID) -> HttpResponse:
    """Somebody leaves, or comes back."""
    actor = actor_of(request)
    if queries.medewerker(actor, id).is_active:
        return _daad(request, id, lambda: commands.zet_uit_dienst(actor, id), _("Deze collega kan niet meer inloggen."))
    return _daad(request, id, lambda: commands.neem_in_dienst(actor, id), _("Deze collega kan weer inloggen."))


@policy(right=ORGANISATIE)
@require_POST
def wachtwoord(request: HttpRequest, id: UUID) -> HttpResponse:
    """Have a link sent with which the employee chooses a password."""
    actor = actor_of(request)
    return _daad(request, id, lambda: commands.stuur_wachtwoordlink(actor, id), _("De link is onderweg, per e-mail."))


# --- shared --------------------------------------------------------------------------------------------


def _collegas(actor: Any) -> list[dict[str, Any]]:
    return collegas(actor.organisatie)


def _daad(request: HttpRequest, id: UUID, daad: Callable[[], None], gedaan: str) -> HttpResponse:
    queries.medewerker(actor_of(request), id)
    try:
        daad()
        messages.success(request, gedaan)
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(reverse("beheer:medewerker", args=[id]))


def _getal(request: HttpRequest) -> int:
    gegeven = request.GET.get("vanaf", "")
    return int(gegeven) if gegeven.isascii() and gegeven.isdigit() and len(gegeven) < 7 else 0
