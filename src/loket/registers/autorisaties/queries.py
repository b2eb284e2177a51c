"""What can be asked about applications; each sees those of its own organisation."""

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sealing import Unreadable, unseal
from loket.foundation.database.sql import row, rows
from loket.foundation.errors import NotFound
from loket.foundation.time.clock import now
from loket.registers.autorisaties.models import Applicatie

GEHEIM = "autorisaties-geheim"


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


def id_van(client_id: str) -> UUID:
    """The key of the application that calls under this name, of whatever organisation. Raises NotFound."""
    found = row(
        "select applicatie_id from autorisaties_clientid where client_id = %s and applicatie_id is not null",
        (client_id,),
    )
    if found is None:
        raise NotFound("No such applicatie.")
    id: UUID = found["applicatie_id"]
    return id


@dataclass(frozen=True)
class Beller:
    """An application that says who it is, and the secrets that may have signed that. `stand` is another after every
    change of the application, and of the types when it has broad autorisaties."""

    id: UUID
    organisatie: UUID
    label: str
    alle: bool
    gepubliceerd: bool
    stand: str
    geheimen: list[str]


_TELLING = " || ".join(
    f"(select ':' || count(*) || coalesce(max(t.id::text), '') from {tabel} t"
    " where t.organisatie_id = a.organisatie_id)"
    for tabel in ("catalogi_zaaktype", "catalogi_informatieobjecttype", "catalogi_besluittype")
)
_TYPES = f"""case when exists (select 1 from autorisaties_bredeautorisatie b where b.applicatie_id = a.id)
    then (select ':' || max(b.id::text) from autorisaties_bredeautorisatie b where b.applicatie_id = a.id) || {_TELLING}
    else '' end"""
"""For who has broad autorisaties: another text after every change of them and of the types."""
_BELLER = f"""select a.id, a.organisatie_id, a.label, a.heeft_alle_autorisaties, a.xmin::text || {_TYPES} as stand,
    a.alleen_is_gereed_voor_publicatie,
    g.id as sleutel, g.waarde
from autorisaties_clientid n join autorisaties_applicatie a on a.id = n.applicatie_id
left join autorisaties_geheim g on g.applicatie_id = a.id and (g.geldig_tot is null or g.geldig_tot > %(nu)s)
where n.client_id = %(naam)s order by g.aangemaakt_op desc, g.id"""


@lru_cache(maxsize=1_000)
def autorisaties_van(id: UUID, stand: str) -> list[dict[str, Any]]:
    """The autorisaties of an application, read once for each `stand` of it."""
    found = row("select autorisaties from autorisaties_applicatie where id = %s", (id,))
    return found["autorisaties"] if found else []


_BREED = """select b.component, b.scopes, b.max_va, t.id::text as type from autorisaties_bredeautorisatie b join (
    select 'zrc' as component, id, catalogus_id, identificatie as naam from catalogi_zaaktype
    union all select 'drc', id, catalogus_id, omschrijving from catalogi_informatieobjecttype
    union all select 'brc', id, catalogus_id, omschrijving from catalogi_besluittype) t
on t.component = b.component and t.catalogus_id = b.catalogus_id and b.naam in ('', t.naam)
where b.applicatie_id = %s"""


@lru_cache(maxsize=1_000)
def brede_autorisaties_van(id: UUID, stand: str) -> list[dict[str, Any]]:
    """What the broad autorisaties of an application cover now: a row for each version of each type."""
    return rows(_BREED, (id,))


@lru_cache(maxsize=1_000)
def _geopend(sleutel: str, waarde: bytes) -> str:
    return unseal(GEHEIM, sleutel, waarde)


def beller(client_id: str) -> Beller | None:
    """Who calls under this name, None for nobody: in one statement, so that what is withdrawn holds at once."""
    found = rows(_BELLER, {"naam": client_id, "nu": now()})
    geheimen = []
    for each in found:
        with suppress(Unreadable):
            if each["sleutel"] is not None:
                geheimen.append(_geopend(str(each["sleutel"]), bytes(each["waarde"])))
    if not found:
        return None
    wie = found[0]
    return Beller(
        wie["id"],
        wie["organisatie_id"],
        wie["label"],
        wie["heeft_alle_autorisaties"],
        wie["alleen_is_gereed_voor_publicatie"],
        wie["stand"],
        geheimen,
    )


@dataclass(frozen=True)
class Overzicht:
    """An application without its secrets: `aantal` autorisaties, and of each secret since and until when ('': no end),
    in UTC."""

    label: str
    alle: bool
    aantal: int
    client_ids: list[str]
    geheimen: list[tuple[str, str]]


_OVERZICHT = """select a.label, a.heeft_alle_autorisaties as alle, jsonb_array_length(a.autorisaties) as aantal,
    array(select c.client_id from autorisaties_clientid c where c.applicatie_id = a.id order by 1) as client_ids,
    coalesce((select jsonb_agg(jsonb_build_array(
        to_char(g.aangemaakt_op at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
        coalesce(to_char(g.geldig_tot at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), '')) order by g.aangemaakt_op, g.id)
        from autorisaties_geheim g where g.applicatie_id = a.id), '[]') as geheimen
from autorisaties_applicatie a where (%(id)s::uuid is null or a.id = %(id)s::uuid) order by a.id"""


def overzicht(id: UUID | None = None) -> list[Overzicht]:
    """All applications of this Loket, oldest first, or one of them. For who looks after the installation."""
    return [Overzicht(**each) for each in rows(_OVERZICHT, {"id": id})]
