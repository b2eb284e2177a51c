"""The form in steps: what is it, where is it, who are you, check. Each step is saved on the server, so that Back,
'Verander dit', a second tab and a lost connection cost nothing."""

from collections.abc import Mapping, Sequence

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from loket.foundation.access.policy import policy
from loket.foundation.errors import NotFound, Refused
from loket.foundation.storage.serving import serve
from loket.foundation.web.context import organisatie_of
from loket.foundation.web.dates import long_date
from loket.foundation.web.forms import Keuze
from loket.foundation.web.stored import translated
from loket.registers.plekken.kiezer import Uitkomst
from loket.services.reacties import fotos, rules
from loket.services.reacties.bevestiging import KOPPEN, bevestiging_pdf
from loket.services.reacties.categorieen import categorie
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.commands.vervolg import sluit_aan
from loket.services.reacties.concepten import haal_foto_weg, voeg_foto_toe
from loket.services.reacties.forms import GegevensForm, WaarForm, WatForm
from loket.services.reacties.inzending import Foto, Inzending, uit_json
from loket.services.reacties.pages import plek
from loket.services.reacties.pages.deel import (
    PADEN,
    actor_van,
    niet_bewaren,
    organisatie,
    rustig_aan,
    taal,
    te_vaak,
)
from loket.services.reacties.pages.formulier import GEVAREN, VERSTUUR, Formulier
from loket.services.reacties.queries.dubbel import Bekend
from loket.services.reacties.queries.mijn import wat_wij_weten
from loket.services.reacties.queries.ontvangst import bevestiging_van
from loket.services.reacties.waarom import waarom_deze_dag

MAX_ONDERWERP = 200


@policy(public=True)
@niet_bewaren
@require_http_methods(["GET", "HEAD", "POST"])
def wat(request: HttpRequest, pad: str) -> HttpResponseBase:
    """Step 1. Words or a choice that speak of danger are answered with 112 first; one can always go on."""
    formulier = Formulier(request, pad)
    if formulier.verstuurd:
        formulier.concept, formulier.gegevens, formulier.inzending = None, {}, Inzending(formulier.soort, "")
    was = formulier.inzending
    if request.method != "POST":
        begin = {
            "tekst": was.tekst or begin_tekst(request.GET.get("onderwerp", "")),
            "over": was.over,
            "categorie": was.categorie or begin_categorie(formulier.soort, request.GET),
            "op_een_plek": formulier.gegevens.get("op_een_plek", False),
        }
        return formulier.toon("wat", WatForm(formulier.soort, initial=begin))
    form = WatForm(formulier.soort, request.POST, request.FILES)
    form.is_valid()
    bij_bestanden = "weg" in request.POST or "voegtoe" in request.POST
    if not form.errors or bij_bestanden or request.FILES:
        _bewaar_wat(formulier, form)
    if bij_bestanden:
        return formulier.met_koekje(_bestanden_wat(formulier, form))
    if "help" in request.POST:  # asked for by the button: what was typed stays, and nothing is wrong yet
        return formulier.met_koekje(formulier.toon("wat", WatForm(formulier.soort, initial=request.POST.dict())))
    if form.errors:
        return formulier.met_koekje(formulier.toon("wat", form))
    return formulier.met_koekje(_na_wat(formulier, form))


def _bewaar_wat(formulier: Formulier, form: WatForm) -> None:
    """Keep what is good of the first step, the files included, whatever else is wrong."""
    gegeven, was = form.cleaned_data, formulier.inzending
    formulier.bewaar(
        was.met(
            tekst=gegeven.get("tekst", was.tekst),
            categorie=gegeven.get("categorie", was.categorie),
            over=gegeven.get("over", ""),
            taal=taal(),
        ),
        op_een_plek=gegeven.get("op_een_plek", False),
    )
    if "foto" in form.fields:
        _neem_fotos(formulier, form)


def _bestanden_wat(formulier: Formulier, form: WatForm) -> HttpResponse:
    """A file was added or taken away: the same page again, with what was typed so far."""
    assert formulier.concept is not None
    if "weg" in formulier.request.POST:
        haal_foto_weg(formulier.concept, formulier.request.POST["weg"])
    elif "foto" in form.errors:
        for naam in set(form.errors) - {"foto"}:
            del form.errors[naam]
        return formulier.toon("wat", form)
    return redirect(formulier.adres("wat") + "#fotos")


def begin_categorie(soort: str, vraag: Mapping[str, str]) -> str:
    """The choice that a link to the form makes (`?over=` or `?onderwerp=` with its code), or ''."""
    return next((code for naam in ("over", "onderwerp") if categorie(soort, code := vraag.get(naam, ""))), "")


def begin_tekst(onderwerp: str) -> str:
    """The first line of the message that a link to the form brings (`?onderwerp=` with a sentence), or ''. A code that
    nobody knows, and anything that is not one line of plain text, is left out."""
    onderwerp = onderwerp.strip()
    if " " not in onderwerp or len(onderwerp) > MAX_ONDERWERP or not onderwerp.isprintable():
        return ""
    return f"{onderwerp}\n\n"


def _na_wat(formulier: Formulier, form: WatForm) -> HttpResponse:
    gegeven = form.cleaned_data
    gevaar = rules.gevaar(gegeven["tekst"], gegeven["categorie"])
    gezien = formulier.request.POST.get("gevaar_gezien") == gevaar
    if gevaar and not gezien:
        return formulier.toon("wat", form, gevaar=gevaar, gevaar_vraag=GEVAREN[gevaar])
    return redirect(formulier.naast("wat", 1))


@policy(public=True)
@niet_bewaren
@require_http_methods(["GET", "HEAD", "POST"])
def waar(request: HttpRequest, pad: str) -> HttpResponseBase:
    """Step 2: the place, photos, and whether it is known already."""
    formulier = Formulier(request, pad)
    if (elders := _eerst(formulier, "waar")) is not None:
        return elders
    if request.method != "POST":
        return _toon_waar(formulier)
    if "weg" in request.POST:
        return _foto_weg(formulier)
    uitkomst = plek.kies(request.POST.dict())
    bekend = formulier.bekend(plek.gekozen(uitkomst, ""))
    form = WaarForm(formulier.soort, _keuzes(bekend), request.POST, request.FILES)
    form.is_valid()
    nieuwe = _neem_fotos(formulier, form)
    woorden = form.cleaned_data.get("woorden", "")
    plaats = plek.gekozen(uitkomst, woorden)
    if uit_foto := request.POST.get("plek_uit_foto"):
        plaats = plek.uit_foto(formulier.inzending.fotos, uit_foto, woorden) or plaats
        uitkomst = plek.begin(plaats)
    zelfde = form.cleaned_data.get("zelfde") or "nieuw"
    formulier.bewaar(formulier.inzending.met(plek=plaats, zelfde="" if zelfde == "nieuw" else zelfde))
    if form.errors:
        return _toon_waar(formulier, form, bekend, uitkomst)
    if uitkomst.actie or uit_foto or "voegtoe" in request.POST:
        return _toon_waar(formulier, uitkomst=uitkomst)
    if not plaats and plek.aanbod(nieuwe):
        return redirect(formulier.adres("waar"))  # the place that was in the photo is offered there
    if formulier.soort == "melding" and not plaats:
        form.add_error("adres", gettext("Zoek een adres, zet de speld op de kaart, of beschrijf de plek in woorden."))
        return _toon_waar(formulier, form, bekend, uitkomst)
    if "zelfde" not in request.POST and formulier.bekend(plaats):
        return redirect(formulier.adres("waar") + "#dubbel")
    return redirect(formulier.naast("waar", 1))


def _toon_waar(
    formulier: Formulier,
    form: WaarForm | None = None,
    bekend: Sequence[Bekend] | None = None,
    uitkomst: Uitkomst | None = None,
) -> HttpResponse:
    wat_er_is = formulier.inzending
    bekend = formulier.bekend(wat_er_is.plek) if bekend is None else bekend
    if form is None:
        form = WaarForm(
            formulier.soort,
            _keuzes(bekend),
            initial={"woorden": wat_er_is.plek.woorden, "zelfde": wat_er_is.zelfde or "nieuw"},
        )
    return formulier.toon(
        "waar",
        form,
        bekend=bekend,
        uit_foto=None if wat_er_is.plek.x is not None else plek.aanbod(wat_er_is.fotos),
        uitkomst=uitkomst or plek.begin(wat_er_is.plek),
        punten=plek.punten(bekend),
        plek_fout=" ".join([*form.errors.get("adres", []), *form.errors.get("woorden", [])]),
    )


def _foto_weg(formulier: Formulier) -> HttpResponse:
    assert formulier.concept is not None
    haal_foto_weg(formulier.concept, formulier.request.POST["weg"])
    return redirect(formulier.adres("waar") + "#fotos")


def _neem_fotos(formulier: Formulier, form: WaarForm | WatForm) -> list[Foto]:
    """Keep the files that are good, whatever else is wrong; the others are named at the field."""
    nieuw: list[Foto] = []
    if "foto" in form.errors or not form.cleaned_data.get("foto"):
        return nieuw
    assert formulier.concept is not None
    if te_vaak(formulier.request, "foto"):
        form.add_error(
            "foto", gettext("U stuurde veel bestanden achter elkaar. Wacht 10 minuten, of ga verder zonder.")
        )
        return nieuw
    for upload in form.cleaned_data["foto"]:
        try:
            foto = fotos.neem_bestand(upload)
            voeg_foto_toe(formulier.concept, foto)
            nieuw.append(foto)
        except Refused as geweigerd:
            form.add_error("foto", forms.ValidationError(geweigerd.message, geweigerd.code))
    formulier.inzending = formulier.inzending.met(fotos=uit_json(formulier.concept.gegevens, formulier.soort).fotos)
    return nieuw


def _keuzes(bekend: Sequence[Bekend]) -> list[tuple[str, Keuze]]:
    """Known reports as choices; their number is the number on the map."""
    keuzes = []
    for nummer, each in enumerate(bekend, 1):
        wat_dan = each.onderwerp or gettext("Melding")
        titel = f"{wat_dan}, {translated(each.plek)}" if each.plek else wat_dan
        stand = (
            gettext("Een medewerker leest dit nog.")
            if each.status == rules.ONTVANGEN
            else gettext("Wij zijn hiermee bezig.")
        )
        uitleg = gettext("Cirkel %(nummer)d. Gemeld op %(dag)s. %(stand)s") % {
            "nummer": nummer,
            "dag": long_date(each.gemeld_op, taal(), weekday=False, year=False),
            "stand": stand,
        }
        keuzes.append((str(each.id), Keuze(titel, uitleg)))
    return keuzes


def _eerst(formulier: Formulier, stap: str) -> HttpResponse | None:
    """Where somebody must go first who is not yet, or no longer, at this step."""
    if formulier.verstuurd:
        return redirect(formulier.adres("binnen"))
    if formulier.concept is None or not formulier.inzending.tekst.strip():
        return redirect(formulier.adres("wat"))
    if stap == "waar" and not formulier.met_plek:
        return redirect(formulier.adres("gegevens"))
    return None


@policy(public=True)
@niet_bewaren
@require_http_methods(["GET", "HEAD", "POST"])
def gegevens(request: HttpRequest, pad: str) -> HttpResponseBase:
    """Step 3: whether an answer is wanted, and where to."""
    formulier = Formulier(request, pad)
    if (elders := _eerst(formulier, "gegevens")) is not None:
        return elders
    was = formulier.inzending
    if request.method != "POST":
        return formulier.toon("gegevens", GegevensForm(formulier.soort, initial=_ingevuld(request, formulier, was)))
    form = GegevensForm(formulier.soort, request.POST)
    if not form.is_valid():
        return formulier.toon("gegevens", form)
    gegeven = form.cleaned_data
    formulier.bewaar(
        was.met(naam=gegeven["naam"], email=gegeven["email"], telefoon=gegeven["telefoon"], taal=taal()),
        antwoord=gegeven.get("antwoord", "ja"),
    )
    return redirect(formulier.naast("gegevens", 1))


def _ingevuld(request: HttpRequest, formulier: Formulier, was: Inzending) -> dict[str, str]:
    """What was filled in before; for who logged in, what we know already."""
    eerder = {"naam": was.naam, "email": was.email, "telefoon": was.telefoon}
    if "antwoord" in formulier.gegevens:
        return {**eerder, "antwoord": formulier.gegevens["antwoord"]}
    actor = actor_van(request)
    if actor.kind != "bewoner" or not actor.pseudoniem:
        return eerder
    return {**eerder, **wat_wij_weten(actor), "antwoord": "ja"}


@policy(public=True)
@niet_bewaren
@require_http_methods(["GET", "HEAD", "POST"])
def controleren(request: HttpRequest, pad: str) -> HttpResponseBase:
    """Step 4: check, and send. Sending again gives the same number."""
    formulier = Formulier(request, pad)
    if (elders := _eerst(formulier, "controleren")) is not None:
        return elders
    if "antwoord" not in formulier.gegevens:
        return redirect(formulier.adres("gegevens"))
    samen = _gekozen(formulier)
    meer = {
        "verstuur": gettext("Sluit u aan bij deze melding") if samen else VERSTUUR[formulier.soort],
        "samen": samen,
        "anoniem": not (formulier.inzending.bereikbaar or formulier.inzending.naam),
    }
    if request.method != "POST":
        return formulier.toon("controleren", None, **meer)
    if te_vaak(request, "verstuur"):
        return rustig_aan(request)
    form = forms.Form({})
    try:
        _verstuur(request, formulier, samen)
    except Refused as geweigerd:
        form.add_error(None, forms.ValidationError(geweigerd.message, geweigerd.code))
        return formulier.toon("controleren", form, **meer)
    return redirect(formulier.adres("binnen"))


def _gekozen(formulier: Formulier) -> Bekend | None:
    """The known report that the resident joins: only one that was offered to him or her."""
    zelfde = formulier.inzending.zelfde
    if not zelfde:
        return None
    return next((each for each in formulier.bekend(formulier.inzending.plek) if str(each.id) == zelfde), None)


def _verstuur(request: HttpRequest, formulier: Formulier, samen: Bekend | None) -> None:
    assert formulier.concept is not None
    actor = actor_van(request)
    if actor.kind == "medewerker":  # an employee who reports something does so as a resident
        from loket.foundation.access.actor import ANONYMOUS

        actor = ANONYMOUS
    if samen is not None:
        sluit_aan(actor, samen.id, formulier.inzending, concept=formulier.concept)
    else:
        ontvang_reactie(actor, organisatie(request), formulier.inzending, concept=formulier.concept)


@policy(public=True)
@niet_bewaren
@require_safe
def binnen(request: HttpRequest, pad: str) -> HttpResponseBase:
    """The confirmation: the number, what happens when, and the way back. For the device that sent it."""
    formulier = Formulier(request, pad)
    if formulier.concept is None or formulier.concept.zaak_id is None:
        return redirect(formulier.adres("wat"))
    binnen = bevestiging_van(formulier.concept.zaak_id, formulier.concept.volglink_id)
    return render(
        request,
        "reacties/binnen.html",
        {
            "soort": formulier.soort,
            "kop": KOPPEN["meldt_mee" if binnen.meldt_mee else formulier.soort],
            "binnen": binnen,
            "eerste": binnen,
            "volg": reverse("reacties:volg", args=[binnen.sleutel]),
            "volg_heel": settings.LOKET_URL + reverse("reacties:volg", args=[binnen.sleutel]),
            "intrekken": reverse("reacties:intrekken", args=[binnen.sleutel]),
            "voorkeur": reverse("reacties:voorkeur", args=[binnen.sleutel]),
            "pdf": reverse("reacties:binnen_pdf", args=[pad]),
            "stappen": rules.stappen(formulier.soort, binnen.startdatum, binnen.antwoord_voor),
            "waarom": waarom_deze_dag(formulier.soort, binnen.startdatum, binnen.antwoord_voor),
        },
    )


@policy(public=True)
@niet_bewaren
@require_safe
def binnen_pdf(request: HttpRequest, pad: str) -> HttpResponseBase:
    """The confirmation as PDF, to keep. For the device that sent it."""
    formulier = Formulier(request, pad)
    if formulier.concept is None or formulier.concept.zaak_id is None:
        return redirect(formulier.adres("wat"))
    if te_vaak(request, "pdf"):
        return rustig_aan(request)
    binnen = bevestiging_van(formulier.concept.zaak_id, formulier.concept.volglink_id)
    response = HttpResponse(bevestiging_pdf(organisatie_of(request), formulier.soort, binnen), "application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{binnen.nummer}.pdf"'
    return response


@policy(public=True)
@niet_bewaren
@require_safe
def foto(request: HttpRequest, pad: str, sleutel: str) -> HttpResponseBase:
    """The small picture of a photo in the draft of this device; nobody else can see it."""
    if pad not in PADEN:
        raise Http404
    for each in Formulier(request, pad).inzending.fotos:
        if each.id == sleutel:
            return serve(each.klein or each.sha256, each.naam, each.formaat, inline=True, request=request)
    raise NotFound("No such photo in this draft.")
