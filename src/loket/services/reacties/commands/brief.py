"""An answer on paper: the letter as PDF, kept in the zaak and shown to the resident."""

from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext_noop

from loket.foundation.access.actor import Actor
from loket.foundation.audit.activities import register
from loket.foundation.audit.use import Use
from loket.foundation.identity.models import Gebruiker, Organisatie
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


def maak_brief(
    actor: Actor,
    zaak: Zaak,
    tekst: str,
    *,
    idempotency_key: str,
    titel: str = "",
    aan: str | None = None,
    tonen: bool = True,
) -> UUID:
    """Make the letter with this answer and keep it in the zaak; gives the document. It is for the resident, who may see
    it unless `tonen` is false, or for `aan` ('' for nobody: a report). `titel`: what it is called, else as the zaak.
    Printing and posting it is done by hand. Again with the same key: the same letter. Part of other commands."""
    from loket.foundation.mail.letters import letter_pdf  # what sets letters is slow to load

    organisatie = Organisatie.objects.get(id=zaak.organisatie_id)
    personen = betrokkenen(Use(actor, SCHRIJVEN, zaak.id), zaak.id)
    naam = next((persoon.naam for persoon in personen if persoon.rol == "initiator"), "") if aan is None else aan
    wie = Gebruiker.objects.filter(id=actor.id).values_list("functietitel", flat=True).first() if actor.id else ""
    pdf = letter_pdf(
        organisatie,
        [naam] if naam else None,
        titel or zaak.omschrijving,
        zaak.identificatie,
        today(),
        tekst,
        "\n".join(filter(None, (actor.naam, wie))),
    )
    document = leg_vast(
        actor,
        organisatie=organisatie,
        bestand=store(pdf),
        titel=(titel or zaak.omschrijving)[:200],
        bestandsnaam=f"{slugify(titel) or 'brief'}-{zaak.identificatie}-{today():%Y-%m-%d}.pdf",
        formaat="application/pdf",
        informatieobjecttype=BRIEF,
        auteur=actor.naam,
        tonen_aan_initiator=tonen,
        idempotency_key=f"brief:{idempotency_key}",
    )
    koppel_document(actor, zaak, document.id)
    return document.id
