"""A POST of Open311 becomes a reactie: what the app sent, read and checked, and received as a melding."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import row
from loket.foundation.errors import Refused
from loket.foundation.mail.rules import check_address
from loket.foundation.time.clock import today
from loket.registers.plekken.queries import adres, dichtstbijzijnde_adres, zoek_adres
from loket.registers.plekken.rules import wgs84_naar_rd
from loket.registers.zaken import commands as zaken
from loket.services.reacties import rules
from loket.services.reacties.api import vragen
from loket.services.reacties.api.fouten import Fout
from loket.services.reacties.categorieen import Categorie
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.fotos import neem_bestand
from loket.services.reacties.inzending import MAX_WOORDEN, Inzending, Plek
from loket.services.reacties.queries.ontvangst import Ontvangst
from loket.services.reacties.queries.open311 import SOORT
from loket.services.reacties.verhaal import dag

VELDEN = (
    *("service_code", "lat", "long", "address_string", "address_id", "email", "device_id", "account_id"),
    *("first_name", "last_name", "phone", "description", "media_url"),
)


@dataclass(frozen=True)
class Kanaal:
    """The key that was shown: of whom, and what its settings say."""

    id: UUID
    organisatie_id: UUID
    naam: str
    team_id: UUID
    instellingen: dict[str, Any]


def ontvang(kanaal: Kanaal, gegevens: QueryDict, bestanden: Sequence["UploadedFile[Any]"], sleutel: str) -> Ontvangst:
    """Receive what an app sent. The same content by the same key on one day is one report, so that an app may try
    again; `sleutel` says so too, when the app gives one. Raises Fout, Refused."""
    dienst = vragen.dienst(gegevens.get("service_code", "").strip())
    if not gegevens.get("service_code", "").strip():
        raise Fout(400, "service_code was not provided")
    if dienst is None:
        raise Fout(404, "service_code provided was not found")
    if len(bestanden) > rules.MAX_FOTOS:
        raise Fout(400, f"at most {rules.MAX_FOTOS} media files are accepted")
    inzending = Inzending(
        soort="melding",
        tekst=_tekst(dienst, gegevens),
        categorie=dienst.code,
        plek=lees_plek(gegevens),
        naam=" ".join(gegevens.get(veld, "").strip() for veld in ("first_name", "last_name")).strip(),
        email=_email(gegevens.get("email", "").strip()),
        telefoon=gegevens.get("phone", "").strip(),
        kanaal=SOORT,
    )
    actor = Actor("systeem", naam=SOORT, organisatie=kanaal.organisatie_id, functie="bewoner")
    eens = f"{SOORT}:{kanaal.id}:{sleutel or vingerafdruk(gegevens, bestanden)}"
    fotos = tuple(neem_bestand(bestand, "media") for bestand in bestanden)
    with transaction.atomic():
        binnen = ontvang_reactie(actor, kanaal.organisatie_id, inzending.met(fotos=fotos), idempotency_key=eens)
        if binnen.nieuw:
            _geef_aan_team(kanaal, binnen.zaak)
    return binnen


def _geef_aan_team(kanaal: Kanaal, zaak: UUID) -> None:
    eigen = row("select team_id from zaken_werkvoorraad where zaak_id = %s", (zaak,))
    if eigen and eigen["team_id"] != kanaal.team_id:
        wij = Actor.system(SOORT, kanaal.organisatie_id)
        zaken.wijs_toe(wij, zaak, team=kanaal.team_id, waarom=_("Kwam binnen op %s") % kanaal.naam)


def vingerafdruk(gegevens: QueryDict, bestanden: Sequence["UploadedFile[Any]"]) -> str:
    """The same for the same content, today."""
    digest = hashlib.sha256(today().isoformat().encode())
    for naam in sorted(set(gegevens) - {"api_key"}):
        for waarde in gegevens.getlist(naam):
            digest.update(repr((naam, waarde)).encode("utf-8", "surrogatepass"))
    for bestand in bestanden:
        for stuk in bestand.chunks():
            digest.update(stuk)
        bestand.seek(0)
    return digest.hexdigest()


def _tekst(dienst: Categorie, gegevens: QueryDict) -> str:
    try:
        regels = vragen.antwoorden(dienst.code, _attributen(gegevens))
    except vragen.FoutAntwoord as fout:
        raise Fout(400, str(fout)) from None
    beschreven = gegevens.get("description", "").replace("\r\n", "\n").strip()
    if not beschreven and not dienst.kort:
        raise Fout(400, "description was not provided, and this service needs one")
    media = gegevens.get("media_url", "").strip()
    if media and (len(media) > 500 or not media.lower().startswith(("http://", "https://"))):
        raise Fout(400, "media_url is not an address of at most 500 characters that begins with http")
    if media:
        regels.append(_("De app noemt een foto op internet (niet door ons bekeken): %s") % media)
    tekst = "\n\n".join(deel for deel in (beschreven or str(dienst.naam), "\n".join(regels)) if deel)
    if len(tekst) > rules.MAX_TEKST:
        raise Fout(400, f"description is too long: at most {rules.MAX_TEKST} characters fit")
    return tekst


def _attributen(gegevens: QueryDict) -> dict[str, list[str]]:
    """What was answered: `attribute[CODE]`, also written `attributes[CODE]`, and `…[]` or repeated for several."""
    gevonden: dict[str, list[str]] = {}
    for naam in gegevens:
        begin, haakje, rest = naam.partition("[")
        if begin in ("attribute", "attributes") and haakje and "]" in rest:
            gevonden.setdefault(rest.partition("]")[0], []).extend(gegevens.getlist(naam))
    return gevonden


def _email(adres_: str) -> str:
    if adres_:
        try:
            check_address(adres_, "email")
        except Refused:
            raise Fout(400, "email is not an e-mail address") from None
    return adres_


def lees_plek(gegevens: QueryDict) -> Plek:
    """Where it is: by lat and long, else by the key of an address, else by its words. Raises Fout when none is given or
    what is given is no place."""
    woorden = gegevens.get("address_string", "").strip()
    lat, long = gegevens.get("lat", "").strip(), gegevens.get("long", "").strip()
    if len(woorden) > MAX_WOORDEN:
        raise Fout(400, f"address_string is too long: at most {MAX_WOORDEN} characters fit")
    if lat or long:
        x, y = _punt(lat, long)
        nabij = dichtstbijzijnde_adres(x, y)
        return Plek(nabij.tekst if nabij else "", woorden, x, y)
    if sleutel := gegevens.get("address_id", "").strip():
        try:
            gevonden = adres(UUID(sleutel))
        except ValueError:
            gevonden = None
        if gevonden is None:
            raise Fout(404, "address_id provided was not found")
        return Plek(gevonden.tekst, woorden, gevonden.x, gevonden.y)
    if not woorden:
        raise Fout(400, "a location was not provided: send lat and long, address_string or address_id")
    treffers = zoek_adres(woorden, 2)
    if treffers and treffers[0].soort == "adres":
        return Plek(treffers[0].tekst, woorden, treffers[0].x, treffers[0].y)
    return Plek("", woorden)


def _punt(lat: str, long: str) -> tuple[float, float]:
    try:
        breedte, lengte = float(lat), float(long)
        if not (isfinite(breedte) and isfinite(lengte) and abs(breedte) <= 90 and abs(lengte) <= 180):
            raise ValueError
        return wgs84_naar_rd(lengte, breedte)
    except ValueError:
        raise Fout(400, "lat and long must both be given, as decimal degrees (WGS84)") from None
    except Refused:
        raise Fout(400, "lat and long are not in the Netherlands") from None


def bericht(dienst: Categorie, tekst: str, binnen: Ontvangst) -> str:
    """The service notice: until when, and first of all 112 when the words speak of danger."""
    zinnen = [_("Is er nu gevaar? Bel 112.")] if rules.gevaar(tekst, dienst.code) else []
    if binnen.antwoord_voor:
        zinnen.append(_("U hoort uiterlijk %(dag)s van ons.") % {"dag": dag(binnen.antwoord_voor)})
    zinnen.append(_("Noem nummer %s als u ons belt.") % binnen.identificatie)
    return " ".join(zinnen)
