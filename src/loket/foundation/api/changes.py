"""What every write on an object of an API leaves behind: a line in its audit trail, and an event for subscribers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from psycopg.types.json import Jsonb

from loket.foundation.access.actor import Actor
from loket.foundation.api.events import ObjectGewijzigd
from loket.foundation.api.resource import Resource, object_sql, path_of, registry
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import row
from loket.foundation.events.outbox import publish
from loket.foundation.time.clock import now, today

WEERGAVE = {
    "create": "Object aangemaakt",
    "update": "Object bijgewerkt",
    "partial_update": "Object deels bijgewerkt",
    "destroy": "Object verwijderd",
}


@dataclass(frozen=True)
class Channel:
    """Where changes of a resource are announced: the kanaal `name` of the component `bron` (zrc), under the
    hoofdobject `main` (the name of a resource), with `kenmerken`: SQL about the row `{t}` of the hoofdobject."""

    name: str
    bron: str
    main: str
    kenmerken: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.bron, self.name))


@cache
def _sql(channel: Channel, resource: Resource, gone: bool) -> str:
    main = registry[channel.main]
    kenmerken = ", ".join(f"'{name}', {sql.format(t='m')}" for name, sql in channel.kenmerken.items())
    nieuw = (
        "null"
        if gone
        else f"(select to_jsonb(r) from {resource.table} t cross join lateral ({object_sql(resource, 't', True)}) as r"
        " where t.id = %(key)s)"
    )
    return f"""with r as (insert into loket_api_auditregel (id, bron, hoofdobject, hoofdobject_url, resource,
resource_url, weergave, actie, resultaat, applicatie, applicatie_weergave, gebruiker, gebruiker_weergave, toelichting,
aanmaakdatum, oud, nieuw) values (%(id)s, '{channel.bron}', %(main)s, {path_of(main, "%(main)s::uuid")},
'{resource.name}', coalesce(%(path)s, {path_of(resource, "%(key)s::uuid")}), %(weergave)s, %(actie)s, %(resultaat)s,
%(applicatie)s, %(label)s, %(gebruiker)s, %(naam)s, %(toelichting)s, %(nu)s, %(oud)s, {nieuw})
returning hoofdobject_url, resource_url)
select hoofdobject_url, resource_url, (select json_build_object({kenmerken}) from {main.table} m
    where m.id = %(main)s) as kenmerken from r"""


def changed(
    actor: Actor,
    channel: Channel,
    resource: Resource,
    main: UUID,
    key: UUID,
    actie: str,
    *,
    organisatie: UUID,
    oud: Any = None,
    path: str | None = None,
    resultaat: int = 200,
    toelichting: str = "",
) -> None:
    """Write that an object was made, changed or (before the row goes) is about to be removed; in the transaction of
    that. `main` is the key of its hoofdobject; `oud` is the object as it was, read from JSON; `path` is given when the
    row is already gone."""
    programma = actor.kind == "applicatie"
    found = row(
        _sql(channel, resource, actie == "destroy"),
        {
            "id": uuid7(),
            "main": main,
            "key": key,
            "path": path,
            "weergave": WEERGAVE[actie],
            "actie": actie,
            "resultaat": resultaat,
            "applicatie": actor.id if programma else None,
            "label": actor.naam if programma else "Loket",
            "gebruiker": actor.namens_id if programma else str(actor.id or ""),
            "naam": actor.namens if programma else actor.naam,
            "toelichting": toelichting or actor.toelichting,
            "nu": now(),
            "oud": None if oud is None else Jsonb(oud),
            "origin": settings.LOKET_URL,
            "dag": today(),
        },
    )
    assert found is not None
    publish(
        ObjectGewijzigd(
            subject=main,
            organisatie=organisatie,
            kanaal=channel.name,
            resource=resource.name,
            actie=actie,
            hoofdobject=found["hoofdobject_url"],
            object=found["resource_url"],
            kenmerken={name: value or "" for name, value in (found["kenmerken"] or {}).items()},
        )
    )
