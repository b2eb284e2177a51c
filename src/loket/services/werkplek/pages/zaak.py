"""One zaak: the chain of everything that happened, what can be done now, and what stands beside it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.engines.termijnen.kalender import werkdagen_tussen
from loket.foundation.access.policy import policy
from loket.foundation.audit.use import Use
from loket.foundation.storage.serving import serve
from loket.foundation.time.clock import today
from loket.foundation.web.extensions import Act, acts
from loket.foundation.web.live import stream_url
from loket.foundation.web.rules import due
from loket.registers.documenten import queries as documenten
from loket.registers.klanten import queries as klanten
from loket.registers.zaken import queries as zaken
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import LEZEN
from loket.services.werkplek import queries
from loket.services.werkplek.pages.lijst import actor_of

BEHANDELEN = "werkplek.behandelen"


@dataclass(frozen=True)
class Kan:
    """An act that can be done with this zaak, and the address of its form."""

    act: Act
    adres: str


@require_safe
@policy(right=LEZEN)
def zaak(request: HttpRequest, nummer: str) -> HttpResponse:
    """The page of a zaak, by its number. Reading it is a use of the resident's data, and is logged as such."""
    actor = actor_of(request)
    gevonden = zaken.haal_zaak(actor, nummer)
    use = Use(actor, BEHANDELEN, gevonden.id)
    werk = getattr(gevonden, "werk", None)
    kan = [Kan(act, act.url(gevonden)) for act in acts(actor, gevonden)]
    gebeurtenissen = zaken.tijdlijn(actor, gevonden, use)
    context = {
        "zaak": gevonden,
        "werk": werk,
        "termijn": _termijn(gevonden, today()),
        "gebeurtenissen": gebeurtenissen,
        "personen": klanten.betrokkenen(use, gevonden.id),
        "taken": klanten.taken(actor, zaak=gevonden.id, ook_afgehandeld=True),
        "rollen": zaken.rollen(actor, gevonden.id),
        "verwant": zaken.verwante_zaken(actor, gevonden.id),
        "documenten": queries.documenten(gevonden.id),
        "tab_acts": [k for k in kan if k.act.primary or k.act.internal],
        "kop_acts": [k for k in kan if not (k.act.primary or k.act.internal)],
        "live_url": stream_url(f"zaak:{gevonden.id}"),
        "live_vraag": f"{reverse('werkplek:zaak_nieuw', args=[nummer])}?sinds={len(gebeurtenissen)}",
        "een": _("Er is iets bijgekomen"),
        "meer": _("Er zijn {n} dingen bijgekomen"),
        "bewoner": _("Bewoner"),
        "onbekend": _("Naam onbekend"),
        "gebounced": _("mail komt niet aan"),
        "intern": _("Intern"),
        "wacht_woord": _("Wacht op bewoner"),
        "toets_antwoord": _("beantwoord"),
        "toets_notitie": _("interne notitie"),
        "toets_door": _("zet door"),
    }
    return render(request, "werkplek/zaak.html", context)


@require_safe
@policy(right=LEZEN)
def nieuw(request: HttpRequest, nummer: str) -> JsonResponse:
    """How many things happened in a zaak since its page was made, and the next address of the stream."""
    actor = actor_of(request)
    gevonden = zaken.haal_zaak(actor, nummer)
    aantal = len(zaken.tijdlijn(actor, gevonden, Use(actor, BEHANDELEN, gevonden.id)))
    sinds = request.GET.get("sinds", "")
    meer = aantal - int(sinds) if sinds.isdigit() and len(sinds) < 9 else 0
    return JsonResponse({"nieuw": max(meer, 0), "live": stream_url(f"zaak:{gevonden.id}")})


@require_safe
@policy(right=LEZEN)
def document(request: HttpRequest, document: UUID) -> HttpResponseBase:
    """The file of a document in a zaak that the employee may see."""
    gevonden = documenten.lees(actor_of(request), document)
    return serve(gevonden.sha256, gevonden.bestandsnaam, gevonden.formaat, inline=True, request=request)


def _termijn(zaak: Zaak, vandaag: date) -> dict[str, Any] | None:
    """The last day of an open zaak: how loud it is, and how far along the term is, in whole percents."""
    werk = getattr(zaak, "werk", None)
    if werk is None:
        return None
    dag = werk.antwoord_voor
    begin = zaak.startdatum
    lengte = max((dag - begin).days, 1)
    verstreken = (vandaag - begin).days
    return {
        "due": due(
            dag,
            vandaag,
            werkdagen_tussen(vandaag, dag) if dag > vandaag else None,
            suspended=werk.wacht_op == "bewoner",
        ),
        "dag": dag,
        "verstreken": max(verstreken, 0),
        "lengte": lengte,
        "deel": min(max(round(100 * verstreken / lengte), 0), 100),
    }
