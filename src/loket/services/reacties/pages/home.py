"""The front page: what do you want to arrange; search; follow by number; how fast we help."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from loket.foundation.access.policy import policy
from loket.foundation.jobs.queue import enqueue
from loket.foundation.web.components import Figure
from loket.foundation.web.context import organisatie_of
from loket.foundation.web.extensions import Tile, offered
from loket.services.reacties.forms import NummerForm
from loket.services.reacties.pages.deel import actor_van, niet_bewaren, rustig_aan, te_vaak
from loket.services.reacties.queries.cijfers import Cijfers, cijfers
from loket.services.reacties.queries.zoeken import zoek


@policy(public=True)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """What do you want to arrange?"""
    wie = organisatie_of(request)
    gevonden = cijfers(wie.id) if wie.id else None
    return render(
        request,
        "reacties/home.html",
        {
            "deuren": deuren(request),
            "nummerform": NummerForm(),
            "nieuws": [bericht for bericht in wie.nieuws if isinstance(bericht, dict)][:3],
            "plaats": wie.groot,
            "cijfers": figuren(gevonden) if gevonden else [],
            "maand": maand(gevonden) if gevonden else "",
        },
    )


def deuren(request: HttpRequest) -> list[Tile]:
    """The doors that this visitor may open, at most six."""
    actor = actor_van(request)
    return [tile for tile in offered(Tile) if tile.shown(actor)][:6]


def maand(gevonden: Cijfers) -> str:
    """'oktober 2026'."""
    from loket.foundation.web.dates import long_date

    return long_date(gevonden.maand, get_language(), weekday=False).partition(" ")[2]


def _getal(waarde: float) -> str:
    tekst = f"{waarde:.1f}".removesuffix(".0")
    return tekst if (get_language() or "nl").startswith("en") else tekst.replace(".", ",")


def figuren(gevonden: Cijfers) -> list[Figure]:
    """The figures that there is anything to count for."""
    lijst = []
    if gevonden.meteen is not None:
        zin = gettext("van de vragen beantwoorden wij meteen")
        lijst.append(Figure(gettext("%(n)d van 100") % {"n": gevonden.meteen}, zin))
    if gevonden.werkdagen is not None:
        zin = gettext("tot een melding buiten is opgelost, gemiddeld")
        lijst.append(Figure(gettext("%(n)s werkdagen") % {"n": _getal(gevonden.werkdagen)}, zin))
    if gevonden.te_laat is not None:
        zin = gettext("van de klachten kregen te laat antwoord")
        lijst.append(Figure(gettext("%(n)d van 100") % {"n": gevonden.te_laat}, zin))
    if gevonden.cijfer is not None:
        zin = gettext("is het cijfer dat u ons gaf, uit %(n)s antwoorden") % {"n": _duizend(gevonden.antwoorden)}
        lijst.append(Figure(gettext("%(n)s van 5") % {"n": _getal(gevonden.cijfer)}, zin))
    return lijst


def _duizend(aantal: int) -> str:
    return f"{aantal:,}" if (get_language() or "nl").startswith("en") else f"{aantal:,}".replace(",", ".")


@policy(public=True)
@require_safe
def zo_tellen_wij(request: HttpRequest) -> HttpResponseBase:
    """How the figures are made."""
    wie = organisatie_of(request)
    gevonden = cijfers(wie.id) if wie.id else None
    context: dict[str, Any] = {"gevonden": gevonden, "cijfers": figuren(gevonden) if gevonden else []}
    return render(request, "reacties/zo_tellen_wij.html", {**context, "maand": maand(gevonden) if gevonden else ""})


@policy(public=True)
@require_safe
def zoeken(request: HttpRequest) -> HttpResponseBase:
    """Search the doors and what one can do behind them."""
    woorden = request.GET.get("q", "").strip()[:100]
    treffers = zoek(woorden, deuren(request), organisatie_of(request).nieuws) if woorden else []
    return render(request, "reacties/zoeken.html", {"q": woorden, "treffers": treffers})


@policy(public=True)
@niet_bewaren
@require_http_methods(["GET", "HEAD", "POST"])
def nummer(request: HttpRequest) -> HttpResponseBase:
    """Follow by number. A number alone shows nothing: the link is mailed to the address that belongs to it, and the
    answer here is the same whether it exists or not."""
    if request.method != "POST":
        return render(
            request, "reacties/nummer.html", {"form": NummerForm(initial={"nummer": request.GET.get("nr", "")[:40]})}
        )
    form = NummerForm(request.POST)
    if not form.is_valid():
        return render(request, "reacties/nummer.html", {"form": form}, status=422)
    if te_vaak(request, "nummer"):
        return rustig_aan(request)
    enqueue(
        "reacties.stuur_link",
        nummer=form.cleaned_data["nummer"],
        email=form.cleaned_data["email"],
        sleutel=secrets.token_urlsafe(8),
    )
    return redirect("reacties:nummer_klaar")


@policy(public=True)
@niet_bewaren
@require_safe
def nummer_klaar(request: HttpRequest) -> HttpResponseBase:
    """The same words for everybody."""
    return render(request, "reacties/nummer_klaar.html")
