"""The work list: a view on the left, its zaken on the right, one line each."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from loket.engines.termijnen.kalender import werkdagen_tussen
from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.time.clock import today
from loket.foundation.web.extensions import Queue, acts, offered, visible
from loket.foundation.web.live import stream_url
from loket.foundation.web.rules import due
from loket.registers.klanten.queries import taken
from loket.registers.zaken.queries import Filter, tellingen, werklijst
from loket.registers.zaken.queries.werklijst import BLADZIJDE, TELGRENS
from loket.registers.zaken.rules import LEZEN
from loket.services.werkplek import queries
from loket.services.werkplek.weergaven import Weergave, menu, weergave

if TYPE_CHECKING:
    from django.utils.functional import Promise

FILTERS: "tuple[tuple[str, Promise, tuple[tuple[str, Promise], ...]], ...]" = (
    (
        "soort",
        gettext_lazy("Soort"),
        (
            ("melding", gettext_lazy("Melding")),
            ("vraag", gettext_lazy("Vraag")),
            ("klacht", gettext_lazy("Klacht")),
            ("compliment", gettext_lazy("Compliment")),
        ),
    ),
    (
        "kanaal",
        gettext_lazy("Kanaal"),
        (
            ("website", gettext_lazy("Website")),
            ("email", gettext_lazy("E-mail")),
            ("telefoon", gettext_lazy("Telefoon")),
            ("balie", gettext_lazy("Balie")),
        ),
    ),
    ("termijn", gettext_lazy("Termijn"), (("laat", gettext_lazy("Te laat")),)),
    ("bericht", gettext_lazy("Bericht"), (("nieuw", gettext_lazy("Nieuw bericht")),)),
)
"""What narrows a view down: the name in the address, its title, and what can be chosen."""


def kies_team(request: HttpRequest, teams: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The team whose queues are shown: the one in the address, else the first of the own teams."""
    gekozen = request.GET.get("team", "")
    return next((team for team in teams if str(team["id"]) == gekozen), teams[0] if teams else None)


def zijkant(request: HttpRequest, actor: Actor, code: str) -> dict[str, Any]:
    """What the left side shows: the views with their counts, the teams, and queues that other rooms offer."""
    teams = queries.eigen_teams(actor)
    team = kies_team(request, teams)
    geteld = tellingen(actor, team["id"] if team else None)
    van_mij, van_team = menu(geteld)
    return {
        "teams": teams,
        "team": team,
        "van_mij": van_mij,
        "van_team": van_team,
        "weergave_code": code,
        "tellingen": geteld,
        "andere": [
            {"wachtrij": queue, "aantal": queue.count(actor)}
            for queue in offered(Queue)
            if visible(queue, actor) and queue.href
        ],
    }


@require_safe
@policy(right=LEZEN)
def begin(request: HttpRequest) -> HttpResponse:
    """The first page after logging in: triage for the first line, the own work for the others."""
    teams = queries.eigen_teams(actor_of(request))
    eerste = bool(teams) and teams[0]["lijn"] == 1
    return redirect("werkplek:lijst", code="triage" if eerste else "mijn")


@require_safe
@policy(right=LEZEN)
def lijst(request: HttpRequest, code: str) -> HttpResponse:
    """One view: the zaken, the shortest term first, in pages of twenty-five. `alles=1`: all of the page are chosen."""
    actor = actor_of(request)
    welke = weergave(code)
    zij = zijkant(request, actor, code)
    filter = _filter(request, welke, actor, zij["team"]["id"] if zij["team"] else None)
    na = request.GET.get("na")
    bladzijde = werklijst(actor, filter, na=na)
    vandaag = today()
    van = queries.herkomst([regel.zaak for regel in bladzijde.regels])
    regels = [
        (
            regel,
            due(
                regel.antwoord_voor,
                vandaag,
                werkdagen_tussen(vandaag, regel.antwoord_voor) if regel.antwoord_voor > vandaag else None,
                suspended=regel.wacht_op == "bewoner",
            ),
            van.get(regel.zaak, ""),
        )
        for regel in bladzijde.regels
    ]
    context = {
        **zij,
        "plek": "werkplek.werk",
        "weergave": welke,
        "bladzijde": bladzijde,
        "regels": regels,
        **_keuzes(request),
        "per_bladzijde": BLADZIJDE,
        "volgende": _adres(request, na=bladzijde.volgende) if bladzijde.volgende else "",
        "verder": bool(na),
        "aantal_tekst": f"{TELGRENS - 1}+" if bladzijde.aantal >= TELGRENS else str(bladzijde.aantal),
        "begin": _adres(request),
        "samen": [(act, act.url(bladzijde)) for act in acts(actor, bladzijde)],
        "hier": request.path + _adres(request, na=na),
        "alles": request.GET.get("alles") == "1",
        "allemaal": _adres(request, na=na, alles="1"),
        "geen": _adres(request, na=na),
        "bellen_laat": taken(actor, soort="terugbellen", te_laat=True, van_teams=True, limiet=6),
        "leeg": _("Hier staat nu niets"),
        "nieuw_woord": _("nieuw bericht"),
        "wacht_woord": _("Wacht op bewoner"),
        "live_url": stream_url(f"org:{actor.organisatie}"),
        "live_vraag": f"{reverse('werkplek:nieuw', args=[code])}{_adres(request)}&sinds={bladzijde.aantal}",
        "een": _("{n} nieuwe zaak"),
        "meer": _("{n} nieuwe zaken"),
        "toets_omlaag": _("omlaag, omhoog"),
        "toets_open": _("open"),
        "toets_kies": _("kies"),
        "toets_voorstel": _("neem voorstel over"),
        "toets_door": _("zet door"),
        "toets_antwoord": _("beantwoord"),
        "toets_notitie": _("interne notitie"),
        "toets_neem": _("neem in behandeling"),
    }
    return render(request, "werkplek/lijst.html", context)


@require_safe
@policy(right=LEZEN)
def nieuw(request: HttpRequest, code: str) -> JsonResponse:
    """How many more zaken the view holds than when the page was made, for the line 'N nieuwe'; and the next address of
    the stream. The list itself never moves under a hand."""
    actor = actor_of(request)
    team = kies_team(request, queries.eigen_teams(actor))
    bladzijde = werklijst(actor, _filter(request, weergave(code), actor, team["id"] if team else None), aantal=1)
    sinds = request.GET.get("sinds", "")
    meer = bladzijde.aantal - int(sinds) if sinds.isdigit() and len(sinds) < 9 else 0
    return JsonResponse({"nieuw": max(meer, 0), "live": stream_url(f"org:{actor.organisatie}")})


def _gekozen(request: HttpRequest) -> dict[str, str]:
    """The filters that are on; what is unknown is left out."""
    return {
        naam: waarde
        for naam, _titel, opties in FILTERS
        if (waarde := request.GET.get(naam, "")) in {code for code, _woord in opties}
    }


def _filter(request: HttpRequest, welke: Weergave, actor: Actor, team: UUID | None) -> Filter:
    """The filter of the view, narrowed by what the address says."""
    gekozen, basis = _gekozen(request), welke.filter(actor, team)
    return replace(
        basis,
        zaaktype=(gekozen["soort"],) if "soort" in gekozen else (),
        kanaal=(gekozen["kanaal"],) if "kanaal" in gekozen else (),
        te_laat=basis.te_laat or "termijn" in gekozen,
        nieuw_bericht="bericht" in gekozen,
        zoek=request.GET.get("zoek", "")[:200],
    )


def _bewaard(request: HttpRequest) -> dict[str, str]:
    """What the address of this view says: team, filters and words."""
    extra = {naam: request.GET.get(naam, "") for naam in ("team", "zoek")}
    return {naam: waarde for naam, waarde in (extra | _gekozen(request)).items() if waarde}


def _adres(request: HttpRequest, **anders: str | None) -> str:
    """The address of this view with other parameters; None takes one out, and a new filter starts at the first page."""
    params = {k: v for k, v in {**_bewaard(request), **anders}.items() if v}
    return "?" + urlencode(params)


def _keuzes(request: HttpRequest) -> dict[str, Any]:
    """The filters above the list: those that are on as chips with a cross, the others as a choice."""
    gekozen = _gekozen(request)
    return {
        "gekozen": [
            {"titel": dict(opties)[gekozen[naam]], "url": _adres(request, **{naam: None})}
            for naam, _titel, opties in FILTERS
            if naam in gekozen
        ],
        "filters": [
            {
                "titel": titel,
                "opties": [{"titel": woord, "url": _adres(request, **{naam: code})} for code, woord in opties],
            }
            for naam, titel, opties in FILTERS
            if naam not in gekozen
        ],
        "mee": [(naam, waarde) for naam, waarde in _bewaard(request).items() if naam != "zoek"],
    }
