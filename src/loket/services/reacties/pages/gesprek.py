"""Writing down a conversation: one page that is kept at each pause, and the list of what is not finished."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.foundation.access.actor import Actor
from loket.foundation.access.policy import policy
from loket.foundation.audit.use import Use
from loket.foundation.database.ids import uuid7
from loket.foundation.errors import NotFound, Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import day_end, day_start, now, today
from loket.foundation.web.dates import clock_time
from loket.foundation.web.extensions import inserted
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.models.contact import AFHANDELINGEN
from loket.registers.klanten.queries.gesprekken import concept, concepten, mijn_gesprekken, telling
from loket.registers.zaken.rules import MAKEN
from loket.services.reacties import rules
from loket.services.reacties.commands import gesprek as commands
from loket.services.reacties.commands.gesprek import Bewaard, Wat
from loket.services.reacties.forms_gesprek import GesprekForm, kies, waarover
from loket.services.reacties.forms_medewerker import gekozen
from loket.services.reacties.pages.deel import actor_van, niet_bewaren
from loket.services.reacties.queries.gesprek import GESPREK, Beller, Gevonden, OpenZaak, beller, zaak_met, zoek
from loket.services.reacties.standaardteksten import voeg_achter

VELDEN = (
    *("notitie", "kanaal", "zoek", "partij", "naam", "telefoon", "email", "bevestig", "over"),
    *("bij", "vraag", "dag", "wanneer", "bel_bij"),
)
"""What a draft keeps."""


@require_safe
@policy(right=MAKEN)
@niet_bewaren
def nieuw(request: HttpRequest) -> HttpResponseBase:
    """A page of its own for each conversation: it is kept from the first pause on, under a key of its own."""
    return redirect("reacties:gesprek", gesprek=uuid7())


@require_safe
@policy(right=MAKEN)
@niet_bewaren
def lijst(request: HttpRequest) -> HttpResponse:
    """What is not finished, how today went, and what the employee wrote down last."""
    actor = actor_van(request)
    assert actor.organisatie is not None
    vandaag = telling(actor.organisatie, day_start(today()), day_end(today()))
    context = {
        "concepten": [
            {"concept": each, "begin": rules.eerste_woorden(each.gegevens.get("notitie", ""), 80)}
            for each in concepten(actor)
        ],
        "gesprekken": mijn_gesprekken(Use(actor, GESPREK)),
        "vandaag": vandaag,
        "totaal": sum(vandaag.values()),
        "afloop": afloop(),
    }
    return render(request, "reacties/gesprek_lijst.html", context)


def afloop() -> dict[str, str]:
    """How a conversation ended, in words."""
    return {
        "beantwoord": _("meteen beantwoord"),
        "doorgezet": _("doorgezet"),
        "terugbellen": _("wij bellen terug"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=MAKEN)
@niet_bewaren
def gesprek(request: HttpRequest, gesprek: UUID) -> HttpResponseBase:
    """Show a conversation as far as it was written down, search who it is, or record it. Whatever button is pressed,
    first what was typed is kept."""
    actor = actor_van(request)
    if request.method != "POST":
        gevonden = concept(actor, gesprek)
        if gevonden is not None and gevonden.af:
            messages.info(request, _("Dit gesprek is al bewaard."))
            return redirect("reacties:gesprekken")
        return _toon(request, actor, gesprek, gevonden.gegevens if gevonden else {})
    gegevens = _gegevens(request)
    daad = request.POST.get("daad", "bewaar")
    if "kies" in request.POST:
        gegevens |= {"partij": request.POST["kies"], "zoek": ""}
    elif antwoord := inserted(actor, request.POST.get("invoegen", "")):
        gegevens["notitie"] = voeg_achter(gegevens.get("notitie", ""), antwoord)
    elif daad == "wis":
        gegevens |= {"partij": "", "over": ""}
    elif daad == "weg":
        klanten.gooi_gesprek_weg(actor, gesprek)
        messages.success(request, _("Het gesprek is weggegooid."))
        return redirect("reacties:gesprekken")
    try:
        klanten.bewaar_gesprek(actor, gesprek, gegevens)
    except Refused as geweigerd:
        if geweigerd.code != "verstuurd":
            return _toon(request, actor, gesprek, gegevens, geweigerd=geweigerd)
    if daad in AFHANDELINGEN:
        return _rond_af(request, actor, gesprek, gegevens, daad)
    if daad == "zoek":
        return _toon(request, actor, gesprek, gegevens, gevonden=zoek(actor, gegevens.get("zoek", "")))
    return redirect("reacties:gesprek", gesprek=gesprek)


@require_POST
@policy(right=MAKEN)
@niet_bewaren
def bewaar(request: HttpRequest, gesprek: UUID) -> JsonResponse:
    """Keep the draft, at a pause. 409 when the conversation was recorded meanwhile."""
    try:
        klanten.bewaar_gesprek(actor_van(request), gesprek, _gegevens(request))
    except Refused as geweigerd:
        return JsonResponse({"fout": geweigerd.message}, status=409 if geweigerd.code == "verstuurd" else 422)
    return JsonResponse({"op": clock_time(now(), get_language())})


def _gegevens(request: HttpRequest) -> dict[str, str]:
    return {veld: request.POST[veld].replace("\r\n", "\n") for veld in VELDEN if request.POST.get(veld)}


def _beller(actor: Actor, gegevens: dict[str, Any]) -> Beller | None:
    try:
        return beller(actor, UUID(gegevens.get("partij", "")))
    except (ValueError, NotFound):
        return None


def _rond_af(
    request: HttpRequest, actor: Actor, sleutel: UUID, gegevens: dict[str, Any], daad: str
) -> HttpResponseBase:
    wie = _beller(actor, gegevens)
    form = _form(actor, gegevens, wie, gebonden=True)
    if form.is_valid():
        try:
            gedaan = commands.bewaar(actor, sleutel, _wat(form.cleaned_data, daad, wie))
        except Refused as geweigerd:
            form.refuse(geweigerd)
        except NotFound:
            form.refuse(Refused("not_found", _("Deze zaak is er niet meer. Kies opnieuw."), "over"))
        else:
            messages.success(request, _gedaan(gedaan, daad))
            if gedaan.nummer:
                return redirect("werkplek:zaak", nummer=gedaan.nummer)
            return redirect("reacties:gesprekken")
    return _toon(request, actor, sleutel, gegevens, wie=wie, form=form, daad=daad)


def _gedaan(gedaan: Bewaard, daad: str) -> str:
    zin = {
        "beantwoord": _("Het gesprek is bewaard."),
        "doorgezet": _("Het gesprek is bewaard en doorgezet."),
        "terugbellen": _("Het gesprek is bewaard. De belofte om te bellen staat vast."),
    }[daad]
    return f"{zin} {_('Het nummer is %s.') % gedaan.nummer}" if gedaan.nieuw else zin


def _wat(waarden: dict[str, Any], daad: str, wie: Beller | None) -> Wat:
    """What the form says, as the command takes it."""
    over = waarden["over"]
    soort = over.removeprefix("nieuw:") if over.startswith("nieuw:") else ""
    team, medewerker = None, None
    naar = {"doorgezet": waarden["bij"], "terugbellen": waarden["bel_bij"]}.get(daad, "")
    if naar:
        team, medewerker = gekozen(naar)
    email = waarden["email"].strip()
    if wie is not None and waarden["bevestig"]:
        email = wie.persoon.email
    return Wat(
        kanaal=waarden["kanaal"],
        notitie=waarden["notitie"],
        afhandeling=daad,
        bij_zaak="" if soort else over,
        soort=soort,
        partij=wie.persoon.id if wie else None,
        naam=waarden["naam"],
        telefoon=waarden["telefoon"],
        email=email,
        bevestig=waarden["bevestig"],
        team=team,
        medewerker=medewerker,
        vraag=waarden["vraag"] if daad == "doorgezet" else rules.eerste_woorden(waarden["notitie"], 250),
        dag=_dag(waarden["dag"]),
        wanneer=waarden["wanneer"],
    )


def _dag(dag: str) -> date | None:
    return date.fromisoformat(dag) if dag else None


def _form(actor: Actor, gegevens: dict[str, Any], wie: Beller | None, *, gebonden: bool = False) -> GesprekForm:
    zaken = list(wie.zaken) if wie else []
    over = gegevens.get("over", "")
    if over and not over.startswith("nieuw:") and over not in {zaak.nummer for zaak in zaken}:
        ander = zaak_met(actor, over)
        zaken += [ander] if ander else []
    return GesprekForm(gegevens if gebonden else None, initial=gegevens, **_van(actor, zaken))


def _van(actor: Actor, zaken: list[OpenZaak]) -> dict[str, Any]:
    assert actor.organisatie is not None
    return {"organisatie": Organisatie.objects.get(id=actor.organisatie), "ik": actor.id, "zaken": zaken}


def _toon(
    request: HttpRequest,
    actor: Actor,
    sleutel: UUID,
    gegevens: dict[str, Any],
    *,
    wie: Beller | None = None,
    form: GesprekForm | None = None,
    gevonden: Gevonden | None = None,
    geweigerd: Refused | None = None,
    daad: str = "",
) -> HttpResponse:
    wie = wie or _beller(actor, gegevens)
    form = form or _form(actor, gegevens, wie, gebonden=geweigerd is not None)
    if geweigerd is not None:
        form.refuse(geweigerd)
    if gevonden is not None:
        form.fields["notitie"].widget.attrs.pop("autofocus", None)
    if gevonden is not None and gevonden.zaken:
        kies(form, "over", waarover([*gevonden.zaken, *(wie.zaken if wie else [])]))
    context = {
        "form": form,
        "sleutel": sleutel,
        "wie": wie,
        "gevonden": gevonden,
        "gezocht": gegevens.get("zoek", ""),
        "daad": daad or ("terugbellen" if "terugbellen" in request.GET else ""),
        "anderen": [each for each in concepten(actor) if each.id != sleutel][:5],
        "afloop": afloop(),
    }
    return render(request, "reacties/gesprek.html", context, status=422 if form.errors else 200)
