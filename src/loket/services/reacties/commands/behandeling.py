"""What employees do with a reactie inside their own organisation: take it, answer, pass on, ask, wait, close."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.engines.termijnen.kalender import is_werkdag, volgende_werkdag
from loket.foundation.access.actor import Actor
from loket.foundation.access.acts import act
from loket.foundation.audit.trail import record
from loket.foundation.errors import Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Gebruiker, Organisatie, Team
from loket.foundation.time.clock import AMSTERDAM, today
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.models import Internetaak, Klantcontact
from loket.registers.klanten.rules import waarom_in_woorden
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Werkvoorraad, Zaak
from loket.registers.zaken.rules import BIJWERKEN, TOEWIJZEN, zrc_007_open
from loket.services.reacties import rules
from loket.services.reacties.events import (
    ReactieAfgesloten,
    ReactieBeantwoord,
    ReactieDoorgezet,
    ReactieHeropend,
    ReactieVertraagd,
    SpecialistAntwoordde,
    SpecialistGevraagd,
)

BEANTWOORDEN = act("reactie.beantwoorden", "Een bewoner antwoord geven of iets vragen")

KANALEN = ("email", "telefoon", "brief", "balie")
"""The ways in which an answer is given: by mail through Loket, or noted as given by phone, letter or at the counter."""


def neem_in_behandeling(actor: Actor, zaak: Zaak | UUID) -> Zaak:
    """The employee takes a free reactie: his or her name stands on the resident's page from now on. Again: the same.

    Refused (`al-in-behandeling`) with the name of the colleague who has it; a coordinator uses `wijs_toe` for that.
    """
    with transaction.atomic():
        zaak = zaken.voor(actor, TOEWIJZEN, zaak)
        zrc_007_open(zaak.einddatum)
        werk = Werkvoorraad.objects.select_related("behandelaar").get(zaak=zaak)
        if werk.behandelaar_id not in (None, actor.id) and werk.behandelaar_id not in actor.vervangt:
            naam = werk.behandelaar.naam if werk.behandelaar else ""
            raise Refused("al-in-behandeling", _("%s is hier al mee bezig.") % naam)
        eigen = next(iter(sorted(actor.teams)), None)
        team = werk.team_id if werk.team_id in actor.teams else eigen or werk.team_id
        zaken.wijs_toe(actor, zaak, team=team, behandelaar=actor.id, waarom=_("in behandeling genomen"))
        _in_behandeling(actor, zaak)
    return zaak


def wijs_toe(
    actor: Actor, zaak: Zaak | UUID, *, team: UUID | None, behandelaar: UUID | None = None, waarom: str = ""
) -> Zaak:
    """Give a reactie to a team or colleague without a question, as a coordinator does."""
    return zaken.wijs_toe(actor, zaak, team=team, behandelaar=behandelaar, waarom=waarom)


def beantwoord(
    actor: Actor,
    zaak: Zaak | UUID,
    tekst: str,
    *,
    idempotency_key: str,
    kanaal: str = "email",
    resultaat: str = "",
    waarom: str = "",
    bijlagen: Iterable[UUID] = (),
) -> Klantcontact:
    """Answer the resident; with `resultaat` and `waarom` the reactie is closed in the same act. Again with the same
    `idempotency_key`: the same answer, not sent twice.

    By `email` the worker sends it and the resident also sees it on the status page; the other channels note what was
    said. Refused without words (`required`), or an unknown channel (`invalid_choice`).
    """
    if not tekst.strip():
        raise Refused("required", _("Schrijf eerst een antwoord."), "tekst")
    if kanaal not in KANALEN:
        raise Refused("invalid_choice", _("Kies hoe u antwoord geeft."), "kanaal")
    with transaction.atomic():
        zaak = zaken.voor(actor, BEANTWOORDEN, zaak)
        eerder = zaken.eenmalig(zaak.organisatie_id, BEANTWOORDEN, idempotency_key, zaak.id)
        contact = klanten.leg_contact_vast(
            actor,
            organisatie=Organisatie.objects.get(id=zaak.organisatie_id),
            kanaal=kanaal,
            richting="uit",
            inhoud=tekst,
            onderwerp=zaak.omschrijving,
            zaken=[zaak],
            indicatie_contact_gelukt=True,
            bijlagen=list(bijlagen),
            idempotency_key=idempotency_key,
        )
        if eerder:
            return contact
        if zaak.einddatum is None:
            _in_behandeling(actor, zaak)
        publish(
            ReactieBeantwoord(subject=zaak.id, organisatie=zaak.organisatie_id, klantcontact=contact.id, kanaal=kanaal)
        )
        if resultaat:
            sluit_af(actor, zaak, resultaat, waarom)
    return contact


def vraag_bewoner(actor: Actor, zaak: Zaak | UUID, vraag: str, *, idempotency_key: str) -> Klantcontact:
    """Ask the resident something; the reactie waits for the answer, and says so on the status page."""
    with transaction.atomic():
        contact = beantwoord(actor, zaak, vraag, idempotency_key=idempotency_key)
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        if zaak.einddatum is None:
            zaken.zet_status(actor, zaak, rules.WACHT_OP_BEWONER)
            zaken.werk_bij(actor, zaak, wacht_op="bewoner")
    return contact


def zet_door(
    actor: Actor,
    zaak: Zaak | UUID,
    *,
    vraag: str,
    idempotency_key: str,
    team: Team | UUID | None = None,
    medewerker: Gebruiker | UUID | None = None,
    uiterlijk: datetime | None = None,
    toelichting: str = "",
) -> Internetaak:
    """Pass a reactie on to another team or colleague of the organisation, with a question. They have it at once; when
    nobody takes it up it returns to the coordinator before `uiterlijk` (two working days from now)."""
    with transaction.atomic():
        taak = klanten.geef_internetaak(
            actor,
            zaak,
            soort="doorzetten",
            gevraagde_handeling=vraag,
            uiterlijk=uiterlijk or over_werkdagen(2),
            team=team,
            medewerker=medewerker,
            toelichting=toelichting,
            idempotency_key=idempotency_key,
        )
        if not zaken.eenmalig(taak.organisatie_id, "reactie.doorzetten", idempotency_key, taak.id):
            publish(ReactieDoorgezet(subject=taak.zaak_id, organisatie=taak.organisatie_id, internetaak=taak.id))
    return taak


def vraag_specialist(
    actor: Actor,
    zaak: Zaak | UUID,
    *,
    vraag: str,
    idempotency_key: str,
    team: Team | UUID | None = None,
    medewerker: Gebruiker | UUID | None = None,
    uiterlijk: datetime | None = None,
    toelichting: str = "",
) -> Internetaak:
    """Ask the third line for knowledge inside the file; whoever has the reactie keeps it. Answer within three working
    days unless `uiterlijk` says otherwise."""
    with transaction.atomic():
        taak = klanten.geef_internetaak(
            actor,
            zaak,
            soort="vraag",
            gevraagde_handeling=vraag,
            uiterlijk=uiterlijk or over_werkdagen(3),
            team=team,
            medewerker=medewerker,
            toelichting=toelichting,
            idempotency_key=idempotency_key,
        )
        if not zaken.eenmalig(taak.organisatie_id, "reactie.vragen", idempotency_key, taak.id):
            publish(SpecialistGevraagd(subject=taak.zaak_id, organisatie=taak.organisatie_id, internetaak=taak.id))
    return taak


def pak_taak_op(actor: Actor, taak: Internetaak | UUID) -> Internetaak:
    """Take up a hand-over, a question or a call-back. A hand-over makes the reactie one's own."""
    with transaction.atomic():
        taak = klanten.pak_op(actor, taak)
        if taak.soort == "doorzetten":
            _in_behandeling(actor, Zaak.objects.select_related("zaaktype", "status__statustype").get(id=taak.zaak_id))
    return taak


def beantwoord_taak(actor: Actor, taak: Internetaak | UUID, antwoord: str) -> Internetaak:
    """Answer a question of a colleague, or note that a call-back was made. Again: the task as it is."""
    with transaction.atomic():
        taak = klanten.beantwoord_internetaak(actor, taak, antwoord)
        eerder = zaken.eenmalig(taak.organisatie_id, "reactie.antwoorden", str(taak.id), taak.id)
        if taak.soort == "vraag" and not eerder:
            publish(SpecialistAntwoordde(subject=taak.zaak_id, organisatie=taak.organisatie_id, internetaak=taak.id))
    return taak


def geef_taak_terug(actor: Actor, taak: Internetaak | UUID, waarom: str) -> Internetaak:
    """Give a task back to its coordinator, by name, with the reason."""
    with transaction.atomic():
        taak = klanten.geef_terug(actor, taak, waarom)
        if taak.soort == "doorzetten":
            publish(
                ReactieDoorgezet(subject=taak.zaak_id, organisatie=taak.organisatie_id, internetaak=taak.id, terug=True)
            )
    return taak


def stel_uit(actor: Actor, zaak: Zaak | UUID, nieuwe_dag: date, waarom: str) -> Zaak:
    """Promise another day, because it takes longer; the resident hears it at once, with the reason.

    Refused: a day that is not later than the one promised or not a working day (`invalid`), or no reason (`required`).
    The term of a formal complaint is the law's: it is adjourned by the rules of Awb 9:11, not with this.
    """
    waarom_in_woorden(waarom)
    with transaction.atomic():
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        zrc_007_open(zaak.einddatum)
        if zaak.zaaktype.identificatie == "klacht":
            raise Refused("wettelijke-termijn", _("De termijn van een klacht staat in de wet (artikel 9:11 Awb)."))
        oud = Werkvoorraad.objects.get(zaak=zaak).antwoord_voor
        if nieuwe_dag <= max(oud, today()) or not is_werkdag(nieuwe_dag):
            raise Refused(
                "invalid", _("Kies een werkdag die later is dan %s.") % oud.strftime("%d-%m-%Y"), "nieuwe_dag"
            )
        zaken.werk_bij(actor, zaak, antwoord_voor=nieuwe_dag, einddatum_gepland=nieuwe_dag, waarom=waarom)
        publish(
            ReactieVertraagd(
                subject=zaak.id,
                organisatie=zaak.organisatie_id,
                oude_dag=oud.isoformat(),
                nieuwe_dag=nieuwe_dag.isoformat(),
                waarom=waarom,
            )
        )
    return zaak


def sluit_af(actor: Actor, zaak: Zaak | UUID, resultaat: str, waarom: str) -> Zaak:
    """Close a reactie with a resultaat and a reason in plain words, which the resident reads. Open hand-overs of it are
    withdrawn; an open question or call-back must be finished first (`open-taken`)."""
    with transaction.atomic():
        zaak = zaken.sluit_zaak(actor, zaak, resultaat, waarom)
        publish(ReactieAfgesloten(subject=zaak.id, organisatie=zaak.organisatie_id))
    return zaak


def heropen(actor: Actor, zaak: Zaak | UUID, waarom: str) -> Zaak:
    """An employee opens a closed reactie again and says why; the resident hears it."""
    waarom_in_woorden(waarom)
    with transaction.atomic():
        zaak = zaken.heropen_zaak(actor, zaak, waarom)
        publish(ReactieHeropend(subject=zaak.id, organisatie=zaak.organisatie_id, waarom=waarom))
    return zaak


def neem_werk_over(actor: Actor, van: Gebruiker | UUID, naar: Gebruiker | UUID, waarom: str) -> int:
    """Give all open reacties and tasks of one employee to another in one act: a coordinator when somebody is ill, or
    the substitute. Refused when `naar` is whom one of them is about. Gives the number of reacties and tasks.

    Raises Forbidden unless the actor may give work to others (`zaak.toewijzen`) or is the substitute.
    """
    waarom_in_woorden(waarom)
    wie, wie_nu = _sleutel(van), _sleutel(naar)
    if actor.kind == "medewerker" and wie not in actor.vervangt:
        actor.require(TOEWIJZEN)
    aantal = 0
    with transaction.atomic():
        for werk in Werkvoorraad.objects.filter(behandelaar_id=wie).order_by("zaak"):
            zaken.wijs_toe(actor, werk.zaak_id, team=werk.team_id, behandelaar=wie_nu, waarom=waarom)
            aantal += 1
        for taak in Internetaak.objects.filter(medewerker_id=wie).exclude(status="afgehandeld").order_by("id"):
            klanten.wijs_taak_toe(actor, taak, medewerker=wie_nu, waarom=waarom)
            aantal += 1
        record(
            actor,
            "reactie.overnemen",
            "medewerker",
            wie,
            waarom=waarom,
            detail={"naar": str(wie_nu), "aantal": aantal},
        )
    return aantal


def over_werkdagen(aantal: int) -> datetime:
    """Noon of the working day that is `aantal` working days from today, as an aware moment."""
    dag = today()
    for _dag in range(aantal):
        dag = volgende_werkdag(dag + timedelta(days=1))
    return datetime(dag.year, dag.month, dag.day, 12, tzinfo=AMSTERDAM)


def _in_behandeling(actor: Actor, zaak: Zaak) -> None:
    """The step 'In behandeling', when the reactie was only received, or waited for the resident."""
    stap = zaak.status.statustype.omschrijving if zaak.status else ""
    if stap in (rules.ONTVANGEN, rules.WACHT_OP_BEWONER):
        zaken.zet_status(actor, zaak, rules.IN_BEHANDELING)


def _sleutel(wie: Gebruiker | UUID) -> UUID:
    return wie if isinstance(wie, UUID) else wie.id
