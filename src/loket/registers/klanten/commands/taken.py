"""What one colleague asks of another: given, taken up, answered, given back, taken over. A task never lies with
nobody."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import value
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.event import Event
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Afwezigheid, Gebruiker, Team
from loket.foundation.time.clock import AMSTERDAM, now
from loket.registers.basis import bewaar, controleer
from loket.registers.klanten import rules
from loket.registers.klanten.events import (
    InternetaakAfgehandeld,
    InternetaakGegeven,
    InternetaakOpgepakt,
    InternetaakTeruggegeven,
)
from loket.registers.klanten.models import Internetaak
from loket.registers.klanten.models.taak import OPEN
from loket.registers.zaken.commands import eenmalig, voor
from loket.registers.zaken.models import Rol, Werkvoorraad, Zaak
from loket.registers.zaken.rules import BIJWERKEN, LEZEN, niet_betrokken, zrc_007_open
from loket.registers.zaken.stappen import sleutel, zet_eigenaar, zet_wachten

GEVEN = "internetaak.geven"


def geef_internetaak(
    actor: Actor,
    zaak: Zaak | UUID,
    *,
    soort: str,
    gevraagde_handeling: str,
    uiterlijk: datetime,
    idempotency_key: str,
    team: Team | UUID | None = None,
    medewerker: Gebruiker | UUID | None = None,
    toelichting: str = "",
    klantcontact: UUID | None = None,
    vervanger: Gebruiker | UUID | None = None,
    coordinator: Gebruiker | UUID | None = None,
    terug_op: datetime | None = None,
    van: datetime | None = None,
    telefoon: str = "",
) -> Internetaak:
    """Ask a team or colleague of the zaak's organisation something about an open zaak. Again with the same
    `idempotency_key`: the same task.

    `soort`: `doorzetten` (the zaak goes over to them at once, and stays on their list until somebody takes it up),
    `vraag` (the zaak stays and waits for a colleague), `terugbellen` (see `beloof_terugbellen`). `terug_op`, when it
    goes back to the coordinator if nobody took it up, defaults to halfway `uiterlijk`. `vervanger` defaults to who
    stands in for an absent `medewerker`; `coordinator` to that of the team asked, else of the team that has the zaak,
    else who asks.
    Needs `zaak.bijwerken`. Raises Forbidden, NotFound, Refused (`required`, `invalid`, `andere-organisatie`,
    `betrokken`, `zaak-closed`, `geen-coordinator`).
    """
    moment, nieuw = now(), uuid7()
    welk, wie = sleutel(team), sleutel(medewerker)
    rules.controleer_taak(gevraagde_handeling, moment, uiterlijk, (welk, wie))
    with transaction.atomic():
        zaak = voor(actor, BIJWERKEN, zaak)
        if earlier := eenmalig(zaak.organisatie_id, GEVEN, idempotency_key, nieuw):
            return Internetaak.objects.get(id=earlier)
        zrc_007_open(zaak.einddatum)
        _controleer_wie(zaak, welk, wie)
        taak = bewaar(
            Internetaak(
                id=nieuw,
                organisatie_id=zaak.organisatie_id,
                nummer=f"{value("select nextval('klanten_nummer')"):010d}",
                soort=soort,
                zaak=zaak,
                klantcontact_id=klantcontact,
                gevraagde_handeling=gevraagde_handeling,
                toelichting=toelichting,
                gegeven_door_id=actor.id if actor.kind == "medewerker" else None,
                door=actor.naam or actor.kind,
                toegewezen_op=moment,
                team_id=_bij_team(soort, welk, wie, zaak),
                medewerker_id=wie,
                vervanger_id=sleutel(vervanger) or _vervanger(wie, moment),
                coordinator_id=sleutel(coordinator) or _coordinator(actor, zaak, welk, wie),
                uiterlijk=uiterlijk,
                terug_op=min(terug_op or rules.terug_op(moment, uiterlijk, van), uiterlijk),
                van=van,
                telefoon=telefoon,
            )
        )
        if soort == "doorzetten":
            zet_eigenaar(actor, zaak, welk or _team_van(wie, zaak) or _huidig_team(zaak), wie, gevraagde_handeling)
        elif soort == "vraag":
            zet_wachten(zaak.id, wacht_op="collega")
        _meld(actor, taak, GEVEN, gevraagde_handeling, _gegeven(taak))
    return taak


def pak_op(actor: Actor, taak: Internetaak | UUID) -> Internetaak:
    """Take up a task that lies with the actor, one of his or her teams, or somebody he or she stands in for. A
    hand-over is thereby done and the zaak is the actor's. Twice by the same person is harmless. Raises Forbidden,
    NotFound, Refused (`taak-opgepakt` with who, `taak-afgehandeld`)."""
    with transaction.atomic():
        taak = _voor(actor, taak)
        if taak.opgepakt_door_id == actor.id and taak.status != "teruggegeven":
            return taak
        rules.is_open(taak.status)
        if actor.id not in (taak.medewerker_id, taak.vervanger_id):
            rules.nog_niet_opgepakt(taak.status, _naam(taak.opgepakt_door_id))
        _neem(actor, taak, "")
    return taak


def neem_over(actor: Actor, taak: Internetaak | UUID, waarom: str) -> Internetaak:
    """Take over an open task, also one that a colleague took up: the substitute of somebody absent, the coordinator,
    or a member of the team. Raises Forbidden, NotFound, Refused (`required`, `taak-afgehandeld`)."""
    rules.waarom_in_woorden(waarom)
    with transaction.atomic():
        taak = _voor(actor, taak)
        rules.is_open(taak.status)
        _neem(actor, taak, waarom)
    return taak


def beantwoord_internetaak(actor: Actor, taak: Internetaak | UUID, antwoord: str = "") -> Internetaak:
    """Finish a task; a question needs an `antwoord` in words. The zaak has news, and no longer waits when it was the
    last question. Again: the task as it is. Raises Forbidden, NotFound, Refused (`required`)."""
    with transaction.atomic():
        taak = _voor(actor, taak)
        if taak.status == "afgehandeld":
            return taak
        rules.controleer_antwoord(taak.soort, antwoord)
        if taak.opgepakt_op is None:
            taak.opgepakt_op, taak.opgepakt_door_id = now(), _medewerker(actor)
        _rond_af(actor, taak, antwoord)
        zet_wachten(taak.zaak_id, nieuw_bericht=True if taak.soort == "vraag" else None)
        _meld(
            actor,
            taak,
            "internetaak.beantwoorden",
            "",
            InternetaakAfgehandeld(
                subject=taak.zaak_id, organisatie=taak.organisatie_id, internetaak=taak.id, soort=taak.soort
            ),
        )
    return taak


def trek_in(actor: Actor, taak: Internetaak | UUID, waarom: str) -> Internetaak:
    """Withdraw a task that is no longer needed: by who gave it, or its coordinator. Raises Forbidden, NotFound,
    Refused."""
    rules.waarom_in_woorden(waarom)
    with transaction.atomic():
        taak = _voor(actor, taak, gever=True)
        rules.is_open(taak.status)
        _rond_af(actor, taak, waarom)
        _meld(
            actor,
            taak,
            "internetaak.intrekken",
            waarom,
            InternetaakAfgehandeld(
                subject=taak.zaak_id,
                organisatie=taak.organisatie_id,
                internetaak=taak.id,
                soort=taak.soort,
                ingetrokken=True,
            ),
        )
    return taak


def geef_terug(actor: Actor, taak: Internetaak | UUID, waarom: str) -> Internetaak:
    """Give a task back to its coordinator, who then has it (and the zaak, after a hand-over): because it lies wrong,
    or, by the system, because nobody took it up by `terug_op`. Twice is harmless. Raises Forbidden, NotFound,
    Refused."""
    rules.waarom_in_woorden(waarom)
    with transaction.atomic():
        taak = _voor(actor, taak)
        rules.is_open(taak.status)
        if taak.status == "teruggegeven":
            return taak
        taak.status = "teruggegeven"
        taak.teruggegeven_op, taak.teruggegeven_waarom = now(), waarom
        taak.team_id = taak.team_id if taak.soort == "terugbellen" else None
        taak.medewerker_id = taak.coordinator_id
        taak.vervanger_id = _vervanger(taak.coordinator_id, now())
        taak.opgepakt_op = taak.opgepakt_door_id = None
        controleer(taak)
        taak.save()
        if taak.soort == "doorzetten":
            zaak = Zaak.objects.select_related("zaaktype").select_for_update(of=("self",)).get(id=taak.zaak_id)
            zet_eigenaar(
                actor, zaak, _team_van(taak.coordinator_id, zaak) or _huidig_team(zaak), taak.coordinator_id, waarom
            )
        _meld(
            actor,
            taak,
            "internetaak.teruggeven",
            waarom,
            InternetaakTeruggegeven(
                subject=taak.zaak_id,
                organisatie=taak.organisatie_id,
                internetaak=taak.id,
                soort=taak.soort,
                coordinator=taak.coordinator_id,
            ),
        )
    return taak


def wijs_taak_toe(
    actor: Actor,
    taak: Internetaak | UUID,
    *,
    team: Team | UUID | None = None,
    medewerker: Gebruiker | UUID | None = None,
    uiterlijk: datetime | None = None,
    terug_op: datetime | None = None,
    waarom: str = "",
) -> Internetaak:
    """Give an open task to another team or colleague: by who gave it, its coordinator, or who has it now. Raises as
    `geef_internetaak`."""
    with transaction.atomic():
        taak = _voor(actor, taak, gever=True)
        rules.is_open(taak.status)
        moment, welk, wie = now(), sleutel(team), sleutel(medewerker)
        tot = uiterlijk or max(taak.uiterlijk, moment)
        rules.controleer_taak(taak.gevraagde_handeling, moment, tot, (welk, wie))
        zaak = Zaak.objects.select_related("zaaktype").select_for_update(of=("self",)).get(id=taak.zaak_id)
        _controleer_wie(zaak, welk, wie)
        taak.team_id, taak.medewerker_id = _bij_team(taak.soort, welk, wie, zaak), wie
        taak.vervanger_id = _vervanger(wie, moment)
        taak.uiterlijk = tot
        taak.terug_op = min(terug_op or rules.terug_op(moment, tot, taak.van), tot)
        taak.status = "gegeven"
        taak.opgepakt_op = taak.opgepakt_door_id = None
        taak.save()
        if taak.soort == "doorzetten":
            zet_eigenaar(actor, zaak, welk or _team_van(wie, zaak) or _huidig_team(zaak), wie, waarom)
        _meld(actor, taak, GEVEN, waarom, _gegeven(taak))
    return taak


def _voor(actor: Actor, taak: Internetaak | UUID, *, gever: bool = False) -> Internetaak:
    """The task, locked, if it is the actor's to act on. NotFound when the actor may not see the zaak."""
    found = (
        Internetaak.objects.select_for_update().filter(id=taak.id if isinstance(taak, Internetaak) else taak).first()
    )
    if found is None:
        raise NotFound("No such internetaak.")
    if actor.kind == "systeem":
        return found
    voor(actor, LEZEN, found.zaak_id)
    van = {found.medewerker_id, found.vervanger_id, found.coordinator_id, found.opgepakt_door_id}
    if gever:
        van.add(found.gegeven_door_id)
    if actor.kind != "medewerker" or not (
        actor.id in van or found.medewerker_id in actor.vervangt or found.team_id in actor.teams
    ):
        raise Forbidden(f"{actor.naam or actor.kind} does not have this task.")
    return found


def _neem(actor: Actor, taak: Internetaak, waarom: str) -> None:
    """The task is the actor's from now on; a hand-over is done, and the zaak the actor's as well."""
    wie = _medewerker(actor)
    if wie is None:
        raise Forbidden("Only an employee takes up a task.")
    zaak = Zaak.objects.select_related("zaaktype").select_for_update(of=("self",)).get(id=taak.zaak_id)
    _controleer_wie(zaak, None, wie)
    taak.opgepakt_op, taak.opgepakt_door_id = now(), wie
    taak.medewerker_id = wie
    taak.status = "opgepakt"
    if taak.soort == "doorzetten":
        _rond_af(actor, taak, "")
        if zaak.einddatum is None:
            zet_eigenaar(actor, zaak, taak.team_id or _huidig_team(zaak), wie, waarom)
    else:
        taak.save()
    _meld(
        actor,
        taak,
        "internetaak.oppakken",
        waarom,
        InternetaakOpgepakt(
            subject=taak.zaak_id, organisatie=taak.organisatie_id, internetaak=taak.id, soort=taak.soort, door=wie
        ),
    )


def _rond_af(actor: Actor, taak: Internetaak, antwoord: str) -> None:
    taak.status = "afgehandeld"
    taak.afgehandeld_op, taak.afgehandeld_door_id = now(), _medewerker(actor)
    taak.antwoord = antwoord
    controleer(taak)
    taak.save()
    andere = Internetaak.objects.filter(zaak_id=taak.zaak_id, soort="vraag", status__in=OPEN).exists()
    wacht = Werkvoorraad.objects.filter(zaak_id=taak.zaak_id, wacht_op="collega").exists()
    if taak.soort == "vraag" and wacht and not andere:
        zet_wachten(taak.zaak_id, wacht_op="")


def _meld(actor: Actor, taak: Internetaak, handeling: str, waarom: str, event: Event) -> None:
    detail: dict[str, Any] = {"internetaak": str(taak.id), "soort": taak.soort}
    record(actor, handeling, "zaak", taak.zaak_id, organisatie=taak.organisatie_id, waarom=waarom, detail=detail)
    publish(event)


def _gegeven(taak: Internetaak) -> InternetaakGegeven:
    return InternetaakGegeven(
        subject=taak.zaak_id,
        organisatie=taak.organisatie_id,
        internetaak=taak.id,
        soort=taak.soort,
        team=taak.team_id,
        medewerker=taak.medewerker_id,
    )


def _controleer_wie(zaak: Zaak, team: UUID | None, medewerker: UUID | None) -> None:
    """Whoever is asked works for the zaak's organisation, and is not who the zaak is about."""
    if team and not Team.objects.filter(id=team, organisatie_id=zaak.organisatie_id).exists():
        raise Refused("andere-organisatie", _("Dit team hoort bij een andere organisatie. Stuur de zaak door."), "team")
    if medewerker is None:
        return
    if not Gebruiker.objects.filter(id=medewerker, organisatie_id=zaak.organisatie_id, is_active=True).exists():
        raise Refused("andere-organisatie", _("Deze medewerker werkt niet bij deze organisatie."), "medewerker")
    uitgesloten = Rol.objects.filter(zaak=zaak, omschrijving_generiek="belanghebbende", medewerker__isnull=False)
    niet_betrokken(medewerker, set(uitgesloten.values_list("medewerker_id", flat=True)))


def _coordinator(actor: Actor, zaak: Zaak, team: UUID | None, medewerker: UUID | None) -> UUID:
    """Who gets the task when nobody takes it up. Raises Refused (`geen-coordinator`)."""
    for welk in (team, _team_van(medewerker, zaak), _huidig_team(zaak)):
        if welk and (wie := Team.objects.filter(id=welk).values_list("coordinator_id", flat=True).first()):
            return wie
    if (zelf := _medewerker(actor)) is not None:
        return zelf
    raise Refused(
        "geen-coordinator", _("Dit team heeft geen coördinator. Kies bij wie de taak terugkomt."), "coordinator"
    )


def _vervanger(medewerker: UUID | None, moment: datetime) -> UUID | None:
    """Who stands in for an employee on the day of `moment`."""
    dag = moment.astimezone(AMSTERDAM).date()
    return (
        Afwezigheid.objects.filter(gebruiker_id=medewerker, van__lte=dag, tot_en_met__gte=dag)
        .order_by("-tot_en_met")
        .values_list("vervanger_id", flat=True)
        .first()
        if medewerker
        else None
    )


def _team_van(medewerker: UUID | None, zaak: Zaak) -> UUID | None:
    """The team in which an employee works in the zaak's organisation; the one that has the zaak if that is one of
    them."""
    if medewerker is None:
        return None
    teams = list(
        Team.objects.filter(organisatie_id=zaak.organisatie_id, leden__gebruiker_id=medewerker)
        .order_by("id")
        .values_list("id", flat=True)
    )
    huidig = _huidig_team(zaak)
    return huidig if huidig in teams else next(iter(teams), None)


def _bij_team(soort: str, team: UUID | None, medewerker: UUID | None, zaak: Zaak) -> UUID | None:
    """A call-back is always with a team as well: anybody there may take it over."""
    return team or (_team_van(medewerker, zaak) or _huidig_team(zaak) if soort == "terugbellen" else None)


def _huidig_team(zaak: Zaak) -> UUID | None:
    return Werkvoorraad.objects.filter(zaak=zaak).values_list("team_id", flat=True).first()


def _naam(medewerker: UUID | None) -> str:
    if medewerker is None:
        return ""
    return Gebruiker.objects.filter(id=medewerker).values_list("naam", flat=True).first() or ""


def _medewerker(actor: Actor) -> UUID | None:
    return actor.id if actor.kind == "medewerker" else None
