"""The pages of this room: `/stijl`, the choice of language, and what is shown when something is not possible."""

import logging
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from loket.foundation.access.policy import policy
from loket.foundation.errors import NotFound
from loket.foundation.time.clock import today
from loket.foundation.web import components as parts
from loket.foundation.web import dates
from loket.foundation.web import forms as loket_forms
from loket.foundation.web.context import last_known, thema_path
from loket.foundation.web.errors import BARE, EXPIRED, WORDS, Words

log = logging.getLogger(__name__)

WITHOUT_DATABASE = 500


@policy(public=True)
@require_POST
def taal(request: HttpRequest) -> HttpResponseBase:
    """Remember the language of this browser in a cookie, and go back to the page (`next`, on this host only)."""
    return set_language(request)


@policy(public=True)
@require_safe
def thema(request: HttpRequest, afkorting: str) -> HttpResponseBase:
    """The design tokens of an organisation that has its own. Raises NotFound for one that has not."""
    try:
        found = thema_path(afkorting).read_bytes()
    except OSError:
        raise NotFound("This organisation has no design tokens of its own.") from None
    return HttpResponse(found, "text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=31536000"})


# -- when something is not possible -----------------------------------------------------------------------------------


def error_html(status: int, request: HttpRequest | None = None, said: dict[str, Words] | None = None) -> str:
    """The page for this status, in the language of the visitor with the other language below it.

    From 500 on without context processors: no database, no session; the telephone number is the last one known.
    """
    words = said or WORDS.get(status, WORDS[500])
    language = dates.lang(get_language())
    context: dict[str, Any] = {
        "status": status,
        "words": words[language],
        "other": words["nl" if language == "en" else "en"],
        "other_lang": "nl" if language == "en" else "en",
    }
    if status < WITHOUT_DATABASE and request is not None:
        return render_to_string("web/fout.html", context, request)
    try:
        return render_to_string("web/fout.html", {**context, "organisatie": last_known(), "actor": None})
    except Exception:  # nothing may stand between a person and these words
        log.exception("The page for %s could not be drawn.", status)
        nl = words["nl"]
        return BARE.format(title=nl.title, what=nl.what, todo=nl.todo, en=words["en"])


def error_page(request: HttpRequest, status: int, said: dict[str, Words] | None = None) -> HttpResponse:
    """The answer with this status. To htmx: only the message, for the place for messages, so that the form stays."""
    words = said or WORDS.get(status, WORDS[500])
    if request.headers.get("HX-Request") != "true":
        return HttpResponse(error_html(status, request, words), status=status)
    known = {"words": words[dates.lang(get_language())], "organisatie": last_known()}
    response = HttpResponse(render_to_string("web/deel/foutmelding.html", known), status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#melding", "innerHTML"
    return response


@policy(public=True)
def fout_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400; a request that is too large becomes 413."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return error_page(request, 413 if too_big else 400)


@policy(public=True)
def fout_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return error_page(request, 403)


@policy(public=True)
def fout_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return error_page(request, 404)


@policy(public=True)
def fout_500(request: HttpRequest) -> HttpResponse:
    """handler500; needs no database."""
    return error_page(request, 500)


@policy(public=True)
def csrf_fout(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: most often a page that was open in another tab during a login."""
    return error_page(request, 403, EXPIRED)


# -- every component once ---------------------------------------------------------------------------------------------


class StijlForm(loket_forms.Form):
    """One field of each kind."""

    telefoon = loket_forms.CharField(
        label="Uw telefoonnummer",
        required=False,
        initial="06 5550 1931",
        help_text="Dan kunnen wij u bellen als iets niet duidelijk is.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    moment = forms.ChoiceField(
        label="Wanneer wilt u dat wij bellen?",
        widget=forms.RadioSelect,
        initial="1",
        choices=[("1", "Vandaag 13.30 uur"), ("2", "Vandaag 15.00 uur"), ("3", "Morgen 9.30 uur")],
    )
    zelfde = forms.ChoiceField(
        label="Is dit al gemeld?",
        widget=forms.RadioSelect,
        choices=[
            ("1", loket_forms.Keuze("Losse tegels bij nummer 8", "Cirkel 1. Gemeld op 19 november.")),
            ("", loket_forms.Keuze("Nee, mijn melding is nieuw")),
        ],
    )
    wijk = forms.ChoiceField(label="In welke wijk woont u?", choices=[("n", "Noord"), ("z", "Zuid"), ("o", "Oost")])
    bericht = loket_forms.PreservingCharField(label="Uw bericht", widget=forms.Textarea(attrs={"rows": 3}))
    fotos = loket_forms.FilesField(
        label="Foto’s",
        required=False,
        suffixes=(".jpg", ".jpeg", ".png", ".heic"),
        soort="foto",
        help_text="Maximaal 5 foto’s van 20 MB. Maak geen foto van mensen of nummerborden.",
    )
    post = forms.BooleanField(label="Stuur mij een e-mail bij elke stap", required=False)


class StijlFout(loket_forms.Form):
    """Fields with something wrong."""

    email = loket_forms.EmailField(label="Uw e-mailadres", widget=forms.TextInput(attrs={"autocomplete": "email"}))
    akkoord = forms.ChoiceField(
        label="Mogen wij u bellen?", widget=forms.RadioSelect, choices=[("j", "Ja"), ("n", "Nee")]
    )


SWATCHES = (
    ("brand", "Waard, merk", "--loket-brand-bg"),
    ("deep", "Waard, diep", "--loket-brand-bg-deep"),
    ("lime", "Lindebloesem", "--loket-accent"),
    ("ink", "Tekst", "--basis-color-default-color-document"),
    ("ink-2", "Tekst, zacht", "--basis-color-default-color-subtle"),
    ("bg-2", "Vlak", "--basis-color-default-bg-subtle"),
    ("line", "Lijn", "--basis-color-default-border-subtle"),
    ("edge", "Rand van veld", "--basis-color-default-border-default"),
    ("bad", "Fout, te laat", "--basis-color-negative-border-default"),
    ("warn", "Let op", "--basis-color-warning-border-default"),
    ("ok", "Goed", "--basis-color-positive-border-default"),
    ("intern", "Intern", "--loket-intern-border"),
)


def _dates(day: date) -> dict[str, date]:
    return {
        "laat": day - timedelta(days=3),
        "vandaag": day,
        "gauw": day + timedelta(days=2),
        "later": day + timedelta(days=15),
    }


@policy(public=True)
@require_safe
def stijl(request: HttpRequest) -> HttpResponse:
    """Every component once. What is not on this page does not exist."""
    groups = [
        parts.Group(
            "Zaken",
            [
                parts.Hit("Klacht riolering, Wilgenkade 31", "#", "complaint", "LW-2026-04102"),
                parts.Hit("Lamp kapot, Wilgenkade 12", "#", "flag", "LW-2026-04788"),
            ],
        ),
        parts.Group("Mensen en plekken", [parts.Hit("Mevrouw O. Brandsteder", "#", "person", "Wilgenkade 31")]),
        parts.Group(
            "Doen",
            [
                parts.Hit("Zet deze zaak door", "#", "forward", key="d"),
                parts.Hit("Plan een terugbelafspraak", "#", "callback", key="b"),
            ],
        ),
    ]
    context = {
        "vulformulier": StijlForm(prefix="stijl"),
        "foutformulier": StijlFout({"fout-email": "hazelhoff.voorbeeld.nl"}, prefix="fout"),
        "swatches": SWATCHES,
        "dagen": _dates(today()),
        "stappen": ["Wat is er?", "Waar is het?", "Uw gegevens", "Controleren"],
        "contacten": [
            parts.Contact("phone", "Bel 14 0199", "tel:140199", "Werkdagen van 8.00 tot 17.00 uur"),
            parts.Contact("callback", "Laat u terugbellen", "#", "Kies een dag en een tijd"),
        ],
        "momenten": [
            parts.Moment(
                "U deed een melding", when="Vrijdag 20 november, 14.12 uur", quote="“Er steekt een tegel omhoog.”"
            ),
            parts.Moment("De stratenmakers zijn besteld", "now", text="Zij komen deze week."),
            parts.Moment("De stoep is klaar en u krijgt een foto", "next", when="Uiterlijk vrijdag 27 november"),
        ],
        "deuren": [
            {"title": "Iets melden", "text": "Losse tegel, afval, kapotte lamp.", "icon": "flag", "href": "#"},
            {"title": "Iets vragen", "text": "U krijgt antwoord van een medewerker.", "icon": "question", "href": "#"},
            {
                "title": "Een klacht indienen",
                "text": "U bent niet tevreden over ons.",
                "icon": "complaint",
                "href": "#",
            },
        ],
        "cijfers": [
            parts.Figure("77 van 100", "van de vragen beantwoorden wij meteen"),
            parts.Figure("3,4 werkdagen", "tot een melding buiten is opgelost, gemiddeld"),
        ],
        "kerncijfers": [
            parts.Figure("1.548", "Binnengekomen", "oktober: 1.484", url="#"),
            parts.Figure("1,6 dagen", "Tot antwoord, midden", "was 2,1 in oktober"),
            parts.Figure("3", "Over wettelijke termijn", "Nu oplossen", url="#", late=True),
        ],
        "filters": [
            parts.Chip("Nog niemand mee bezig", "#", on=True),
            parts.Chip("Soort", "#"),
            parts.Chip("Filter", "#", add=True),
        ],
        "bladzijden": parts.Pages(1, 20, 23, next_url="#", next_count=3),
        "bestanden": [parts.Upload("stoep-kastanjelaan.jpg", 3_100_000, "De plek stond in de foto.", remove="1")],
        "groepen": groups,
    }
    return render(request, "web/stijl.html", context)
