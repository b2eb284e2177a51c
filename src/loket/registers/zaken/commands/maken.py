"""Recording a new zaak."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import row
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Gebruiker, Organisatie, Team
from loket.foundation.time.clock import AMSTERDAM, now, today
from loket.registers.basis import bewaar
from loket.registers.catalogi import queries as catalogi
from loket.registers.catalogi.models import VERTROUWELIJKHEID, Zaaktype
from loket.registers.catalogi.rules import rang, tel_op
from loket.registers.zaken import rules
from loket.registers.zaken.events import StatusGezet, ZaakGemaakt
from loket.registers.zaken.models import Rol, Status, Zaak, ZaakRelatie
from loket.registers.zaken.spoor import meld
from loket.registers.zaken.stappen import controleer_eigenaar, schrijf_toewijzing, sleutel, zet_op_voorraad
from loket.registers.zaken.voorwerk import eenmalig, volgend_nummer, voor

VELDEN = frozenset(
    (
        "bronorganisatie",
        "verantwoordelijke_organisatie",
        "registratiedatum",
        "einddatum_gepland",
        "uiterlijke_einddatum_afdoening",
        "publicatiedatum",
        "communicatiekanaal",
        "producten_of_diensten",
        "betalingsindicatie",
        "laatste_betaaldatum",
        "verlenging_reden",
        "verlenging_duur",
        "opschorting_indicatie",
        "opschorting_reden",
        "selectielijstklasse",
        "hoofdzaak",
        "kenmerken",
        "archiefnominatie",
        "archiefstatus",
        "archiefactiedatum",
        "opdrachtgevende_organisatie",
        "processobjectaard",
        "startdatum_bewaartermijn",
        "processobject",
    )
)
"""The fields of the standard that `maak_zaak` takes in `velden`, under the name of their column."""


def maak_zaak(
    actor: Actor,
    *,
    organisatie: Organisatie,
    zaaktype: Zaaktype | str,
    omschrijving: str,
    idempotency_key: str,
    toelichting: str = "",
    kanaal: str = "website",
    ontvangen_op: datetime | None = None,
    antwoord_voor: date | None = None,
    team: Team | UUID | None = None,
    behandelaar: Gebruiker | UUID | None = None,
    initiator: UUID | None = None,
    voorstel_team: Team | UUID | None = None,
    zekerheid: float | None = None,
    plek: str = "",
    x: float | None = None,
    y: float | None = None,
    zaakgeometrie: Mapping[str, Any] | None = None,
    vertrouwelijkheidaanduiding: str = "",
    identificatie: str = "",
    doorgezonden_van: Zaak | None = None,
    begin: str = "",
    beginstatus: bool = True,
    startdatum: date | None = None,
    id: UUID | None = None,
    velden: Mapping[str, Any] | None = None,
    waarom: str = "",
) -> Zaak:
    """Record a zaak: its number, first status, owner and place in the work list. Again with the same
    `idempotency_key` (unless it is empty): the same zaak, nothing new.

    `zaaktype` is a version or an identificatie (then the version in force). `ontvangen_op` (now) decides startdatum
    (unless it is given) and year of the number; `id` is the key that it gets. `antwoord_voor` defaults to startdatum
    plus servicenorm, else doorlooptijd. `team` defaults to the first-line team of the organisation. `initiator` is the
    key of a Partij. `x`, `y` are RD metres. `begin` is what the work list shows beside the subject (default: the first
    words of `toelichting`). `velden`: other fields of the standard, see `VELDEN`.

    An employee needs `zaak.maken` for this zaaktype, and can thus only make it in the own organisation; an internal
    zaaktype also asks for its confidentiality (what any resident may start, any employee may take down). With
    `doorgezonden_van` (Awb 2:3) he or she needs `zaak.bijwerken` on that zaak instead, the new zaak gets its
    identificatie, and the two are related. A resident or visitor may start any external zaaktype, an application what
    its autorisaties cover (and of a published version on any day: the standard asks no more). Raises Forbidden,
    NotFound (no such zaaktype), Refused.
    """
    moment = ontvangen_op or now()
    startdatum = startdatum or moment.astimezone(AMSTERDAM).date()
    if isinstance(zaaktype, str):
        zaaktype = catalogi.zaaktype_in_kracht(organisatie, zaaktype, startdatum)
    if zaaktype.organisatie_id != organisatie.id:
        raise NotFound("This zaaktype is another organisation's.")
    va = vertrouwelijkheidaanduiding or zaaktype.vertrouwelijkheidaanduiding
    if va not in VERTROUWELIJKHEID:
        raise Refused("invalid_choice", _("Deze vertrouwelijkheid bestaat niet."), "vertrouwelijkheidaanduiding")
    geldig = (date.min, None) if actor.kind == "applicatie" else (zaaktype.begin_geldigheid, zaaktype.einde_geldigheid)
    rules.zrc_001(zaaktype.concept, *geldig, startdatum)
    overig = dict(velden or {})
    if onbekend := sorted(set(overig) - VELDEN):
        raise TypeError(f"maak_zaak() does not know the fields {', '.join(onbekend)}.")
    rules.zrc_015(overig.get("producten_of_diensten", ()), zaaktype.producten_of_diensten)

    with transaction.atomic():
        bron = _bron(actor, zaaktype, va, doorgezonden_van)
        nieuw = id or uuid7()
        if idempotency_key and (earlier := eenmalig(organisatie.id, rules.MAKEN, idempotency_key, nieuw)):
            return Zaak.objects.select_related("zaaktype").get(id=earlier)
        nummer = bron.identificatie if bron else identificatie or volgend_nummer(organisatie, startdatum.year)
        bronorganisatie = overig.get("bronorganisatie", organisatie.rsin)
        if (bron or identificatie) and _bezet(organisatie.id, nummer, bronorganisatie):
            raise Refused("identificatie-niet-uniek", _("Er is al een zaak met nummer %s.") % nummer, "identificatie")
        if (hoofdzaak := overig.get("hoofdzaak")) is not None:
            rules.zrc_013(nieuw, hoofdzaak.id, hoofdzaak.hoofdzaak_id is not None)
        aanleg = _aanleg(zaaktype)
        status_id = uuid7() if beginstatus and aanleg["stap"] else None
        zaak = bewaar(
            Zaak(
                id=nieuw,
                organisatie=organisatie,
                zaaktype=zaaktype,
                status_id=status_id,
                identificatie=nummer,
                omschrijving=omschrijving,
                toelichting=toelichting,
                startdatum=startdatum,
                kanaal=kanaal,
                vertrouwelijkheidaanduiding=va,
                plek=plek,
                x=x,
                y=y,
                zaakgeometrie=zaakgeometrie,
                aangemaakt_op=moment,
                gewijzigd_op=moment,
                **{
                    "bronorganisatie": organisatie.rsin,
                    "verantwoordelijke_organisatie": organisatie.rsin,
                    "registratiedatum": today(),
                    "uiterlijke_einddatum_afdoening": tel_op(startdatum, zaaktype.doorlooptijd),
                    "einddatum_gepland": tel_op(startdatum, zaaktype.servicenorm) if zaaktype.servicenorm else None,
                    **overig,
                },
            )
        )
        eigenaar, wie = sleutel(team), sleutel(behandelaar)
        if eigenaar or wie:
            controleer_eigenaar(zaak, eigenaar, wie)
        werk = zet_op_voorraad(
            zaak,
            team=eigenaar or aanleg["team"],
            behandelaar=wie,
            ontvangen_op=moment,
            antwoord_voor=antwoord_voor or tel_op(startdatum, zaaktype.servicenorm or zaaktype.doorlooptijd),
            begin=rules.eerste_woorden(begin or toelichting),
            voorstel_team=sleutel(voorstel_team),
            zekerheid=zekerheid,
        )
        schrijf_toewijzing(actor, zaak, werk.team_id, werk.behandelaar_id, moment, waarom, nieuw=True)
        if initiator is not None:
            _schrijf_initiator(actor, zaak, aanleg, initiator, moment)
        if bron:
            _verwant(bron, zaak, moment, waarom)
        record(
            actor,
            rules.MAKEN,
            "zaak",
            zaak.id,
            organisatie=organisatie.id,
            waarom=waarom,
            detail={"identificatie": nummer, "zaaktype": zaaktype.identificatie, "kanaal": kanaal}
            | ({"doorgezonden_van": str(bron.id)} if bron else {}),
        )
        gemaakt = ZaakGemaakt(
            subject=zaak.id,
            organisatie=organisatie.id,
            identificatie=nummer,
            zaaktype=zaaktype.identificatie,
            kanaal=kanaal,
            team=werk.team_id,
            doorgezonden_van=bron.id if bron else None,
        )
        meld(actor, "zaak", zaak.id, zaak.id, organisatie=organisatie.id)
        publish(gemaakt, *([_eerste_status(actor, zaak, aanleg, status_id, moment)] if status_id else []))
    return zaak


def _bezet(organisatie: UUID, nummer: str, bronorganisatie: str) -> bool:
    """Whether a number is taken already."""
    return (
        row(
            "select 1 from zaken_zaak where organisatie_id = %s and identificatie = %s and bronorganisatie = %s",
            (organisatie, nummer, bronorganisatie),
        )
        is not None
    )


def _bron(actor: Actor, zaaktype: Zaaktype, va: str, doorgezonden_van: Zaak | None) -> Zaak | None:
    """Check the right to make this zaak; the zaak that it is passed on from, locked."""
    if doorgezonden_van is not None:
        bron = voor(actor, rules.BIJWERKEN, doorgezonden_van)
        if bron.organisatie_id == zaaktype.organisatie_id:
            raise Refused("self-forbidden", _("Deze zaak is al bij deze organisatie. Geef hem aan een team."))
        return bron
    if actor.kind == "systeem":
        return None
    if actor.kind == "applicatie":
        if not actor.alles and not any(
            grant.handeling == "zaken.aanmaken" and grant.zaaktype == str(zaaktype.id) and grant.max_va >= rang(va)
            for grant in actor.grants
        ):
            raise Forbidden(f"{actor.naam} may not make a zaak of {zaaktype.identificatie}.")
        return None
    if actor.kind != "medewerker":
        if zaaktype.indicatie_intern_of_extern != "extern":
            raise Forbidden("A resident cannot start this zaaktype.")
        return None
    if not any(
        grant.handeling == rules.MAKEN
        and grant.organisatie == zaaktype.organisatie_id
        and grant.zaaktype in ("", zaaktype.identificatie)
        and (grant.max_va >= rang(va) or zaaktype.indicatie_intern_of_extern == "extern")
        for grant in actor.grants
    ):
        raise Forbidden(f"{actor.naam} may not make a zaak of {zaaktype.identificatie}.")
    return None


def _aanleg(zaaktype: Zaaktype) -> dict[str, Any]:
    """What a new zaak of a zaaktype begins with, in one statement: the first step, the roltype of the initiator, and
    the first-line team, which owns what has no other owner."""
    found = row(_AANLEG, {"zaaktype": zaaktype.id, "organisatie": zaaktype.organisatie_id})
    assert found is not None
    return found


_AANLEG = """select st.id as stap, st.omschrijving as stap_naam, st.informeren, rt.id as roltype, rt.omschrijving as
rol, (select t.id from loket_identity_team t where t.organisatie_id = %(organisatie)s order by t.lijn, t.id limit 1)
as team from (select 1) een left join lateral (select s.id, s.omschrijving, s.informeren from catalogi_statustype s
where s.zaaktype_id = %(zaaktype)s order by s.volgnummer limit 1) st on true left join lateral (select r.id,
r.omschrijving from catalogi_roltype r where r.zaaktype_id = %(zaaktype)s and r.omschrijving_generiek = 'initiator'
order by r.omschrijving limit 1) rt on true"""


def _eerste_status(actor: Actor, zaak: Zaak, aanleg: dict[str, Any], status: UUID, moment: datetime) -> StatusGezet:
    bewaar(
        Status(
            id=status,
            organisatie_id=zaak.organisatie_id,
            zaak_id=zaak.id,
            statustype_id=aanleg["stap"],
            datum_status_gezet=moment,
            gezetdoor_id=actor.id if actor.kind == "medewerker" else None,
            door=actor.naam or actor.kind,
        )
    )
    meld(actor, "status", zaak.id, status, organisatie=zaak.organisatie_id)
    return StatusGezet(
        subject=zaak.id,
        organisatie=zaak.organisatie_id,
        status=status,
        statustype=aanleg["stap_naam"],
        informeren=aanleg["informeren"],
    )


def _schrijf_initiator(actor: Actor, zaak: Zaak, aanleg: dict[str, Any], partij: UUID, moment: datetime) -> None:
    if aanleg["roltype"] is None:
        raise NotFound("This zaaktype has no roltype for an initiator.")
    rol = bewaar(
        Rol(
            organisatie_id=zaak.organisatie_id,
            zaak_id=zaak.id,
            roltype_id=aanleg["roltype"],
            omschrijving=aanleg["rol"],
            omschrijving_generiek="initiator",
            betrokkene_type="natuurlijk_persoon",
            partij_id=partij,
            registratiedatum=moment,
        )
    )
    meld(actor, "rol", zaak.id, rol.id, organisatie=zaak.organisatie_id)


def _verwant(bron: Zaak, zaak: Zaak, moment: datetime, waarom: str) -> None:
    """Relate the two zaken of a passing-on, each in the file of its own organisation."""
    for een, ander in ((bron, zaak), (zaak, bron)):
        bewaar(
            ZaakRelatie(
                organisatie_id=een.organisatie_id,
                zaak=een,
                andere_zaak=ander,
                aard_relatie="doorgezonden",
                toelichting=waarom,
                registratiedatum=moment,
            )
        )
