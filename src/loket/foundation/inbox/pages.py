"""The pages on which an administrator arranges where mail comes in. A change answers with a redirect."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.inbox import commands, queries
from loket.foundation.inbox.bronnen import BronFout
from loket.foundation.inbox.forms import Imapformulier, Postvakformulier
from loket.foundation.inbox.models import Imap
from loket.foundation.inbox.rules import POSTVAKKEN
from loket.foundation.web.formpage import form_page

REDENEN = {
    "te_groot": gettext_lazy("Te groot. Er past 25 MB aan bijlagen in."),
    "onleesbaar": gettext_lazy("De mailserver geeft deze e-mail niet."),
    "mislukt": gettext_lazy("Loket kon deze e-mail niet bewaren."),
}


@policy(right=POSTVAKKEN)
@never_cache
@require_GET
def postvakken(request: HttpRequest) -> HttpResponse:
    """All mailboxes of the own organisation, and how each stands."""
    gevonden = queries.overzicht(actor_of(request))
    for each in gevonden:
        each["reden"] = Imap.Oorzaak(each["oorzaak"]).label if each["oorzaak"] else ""
    return render(request, "inbox/postvakken.html", {"postvakken": gevonden})


@policy(right=POSTVAKKEN)
@never_cache
@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """Add a mailbox."""
    actor = actor_of(request)
    form = Postvakformulier(request.POST or None, teams=queries.teams(actor), nieuw=True)
    return form_page(
        request,
        form,
        lambda: commands.maak_postvak(actor, **form.cleaned_data),
        lambda gemaakt: _hier(gemaakt.pk),
        "inbox/formulier.html",
        {"kop": _("Nieuw postvak")},
    )


@policy(right=POSTVAKKEN)
@never_cache
@require_http_methods(["GET", "POST"])
def postvak(request: HttpRequest, id: UUID) -> HttpResponse:
    """One mailbox: who gets its mail, and how Loket gets at it."""
    actor = actor_of(request)
    eigen = queries.postvak(actor, id)
    form = Postvakformulier(
        request.POST or None, initial=Postvakformulier.van(eigen), teams=queries.teams(actor), nieuw=False
    )
    imap = getattr(eigen, "imap", None)
    over = [each | {"zin": REDENEN.get(each["reden"], "")} for each in imap.overgeslagen] if imap else []
    kader = {"kop": eigen.adres, "postvak": eigen, "imap": imap, "overgeslagen": over}
    return form_page(
        request,
        form,
        lambda: commands.wijzig_postvak(actor, id, **form.cleaned_data),
        _hier(id),
        "inbox/postvak.html",
        kader,
    )


@policy(right=POSTVAKKEN)
@never_cache
@require_http_methods(["GET", "POST"])
def imap(request: HttpRequest, id: UUID) -> HttpResponse:
    """How Loket gets into an existing mailbox."""
    actor = actor_of(request)
    eigen = queries.postvak(actor, id)
    oud = getattr(eigen, "imap", None)
    begin = Imapformulier.van(oud) or {"gebruiker": eigen.adres}
    form = Imapformulier(request.POST or None, initial=begin, bestaat=oud is not None)

    def bewaar() -> None:
        geheimen, velden = form.delen()
        commands.stel_imap_in(actor, id, geheimen, **velden)

    kader = {
        "kop": _("Bestaand postvak lezen"),
        "terug": _hier(id),
        "boven": eigen.adres,
        "nieuw": oud is None,
        "oauth": form["wijze"].value() == Imap.Wijze.OAUTH2,
    }
    return form_page(request, form, bewaar, _hier(id), "inbox/imap.html", kader)


@policy(right=POSTVAKKEN)
@require_POST
def probeer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Try the connection, and say what came of it."""
    try:
        aantal = commands.probeer_verbinding(actor_of(request), id)
        said = ngettext(
            "De verbinding lukt. In de map staat %(n)d e-mail.",
            "De verbinding lukt. In de map staan %(n)d e-mails.",
            aantal,
        )
        messages.success(request, said % {"n": aantal})
    except BronFout as fout:
        gezegd = _(" De mailserver zei: %s") % fout.gezegd if fout.gezegd else ""
        messages.error(request, f"{Imap.Oorzaak(fout.oorzaak).label}{gezegd}")
    return HttpResponseRedirect(_hier(id))


@policy(right=POSTVAKKEN)
@require_POST
def kijk(request: HttpRequest, id: UUID) -> HttpResponse:
    """Look now."""
    commands.kijk_nu(actor_of(request), id)
    messages.success(request, _("Loket kijkt nu in het postvak. Ververs deze pagina over een halve minuut."))
    return HttpResponseRedirect(_hier(id))


@policy(right=POSTVAKKEN)
@require_POST
def ontkoppel(request: HttpRequest, id: UUID) -> HttpResponse:
    """Look no longer."""
    commands.ontkoppel_imap(actor_of(request), id)
    messages.success(request, _("Loket kijkt niet meer in dit postvak, en het wachtwoord is gewist."))
    return HttpResponseRedirect(_hier(id))


def _hier(id: UUID) -> str:
    return reverse("inbox:postvak", args=[id])
