"""What a person does with mail that could not be placed by itself: a new reactie, a message in one, or nothing."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import execute
from loket.foundation.errors import NotFound, Refused
from loket.foundation.inbox import commands as inbox
from loket.registers.klanten.rules import waarom_in_woorden
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.queries import haal_zaak
from loket.registers.zaken.rules import BIJWERKEN, MAKEN
from loket.services.reacties.commands.bericht import voeg_bericht_van_buiten_toe
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.inzending import Inzending
from loket.services.reacties.post_in import herkomst, plaats
from loket.services.reacties.post_lezen import bestanden, lees_mail, tekst_van
from loket.services.reacties.queries import post as queries
from loket.services.reacties.queries.ontvangst import Ontvangst


def maak_reactie_van(actor: Actor, post: UUID, soort: str, *, van_schrijver: bool = False) -> Ontvangst:
    """Make a new reactie of a mail; its sender hears so, or, with `van_schrijver`, who wrote what the sender passed on.
    Needs `zaak.maken`. Raises Forbidden, NotFound, Refused (`al-gedaan`, or what does not fit a reactie)."""
    actor.require(MAKEN)
    with transaction.atomic():
        gegevens = _neem(actor, post)
        lezing = lees_mail(gegevens)
        naam, email = lezing.naam or lezing.afzender, lezing.email
        if van_schrijver and lezing.schrijver:
            naam, email = lezing.schrijver_naam or lezing.schrijver, lezing.schrijver
        binnen = ontvang_reactie(
            actor,
            gegevens["organisatie_id"],
            Inzending(
                soort=soort,
                tekst=tekst_van(lezing, onderwerp=True),
                fotos=tuple(bestanden(lezing)),
                naam=naam,
                email=email,
                kanaal="email",
            ),
            idempotency_key=f"post:{post}",
        )
        plaats(actor, gegevens, lezing, binnen.zaak)
    return binnen


def voeg_toe_aan(actor: Actor, post: UUID, nummer: str) -> UUID:
    """The mail belongs to this reactie: it becomes a message in it, and the next mail of its sender in this thread does
    so by itself. Its sender learns nothing by it. Needs `zaak.bijwerken` on that zaak. Gives the message. Raises
    Forbidden, NotFound, Refused (`al-gedaan`, `onbekend`, `zaak-closed`)."""
    with transaction.atomic():
        gegevens = _neem(actor, post)
        try:
            zaak = zaken.voor(actor, BIJWERKEN, haal_zaak(actor, nummer.strip().upper()))
        except NotFound:
            raise Refused("onbekend", _("Dit nummer is er niet. Kijk het na."), "nummer") from None
        lezing = lees_mail(gegevens)
        contact = voeg_bericht_van_buiten_toe(
            actor,
            zaak,
            tekst_van(lezing, onderwerp=False) or lezing.brief.kop.onderwerp.strip() or _("(E-mail zonder tekst)"),
            bestanden(lezing),
            idempotency_key=f"post:{post}",
            naam=lezing.naam,
            adres=lezing.afzender,
            metadata=herkomst(gegevens, lezing),
        )
        plaats(actor, gegevens, lezing, contact.id)
    return contact.id


def leg_weg(actor: Actor, post: UUID, waarom: str) -> None:
    """There is nothing to do with this mail, for this reason; the mail is kept. Needs `zaak.bijwerken`. Raises
    Forbidden, NotFound, Refused (`required`, `al-gedaan`)."""
    actor.require(BIJWERKEN)
    waarom_in_woorden(waarom)
    with transaction.atomic():
        _neem(actor, post)
        inbox.leg_af(actor, post, "weggelegd", detail={"waarom": waarom.strip(), "door": actor.naam})


def _neem(actor: Actor, post: UUID) -> dict[str, Any]:
    """The mail, held, of a team of the actor, and still to be done. Raises NotFound, Refused (`al-gedaan`)."""
    execute("select 1 from loket_inbox_post where id = %s for update", (post,))
    gevonden = queries.post_voor(actor, post)
    if gevonden["stand"] != "quarantaine":
        raise Refused("al-gedaan", _("Een collega heeft deze e-mail al behandeld."))
    return gevonden
