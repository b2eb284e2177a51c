"""The page that follows a reactie: by the unguessable link, and with the same content in Mijn Loket."""

import functools
import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from loket.foundation.access.actor import Actor
from loket.foundation.access.policy import policy
from loket.foundation.database.sql import rows
from loket.foundation.errors import NotFound, Refused
from loket.foundation.storage.serving import serve
from loket.foundation.time.clock import today
from loket.foundation.web.components import Contact
from loket.foundation.web.dates import day_of
from loket.foundation.web.stored import translated
from loket.services.reacties import fotos, rules, verhaal
from loket.services.reacties.beloften import beloofd
from loket.services.reacties.catalogus import INGETROKKEN, SAMENGEVOEGD
from loket.services.reacties.commands import vervolg
from loket.services.reacties.commands.bericht import voeg_bericht_toe
from loket.services.reacties.forms import BeoordelingForm, BerichtForm, HeropenForm, IntrekForm, VoorkeurForm
from loket.services.reacties.inzending import Foto
from loket.services.reacties.mails import meld_ander_adres
from loket.services.reacties.pages.deel import actor_van, niet_bewaren, rustig_aan, te_vaak
from loket.services.reacties.queries.bewoner import (
    Deel,
    Reactie,
    Volger,
    bestand_van,
    gebruik_van,
    reactie,
    volger_ingelogd,
    volger_van_link,
)
from loket.services.reacties.queries.klacht import procedure
from loket.services.reacties.waarom import waarom_deze_dag, waarom_heropenen_tot

DELEN = ("bericht", "beoordeel", "heropen", "intrekken", "voorkeur", "gegevens", "terugbellen")
SOORTEN = {"melding": _("Melding"), "vraag": _("Vraag"), "klacht": _("Klacht"), "compliment": _("Compliment")}


class Ingang:
    """How somebody came to this page: by the link, or logged in. Gives the addresses of the same page the same way."""

    def __init__(self, request: HttpRequest, sleutel: str = "", nummer: str = "") -> None:
        self.request, self.sleutel, self.nummer = request, sleutel, nummer
        if sleutel:
            self.volger: Volger = volger_van_link(sleutel)
            self.actor = Actor.link(self.volger.zaak)
        else:
            self.actor = actor_van(request)
            self.volger = volger_ingelogd(self.actor, nummer)

    def adres(self, deel: str = "", *meer: Any) -> str:
        """The address of this page, or of a part of it."""
        if self.sleutel:
            return reverse(f"reacties:{deel or 'volg'}", args=[self.sleutel, *meer])
        return reverse(f"reacties:mijn_{deel or 'zaak'}", args=[self.nummer, *meer])

    def ander(self, nummer: str, sleutel: str) -> str:
        """The address of this person's page of another number."""
        if self.sleutel:
            return reverse("reacties:volg", args=[sleutel]) if sleutel else ""
        return reverse("reacties:mijn_zaak", args=[nummer])


type Pagina = Callable[..., HttpResponseBase]


def _ingang(view: Pagina) -> Pagina:
    """Find who follows; a wrong key is answered with 404, written in the trail, and after many of them with 429."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, sleutel: str = "", nummer: str = "", **meer: Any) -> HttpResponseBase:
        try:
            ingang = Ingang(request, sleutel, nummer)
        except NotFound:
            if te_vaak(request, "sleutel"):
                return rustig_aan(request)
            raise
        return view(request, ingang, **meer)

    return wrapped


def _beide(view: Pagina) -> tuple[Pagina, Pagina]:
    """The view for the link and the one for who logged in, each with its policy."""

    @functools.wraps(view)
    def via_link(request: HttpRequest, **meer: Any) -> HttpResponseBase:
        return view(request, **meer)

    @functools.wraps(view)
    def ingelogd(request: HttpRequest, **meer: Any) -> HttpResponseBase:
        return view(request, **meer)

    return policy(link=True)(via_link), policy(resident=True)(ingelogd)


def _toon(ingang: Ingang, status: int = 200, **formulieren: forms.BaseForm) -> HttpResponse:
    """The whole page, with the form that was just sent in it."""
    gevonden = reactie(ingang.volger)
    nu, eerste = gevonden.nu, gevonden.eerste
    gesloten = not gevonden.open and nu.einddatum is not None
    heropenbaar = gesloten and nu.einddatum is not None and today() <= rules.heropenen_tot(nu.einddatum)
    context = {
        "reactie": gevonden,
        "eerste": eerste,
        "nu": nu,
        "soort": SOORTEN.get(eerste.soort, _("Zaak")),
        "kop": verhaal.titel(gevonden),
        "nu_tekst": verhaal.nu(gevonden),
        **_waarom(ingang.volger, gevonden),
        "momenten": _momenten(ingang, gevonden),
        "beloofd": beloofd(gevonden),
        "helper": _helper(nu),
        "gesloten": gesloten,
        "heropenen_tot": rules.heropenen_tot(nu.einddatum) if heropenbaar and nu.einddatum else None,
        "waarom_heropenen": waarom_heropenen_tot(nu.einddatum) if heropenbaar and nu.einddatum else "",
        "kan_heropenen": heropenbaar and nu.resultaat != SAMENGEVOEGD,
        "ingetrokken": nu.resultaat == INGETROKKEN,
        "beoordelen": gesloten
        and ingang.volger.link is not None
        and nu.id not in gevonden.beoordeeld
        and nu.resultaat not in (INGETROKKEN, SAMENGEVOEGD),
        "bericht": formulieren.get("bericht") or BerichtForm(),
        "cijfer": formulieren.get("cijfer") or BeoordelingForm(prefix="c"),
        "opnieuw": formulieren.get("opnieuw") or HeropenForm(prefix="h"),
        "form": next(iter(formulieren.values()), None),
        "eenmalig": secrets.token_urlsafe(16),
        **{f"{deel}_adres": ingang.adres(deel) for deel in DELEN},
        "crumb": gettext("Uw %(soort)s") % {"soort": verhaal.woord(eerste.soort)},
    }
    return render(ingang.request, "reacties/volg.html", context, status=status)


def _momenten(ingang: Ingang, gevonden: Reactie) -> list[dict[str, Any]]:
    """The time line, with the addresses of photos."""
    regels = []
    for regel in verhaal.tijdlijn(gevonden):
        naar = regel.naar
        regels.append(
            {
                "moment": regel.moment,
                "naar": {"titel": translated(naar.tekst), "adres": ingang.ander(naar.wat, naar.sleutel)}
                if naar
                else None,
                "bestanden": [
                    {
                        "titel": each.titel,
                        "adres": ingang.adres("document", each.id),
                        "klein": ingang.adres("klein", each.id) if each.formaat.startswith("image/") else "",
                    }
                    for each in regel.bestanden
                ],
            }
        )
    return regels


def _waarom(volger: Volger, gevonden: Reactie) -> dict[str, Any]:
    """Why the last day that is shown is that day; of a formal complaint every step, with its day and why."""
    nu = gevonden.nu
    if nu.soort == "klacht" and not volger.meldt_mee and nu.resultaat not in (INGETROKKEN, SAMENGEVOEGD):
        stappen = procedure(nu.id).stappen
        laatste = next((stap for stap in stappen if stap.soort == "afdoening"), None)
        return {"klacht": stappen, "waarom": laatste.waarom if laatste else "", "wet": laatste.wet if laatste else ""}
    if nu.antwoord_voor is None:
        return {}
    verlegd = [each.op for each in gevonden.gebeurtenissen if each.soort == "vertraagd" and each.zaak == nu.id]
    op = day_of(verlegd[-1]) if verlegd else None
    return {"waarom": waarom_deze_dag(nu.soort, nu.startdatum, nu.antwoord_voor, op)}


def _helper(nu: Deel) -> dict[str, Any]:
    """Who helps: a name as soon as somebody does, else the counter of the organisation."""
    contacten = []
    if nu.telefoon:
        contacten.append(Contact("phone", gettext("Bel %(nummer)s") % {"nummer": nu.telefoon}, _tel(nu.telefoon)))
    if nu.behandelaar:
        rol = ", ".join(part for part in (translated(nu.functietitel), nu.team) if part)
        return {"naam": nu.behandelaar, "rol": rol or nu.organisatie_naam, "contacten": contacten}
    return {"naam": nu.organisatie_naam, "rol": gettext("Nog geen vaste medewerker"), "contacten": contacten}


def _tel(nummer: str) -> str:
    return "tel:" + "".join(c for c in nummer if c.isdigit() or c == "+")


@niet_bewaren
@require_safe
@_ingang
def _volg(request: HttpRequest, ingang: Ingang) -> HttpResponseBase:
    """What happened, what happens now and until when, and who helps. Opening it changes nothing."""
    return _toon(ingang)


@niet_bewaren
@require_http_methods(["POST"])
@_ingang
def _bericht(request: HttpRequest, ingang: Ingang) -> HttpResponseBase:
    """Add a message or photos."""
    form = BerichtForm(request.POST, request.FILES)
    if not form.is_valid():
        return _toon(ingang, 422, bericht=form)
    if te_vaak(request, "bericht"):
        return rustig_aan(request)
    genomen: list[Foto] = []
    try:
        genomen = [fotos.neem_bestand(upload) for upload in form.cleaned_data["foto"]]
        voeg_bericht_toe(
            ingang.actor, ingang.volger, form.cleaned_data["tekst"], genomen, idempotency_key=_eenmalig(request, ingang)
        )
    except Refused as geweigerd:
        form.refuse(geweigerd)
        return _toon(ingang, 422, bericht=form)
    messages.success(request, gettext("Uw bericht is verstuurd. U krijgt antwoord binnen 2 werkdagen."), "ok")
    return redirect(ingang.adres())


def _eenmalig(request: HttpRequest, ingang: Ingang) -> str:
    """The key of this form as it was shown: sent twice, it counts once."""
    return f"{ingang.volger.link or ingang.volger.zaak}:{request.POST.get('eenmalig', '')[:40]}"


@niet_bewaren
@require_http_methods(["POST"])
@_ingang
def _beoordeel(request: HttpRequest, ingang: Ingang) -> HttpResponseBase:
    """Rate how it was handled."""
    form = BeoordelingForm(request.POST, prefix="c")
    if form.is_valid():
        try:
            vervolg.beoordeel(ingang.actor, ingang.volger, form.cleaned_data["cijfer"], form.cleaned_data["waarom"])
        except Refused as geweigerd:
            form.refuse(geweigerd)
        else:
            messages.success(request, gettext("Dank u wel. Wij leren van uw antwoord."), "ok")
            return redirect(ingang.adres())
    return _toon(ingang, 422, cijfer=form)


@niet_bewaren
@require_http_methods(["POST"])
@_ingang
def _heropen(request: HttpRequest, ingang: Ingang) -> HttpResponseBase:
    """Say that it is not solved."""
    form = HeropenForm(request.POST, prefix="h")
    if form.is_valid():
        try:
            nieuw = vervolg.heropen(
                ingang.actor,
                ingang.volger,
                form.cleaned_data["waarom"],
                idempotency_key=f"heropen:{_eenmalig(request, ingang)}",
            )
        except Refused as geweigerd:
            form.refuse(geweigerd)
        else:
            if nieuw is not None:
                return redirect(reverse("reacties:volg", args=[nieuw.sleutel]))
            messages.success(request, gettext("Wij gaan hier weer mee aan de slag."), "ok")
            return redirect(ingang.adres())
    return _toon(ingang, 422, opnieuw=form)


@niet_bewaren
@require_http_methods(["GET", "HEAD", "POST"])
@_ingang
def _intrekken(request: HttpRequest, ingang: Ingang) -> HttpResponseBase:
    """Withdraw: asked once more, because it ends the work on it."""
    form = IntrekForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            vervolg.trek_in(ingang.actor, ingang.volger, form.cleaned_data["waarom"])
        except Refused as geweigerd:
            form.refuse(geweigerd)
        else:
            messages.success(request, gettext("Het is ingetrokken. Wij doen er niets meer mee."), "ok")
            return redirect(ingang.adres())
    return _los(ingang, "reacties/intrekken.html", form, gettext("Intrekken"))


@niet_bewaren
@require_http_methods(["GET", "HEAD", "POST"])
@_ingang
def _voorkeur(request: HttpRequest, ingang: Ingang) -> HttpResponseBase:
    """Whether and where mail is wanted."""
    begin = {
        "berichten": "ja" if ingang.volger.berichten and ingang.volger.email else "nee",
        "email": ingang.volger.email,
    }
    form = VoorkeurForm(request.POST) if request.method == "POST" else VoorkeurForm(initial=begin)
    if request.method == "POST" and form.is_valid():
        wil = form.cleaned_data["berichten"] == "ja"
        try:
            oud = vervolg.wijzig_bericht_voorkeur(
                ingang.actor, ingang.volger, berichten=wil, email=form.cleaned_data["email"]
            )
            if oud and ingang.volger.link:
                meld_ander_adres(ingang.volger.link, oud)
        except Refused as geweigerd:
            form.refuse(geweigerd)
        else:
            woorden = gettext("Vanaf nu mailen wij u bij elke stap.") if wil else gettext("Wij mailen u niet meer.")
            messages.success(request, woorden, "ok")
            return redirect(ingang.adres())
    return _los(ingang, "reacties/voorkeur.html", form, gettext("Berichten"))


def _los(ingang: Ingang, template: str, form: forms.BaseForm, kruimel: str) -> HttpResponse:
    gevonden = reactie(ingang.volger)
    return render(
        ingang.request,
        template,
        {
            "reactie": gevonden,
            "form": form,
            "woord": verhaal.woord(gevonden.eerste.soort),
            "terug_adres": ingang.adres(),
            "kruimel": kruimel,
        },
        status=422 if form.errors else 200,
    )


@niet_bewaren
@require_safe
@_ingang
def _gegevens(request: HttpRequest, ingang: Ingang) -> HttpResponseBase:
    """Who looked at my data: the lines of the data-use log about this person in this reactie."""
    gevonden = reactie(ingang.volger)
    return render(
        request,
        "reacties/gegevens_gebruik.html",
        {
            "reactie": gevonden,
            "regels": gebruik_van(ingang.volger, gevonden),
            "terug_adres": ingang.adres(),
            "kruimel": gettext("Mijn gegevens"),
        },
    )


@niet_bewaren
@require_safe
@_ingang
def _document(request: HttpRequest, ingang: Ingang, document: UUID) -> HttpResponseBase:
    """A photo or document of this page."""
    bestand, sha256 = _bestand(ingang, document)
    return serve(sha256, bestand.titel, bestand.formaat, inline=True, request=request)


@niet_bewaren
@require_safe
@_ingang
def _klein(request: HttpRequest, ingang: Ingang, document: UUID) -> HttpResponseBase:
    """The small picture of a photo of this page."""
    bestand, sha256 = _bestand(ingang, document)
    return serve(bestand.klein or sha256, bestand.titel, "image/jpeg", inline=True, request=request)


def _bestand(ingang: Ingang, document: UUID) -> tuple[Any, str]:
    bestand = bestand_van(ingang.volger, document)
    found = rows(
        "select v.sha256 from documenten_informatieobject d join documenten_informatieobjectversie v"
        " on v.informatieobject_id = d.id and v.versie = d.versie where d.id = %s",
        (document,),
    )
    if not found or not found[0]["sha256"]:
        raise NotFound("This document has no content here.")
    return bestand, found[0]["sha256"]


volg, mijn_zaak = _beide(_volg)
bericht, mijn_bericht = _beide(_bericht)
beoordeel, mijn_beoordeel = _beide(_beoordeel)
heropen, mijn_heropen = _beide(_heropen)
intrekken, mijn_intrekken = _beide(_intrekken)
voorkeur, mijn_voorkeur = _beide(_voorkeur)
gegevens, mijn_gegevens = _beide(_gegevens)
document, mijn_document = _beide(_document)
klein, mijn_klein = _beide(_klein)
