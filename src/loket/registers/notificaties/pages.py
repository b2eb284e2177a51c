"""The page where an administrator sees who gets notifications, and sends again what did not arrive."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.beheer.rules import ORGANISATIE, eigen
from loket.foundation.errors import NotFound
from loket.registers.notificaties import commands, queries


@policy(right=ORGANISATIE)
@never_cache
@require_http_methods(["GET", "POST"])
def beheer(request: HttpRequest) -> HttpResponse:
    """How it goes with every abonnement of the own organisation, and a button to send again."""
    actor = actor_of(request)
    if request.method == "POST":
        try:
            id = UUID(request.POST.get("abonnement", ""))
        except ValueError:
            raise NotFound("No such abonnement.") from None
        aantal = commands.stuur_opnieuw(actor, id)
        messages.success(
            request,
            ngettext("%(n)d notificatie gaat opnieuw op weg.", "%(n)d notificaties gaan opnieuw op weg.", aantal)
            % {"n": aantal},
        )
        return HttpResponseRedirect(reverse("notificaties:beheer"))
    return render(request, "notificaties/beheer.html", {"standen": queries.standen(eigen(actor))})
