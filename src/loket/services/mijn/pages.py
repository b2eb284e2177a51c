"""The pages of Mijn Loket. Everything on them is about the resident who logged in."""

import csv
import io
import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.time.clock import now
from loket.foundation.web.components import Pages
from loket.foundation.web.extensions import Part, cards
from loket.foundation.web.formpage import form_page
from loket.services.mijn import commands, queries, rules
from loket.services.mijn.forms import Bereikformulier, FilterFormulier

HALF_WIDTH_FROM = 50
"""The order from which a card takes half of the width."""


@policy(resident=True)
@never_cache
@require_GET
def overzicht(request: HttpRequest) -> HttpResponse:
    """Who you are, what you still have to do, your zaken, your messages, and who used your data."""
    actor = actor_of(request)
    parts = cards(actor)
    return render(
        request,
        "mijn/overzicht.html",
        {
            "groet": rules.greeting(now()),
            "naam": queries.wie(actor).naam,
            "breed": [_drawn(request, actor, part) for part in parts if part.thing.order < HALF_WIDTH_FROM],
            "half": [_drawn(request, actor, part) for part in parts if part.thing.order >= HALF_WIDTH_FROM],
        },
    )


def _drawn(request: HttpRequest, actor: Actor, part: Part) -> str:
    if part.failed:
        return render_to_string("web/deel/stuk.html", {"thing": part.thing}, request)
    return render_to_string(part.thing.template, {"actor": actor, **part.context}, request)


@policy(resident=True)
@never_cache
@require_GET
def gebruik(request: HttpRequest) -> HttpResponse:
    """Who used your data, for what and when; with a filter."""
    actor = actor_of(request)
    form = _filter(request, actor)
    wanted = form.wanted()
    page = _page(request)
    lines, total = queries.gebruik(actor, wanted, page)
    query = request.GET.copy()
    query.pop("page", None)
    address = f"?{query.urlencode()}&page=" if query else "?page="
    first, last = (page - 1) * queries.PAGE + 1, (page - 1) * queries.PAGE + len(lines)
    return render(
        request,
        "mijn/gebruik.html",
        {
            "form": form,
            "regels": lines,
            "gefilterd": form.is_bound and any(request.GET.get(name) for name in form.fields),
            "zoekvraag": query.urlencode(),
            "bladzijden": Pages(
                first,
                last,
                total,
                f"{address}{page - 1}" if page > 1 else "",
                f"{address}{page + 1}" if last < total else "",
            )
            if lines
            else None,
        },
    )


def _filter(request: HttpRequest, actor: Actor) -> FilterFormulier:
    return FilterFormulier(*queries.keuzes(actor), request.GET or None)


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    return int(given) if given.isascii() and given.isdigit() and 0 < len(given) < 7 and int(given) else 1


@policy(resident=True)
@never_cache
@require_GET
def gebruik_json(request: HttpRequest) -> HttpResponse:
    """Every line of the filter, in the words of the Logboek Dataverwerkingen (specificaties, 01340ad2), and beside them
    what a person wants to read. The pseudonym is left out: it joins the registers and is nobody's to carry around."""
    lines = [
        {
            "trace_id": line["trace_id"].hex,
            "span_id": _span(line["span_id"]),
            "parent_span_id": _span(line["parent_span_id"]),
            "status": line["status"],
            "name": line["naam"],
            "start_time": _milliseconds(line["start"]),
            "end_time": _milliseconds(line["einde"]),
            "attributes": {
                "dpl.core.processing_activity_id": line["verwerkingsactiviteit"],
                "dpl.core.data_subject_id_type": line["betrokkene_soort"],
            },
            "toelichting": words,
        }
        for line, words in _explained(request)
    ]
    body = json.dumps({"verwerkingen": lines}, ensure_ascii=False, indent=1)
    return _download(body, "application/json", "json")


@policy(resident=True)
@never_cache
@require_GET
def gebruik_csv(request: HttpRequest) -> HttpResponse:
    """Every line of the filter as a table that a spreadsheet opens."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow([_("Wanneer"), _("Wie"), _("In welke rol"), _("Waarvoor"), _("Doel"), _("Grondslag")])
    for _line, words in _explained(request):
        table.writerow([rules.cell(str(value)) for value in words.values()])
    return _download("\ufeff" + out.getvalue(), "text/csv", "csv")


def _explained(request: HttpRequest) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """The lines of the filter, each with its words."""
    actor = actor_of(request)
    found = []
    for line in queries.elke_verwerking(actor, _filter(request, actor).wanted()):
        read = rules.gebruik(line | {"eerst": line["start"], "laatst": line["start"], "aantal": 1})
        words = {
            "wanneer": rules.local(line["start"]),
            "wie": read.wie,
            "rol": read.functie,
            "activiteit": read.activiteit,
            "doel": read.doel,
            "grondslag": read.grondslag,
        }
        found.append((line, words))
    return found


def _span(number: int | None) -> str | None:
    return None if number is None else f"{number:016x}"


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _download(body: str, kind: str, suffix: str) -> HttpResponse:
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("gebruik-van-mijn-gegevens")}.{suffix}"'
    return response


@policy(resident=True)
@never_cache
@require_http_methods(["GET", "POST"])
def gegevens(request: HttpRequest) -> HttpResponse:
    """What we know of you, at which organisations, and how we may reach you; you can change that last part."""
    actor = actor_of(request)
    known = queries.wie(actor)
    form = Bereikformulier(
        request.POST or None,
        initial={"email": known.email, "telefoon": known.telefoon, "voorkeurskanaal": known.voorkeurskanaal},
    )
    return form_page(
        request,
        form,
        lambda: commands.wijzig_bereik(actor, **form.cleaned_data),
        reverse("mijn:gegevens"),
        "mijn/gegevens.html",
        {"bekend": known},
        said=_("Wij hebben uw gegevens veranderd."),
    )
