"""What an administrator can do with mail that does not go out."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.access.errors import NotFound
from loket.foundation.audit.trail import record
from loket.foundation.errors import Refused
from loket.foundation.mail.models import Bericht
from loket.foundation.mail.outbox import wake
from loket.foundation.mail.rules import BEHEER
from loket.foundation.time.clock import now


def verstuur_opnieuw(actor: Actor, bericht: UUID, waarom: str = "") -> None:
    """Try a mail that failed, waits or was stopped again now, with five days before it is given up. Raises Forbidden,
    NotFound, Refused (`onderweg`)."""
    with transaction.atomic():
        found = _take(actor, bericht, ("mislukt", "wacht", "ingetrokken"))
        Bericht.objects.filter(pk=found.pk).update(
            state="wacht", oorzaak="", last_error="", attempts=0, queued_at=now(), next_attempt_at=now()
        )
        record(actor, "mail.opnieuw", "bericht", found.pk, organisatie=found.organisatie_id, waarom=waarom)
        transaction.on_commit(wake, robust=True)


def houd_tegen(actor: Actor, bericht: UUID, waarom: str = "") -> None:
    """Do not send a mail that waits or failed. Raises Forbidden, NotFound, Refused (`onderweg`)."""
    with transaction.atomic():
        found = _take(actor, bericht, ("mislukt", "wacht"))
        Bericht.objects.filter(pk=found.pk).update(state="ingetrokken")
        record(actor, "mail.tegengehouden", "bericht", found.pk, organisatie=found.organisatie_id, waarom=waarom)


def _take(actor: Actor, bericht: UUID, states: tuple[str, ...]) -> Bericht:
    actor.require(BEHEER)
    found = Bericht.objects.select_for_update().filter(pk=bericht).first()
    if found is None or found.organisatie_id not in (None, actor.organisatie):
        raise NotFound("There is no such mail.")
    if found.state not in states:
        raise Refused("onderweg", _("Deze e-mail is al verstuurd, of wordt nu verstuurd. Wij hebben niets veranderd."))
    return found
