"""The steps that commands are made of: rows that belong together, written as one. They check no rights and write no
trail; a command does both, in the same transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute, value
from loket.foundation.errors import NotFound, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Gebruiker, Team
from loket.foundation.time.clock import now
from loket.registers.basis import bewaar
from loket.registers.catalogi import queries as catalogi
from loket.registers.catalogi.models import VERTROUWELIJKHEID, Roltype, Statustype
from loket.registers.zaken import rules
from loket.registers.zaken.events import StatusGezet, ZaakBijgewerkt, ZaakToegewezen
from loket.registers.zaken.models import Rol, Status, Toewijzing, Werkvoorraad, Zaak, ZaakRelatie
from loket.registers.zaken.spoor import meld


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
    """Write who has the zaak from `moment` on, in the chain and as the role of behandelaar; `nieuw` says that nobody
    had it yet. No rights, no audit."""
    if not nieuw:
        Toewijzing.objects.filter(zaak=zaak, tot__isnull=True).update(tot=Greatest(F("van"), Value(moment)))
        verwijder_rollen(
            actor, zaak, Rol.objects.filter(zaak=zaak, omschrijving_generiek="behandelaar", medewerker__isnull=False)
        )
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
        rol = bewaar(
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
        meld(actor, "rol", zaak.id, rol.id, organisatie=zaak.organisatie_id)


def verwijder_rollen(actor: Actor, zaak: Zaak, rollen: QuerySet[Rol]) -> None:
    """Take roles away, and tell of each. No rights, no audit: part of other commands."""
    for rol in rollen:
        meld(actor, "rol", zaak.id, rol.id, "destroy", organisatie=zaak.organisatie_id, resultaat=204)
        rol.delete()


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


def schrijf_status(
    actor: Actor,
    zaak: Zaak,
    stap: Statustype,
    toelichting: str,
    moment: datetime,
    *,
    id: UUID | None = None,
    gezetdoor_rol: UUID | None = None,
) -> Status:
    """Write a status and announce it; the last one by `moment` is the status of the zaak. No rights, no audit: part of
    other commands."""
    rules.zelfde_zaaktype(zaak.zaaktype_id, stap.zaaktype_id, "statustype")
    rules.status_niet_voor_start(moment, zaak.startdatum)
    status = bewaar(
        Status(
            **({"id": id} if id else {}),
            organisatie_id=zaak.organisatie_id,
            zaak=zaak,
            statustype=stap,
            datum_status_gezet=moment,
            statustoelichting=toelichting,
            gezetdoor_id=actor.id if actor.kind == "medewerker" else None,
            gezetdoor_rol_id=gezetdoor_rol,
            door=actor.naam or actor.kind,
        )
    )
    execute(
        "update zaken_zaak set gewijzigd_op = %(nu)s, status_id = (select s.id from zaken_status s"
        " where s.zaak_id = %(zaak)s order by s.datum_status_gezet desc, s.id desc limit 1) where id = %(zaak)s",
        {"zaak": zaak.id, "nu": max(moment, zaak.gewijzigd_op)},
    )
    zaak.refresh_from_db(fields=["status", "gewijzigd_op"])
    meld(actor, "status", zaak.id, status.id, organisatie=zaak.organisatie_id)
    publish(
        StatusGezet(
            subject=zaak.id,
            organisatie=zaak.organisatie_id,
            status=status.id,
            statustype=stap.omschrijving,
            informeren=stap.informeren,
        )
    )
    return status


def schrijf_rol(actor: Actor, zaak: Zaak, rol: str, moment: datetime, *, partij: UUID) -> Rol:
    """Write the role of a partij. No rights, no audit: part of other commands."""
    return voeg_rol_in(actor, zaak, rol, moment, partij, None, None, "", {})[0]


def voeg_rol_in(
    actor: Actor,
    zaak: Zaak,
    rol: Roltype | str,
    moment: datetime,
    partij: UUID | None,
    medewerker: UUID | None,
    team: UUID | None,
    toelichting: str,
    velden: Mapping[str, Any],
) -> tuple[Rol, bool]:
    roltype = catalogi.roltype(zaak.zaaktype, rol) if isinstance(rol, str) else rol
    rules.zelfde_zaaktype(zaak.zaaktype_id, roltype.zaaktype_id, "roltype")
    if sum(wie is not None for wie in (partij, medewerker, team)) != 1:
        raise TypeError("A role is of exactly one partij, medewerker or team.")
    wie = {"partij_id": partij, "medewerker_id": medewerker, "team_id": team}
    found = Rol.objects.filter(zaak=zaak, roltype=roltype, **{k: v for k, v in wie.items() if v}).first()
    if found is not None:
        return found, False
    soort = "medewerker" if medewerker else "organisatorische_eenheid" if team else "natuurlijk_persoon"
    nieuw = bewaar(
        Rol(
            organisatie_id=zaak.organisatie_id,
            zaak=zaak,
            roltype=roltype,
            omschrijving=roltype.omschrijving,
            omschrijving_generiek=roltype.omschrijving_generiek,
            roltoelichting=toelichting,
            registratiedatum=moment,
            **{**wie, "betrokkene_type": soort, **velden},
        )
    )
    meld(actor, "rol", zaak.id, nieuw.id, organisatie=zaak.organisatie_id)
    return nieuw, True


def doorgezonden_naar(bron: Zaak, naar: Zaak | UUID) -> Zaak:
    """The zaak `naar`, locked, if `bron` was passed on to it. Raises NotFound."""
    doel = naar.id if isinstance(naar, Zaak) else naar
    if not ZaakRelatie.objects.filter(zaak=bron, andere_zaak_id=doel, aard_relatie="doorgezonden").exists():
        raise NotFound("This zaak was not passed on to that one.")
    return Zaak.objects.select_related("zaaktype").select_for_update(of=("self",)).get(id=doel)


def zet_relaties(
    zaak: UUID, organisatie: UUID, relaties: Iterable[tuple[UUID | None, str, str]], *, nieuw: bool
) -> None:
    """Make these the relations of a zaak that the standard knows (key of a zaak here or None, its URL, aardRelatie).
    Those that only Loket has (`doorgezonden`, `gesplitst`, …) stay, and stand for what was shown of them."""
    if not nieuw:
        execute(
            "delete from zaken_zaakrelatie where zaak_id = %s and aard_relatie in ('vervolg', 'onderwerp', 'bijdrage')",
            (zaak,),
        )
    for andere, url, aard in relaties:
        execute(
            "insert into zaken_zaakrelatie (id, organisatie_id, zaak_id, andere_zaak_id, url, aard_relatie,"
            " toelichting, registratiedatum) select %(id)s, %(organisatie)s, %(zaak)s, %(andere)s, %(url)s, %(aard)s,"
            " '', %(nu)s where not exists (select 1 from zaken_zaakrelatie r where r.zaak_id = %(zaak)s"
            " and r.andere_zaak_id = %(andere)s and (r.aard_relatie = %(aard)s or (%(aard)s = 'onderwerp'"
            " and r.aard_relatie not in ('vervolg', 'bijdrage'))))",
            {
                "id": uuid7(),
                "organisatie": organisatie,
                "zaak": zaak,
                "andere": andere,
                "url": "" if andere else url,
                "aard": aard,
                "nu": now(),
            },
        )


def werk_voorraad_bij(actor: Actor, zaak: UUID, organisatie: UUID, velden: Iterable[str]) -> None:
    """Let the work list show what a client changed of an open zaak, and announce it. No rights, no audit."""
    execute(
        "update zaken_werkvoorraad w set onderwerp = z.omschrijving, va_rang = z.va_rang, x = z.x, y = z.y"
        " from zaken_zaak z where z.id = %s and w.zaak_id = z.id",
        (zaak,),
    )
    publish(ZaakBijgewerkt(subject=zaak, organisatie=organisatie, velden=tuple(velden)))


def niet_gearchiveerd(zaak: UUID) -> int:
    """How many documents of a zaak are not archived yet (zrc-022)."""
    aantal: int = value(
        "select count(*) from zaken_zaakinformatieobject zi join documenten_informatieobject d"
        " on d.id = zi.informatieobject_id join documenten_informatieobjectversie v"
        " on v.informatieobject_id = d.id and v.versie = d.versie"
        " where zi.zaak_id = %s and v.status <> 'gearchiveerd'",
        (zaak,),
    )
    return aantal
