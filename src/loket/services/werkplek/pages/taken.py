"""Tasks: what colleagues ask of me and of my teams, and what I asked of others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.foundation.access.policy import policy
from loket.foundation.time.clock import now
from loket.registers.klanten.queries import taken as zoek_taken
from loket.registers.zaken.rules import LEZEN
from loket.services.werkplek.pages.lijst import actor_of, zijkant


@require_safe
@policy(right=LEZEN)
def taken(request: HttpRequest) -> HttpResponse:
    """Three lists: mine (and of whom I stand in for), my team's that nobody took up, and what I wait for."""
    actor = actor_of(request)
    zij = zijkant(request, actor, "taken")
    context = {
        **zij,
        "mijn": zoek_taken(actor, van_mij=True),
        "van_team_taken": zoek_taken(actor, team=zij["team"]["id"]) if zij["team"] else [],
        "gevraagd": [taak for taak in zoek_taken(actor, gegeven=True) if taak.medewerker != actor.id],
        "nu": now(),
    }
    return render(request, "werkplek/taken.html", context)
