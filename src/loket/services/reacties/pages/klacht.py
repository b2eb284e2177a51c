"""Pages about formal complaints: the steps of all that one may see, what the organisation settled, and the figures of
each year for everybody (Awb 9:12a)."""

import csv
import io
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.beheer.rules import ORGANISATIE
from loket.foundation.errors import NotFound, Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import today
from loket.foundation.web.stored import translated
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties.categorieen import categorie
from loket.services.reacties.commands.klachtregeling import regel_klachten
from loket.services.reacties.forms_klacht import RegelingForm
from loket.services.reacties.queries import klacht as queries
from loket.services.reacties.queries.klacht import Jaar


@policy(right=LEZEN)
@require_safe
def klachten(request: HttpRequest) -> HttpResponse:
    """Every open complaint that the employee may see, with its next step, whose that is and until when; what is too
    late stands on top and is red."""
    actor = actor_of(request)
    return render(
        request,
        "reacties/klachten.html",
        {"klachten": queries.mijn_klachten(actor), "vandaag": today(), "jaar": today().year},
    )


@policy(right=ORGANISATIE)
@require_http_methods(["GET", "HEAD", "POST"])
def klachtregeling(request: HttpRequest) -> HttpResponse:
    """Which ombudsman the endings name, and which committee advises."""
    actor = actor_of(request)
    if actor.organisatie is None:
        raise NotFound("This administrator works for no organisation.")
    nu = queries.regeling(actor.organisatie)
    velden = ("ombudsman", "ombudsman_bereik", "commissie")
    form = RegelingForm(request.POST or None, initial={naam: getattr(nu, naam) for naam in velden})
    if request.method == "POST" and form.is_valid():
        try:
            regel_klachten(actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("De regeling voor klachten is bewaard."))
            return redirect("reacties:klachtregeling")
    context = {"form": form, "kop": _("Klachten"), "plek": "loket_beheer.beheer"}
    return render(request, "beheer/formulier.html", context, status=422 if form.errors else 200)


@policy(public=True)
@require_safe
def jaar(request: HttpRequest, jaar: int) -> HttpResponse:
    """The registered complaints of a year, of every organisation on this Loket: no names, no words, only numbers."""
    gevonden, jaren = _jaar(jaar)
    context = {"per_organisatie": [_leesbaar(each) for each in gevonden], "welk": jaar, "jaren": jaren}
    return render(request, "reacties/klachten_jaar.html", context)


@policy(public=True)
@require_safe
def jaar_csv(request: HttpRequest, jaar: int) -> HttpResponse:
    """The same as CSV: organisatie, jaar, rubriek, waarde, aantal."""
    uit = io.StringIO()
    regels = csv.writer(uit, lineterminator="\r\n")
    regels.writerow(["organisatie", "jaar", "rubriek", "waarde", "aantal"])
    for each in _jaar(jaar)[0]:
        leesbaar = _leesbaar(each)
        rijen = [("ontvangen", "", each.aantal), ("loopt nog", "", each.lopend), ("op tijd", "", each.op_tijd)]
        rijen += [("gehoord", "", each.gehoord)] + ([("dagen, mediaan", "", each.dagen)] if each.dagen else [])
        rijen += [("afloop", naam, n) for naam, n in leesbaar["afloop"]]
        rijen += [("waarover", naam, n) for naam, n in leesbaar["over"]]
        for rubriek, waarde, n in rijen:
            regels.writerow([each.organisatie, each.jaar, rubriek, waarde, n])
    antwoord = HttpResponse(uit.getvalue(), content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="klachten-{jaar}.csv"'
    return antwoord


def _jaar(welk: int) -> tuple[list[Jaar], list[int]]:
    """The figures of each organisation, and the years that there are. Raises NotFound for another year."""
    organisaties = list(Organisatie.objects.order_by("-hoofd", "naam").values_list("id", "naam"))
    eerste = min((queries.eerste_jaar(wie) for wie, _naam in organisaties), default=today().year)
    jaren = list(range(today().year, eerste - 1, -1))
    if welk not in jaren:
        raise NotFound("There are no complaints of that year.")
    return [queries.jaar(wie, naam, welk) for wie, naam in organisaties], jaren


def _leesbaar(cijfers: Jaar) -> dict[str, Any]:
    def over(code: str) -> str:
        gevonden = categorie("klacht", code)
        return str(gevonden.naam) if gevonden else _("Niet ingedeeld")

    waarover: Counter[str] = Counter()
    for code, n in cijfers.over:
        waarover[over(code)] += n
    return {
        "cijfers": cijfers,
        "afgehandeld": cijfers.aantal - cijfers.lopend,
        "afloop": [(translated(naam) or _("Onbekend"), n) for naam, n in cijfers.afloop],
        "over": waarover.most_common(),
    }
