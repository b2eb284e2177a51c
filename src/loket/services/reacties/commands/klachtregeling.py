"""What an organisation settles about complaints, by an administrator."""

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.beheer.rules import ORGANISATIE
from loket.foundation.errors import Forbidden, Refused
from loket.services.reacties.models import Klachtregeling


def regel_klachten(actor: Actor, *, ombudsman: str, ombudsman_bereik: str = "", commissie: str = "") -> Klachtregeling:
    """Settle which ombudsman the endings of complaints name (Awb 9:12) and which person or committee advises (9:14; ''
    for none), for the actor's organisation. Refused without an ombudsman (`required`); raises Forbidden."""
    actor.require(ORGANISATIE)
    if actor.organisatie is None:
        raise Forbidden("Whoever settles this, does so for one organisation.")
    if not ombudsman.strip():
        raise Refused("required", _("Vul in welke ombudsman uw klachten onderzoekt."), "ombudsman")
    velden = {
        "ombudsman": ombudsman.strip(),
        "ombudsman_bereik": ombudsman_bereik.strip(),
        "commissie": commissie.strip(),
    }
    with transaction.atomic():
        regeling, _nieuw = Klachtregeling.objects.update_or_create(organisatie_id=actor.organisatie, defaults=velden)
        record(
            actor,
            "organisatie.klachten_geregeld",
            "organisatie",
            actor.organisatie,
            organisatie=actor.organisatie,
            detail=velden,
        )
    return regeling
