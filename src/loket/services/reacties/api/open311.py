"""Open311 GeoReport v2, the whole of it: https://wiki.open311.org/GeoReport_v2, in JSON and XML."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from loket.foundation.access.policy import policy
from loket.foundation.channels.queries import kanaal_met_sleutel
from loket.foundation.errors import NotFound, Refused
from loket.foundation.time.clock import now
from loket.foundation.web.stored import translated
from loket.registers.plekken.rules import rd_naar_wgs84
from loket.services.reacties import rules
from loket.services.reacties.api import melden, vragen
from loket.services.reacties.api.fouten import Fout
from loket.services.reacties.api.vorm import antwoord, einde_van, tijd
from loket.services.reacties.categorieen import ANDERS
from loket.services.reacties.queries import open311 as queries
from loket.services.reacties.queries.open311 import GeenOrganisatie, Melding
from loket.services.reacties.sleutels import antwoordteken, link_van_teken

CHANGESET = "2026-11-23T00:00:00Z"
"""When what this API offers last changed."""
DAGEN = timedelta(days=90)
MEEST = 1000

type Antwoord = tuple[str, Any]
type View = Callable[..., Antwoord]


def face(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """A page of this API: in the form that the address or the Accept header asks for, its refusals too, and open to
    pages of others for what is read (CORS)."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @policy(public=True)
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, vorm: str = "", **kwargs: Any) -> HttpResponse:
            vorm = vorm.lstrip(".") or _gevraagd(request)
            if request.method == "OPTIONS":
                response = HttpResponse(status=204)
                response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(
                    (*(m for m in methods if m == "GET"), "HEAD", "OPTIONS")
                )
            else:
                response = _beantwoord(view, request, methods, vorm, args, kwargs)
            if request.method in ("GET", "HEAD", "OPTIONS"):
                response["Access-Control-Allow-Origin"] = "*"
            return response

        return answered

    return decorate


def _beantwoord(
    view: View, request: HttpRequest, methods: tuple[str, ...], vorm: str, args: Any, kwargs: Any
) -> HttpResponse:
    try:
        if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
            raise Fout(405, f"This address takes {' and '.join(methods)}.")
        naam, waarde = view(request, *args, **kwargs)
        return antwoord(vorm, naam, waarde)
    except Fout as fout:
        status, wat = fout.status, fout.wat
    except GeenOrganisatie as geen:
        status, wat = (404, "jurisdiction_id provided was not found") if str(geen) else (400, _WELKE)
    except Refused as geweigerd:
        status, wat = 400, geweigerd.message
    except NotFound:
        status, wat = 404, "This was not found."
    except RequestDataTooBig:
        status, wat = 413, "The request is too large."
    except (SuspiciousOperation, MultiPartParserError, UnicodeDecodeError):
        status, wat = 400, "The request cannot be read."
    response = antwoord(vorm, "errors", [{"code": status, "description": wat}], status)
    if status == 405:
        response["Allow"] = ", ".join(methods)
    return response


_WELKE = "jurisdiction_id was not provided"


def _gevraagd(request: HttpRequest) -> str:
    """Without a suffix: JSON for who asks for that and not for XML, else XML, which the specification requires."""
    wil = request.headers.get("Accept", "")
    return "json" if "json" in wil and "xml" not in wil.partition("json")[0] else "xml"


def _code(request: HttpRequest, data: QueryDict | None = None) -> str:
    """Whose: as given, else by the host name, else '' (the only organisation)."""
    gegeven = (data.get("jurisdiction_id", "") if data else "") or request.GET.get("jurisdiction_id", "")
    host = request.get_host().partition(":")[0].lower()
    return gegeven.strip() or settings.ORGANISATIE_HOSTS.get(host, "")


# -- what there is ----------------------------------------------------------------------------------------------------


@face("GET")
def discovery(request: HttpRequest) -> Antwoord:
    """Where the API is, in which forms, and whom to ask for a key."""
    wie = queries.organisaties()
    bereik = "; ".join(
        f"{each.naam} ({each.afkorting}): {', '.join(deel for deel in (each.email, each.telefoon) if deel)}"
        for each in wie
    )
    adres = settings.LOKET_URL + reverse("reacties:open311_basis").rstrip("/")
    return "discovery", {
        "changeset": CHANGESET,
        "contact": bereik or settings.LOKET_URL,
        "key_service": _("Vraag een sleutel aan bij de organisatie: %s") % (bereik or settings.LOKET_URL),
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": adres,
                "changeset": CHANGESET,
                "type": "test" if settings.DEMO else "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }


@face("GET")
def services(request: HttpRequest) -> Antwoord:
    """GET services."""
    queries.organisatie(_code(request))
    return "services", [
        {
            "service_code": each.code,
            "service_name": str(each.naam),
            "description": vragen.omschrijving(each),
            "metadata": each.code in vragen.VRAGEN,
            "type": vragen.soort_dienst(each),
            "keywords": ", ".join(each.trefwoorden),
            "group": each.domein or ANDERS,
        }
        for each in vragen.diensten()
    ]


@face("GET")
def service(request: HttpRequest, code: str) -> Antwoord:
    """GET service definition."""
    queries.organisatie(_code(request))
    dienst = vragen.dienst(code)
    if dienst is None:
        raise Fout(404, "service_code provided was not found")
    return "service_definition", vragen.definitie(dienst)


# -- requests ---------------------------------------------------------------------------------------------------------


@face("GET", "POST")
def requests(request: HttpRequest) -> Antwoord:
    """GET service requests, and POST a service request."""
    return "service_requests", _meld(request) if request.method == "POST" else _zoek(request)


def _meld(request: HttpRequest) -> list[dict[str, Any]]:
    if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise Fout(400, "Send the fields as application/x-www-form-urlencoded or multipart/form-data (UTF-8).")
    data = request.POST
    kanaal = _sleutel(request, data)
    bestanden = [bestand for naam in request.FILES for bestand in request.FILES.getlist(naam)]
    binnen = melden.ontvang(kanaal, data, bestanden, request.headers.get("Idempotency-Key", "")[:200])
    dienst = vragen.dienst(data.get("service_code", "").strip())
    assert dienst is not None
    met_teken = kanaal.instellingen.get("antwoord") == "token"
    wijst_aan = {"token": antwoordteken(binnen.zaak)} if met_teken else {"service_request_id": binnen.identificatie}
    return [
        {
            **({} if vragen.soort_dienst(dienst) == "blackbox" else wijst_aan),
            "service_notice": melden.bericht(dienst, data.get("description", ""), binnen),
            "account_id": data.get("account_id", "").strip()[:200] or None,
        }
    ]


def _sleutel(request: HttpRequest, data: QueryDict) -> melden.Kanaal:
    """The key that was shown, which must be of the organisation that is asked. Raises Fout (403), GeenOrganisatie."""
    sleutel = data.get("api_key", "") or request.GET.get("api_key", "")
    if not sleutel:
        raise Fout(403, "api_key was not provided")
    gevonden = kanaal_met_sleutel(queries.SOORT, sleutel)
    if gevonden is None:
        raise Fout(403, "api_key provided is not valid")
    if queries.organisatie(_code(request, data)).id != gevonden["organisatie_id"]:
        raise Fout(403, "api_key provided is not valid for this jurisdiction_id")
    return melden.Kanaal(**gevonden)


def _zoek(request: HttpRequest) -> list[dict[str, Any]]:
    vraag = request.GET
    if nummers := _lijst(vraag, "service_request_id"):
        if len(nummers) > MEEST:
            raise Fout(400, f"at most {MEEST} service_request_id can be asked at once")
        return [toon(each) for each in queries.met_nummers(_code(request), nummers)]
    van, tot = _tijdvak(vraag)
    codes = _lijst(vraag, "service_code")
    if any(vragen.dienst(code) is None for code in codes):
        raise Fout(404, "service_code provided was not found")
    aantal, bladzijde = _getal(vraag, "page_size", MEEST, MEEST), _getal(vraag, "page", 1, 100_000)
    gevonden = queries.zoek(
        _code(request),
        van=van,
        tot=tot,
        categorieen=codes or None,
        gesloten=_dicht(_lijst(vraag, "status")),
        gewijzigd_na=_moment(vraag, "updated_after"),
        aantal=aantal,
        vanaf=(bladzijde - 1) * aantal,
    )
    return [toon(each) for each in gevonden]


def _lijst(vraag: QueryDict, naam: str) -> list[str]:
    """Values that may be repeated, or written after each other with commas."""
    alle = [deel.strip() for waarde in vraag.getlist(naam) for deel in waarde.split(",")]
    return list(dict.fromkeys(deel for deel in alle if deel))


def _dicht(gevraagd: list[str]) -> bool | None:
    if not set(gevraagd) <= {"open", "closed"}:
        raise Fout(400, "status is open or closed")
    return None if len(set(gevraagd)) != 1 else gevraagd[0] == "closed"


def _getal(vraag: QueryDict, naam: str, anders: int, hoogste: int) -> int:
    gegeven = vraag.get(naam, "").strip()
    if not gegeven:
        return anders
    if not (gegeven.isascii() and gegeven.isdigit() and len(gegeven) < 9 and 1 <= int(gegeven) <= hoogste):
        raise Fout(400, f"{naam} is a number from 1 to {hoogste}")
    return int(gegeven)


def _moment(vraag: QueryDict, naam: str) -> datetime | None:
    gegeven = vraag.get(naam, "").strip().replace(" ", "+")  # a plus that was not encoded arrives as a space
    if not gegeven:
        return None
    try:
        moment = datetime.fromisoformat(gegeven)
        moment.astimezone()
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.tzinfo is None or not 1900 <= moment.year <= 9000:
        raise Fout(400, f"{naam} is a moment in the W3C form with its zone: 2026-11-20T14:12:00+01:00")
    return moment


def _tijdvak(vraag: QueryDict) -> tuple[datetime, datetime]:
    """At most ninety days; the last ninety when nothing is asked."""
    van, tot = _moment(vraag, "start_date"), _moment(vraag, "end_date")
    if van and tot and tot < van:
        raise Fout(400, "end_date is before start_date")
    if van and tot and tot - van > DAGEN:
        raise Fout(400, "start_date and end_date may not span more than 90 days")
    tot = tot or (min(van + DAGEN, now()) if van and van < now() else now())
    return van or tot - DAGEN, tot


def toon(melding: Melding) -> dict[str, Any]:
    """One report in the words of the specification."""
    dienst = vragen.dienst(melding.categorie) or vragen.dienst(ANDERS)
    assert dienst is not None
    lengte, breedte = (
        rd_naar_wgs84(melding.x, melding.y) if melding.x is not None and melding.y is not None else (None,) * 2
    )
    eigen_woorden = melding.woorden and rules.eerste_woorden(melding.woorden, 200) == melding.plek
    waar = "" if eigen_woorden else translated(melding.plek)
    dicht = melding.einddatum is not None
    return {
        "service_request_id": melding.identificatie,
        "status": "closed" if dicht else "open",
        "status_notes": translated(melding.resultaat if dicht and melding.resultaat else melding.status) or None,
        "service_name": str(dienst.naam),
        "service_code": dienst.code,
        "description": melding.tekst or (f"{dienst.naam}. {waar}" if waar else str(dienst.naam)),
        "agency_responsible": melding.organisatie,
        "service_notice": None,
        "requested_datetime": tijd(melding.aangemaakt_op),
        "updated_datetime": tijd(melding.bijgewerkt_op),
        "expected_datetime": einde_van(melding.antwoord_voor) if not dicht else None,
        "address": waar or None,
        "address_id": None,
        "zipcode": None,
        "lat": breedte,
        "long": lengte,
        "media_url": None,
    }


@face("GET")
def one(request: HttpRequest, nummer: str) -> Antwoord:
    """GET service request."""
    gevonden = queries.met_nummers(_code(request), [nummer])
    if not gevonden:
        raise Fout(404, "service_request_id provided was not found")
    return "service_requests", [toon(gevonden[0])]


@face("GET")
def token(request: HttpRequest, teken: str) -> Antwoord:
    """GET service_request_id from a token."""
    zaak = link_van_teken(teken)
    nummer = queries.nummer_van(_code(request), zaak) if zaak else ""
    if not nummer:
        queries.organisatie(_code(request))
        raise Fout(404, "token provided was not found")
    return "service_requests", [{"service_request_id": nummer, "token": teken}]


@face("GET", "POST")
def unknown(request: HttpRequest, rest: str = "") -> Antwoord:
    """Whatever else is asked under this address."""
    raise Fout(404, "There is no such resource. See the service discovery: /open311/discovery.json")
