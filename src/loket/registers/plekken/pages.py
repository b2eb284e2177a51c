"""The public pages of places: pieces of the map, addresses, and what is at a point. They know nobody."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.foundation.access.policy import policy
from loket.foundation.errors import Refused
from loket.foundation.web.stored import translated
from loket.registers.plekken import kaart, kiezer, queries, rules
from loket.registers.plekken.tekening import Beeld, Pin

MAX_PINS = 60


@policy(public=True)
@require_safe
def vlak(request: HttpRequest) -> HttpResponse:
    """A piece of the map: `bbox=x0,y0,x1,y1` in RD metres, `w` and `h` in pixels, `speld=x,y`, `punten=x,y;x,y`
    (numbered circles). With `kaal` without colours and pins: for a script that puts it inline in a page of Loket."""
    try:
        beeld, pins = _beeld(request.GET)
    except Refused as fout:
        return HttpResponseBadRequest(fout.message, content_type="text/plain; charset=utf-8")
    kaal = "kaal" in request.GET
    svg = kaart.svg(beeld, pins, los=not kaal, kaal=kaal, naam=_("Kaart")).encode()
    etag = f'"{hashlib.sha256(svg).hexdigest()[:24]}"'
    antwoord = HttpResponseNotModified() if request.headers.get("If-None-Match") == etag else HttpResponse(svg)
    antwoord["Content-Type"] = "image/svg+xml"
    antwoord["ETag"] = etag
    antwoord["Cache-Control"] = "public, max-age=86400"
    antwoord["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return antwoord


def _beeld(vraag: Any) -> tuple[Beeld, list[Pin]]:
    x0, y0, x1, y1 = rules.lees_getallen(vraag.get("bbox", ""), 4)
    w, h = (rules.lees_getallen(vraag.get(naam, ""), 1)[0] for naam in ("w", "h"))
    if not (10 <= w <= rules.MAX_PIXELS and 10 <= h <= rules.MAX_PIXELS):
        raise Refused("maat", _("De kaart mag 10 tot %(max)d pixels groot zijn.") % {"max": rules.MAX_PIXELS})
    if not (5 <= x1 - x0 <= 12_000 and 5 <= y1 - y0 <= 12_000):
        raise Refused("bbox", _("Het stuk kaart mag 5 tot 12.000 meter breed en hoog zijn."))
    punten = [p for p in vraag.get("punten", "").split(";") if p][:MAX_PINS]
    pins = [_pin(p, str(n)) for n, p in enumerate(punten, 1)]
    if vraag.get("speld"):
        pins.append(_pin(vraag["speld"]))
    return Beeld((x0, y0, x1, y1), w, h), pins


def _pin(tekst: str, nummer: str = "") -> Pin:
    x, y = rules.lees_getallen(tekst, 2)
    return Pin(x, y, nummer)


@policy(public=True)
@require_safe
def adressen(request: HttpRequest) -> HttpResponse:
    """Addresses, streets and places for `q`: JSON for scripts (`Accept: application/json`), else a page."""
    vraag = request.GET.get("q", "")[:200].replace("\x00", "")
    gevonden = queries.zoek_adres(vraag) if vraag.strip() else []
    if "application/json" in request.headers.get("Accept", "") or request.GET.get("format") == "json":
        return JsonResponse(
            {"treffers": [{"soort": t.soort, "id": str(t.id), "tekst": t.tekst, "x": t.x, "y": t.y} for t in gevonden]}
        )
    beeld = None
    if gevonden:
        beeld = Beeld.rond(
            gevonden[0].x, gevonden[0].y, rules.SCHALEN[rules.BEGIN_SCHAAL], kiezer.BREEDTE, kiezer.HOOGTE
        )
    pins = (
        [Pin(t.x, t.y, str(n)) for n, t in enumerate(gevonden, 1)]
        if len(gevonden) > 1
        else [Pin(t.x, t.y) for t in gevonden]
    )
    return render(request, "plekken/adressen.html", {"q": vraag, "treffers": gevonden, "beeld": beeld, "pins": pins})


@policy(public=True)
@require_safe
def hier(request: HttpRequest) -> HttpResponse:
    """What is at a point: `x` and `y` in RD metres, or `lat` and `lon` in degrees (from a telephone). JSON."""
    try:
        if "lat" in request.GET:
            lat, lon = (rules.lees_getallen(request.GET.get(naam, ""), 1)[0] for naam in ("lat", "lon"))
            x, y = rules.wgs84_naar_rd(lon, lat)
        else:
            x, y = (rules.lees_getallen(request.GET.get(naam, ""), 1)[0] for naam in ("x", "y"))
    except Refused as fout:
        return JsonResponse({"fout": fout.message}, status=400)
    nabij = queries.dichtstbijzijnde_adres(x, y)
    if nabij is None:
        return JsonResponse({"fout": _("Deze plek ligt niet op onze kaart.")}, status=404)
    return JsonResponse({"x": x, "y": y, "tekst": translated(nabij.tekst), "detail": nabij.detail,
                         "straat": nabij.straat, "huisnummer": nabij.huisnummer, "adres": str(nabij.adres_id),
                         "afstand": nabij.afstand})  # fmt: skip
