"""What can be asked about applications; each sees those of its own organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sealing import Unreadable, unseal
from loket.foundation.database.sql import row, rows
from loket.foundation.errors import NotFound
from loket.foundation.time.clock import now
from loket.registers.autorisaties import rules
from loket.registers.autorisaties.models import Applicatie

GEHEIM = "autorisaties-geheim"

_APPLICATIE = """select a.id, a.organisatie_id, a.label, a.heeft_alle_autorisaties, a.alleen_is_gereed_voor_publicatie,
    a.autorisaties, array(select c.client_id from autorisaties_clientid c where c.applicatie_id = a.id order by 1)
    as client_ids from autorisaties_applicatie a"""
_EIGEN = "(%(organisatie)s::uuid is null or a.organisatie_id = %(organisatie)s::uuid)"


def haal_applicatie(actor: Actor, id: UUID, *, vergrendel: bool = False) -> Applicatie:
    """The row of an application of the actor's organisation; with `vergrendel` nobody else changes it meanwhile.
    Raises NotFound."""
    eigen = Applicatie.objects.all() if actor.organisatie is None else Applicatie.objects.filter(
        organisatie_id=actor.organisatie
    )  # fmt: skip
    found = (eigen.select_for_update() if vergrendel else eigen).filter(id=id).first()
    if found is None:
        raise NotFound("No such applicatie.")
    return found


def applicatie(actor: Actor, id: UUID) -> dict[str, Any]:
    """One application with its client ids. Raises NotFound."""
    actor.require(rules.LEZEN)
    found = row(f"{_APPLICATIE} where a.id = %(id)s and {_EIGEN}", {"id": id, "organisatie": actor.organisatie})
    if found is None:
        raise NotFound("No such applicatie.")
    return found


def applicatie_van(actor: Actor, client_id: str) -> dict[str, Any]:
    """The application that calls under this name. Raises NotFound."""
    actor.require(rules.LEZEN)
    found = row(
        f"{_APPLICATIE} join autorisaties_clientid n on n.applicatie_id = a.id"
        f" where n.client_id = %(naam)s and {_EIGEN}",
        {"naam": client_id, "organisatie": actor.organisatie},
    )
    if found is None:
        raise NotFound("No such applicatie.")
    return found


def applicaties(
    actor: Actor, client_ids: Sequence[str] | None = None, *, pagina: int = 1, per_pagina: int = 100
) -> tuple[int, list[dict[str, Any]]]:
    """How many applications there are, and those of one page, oldest first; `client_ids`: those with one of these."""
    actor.require(rules.LEZEN)
    waar = f"{_EIGEN} and (%(namen)s::text[] is null or exists (select 1 from autorisaties_clientid c"
    waar += " where c.applicatie_id = a.id and c.client_id = any(%(namen)s::text[])))"
    params = {"organisatie": actor.organisatie, "namen": None if client_ids is None else list(client_ids)}
    aantal = row(f"select count(*)::int as aantal from autorisaties_applicatie a where {waar}", params)
    assert aantal is not None
    return aantal["aantal"], rows(
        f"{_APPLICATIE} where {waar} order by a.id limit %(limiet)s offset %(begin)s",
        {**params, "limiet": per_pagina, "begin": (pagina - 1) * per_pagina},
    )


@dataclass(frozen=True)
class Beller:
    """An application that says who it is, and the secrets that may have signed that."""

    id: UUID
    organisatie: UUID
    label: str
    alle: bool
    autorisaties: list[dict[str, Any]]
    geheimen: list[str]


_BELLER = """select a.id, a.organisatie_id, a.label, a.heeft_alle_autorisaties, a.autorisaties,
    array(select g.id from autorisaties_geheim g where g.applicatie_id = a.id
          and (g.geldig_tot is null or g.geldig_tot > %(nu)s) order by g.aangemaakt_op desc, g.id) as sleutels,
    array(select g.waarde from autorisaties_geheim g where g.applicatie_id = a.id
          and (g.geldig_tot is null or g.geldig_tot > %(nu)s) order by g.aangemaakt_op desc, g.id) as waarden
from autorisaties_clientid n join autorisaties_applicatie a on a.id = n.applicatie_id where n.client_id = %(naam)s"""


def beller(client_id: str) -> Beller | None:
    """Who calls under this name, None for nobody: in one statement, so that what is withdrawn holds at once."""
    found = row(_BELLER, {"naam": client_id, "nu": now()})
    if found is None:
        return None
    geheimen = []
    for sleutel, waarde in zip(found["sleutels"], found["waarden"], strict=True):
        try:
            geheimen.append(unseal(GEHEIM, str(sleutel), bytes(waarde)))
        except Unreadable:
            continue
    return Beller(
        found["id"],
        found["organisatie_id"],
        found["label"],
        found["heeft_alle_autorisaties"],
        found["autorisaties"],
        geheimen,
    )


@dataclass(frozen=True)
class GeheimStaat:
    """A secret without its value: since when, and until when (None: no end)."""

    id: UUID
    aangemaakt_op: datetime
    geldig_tot: datetime | None


def geheimen(actor: Actor, id: UUID) -> list[GeheimStaat]:
    """The secrets that an application has or had. Raises NotFound."""
    haal_applicatie(actor, id)
    return [
        GeheimStaat(**each)
        for each in rows(
            "select id, aangemaakt_op, geldig_tot from autorisaties_geheim where applicatie_id = %s order by 2, 1",
            (id,),
        )
    ]
