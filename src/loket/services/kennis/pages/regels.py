"""The rules of an organisation for its articles, and its articles as a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.errors import NotFound, Refused
from loket.foundation.time.clock import today
from loket.services.kennis import queries, uitwisseling
from loket.services.kennis.commands import artikelen as commands
from loket.services.kennis.commands.invoer import voer_in
from loket.services.kennis.forms import InvoerForm, RegelsForm
from loket.services.kennis.rules import BEHEREN

VORMEN = {"json": ("application/json", uitwisseling.als_json), "csv": ("text/csv", uitwisseling.als_csv)}


@policy(right=BEHEREN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def regels(request: HttpRequest) -> HttpResponse:
    """Four eyes, the warning, and a file in or out."""
    actor = actor_of(request)
    if actor.organisatie is None:
        raise NotFound("No organisation.")
    nu = queries.instelling(actor.organisatie)
    begin = {"vier_ogen": nu.vier_ogen, "herinner_dagen": nu.herinner_dagen}
    daad = request.POST.get("daad", "")
    form = RegelsForm(request.POST if daad == "regels" else None, initial=begin)
    invoer = InvoerForm(*((request.POST, request.FILES) if daad == "invoer" else ()), auto_id="invoer_%s")
    gekozen = {"regels": form, "invoer": invoer}.get(daad)
    if gekozen is not None and gekozen.is_valid():
        try:
            if gekozen is form:
                commands.stel_regels_in(actor, **form.cleaned_data)
                gedaan = _("Het is bewaard.")
            else:
                gelezen = uitwisseling.lees(invoer.cleaned_data["bestand"].read(uitwisseling.MAX_BYTES + 1))
                wat = voer_in(actor, gelezen, meteen=invoer.cleaned_data["publiceer"])
                gedaan = _("Ingevoerd: %(nieuw)d nieuw, %(gewijzigd)d veranderd, %(gelijk)d al hetzelfde.") % vars(wat)
        except Refused as geweigerd:
            gekozen.refuse(geweigerd)
        else:
            messages.success(request, gedaan)
            return HttpResponseRedirect(reverse("kennis:regels"))
    return render(
        request,
        "kennis/regels.html",
        {"plek": "kennis.kennis", "form": form, "invoer": invoer},
        status=422 if gekozen is not None else 200,
    )


@policy(right=BEHEREN)
@never_cache
@require_safe
def uitvoer(request: HttpRequest, vorm: str) -> HttpResponse:
    """All articles of the own organisation as a file."""
    actor = actor_of(request)
    if vorm not in VORMEN or actor.organisatie is None:
        raise NotFound("There is no such form.")
    soort, maak = VORMEN[vorm]
    antwoord = HttpResponse(maak(uitwisseling.records(actor.organisatie)), content_type=f"{soort}; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="kennis-{today().isoformat()}.{vorm}"'
    return antwoord
