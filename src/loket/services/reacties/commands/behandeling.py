"""What employees do with a reactie themselves: take it, give it to somebody, answer, wait, close, open again."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from loket.engines.termijnen.kalender import is_werkdag
from loket.foundation.access.actor import Actor
from loket.foundation.access.acts import act
from loket.foundation.database.sql import row
from loket.foundation.errors import Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Gebruiker, Organisatie
from loket.foundation.mail.outbox import send
from loket.foundation.time.clock import now, today
from loket.foundation.web.dates import long_date
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.models import Klantcontact
from loket.registers.klanten.rules import waarom_in_woorden
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Rol, Werkvoorraad, Zaak
from loket.registers.zaken.rules import BIJWERKEN, HEROPENEN, TOEWIJZEN, zrc_007_open
from loket.services.reacties import brieven, rules, rules_klacht, verdeling
from loket.services.reacties.catalogus import KLACHT_SLOT
from loket.services.reacties.commands.brief import maak_brief
from loket.services.reacties.events import (
    ReactieAfgesloten,
    ReactieBeantwoord,
    ReactieHeropend,
    ReactieVertraagd,
)
from loket.services.reacties.models import Klachtstap, Volglink
from loket.services.reacties.queries import klacht
from loket.services.reacties.queries import medewerker as queries
from loket.services.reacties.standaardteksten import alles_ingevuld

BEANTWOORDEN = act("reactie.beantwoorden", "Een bewoner antwoord geven of iets vragen")

KANALEN = ("email", "chat", "telefoon", "brief", "balie")
"""The ways in which an answer is given: by mail or in the chat through Loket, or noted as given by phone, letter or at
the counter."""


def neem_in_behandeling(actor: Actor, zaak: Zaak | UUID) -> Zaak:
    """The employee takes a free reactie: his or her name stands on the resident's page from now on. Again: the same.

    Refused (`al-in-behandeling`) with the name of the colleague who has it; a coordinator uses `wijs_toe` for that. Of
    somebody absent the substitute may take it.
    """
    with transaction.atomic():
        zaak = zaken.voor(actor, TOEWIJZEN, zaak)
        zrc_007_open(zaak.einddatum)
        werk = Werkvoorraad.objects.select_related("behandelaar").get(zaak=zaak)
        if werk.behandelaar_id not in (None, actor.id) and werk.behandelaar_id not in actor.vervangt:
            naam = werk.behandelaar.naam if werk.behandelaar else ""
            raise Refused("al-in-behandeling", _("%s is hier al mee bezig.") % naam)
        verdeling.pak_doorzettingen_op(actor, zaak)
        verdeling.trek_doorzettingen_in(actor, zaak, verdeling.DOOR["opgepakt"] % {"wie": actor.naam})
        eigen = next(iter(sorted(actor.teams)), None)
        team = werk.team_id if werk.team_id in actor.teams else eigen or werk.team_id
        zaken.wijs_toe(actor, zaak, team=team, behandelaar=actor.id, waarom=verdeling.IN_BEHANDELING_GENOMEN)
        verdeling.zet_in_behandeling(actor, zaak)
    return zaak


def wijs_toe(
    actor: Actor, zaak: Zaak | UUID, *, team: UUID | None, behandelaar: UUID | None = None, waarom: str = ""
) -> Zaak:
    """Give a reactie to a team or colleague without a question, as a coordinator does. A colleague has it with his or
    her own team. Refused as `zaken.commands.wijs_toe`, and for a formal complaint `bij-naam` and `mag-geen-klacht`."""
    with transaction.atomic():
        zaak = zaken.voor(actor, TOEWIJZEN, zaak)
        verdeling.controleer_bij_naam(zaak, team, behandelaar)
        if team is None and behandelaar is not None:
            werk = Werkvoorraad.objects.filter(zaak=zaak).first()
            team = _team_van(behandelaar, werk.team_id if werk else None)
        zaken.wijs_toe(actor, zaak, team=team, behandelaar=behandelaar, waarom=waarom)
        verdeling.trek_doorzettingen_in(actor, zaak, waarom or verdeling.DOOR["toegewezen"] % {"wie": actor.naam})
    return zaak


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
    `idempotency_key`: the same answer, not sent twice. A free reactie of an own team becomes the actor's.

    By `email` the worker sends it and the resident also sees it on the status page; `brief` makes
    the letter as PDF, the other channels note what was said. Refused without words (`required`), with a placeholder of
    a standard text still in it (`plek-open`), or an unknown channel (`invalid_choice`).
    A formal complaint is answered in writing (`op-schrift`) and ends by `commands.klacht` (`klacht-afdoen`).
    """
    return _schrijf(actor, zaak, tekst, idempotency_key, kanaal, bijlagen, resultaat=resultaat, waarom=waarom)[0]


def schrijf_klager(
    actor: Actor,
    zaak: Zaak,
    tekst: str,
    *,
    idempotency_key: str,
    bijlagen: Iterable[UUID] = (),
    resultaat: str = "",
    waarom: str = "",
) -> Klantcontact:
    """Write to the complainant as a step of the procedure: by mail, or by letter when there is no address; with
    `resultaat` it ends there. Part of `commands.klacht`, which knows whether it may."""
    kanaal = "email" if queries.heeft_adres(zaak.id) else "brief"
    return _schrijf(
        actor, zaak, tekst, idempotency_key, kanaal, bijlagen, resultaat=resultaat, waarom=waarom, klachtstap=True
    )[0]


def vraag_bewoner(actor: Actor, zaak: Zaak | UUID, vraag: str, *, idempotency_key: str) -> Klantcontact:
    """Ask the resident something; the reactie waits for the answer, and says so on the status page. Again with the same
    key: the same question."""
    with transaction.atomic():
        contact, nieuw = _schrijf(actor, zaak, vraag, idempotency_key, "email", (), stap=False)
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        if nieuw and zaak.einddatum is None:
            if not zaak.status or zaak.status.statustype.omschrijving != rules.WACHT_OP_BEWONER:
                zaken.zet_status(actor, zaak, rules.WACHT_OP_BEWONER)
            zaken.werk_bij(actor, zaak, wacht_op="bewoner")
    return contact


def _schrijf(
    actor: Actor,
    zaak: Zaak | UUID,
    tekst: str,
    idempotency_key: str,
    kanaal: str,
    bijlagen: Iterable[UUID],
    *,
    resultaat: str = "",
    waarom: str = "",
    stap: bool = True,
    klachtstap: bool = False,
) -> tuple[Klantcontact, bool]:
    """The message to the resident, and whether it is new."""
    if not tekst.strip():
        raise Refused("required", _("Schrijf eerst een antwoord."), "tekst")
    alles_ingevuld(tekst)
    if kanaal not in KANALEN:
        raise Refused("invalid_choice", _("Kies hoe u antwoord geeft."), "kanaal")
    with transaction.atomic():
        zaak = zaken.voor(actor, BEANTWOORDEN, zaak)
        if not klachtstap and zaak.zaaktype.identificatie == "klacht" and kanaal in ("telefoon", "balie"):
            raise Refused("op-schrift", _("Op een klacht antwoordt u op schrift (afdeling 9.1.2 Awb)."), "kanaal")
        eerder = zaken.eenmalig(zaak.organisatie_id, BEANTWOORDEN, idempotency_key, zaak.id)
        if not eerder and zaak.einddatum is None:
            verdeling.aan_de_slag(actor, zaak)
            if stap:
                verdeling.zet_in_behandeling(actor, zaak)
        if kanaal == "email" and queries.chat_van(zaak.id) and not queries.heeft_adres(zaak.id):
            kanaal = "chat"  # the way in which the resident wrote
        stukken = list(bijlagen)
        if kanaal == "brief" and not eerder and zaak.einddatum is None:
            stukken.append(maak_brief(actor, zaak, tekst, idempotency_key=idempotency_key))
        contact = klanten.leg_contact_vast(
            actor,
            organisatie=Organisatie.objects.get(id=zaak.organisatie_id),
            kanaal=kanaal,
            richting="uit",
            inhoud=tekst,
            onderwerp=zaak.omschrijving,
            zaken=[zaak],
            vertrouwelijk=zaak.va_rang >= verdeling.VERTROUWELIJK,
            indicatie_contact_gelukt=True,
            bijlagen=stukken,
            idempotency_key=idempotency_key,
        )
        if eerder:
            return contact, False
        publish(
            ReactieBeantwoord(subject=zaak.id, organisatie=zaak.organisatie_id, klantcontact=contact.id, kanaal=kanaal)
        )
        if resultaat:
            (_sluit if klachtstap else sluit_af)(actor, zaak, resultaat, waarom)
    return contact, True


def stel_uit(actor: Actor, zaak: Zaak | UUID, nieuwe_dag: date, waarom: str) -> Zaak:
    """Promise another day, because it takes longer; the resident hears it at once, with the reason.

    Refused: a day that is not later than the one promised or not a working day (`invalid`), or no reason (`required`).
    The term of a formal complaint is the law's: it is adjourned with `verdaag`.
    """
    waarom_in_woorden(waarom)
    with transaction.atomic():
        zaak = zaken.voor(actor, BEANTWOORDEN, zaak)
        zrc_007_open(zaak.einddatum)
        if zaak.zaaktype.identificatie == "klacht":
            raise Refused("wettelijke-termijn", _("De termijn van een klacht staat in de wet (artikel 9:11 Awb)."))
        oud = Werkvoorraad.objects.get(zaak=zaak).antwoord_voor
        if nieuwe_dag <= max(oud, today()) or not is_werkdag(nieuwe_dag):
            dag = long_date(max(oud, today()), get_language())
            raise Refused("invalid", _("Kies een werkdag die later is dan %s.") % dag, "nieuwe_dag")
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


def verdaag(
    actor: Actor,
    zaak: Zaak | UUID,
    nieuwe_dag: date,
    waarom: str,
    *,
    idempotency_key: str,
    instemming: str = "",
) -> Klantcontact:
    """Adjourn the handling of a formal complaint (Awb 9:11). In the same act the complainant is told in writing: by
    mail, or with a letter as PDF when there is no address; and so is the employee whom it is about, without a word of
    what the complaint says. Again with the same key: the same.

    `instemming`: how and when the complainant agreed with further delay; kept as an internal note. Gives the message to
    the complainant. Refused as `rules_klacht.awb_9_11`, without a reason (`required`), or for anything but a complaint
    (`geen-klacht`).
    """
    waarom_in_woorden(waarom)
    with transaction.atomic():
        zaak = zaken.voor(actor, BEANTWOORDEN, zaak)
        if zaak.zaaktype.identificatie != "klacht":
            raise Refused("geen-klacht", _("Verdagen kan alleen met een klacht. Stel een andere reactie uit."))
        eerder = zaken.eenmalig(zaak.organisatie_id, "reactie.verdagen", idempotency_key, zaak.id)
        taal = Volglink.objects.filter(zaak=zaak, meldt_mee=False).values_list("taal", flat=True).first()
        with override(taal or "nl"):
            tekst = brieven.verdaagd(zaak.identificatie, nieuwe_dag, waarom, instemming=bool(instemming.strip()))
        stukken, kanaal = [], "email" if queries.heeft_adres(zaak.id) else "brief"
        if not eerder:
            zrc_007_open(zaak.einddatum)
            oud = Werkvoorraad.objects.get(zaak=zaak).antwoord_voor
            feiten = klacht.procedure(zaak.id).feiten
            rules_klacht.awb_9_11(
                rules_klacht.termijn(feiten),
                nieuwe_dag,
                vandaag=today(),
                instemming=instemming,
                al_verdaagd=feiten.al_verdaagd,
            )
            _verleng(actor, zaak, oud, nieuwe_dag, waarom, instemming)
            if kanaal == "brief":
                stukken.append(maak_brief(actor, zaak, tekst, idempotency_key=idempotency_key))
        return klanten.leg_contact_vast(
            actor,
            organisatie=Organisatie.objects.get(id=zaak.organisatie_id),
            kanaal=kanaal,
            richting="uit",
            inhoud=tekst,
            onderwerp=zaak.omschrijving,
            zaken=[zaak],
            vertrouwelijk=True,
            indicatie_contact_gelukt=True,
            bijlagen=stukken,
            idempotency_key=f"verdagen:{idempotency_key}",
        )


def _verleng(actor: Actor, zaak: Zaak, oud: date, nieuw: date, waarom: str, instemming: str) -> None:
    """The new last day in the zaak, what the complainant agreed to, the event, and the mail to whom it is about."""
    zaken.werk_bij(
        actor,
        zaak,
        antwoord_voor=nieuw,
        einddatum_gepland=nieuw,
        uiterlijke_einddatum_afdoening=nieuw,
        verlenging_reden=rules.eerste_woorden(waarom, 200),
        verlenging_duur=f"P{(nieuw - oud).days}D",
        waarom=waarom,
    )
    Klachtstap.objects.create(
        organisatie_id=zaak.organisatie_id,
        zaak=zaak,
        soort="verdaging",
        gepland=nieuw,
        gedaan_op=now(),
        door_id=actor.id if actor.kind == "medewerker" else None,
        grond=rules_klacht.INSTEMMING if instemming.strip() else "tweede lid",
        toelichting=waarom,
        aangemaakt_op=now(),
    )
    if instemming.strip():
        zaken.schrijf_notitie(actor, zaak, brieven.INSTEMMING % {"hoe": instemming})
    publish(
        ReactieVertraagd(
            subject=zaak.id,
            organisatie=zaak.organisatie_id,
            oude_dag=oud.isoformat(),
            nieuwe_dag=nieuw.isoformat(),
            waarom=brieven.MET_INSTEMMING if instemming.strip() else brieven.VIER_WEKEN,
        )
    )
    betrokken = Rol.objects.filter(
        zaak=zaak, omschrijving_generiek="belanghebbende", medewerker__email__gt=""
    ).select_related("medewerker")
    for rol in betrokken:
        assert rol.medewerker is not None
        with override("nl"):
            onderwerp, tekst = brieven.verdaagd_collega(zaak.identificatie, nieuw)
        send(
            to=rol.medewerker.email,
            subject=onderwerp,
            text=tekst,
            key=f"verdaagd:{zaak.id}:{rol.medewerker_id}:{nieuw}",
            organisatie=zaak.organisatie_id,
            betreft=zaak.id,
        )


def sluit_af(actor: Actor, zaak: Zaak | UUID, resultaat: str, waarom: str) -> Zaak:
    """Close a reactie with a resultaat and a reason in plain words, which the resident reads. Open hand-overs of it are
    withdrawn; an open question or call-back must be finished first (`open-taken`). A formal complaint is ended, settled
    or not taken up by its own acts (`klacht-afdoen`): see `commands.klacht`."""
    with transaction.atomic():
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        if zaak.zaaktype.identificatie == "klacht" and resultaat in KLACHT_SLOT:
            zin = _("Een klacht doet u af op schrift, met bevindingen, oordeel en ombudsman (artikel 9:12 Awb).")
            raise Refused("klacht-afdoen", zin, "resultaat")
        return _sluit(actor, zaak, resultaat, waarom)


def _sluit(actor: Actor, zaak: Zaak, resultaat: str, waarom: str) -> Zaak:
    with transaction.atomic():
        verdeling.trek_doorzettingen_in(actor, zaak, verdeling.DOOR["afgesloten"] % {"wie": actor.naam or actor.kind})
        zaak = zaken.sluit_zaak(actor, zaak, resultaat, waarom)
        publish(ReactieAfgesloten(subject=zaak.id, organisatie=zaak.organisatie_id))
    return zaak


def heropen(actor: Actor, zaak: Zaak | UUID, waarom: str) -> Zaak:
    """An employee opens a closed reactie again and says why; the resident hears it. A formal complaint goes back to who
    handled it, by name."""
    waarom_in_woorden(waarom)
    with transaction.atomic():
        laatste = row(
            "select medewerker_id from zaken_toewijzing where zaak_id = %s and medewerker_id is not null"
            " order by van desc, id desc limit 1",
            (zaak.id if isinstance(zaak, Zaak) else zaak,),
        )
        soort = zaken.voor(actor, HEROPENEN, zaak).zaaktype.identificatie
        dag = rules.termijn(soort, now()).laatste_dag
        zaak = zaken.heropen_zaak(actor, zaak, waarom, antwoord_voor=dag)
        Klachtstap.objects.filter(zaak=zaak, soort__in=("afdoening", "niet", "informeel")).update(vervallen=True)
        if zaak.va_rang >= verdeling.VERTROUWELIJK and laatste:
            systeem = Actor.system(actor.naam or actor.kind, zaak.organisatie_id)
            zaken.wijs_toe(systeem, zaak, behandelaar=laatste["medewerker_id"], waarom=waarom)
        publish(ReactieHeropend(subject=zaak.id, organisatie=zaak.organisatie_id, waarom=waarom))
    return zaak


def noem_betrokken_medewerker(actor: Actor, zaak: Zaak | UUID, medewerker: Gebruiker | UUID, waarom: str = "") -> Rol:
    """A complaint is about this employee: he or she never sees it from now on (Awb 9:7).

    Refused (`eerst-overdragen`) when that is who handles it: an uninvolved colleague must have it first.
    """
    wie = medewerker if isinstance(medewerker, UUID) else medewerker.id
    with transaction.atomic():
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        eigenaar = Klachtstap.objects.filter(zaak=zaak, eigenaar=wie, gedaan_op=None, vervallen=False)
        if eigenaar.exists() or Werkvoorraad.objects.filter(zaak=zaak, behandelaar_id=wie).exists():
            raise Refused(
                "eerst-overdragen",
                _("Deze medewerker behandelt de klacht nu. Wijs haar eerst toe aan een ander."),
                "medewerker",
            )
        return zaken.voeg_rol_toe(actor, zaak, "belanghebbende", medewerker=wie, waarom=waarom)


def _team_van(medewerker: UUID, huidig: UUID | None) -> UUID | None:
    """The team that an employee works in; the one that has the reactie if that is one of them."""
    gevonden = row(
        "select team_id from loket_identity_lidmaatschap where gebruiker_id = %s"
        " order by (team_id = %s) desc, team_id limit 1",
        (medewerker, huidig),
    )
    return gevonden["team_id"] if gevonden else huidig
