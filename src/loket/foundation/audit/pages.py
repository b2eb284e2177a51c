"""The two logs, for who watches over the use of personal data."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.audit import queries
from loket.foundation.audit.forms import Logfilter
from loket.foundation.audit.queries import PAGE, Filter
from loket.foundation.audit.rules import LEZEN, Plaats
from loket.foundation.web.components import Chip

type Vraag = Callable[[Actor, Filter, Plaats | None], list[dict[str, Any]]]


@policy(right=LEZEN)
@never_cache
@require_GET
def gebruik(request: HttpRequest) -> HttpResponse:
    """Whose data was used, when, by whom and what for."""
    return _log(request, queries.gebruik, "start", "audit/gebruik.html")


@policy(right=LEZEN)
@never_cache
@require_GET
def spoor(request: HttpRequest) -> HttpResponse:
    """Who did what, when and why."""
    return _log(request, queries.spoor, "tijd", "audit/spoor.html")


def _log(request: HttpRequest, vraag: Vraag, tijd: str, template: str) -> HttpResponse:
    actor = actor_of(request)
    form = Logfilter(request.GET, mensen=queries.medewerkers(actor))
    kader: dict[str, Any] = {"form": form, "chips": _chips(request, actor)}
    if not form.is_valid():
        return render(request, template, kader, status=422)
    na = Plaats.lees(request.GET.get("na", ""))
    regels = vraag(actor, form.filter(), na)
    kader["regels"] = regels[:PAGE]
    if len(regels) > PAGE:
        laatste = Plaats(regels[PAGE - 1][tijd], str(regels[PAGE - 1]["id"]))
        kader["verder"] = _adres(request, na=str(laatste))
    if na:
        kader["begin"] = _adres(request, na="")
    return render(request, template, kader)


def _chips(request: HttpRequest, actor: Actor) -> list[Chip]:
    """The filters that are no field: one person, and what belongs to no organisation."""
    chips = []
    if wie := request.GET.get("betrokkene", ""):
        chips.append(Chip(_("Persoon %(wie)s") % {"wie": wie[:10]}, _adres(request, betrokkene="", na=""), on=True))
    zonder = bool(request.GET.get("zonder"))
    if zonder or queries.mag_zonder(actor):
        naar = _adres(request, zonder="" if zonder else "1", na="")
        chips.append(Chip(_("Van geen organisatie"), naar, on=zonder, add=not zonder))
    return chips


def _adres(request: HttpRequest, **anders: str) -> str:
    """This page with other parameters; an empty one goes."""
    params = {naam: waarde for naam, waarde in request.GET.items() if naam in Logfilter.base_fields or naam == "na"}
    return "?" + urlencode({naam: waarde for naam, waarde in (params | anders).items() if waarde})
