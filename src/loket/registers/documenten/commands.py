"""What can be done with a document."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.api.changes import changed
from loket.foundation.audit.trail import record
from loket.foundation.database.ids import uuid7
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie
from loket.foundation.storage.files import Stored
from loket.foundation.time.clock import now, today
from loket.registers.basis import bewaar
from loket.registers.catalogi import queries as catalogi
from loket.registers.catalogi.models import VERTROUWELIJKHEID, Informatieobjecttype
from loket.registers.documenten import rules
from loket.registers.documenten.events import DocumentGewijzigd, DocumentVastgelegd
from loket.registers.documenten.hulpbronnen import DOCUMENT, KANAAL
from loket.registers.documenten.models import Gebruiksrechten, Informatieobject, InformatieobjectVersie
from loket.registers.documenten.queries import lees
from loket.registers.zaken.commands import eenmalig
from loket.registers.zaken.rules import BIJWERKEN, MAKEN

VASTLEGGEN = "document.vastleggen"


def leg_vast(
    actor: Actor,
    *,
    organisatie: Organisatie,
    bestand: Stored | None,
    titel: str,
    bestandsnaam: str,
    formaat: str,
    informatieobjecttype: Informatieobjecttype | str,
    idempotency_key: str = "",
    auteur: str = "",
    beschrijving: str = "",
    vertrouwelijkheidaanduiding: str = "",
    ontvangstdatum: date | None = None,
    tonen_aan_initiator: bool | None = None,
    indicatie_gebruiksrecht: bool | None = False,
    status: str = "",
    velden: dict[str, Any] | None = None,
) -> Informatieobject:
    """Record a document whose bytes are already in the storage (`bestand`; None when they are elsewhere or to come).

    Nobody can read it until it is linked to a zaak (`zaken.commands.koppel_document`). `informatieobjecttype` is a
    version or an omschrijving (then the version in force). `formaat` is the MIME type. `tonen_aan_initiator`, whether
    the resident gets to see it, defaults to yes for what a resident brings and no for what an employee adds.
    `velden`: other fields of the standard, by column. Again with the same `idempotency_key`: the same document. An
    employee needs `zaak.bijwerken` or `zaak.maken` and records in the own organisation. Raises Forbidden, NotFound,
    Refused (drc-001, drc-005, drc-006).
    """
    mag = (actor.may(BIJWERKEN) or actor.may(MAKEN)) and actor.organisatie == organisatie.id
    if actor.kind == "medewerker" and not mag:
        raise Forbidden(f"{actor.naam} may not record documents for this organisation.")
    if isinstance(informatieobjecttype, str):
        informatieobjecttype = catalogi.informatieobjecttype(organisatie, informatieobjecttype)
    if informatieobjecttype.organisatie_id != organisatie.id:
        raise NotFound("This informatieobjecttype is another organisation's.")
    rules.drc_001(informatieobjecttype.concept)
    rules.drc_005(status, ontvangstdatum)
    rules.drc_006(indicatie_gebruiksrecht)
    va = vertrouwelijkheidaanduiding or informatieobjecttype.vertrouwelijkheidaanduiding
    if va not in VERTROUWELIJKHEID:
        raise Refused("invalid_choice", _("Deze vertrouwelijkheid bestaat niet."), "vertrouwelijkheidaanduiding")
    if tonen_aan_initiator is None:
        tonen_aan_initiator = actor.kind in ("bewoner", "link", "anoniem")
    moment, nieuw = now(), uuid7()
    overig = {"creatiedatum": today(), **(velden or {})}
    with transaction.atomic():
        if idempotency_key and (earlier := eenmalig(organisatie.id, VASTLEGGEN, idempotency_key, nieuw)):
            return Informatieobject.objects.get(id=earlier)
        document = bewaar(
            Informatieobject(
                id=nieuw,
                organisatie=organisatie,
                identificatie=overig.pop("identificatie", "") or f"DOCUMENT-{nieuw.hex[-24:]}",
                bronorganisatie=overig.pop("bronorganisatie", organisatie.rsin),
                informatieobjecttype=informatieobjecttype,
                indicatie_gebruiksrecht=indicatie_gebruiksrecht,
                aangemaakt_op=moment,
            )
        )
        _schrijf_versie(
            document,
            1,
            moment,
            bestand,
            {
                "titel": titel,
                "bestandsnaam": bestandsnaam,
                "formaat": formaat,
                "auteur": auteur or actor.naam,
                "beschrijving": beschrijving,
                "vertrouwelijkheidaanduiding": va,
                "ontvangstdatum": ontvangstdatum,
                "tonen_aan_initiator": tonen_aan_initiator,
                "status": status,
                **overig,
            },
        )
        record(actor, VASTLEGGEN, "informatieobject", document.id, organisatie=organisatie.id)
        _meld(actor, document, "create", 201)
        publish(
            DocumentVastgelegd(
                subject=document.id,
                organisatie=organisatie.id,
                informatieobjecttype=informatieobjecttype.omschrijving,
            )
        )
    return document


def vergrendel(actor: Actor, informatieobject: UUID) -> str:
    """Lock a document so that only who holds the lock may change it; gives the lock. Raises NotFound, Refused
    (`existing-lock`)."""
    with transaction.atomic():
        document = _voor(actor, informatieobject)
        if document.lock:
            raise Refused("existing-lock", _("Dit document is al op slot."), "lock")
        document.lock = rules.nieuw_slot()
        document.save(update_fields=["lock"])
        record(actor, "document.vergrendelen", "informatieobject", document.id, organisatie=document.organisatie_id)
    return document.lock


def ontgrendel(actor: Actor, informatieobject: UUID, lock: str) -> None:
    """Unlock a document. Raises NotFound, Refused (drc-009)."""
    with transaction.atomic():
        document = _voor(actor, informatieobject)
        rules.drc_009(document.lock, lock)
        document.lock = ""
        document.save(update_fields=["lock"])
        record(actor, "document.ontgrendelen", "informatieobject", document.id, organisatie=document.organisatie_id)


def wijzig(
    actor: Actor, informatieobject: UUID, lock: str, *, bestand: Stored | None = None, waarom: str = "", **velden: Any
) -> InformatieobjectVersie:
    """Make a new version of a locked document: the last one with `velden` changed, and with other bytes when `bestand`
    is given. Raises NotFound, Refused (drc-005, drc-009)."""
    with transaction.atomic():
        document = _voor(actor, informatieobject)
        rules.drc_009(document.lock, lock)
        vorige = InformatieobjectVersie.objects.get(informatieobject=document, versie=document.versie)
        niet = ("id", "organisatie_id", "informatieobject_id", "versie", "begin_registratie")
        oud = {f.attname: getattr(vorige, f.attname) for f in vorige._meta.concrete_fields if f.attname not in niet}
        nieuw = {**oud, **velden}
        rules.drc_005(nieuw["status"], nieuw["ontvangstdatum"])
        document.versie += 1
        document.save(update_fields=["versie"])
        versie = _schrijf_versie(document, document.versie, now(), bestand, nieuw)
        record(
            actor,
            "document.wijzigen",
            "informatieobject",
            document.id,
            organisatie=document.organisatie_id,
            waarom=waarom,
            detail={"versie": document.versie},
        )
        _meld(actor, document, "update", 200)
        publish(DocumentGewijzigd(subject=document.id, organisatie=document.organisatie_id, versie=document.versie))
    return versie


def geef_gebruiksrechten(
    actor: Actor,
    informatieobject: UUID,
    omschrijving_voorwaarden: str,
    *,
    startdatum: datetime | None = None,
    einddatum: datetime | None = None,
) -> Gebruiksrechten:
    """Say under which conditions a document may be used; it then has rights (drc-006)."""
    with transaction.atomic():
        document = _voor(actor, informatieobject)
        rechten = bewaar(
            Gebruiksrechten(
                organisatie_id=document.organisatie_id,
                informatieobject=document,
                startdatum=startdatum or now(),
                einddatum=einddatum,
                omschrijving_voorwaarden=omschrijving_voorwaarden,
            )
        )
        document.indicatie_gebruiksrecht = True
        document.save(update_fields=["indicatie_gebruiksrecht"])
        record(actor, "document.gebruiksrechten", "informatieobject", document.id, organisatie=document.organisatie_id)
    return rechten


def _meld(actor: Actor, document: Informatieobject, actie: str, resultaat: int) -> None:
    """Tell of a document as the Documenten API does."""
    changed(
        actor,
        KANAAL,
        DOCUMENT,
        document.id,
        document.id,
        actie,
        organisatie=document.organisatie_id,
        resultaat=resultaat,
    )


def _voor(actor: Actor, informatieobject: UUID) -> Informatieobject:
    """The document, locked in the database, if an employee may work on documents and see this one."""
    if actor.kind not in ("medewerker", "systeem"):
        raise Forbidden("Only employees change documents.")
    actor.require(BIJWERKEN)
    if actor.kind == "medewerker":
        lees(actor, informatieobject)
    found = Informatieobject.objects.select_for_update().filter(id=informatieobject).first()
    if found is None or actor.organisatie not in (None, found.organisatie_id):
        raise NotFound("No such document.")
    return found


def _schrijf_versie(
    document: Informatieobject, versie: int, moment: datetime, bestand: Stored | None, velden: dict[str, Any]
) -> InformatieobjectVersie:
    inhoud = {"sha256": bestand.sha256, "bestandsomvang": bestand.size} if bestand else {}
    return bewaar(
        InformatieobjectVersie(
            **{
                **velden,
                **inhoud,
                "organisatie_id": document.organisatie_id,
                "informatieobject": document,
                "versie": versie,
                "begin_registratie": moment,
            }
        )
    )
