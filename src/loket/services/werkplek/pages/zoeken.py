"""Search: zaken, and what one can do. The same answer for the page and for the palette (Ctrl K)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.web.components import Group, Hit
from loket.foundation.web.extensions import PaletteItem, offered, visible
from loket.foundation.web.stored import translated
from loket.registers.zaken import queries as zaken
from loket.registers.zaken.rules import LEZEN
from loket.services.werkplek.templatetags.werkplek import soorticoon

MAX = 25
"""Zaken found at most: more words find better than more pages."""


@require_safe
@policy(right=LEZEN)
def zoeken(request: HttpRequest) -> HttpResponse:
    """Zaken with these words, number or place that the employee may see; names of residents are not searched here."""
    actor = actor_of(request)
    tekst = request.GET.get("q", "").strip()[:200]
    treffers = zaken.zoek(actor, tekst, MAX) if tekst else []
    if request.headers.get("HX-Request") == "true":
        doen = [
            item
            for item in offered(PaletteItem)
            if visible(item, actor) and (not tekst or tekst.lower() in str(item.title).lower())
        ]
        gevonden = [
            Hit(
                translated(t.omschrijving),
                reverse("werkplek:zaak", args=[t.identificatie]),
                soorticoon(t.zaaktype),
                t.identificatie,
            )
            for t in treffers[:8]
        ]
        acties = [Hit(item.title, item.href, item.icon, key=item.key) for item in doen]
        groepen = [Group(_("Zaken"), gevonden), Group(_("Doen"), acties)]
        return render(request, "web/deel/palet_lijst.html", {"groups": [g for g in groepen if g.hits]})
    return render(request, "werkplek/zoeken.html", {"q": tekst, "treffers": treffers, "vol": len(treffers) == MAX})
