"""What employees may see of mail: what waits for a person of their own teams, and what became a message in a zaak that
they may read."""

from typing import Any
from uuid import UUID

from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.access.shield import hidden
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import row, rows, value
from loket.foundation.errors import NotFound
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.inbox.queries import post
from loket.registers.zaken.queries import zichtbaar
from loket.registers.zaken.rules import LEZEN

PLAATSEN = "reacties.post"

_WACHT = """
from loket_inbox_post p join loket_inbox_postvak v on v.id = p.postvak_id
where p.stand = 'quarantaine' and p.organisatie_id = %(organisatie)s and p.team_id = any(%(teams)s)
    and coalesce(p.detail ->> 'zaak', '') <> all(%(niet)s)"""


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
        or {gevonden["detail"].get("zaak"), str(gevonden.get("betreft"))} & set(_niet(actor))
    ):
        raise NotFound("There is no such mail for this employee.")
    Use(actor, PLAATSEN).log([_pseudoniem(gevonden)])
    return gevonden


def zaak_voor(actor: Actor, zaak: str) -> dict[str, Any] | None:
    """The zaak that a mail seems to be about, if the actor may read it: its number, its subject, whether it is open."""
    waar, params = zichtbaar(actor, LEZEN)
    return row(
        f"select z.identificatie as nummer, z.omschrijving as onderwerp, z.einddatum is null as open"
        f" from zaken_zaak z where z.id = %(zaak)s and {waar}",
        {"zaak": UUID(zaak), **params},
    )


def post_bij(actor: Actor, bericht: UUID) -> dict[str, Any]:
    """The mail that this message in a zaak came in, with the number of that zaak, for who may read the zaak: also when
    the message was shared with another organisation. Its use is logged. Raises NotFound."""
    waar, params = zichtbaar(actor, LEZEN)
    gevonden = row(
        "select p.*, v.adres, v.naam as postvak_naam, v.team_id as postvak_team, z.id as zaak,"
        " z.identificatie as nummer, k.metadata ->> 'van' as van from klanten_klantcontact k"
        " join klanten_onderwerpobject ob on ob.klantcontact_id = k.id join zaken_zaak z on z.id = ob.zaak_id"
        " join loket_inbox_post p on p.id = (k.metadata ->> 'post')::uuid"
        " join loket_inbox_postvak v on v.id = p.postvak_id"
        f" where k.id = %(bericht)s and {waar} order by ob.id limit 1",
        {"bericht": bericht, **params},
    )
    if gevonden is None:
        raise NotFound("There is no such message for this employee.")
    Use(actor, PLAATSEN, gevonden["zaak"]).log([pseudonym("email", (gevonden["van"] or "onbekend").lower())])
    return gevonden


def _wie(actor: Actor) -> dict[str, Any]:
    return {"organisatie": actor.organisatie, "teams": list(actor.teams), "niet": _niet(actor)}


def _niet(actor: Actor) -> list[str]:
    """The zaken that are about the actor: mail about those is not for him or her."""
    return [str(zaak) for zaak in hidden(actor)]


def _pseudoniem(post: dict[str, Any]) -> str:
    return pseudonym("email", (post["detail"].get("van") or "onbekend").lower())
