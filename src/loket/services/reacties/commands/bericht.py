"""A message in a reactie: from the page of the resident, by mail, or put there by an employee. One way in for all."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import row
from loket.foundation.errors import Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.models import Klantcontact, Partij
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import zrc_007_open
from loket.services.reacties import rules
from loket.services.reacties.commands.fotos import leg_fotos_vast
from loket.services.reacties.events import BewonerSchreef
from loket.services.reacties.inzending import Foto
from loket.services.reacties.namens import eigen_partij, systeem
from loket.services.reacties.queries.bewoner import Deel, Volger, reactie


def voeg_bericht_toe(
    actor: Actor,
    volger: Volger,
    tekst: str,
    fotos: Sequence[Foto] = (),
    *,
    idempotency_key: str,
    kanaal: str = "website",
    metadata: Mapping[str, str] | None = None,
    ook_dicht: bool = False,
) -> Klantcontact:
    """The resident adds a message or photos to an open reactie; it goes to the organisation that has it now. Again with
    the same key: the same message. `ook_dicht`: a closed one takes it too, and stays closed. Raises Refused (nothing
    said, too long, closed)."""
    if not tekst.strip() and not fotos:
        raise Refused("required", _("Schrijf een bericht of kies een bestand."), "tekst")
    if len(tekst) > rules.MAX_TEKST:
        raise Refused("max_length", _("Uw bericht is te lang. Er passen %d tekens.") % rules.MAX_TEKST, "tekst")
    if len(fotos) > rules.MAX_FOTOS:
        raise Refused("te_veel", _("U kunt %d bestanden meesturen.") % rules.MAX_FOTOS, "foto")
    deel = reactie(volger).nu
    with transaction.atomic():
        zaak = Zaak.objects.select_related("zaaktype").select_for_update(of=("self",)).get(id=deel.id)
        al = row(
            "select resultaat from zaken_idempotentie where organisatie_id = %s and handeling = %s and sleutel = %s",
            (zaak.organisatie_id, "klantcontact.vastleggen", idempotency_key),
        )
        if al is not None:
            return Klantcontact.objects.get(id=al["resultaat"])
        if zaak.einddatum is not None and not ook_dicht:
            raise Refused("zaak-closed", _("Dit is al afgehandeld. Is het niet opgelost? Zeg dat dan hieronder."))
        wij = systeem(zaak.organisatie_id)
        contact = schrijf_van_volger(wij, volger, zaak, tekst, fotos, idempotency_key, kanaal, metadata)
        _meld(actor, zaak, contact, len(fotos))
    return contact


def voeg_bericht_van_buiten_toe(
    actor: Actor,
    zaak: Zaak,
    tekst: str,
    fotos: Sequence[Foto],
    *,
    idempotency_key: str,
    naam: str,
    adres: str,
    metadata: Mapping[str, str] | None = None,
) -> Klantcontact:
    """A mail of somebody who does not follow this zaak becomes a message in it, because a person said so; the sender
    learns nothing by it. `actor` needs `zaak.bijwerken` on the zaak. Raises Refused when it is closed."""
    zrc_007_open(zaak.einddatum)
    with transaction.atomic():
        contact = schrijf_contact(
            actor,
            zaak,
            tekst,
            fotos,
            idempotency_key,
            None,
            naam=naam,
            adres=adres,
            kanaal="email",
            metadata=metadata,
        )
        _meld(actor, zaak, contact, len(fotos))
    return contact


def _meld(actor: Actor, zaak: Zaak, contact: Klantcontact, fotos: int) -> None:
    """What follows on every message: who waited for the resident goes on, and whoever listens hears of it."""
    if zaak.einddatum is None and _status(zaak) == rules.WACHT_OP_BEWONER:
        zaken.zet_status(systeem(zaak.organisatie_id), zaak, rules.IN_BEHANDELING)
    leg_vast(actor, zaak, "reactie.bericht", detail={"klantcontact": str(contact.id), "fotos": fotos})
    publish(BewonerSchreef(subject=zaak.id, organisatie=zaak.organisatie_id, klantcontact=contact.id))


def _status(zaak: Zaak) -> str:
    gevonden = row(
        "select st.omschrijving from zaken_status s join catalogi_statustype st on st.id = s.statustype_id"
        " where s.id = %s",
        (zaak.status_id,),
    )
    return gevonden["omschrijving"] if gevonden else ""


def schrijf_van_volger(
    actor: Actor,
    volger: Volger,
    zaak: Zaak,
    tekst: str,
    fotos: Sequence[Foto],
    sleutel: str,
    kanaal: str,
    metadata: Mapping[str, str] | None,
) -> Klantcontact:
    """The row of what somebody writes who follows the reactie. Part of other commands, in their transaction."""
    return schrijf_contact(
        actor,
        zaak,
        tekst,
        fotos,
        sleutel,
        eigen_partij(volger, zaak),
        link=volger.link,
        mee=volger.meldt_mee,
        kanaal=kanaal,
        metadata=metadata,
    )


def schrijf_contact(
    actor: Actor,
    zaak: Zaak,
    tekst: str,
    fotos: Sequence[Foto],
    sleutel: str,
    partij: Partij | UUID | None,
    *,
    naam: str = "",
    adres: str = "",
    link: UUID | None = None,
    mee: bool = False,
    kanaal: str = "website",
    metadata: Mapping[str, str] | None = None,
) -> Klantcontact:
    """The row of a message with its files. Part of other commands, in their transaction."""
    documenten, klein = leg_fotos_vast(actor, zaak, fotos)
    return klanten.leg_contact_vast(
        actor,
        organisatie=Organisatie.objects.get(id=zaak.organisatie_id),
        kanaal=kanaal,
        richting="in",
        inhoud=tekst,
        onderwerp=zaak.omschrijving,
        idempotency_key=sleutel,
        zaken=[zaak],
        partij=partij,
        contactnaam=naam,
        adres=adres,
        bijlagen=documenten,
        metadata={
            **({"klein": klein} if klein else {}),
            **({"meldt_mee": True} if mee else {}),
            **({"volglink": str(link)} if link else {}),
            **(metadata or {}),
        },
    )


def leg_vast(
    actor: Actor, zaak: Zaak | Deel, handeling: str, waarom: str = "", detail: dict[str, object] | None = None
) -> None:
    """The audit line of what a resident did with a reactie."""
    organisatie = zaak.organisatie_id if isinstance(zaak, Zaak) else zaak.organisatie
    record(actor, handeling, "zaak", zaak.id, organisatie=organisatie, waarom=waarom, detail=detail)
