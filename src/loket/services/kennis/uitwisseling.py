"""Articles as a file: JSON or CSV, out and in again. Pure, but for reading what an organisation has.

A file has one record for each article, with the fields of `VELDEN`. `slug` says which article it is: one that is known
gets a new version when its words differ, one that is not is new. Team and owner go by name, so that a file can move to
another municipality: what is unknown there falls back to who brings the file in.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from loket.foundation.database.sql import rows
from loket.foundation.errors import Refused
from loket.services.kennis.rules import Bron, check_bronnen, lees_bronnen, schrijf_bronnen

TEKST = ("vraag", "antwoord", "trefwoorden", "interne_notitie", "vraag_en", "antwoord_en", "trefwoorden_en")
VELDEN = ("slug", "onderwerp", *TEKST, "bronnen", "voor_bewoners", "team", "eigenaar", "geldig_tot", "status")
MAX_RECORDS, MAX_BYTES = 5_000, 20_000_000
_FORMULE = ("=", "+", "-", "@", "\t", "\r")


def records(organisatie: UUID) -> list[dict[str, Any]]:
    """Every article of an organisation that was not withdrawn, as a record: what readers see, else the concept."""
    return rows(
        "select a.slug, a.onderwerp, v.vraag, v.antwoord, v.trefwoorden, v.interne_notitie, v.vraag_en, v.antwoord_en,"
        " v.trefwoorden_en, v.bronnen, a.voor_bewoners, t.naam as team, g.gebruikersnaam as eigenaar,"
        " a.geldig_tot::text as geldig_tot, a.status from kennis_artikel a"
        " join kennis_versie v on v.id = coalesce(a.versie_id, (select id from kennis_versie c"
        "  where c.artikel_id = a.id and c.stand = 'concept'))"
        " join loket_identity_team t on t.id = a.team_id join loket_identity_gebruiker g on g.id = a.eigenaar_id"
        " where a.organisatie_id = %s and a.status <> 'ingetrokken' order by a.onderwerp, a.slug",
        (organisatie,),
    )


def als_json(gegeven: Iterable[Mapping[str, Any]]) -> str:
    """The records as JSON: {"artikelen": […]}."""
    return json.dumps({"artikelen": [dict(each) for each in gegeven]}, ensure_ascii=False, indent=2) + "\n"


def als_csv(gegeven: Iterable[Mapping[str, Any]]) -> str:
    """The records as CSV for a spreadsheet: semicolons, a byte order mark, sources a line each. What a spreadsheet
    would take for a formula gets an apostrophe in front."""
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, VELDEN, delimiter=";", extrasaction="ignore")
    schrijver.writeheader()
    for each in gegeven:
        regel = {
            **each,
            "bronnen": schrijf_bronnen(each["bronnen"]),
            "voor_bewoners": "ja" if each["voor_bewoners"] else "nee",
        }
        schrijver.writerow({naam: _cel(str(regel.get(naam, ""))) for naam in VELDEN})
    return "\ufeff" + uit.getvalue()


def _cel(tekst: str) -> str:
    return f"'{tekst}" if tekst.startswith(_FORMULE) or (tekst[:1] == "'" and tekst[1:].startswith(_FORMULE)) else tekst


def lees(inhoud: bytes) -> list[dict[str, Any]]:
    """The records of a file that is one or the other. Raises Refused (`bestand`), with the record that is wrong."""
    if len(inhoud) > MAX_BYTES:
        raise Refused("bestand", _("Dit bestand is te groot."), "bestand")
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            "bestand", _("Dit bestand is geen tekst in UTF-8. Bewaar het als ‘CSV UTF-8’."), "bestand"
        ) from None
    ruw = _uit_json(tekst) if tekst.lstrip()[:1] in ("{", "[") else _uit_csv(tekst)
    if not ruw:
        raise Refused("bestand", _("In dit bestand staan geen artikelen."), "bestand")
    if len(ruw) > MAX_RECORDS:
        raise Refused("bestand", _("In een bestand passen %d artikelen.") % MAX_RECORDS, "bestand")
    return [_record(nummer, each) for nummer, each in enumerate(ruw, 1)]


def _uit_json(tekst: str) -> list[Any]:
    try:
        gelezen = json.loads(tekst)
    except (ValueError, RecursionError):
        raise Refused("bestand", _("Dit bestand is geen goede JSON."), "bestand") from None
    lijst = gelezen.get("artikelen") if isinstance(gelezen, dict) else gelezen
    return lijst if isinstance(lijst, list) else []


def _uit_csv(tekst: str) -> list[Any]:
    eerste = tekst.partition("\n")[0]
    try:
        gelezen = list(csv.DictReader(io.StringIO(tekst, newline=""), delimiter=";" if ";" in eerste else ","))
    except csv.Error:
        raise Refused("bestand", _("Dit bestand is geen goede CSV."), "bestand") from None
    return [
        {naam: each[1:] if each and each[0] == "'" and each[1:].startswith((*_FORMULE, "'")) else each
         for naam, each in regel.items() if isinstance(naam, str) and isinstance(each, str)}
        for regel in gelezen
    ]  # fmt: skip


def _record(nummer: int, ruw: Any) -> dict[str, Any]:
    """One record with every field. Raises Refused (`bestand`) that names it."""
    if not isinstance(ruw, dict):
        raise Refused("bestand", _("Artikel %d in het bestand is geen artikel.") % nummer, "bestand")
    try:
        uit: dict[str, Any] = {
            naam: _woorden(ruw.get(naam)) for naam in (*TEKST, "slug", "onderwerp", "team", "eigenaar")
        }
        uit["bronnen"] = _bronnen(ruw.get("bronnen") or [])
        uit["voor_bewoners"] = ruw.get("voor_bewoners", True) in (True, "ja", "true", "1", "")
        uit["geldig_tot"] = date.fromisoformat(ruw["geldig_tot"]) if ruw.get("geldig_tot") else None
    except (TypeError, ValueError):
        raise Refused("bestand", _("Artikel %d in het bestand klopt niet: kijk naar de datum en de tekst.") % nummer,
                      "bestand") from None  # fmt: skip
    except Refused as geweigerd:
        raise Refused("bestand", f"{_('Artikel %d in het bestand.') % nummer} {geweigerd.message}", "bestand") from None
    return uit


def _woorden(waarde: Any) -> str:
    if waarde is None:
        return ""
    if not isinstance(waarde, str) or "\0" in waarde:
        raise TypeError("Not a text.")
    return waarde.replace("\r\n", "\n").strip()


def _bronnen(waarde: Any) -> list[Bron]:
    if isinstance(waarde, str):
        return lees_bronnen(waarde)
    return check_bronnen([[each["titel"], each.get("url") or "", each.get("artikel") or ""] for each in waarde])
