"""The steps of a zaak: setting a status, closing, reopening."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import row, value
from loket.foundation.events.outbox import publish
from loket.foundation.time.clock import AMSTERDAM, now, today
from loket.registers.basis import controleer
from loket.registers.catalogi import queries as catalogi
from loket.registers.catalogi.models import Resultaattype, Statustype
from loket.registers.catalogi.rules import tel_op
from loket.registers.zaken import archief, rules
from loket.registers.zaken.events import ZaakGesloten, ZaakHeropend
from loket.registers.zaken.models import Resultaat, Status, Toewijzing, Werkvoorraad, Zaak
from loket.registers.zaken.spoor import meld
from loket.registers.zaken.stappen import schrijf_status, schrijf_toewijzing, zet_op_voorraad
from loket.registers.zaken.voorwerk import voor


def zet_status(
    actor: Actor,
    zaak: Zaak | UUID,
    statustype: Statustype | str,
    toelichting: str = "",
    *,
    op: datetime | None = None,
    waarom: str = "",
    id: UUID | None = None,
    gezetdoor_rol: UUID | None = None,
) -> Status:
    """Let a zaak take a step (`statustype` or its omschrijving); `id` is the key that the status gets. The eindstatus
    closes the zaak and needs a resultaat (zrc-007, right `zaak.sluiten`); any step of a closed zaak reopens it
    (zrc-008, right `zaak.heropenen`); otherwise the right is `zaak.bijwerken`. Raises Refused (zrc-007, zrc-016)."""
    with transaction.atomic():
        zaak = voor(actor, rules.LEZEN, zaak)
        stap = _stap(zaak, statustype)
        if stap.id == catalogi.eindstatus(zaak.zaaktype).id:
            voor(actor, rules.SLUITEN, zaak)
            rules.zrc_007_open(zaak.einddatum)
            resultaat = Resultaat.objects.select_related("resultaattype").filter(zaak=zaak).first()
            rules.zrc_007_resultaat(resultaat is not None)
            assert resultaat is not None
            return _sluit(actor, zaak, stap, resultaat, toelichting, op or now(), waarom, id, gezetdoor_rol)
        if zaak.einddatum is not None:
            voor(actor, rules.HEROPENEN, zaak)
            return _heropen(actor, zaak, stap, toelichting, op or now(), None, waarom, id, gezetdoor_rol)
        voor(actor, rules.BIJWERKEN, zaak)
        status = schrijf_status(actor, zaak, stap, toelichting, op or now(), id=id, gezetdoor_rol=gezetdoor_rol)
        record(
            actor,
            rules.BIJWERKEN,
            "zaak",
            zaak.id,
            organisatie=zaak.organisatie_id,
            waarom=waarom or toelichting,
            detail={"status": stap.omschrijving},
        )
        return status


def sluit_zaak(
    actor: Actor,
    zaak: Zaak | UUID,
    resultaattype: Resultaattype | str,
    toelichting: str,
    *,
    op: datetime | None = None,
) -> Zaak:
    """Close a zaak: resultaat, eindstatus, einddatum, archive (zrc-007, zrc-021), and out of the work list.
    `toelichting` is the reason in plain words; the resident reads it. Needs `zaak.sluiten`.

    Refused: no reason (`required`), another zaaktype's resultaattype (`zaaktype-mismatch`), already closed
    (`zaak-closed`), a document of which the rights are unknown (`indicatiegebruiksrecht-unset`), a question or
    call-back that is still open (`open-taken`).
    """
    rules.reden_in_woorden(toelichting)
    with transaction.atomic():
        zaak = voor(actor, rules.SLUITEN, zaak)
        rules.zrc_007_open(zaak.einddatum)
        if isinstance(resultaattype, str):
            resultaattype = catalogi.resultaattype(zaak.zaaktype, resultaattype)
        rules.zelfde_zaaktype(zaak.zaaktype_id, resultaattype.zaaktype_id, "resultaattype")
        moment = op or now()
        resultaat = Resultaat.objects.filter(zaak=zaak).first() or Resultaat(
            organisatie_id=zaak.organisatie_id, zaak=zaak
        )
        resultaat.resultaattype = resultaattype
        resultaat.toelichting = toelichting
        resultaat.vastgelegd_op = moment
        resultaat.door = actor.naam or actor.kind
        controleer(resultaat)
        nieuw = resultaat._state.adding
        resultaat.save()
        meld(
            actor,
            "resultaat",
            zaak.id,
            resultaat.id,
            "create" if nieuw else "partial_update",
            organisatie=zaak.organisatie_id,
            resultaat=201 if nieuw else 200,
        )
        _sluit(actor, zaak, catalogi.eindstatus(zaak.zaaktype), resultaat, toelichting, moment, toelichting)
    return zaak


def heropen_zaak(
    actor: Actor,
    zaak: Zaak | UUID,
    waarom: str,
    *,
    antwoord_voor: date | None = None,
    op: datetime | None = None,
) -> Zaak:
    """Open a closed zaak again (zrc-008): it goes back to the second step of its zaaktype (the first when there are
    only two), to the team that had it last, and into the work list. `antwoord_voor` defaults to today plus the
    servicenorm. Needs `zaak.heropenen`; a resident may do it with a zaak of his or her own (within which days, the
    service decides). Raises Refused (`zaak-open`)."""
    with transaction.atomic():
        zaak = voor(actor, rules.HEROPENEN, zaak, bewoner=True)
        rules.zrc_008(zaak.einddatum)
        stappen = catalogi.statustypen(zaak.zaaktype)
        stap = stappen[1] if len(stappen) > 2 else stappen[0]
        _heropen(actor, zaak, stap, waarom, op or now(), antwoord_voor, waarom)
    return zaak


def _stap(zaak: Zaak, statustype: Statustype | str) -> Statustype:
    stap = catalogi.statustype(zaak.zaaktype, statustype) if isinstance(statustype, str) else statustype
    rules.zelfde_zaaktype(zaak.zaaktype_id, stap.zaaktype_id, "statustype")
    return stap


def _sluit(
    actor: Actor,
    zaak: Zaak,
    stap: Statustype,
    resultaat: Resultaat,
    toelichting: str,
    moment: datetime,
    waarom: str,
    id: UUID | None = None,
    gezetdoor_rol: UUID | None = None,
) -> Status:
    rules.zrc_007_gebruiksrecht(
        value(
            "select count(*) from zaken_zaakinformatieobject zi join documenten_informatieobject d"
            " on d.id = zi.informatieobject_id where zi.zaak_id = %s and d.indicatie_gebruiksrecht is null",
            (zaak.id,),
        )
    )
    rules.geen_open_taken(
        value("select count(*) from klanten_internetaak where zaak_id = %s and status <> 'afgehandeld'", (zaak.id,))
    )
    status = schrijf_status(actor, zaak, stap, toelichting, moment, id=id, gezetdoor_rol=gezetdoor_rol)
    zaak.einddatum = moment.astimezone(AMSTERDAM).date()
    bepaald = archief.bepaal(zaak.id, resultaat.resultaattype_id, zaak.einddatum)
    zaak.archiefnominatie = bepaald.archiefnominatie
    zaak.archiefactiedatum = bepaald.archiefactiedatum
    zaak.startdatum_bewaartermijn = bepaald.startdatum_bewaartermijn
    zaak.save(update_fields=["einddatum", "archiefnominatie", "archiefactiedatum", "startdatum_bewaartermijn"])
    archief.volg_hoofdzaak(actor, zaak.id, zaak.einddatum)
    Werkvoorraad.objects.filter(zaak=zaak).delete()
    Toewijzing.objects.filter(zaak=zaak, tot__isnull=True).update(tot=Greatest(F("van"), Value(moment)))
    record(
        actor,
        rules.SLUITEN,
        "zaak",
        zaak.id,
        organisatie=zaak.organisatie_id,
        waarom=waarom,
        detail={"resultaat": resultaat.resultaattype.omschrijving},
    )
    publish(
        ZaakGesloten(
            subject=zaak.id,
            organisatie=zaak.organisatie_id,
            zaaktype=zaak.zaaktype.identificatie,
            resultaat=resultaat.id,
            resultaattype=resultaat.resultaattype.omschrijving,
        )
    )
    return status


def _heropen(
    actor: Actor,
    zaak: Zaak,
    stap: Statustype,
    toelichting: str,
    moment: datetime,
    voor: date | None,
    waarom: str,
    id: UUID | None = None,
    gezetdoor_rol: UUID | None = None,
) -> Status:
    zaak.einddatum = None
    zaak.archiefactiedatum = None
    zaak.archiefnominatie = ""
    if not archief.met_de_hand(zaak.id):
        zaak.startdatum_bewaartermijn = None
    zaak.save(update_fields=["einddatum", "archiefactiedatum", "archiefnominatie", "startdatum_bewaartermijn"])
    archief.volg_hoofdzaak(actor, zaak.id, None)
    vorige = row(
        "select team_id, medewerker_id from zaken_toewijzing where zaak_id = %s order by van desc, id desc limit 1",
        (zaak.id,),
    )
    team = vorige["team_id"] if vorige else None
    norm = zaak.zaaktype.servicenorm or zaak.zaaktype.doorlooptijd
    zet_op_voorraad(
        zaak,
        team=team,
        behandelaar=None,
        ontvangen_op=moment,
        antwoord_voor=voor or tel_op(today(), norm),
        begin=rules.eerste_woorden(zaak.toelichting),
    )
    status = schrijf_status(actor, zaak, stap, toelichting, moment, id=id, gezetdoor_rol=gezetdoor_rol)
    schrijf_toewijzing(actor, zaak, team, None, moment, waarom)
    record(actor, rules.HEROPENEN, "zaak", zaak.id, organisatie=zaak.organisatie_id, waarom=waarom)
    publish(ZaakHeropend(subject=zaak.id, organisatie=zaak.organisatie_id, zaaktype=zaak.zaaktype.identificatie))
    return status
