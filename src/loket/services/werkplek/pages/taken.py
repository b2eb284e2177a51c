"""Tasks: what colleagues ask of me and of my teams, and what I asked of others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.time.clock import now
from loket.registers.klanten.queries import Taak
from loket.registers.klanten.queries import taken as zoek_taken
from loket.registers.zaken.rules import LEZEN
from loket.services.werkplek.pages.lijst import zijkant


def _van(actor: Actor, taak: Taak) -> bool:
    """Whether the task stands in one of the other lists already."""
    return taak.medewerker is None or taak.medewerker in {actor.id, *actor.vervangt}


@require_safe
@policy(right=LEZEN)
def taken(request: HttpRequest) -> HttpResponse:
    """Four lists: mine (and of whom I stand in for), my team's that nobody took up, the call-backs of colleagues, which
    anybody of the team may take over, and what I wait for."""
    actor = actor_of(request)
    zij = zijkant(request, actor, "taken")
    context = {
        **zij,
        "bellen": [t for t in zoek_taken(actor, soort="terugbellen", van_teams=True) if not _van(actor, t)],
        "mijn": zoek_taken(actor, van_mij=True),
        "van_team_taken": zoek_taken(actor, team=zij["team"]["id"]) if zij["team"] else [],
        "gevraagd": [taak for taak in zoek_taken(actor, gegeven=True) if taak.medewerker != actor.id],
        "nu": now(),
    }
    return render(request, "werkplek/taken.html", context)
