"""What can be asked about channels and their messages."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.channels import sealing
from loket.foundation.channels.adapters import Channel
from loket.foundation.channels.models import Bericht, Kanaal
from loket.foundation.channels.rules import BEHEER, masked
from loket.foundation.database.sql import row, rows, value
from loket.foundation.errors import NotFound


def kanaal(id: UUID) -> Kanaal | None:
    """A channel that is in use, or None."""
    return Kanaal.objects.filter(id=id, actief=True).first()


def as_channel(kanaal: Kanaal) -> Channel:
    """The channel as its adapter sees it."""
    return Channel(kanaal.id, kanaal.instellingen, sealing.unseal(kanaal.id, bytes(kanaal.geheim)))


def kanaal_met_sleutel(soort: str, sleutel: str) -> dict[str, Any] | None:
    """The channel of this kind that is in use and has this key: id, organisatie_id, naam, team_id, instellingen."""
    return row(
        "select id, organisatie_id, naam, team_id, instellingen from loket_channels_kanaal"
        " where sleutel_hash = %s and soort = %s and actief",
        (sealing.recognised(sleutel), soort),
    )


def bericht(id: UUID) -> dict[str, Any] | None:
    """One message with its channel (`kanaal_naam`, `soort`, `team_id`), or None."""
    return row(
        "select b.*, k.naam as kanaal_naam, k.soort, k.team_id from loket_channels_bericht b"
        " join loket_channels_kanaal k on k.id = b.kanaal_id where b.id = %s",
        (id,),
    )


def gesprekken(betreft: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """For each of these things that somebody wrote about: the channel and the address to answer at, the last used."""
    found = rows(
        "select distinct on (b.betreft) b.betreft, b.kanaal_id, b.tegenpartij, b.organisatie_id, k.soort,"
        " k.naam as kanaal_naam from loket_channels_bericht b join loket_channels_kanaal k on k.id = b.kanaal_id"
        " where b.betreft = any(%s) and b.richting = 'in' order by b.betreft, b.id desc",
        (list(betreft),),
    )
    return {each["betreft"]: each for each in found}


def eerder(kanaal: UUID, tegenpartij: str, aantal: int = 10) -> list[UUID]:
    """What this person wrote about before by this channel, the last first."""
    found = rows(
        "select betreft, max(id::text) as laatst from loket_channels_bericht"
        " where kanaal_id = %s and tegenpartij = %s and richting = 'in' and betreft is not null"
        " group by betreft order by laatst desc limit %s",
        (kanaal, tegenpartij, aantal),
    )
    return [each["betreft"] for each in found]


def in_use(keys: Collection[str]) -> set[str]:
    """Which of these files a message still needs."""
    found = rows(
        "select distinct m ->> 'sha256' as sha256 from loket_channels_bericht b, jsonb_array_elements(b.media) m"
        " where b.media <> '[]' and m ->> 'sha256' = any(%s)",
        (list(keys),),
    )
    return {each["sha256"] for each in found}


# -- for administrators -----------------------------------------------------------------------------------------------


def kanalen(actor: Actor) -> list[dict[str, Any]]:
    """The channels of the own organisation with their team, when something last came in, and how many failed. Raises
    Forbidden."""
    actor.require(BEHEER)
    return rows(
        "select k.id, k.soort, k.naam, k.actief, t.naam as team,"
        " (select b.op from loket_channels_bericht b where b.kanaal_id = k.id and b.richting = 'in'"
        "  order by b.id desc limit 1) as laatst,"
        " (select count(*) from loket_channels_bericht b where b.organisatie_id = k.organisatie_id"
        "  and b.kanaal_id = k.id and b.stand = 'mislukt') as mislukt,"
        " (select count(*) from loket_channels_bericht b where b.kanaal_id = k.id and b.stand = 'wacht') as wacht"
        " from loket_channels_kanaal k join loket_identity_team t on t.id = k.team_id"
        " where k.organisatie_id = %s order by k.naam",
        (actor.organisatie,),
    )


def eigen_kanaal(actor: Actor, id: UUID) -> Kanaal:
    """One channel of the own organisation. Raises Forbidden, NotFound."""
    actor.require(BEHEER)
    found = Kanaal.objects.filter(id=id, organisatie=actor.organisatie).first()
    if found is None:
        raise NotFound("There is no such channel.")
    return found


def teams(actor: Actor) -> list[dict[str, Any]]:
    """The teams of the own organisation: id, naam. Raises Forbidden."""
    actor.require(BEHEER)
    return rows(
        "select id, naam from loket_identity_team where organisatie_id = %s order by naam", (actor.organisatie,)
    )


def steken(actor: Actor, kanaal: UUID, aantal: int = 50) -> list[dict[str, Any]]:
    """The messages of a channel that failed or wait for another attempt, the newest first; without words or address.
    Raises Forbidden."""
    actor.require(BEHEER)
    found = rows(
        "select id, richting, tegenpartij, stand, reden, pogingen, op, volgende_poging from loket_channels_bericht"
        " where organisatie_id = %s and kanaal_id = %s and (stand = 'mislukt'"
        "  or stand in ('wacht', 'ophalen') and pogingen > 0) order by id desc limit %s",
        (actor.organisatie, kanaal, aantal),
    )
    return [
        {**each, "wie": masked(each["tegenpartij"]), "woord": str(Bericht.Stand(each["stand"]).label)} for each in found
    ]


def aantal_mislukt(actor: Actor) -> int:
    """How many messages of the own organisation failed."""
    return int(
        value(
            "select count(*) from loket_channels_bericht where organisatie_id = %s and stand = 'mislukt'",
            (actor.organisatie,),
        )
    )
