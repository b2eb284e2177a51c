"""Setting the room up for an organisation."""

from loket.foundation.access.actor import Actor
from loket.foundation.identity.models import Organisatie
from loket.registers.catalogi.commands import laad_catalogus
from loket.registers.catalogi.models import Catalogus
from loket.services.reacties.catalogus import definitie


def laad_reactietypen(actor: Actor, organisatie: Organisatie) -> Catalogus:
    """Give `organisatie` the zaaktypen vraag, melding, klacht and compliment. Doing it again changes nothing.

    Needs the right `catalogus.beheren`.
    """
    return laad_catalogus(actor, organisatie, definitie())
