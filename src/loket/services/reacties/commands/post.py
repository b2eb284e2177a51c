"""What a person does with mail that could not be placed by itself: a new reactie, a message in one, or nothing."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.access.errors import NotFound
from loket.foundation.database.sql import execute
from loket.foundation.errors import Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie
from loket.foundation.inbox import commands as inbox
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.rules import waarom_in_woorden
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.queries import haal_zaak
from loket.registers.zaken.rules import BIJWERKEN, MAKEN, zrc_007_open
from loket.services.reacties.commands.fotos import leg_fotos_vast
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.events import BewonerSchreef
from loket.services.reacties.inzending import Inzending
from loket.services.reacties.post_in import bestanden, lees_mail, noem_niet_bewaard, tekst_van
from loket.services.reacties.queries import post as queries
from loket.services.reacties.queries.ontvangst import Ontvangst


def maak_reactie_van(actor: Actor, post: UUID, soort: str) -> Ontvangst:
    """Make a new reactie of a mail; its sender hears so. Needs `zaak.maken`. Raises Forbidden, NotFound, Refused
    (`al-gedaan`, or what does not fit a reactie)."""
    actor.require(MAKEN)
    with transaction.atomic():
        gegevens = _neem(actor, post)
        lezing = lees_mail(gegevens)
        binnen = ontvang_reactie(
            actor,
            gegevens["organisatie_id"],
            Inzending(
                soort=soort,
                tekst=tekst_van(lezing, onderwerp=True),
                fotos=tuple(bestanden(lezing)),
                naam=lezing.naam or lezing.afzender,
                email=lezing.afzender,
                kanaal="email",
            ),
            idempotency_key=f"post:{post}",
        )
        noem_niet_bewaard(gegevens, binnen.zaak, lezing)
        inbox.verwerkt(actor, post, betreft=binnen.zaak)
    return binnen


def voeg_toe_aan(actor: Actor, post: UUID, nummer: str) -> UUID:
    """The mail belongs to this reactie: it becomes a message in it. Its sender learns nothing by it. Needs
    `zaak.bijwerken` on that zaak. Gives the message. Raises Forbidden, NotFound, Refused (`al-gedaan`, `onbekend`,
    `zaak-closed`)."""
    with transaction.atomic():
        gegevens = _neem(actor, post)
        try:
            zaak = zaken.voor(actor, BIJWERKEN, haal_zaak(actor, nummer.strip().upper()))
        except NotFound:
            raise Refused("onbekend", _("Dit nummer is er niet. Kijk het na."), "nummer") from None
        zrc_007_open(zaak.einddatum)
        lezing = lees_mail(gegevens)
        documenten, klein = leg_fotos_vast(actor, zaak, bestanden(lezing))
        contact = klanten.leg_contact_vast(
            actor,
            organisatie=Organisatie.objects.get(id=zaak.organisatie_id),
            kanaal="email",
            richting="in",
            inhoud=tekst_van(lezing, onderwerp=False) or lezing.brief.kop.onderwerp,
            onderwerp=zaak.omschrijving,
            idempotency_key=f"post:{post}",
            zaken=[zaak],
            contactnaam=lezing.naam,
            adres=lezing.afzender,
            bijlagen=documenten,
            metadata={"post": str(post), "van": lezing.afzender, **({"klein": klein} if klein else {})},
        )
        noem_niet_bewaard(gegevens, zaak.id, lezing)
        publish(BewonerSchreef(subject=zaak.id, organisatie=zaak.organisatie_id, klantcontact=contact.id))
        inbox.verwerkt(actor, post, betreft=contact.id)
    return contact.id


def leg_weg(actor: Actor, post: UUID, waarom: str) -> None:
    """There is nothing to do with this mail, for this reason; the mail is kept. Raises NotFound, Refused (`required`,
    `al-gedaan`)."""
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
