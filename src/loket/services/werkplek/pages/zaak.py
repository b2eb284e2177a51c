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
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.audit.use import Use
from loket.foundation.errors import NotFound
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
from loket.services.werkplek import keten, queries
from loket.services.werkplek.weergaven import Weergave, weergave

BEHANDELEN = "werkplek.behandelen"


@dataclass(frozen=True)
class Kan:
    """An act that can be done with this zaak, and the address of its form. `begint`: its form is open at first."""

    act: Act
    adres: str
    begint: bool = False


@require_safe
@policy(right=LEZEN)
def zaak(request: HttpRequest, nummer: str) -> HttpResponse:
    """The page of a zaak, by its number. Reading it is a use of the resident's data, and is logged as such.

    `toets` in the address opens the act with that key; `van` is the view that the employee came from.
    """
    actor = actor_of(request)
    gevonden = zaken.haal_zaak(actor, nummer)
    use = Use(actor, BEHANDELEN, gevonden.id)
    gebeurtenissen = zaken.tijdlijn(actor, gevonden, use)
    stukken = documenten.documenten_van(actor, gevonden.id)
    bij = queries.bijlagen([g.id for g in gebeurtenissen if g.detail.get("bijlagen")])
    toets = request.GET.get("toets", "").upper()
    kan = _kan(acts(actor, gevonden), gevonden, toets)
    context = {
        "plek": "werkplek.werk",
        "zaak": gevonden,
        "werk": getattr(gevonden, "werk", None),
        "van": _van(request),
        "termijn": _termijn(gevonden, today()),
        "keten": keten.met_bijlagen(keten.leesbaar(gebeurtenissen), bij, stukken),
        "komt_van": queries.herkomst([gevonden.id]).get(gevonden.id, ""),
        "had": keten.wie_had_het(gebeurtenissen),
        "personen": klanten.betrokkenen(use, gevonden.id),
        "taken": [
            taak
            for taak in klanten.taken(actor, zaak=gevonden.id, ook_afgehandeld=True)
            if taak.status != "afgehandeld" or taak.soort != "doorzetten"
        ],
        "rollen": zaken.rollen(actor, gevonden.id),
        "verwant": zaken.verwante_zaken(actor, gevonden.id),
        "documenten": stukken,
        "tabs": [k for k in kan if k.act.spot == "editor"],
        "kop": [k for k in kan if k.act.spot == "head"],
        "meer": [k for k in kan if k.act.spot == "more"],
        "begint": next((k for k in kan if k.begint), None),
        "toets": toets,
        "live_url": stream_url(f"zaak:{gevonden.id}"),
        "live_vraag": f"{reverse('werkplek:zaak_nieuw', args=[nummer])}?sinds={queries.gebeurd(gevonden.id)}",
        "een": _("Er is iets bijgekomen"),
        "bewoner": _("Bewoner"),
        "onbekend": _("Naam onbekend"),
        "gebounced": _("mail komt niet aan"),
        "intern": _("Intern"),
        "wacht_woord": _("Wacht op bewoner"),
        "plek_naam": _("Kaart van de plek"),
    }
    return render(request, "werkplek/zaak.html", context)


@require_safe
@policy(right=LEZEN)
def nieuw(request: HttpRequest, nummer: str) -> JsonResponse:
    """Whether something happened to a zaak since its page was made (1 or 0), and the next address of the stream."""
    actor = actor_of(request)
    gevonden = zaken.haal_zaak(actor, nummer)
    sinds = request.GET.get("sinds", "")
    meer = queries.gebeurd(gevonden.id) - int(sinds) if sinds.isdecimal() and len(sinds) < 9 else 0
    return JsonResponse({"nieuw": int(meer > 0), "live": stream_url(f"zaak:{gevonden.id}")})


@require_safe
@policy(right=LEZEN)
def document(request: HttpRequest, document: UUID) -> HttpResponseBase:
    """The file of a document in a zaak that the employee may see."""
    gevonden = documenten.lees(actor_of(request), document)
    return serve(gevonden.sha256, gevonden.bestandsnaam, gevonden.formaat, inline=True, request=request)


def _kan(welke: list[Act], zaak: Zaak, toets: str) -> list[Kan]:
    """The acts with their addresses; the one with the key that was asked for begins, else the first tab."""
    begint = next((act for act in welke if toets and act.key == toets), None)
    begint = begint or next((act for act in welke if act.spot == "editor"), None)
    return [Kan(act, act.url(zaak), act is begint) for act in welke]


def _van(request: HttpRequest) -> Weergave | None:
    try:
        return weergave(request.GET.get("van", ""))
    except NotFound:
        return None


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
        "voorbij": verstreken > lengte,
        "deel": min(max(round(100 * verstreken / lengte), 0), 100),
    }
