"""What every employee sees: the articles with their owner and day, one article with its versions, and how it helps."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.errors import NotFound
from loket.foundation.web.components import Chip
from loket.services.kennis import queries
from loket.services.kennis.forms import RedenForm, VerlengForm
from loket.services.kennis.rules import LEZEN, SCHRIJVEN
from loket.services.kennis.zoek import ZOEKEND, zoek

NAMEN = {
    "alle": _("Alle artikelen"),
    "mijn": _("Van mij"),
    "verlopen": _("Verlopen artikelen"),
    "bijna": _("Loopt bijna af"),
    "voorstellen": _("Voorstellen"),
    "concepten": _("Concepten"),
    "ingetrokken": _("Ingetrokken"),
}
MAX_TREFFERS = 30


@policy(right=LEZEN)
@never_cache
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """The articles of the own organisation: `toon` is one of the lists, `q` searches, also past their day."""
    actor = actor_of(request)
    toon = request.GET.get("toon", "alle")
    if toon not in queries.WEERGAVEN or actor.organisatie is None:
        raise NotFound("There is no such list.")
    q = request.GET.get("q", "").strip()[:200]
    gevonden = zoek(actor, actor.organisatie, q, intern=True, maximum=MAX_TREFFERS, grens=ZOEKEND) if q else []
    tellingen = queries.tellingen(actor)
    chips = [
        Chip(f"{NAMEN[naam]} ({tellingen[naam]})", f"?toon={naam}", on=False)
        for naam in queries.WEERGAVEN
        if naam != toon or q
    ]
    return render(
        request,
        "kennis/lijst.html",
        {
            "plek": "kennis.kennis",
            "q": q,
            "gevonden": gevonden,
            "artikelen": [] if q else queries.lijst(actor, toon),
            "toon": toon,
            "kop": NAMEN[toon],
            "chips": chips,
            "mag_schrijven": actor.may(SCHRIJVEN),
        },
    )


@policy(right=LEZEN)
@never_cache
@require_safe
def artikel(request: HttpRequest, id: UUID) -> HttpResponse:
    """One article: what readers see, the proposal beside it, its versions, whether it helps, and what can be done."""
    actor = actor_of(request)
    gevonden = queries.artikel(actor, id)
    versies = queries.versies(actor, id)
    nu = next((v for v in versies if v["id"] == gevonden["versie_id"]), None)
    voorstel = next((v for v in versies if v["stand"] == "concept"), None)
    return render(
        request,
        "kennis/artikel.html",
        {
            "plek": "kennis.kennis",
            "artikel": gevonden,
            "nu": nu,
            "voorstel": voorstel,
            "versie": nu or voorstel,
            "versies": versies,
            "cijfers": queries.cijfers(actor, id),
            "mag_schrijven": actor.may(SCHRIJVEN),
            "eigen_voorstel": voorstel is not None
            and voorstel["door_id"] == actor.id
            and actor.organisatie is not None
            and queries.instelling(actor.organisatie).vier_ogen,
            "verlengform": VerlengForm(auto_id="verleng_%s"),
            "redenform": RedenForm(auto_id="intrek_%s"),
            "afwijsform": RedenForm(auto_id="afwijs_%s"),
        },
    )


@policy(right=LEZEN)
@never_cache
@require_safe
def versie(request: HttpRequest, id: UUID, nummer: int) -> HttpResponse:
    """What an article said in one of its versions."""
    actor = actor_of(request)
    gevonden = queries.artikel(actor, id)
    versie = next((v for v in queries.versies(actor, id) if v["nummer"] == nummer), None)
    if versie is None:
        raise NotFound("There is no such version.")
    return render(request, "kennis/versie.html", {"plek": "kennis.kennis", "artikel": gevonden, "versie": versie})
