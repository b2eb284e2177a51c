"""What can be asked about mail that came in."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from loket.foundation.database.sql import row, rows, value
from loket.foundation.inbox.rules import readable, split_extension, verdeel
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
