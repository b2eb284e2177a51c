"""The door: makes the actor of a request, and lets nobody past a page's policy."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from loket.foundation.access.actor import ANONYMOUS, Actor, load
from loket.foundation.access.policy import Policy, policy_of
from loket.foundation.audit.trail import record_refusal
from loket.foundation.errors import Forbidden, NotFound

log = logging.getLogger(__name__)

type Answer = Callable[[HttpRequest], HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request, looked up once, when somebody asks for it: so a page that needs nobody works while the
    database is away. Before it is known who logged in, that is nobody."""
    actor: Actor | None = getattr(request, "_actor", None)
    if actor is None:
        if not hasattr(request, "user"):
            return ANONYMOUS
        actor = _find(request)
        request._actor = actor  # type: ignore[attr-defined]
    return actor


def _find(request: HttpRequest) -> Actor:
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    if user.soort == "medewerker":
        return load(user.pk)
    return Actor("bewoner", id=user.pk, naam=user.naam, functie="bewoner", pseudoniem=user.pseudoniem)


class Door:
    """After authentication: the policy of the page, and the refusals as pages in words."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "_by_link", False):
            # the address is a key: as a referrer it would stand in the log of every proxy, with each style sheet
            response.headers["Referrer-Policy"] = "strict-origin"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        policy = policy_of(view)
        if policy is None:
            log.error("The page %s has no policy and cannot be reached.", request.path)
            return self._forbidden(request, "geen beleid")
        if policy.link:
            request._by_link = True  # type: ignore[attr-defined]
            return None
        if policy.public:
            return None
        return self._check(request, policy)

    def _check(self, request: HttpRequest, policy: Policy) -> HttpResponse | None:
        actor = actor_of(request)
        if policy.resident:
            if actor.kind == "bewoner":
                return None
            if actor.kind == "anoniem":
                return _to(request, "identity:inloggen")
            return self._forbidden(request, "alleen voor bewoners")
        if actor.kind == "anoniem":
            return _to(request, "identity:medewerker")
        if policy.right == "*" and actor.kind == "medewerker":
            return None
        return None if actor.may(policy.right) else self._forbidden(request, policy.right)

    def _forbidden(self, request: HttpRequest, why: str) -> HttpResponse:
        record_refusal(actor_of(request), request.method or "", request.path, why)
        return render(request, "403.html", status=403)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Forbidden):
            return self._forbidden(request, str(exception))
        if isinstance(exception, NotFound):
            record_refusal(actor_of(request), request.method or "", request.path, "niet gevonden of niet van u")
            return render(request, "404.html", status=404)
        return None


def _to(request: HttpRequest, name: str) -> HttpResponse:
    """To the login page and, when it was a page to read, back again afterwards."""
    target = reverse(name)
    if request.method == "GET":
        target += "?" + urlencode({"next": request.get_full_path()})
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=204)
        response["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(target)
