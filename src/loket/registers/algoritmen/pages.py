"""The register as anyone may read it, and the page where an administrator trains again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.beheer.rules import ORGANISATIE
from loket.registers.algoritmen import commands, queries
from loket.registers.algoritmen.aangifte import Algoritme, algoritme, algoritmen
from loket.registers.algoritmen.weergave import Stand, als_json, stand


def _standen(wat: Algoritme) -> list[Stand]:
    per = {model["organisatie_id"]: model for model in queries.modellen(wat.code)}
    gebruik = queries.gebruik(wat.code)
    return [stand(wat, wie, per.get(wie["id"]), gebruik.get(wie["id"])) for wie in queries.organisaties()]


@policy(public=True)
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """All algorithms in use."""
    return render(request, "algoritmen/lijst.html", {"alle": [(wat, _standen(wat)) for wat in algoritmen()]})


@policy(public=True)
@require_safe
def een(request: HttpRequest, code: str) -> HttpResponse:
    """One algorithm: what for, on which ground, what people do, and how good it is."""
    wat = algoritme(code)
    return render(request, "algoritmen/een.html", {"wat": wat, "standen": _standen(wat), "dagen": queries.DAGEN})


@policy(public=True)
@require_safe
def cijfers(request: HttpRequest, code: str) -> JsonResponse:
    """The same as JSON, to download."""
    wat = algoritme(code)
    antwoord = JsonResponse(als_json(wat, _standen(wat)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    antwoord["Content-Disposition"] = f'attachment; filename="algoritme-{wat.code}.json"'
    return antwoord


@policy(right=ORGANISATIE)
@never_cache
@require_http_methods(["GET", "POST"])
def beheer(request: HttpRequest) -> HttpResponse:
    """How the models of the own organisation are doing, and a button to train again."""
    actor = actor_of(request)
    if request.method == "POST":
        commands.vraag_training(actor, request.POST.get("code", ""))
        messages.success(request, _("Het trainen begint zo. Over een paar minuten staan hier de nieuwe cijfers."))
        return HttpResponseRedirect(reverse("algoritmen:beheer"))
    eigen = [
        (wat, each) for wat in algoritmen() for each in _standen(wat) if each.organisatie["id"] == actor.organisatie
    ]
    return render(request, "algoritmen/beheer.html", {"eigen": eigen})
