"""Writing: a new article, a proposal, whose it is, and the acts that readers notice."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.database.ids import uuid7
from loket.foundation.errors import NotFound, Refused
from loket.foundation.web.formpage import form_page
from loket.foundation.web.forms import Form
from loket.services.kennis import queries, rules
from loket.services.kennis.commands import artikelen as commands
from loket.services.kennis.forms import (
    GegevensForm,
    NieuwForm,
    RedenForm,
    TekstForm,
    VerlengForm,
    WijzigForm,
    over_een_jaar,
)
from loket.services.kennis.rules import SCHRIJVEN


@policy(right=SCHRIJVEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """Write a new article; it is a concept until it is published."""
    actor = actor_of(request)
    begin = {
        "id": uuid7(),
        "geldig_tot": over_een_jaar(),
        "eigenaar": actor.id,
        "team": next(iter(sorted(actor.teams)), None),
    }
    form = NieuwForm(request.POST or None, initial=begin, actor=actor)

    def bewaar() -> UUID:
        gegeven = form.cleaned_data
        artikel = commands.schrijf_artikel(
            actor,
            id=gegeven["id"],
            geldig_tot=gegeven["geldig_tot"],
            bronnen=rules.lees_bronnen(gegeven["bronnen"]),
            **{**form.gegevens(), **form.teksten()},
        )
        return artikel.id

    return _formulier(request, form, bewaar, {"kop": _("Nieuw artikel"), "knop": _("Bewaar als concept")})


@policy(right=SCHRIJVEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, id: UUID) -> HttpResponse:
    """Propose another text, beginning with the last one that counts."""
    actor = actor_of(request)
    artikel = queries.artikel(actor, id)
    versies = queries.versies(actor, id)
    van = next((v for v in versies if v["stand"] in ("concept", "gepubliceerd")), versies[0])
    form = WijzigForm(request.POST or None, initial={**TekstForm.van(van), "gezien": versies[0]["nummer"]})

    def bewaar() -> UUID:
        gegeven = form.cleaned_data
        commands.stel_wijziging_voor(
            actor,
            id,
            gezien=gegeven["gezien"],
            waarom=gegeven["waarom"],
            bronnen=rules.lees_bronnen(gegeven["bronnen"]),
            **form.teksten(),
        )
        return id

    return _formulier(
        request, form, bewaar, {"kop": _("Verander dit artikel"), "knop": _("Bewaar als voorstel"), "artikel": artikel}
    )


@policy(right=SCHRIJVEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def gegevens(request: HttpRequest, id: UUID) -> HttpResponse:
    """Whose an article is, and who sees it."""
    actor = actor_of(request)
    artikel = queries.artikel(actor, id)
    begin = {
        "onderwerp": artikel["onderwerp"],
        "voor_bewoners": "ja" if artikel["voor_bewoners"] else "nee",
        "team": artikel["team_id"],
        "eigenaar": artikel["eigenaar_id"],
    }
    form = GegevensForm(request.POST or None, initial=begin, actor=actor)

    def bewaar() -> UUID:
        commands.wijzig_gegevens(actor, id, **form.gegevens())
        return id

    return _formulier(request, form, bewaar, {"kop": _("Eigenaar en lezers"), "knop": _("Bewaar"), "artikel": artikel})


@policy(right=SCHRIJVEN)
@require_POST
def doe(request: HttpRequest, id: UUID, daad: str) -> HttpResponse:
    """Publish, say no to a proposal, renew the day, or withdraw."""
    actor = actor_of(request)
    queries.artikel(actor, id)
    try:
        gedaan = _daad(actor, id, daad, request)
    except Refused as geweigerd:
        messages.error(request, geweigerd.message)
    else:
        messages.success(request, gedaan)
    return HttpResponseRedirect(_hier(id))


def _daad(actor: Actor, id: UUID, daad: str, request: HttpRequest) -> str:
    """Do it, and say that it was done. Raises Refused, NotFound."""
    match daad:
        case "publiceer":
            commands.publiceer(actor, id, _nummer(request))
            return _("Het artikel staat erop.")
        case "afwijzen":
            commands.wijs_af(actor, id, _nummer(request), _waarde(RedenForm(request.POST), "waarom"))
            return _("Het voorstel gaat niet door. Het blijft bij de versies staan.")
        case "verleng":
            tot: date = _waarde(VerlengForm(request.POST), "geldig_tot")
            commands.verleng(actor, id, tot)
            return _("Het artikel is nagekeken en geldt weer.")
        case "intrekken":
            commands.trek_in(actor, id, _waarde(RedenForm(request.POST), "waarom"))
            return _("Niemand ziet het artikel meer.")
    raise NotFound(f"There is no act {daad!r}.")


def _nummer(request: HttpRequest) -> int:
    gegeven = request.POST.get("versie", "")
    return int(gegeven) if gegeven.isascii() and gegeven.isdigit() and len(gegeven) < 5 else 0


def _waarde(form: Form, naam: str) -> Any:
    if not form.is_valid():
        raise Refused("invoer", str(next(iter(form.errors.values()))[0]), naam)
    return form.cleaned_data[naam]


def _formulier(request: HttpRequest, form: Form, bewaar: Callable[[], UUID], kader: dict[str, Any]) -> HttpResponse:
    """The page of a form that ends at its article."""
    kader = {"plek": "kennis.kennis", **kader}
    return form_page(request, form, bewaar, _hier, "kennis/formulier.html", kader)


def _hier(id: UUID) -> str:
    return reverse("kennis:artikel", args=[id])
