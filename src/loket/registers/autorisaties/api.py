"""The Autorisaties API 1.1.0."""

from pathlib import Path
from typing import Any

from loket.foundation.api.contract import Contract
from loket.foundation.api.lane import PER_PAGE, Answer, Api, Call
from loket.foundation.api.problem import Fault, refuse
from loket.foundation.api.shape import faults
from loket.registers.autorisaties import commands, queries
from loket.registers.autorisaties.rules import COMPONENTEN, VERPLICHT
from loket.registers.catalogi.models import VERTROUWELIJKHEID


def lijst(call: Call) -> Answer:
    """applicatie_list."""
    gevraagd = call.query.get("clientIds")
    aantal, found = queries.applicaties(
        call.actor, gevraagd.split(",") if gevraagd is not None else None, pagina=call.page(), per_pagina=PER_PAGE
    )
    return Answer(call.paginated(aantal, PER_PAGE, [_toon(call, each) for each in found]))


def lees(call: Call) -> Answer:
    """applicatie_read."""
    assert call.key is not None
    return Answer(_toon(call, queries.applicatie(call.actor, call.key)))


def van_client(call: Call) -> Answer:
    """applicatie_consumer. The file says an array, every server and client an object: decided in
    docs/developer/zgw.md."""
    return Answer(_toon(call, queries.applicatie_van(call.actor, call.query["clientId"])))


def maak(call: Call) -> Answer:
    """applicatie_create."""
    assert call.actor.organisatie is not None
    id = commands.maak_applicatie(call.actor, organisatie=call.actor.organisatie, **_gegevens(call.given, {}))
    gemaakt = _toon(call, queries.applicatie(call.actor, id))
    return Answer(gemaakt, 201, {"Location": gemaakt["url"]})


def wijzig(call: Call) -> Answer:
    """applicatie_update and applicatie_partial_update."""
    assert call.key is not None
    nu = _toon(call, queries.applicatie(call.actor, call.key))
    commands.wijzig_applicatie(call.actor, call.key, **_gegevens(call.given, nu if call.operation.partial else {}))
    return lees(call)


def verwijder(call: Call) -> Answer:
    """applicatie_delete."""
    assert call.key is not None
    commands.verwijder_applicatie(call.actor, call.key)
    return Answer(status=204)


def _toon(call: Call, rij: dict[str, Any]) -> dict[str, Any]:
    return {
        "url": f"{call.root}/applicaties/{rij['id']}",
        "clientIds": rij["client_ids"],
        "label": rij["label"],
        "heeftAlleAutorisaties": rij["heeft_alle_autorisaties"],
        "alleenIsGereedVoorPublicatie": rij["alleen_is_gereed_voor_publicatie"],
        "autorisaties": [{**each, "componentWeergave": COMPONENTEN[each["component"]]} for each in rij["autorisaties"]],
    }


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


def _eigen(component: str) -> tuple[str, ...]:
    """What an autorisatie of a component holds beside its scopes; the file keeps it in a schema of its own."""
    return VERPLICHT.get(component, ("", ()))[1]


def _velden(plaats: int, each: dict[str, Any]) -> list[Fault]:
    """The shape of what the discriminator `component` adds."""
    naam, fouten = f"autorisaties.{plaats}", []
    for veld in _eigen(each["component"]):
        waarde = each.get(veld)
        if waarde in (None, ""):
            continue
        if not isinstance(waarde, str) or "\x00" in waarde:
            fouten.append(Fault(f"{naam}.{veld}", "invalid", "Dit moet een string zijn."))
        elif veld == "maxVertrouwelijkheidaanduiding" and waarde not in VERTROUWELIJKHEID:
            fouten.append(Fault(f"{naam}.{veld}", "invalid_choice", f"“{waarde[:100]}” is geen geldige keuze."))
        elif veld.endswith("type") and not waarde.startswith(("http://", "https://")):
            fouten.append(Fault(f"{naam}.{veld}", "invalid", "Dit is geen uri."))
        elif len(waarde) > 1000:
            fouten.append(Fault(f"{naam}.{veld}", "max_length", "Hier passen niet meer dan 1000 tekens."))
    return fouten


def _bewaard(each: dict[str, Any]) -> dict[str, Any]:
    velden = ("component", "scopes", *_eigen(each["component"]))
    return {veld: each[veld] for veld in velden if each.get(veld) not in (None, "")}


API = Api(
    root="/autorisaties/api/v1",
    contract=Contract(Path(__file__).parent),
    handlers={
        "applicatie_list": lijst,
        "applicatie_create": maak,
        "applicatie_consumer": van_client,
        "applicatie_read": lees,
        "applicatie_update": wijzig,
        "applicatie_partial_update": wijzig,
        "applicatie_delete": verwijder,
    },
)
