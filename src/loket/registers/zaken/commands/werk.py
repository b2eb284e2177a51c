"""Who has a zaak, and what the work list shows of it."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.errors import Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Gebruiker, Team
from loket.foundation.time.clock import now
from loket.registers.basis import controleer
from loket.registers.catalogi.models import VERTROUWELIJKHEID
from loket.registers.zaken import rules
from loket.registers.zaken.events import ZaakBijgewerkt
from loket.registers.zaken.models import Werkvoorraad, Zaak
from loket.registers.zaken.models.werk import WACHT_OP
from loket.registers.zaken.spoor import meld
from loket.registers.zaken.stappen import sleutel, zet_eigenaar
from loket.registers.zaken.voorwerk import voor

OP_VOORRAAD = {"omschrijving": "onderwerp", "plek": "plek", "x": "x", "y": "y"}
VAN_ZAAK = (
    *OP_VOORRAAD,
    *("toelichting", "zaakgeometrie", "vertrouwelijkheidaanduiding"),
    *("einddatum_gepland", "uiterlijke_einddatum_afdoening", "verlenging_reden", "verlenging_duur"),
)
VAN_WERK = ("antwoord_voor", "wacht_op", "nieuw_bericht", "voorstel_team_id", "zekerheid", "begin")


def wijs_toe(
    actor: Actor,
    zaak: Zaak | UUID,
    *,
    team: Team | UUID | None = None,
    behandelaar: Gebruiker | UUID | None = None,
    waarom: str = "",
) -> Zaak:
    """Give an open zaak to a team, and in it perhaps to an employee; without `team` it stays with the team that has it,
    without `behandelaar` it is free for the whole team. Needs `zaak.toewijzen`.

    Refused: another organisation's team or employee (`andere-organisatie`), somebody the zaak is about (`betrokken`),
    a closed zaak (`zaak-closed`).
    """
    with transaction.atomic():
        zaak = voor(actor, rules.TOEWIJZEN, zaak)
        rules.zrc_007_open(zaak.einddatum)
        werk = Werkvoorraad.objects.get(zaak=zaak)
        zet_eigenaar(actor, zaak, sleutel(team) or werk.team_id, sleutel(behandelaar), waarom)
    return zaak


def werk_bij(actor: Actor, zaak: Zaak | UUID, *, waarom: str = "", **velden: Any) -> Zaak:
    """Change fields of an open zaak, and of its row in the work list.

    Of the zaak: omschrijving, toelichting, plek, x, y, zaakgeometrie, vertrouwelijkheidaanduiding, einddatum_gepland,
    uiterlijke_einddatum_afdoening, verlenging_reden, verlenging_duur.
    Of the work: antwoord_voor, wacht_op, nieuw_bericht, voorstel_team_id, zekerheid, begin. TypeError for any other.
    Needs `zaak.bijwerken`; what does not change is not written, and nothing changed is no event.
    """
    if onbekend := sorted(set(velden) - {*VAN_ZAAK, *VAN_WERK}):
        raise TypeError(f"werk_bij() does not know the fields {', '.join(onbekend)}.")
    if velden.get("wacht_op", "") not in WACHT_OP:
        raise Refused("invalid_choice", _("Kies op wie de zaak wacht."), "wacht_op")
    if velden.get("vertrouwelijkheidaanduiding", "openbaar") not in VERTROUWELIJKHEID:
        raise Refused("invalid_choice", _("Deze vertrouwelijkheid bestaat niet."), "vertrouwelijkheidaanduiding")
    with transaction.atomic():
        zaak = voor(actor, rules.BIJWERKEN, zaak)
        rules.zrc_007_open(zaak.einddatum)
        werk = Werkvoorraad.objects.get(zaak=zaak)
        zelf = [n for n in VAN_ZAAK if n in velden and getattr(zaak, n) != velden[n]]
        lijst = [n for n in VAN_WERK if n in velden and getattr(werk, n) != velden[n]]
        if not zelf and not lijst:
            return zaak
        for naam in zelf:
            setattr(zaak, naam, velden[naam])
        if zelf:
            zaak.gewijzigd_op = now()
            controleer(zaak)
            zaak.save(update_fields=[*zelf, "gewijzigd_op"])
        over: dict[str, Any] = {OP_VOORRAAD[n]: velden[n] for n in zelf if n in OP_VOORRAAD}
        if "vertrouwelijkheidaanduiding" in zelf:
            over["va_rang"] = VERTROUWELIJKHEID.index(zaak.vertrouwelijkheidaanduiding) + 1
        over |= {naam: velden[naam] for naam in lijst}
        if over:
            Werkvoorraad.objects.filter(zaak=zaak).update(**over)
        record(
            actor,
            rules.BIJWERKEN,
            "zaak",
            zaak.id,
            organisatie=zaak.organisatie_id,
            waarom=waarom,
            detail={"velden": zelf + lijst},
        )
        if zelf:
            meld(
                actor,
                "zaak",
                zaak.id,
                zaak.id,
                "partial_update",
                organisatie=zaak.organisatie_id,
                resultaat=200,
            )
        publish(ZaakBijgewerkt(subject=zaak.id, organisatie=zaak.organisatie_id, velden=(*zelf, *lijst)))
    return zaak
