"""The Zaken API 1.7.0: resources by their declaration, and what is an act of its own."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from loket.foundation.api.audittrail import audittrail
from loket.foundation.api.contract import Contract
from loket.foundation.api.handlers import below, reads, writes
from loket.foundation.api.lane import Answer, Api, Call
from loket.foundation.api.problem import Fault, Problem, invalid
from loket.foundation.api.resource import key_in, page, registry
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import row, rows
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import today
from loket.registers.zaken import commands, meetkunde, rules
from loket.registers.zaken.hulpbronnen import delen, verloop
from loket.registers.zaken.hulpbronnen.basis import ROOT
from loket.registers.zaken.hulpbronnen.selectie import Selectie
from loket.registers.zaken.hulpbronnen.zaak import ZAAK, ZAAK_SCHRIJVEN, orde

ACTIVITEIT = "zaken.uitwisselen"
MAX_NUMMERS = 10_000
CRS = "EPSG:4326"


def zoek(call: Call) -> Answer:
    """zaak__zoek: the filters of the list as a body, geometry within another, and `fields` (zrc-029)."""
    given = dict(call.given)
    fields = given.pop("fields", None)
    binnen = given.pop("zaakgeometrie", None)
    expand = given.pop("expand", None) or call.query.get("expand", "")
    if fields is not None and expand:
        raise Problem(400, params=(Fault("fields", "invalid", "Geef fields of expand, niet allebei."),))
    selectie = Selectie.van(ZAAK, fields) if fields else None
    ordering = given.pop("ordering", "")
    query = {naam: _als_tekst(naam, waarde) for naam, waarde in given.items() if naam in ZAAK.filters}
    if binnen and (vorm := binnen.get("within")):
        gevonden = _binnen(call, vorm)
        gevraagd = set(query["uuid__in"].split(",")) if "uuid__in" in query else None
        query["uuid__in"] = ",".join(sorted(gevonden if gevraagd is None else gevonden & gevraagd))
    query["expand"] = selectie.expand if selectie else expand
    number, per_page = call.page(), call.per_page()
    use = Use(call.actor, ACTIVITEIT)
    count, results = page(ZAAK, call.caller(), query, number, per_page, orde(ordering), use=use)
    heel = msgspec.Raw(results) if selectie is None else [selectie.kies(each) for each in msgspec.json.decode(results)]
    return Answer(msgspec.json.encode(call.paginated(count, per_page, heel)), headers={"Content-Crs": CRS})


def _als_tekst(naam: str, waarde: Any) -> str:
    """A value of the body as the filter of the list reads it."""
    if isinstance(waarde, list):
        return ",".join(str(each) for each in waarde)
    return str(waarde).lower() if isinstance(waarde, bool) else str(waarde)


def _binnen(call: Call, vorm: Mapping[str, Any]) -> set[str]:
    """The keys of the zaken of which the geometry lies within another."""
    gebied = meetkunde.lees("zaakgeometrie.within", vorm)
    kandidaten = rows(
        "select z.id, z.zaakgeometrie from zaken_zaak z where z.organisatie_id = %(organisatie)s"
        " and z.zaakgeometrie is not null",
        call.caller().params,
    )
    return {str(each["id"]) for each in kandidaten if meetkunde.binnen(gebied, each["zaakgeometrie"])}


def reserveer(call: Call) -> Answer:
    """zaaknummer_reserveren: numbers that are given to nobody else; one as an object, more as a list."""
    if faults := list(rules.rsin("bronorganisatie", call.given["bronorganisatie"])):
        raise Problem(400, params=faults)
    aantal = call.given.get("aantal") or 1
    if aantal > MAX_NUMMERS:
        raise invalid("aantal", "max_value", f"U kunt er {MAX_NUMMERS} tegelijk reserveren.")
    assert call.actor.organisatie is not None
    organisatie = Organisatie.objects.get(id=call.actor.organisatie)
    with transaction.atomic():
        nummers = [commands.volgend_nummer(organisatie, today().year) for _ in range(aantal)]
    gevonden = [{"zaaknummer": nummer} for nummer in nummers]
    return Answer(gevonden if "aantal" in call.given and aantal > 1 else gevonden[0], status=201)


def koppel_besluit(call: Call) -> Answer:
    """zaakbesluit_create (brc-006): the besluit says of which zaak it is; this tells only that it does."""
    below(delen.ZAAKBESLUIT, call)
    key = key_in(registry["besluit"], call.given["besluit"])
    if key is None or row("select 1 from besluiten_besluit where id = %s and zaak_id = %s", (key, call.under)) is None:
        raise invalid("nonFieldErrors", "inconsistent-relation", "Dit besluit is er niet, of niet van deze zaak.")
    return replace(BESLUITEN["zaakbesluit_retrieve"](replace(call, key=key)), status=201)


def ontkoppel_besluit(call: Call) -> Answer:
    """zaakbesluit_destroy (brc-006): as long as the besluit is of the zaak, the relation is there."""
    below(delen.ZAAKBESLUIT, call)
    assert call.key is not None
    if row("select 1 from besluiten_besluit where id = %s and zaak_id = %s", (call.key, call.under)) is None:
        raise Problem(404)
    raise invalid("nonFieldErrors", "inconsistent-relation", "Verwijder het besluit zelf, of geef het een andere zaak.")


def maak_eigenschap(call: Call) -> Answer:
    """zaakeigenschap_create: of the zaak in the path."""
    below(delen.ZAAKEIGENSCHAP, call)
    zaak = f"{call.root}/zaken/{call.under}"
    if key_in(ZAAK, call.given.get("zaak", zaak)) != call.under:
        raise invalid("zaak", "zaak-mismatch", "Dit is een andere zaak dan in de URL.")
    return EIGENSCHAPPEN["zaakeigenschap_create"](replace(call, given={**call.given, "zaak": zaak}))


def _crs(handlers: dict[str, Any]) -> dict[str, Any]:
    """The handlers of the zaak, which speak in degrees (EPSG:4326) and say so; other coordinates are refused (406 for
    the answer, 415 for what is sent)."""

    def met_crs(handler: Any) -> Any:
        def handle(call: Call) -> Answer:
            for header, status in (("HTTP_ACCEPT_CRS", 406), ("HTTP_CONTENT_CRS", 415)):
                if call.headers.get(header, CRS) not in (CRS, "*", ""):
                    raise Problem(status, f"Wij spreken in {CRS}.")
            answer: Answer = handler(call)
            return replace(answer, headers={**answer.headers, "Content-Crs": CRS})

        return handle

    return {id: met_crs(each) for id, each in handlers.items()}


EIGENSCHAPPEN = writes(delen.ZAAKEIGENSCHAP_SCHRIJVEN)
BESLUITEN = reads(delen.ZAAKBESLUIT)
SCHRIJVEN = (
    verloop.STATUS_SCHRIJVEN,
    verloop.RESULTAAT_SCHRIJVEN,
    verloop.ROL_SCHRIJVEN,
    *delen.SCHRIJVEN,
)
CONTRACT = Contract(Path(__file__).parent, waived={"ZaakEigenschap": ("zaak",)})
_MOGELIJK = {
    **_crs({**reads(ZAAK, ACTIVITEIT, orde), **writes(ZAAK_SCHRIJVEN), "zaak__zoek": zoek}),
    **{id: each for soort in SCHRIJVEN for id, each in reads(soort.resource, ACTIVITEIT).items()},
    **{id: each for soort in SCHRIJVEN for id, each in writes(soort).items()},
    **{
        id.replace("_retrieve", "_read").replace("_destroy", "_delete"): each
        for id, each in {**reads(delen.ZAAKNOTITIE), **writes(delen.ZAAKNOTITIE_SCHRIJVEN)}.items()
    },
    **BESLUITEN,
    **audittrail(ZAAK),
    "zaakeigenschap_create": maak_eigenschap,
    "zaakbesluit_create": koppel_besluit,
    "zaakbesluit_destroy": ontkoppel_besluit,
    "zaaknummer_reserveren": reserveer,
}
API = Api(
    root=ROOT,
    contract=CONTRACT,
    handlers={id: each for id, each in _MOGELIJK.items() if id in {each.id for each in CONTRACT.operations}},
)
