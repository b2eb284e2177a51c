"""What can be asked about mail that came in."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import row, rows, value
from loket.foundation.errors import Forbidden, NotFound
from loket.foundation.inbox.models import Postvak
from loket.foundation.inbox.rules import POSTVAKKEN, readable, split_extension, verdeel
from loket.foundation.time.clock import now

_POSTVAKKEN = """
select p.id, p.organisatie_id as organisatie, p.adres, p.naam, p.team_id as team from loket_inbox_postvak p
where p.actief and p.adres = any(%(adressen)s)"""


def postvakken(adressen: Sequence[str]) -> list[dict[str, Any]]:
    """The mailboxes that these addresses are of, with an extension too; `aan` says which of them are of each."""
    adressen = [readable(adres) for adres in adressen]
    gezocht = {split_extension(adres)[0] for adres in adressen} | {adres.strip().lower() for adres in adressen}
    gevonden = {each["adres"]: each for each in rows(_POSTVAKKEN, {"adressen": sorted(gezocht)})}
    return [gevonden[adres] | {"aan": aan} for adres, aan in verdeel(adressen, gevonden).items()]


def post(id: UUID) -> dict[str, Any] | None:
    """One mail that came in, with its mailbox, or None."""
    return row(
        "select p.*, v.adres, v.naam as postvak_naam, v.team_id as postvak_team from loket_inbox_post p"
        " join loket_inbox_postvak v on v.id = p.postvak_id where p.id = %s",
        (id,),
    )


def in_use(keys: Collection[str]) -> set[str]:
    """Which of these files are the bytes of a mail."""
    found = rows("select distinct sha256 from loket_inbox_post where sha256 = any(%s)", (list(keys),))
    return {each["sha256"] for each in found}


def unread(longer_than: timedelta = timedelta(0)) -> int:
    """How many mails wait to be read, and did so for this long."""
    return int(
        value(
            "select count(*) from loket_inbox_post where stand = 'nieuw' and ontvangen_op <= %s", (now() - longer_than,)
        )
    )


# -- for the administration -------------------------------------------------------------------------------------------

_OVERZICHT = """
select p.id, p.adres, p.naam, p.actief, t.naam as team, i.postvak_id is not null as imap, i.host, i.map,
    i.gekeken_op, i.gelukt_op, i.oorzaak, i.wachtend, i.opgehaald, jsonb_array_length(i.overgeslagen) as overgeslagen
from loket_inbox_postvak p join loket_identity_team t on t.id = p.team_id
left join loket_inbox_imap i on i.postvak_id = p.id
where p.organisatie_id = %s order by not p.actief, p.adres"""


def _eigen(actor: Actor) -> UUID:
    actor.require(POSTVAKKEN)
    if actor.organisatie is None:
        raise Forbidden("Whoever administers, does so for one organisation.")
    return actor.organisatie


def overzicht(actor: Actor) -> list[dict[str, Any]]:
    """The mailboxes of the own organisation and how each stands: id, adres, naam, actief, team, imap, host, map,
    gekeken_op, gelukt_op, oorzaak, wachtend, opgehaald, overgeslagen. Raises Forbidden."""
    return rows(_OVERZICHT, (_eigen(actor),))


def postvak(actor: Actor, id: UUID) -> Postvak:
    """One mailbox of the own organisation, with its `imap` where it has one. Raises Forbidden, NotFound."""
    found = Postvak.objects.select_related("team", "imap").filter(pk=id, organisatie=_eigen(actor)).first()
    if found is None:
        raise NotFound("There is no such mailbox.")
    return found


def teams(actor: Actor) -> list[dict[str, Any]]:
    """The teams that may own a mailbox: id, naam. Raises Forbidden."""
    return rows("select id, naam from loket_identity_team where organisatie_id = %s order by naam", (_eigen(actor),))


def stil(actor: Actor) -> int:
    """How many mailboxes of the own organisation cannot be read now. Raises Forbidden."""
    return int(
        value(
            "select count(*) from loket_inbox_imap i join loket_inbox_postvak p on p.id = i.postvak_id"
            " where p.organisatie_id = %s and p.actief and i.oorzaak <> ''",
            (_eigen(actor),),
        )
    )
