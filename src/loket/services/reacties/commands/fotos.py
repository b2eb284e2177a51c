"""Photos of residents become documents of the zaak."""

from collections.abc import Sequence
from uuid import UUID

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


def leg_fotos_vast(actor: Actor, zaak: Zaak, fotos: Sequence[Foto]) -> tuple[list[UUID], dict[str, str]]:
    """Record the files of a message, each as a document in the zaak; gives the documents, and for each its small
    picture in the storage. Part of other commands, in their transaction."""
    organisatie = Organisatie.objects.get(id=zaak.organisatie_id)
    wie = actor if actor.kind in ("medewerker", "systeem") else Actor.link(zaak.id)
    documenten, klein = [], {}
    for foto in fotos:
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
        documenten.append(document.id)
        if foto.klein:
            klein[str(document.id)] = foto.klein
    return documenten, klein


def hang_fotos_aan(actor: Actor, zaak: Zaak, contact: Klantcontact, fotos: Sequence[Foto]) -> None:
    """Record the files, and make them the attachments of a contact that was just written."""
    documenten, klein = leg_fotos_vast(actor, zaak, fotos)
    for volgorde, document in enumerate(documenten):
        Bijlage(
            organisatie_id=zaak.organisatie_id,
            klantcontact_id=contact.id,
            informatieobject_id=document,
            volgorde=volgorde,
        ).save(force_insert=True)
    if klein:
        Klantcontact.objects.filter(id=contact.id).update(metadata={**contact.metadata, "klein": klein})
