"""A telephone for the demo: messages with a photo to the municipality, and what it answers.

It is a service with a channel of Loket, as a bridge to WhatsApp would be: it brings what is typed to the webhook,
signed and again until Loket says that it has it, and takes in answers at an address of its own.
"""

import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import requests
from django.conf import settings
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loket.assembly.demo.teksten.personen import VASTE_BEWONERS
from loket.assembly.standin import installation
from loket.foundation.channels.adapters import Unverified
from loket.foundation.channels.webhook import HEADER, check, sign

MAX_FOTO = 20_000_000
_ZONE = ZoneInfo("Europe/Amsterdam")
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Toestel:
    """Whose telephone."""

    nummer: str
    naam: str


TOESTELLEN = tuple(
    Toestel("+31" + bewoner.telefoon.removeprefix("0").replace(" ", ""), f"{bewoner.voornaam} {bewoner.achternaam}")
    for bewoner in VASTE_BEWONERS
)


def prepare() -> None:
    """The table of messages, if it is not there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create table if not exists telefoon (volg integer primary key, id text unique, nummer text, richting text,"
            " tekst text, foto text, soort text, op text, stand text)"
        )


def _rows(sql: str, params: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, line, strict=True)) for line in cursor.fetchall()]


def _keep(id: str, nummer: str, richting: str, tekst: str, foto: str, soort: str, stand: str) -> None:
    _rows(
        "insert into telefoon (id, nummer, richting, tekst, foto, soort, op, stand) values (%s, %s, %s, %s, %s, %s,"
        " %s, %s) on conflict (id) do nothing",
        (id, nummer, richting, tekst, foto, soort, datetime.now(UTC).isoformat(), stand),
    )


def _fotos() -> Path:
    place = installation.folder(settings.DATA_DIR) / "fotos"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


# -- what people see --------------------------------------------------------------------------------------------------


def _toestel(request: HttpRequest) -> Toestel:
    gevraagd = request.POST.get("van") or request.GET.get("van", "")
    return next((each for each in TOESTELLEN if each.nummer == gevraagd), TOESTELLEN[0])


def _gesprek(toestel: Toestel) -> list[dict[str, Any]]:
    found = _rows("select * from telefoon where nummer = %s order by volg", (toestel.nummer,))
    return [{**each, "uur": f"{datetime.fromisoformat(each['op']).astimezone(_ZONE):%H.%M}"} for each in found]


@never_cache
@require_http_methods(["GET", "POST"])
def telefoon(request: HttpRequest) -> HttpResponse:
    """The telephone; a message that was sent stays 'onderweg' until Loket has it."""
    toestel = _toestel(request)
    if request.method == "POST":
        tekst, foto = request.POST.get("tekst", "").strip()[:4000], request.FILES.get("foto")
        naam, soort = "", ""
        if foto is not None and 0 < (foto.size or 0) <= MAX_FOTO:
            naam, soort = secrets.token_hex(12), foto.content_type or ""
            (_fotos() / naam).write_bytes(foto.read())
        if tekst or naam:
            _keep(f"t-{secrets.token_hex(12)}", toestel.nummer, "uit", tekst, naam, soort[:100], "onderweg")
        bring()
        return HttpResponseRedirect(f"{reverse('telefoon')}?{urlencode({'van': toestel.nummer})}#onder")
    bring()
    kader = {"toestel": toestel, "toestellen": TOESTELLEN, "gesprek": _gesprek(toestel), "loket": settings.LOKET_URL}
    return render(request, "standin/telefoon.html", kader)


@never_cache
@require_GET
def gesprek(request: HttpRequest) -> HttpResponse:
    """The conversation alone, for the page that looks again every few seconds."""
    bring()
    toestel = _toestel(request)
    return render(request, "standin/gesprek.html", {"toestel": toestel, "gesprek": _gesprek(toestel)})


@never_cache
@require_GET
def foto(request: HttpRequest, naam: str) -> FileResponse:
    """A photo in the conversation."""
    return _file(naam)


def _file(naam: str) -> FileResponse:
    found = _rows("select soort from telefoon where foto = %s and foto <> ''", (naam,))
    if not found:
        raise Http404
    soort = found[0]["soort"]
    safe = soort if soort in ("image/jpeg", "image/png", "image/webp", "image/gif") else "application/octet-stream"
    return FileResponse((_fotos() / naam).open("rb"), content_type=safe)


# -- the side of Loket ------------------------------------------------------------------------------------------------


def bring() -> None:
    """Bring what is still on its way to Loket. When that is away it stays on its way."""
    with _one_at_a_time:
        waiting = _rows("select * from telefoon where stand = 'onderweg' order by volg limit 50")
        if not waiting:
            return
        keys = installation.telephone(settings.DATA_DIR)
        path = f"/kanaal/{keys.kanaal}"
        body = json.dumps({"messages": [_message(each) for each in waiting]}).encode()
        headers = {
            HEADER: sign(keys.sleutel, int(datetime.now(UTC).timestamp()), "POST", path, body),
            "Content-Type": "application/json",
        }
        try:
            answer = requests.post(settings.LOKET_URL + path, data=body, headers=headers, timeout=5)
        except requests.RequestException:
            return
        if answer.status_code == 200:
            for each in waiting:
                _rows("update telefoon set stand = 'verstuurd' where id = %s", (each["id"],))


def _message(each: dict[str, Any]) -> dict[str, Any]:
    wie = next((toestel.naam for toestel in TOESTELLEN if toestel.nummer == each["nummer"]), "")
    media = [{"id": each["foto"], "type": each["soort"], "name": "foto"}] if each["foto"] else []
    return {
        "id": each["id"],
        "from": each["nummer"],
        "name": wie,
        "text": each["tekst"],
        "time": each["op"],
        "media": media,
    }


def _signed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only for Loket, which signs."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        keys = installation.telephone(settings.DATA_DIR)
        try:
            check(keys.sleutel, request.headers.get(HEADER, ""), request.method or "", request.path, request.body)
        except Unverified as no:
            return HttpResponse(str(no), status=401, content_type="text/plain")
        return view(request, *args, **kwargs)

    return checked


@_signed
@require_POST
def neem_antwoord(request: HttpRequest) -> HttpResponse:
    """An answer of Loket arrives; the same one again is one."""
    given = json.loads(request.body)
    if given["to"] not in {each.nummer for each in TOESTELLEN}:
        return HttpResponse("This number has no telephone here.", status=404, content_type="text/plain")
    _keep(f"l-{given['id']}", given["to"], "in", given["text"], "", "", "verstuurd")
    return JsonResponse({"id": f"l-{given['id']}"})


@_signed
@require_GET
def geef_foto(request: HttpRequest, naam: str) -> FileResponse:
    """Loket fetches a photo."""
    return _file(naam)
