"""What a resident can change in Mijn Loket."""

from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.errors import NotFound
from loket.foundation.identity.models import Organisatie
from loket.registers.klanten.commands import registreer_partij, wijzig_partij
from loket.services.mijn.queries import wie

WHY = "Gewijzigd in Mijn Loket"


def wijzig_bereik(actor: Actor, *, email: str = "", telefoon: str = "", voorkeurskanaal: str = "") -> None:
    """Change how somebody may be reached, in the file of every organisation that knows him or her: one government. Who
    is not known anywhere is registered at the main organisation. What is left empty stays. Raises Forbidden for anybody
    but a resident, Refused, and NotFound when there is no organisation yet."""
    with transaction.atomic():
        known = wie(actor).bij
        for partij in known:
            wijzig_partij(actor, partij.id, email=email, telefoon=telefoon, voorkeurskanaal=voorkeurskanaal, waarom=WHY)
        if not known and (email or telefoon or voorkeurskanaal):
            hoofd = Organisatie.objects.filter(hoofd=True).first()
            if hoofd is None:
                raise NotFound("There is no main organisation.")
            registreer_partij(
                actor,
                organisatie=hoofd,
                pseudoniem=actor.pseudoniem,
                email=email,
                telefoon=telefoon,
                voorkeurskanaal=voorkeurskanaal,
            )
