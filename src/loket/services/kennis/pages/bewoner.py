"""Answers for everybody: by subject, by words, and one at a time, with who to talk to and whether it helped."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.errors import NotFound
from loket.foundation.web.context import organisatie_of
from loket.foundation.web.dates import lang
from loket.services.kennis import queries
from loket.services.kennis.commands import artikelen as commands
from loket.services.kennis.rules import MAX_OPMERKING
from loket.services.kennis.zoek import ZOEKEND, zoek

MAX_TREFFERS = 15


@policy(public=True)
@require_safe
def antwoorden(request: HttpRequest) -> HttpResponse:
    """All answers by subject; with `q`, those that fit these words."""
    wie = organisatie_of(request)
    taal = lang(get_language())
    q = request.GET.get("q", "").strip()[:200]
    gevonden = (
        zoek(actor_of(request), wie.id, q, taal=taal, maximum=MAX_TREFFERS, grens=ZOEKEND) if q and wie.id else []
    )
    onderwerpen = queries.per_onderwerp(wie.id, taal) if wie.id and not gevonden else {}
    return render(request, "kennis/antwoorden.html", {"q": q, "gevonden": gevonden, "onderwerpen": onderwerpen})


@policy(public=True)
@require_http_methods(["GET", "HEAD", "POST"])
def antwoord(request: HttpRequest, slug: str) -> HttpResponse:
    """One answer. A POST says whether it helped (`geholpen`: ja or nee), or why (`woorden`): kept without who."""
    wie = organisatie_of(request)
    if wie.id is None:
        raise NotFound("This Loket has no organisation yet.")
    artikel = queries.openbaar(wie.id, slug, lang(get_language()))
    if request.method != "POST":
        stem = request.GET.get("geholpen", "")
        return render(
            request,
            "kennis/antwoord.html",
            {"artikel": artikel, "stem": stem if stem in ("ja", "nee", "dank") else "", "max": MAX_OPMERKING},
        )
    geholpen = request.POST.get("geholpen") == "ja"
    if "woorden" in request.POST:
        commands.geef_woorden(actor_of(request), wie.id, slug, geholpen, request.POST["woorden"])
        stem = "dank"
    elif request.POST.get("geholpen") in ("ja", "nee"):
        commands.geef_oordeel(actor_of(request), wie.id, slug, geholpen)
        stem = "ja" if geholpen else "nee"
    else:
        stem = ""
    if request.headers.get("HX-Request") == "true":
        return render(request, "kennis/deel/dank.html", {"stem": stem})
    return HttpResponseRedirect(f"{reverse('kennis:antwoord', args=[slug])}?geholpen={stem}#geholpen")
