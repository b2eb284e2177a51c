"""What the pages of the resident share: the draft behind the cookie, limits in words, and answers that are not kept."""

import functools
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language

from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import value
from loket.foundation.identity.rules import client_address
from loket.foundation.time.clock import now
from loket.foundation.web.context import organisatie_of
from loket.foundation.web.pages import error_page
from loket.services.reacties import sleutels
from loket.services.reacties.concepten import BEWAAR_DAGEN, begin_concept, vind_concept
from loket.services.reacties.models import Concept

PADEN = {"melden": "melding", "vragen": "vraag", "klacht": "klacht", "compliment": "compliment"}
"""The first word of the address of each form."""

VENSTER = timedelta(minutes=10)
GRENZEN = {"verstuur": 100, "foto": 200, "nummer": 20, "sleutel": 60, "bericht": 60, "pdf": 60}
"""How often something may be done from one address in ten minutes. Generous: a library or a telephone company has many
people behind one address. `settings.REACTIES_GRENS` replaces all of them (a load test sends everything from one)."""


def actor_van(request: HttpRequest) -> Actor:
    """Who is acting."""
    return actor_of(request)


def taal() -> str:
    """'nl' or 'en'."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def organisatie(request: HttpRequest) -> UUID:
    """The key of the organisation whose Loket this is. Raises Http404 when there is none yet."""
    found = organisatie_of(request).id
    if found is None:
        raise Http404("This Loket has no organisation yet.")
    return found


def te_vaak(request: HttpRequest, wat: str) -> bool:
    """Count one more `wat` from this address; whether that is too often. Counted in a transaction of its own, so that
    people behind one address do not wait for each other."""
    grens = settings.REACTIES_GRENS or GRENZEN[wat]
    moment = now()
    seconden = int(VENSTER.total_seconds())
    venster = moment - timedelta(seconds=moment.timestamp() % seconden)
    with transaction.atomic():
        aantal: int = value(
            "insert into reacties_teller (id, wat, sleutel, venster, aantal) values (%s, %s, %s, %s, 1)"
            " on conflict (wat, sleutel, venster) do update set aantal = reacties_teller.aantal + 1 returning aantal",
            (uuid7(), wat, sleutels.adres_hash(client_address(request.META, settings.PROXIES)), venster),
        )
    return aantal > grens


def rustig_aan(request: HttpRequest) -> HttpResponse:
    """The page that says: too much at once from this place, wait ten minutes or call."""
    response = error_page(request, 429)
    response["Retry-After"] = str(int(VENSTER.total_seconds()))
    return response


def koekje(soort: str) -> str:
    """The name of the cookie that holds the secret of a draft."""
    return f"loket_concept_{soort}"


def concept_van(request: HttpRequest, soort: str) -> Concept | None:
    """The draft of this device, sent or not, or None."""
    geheim = request.get_signed_cookie(koekje(soort), default="", salt="loket.concept")
    if not geheim:
        return None
    return vind_concept(geheim, soort)


def nieuw_concept(soort: str, gegevens: Mapping[str, Any]) -> tuple[Concept, Callable[[HttpResponse], HttpResponse]]:
    """A new draft of what was filled in, and the function that puts its secret in the answer's cookie."""
    concept, geheim = begin_concept(soort, gegevens)

    def geef_mee(response: HttpResponse) -> HttpResponse:
        response.set_signed_cookie(
            koekje(soort),
            geheim,
            salt="loket.concept",
            max_age=BEWAAR_DAGEN * 24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response

    return concept, geef_mee


type View = Callable[..., HttpResponseBase]


def niet_bewaren(view: View) -> View:
    """Nobody keeps or indexes what this page shows."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped
