"""Who has a zaak, and what the work list shows of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.errors import Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Gebruiker, Team
from loket.foundation.time.clock import now
from loket.registers.basis import bewaar, controleer
from loket.registers.catalogi.models import VERTROUWELIJKHEID, Roltype
from loket.registers.zaken import rules
from loket.registers.zaken.commands.hulp import voor
from loket.registers.zaken.events import ZaakBijgewerkt, ZaakToegewezen
from loket.registers.zaken.models import Rol, Toewijzing, Werkvoorraad, Zaak
from loket.registers.zaken.models.werk import WACHT_OP

OP_VOORRAAD = {"omschrijving": "onderwerp", "plek": "plek", "x": "x", "y": "y"}
VAN_ZAAK = (*OP_VOORRAAD, "toelichting", "zaakgeometrie", "vertrouwelijkheidaanduiding", "einddatum_gepland")
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

    Of the zaak: omschrijving, toelichting, plek, x, y, zaakgeometrie, vertrouwelijkheidaanduiding, einddatum_gepland.
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
        publish(ZaakBijgewerkt(subject=zaak.id, organisatie=zaak.organisatie_id, velden=(*zelf, *lijst)))
    return zaak


def sleutel(wie: Team | Gebruiker | UUID | None) -> UUID | None:
    """The key of a team or employee, however it is given."""
    return wie if wie is None or isinstance(wie, UUID) else wie.id


def zet_eigenaar(actor: Actor, zaak: Zaak, team: UUID | None, behandelaar: UUID | None, waarom: str) -> bool:
    """Make a team, and in it perhaps an employee, the owner of a locked open zaak, in the list, the chain, the trail
    and the outbox; whether that is a change. No rights: part of other commands."""
    werk = Werkvoorraad.objects.get(zaak=zaak)
    was = (werk.team_id, werk.behandelaar_id)
    if (team, behandelaar) == was:
        return False
    controleer_eigenaar(zaak, team, behandelaar)
    Werkvoorraad.objects.filter(zaak=zaak).update(team=team, behandelaar=behandelaar)
    schrijf_toewijzing(actor, zaak, team, behandelaar, now(), waarom)
    record(
        actor,
        rules.TOEWIJZEN,
        "zaak",
        zaak.id,
        organisatie=zaak.organisatie_id,
        waarom=waarom,
        detail={"team": str(team or ""), "behandelaar": str(behandelaar or "")},
    )
    publish(
        ZaakToegewezen(
            subject=zaak.id,
            organisatie=zaak.organisatie_id,
            team=team,
            behandelaar=behandelaar,
            vorig_team=was[0],
            vorige_behandelaar=was[1],
        )
    )
    return True


def zet_wachten(zaak: UUID, *, wacht_op: str | None = None, nieuw_bericht: bool | None = None) -> None:
    """Let the work list say on whom a zaak waits and whether there is news; harmless when it is closed. No rights, no
    audit: part of other commands."""
    over: dict[str, Any] = {}
    if wacht_op is not None:
        over["wacht_op"] = wacht_op
    if nieuw_bericht is not None:
        over["nieuw_bericht"] = nieuw_bericht
    Werkvoorraad.objects.filter(zaak_id=zaak).update(**over)


def zet_op_voorraad(
    zaak: Zaak,
    *,
    team: UUID | None,
    behandelaar: UUID | None,
    ontvangen_op: datetime,
    antwoord_voor: date,
    begin: str,
    voorstel_team: UUID | None = None,
    zekerheid: float | None = None,
) -> Werkvoorraad:
    """Put an open zaak in the work list. The owner is checked already. No rights, no audit: part of other commands."""
    return bewaar(
        Werkvoorraad(
            zaak=zaak,
            organisatie_id=zaak.organisatie_id,
            identificatie=zaak.identificatie,
            zaaktype=zaak.zaaktype.identificatie,
            va_rang=VERTROUWELIJKHEID.index(zaak.vertrouwelijkheidaanduiding) + 1,
            team_id=team,
            behandelaar_id=behandelaar,
            antwoord_voor=antwoord_voor,
            ontvangen_op=ontvangen_op,
            onderwerp=zaak.omschrijving,
            begin=begin,
            plek=zaak.plek,
            kanaal=zaak.kanaal,
            voorstel_team_id=voorstel_team,
            zekerheid=zekerheid,
            x=zaak.x,
            y=zaak.y,
        )
    )


def schrijf_toewijzing(
    actor: Actor,
    zaak: Zaak,
    team: UUID | None,
    medewerker: UUID | None,
    moment: datetime,
    waarom: str,
    *,
    nieuw: bool = False,
) -> None:
    """Write who has the zaak from `moment` on, in the chain and as the role of behandelaar; `nieuw` says that nobody had
    it yet. No rights, no audit."""
    if not nieuw:
        Toewijzing.objects.filter(zaak=zaak, tot__isnull=True).update(tot=Greatest(F("van"), Value(moment)))
        Rol.objects.filter(zaak=zaak, omschrijving_generiek="behandelaar", medewerker__isnull=False).delete()
    if team is None and medewerker is None:
        return
    bewaar(
        Toewijzing(
            organisatie_id=zaak.organisatie_id,
            zaak=zaak,
            team_id=team,
            medewerker_id=medewerker,
            van=moment,
            door=actor.naam or actor.kind,
            waarom=waarom,
        )
    )
    if medewerker is None:
        return
    roltype = (
        Roltype.objects.filter(zaaktype_id=zaak.zaaktype_id, omschrijving_generiek="behandelaar")
        .order_by("omschrijving")
        .first()
    )
    if roltype is not None:
        bewaar(
            Rol(
                organisatie_id=zaak.organisatie_id,
                zaak=zaak,
                roltype=roltype,
                omschrijving=roltype.omschrijving,
                omschrijving_generiek="behandelaar",
                betrokkene_type="medewerker",
                medewerker_id=medewerker,
                registratiedatum=moment,
            )
        )


def controleer_eigenaar(zaak: Zaak, team: UUID | None, medewerker: UUID | None) -> None:
    """The owner is of the zaak's organisation, and not somebody it is about."""
    ok = team is None or Team.objects.filter(id=team, organisatie_id=zaak.organisatie_id).exists()
    if not ok:
        raise Refused("andere-organisatie", _("Dit team hoort bij een andere organisatie. Stuur de zaak door."), "team")
    if medewerker is None:
        return
    if not Gebruiker.objects.filter(id=medewerker, organisatie_id=zaak.organisatie_id, is_active=True).exists():
        raise Refused("andere-organisatie", _("Deze medewerker werkt niet bij deze organisatie."), "behandelaar")
    uitgesloten = Rol.objects.filter(zaak=zaak, omschrijving_generiek="belanghebbende", medewerker__isnull=False)
    rules.niet_betrokken(medewerker, set(uitgesloten.values_list("medewerker_id", flat=True)))
