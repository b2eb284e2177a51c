"""What employees may see of mail that waits for a person: that of their own teams."""

from typing import Any
from uuid import UUID

from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.access.errors import NotFound
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import row, rows, value
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.inbox.queries import post

PLAATSEN = "reacties.post"

_WACHT = """
from loket_inbox_post p join loket_inbox_postvak v on v.id = p.postvak_id
where p.stand = 'quarantaine' and p.organisatie_id = %(organisatie)s and p.team_id = any(%(teams)s)"""


def wachtend(actor: Actor, aantal: int = 100) -> list[dict[str, Any]]:
    """Mail that waits for a team of the actor, what must be done first on top; a line in the data-use log for each
    sender."""
    with transaction.atomic():
        gevonden = rows(
            f"select p.id, p.reden, p.detail, p.uiterlijk, p.ontvangen_op, p.grootte, v.adres, v.naam {_WACHT}"
            " order by p.uiterlijk, p.id limit %(aantal)s",
            _wie(actor) | {"aantal": aantal},
        )
        Use(actor, PLAATSEN).log({_pseudoniem(each) for each in gevonden})
    return gevonden


def aantal_wachtend(actor: Actor) -> int:
    """How many mails wait for the actor's teams."""
    return int(value(f"select count(*) {_WACHT}", _wie(actor)))


def post_voor(actor: Actor, id: UUID) -> dict[str, Any]:
    """One mail of a team of the actor, whatever became of it; its use is logged. Raises NotFound."""
    gevonden = post(id)
    if (
        gevonden is None
        or gevonden["organisatie_id"] != actor.organisatie
        or not ({gevonden["team_id"], gevonden["postvak_team"]} & actor.teams)
    ):
        raise NotFound("There is no such mail for this employee.")
    Use(actor, PLAATSEN).log([_pseudoniem(gevonden)])
    return gevonden


def nummer_van(zaak: str) -> str:
    """The number of the zaak that a mail seems to be about, or ''."""
    gevonden = row("select identificatie from zaken_zaak where id = %s", (UUID(zaak),))
    return gevonden["identificatie"] if gevonden else ""


def _wie(actor: Actor) -> dict[str, Any]:
    return {"organisatie": actor.organisatie, "teams": list(actor.teams)}


def _pseudoniem(post: dict[str, Any]) -> str:
    return pseudonym("email", (post["detail"].get("van") or "onbekend").lower())
