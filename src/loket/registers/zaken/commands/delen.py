"""What is added to a zaak: relations, roles, notes, documents, objects and properties."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import row
from loket.foundation.errors import NotFound, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Gebruiker, Team
from loket.foundation.time.clock import now
from loket.registers.basis import bewaar, controleer
from loket.registers.catalogi import queries as catalogi
from loket.registers.catalogi.models import Eigenschap, Roltype
from loket.registers.zaken import rules
from loket.registers.zaken.events import DocumentGekoppeld, NotitieGeschreven, RolToegevoegd, ZakenGekoppeld
from loket.registers.zaken.models import (
    Rol,
    Werkvoorraad,
    Zaak,
    Zaakeigenschap,
    ZaakInformatieobject,
    Zaaknotitie,
    Zaakobject,
    ZaakRelatie,
)
from loket.registers.zaken.queries.zicht import zichtbaar
from loket.registers.zaken.spoor import meld
from loket.registers.zaken.stappen import doorgezonden_naar, verwijder_rollen, voeg_rol_in
from loket.registers.zaken.voorwerk import voor


def koppel_zaken(
    actor: Actor, zaak: Zaak | UUID, andere: Zaak | UUID, aard_relatie: str, *, waarom: str = ""
) -> ZaakRelatie:
    """Relate two zaken, in both directions: `duplicaat`, `gesplitst`, `vervolg`, `onderwerp`, `bijdrage` or `overig`.
    Twice the same is harmless. Needs `zaak.bijwerken` on the first and `zaak.lezen` on the other. (`doorgezonden` comes
    from `maak_zaak(doorgezonden_van=…)` alone.)"""
    if aard_relatie not in ("duplicaat", "gesplitst", "vervolg", "onderwerp", "bijdrage", "overig"):
        raise Refused("invalid_choice", _("Deze soort relatie bestaat niet."), "aardRelatie")
    with transaction.atomic():
        rechten = {_sleutel(andere): rules.LEZEN, _sleutel(zaak): rules.BIJWERKEN}
        op_slot = {id: voor(actor, rechten[id], id) for id in sorted(rechten)}  # in one order: no deadlock
        zaak, ander = op_slot[_sleutel(zaak)], op_slot[_sleutel(andere)]
        if zaak.id == ander.id:
            raise Refused("self-forbidden", _("Kies een andere zaak dan deze zelf."), "relevanteAndereZaken")
        moment = now()
        relaties = [
            ZaakRelatie.objects.get_or_create(
                zaak=een,
                andere_zaak=twee,
                aard_relatie=aard_relatie,
                defaults={"organisatie_id": een.organisatie_id, "toelichting": waarom, "registratiedatum": moment},
            )
            for een, twee in ((zaak, ander), (ander, zaak))
        ]
        if relaties[0][1]:
            _leg_vast(actor, zaak, waarom, {"gekoppeld": str(ander.id), "aard": aard_relatie})
            publish(
                ZakenGekoppeld(
                    subject=zaak.id, organisatie=zaak.organisatie_id, andere_zaak=ander.id, aard_relatie=aard_relatie
                )
            )
    return relaties[0][0]


def voeg_rol_toe(
    actor: Actor,
    zaak: Zaak | UUID,
    rol: Roltype | str,
    *,
    partij: UUID | None = None,
    medewerker: Gebruiker | UUID | None = None,
    team: Team | UUID | None = None,
    toelichting: str = "",
    waarom: str = "",
    velden: Mapping[str, Any] | None = None,
) -> Rol:
    """Give somebody a role: `rol` is a roltype or its generic description ('zaakcoordinator'). Exactly one of `partij`
    (its key), `medewerker` and `team` says who. An employee as `belanghebbende` is who the zaak is about and no longer
    sees it; if he or she handled it, the zaak is free again. `velden`: other fields of the standard. Twice the same
    gives the role there is. Needs `zaak.bijwerken`."""
    with transaction.atomic():
        zaak = voor(actor, rules.BIJWERKEN, zaak)
        rules.zrc_007_open(zaak.einddatum)
        wie = medewerker.id if isinstance(medewerker, Gebruiker) else medewerker
        welk = team.id if isinstance(team, Team) else team
        nieuw, gemaakt = voeg_rol_in(actor, zaak, rol, now(), partij, wie, welk, toelichting, velden or {})
        if not gemaakt:
            return nieuw
        if wie is not None and nieuw.omschrijving_generiek == "belanghebbende":
            verwijder_rollen(actor, zaak, Rol.objects.filter(zaak=zaak, medewerker_id=wie).exclude(id=nieuw.id))
            Werkvoorraad.objects.filter(zaak=zaak, behandelaar_id=wie).update(behandelaar=None)
        _leg_vast(actor, zaak, waarom, {"rol": nieuw.omschrijving})
        publish(
            RolToegevoegd(
                subject=zaak.id,
                organisatie=zaak.organisatie_id,
                rol=nieuw.id,
                omschrijving_generiek=nieuw.omschrijving_generiek,
            )
        )
    return nieuw


def schrijf_notitie(
    actor: Actor, zaak: Zaak | UUID, tekst: str, *, onderwerp: str = "", concept: bool = False
) -> Zaaknotitie:
    """Write a note that only employees see. Needs `zaak.bijwerken`. Raises Refused (`required`) for an empty one."""
    if not tekst.strip():
        raise Refused("required", _("Schrijf eerst een notitie."), "tekst")
    with transaction.atomic():
        zaak = voor(actor, rules.BIJWERKEN, zaak)
        rules.zrc_007_open(zaak.einddatum)
        moment = now()
        notitie = bewaar(
            Zaaknotitie(
                organisatie_id=zaak.organisatie_id,
                gerelateerd_aan=zaak,
                onderwerp=onderwerp,
                tekst=tekst,
                aangemaakt_door=actor.naam or actor.kind,
                medewerker_id=actor.id if actor.kind == "medewerker" else None,
                status="concept" if concept else "definitief",
                aanmaakdatum=moment,
                wijzigingsdatum=moment,
            )
        )
        meld(actor, "zaaknotitie", zaak.id, notitie.id, organisatie=zaak.organisatie_id)
        _leg_vast(actor, zaak, "", {"notitie": str(notitie.id)})
        publish(NotitieGeschreven(subject=zaak.id, organisatie=zaak.organisatie_id, notitie=notitie.id))
    return notitie


def koppel_document(
    actor: Actor, zaak: Zaak | UUID, informatieobject: UUID, *, titel: str = "", beschrijving: str = ""
) -> ZaakInformatieobject:
    """Add a recorded document to an open zaak. Twice the same gives what is there. Needs `zaak.bijwerken`; a resident
    may add to a zaak of his or her own. The document must be new, or be in a zaak that the actor may see: else
    NotFound. Refused for a type that does not belong in this zaaktype (zrc-017)."""
    with transaction.atomic():
        zaak = voor(actor, rules.BIJWERKEN, zaak, bewoner=True)
        rules.zrc_007_open(zaak.einddatum)
        gekoppeld, gemaakt = _koppel(actor, zaak, informatieobject, titel, beschrijving)
        if gemaakt:
            meld(actor, "zaakinformatieobject", zaak.id, gekoppeld.id, organisatie=zaak.organisatie_id)
            _leg_vast(actor, zaak, "", {"document": str(informatieobject)})
            publish(
                DocumentGekoppeld(subject=zaak.id, organisatie=zaak.organisatie_id, informatieobject=informatieobject)
            )
    return gekoppeld


def deel_documenten(
    actor: Actor, van: Zaak | UUID, naar: Zaak | UUID, informatieobjecten: Iterable[UUID], *, waarom: str = ""
) -> int:
    """Share documents of zaak `van` with the zaak of another organisation that it was passed on to (`naar`); nothing
    else of the file is shared. Gives how many are new there. Needs `zaak.bijwerken` on `van`; NotFound when the two
    zaken are not related by a passing-on, or a document is not in `van`."""
    with transaction.atomic():
        bron = voor(actor, rules.BIJWERKEN, van)
        doel = doorgezonden_naar(bron, naar)
        eigen = set(ZaakInformatieobject.objects.filter(zaak=bron).values_list("informatieobject_id", flat=True))
        aantal = 0
        for document in informatieobjecten:
            if document not in eigen:
                raise NotFound("This document is not in the zaak.")
            gekoppeld, gemaakt = ZaakInformatieobject.objects.get_or_create(
                zaak=doel,
                informatieobject_id=document,
                defaults={"organisatie_id": doel.organisatie_id, "registratiedatum": now()},
            )
            aantal += gemaakt
            if gemaakt:
                meld(actor, "zaakinformatieobject", doel.id, gekoppeld.id, organisatie=doel.organisatie_id)
                publish(DocumentGekoppeld(subject=doel.id, organisatie=doel.organisatie_id, informatieobject=document))
        _leg_vast(actor, bron, waarom, {"documenten gedeeld met": str(doel.id), "aantal": aantal})
    return aantal


def zet_eigenschap(actor: Actor, zaak: Zaak | UUID, eigenschap: Eigenschap, waarde: str) -> Zaakeigenschap:
    """Set the value of a property (zrc-018). Needs `zaak.bijwerken`."""
    with transaction.atomic():
        zaak = voor(actor, rules.BIJWERKEN, zaak)
        rules.zrc_007_open(zaak.einddatum)
        rules.zelfde_zaaktype(zaak.zaaktype_id, eigenschap.zaaktype_id, "eigenschap")
        gezet = Zaakeigenschap.objects.filter(zaak=zaak, eigenschap=eigenschap).first() or Zaakeigenschap(
            organisatie_id=zaak.organisatie_id, zaak=zaak, eigenschap=eigenschap, naam=eigenschap.naam
        )
        nieuw = gezet._state.adding
        gezet.waarde = waarde
        controleer(gezet)
        gezet.save()
        meld(
            actor,
            "zaakeigenschap",
            zaak.id,
            gezet.id,
            "create" if nieuw else "partial_update",
            organisatie=zaak.organisatie_id,
            resultaat=201 if nieuw else 200,
        )
        _leg_vast(actor, zaak, "", {"eigenschap": eigenschap.naam})
    return gezet


def zet_zaakobject(
    actor: Actor, zaak: Zaak | UUID, object_type: str, identificatie: Mapping[str, Any], *, relatie: str = ""
) -> Zaakobject:
    """Say what a zaak is about: an address, a building, a lamp post. Needs `zaak.bijwerken`."""
    with transaction.atomic():
        zaak = voor(actor, rules.BIJWERKEN, zaak)
        rules.zrc_007_open(zaak.einddatum)
        gemaakt = bewaar(
            Zaakobject(
                organisatie_id=zaak.organisatie_id,
                zaak=zaak,
                object_type=object_type,
                object_identificatie=dict(identificatie),
                relatieomschrijving=relatie,
            )
        )
        meld(actor, "zaakobject", zaak.id, gemaakt.id, organisatie=zaak.organisatie_id)
        _leg_vast(actor, zaak, "", {"object": object_type})
    return gemaakt


def _sleutel(zaak: Zaak | UUID) -> UUID:
    return zaak.id if isinstance(zaak, Zaak) else zaak


def _koppel(
    actor: Actor, zaak: Zaak, informatieobject: UUID, titel: str, beschrijving: str
) -> tuple[ZaakInformatieobject, bool]:
    waar, params = zichtbaar(actor, rules.LEZEN)
    found = row(
        "select t.omschrijving from documenten_informatieobject d"
        " join catalogi_informatieobjecttype t on t.id = d.informatieobjecttype_id"
        " where d.id = %(document)s and (not exists (select 1 from zaken_zaakinformatieobject zi"
        " where zi.informatieobject_id = d.id) or exists (select 1 from zaken_zaakinformatieobject zi"
        f" join zaken_zaak z on z.id = zi.zaak_id where zi.informatieobject_id = d.id and {waar}))",
        {"document": informatieobject, **params},
    )
    if found is None:
        raise NotFound("No such document.")
    rules.zrc_017(found["omschrijving"], catalogi.informatieobjecttypen_van(zaak.zaaktype))
    return ZaakInformatieobject.objects.get_or_create(
        zaak=zaak,
        informatieobject_id=informatieobject,
        defaults={
            "organisatie_id": zaak.organisatie_id,
            "titel": titel,
            "beschrijving": beschrijving,
            "registratiedatum": now(),
        },
    )


def _leg_vast(actor: Actor, zaak: Zaak, waarom: str, detail: Mapping[str, Any]) -> None:
    record(
        actor,
        rules.BIJWERKEN,
        "zaak",
        zaak.id,
        organisatie=zaak.organisatie_id,
        waarom=waarom,
        detail=dict(detail),
    )
