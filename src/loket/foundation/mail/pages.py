"""The mailbox of the demo, and the page on which an administrator sees what does not go out."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.errors import NotFound, Refused
from loket.foundation.mail import afmelden as afmeldingen
from loket.foundation.mail import commands, queries
from loket.foundation.mail.dkim import record
from loket.foundation.mail.rendering import shown
from loket.foundation.mail.rules import BEHEER
from loket.foundation.mail.sleutels import afzenderdomein
from loket.foundation.storage.serving import serve
from loket.foundation.web.components import Chip, Pages

# the mail of the demo in its frame: nothing in it runs or loads, and a link opens in the whole window
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


@policy(public=True)
@never_cache
@require_GET
def postbus(request: HttpRequest) -> HttpResponse:
    """Every mail of the demo, newest first; `q` is a part of the address."""
    _only_demo()
    q, vanaf = request.GET.get("q", "").strip()[:200], _number(request)
    found = queries.postbus(q, vanaf)
    pages = _pages(vanaf, len(found), {"q": q} if q else {})
    return render(
        request,
        "mail/postbus.html",
        {"berichten": found[: queries.PAGE], "q": q, "pages": pages, "echt": settings.MAIL_URL},
    )


@policy(public=True)
@never_cache
@require_GET
def bericht(request: HttpRequest, id: UUID) -> HttpResponse:
    """One mail of the demo."""
    _only_demo()
    found = queries.bericht(id)
    bijlagen = [{"nummer": n, "naam": one[0], "soort": one[1]} for n, one in enumerate(found.attachments)]
    tekst = shown(found.text)
    return render(request, "mail/bericht.html", {"bericht": found, "bijlagen": bijlagen, "tekst": tekst})


@policy(public=True)
@never_cache
@require_GET
def opmaak(request: HttpRequest, id: UUID) -> HttpResponse:
    """The HTML of a mail of the demo, for the frame on its page."""
    _only_demo()
    found = queries.bericht(id)
    response = HttpResponse(found.html.replace('<base target="_blank">', '<base target="_top">'))
    response["Content-Security-Policy"] = _MAIL_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@policy(public=True)
@require_GET
def bijlage(request: HttpRequest, id: UUID, nummer: int) -> HttpResponseBase:
    """An attachment of a mail of the demo."""
    _only_demo()
    attachments = queries.bericht(id).attachments
    if nummer >= len(attachments):
        raise NotFound("This mail has no such attachment.")
    name, mime, sha256 = attachments[nummer]
    return serve(sha256, name, mime, request=request)


def _only_demo() -> None:
    if not settings.DEMO:
        raise NotFound("The mailbox exists in the demo only.")


@policy(right=BEHEER)
@never_cache
@require_GET
def beheer(request: HttpRequest) -> HttpResponse:
    """The queue of outgoing mail: what waits, what is delayed and why, what failed."""
    actor, vanaf = actor_of(request), _number(request)
    counts = queries.counts(actor)
    view = request.GET.get("stand") or next((v for v in ("mislukt", "vertraagd") if counts.get(v)), "wacht")
    found = queries.lines(actor, view, vanaf)
    names = {
        "wacht": _("Wacht"),
        "vertraagd": _("Vertraagd"),
        "mislukt": _("Mislukt"),
        "verzonden": _("Verstuurd"),
        "ingetrokken": _("Tegengehouden"),
    }
    chips = [Chip(f"{names[v]} {counts[v]}" if v in counts else names[v], f"?stand={v}", on=v == view) for v in names]
    return render(
        request,
        "mail/beheer.html",
        {
            "regels": found[: queries.PAGE],
            "view": view,
            "naam": names[view],
            "chips": chips,
            "counts": counts,
            "toestand": queries.queue(),
            "pages": _pages(vanaf, len(found), {"stand": view}),
        },
    )


@policy(right=BEHEER)
@require_POST
def opnieuw(request: HttpRequest, id: UUID) -> HttpResponse:
    """Send it again."""
    return _act(request, id, commands.verstuur_opnieuw, _("De e-mail gaat nu opnieuw weg."))


@policy(right=BEHEER)
@require_POST
def tegenhouden(request: HttpRequest, id: UUID) -> HttpResponse:
    """Do not send it."""
    return _act(request, id, commands.houd_tegen, _("De e-mail gaat niet weg."))


@policy(right=BEHEER)
@require_POST
def alles_opnieuw(request: HttpRequest) -> HttpResponse:
    """Send everything again that the server did not take."""
    aantal = commands.probeer_alles_opnieuw(actor_of(request))
    said = ngettext("%(n)d e-mail gaat nu opnieuw weg.", "%(n)d e-mails gaan nu opnieuw weg.", aantal)
    messages.success(request, said % {"n": aantal})
    return HttpResponseRedirect(reverse("mail:beheer"))


@policy(right=BEHEER)
@never_cache
@require_http_methods(["GET", "POST"])
def dkim(request: HttpRequest) -> HttpResponse:
    """The keys with which our mail is signed, and what must stand in DNS; POST looks whether it does."""
    actor = actor_of(request)
    if request.method == "POST":
        goed = commands.kijk_in_dns(actor)
        said = ngettext("Wij vonden %(n)d record dat klopt.", "Wij vonden %(n)d records die kloppen.", goed)
        messages.success(request, said % {"n": goed})
        return HttpResponseRedirect(reverse("mail:dkim"))
    sleutels = [
        {
            "sleutel": each,
            "naam": f"{each.selector}._domainkey.{each.domein}",
            "record": record(each.algoritme, each.publiek),
        }
        for each in queries.dkim_sleutels(actor)
    ]
    kader = {"sleutels": sleutels, "domein": afzenderdomein(), "stand": queries.dkim_stand()}
    return render(request, "mail/dkim.html", kader)


@csrf_exempt  # the provider of a mailbox presses the button, without cookies; the signed link says who it is (RFC 8058)
@policy(link=True)
@never_cache
@require_http_methods(["GET", "POST"])
def afmelden(request: HttpRequest, lijst: str, teken: str) -> HttpResponse:
    """Refuse a kind of mail, or have it again. Looking changes nothing: mail programs look at links by themselves."""
    wie = afmeldingen.lees(lijst, teken)
    if wie is None:
        raise NotFound("This link was not made here.")
    if request.method == "POST":
        (afmeldingen.meld_aan if "weer" in request.POST else afmeldingen.meld_af)(wie)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(_("U krijgt zulke e-mails niet meer."), content_type="text/plain; charset=utf-8")
        return HttpResponseRedirect(request.path)
    kader = {"soort": afmeldingen.LIJSTEN[lijst], "afgemeld": afmeldingen.is_afgemeld(wie)}
    return render(request, "mail/afmelden.html", kader)


def _act(request: HttpRequest, id: UUID, command: Callable[..., None], done: str) -> HttpResponse:
    try:
        command(actor_of(request), id, "beheerpagina")
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, refused.message)
    view = request.POST.get("stand", "")
    query = "?" + urlencode({"stand": view}) if view in queries.VIEWS else ""
    return HttpResponseRedirect(reverse("mail:beheer") + query)


def _number(request: HttpRequest) -> int:
    given = request.GET.get("vanaf", "")
    return min(int(given), 1_000_000) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _pages(vanaf: int, found: int, query: dict[str, Any]) -> Pages:
    """Where the list stands; `found` is one more than a page when there is more."""
    here = min(found, queries.PAGE)

    def address(number: int) -> str:
        return "?" + urlencode({**query, "vanaf": number})

    return Pages(
        vanaf + 1 if here else 0,
        vanaf + here if here else 0,
        None,
        address(max(0, vanaf - queries.PAGE)) if vanaf else "",
        address(vanaf + queries.PAGE) if found > queries.PAGE else "",
    )
