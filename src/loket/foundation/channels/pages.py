"""The webhook of each channel, and the pages of the administration."""

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.channels import commands, queries, sealing
from loket.foundation.channels.adapters import Request, Soort, Unreadable, Unverified, soort_van, soorten
from loket.foundation.channels.forms import Kanaalformulier
from loket.foundation.channels.models import Kanaal
from loket.foundation.channels.rules import BEHEER
from loket.foundation.errors import NotFound, Refused
from loket.foundation.web.formpage import form_page

log = logging.getLogger(__name__)


@policy(public=True)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, id: UUID) -> HttpResponse:
    """Where the service behind a channel brings what people write. Whoever calls proves by a signature that it is the
    service; 200 is said when everything is in the database."""
    kanaal = queries.kanaal(id)
    adapter = _soort(kanaal).adapter if kanaal else None
    if kanaal is None or adapter is None:
        return _said(404, "There is no such channel.")
    try:
        asked = Request(
            request.method or "GET",
            {name.lower(): value for name, value in request.headers.items()},
            {name: request.GET[name] for name in request.GET},
            request.body,
        )
    except RequestDataTooBig:
        return _said(413, "This is too much for one call.")
    channel = queries.as_channel(kanaal)
    try:
        if asked.method == "GET":
            return HttpResponse(adapter.greet(channel, asked), content_type="text/plain; charset=utf-8")
        adapter.verify(channel, asked)
        received = adapter.parse(channel, asked)
    except Unverified as no:
        log.warning("A call of channel %s was not let in: %s", kanaal.id, no)
        return _said(401, str(no))
    except Unreadable as no:
        log.warning("A call of channel %s cannot be read: %s", kanaal.id, no)
        return _said(400, str(no))
    with transaction.atomic():
        commands.neem_aan(Actor.system("kanaal", kanaal.organisatie_id), kanaal, received)
    return _said(200, "OK")


def _soort(kanaal: Kanaal) -> Soort:
    try:
        return soort_van(kanaal.soort)
    except NotFound:
        return Soort(kanaal.soort, kanaal.soort, "")


def _said(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


# -- administration ---------------------------------------------------------------------------------------------------


@policy(right=BEHEER)
@never_cache
@require_GET
def kanalen(request: HttpRequest) -> HttpResponse:
    """The channels of the own organisation, and the kinds that one can add."""
    eigen = queries.kanalen(actor_of(request))
    namen = {soort.code: soort.naam for soort in soorten()}
    for kanaal in eigen:
        kanaal["soortnaam"] = namen.get(kanaal["soort"], kanaal["soort"])
    return render(request, "channels/kanalen.html", {"kanalen": eigen, "soorten": soorten()})


@policy(right=BEHEER)
@never_cache
@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest, soort: str) -> HttpResponse:
    """Connect a channel of this kind; its key is shown once, in the answer."""
    actor, wat = actor_of(request), soort_van(soort)
    form = Kanaalformulier(request.POST or None, soort=wat, teams=queries.teams(actor), nieuw=True)
    if form.is_bound and form.is_valid():
        try:
            gemaakt, sleutel = commands.maak_kanaal(
                actor,
                soort=soort,
                naam=form.cleaned_data["naam"],
                team=form.cleaned_data["team"],
                instellingen=form.instellingen(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            if sleutel:
                return _toon_sleutel(request, gemaakt, sleutel)
            messages.success(request, _("Het kanaal is er."))
            return HttpResponseRedirect(reverse("channels:kanaal", args=[gemaakt.id]))
    kader = {"form": form, "soort": wat, "kop": _("Nieuw kanaal: %s") % wat.naam}
    return render(request, "channels/kanaal.html", kader, status=422 if form.is_bound else 200)


@policy(right=BEHEER)
@never_cache
@require_http_methods(["GET", "POST"])
def kanaal(request: HttpRequest, id: UUID) -> HttpResponse:
    """One channel: its settings, its address, and what failed."""
    actor = actor_of(request)
    eigen = queries.eigen_kanaal(actor, id)
    wat = _soort(eigen)
    form = Kanaalformulier(
        request.POST or None,
        initial=Kanaalformulier.van(eigen),
        soort=wat,
        teams=queries.teams(actor),
        known=sealing.unseal(eigen.id, bytes(eigen.geheim)),
    )

    def bewaar() -> None:
        gegeven = form.cleaned_data
        commands.wijzig_kanaal(
            actor,
            id,
            naam=gegeven["naam"],
            team=gegeven["team"],
            actief=gegeven["actief"],
            instellingen=form.instellingen(),
        )

    kader = {"soort": wat, "kop": eigen.naam, "eigen": eigen, "berichten": queries.steken(actor, id), **_adres(eigen)}
    return form_page(request, form, bewaar, reverse("channels:kanaal", args=[id]), "channels/kanaal.html", kader)


def _adres(eigen: Kanaal) -> dict[str, Any]:
    adapter = _soort(eigen).adapter
    return {"adres": settings.LOKET_URL + reverse("channels:webhook", args=[eigen.id]) if adapter else ""}


def _toon_sleutel(request: HttpRequest, eigen: Kanaal, sleutel: str) -> HttpResponse:
    return render(request, "channels/sleutel.html", {"eigen": eigen, "sleutel": sleutel, **_adres(eigen)})


@policy(right=BEHEER)
@never_cache
@require_POST
def sleutel(request: HttpRequest, id: UUID) -> HttpResponse:
    """Make another key, and show it once."""
    actor = actor_of(request)
    eigen = queries.eigen_kanaal(actor, id)
    return _toon_sleutel(request, eigen, commands.geef_nieuwe_sleutel(actor, id))


@policy(right=BEHEER)
@require_POST
def opnieuw(request: HttpRequest, id: UUID, bericht: UUID) -> HttpResponse:
    """Try a message that failed once more."""
    try:
        commands.probeer_opnieuw(actor_of(request), bericht)
        messages.success(request, _("Wij proberen het opnieuw."))
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(reverse("channels:kanaal", args=[id]))
