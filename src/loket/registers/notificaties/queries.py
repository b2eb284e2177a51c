"""What can be asked about kanalen, abonnementen and their deliveries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sealing import Unreadable, unseal
from loket.foundation.database.sql import row, rows
from loket.foundation.errors import NotFound

AUTH, GEHEIM = "notificaties-auth", "notificaties-geheim"
"""What the values of an abonnement are sealed for."""


def kenmerken(organisatie: UUID | None) -> dict[str, list[str]]:
    """The kanalen that an organisation has, those of the standard included, with the kenmerken of each."""
    return {
        each["naam"]: each["filters"]
        for each in rows(
            "select naam, filters from notificaties_kanaal where organisatie_id is null or organisatie_id = %s",
            (organisatie,),
        )
    }


def haal_abonnement(actor: Actor, id: UUID, *, vergrendel: bool = False) -> dict[str, Any]:
    """The row of an abonnement of the actor's organisation (of any, for the installation itself). Raises NotFound."""
    found = row(
        "select * from notificaties_abonnement where id = %(id)s"
        " and (%(organisatie)s::uuid is null or organisatie_id = %(organisatie)s)"
        + (" for update" if vergrendel else ""),
        {"id": id, "organisatie": actor.organisatie},
    )
    if found is None:
        raise NotFound("No such abonnement.")
    return found


def open_auth(id: UUID, bewaard: bytes) -> str:
    """What the subscriber wants in the header Authorization; '' when it can no longer be read."""
    try:
        return unseal(AUTH, str(id), bytes(bewaard))
    except Unreadable:
        return ""


def open_geheim(id: UUID, bewaard: bytes) -> str:
    """With which we sign what this abonnement gets; '' when it can no longer be read."""
    try:
        return unseal(GEHEIM, str(id), bytes(bewaard))
    except Unreadable:
        return ""


@dataclass(frozen=True)
class Stand:
    """How it goes with an abonnement. `hapert`: what waits for another attempt; `fout`: why the last one failed."""

    id: UUID
    adres: str
    kanalen: list[str]
    afgeleverd: int
    laatst_afgeleverd: datetime | None
    wacht: int
    hapert: int
    dood: int
    fout: str
    pauze_tot: datetime | None

    @property
    def ontvanger(self) -> str:
        """The address without what may be a key in it."""
        delen = urlsplit(self.adres)
        return f"{delen.scheme}://{delen.hostname}{f':{delen.port}' if delen.port else ''}{delen.path}"


_STANDEN = """
select a.id, a.callback_url as adres, a.afgeleverd, a.laatst_afgeleverd, a.pauze_tot,
    array(select distinct k ->> 'naam' from jsonb_array_elements(a.kanalen) as k order by 1) as kanalen,
    (select count(*) from notificaties_aflevering f where f.abonnement_id = a.id and f.stand = 'wacht') as wacht,
    (select count(*) from notificaties_aflevering f
        where f.abonnement_id = a.id and f.stand = 'wacht' and f.pogingen > 0) as hapert,
    (select count(*) from notificaties_aflevering f where f.abonnement_id = a.id and f.stand = 'dood') as dood,
    coalesce((select f.fout from notificaties_aflevering f where f.abonnement_id = a.id and f.pogingen > 0
        and f.stand = 'wacht' order by f.volg desc limit 1),
        (select f.fout from notificaties_aflevering f where f.abonnement_id = a.id and f.stand = 'dood'
        order by f.volg desc limit 1), '') as fout
from notificaties_abonnement a
where %(organisatie)s::uuid is null or a.organisatie_id = %(organisatie)s
order by dood desc, a.callback_url, a.id"""


def standen(organisatie: UUID | None) -> list[Stand]:
    """How it goes with every abonnement of an organisation (None: of all)."""
    return [Stand(**each) for each in rows(_STANDEN, {"organisatie": organisatie})]
