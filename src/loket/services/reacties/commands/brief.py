"""An answer on paper: the letter as PDF, kept in the zaak and shown to the resident."""

from uuid import UUID

from django.utils.translation import gettext_noop

from loket.foundation.access.actor import Actor
from loket.foundation.audit.activities import register
from loket.foundation.audit.use import Use
from loket.foundation.identity.models import Gebruiker, Organisatie
from loket.foundation.mail.letters import letter_pdf
from loket.foundation.storage.files import store
from loket.foundation.time.clock import today
from loket.registers.documenten.commands import leg_vast
from loket.registers.klanten.queries import betrokkenen
from loket.registers.zaken.commands import koppel_document
from loket.registers.zaken.models import Zaak
from loket.services.reacties.catalogus import BRIEF

SCHRIJVEN = register(
    "reacties.brief",
    naam=gettext_noop("Schrijven van een brief"),
    doel=gettext_noop("Een bewoner op papier antwoord geven"),
    grondslag=gettext_noop("Algemene taak van de overheid (artikel 6 lid 1 onder e AVG)"),
).code


def maak_brief(actor: Actor, zaak: Zaak, tekst: str, *, idempotency_key: str) -> UUID:
    """Make the letter with this answer and keep it in the zaak, for the resident to see; gives the document. Printing
    and posting it is done by hand. Again with the same key: the same letter. Part of `beantwoord`."""
    organisatie = Organisatie.objects.get(id=zaak.organisatie_id)
    personen = betrokkenen(Use(actor, SCHRIJVEN, zaak.id), zaak.id)
    naam = next((persoon.naam for persoon in personen if persoon.rol == "initiator"), "")
    wie = Gebruiker.objects.filter(id=actor.id).values_list("functietitel", flat=True).first() if actor.id else ""
    pdf = letter_pdf(
        organisatie,
        [naam] if naam else None,
        zaak.omschrijving,
        zaak.identificatie,
        today(),
        tekst,
        "\n".join(filter(None, (actor.naam, wie))),
    )
    document = leg_vast(
        actor,
        organisatie=organisatie,
        bestand=store(pdf),
        titel=zaak.omschrijving[:200],
        bestandsnaam=f"brief-{zaak.identificatie}-{today():%Y-%m-%d}.pdf",
        formaat="application/pdf",
        informatieobjecttype=BRIEF,
        auteur=actor.naam,
        tonen_aan_initiator=True,
        idempotency_key=f"brief:{idempotency_key}",
    )
    koppel_document(actor, zaak, document.id)
    return document.id
