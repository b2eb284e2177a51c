"""Setting up an organisation with its first administrator, by a link that works once and for one day.

The key in it is signed, and tells which organisations there were when it was made: as soon as there is another, it is
worth nothing. So nothing is stored, and of two who use it at the same time one is too late.
"""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from loket.assembly.functies import zorg_voor_functies
from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.beheer import commands
from loket.foundation.beheer.forms import Beginformulier
from loket.foundation.database.sql import execute
from loket.foundation.errors import NotFound, Refused
from loket.foundation.identity.commands import set_password, start_session
from loket.foundation.identity.models import Gebruiker, Organisatie
from loket.services.reacties.commands.inrichting import laad_reactietypen

GELDIG = timedelta(days=1)
EERSTE_TEAM = gettext_noop("Klantcontact")
_LOCK = 0x10CE8
"""The advisory lock that whoever adds an organisation holds."""


def link() -> str:
    """The address at which one organisation can be set up: as long as no other was, and for one day."""
    return settings.LOKET_URL + reverse("begin", args=[_ondertekenaar().sign(_stand())])


def _ondertekenaar() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="loket.begin")


def _stand() -> str:
    """Changes with every organisation that is added."""
    namen = sorted(str(id) for id in Organisatie.objects.values_list("id", flat=True))
    return hashlib.sha256("".join(namen).encode()).hexdigest()[:20]


def _controleer(sleutel: str) -> None:
    """Raises NotFound for a key that is forged, old or used."""
    try:
        stand = _ondertekenaar().unsign(sleutel, max_age=GELDIG)
    except signing.BadSignature:
        stand = ""
    if stand != _stand():
        raise NotFound("This key is not valid.")


@policy(link=True)
@never_cache
@sensitive_post_parameters("wachtwoord")
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, sleutel: str) -> HttpResponse:
    """The form for an organisation and its first administrator, who is logged in afterwards."""
    _controleer(sleutel)
    form = Beginformulier(request.POST or None, met_wachtwoord=settings.STAFF_PASSWORD)
    if form.is_bound and form.is_valid():
        try:
            beheerder = richt_in(sleutel, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            start_session(actor_of(request), request, beheerder, "begin")
            messages.success(request, _("Uw organisatie is er. Maak nu teams, en voeg uw collega’s toe."))
            return HttpResponseRedirect(reverse("beheer:begin"))
    return render(request, "beheer/eerste.html", {"form": form}, status=422 if form.is_bound else 200)


def richt_in(
    sleutel: str, *, beheerder: str, gebruikersnaam: str, adres: str, wachtwoord: str = "", **organisatie: Any
) -> Gebruiker:
    """Make all of it in one transaction: the organisation, the kinds of reacties, the first team, and the
    administrator, who coordinates it. Raises NotFound for a key that was used meanwhile, Refused as the commands."""
    systeem = Actor.system("inrichting")
    with transaction.atomic():
        execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
        _controleer(sleutel)
        functies = zorg_voor_functies()
        nieuw = commands.maak_organisatie(systeem, **organisatie)
        laad_reactietypen(systeem, nieuw)
        namens = Actor.system("inrichting", nieuw.id)
        wie = commands.maak_medewerker(
            namens,
            naam=beheerder,
            gebruikersnaam=gebruikersnaam,
            email=adres,
            functietitel=str(functies["beheerder"].naam),
        )
        if wachtwoord:
            set_password(namens, wie, wachtwoord)
        team = commands.maak_team(namens, naam=EERSTE_TEAM, lijn=1, coordinator=wie.id)
        commands.geef_functie(namens, wie.id, team=team.id, functie=functies["beheerder"].id)
    return wie
