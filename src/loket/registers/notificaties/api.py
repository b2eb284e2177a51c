"""The Notificaties API 1.0.1."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from loket.foundation.api.contract import Contract
from loket.foundation.api.filters import text
from loket.foundation.api.lane import Answer, Api, Call
from loket.foundation.api.resource import Filter, Resource, declare, page, read
from loket.registers.notificaties import commands
from loket.registers.notificaties.queries import open_auth
from loket.registers.notificaties.rules import MASKER

ROOT = "/notificaties/api/v1"
GEHEIM = "Loket-Signature-Secret"
"""The header with the secret of a new abonnement: the standard's resource has no place for it."""
ALLES = 1_000_000
"""The lists of this API are not paged."""

KANAAL = declare(
    Resource(
        name="kanaal",
        root=ROOT,
        path="/kanaal",
        table="notificaties_kanaal",
        fields={
            "naam": "{t}.naam",
            "documentatieLink": "case when {t}.documentatie_link like '/%%' then %(origin)s::text else '' end"
            " || {t}.documentatie_link",
            "filters": "{t}.filters",
        },
        filters={"naam": Filter("{t}.naam = %(naam)s", text)},
        order="{t}.naam",
        visible="{t}.organisatie_id is null or {t}.organisatie_id = %(organisatie)s",
    )
)
ABONNEMENT = declare(
    Resource(
        name="abonnement",
        root=ROOT,
        path="/abonnement",
        table="notificaties_abonnement",
        fields={
            "callbackUrl": "{t}.callback_url",
            "auth": "json_build_array({t}.id, {t}.applicatie, encode({t}.auth, 'hex'))",
            "kanalen": "{t}.kanalen",
        },
    )
)


def _met_auth(call: Call, abonnement: dict[str, Any]) -> dict[str, Any]:
    """As it goes out: who made an abonnement reads back its `auth`; another application sees that there is one."""
    id, applicatie, bewaard = abonnement["auth"]
    eigen = applicatie is not None and applicatie == str(call.actor.id)
    auth = open_auth(UUID(id), bytes.fromhex(bewaard)) if eigen else ""
    return {**abonnement, "auth": auth or MASKER}


def kanalen(call: Call) -> Answer:
    """kanaal_list."""
    return Answer(page(KANAAL, call.caller(), call.query, 1, ALLES)[1])


def kanaal(call: Call) -> Answer:
    """kanaal_read."""
    assert call.key is not None
    return Answer(read(KANAAL, call.caller(), call.key))


def maak_kanaal(call: Call) -> Answer:
    """kanaal_create."""
    assert call.actor.organisatie is not None
    id = commands.maak_kanaal(
        call.actor,
        organisatie=call.actor.organisatie,
        naam=call.given["naam"],
        documentatie_link=call.given.get("documentatieLink", ""),
        filters=call.given.get("filters", ()),
    )
    return replace(kanaal(replace(call, key=id)), status=201, headers={"Location": f"{call.root}/kanaal/{id}"})


def abonnementen(call: Call) -> Answer:
    """abonnement_list."""
    found = msgspec.json.decode(page(ABONNEMENT, call.caller(), {}, 1, ALLES)[1])
    return Answer([_met_auth(call, each) for each in found])


def abonnement(call: Call) -> Answer:
    """abonnement_read."""
    assert call.key is not None
    return Answer(_met_auth(call, msgspec.json.decode(read(ABONNEMENT, call.caller(), call.key))))


def maak_abonnement(call: Call) -> Answer:
    """abonnement_create."""
    assert call.actor.organisatie is not None
    given = call.given
    id, geheim = commands.maak_abonnement(
        call.actor,
        organisatie=call.actor.organisatie,
        callback_url=given["callbackUrl"],
        auth=given["auth"],
        kanalen=given["kanalen"],
    )
    headers = {"Location": f"{call.root}/abonnement/{id}", GEHEIM: geheim}
    return replace(abonnement(replace(call, key=id)), status=201, headers=headers)


def wijzig_abonnement(call: Call) -> Answer:
    """abonnement_update and abonnement_partial_update."""
    assert call.key is not None
    given = call.given
    commands.wijzig_abonnement(
        call.actor,
        call.key,
        callback_url=given.get("callbackUrl"),
        auth=given.get("auth"),
        kanalen=given.get("kanalen"),
    )
    return abonnement(call)


def verwijder_abonnement(call: Call) -> Answer:
    """abonnement_delete."""
    assert call.key is not None
    commands.verwijder_abonnement(call.actor, call.key)
    return Answer(status=204)


BERICHT = ("kanaal", "hoofdObject", "resource", "resourceUrl", "actie", "aanmaakdatum")


def publiceer(call: Call) -> Answer:
    """notificaties_create."""
    assert call.actor.organisatie is not None
    bericht = {**{name: call.given[name] for name in BERICHT}, "kenmerken": call.given.get("kenmerken", {})}
    commands.publiceer(call.actor, organisatie=call.actor.organisatie, bericht=bericht)
    return Answer(bericht)


API = Api(
    root=ROOT,
    contract=Contract(Path(__file__).parent),
    handlers={
        "kanaal_list": kanalen,
        "kanaal_read": kanaal,
        "kanaal_create": maak_kanaal,
        "abonnement_list": abonnementen,
        "abonnement_read": abonnement,
        "abonnement_create": maak_abonnement,
        "abonnement_update": wijzig_abonnement,
        "abonnement_partial_update": wijzig_abonnement,
        "abonnement_delete": verwijder_abonnement,
        "notificaties_create": publiceer,
    },
)
