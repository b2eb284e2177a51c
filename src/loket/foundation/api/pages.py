"""What developers of others read: every API that this Loket serves, and how to call it. Made from the served
contracts, so that the pages say what is here."""

from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from loket.foundation.access.policy import policy
from loket.foundation.api.lane import Api
from loket.foundation.api.reference import Reference
from loket.foundation.errors import NotFound

SAMPLES = ("sh", "py")


def apis() -> tuple[Api, ...]:
    """What is served: `settings.APIS` names the list, because a floor above this one makes it."""
    return cast("tuple[Api, ...]", import_string(settings.APIS))


def _origin(request: HttpRequest) -> str:
    """This Loket as the reader reached it; a host that is not ours was refused before."""
    return request.build_absolute_uri("/").rstrip("/")


def sample(origin: str, kind: str) -> str:
    """A program that makes one call to the Loket at `origin`: for a shell (`sh`) or in Python (`py`)."""
    return render_to_string(f"api/voorbeeld.{kind}.txt", {"origin": origin}).replace("\r\n", "\n")


@policy(public=True)
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """Every API, its version, and where its contract is."""
    origin = _origin(request)
    return render(request, "api/overzicht.html", {"apis": [Reference(api, origin + api.root) for api in apis()]})


@policy(public=True)
@require_safe
def naslag(request: HttpRequest, naam: str) -> HttpResponse:
    """One API: operations, objects, refusals. Raises NotFound for one that is not served."""
    api = next((api for api in apis() if api.root.split("/")[1] == naam), None)
    if api is None:
        raise NotFound(f"There is no API called {naam!r}.")
    return render(request, "api/naslag.html", {"api": Reference(api, _origin(request) + api.root)})


@policy(public=True)
@require_safe
def aansluiten(request: HttpRequest) -> HttpResponse:
    """From a client id and a secret to the first answer, with a program that works."""
    origin = _origin(request)
    return render(
        request,
        "api/aansluiten.html",
        {
            "origin": origin,
            "host": urlsplit(origin).netloc,
            "samples": {kind: sample(origin, kind) for kind in SAMPLES},
        },
    )


@policy(public=True)
@require_safe
def voorbeeld(request: HttpRequest, soort: str) -> HttpResponse:
    """The program as a file. Raises NotFound for a kind that there is not."""
    if soort not in SAMPLES:
        raise NotFound(f"There is no example called {soort!r}.")
    headers = {"Content-Disposition": f'attachment; filename="voorbeeld.{soort}"'}
    return HttpResponse(sample(_origin(request), soort), "text/plain; charset=utf-8", headers=headers)
