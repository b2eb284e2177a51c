"""The Autorisaties API 1.1.0."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from loket.foundation.api.contract import Contract
from loket.foundation.api.filters import texts
from loket.foundation.api.handlers import reads
from loket.foundation.api.lane import Answer, Api, Call
from loket.foundation.api.problem import Fault, refuse
from loket.foundation.api.resource import Filter, Resource, declare, read
from loket.foundation.api.shape import faults
from loket.registers.autorisaties import commands, queries
from loket.registers.autorisaties.rules import COMPONENTEN

_WEERGAVE = json.dumps(COMPONENTEN).replace("{", "{{").replace("}", "}}")
APPLICATIE = declare(
    Resource(
        name="applicatie",
        root="/autorisaties/api/v1",
        path="/applicaties",
        table="autorisaties_applicatie",
        fields={
            "clientIds": "array(select c.client_id from autorisaties_clientid c"
            " where c.applicatie_id = {t}.id order by 1)",
            "label": "{t}.label",
            "heeftAlleAutorisaties": "{t}.heeft_alle_autorisaties",
            "alleenIsGereedVoorPublicatie": "{t}.alleen_is_gereed_voor_publicatie",
            "autorisaties": "coalesce((select jsonb_agg(e.a || jsonb_build_object('componentWeergave',"
            f" '{_WEERGAVE}'::jsonb -> (e.a ->> 'component')) order by e.n)"
            " from jsonb_array_elements({t}.autorisaties) with ordinality as e(a, n)), '[]')",
        },
        filters={
            "clientIds": Filter(
                "exists (select 1 from autorisaties_clientid c"
                " where c.applicatie_id = {t}.id and c.client_id = any(%(clientIds)s::text[]))",
                texts,
            )
        },
    )
)
LEZEND = reads(APPLICATIE)
lees = LEZEND["applicatie_retrieve"]


def van_client(call: Call) -> Answer:
    """applicatie_consumer. The file says an array, every server and client an object: decided in
    docs/developer/zgw.md."""
    return lees(replace(call, key=queries.id_van(call.query["clientId"])))


def maak(call: Call) -> Answer:
    """applicatie_create."""
    assert call.actor.organisatie is not None
    id = commands.maak_applicatie(call.actor, organisatie=call.actor.organisatie, **_gegevens(call.given, {}))
    return replace(lees(replace(call, key=id)), status=201, headers={"Location": f"{call.root}/applicaties/{id}"})


def wijzig(call: Call) -> Answer:
    """applicatie_update and applicatie_partial_update."""
    assert call.key is not None
    nu = msgspec.json.decode(read(APPLICATIE, call.caller(), call.key))
    deels = call.operation.partial
    commands.wijzig_applicatie(call.actor, call.key, deels=deels, **_gegevens(call.given, nu if deels else {}))
    return lees(call)


def verwijder(call: Call) -> Answer:
    """applicatie_delete."""
    assert call.key is not None
    commands.verwijder_applicatie(call.actor, call.key)
    return Answer(status=204)


def _gegevens(given: dict[str, Any], nu: dict[str, Any]) -> dict[str, Any]:
    """What was sent as the commands take it; what was not sent is as it is `nu`. Raises Problem."""
    heel = {**nu, **given}
    autorisaties = heel.get("autorisaties", [])
    if given.get("heeftAlleAutorisaties") and "autorisaties" not in given:
        autorisaties = []
    if given.get("autorisaties") and "heeftAlleAutorisaties" not in given:
        heel["heeftAlleAutorisaties"] = False
    refuse(fault for plaats, each in enumerate(autorisaties) for fault in _velden(plaats, each))
    return {
        "label": heel["label"],
        "client_ids": list(dict.fromkeys(heel["clientIds"])),
        "alle": heel.get("heeftAlleAutorisaties", False),
        "alleen_gepubliceerd": heel.get("alleenIsGereedVoorPublicatie", False),
        "autorisaties": [_bewaard(each) for each in autorisaties],
    }


def lees_autorisaties(given: Any) -> list[dict[str, Any]]:
    """A list of autorisaties as the standard writes it, from elsewhere than a call. Raises Problem."""
    shape = {"type": "array", "items": {"$ref": "#/components/schemas/AutorisatieBase"}}
    refuse(faults(API.contract, shape, given))
    refuse(fault for plaats, each in enumerate(given) for fault in _velden(plaats, each))
    return [_bewaard(each) for each in given]


def _eigen(component: str) -> dict[str, Any]:
    """What an autorisatie of a component holds beside its scopes, as the file describes it."""
    eigen: dict[str, Any] = API.contract.document["components"]["schemas"][f"{component}Autorisatie"]
    return eigen


def _velden(plaats: int, each: dict[str, Any]) -> list[Fault]:
    """The shape of what the discriminator `component` adds; what is empty is not there."""
    gegeven = {veld: waarde for veld, waarde in each.items() if waarde not in (None, "")}
    return faults(API.contract, _eigen(each["component"]), gegeven, name=f"autorisaties.{plaats}")


def _bewaard(each: dict[str, Any]) -> dict[str, Any]:
    velden = ("component", "scopes", *_eigen(each["component"])["properties"])
    return {veld: each[veld] for veld in velden if each.get(veld) not in (None, "")}


API = Api(
    root=APPLICATIE.root,
    contract=Contract(Path(__file__).parent),
    handlers={
        "applicatie_list": LEZEND["applicatie_list"],
        "applicatie_create": maak,
        "applicatie_consumer": van_client,
        "applicatie_read": lees,
        "applicatie_update": wijzig,
        "applicatie_partial_update": wijzig,
        "applicatie_delete": verwijder,
    },
)
