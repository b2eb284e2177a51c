"""Recording what was said, and sharing it with the organisation a zaak was passed on to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import value
from loket.foundation.errors import Forbidden, NotFound
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import now
from loket.registers.basis import bewaar
from loket.registers.klanten import rules
from loket.registers.klanten.events import ContactGedeeld, ContactVastgelegd
from loket.registers.klanten.models import Betrokkene, Bijlage, Klantcontact, Onderwerpobject, Partij
from loket.registers.klanten.stappen import neem_partij_over
from loket.registers.zaken.commands import deel_documenten, eenmalig, voor
from loket.registers.zaken.models import Rol, Werkvoorraad, Zaak, ZaakInformatieobject
from loket.registers.zaken.rules import BIJWERKEN, MAKEN
from loket.registers.zaken.stappen import doorgezonden_naar, schrijf_rol, zet_wachten

VASTLEGGEN = "klantcontact.vastleggen"


def leg_contact_vast(
    actor: Actor,
    *,
    organisatie: Organisatie,
    kanaal: str,
    richting: str,
    inhoud: str,
    idempotency_key: str,
    zaken: Sequence[Zaak | UUID] = (),
    onderwerp: str = "",
    partij: Partij | UUID | None = None,
    contactnaam: str = "",
    adres: str = "",
    plaatsgevonden_op: datetime | None = None,
    indicatie_contact_gelukt: bool | None = None,
    taal: str = "nld",
    vertrouwelijk: bool = False,
    bijlagen: Sequence[UUID] = (),
    reactie: str = "",
    metadata: Mapping[str, Any] | None = None,
    afhandeling: str = "",
) -> Klantcontact:
    """Record one message, call or visit, `richting` 'in' or 'uit', about any number of zaken. Again with the same
    `idempotency_key`: the same contact. `inhoud` is kept exactly as given.

    The work list follows: after 'in' a zaak no longer waits for the resident and has news (except the very first
    contact); after 'uit' the news is seen. `bijlagen` are documents already linked to one of the zaken. An employee
    needs `zaak.bijwerken` on every zaak (without a zaak: that or `zaak.maken` at all); a resident may write in a zaak
    of his or her own, direction 'in' only. Raises Forbidden, NotFound, Refused.
    """
    rules.controleer_inhoud(inhoud)
    if actor.kind not in ("medewerker", "systeem") and (richting != "in" or not zaken):
        raise Forbidden("A resident writes in a zaak of his or her own.")
    if actor.kind == "medewerker" and (
        actor.organisatie != organisatie.id or not (actor.may(BIJWERKEN) or actor.may(MAKEN))
    ):
        raise Forbidden(f"{actor.naam} may not record contacts of this organisation.")
    moment, nieuw = now(), uuid7()
    with transaction.atomic():
        onderwerpen = [voor(actor, BIJWERKEN, zaak, bewoner=True) for zaak in sorted(zaken, key=_sleutel)]
        if earlier := eenmalig(organisatie.id, VASTLEGGEN, idempotency_key, nieuw):
            return Klantcontact.objects.get(id=earlier)
        contact = bewaar(
            Klantcontact(
                id=nieuw,
                organisatie=organisatie,
                nummer=f"{value("select nextval('klanten_nummer')"):010d}",
                kanaal=kanaal,
                onderwerp=onderwerp,
                inhoud=inhoud,
                reactie=reactie,
                indicatie_contact_gelukt=indicatie_contact_gelukt,
                taal=taal,
                vertrouwelijk=vertrouwelijk,
                plaatsgevonden_op=plaatsgevonden_op or moment,
                geregistreerd_op=moment,
                richting=richting,
                medewerker_id=actor.id if actor.kind == "medewerker" else None,
                door=actor.naam or actor.kind,
                metadata=dict(metadata or {}),
                afhandeling=afhandeling,
            )
        )
        if partij is not None or contactnaam or adres:
            bewaar(
                Betrokkene(
                    organisatie=organisatie,
                    klantcontact=contact,
                    partij_id=partij.id if isinstance(partij, Partij) else partij,
                    initiator=richting == "in",
                    contactnaam=contactnaam,
                    adres=adres,
                )
            )
        eerste = all(_koppel(contact, zaak) for zaak in onderwerpen)
        _hang_aan(contact, onderwerpen, bijlagen)
        record(
            actor,
            VASTLEGGEN,
            "klantcontact",
            contact.id,
            organisatie=organisatie.id,
            detail={"zaken": [str(zaak.id) for zaak in onderwerpen], "kanaal": kanaal, "richting": richting},
        )
        over = tuple(_sleutel(zaak) for zaak in zaken)
        publish(
            ContactVastgelegd(
                subject=over[0] if over else contact.id,
                organisatie=organisatie.id,
                klantcontact=contact.id,
                kanaal=kanaal,
                richting=richting,
                zaken=over,
                eerste=eerste and bool(over),
            )
        )
    return contact


def deel(
    actor: Actor,
    *,
    van: Zaak | UUID,
    naar: Zaak | UUID,
    klantcontacten: Iterable[UUID],
    informatieobjecten: Iterable[UUID] = (),
    waarom: str = "",
) -> Zaak:
    """Share what the other organisation needs of a zaak that was passed on to it (Awb 2:3): these contacts, these
    documents, and who the resident is and how to reach him or her. Nothing else of `van` can be seen there. Twice the
    same is harmless. Needs `zaak.bijwerken` on `van`. Raises NotFound when the zaken are not related by a passing-on or
    a contact or document is not in `van`; gives the zaak `naar`."""
    with transaction.atomic():
        bron = voor(actor, BIJWERKEN, van)
        doel = doorgezonden_naar(bron, naar)
        gedeeld = []
        for contact in klantcontacten:
            if not Onderwerpobject.objects.filter(klantcontact_id=contact, zaak=bron).exists():
                raise NotFound("This contact is not in the zaak.")
            _, nieuw = Onderwerpobject.objects.get_or_create(
                klantcontact_id=contact,
                zaak=doel,
                defaults={"organisatie_id": doel.organisatie_id, "gedeeld": True},
            )
            gedeeld += [contact] if nieuw else []
        for rol in Rol.objects.filter(zaak=bron, omschrijving_generiek="initiator", partij__isnull=False):
            assert rol.partij_id is not None
            partij = neem_partij_over(Partij.objects.get(id=rol.partij_id), doel.organisatie_id)
            schrijf_rol(actor, doel, "initiator", now(), partij=partij.id)
        deel_documenten(actor, bron, doel, informatieobjecten, waarom=waarom)
        record(
            actor,
            "klantcontact.delen",
            "zaak",
            bron.id,
            organisatie=bron.organisatie_id,
            waarom=waarom,
            detail={"met": str(doel.id), "klantcontacten": [str(contact) for contact in gedeeld]},
        )
        if gedeeld:
            publish(
                ContactGedeeld(
                    subject=doel.id, organisatie=doel.organisatie_id, van=bron.id, klantcontacten=tuple(gedeeld)
                )
            )
    return doel


def _koppel(contact: Klantcontact, zaak: Zaak) -> bool:
    """Link a contact to a zaak and bring the work list up to date; whether it is the first contact there."""
    eerste = not Onderwerpobject.objects.filter(zaak=zaak).exists()
    bewaar(Onderwerpobject(organisatie_id=zaak.organisatie_id, klantcontact=contact, zaak=zaak))
    if contact.richting == "uit":
        if contact.indicatie_contact_gelukt is not False:
            zet_wachten(zaak.id, nieuw_bericht=False)
    elif not eerste:
        wacht = Werkvoorraad.objects.filter(zaak=zaak, wacht_op="bewoner").exists()
        zet_wachten(zaak.id, nieuw_bericht=True, wacht_op="" if wacht else None)
    return eerste


def _hang_aan(contact: Klantcontact, zaken: Sequence[Zaak], bijlagen: Sequence[UUID]) -> None:
    for volgorde, document in enumerate(bijlagen):
        if not ZaakInformatieobject.objects.filter(zaak__in=zaken, informatieobject_id=document).exists():
            raise NotFound("This document is not in the zaak.")
        bewaar(
            Bijlage(
                organisatie_id=contact.organisatie_id,
                klantcontact=contact,
                informatieobject_id=document,
                volgorde=volgorde,
            )
        )


def _sleutel(zaak: Zaak | UUID) -> UUID:
    return zaak.id if isinstance(zaak, Zaak) else zaak
