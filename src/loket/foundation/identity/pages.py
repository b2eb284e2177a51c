"""Logging in and out, for residents and for employees."""

import logging
from collections.abc import Mapping
from typing import Any, cast

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.errors import NotFound, Refused
from loket.foundation.identity import commands, queries, rules, sleutels
from loket.foundation.identity.adapter import Broker, OAuth2, app_of, provider_of
from loket.foundation.identity.forms import Inlogformulier, Wachtwoordformulier
from loket.foundation.identity.models import Gebruiker
from loket.foundation.identity.providers import Audience, Provider
from loket.foundation.web.extensions import menu

log = logging.getLogger(__name__)


@policy(public=True)
@never_cache
@require_GET
def inloggen(request: HttpRequest) -> HttpResponse:
    """The page with the ways in for residents."""
    onward = _next(request, request.GET.get("next"))
    if actor_of(request).kind == "bewoner":
        return HttpResponseRedirect(onward or _home(request))
    return render(
        request,
        "identity/inloggen.html",
        {"aanbieders": _providers("bewoner"), "next": onward, "demo": settings.DEMO},
    )


@policy(public=True)
@never_cache
@sensitive_post_parameters("wachtwoord")
@require_http_methods(["GET", "POST"])
def medewerker(request: HttpRequest) -> HttpResponse:
    """The ways in for employees: the provider of their organisation, and a password where that is allowed."""
    onward = _next(request, request.POST.get("next") or request.GET.get("next"))
    if request.method == "GET" and actor_of(request).kind == "medewerker":
        return HttpResponseRedirect(onward or _home(request))
    form: Inlogformulier | None = None
    status = 200
    if settings.STAFF_PASSWORD:
        form = Inlogformulier(request.POST or None)
        if form.is_bound:
            if form.is_valid() and _with_password(request, form):
                return HttpResponseRedirect(onward or _home(request))
            status = 429 if form.has_error("__all__", "te_vaak") else 422
    elif request.method == "POST":
        raise NotFound("Employees do not log in with a password here.")
    return render(
        request,
        "identity/medewerker.html",
        {
            "form": form,
            "aanbieders": _providers("medewerker"),
            "next": onward,
            "voorbeelden": queries.example_logins() if settings.DEMO else [],
        },
        status=status,
    )


def _with_password(request: HttpRequest, form: Inlogformulier) -> bool:
    address = rules.client_address(request.META, settings.PROXIES)
    try:
        found = commands.check_password(
            actor_of(request), form.cleaned_data["naam"], form.cleaned_data["wachtwoord"], address
        )
    except Refused as refused:
        form.refuse(refused)
        return False
    commands.start_session(actor_of(request), request, found, "wachtwoord")
    return True


@policy(link=True)
@never_cache
@sensitive_post_parameters("wachtwoord")
@require_http_methods(["GET", "POST"])
def wachtwoord(request: HttpRequest, sleutel: str) -> HttpResponse:
    """Choose a password, by the link in a mail that an administrator had sent."""
    wie = sleutels.wie_heeft(sleutel)
    if wie is None or not settings.STAFF_PASSWORD:
        raise NotFound("This key is not valid.")
    form = Wachtwoordformulier(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            found = commands.kies_wachtwoord(actor_of(request), sleutel, form.cleaned_data["wachtwoord"])
        except Refused as refused:
            form.refuse(refused)
        else:
            commands.start_session(actor_of(request), request, found, "wachtwoord")
            messages.success(request, _("Uw wachtwoord is bewaard. U bent ingelogd."))
            return HttpResponseRedirect(_home(request))
    status = 422 if form.is_bound else 200
    return render(request, "identity/wachtwoord.html", {"form": form, "wie": wie}, status=status)


@policy(public=True)
@never_cache
@require_POST
def uitloggen(request: HttpRequest) -> HttpResponse:
    """Log out, and say so on the front page."""
    commands.end_session(actor_of(request), request)
    messages.info(request, _("U bent uitgelogd."))
    return HttpResponseRedirect("/")


@policy(public=True)
@never_cache
@require_http_methods(["GET", "POST"])
def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider. A visit by link or by hand goes to the page with the button first."""
    provider = provider_of(provider_id)
    if request.method == "GET":
        return HttpResponseRedirect(_login_page(provider))
    onward = _next(request, request.POST.get("next"))
    try:
        return Broker(request, app=app_of(provider)).begin(request, onward)
    except (requests.RequestException, OAuth2Error, LookupError, ValueError) as error:
        return _out_of_order(request, provider, error)


@policy(public=True)
@never_cache
@require_GET
def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider, with a code or an error."""
    provider = provider_of(provider_id)
    view = OAuth2CallbackView.adapter_view(OAuth2(request, provider.id))
    try:
        return cast("HttpResponse", view(request))
    except (requests.RequestException, OAuth2Error, LookupError, ValueError) as error:
        return _out_of_order(request, provider, error)


def welcome(
    request: HttpRequest, provider: Provider, claims: Mapping[str, Any], *, nonce: str, next_url: str
) -> HttpResponse:
    """A provider said who somebody is: begin the session and go on, or say why not."""
    if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
        return not_logged_in(request, provider.id)
    try:
        gebruiker: Gebruiker = commands.identify(actor_of(request), provider, claims)
    except Refused as refused:
        return _problem(request, provider, refused.message, 403)
    commands.start_session(actor_of(request), request, gebruiker, provider.id, rules.assured(claims, provider))
    return HttpResponseRedirect(_next(request, next_url) or _home(request))


def not_logged_in(request: HttpRequest, provider_id: str, cancelled: bool = False) -> HttpResponse:
    """The page after a login that was cancelled or did not work."""
    words = (
        _("U stopte met inloggen. Er is niets gebeurd.")
        if cancelled
        else _("Het inloggen is niet gelukt. Misschien duurde het te lang. Probeer het opnieuw.")
    )
    return _problem(request, provider_of(provider_id), words, 200 if cancelled else 403)


def _out_of_order(request: HttpRequest, provider: Provider, error: Exception) -> HttpResponse:
    """The page when the provider cannot be reached or answers nonsense. The log gets the kind of error only."""
    log.error("The provider %s cannot be used: %s", provider.id, type(error).__name__)
    words = _("%(naam)s werkt nu niet. Probeer het over een paar minuten opnieuw, of bel ons.") % {
        "naam": provider.name
    }
    return _problem(request, provider, words, 503)


def _problem(request: HttpRequest, provider: Provider, words: str, status: int) -> HttpResponse:
    context = {"woorden": words, "aanbieder": provider, "terug": _login_page(provider)}
    return render(request, "identity/mislukt.html", context, status=status)


def _login_page(provider: Provider) -> str:
    return reverse("identity:inloggen" if provider.audience == "bewoner" else "identity:medewerker")


def _providers(audience: Audience) -> list[Provider]:
    return [
        provider
        for provider in settings.OIDC_PROVIDERS
        if provider.audience == audience and (settings.DEMO or not provider.is_stand_in)
    ]


def _next(request: HttpRequest, target: str | None) -> str:
    return rules.safe_next(target, request.get_host(), request.is_secure())


def _home(request: HttpRequest) -> str:
    """Where somebody begins who just logged in: the first link of the own menu."""
    actor = actor_of(request)
    links = menu("mijn" if actor.kind == "bewoner" else "werkplek", actor)
    return links[0].href if links else "/"
