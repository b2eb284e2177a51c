"""Photos of residents become documents of the zaak."""

from collections.abc import Sequence

from loket.foundation.access.actor import Actor
from loket.foundation.identity.models import Organisatie
from loket.foundation.storage.files import Stored
from loket.foundation.time.clock import today
from loket.registers.documenten.commands import leg_vast
from loket.registers.klanten.models import Bijlage, Klantcontact
from loket.registers.zaken.commands import koppel_document
from loket.registers.zaken.models import Zaak
from loket.services.reacties.catalogus import BIJLAGE, FOTO
from loket.services.reacties.inzending import Foto


def bewaar_fotos(actor: Actor, zaak: Zaak, contact: Klantcontact, fotos: Sequence[Foto]) -> None:
    """Record the files of a message: each a document in the zaak and an attachment of the klantcontact, whose metadata
    remembers the small pictures. Part of other commands, in their transaction."""
    organisatie = Organisatie.objects.get(id=zaak.organisatie_id)
    wie = actor if actor.kind in ("medewerker", "systeem") else Actor.link(zaak.id)
    klein = {}
    for volgorde, foto in enumerate(fotos):
        document = leg_vast(
            wie,
            organisatie=organisatie,
            bestand=Stored(foto.sha256, foto.grootte),
            titel=foto.naam[:200],
            bestandsnaam=foto.naam[:255],
            formaat=foto.formaat,
            informatieobjecttype=FOTO if foto.formaat.startswith("image/") else BIJLAGE,
            auteur="bewoner",
            ontvangstdatum=today(),
            tonen_aan_initiator=True,
        )
        koppel_document(wie, zaak, document.id)
        Bijlage(
            organisatie_id=zaak.organisatie_id,
            klantcontact=contact,
            informatieobject_id=document.id,
            volgorde=volgorde,
        ).save(force_insert=True)
        if foto.klein:
            klein[str(document.id)] = foto.klein
    if klein:
        contact.metadata = {**contact.metadata, "klein": klein}
        contact.save(update_fields=["metadata"])
