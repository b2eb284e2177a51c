"""The page on which an employee acts with a reactie: one view for all acts, one for the acts with a task."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.access.policy import policy
from loket.foundation.audit.use import Use
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.web.extensions import inserted
from loket.foundation.web.stored import translated
from loket.registers.klanten import commands as klanten_commands
from loket.registers.klanten import queries as klanten
from loket.registers.klanten.models import Internetaak
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import forms_medewerker as forms
from loket.services.reacties import rules
from loket.services.reacties.aanbod import BEHANDELEN
from loket.services.reacties.aanbod_werk import mag
from loket.services.reacties.commands import taken
from loket.services.reacties.commands import terugbellen as bellen
from loket.services.reacties.forms_gesprek import BelForm, VerzetForm, gekozen_moment
from loket.services.reacties.handeling import Handeling
from loket.services.reacties.handelingen import PER_CODE, nieuwe_sleutel
from loket.services.reacties.queries import medewerker as queries
from loket.services.reacties.queries.gesprek import te_bellen
from loket.services.reacties.standaardteksten import PLAATSHOUDER, open_plekken, voeg_achter, vul_in


@dataclass(frozen=True)
class TaakHandeling:
    """An act with a task: its form and its words."""

    form: type[forms.HandelingForm]
    titel: Promise
    knop: Promise
    gedaan: Promise


TAAK = {
    "oppakken": TaakHandeling(
        forms.LeegForm, gettext_lazy("Pak op"), gettext_lazy("Pak op"), gettext_lazy("U hebt dit opgepakt.")
    ),
    "beantwoorden": TaakHandeling(
        forms.TaakAntwoordForm,
        gettext_lazy("Beantwoord uw collega"),
        gettext_lazy("Bewaar antwoord"),
        gettext_lazy("Uw antwoord staat in de zaak."),
    ),
    "teruggeven": TaakHandeling(
        forms.WaaromForm,
        gettext_lazy("Geef terug aan de coördinator"),
        gettext_lazy("Geef terug"),
        gettext_lazy("De coördinator heeft dit nu."),
    ),
    "overnemen": TaakHandeling(
        forms.LeegForm,
        gettext_lazy("Neem het terugbellen over"),
        gettext_lazy("Neem over"),
        gettext_lazy("U belt nu terug."),
    ),
    "verzetten": TaakHandeling(
        VerzetForm,
        gettext_lazy("Beloof een ander moment"),
        gettext_lazy("Beloof dit moment"),
        gettext_lazy("Het nieuwe moment staat er. De bewoner krijgt bericht."),
    ),
    "stoppen": TaakHandeling(
        forms.WaaromForm,
        gettext_lazy("Stop met bellen"),
        gettext_lazy("Stop"),
        gettext_lazy("De belofte is ingetrokken. De bewoner krijgt bericht."),
    ),
    "intrekken": TaakHandeling(
        forms.WaaromForm, gettext_lazy("Trek deze vraag in"), gettext_lazy("Trek in"), gettext_lazy("Ingetrokken.")
    ),
}


ANDERE = gettext_lazy("Andere onderwerpen")
"""The standard texts about something else: there for who looks for them."""
VAN = {"taken": "werkplek:taken", "bellen": "reacties:terugbel_lijst"}
"""`van` in the address: the employee came from the tasks or the call-backs, and goes back there."""


TERUGBELLEN = TaakHandeling(
    BelForm,
    gettext_lazy("Bel de bewoner"),
    gettext_lazy("Bewaar"),
    gettext_lazy("Het staat in de zaak."),
)
"""Answering when a call-back was asked: somebody called."""


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=LEZEN)
def handeling(request: HttpRequest, nummer: str, code: str) -> HttpResponse:
    """Show the form of an act, or do it. Refused input comes back with the words at the field and status 422.

    Choosing a standard text sends the form as well (`invoegen`): it comes back with the text below what was typed.
    """
    actor = actor_of(request)
    welke = PER_CODE.get(code)
    if welke is None:
        raise NotFound(f"There is no act {code!r}.")
    zaak = zoek.haal_zaak(actor, nummer)
    if not mag(actor, zaak, welke.recht):
        raise Forbidden(f"{actor.naam} may not do {welke.recht} with this zaak.")
    if request.method != "POST":
        return _toon(
            request,
            zaak,
            welke.form(
                initial={"sleutel": nieuwe_sleutel(), "met": request.GET.get("met", "")[:40]}, actor=actor, zaak=zaak
            ),
            **_woorden(zaak, welke),
        )
    if welke.code == "antwoord" and {"invoegen", "zoek_tekst", "help"} & set(request.POST):
        return _met_tekst(request, actor, zaak, welke)
    form = welke.form(request.POST, actor=actor, zaak=zaak)
    if form.is_valid():
        try:
            welke.doe(actor, zaak, form)
        except Refused as refused:
            form.refuse(refused)
        except NotFound:
            if "met" not in form.fields:
                raise
            form.refuse(Refused("not_found", _("Wij vinden geen reactie met dit nummer."), "met"))
        else:
            return _klaar(request, actor, zaak, str(welke.gedaan))
    return _toon(request, zaak, form, status=422, **_woorden(zaak, welke))


@require_http_methods(["GET", "HEAD", "POST"])
@policy(right=LEZEN)
def taak(request: HttpRequest, taak: UUID, code: str) -> HttpResponse:
    """Take up a task, answer it, give it back or withdraw it."""
    actor = actor_of(request)
    gevonden = Internetaak.objects.filter(id=taak).first()
    if gevonden is None or code not in TAAK:
        raise NotFound("No such task, or no such act.")
    welke = TERUGBELLEN if (gevonden.soort, code) == ("terugbellen", "beantwoorden") else TAAK[code]
    zaak = zoek.haal_zaak(actor, gevonden.zaak_id)
    form = welke.form(
        request.POST if request.method == "POST" else None,
        initial={"sleutel": nieuwe_sleutel()},
        actor=actor,
        zaak=zaak,
    )
    if form.is_valid():
        try:
            _doe_taak(actor, gevonden, code, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _klaar(request, actor, zaak, str(welke.gedaan))
    van = request.GET.get("van", "")
    return _toon(
        request,
        zaak,
        form,
        status=422 if form.is_bound else 200,
        adres=reverse("reacties:taak", args=[taak, code]) + (f"?van={van}" if van in VAN else ""),
        terug=reverse(VAN[van]) if van in VAN else "",
        titel=welke.titel,
        knop=welke.knop,
        taak=gevonden,
        intern=True,
        bellen=te_bellen(actor, gevonden.id) if welke is TERUGBELLEN else None,
    )


def _doe_taak(actor: Actor, taak: Internetaak, code: str, form: forms.HandelingForm) -> None:
    waarden = form.cleaned_data
    if code == "oppakken":
        taken.pak_taak_op(actor, taak)
    elif code == "overnemen":
        bellen.neem_bellen_over(actor, taak)
    elif isinstance(form, VerzetForm):
        klanten_commands.beloof_opnieuw(actor, taak, gekozen_moment(form.tijden, waarden), waarden["waarom"])
    elif code == "stoppen":
        taken.trek_taak_in(actor, taak, waarden["waarom"])
    elif isinstance(form, BelForm):
        opnieuw = gekozen_moment(form.tijden, waarden) if waarden["uitkomst"] != "bereikt" else None
        klanten_commands.leg_poging_vast(
            actor,
            taak,
            waarden["uitkomst"],
            notitie=waarden["antwoord"],
            opnieuw=opnieuw,
            idempotency_key=waarden["sleutel"],
        )
    elif code == "beantwoorden":
        taken.beantwoord_taak(actor, taak, waarden["antwoord"])
    elif code == "intrekken":
        taken.trek_taak_in(actor, taak, waarden["waarom"])
    else:
        taken.geef_taak_terug(actor, taak, waarden["waarom"])


def _met_tekst(request: HttpRequest, actor: Actor, zaak: Zaak, welke: Handeling) -> HttpResponse:
    """The form as it was typed, with the text that was chosen below it, or with the texts that were sought."""
    getypt = request.POST.dict()
    woorden = _woorden(zaak, welke)
    invoegen = request.POST.get("invoegen", "")
    try:
        gekozen = inserted(actor, invoegen) or queries.standaardtekst(zaak.organisatie_id, UUID(invoegen))
    except ValueError:
        gekozen = ""
        gezocht = getypt.get("tekst_zoek", "").strip().lower()
        woorden["teksten"] = [t for t in woorden["teksten"] if gezocht in t["titel"].lower()]
        woorden["gezocht"] = gezocht
    if gekozen:
        ingevuld = vul_in(gekozen, _waarden(actor, zaak))
        getypt["tekst"] = voeg_achter(getypt.get("tekst", "").replace("\r\n", "\n"), ingevuld)
        woorden["nog_in_te_vullen"] = open_plekken(getypt["tekst"])
    form = welke.form(initial=getypt, actor=actor, zaak=zaak)
    if gekozen:
        form.fields["tekst"].widget.attrs["autofocus"] = True
    return _toon(request, zaak, form, **woorden)


def _waarden(actor: Actor, zaak: Zaak) -> dict[str, str]:
    """What the placeholders of a standard text stand for; reading the name is a use of personal data."""
    personen = klanten.betrokkenen(Use(actor, BEHANDELEN, zaak.id), zaak.id)
    return {
        "naam": next((p.naam for p in personen if p.rol == "initiator"), "") or _("meneer, mevrouw"),
        "nummer": zaak.identificatie,
        "onderwerp": translated(zaak.omschrijving),
        "plek": zaak.plek,
        "medewerker": actor.naam,
        "organisatie": Organisatie.objects.values_list("naam", flat=True).get(id=zaak.organisatie_id),
    }


def _woorden(zaak: Zaak, welke: Handeling) -> dict[str, Any]:
    """What the page of an act shows beside its form."""
    antwoord, soort = welke.code == "antwoord", zaak.zaaktype.identificatie
    teksten: list[dict[str, Any]] = []
    if antwoord:
        werk = getattr(zaak, "werk", None)
        over = rules.domein(soort, zaak.omschrijving, werk.begin if werk else "")
        teksten = queries.standaardteksten(zaak.organisatie_id, soort, over, zaak.id)
    for tekst in teksten:
        tekst["titel"] = PLAATSHOUDER.sub("…", tekst["titel"])
        tekst["groep"] = _("Past hierbij") if tekst["rang"] < 2 else _("Algemeen") if tekst["rang"] == 2 else ANDERE
    return {
        "adres": reverse("reacties:handeling", args=[zaak.identificatie, welke.code]),
        "titel": welke.titel,
        "knop": welke.knop,
        "intern": welke.intern,
        "uitleg": welke.uitleg,
        "tab": welke.plek == "editor",
        "teksten": teksten,
        "met_teksten": bool(teksten),
        "andere": ANDERE,
        "antwoord": antwoord,
        "vraag": f"{zaak.omschrijving} {zaak.werk.begin}" if antwoord and hasattr(zaak, "werk") else "",
    }


def _toon(request: HttpRequest, zaak: Zaak, form: forms.HandelingForm, status: int = 200, **meer: Any) -> HttpResponse:
    deel = request.headers.get("HX-Request") == "true"
    sjabloon = "reacties/deel/vorm.html" if deel else "reacties/handelen.html"
    antwoord = render(request, sjabloon, {"zaak": zaak, "form": form, "deel": deel, **meer}, status=status)
    antwoord["Cache-Control"] = "no-store"
    return antwoord


def _klaar(request: HttpRequest, actor: Actor, zaak: Zaak, gedaan: str) -> HttpResponse:
    """Back to the tasks or the zaak; or to the work, when the act took the zaak out of sight of who did it."""
    messages.success(request, gedaan)
    if (van := request.GET.get("van", "")) in VAN:
        adres = reverse(VAN[van])
    else:
        ziet = zoek.mag(actor, LEZEN, zaak.id)
        adres = reverse("werkplek:zaak", args=[zaak.identificatie]) if ziet else reverse("werkplek:begin")
    if request.headers.get("HX-Request") == "true":
        antwoord = HttpResponse(status=204)
        antwoord["HX-Redirect"] = adres
        return antwoord
    return HttpResponseRedirect(adres)
