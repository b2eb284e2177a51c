"""What colleagues ask of each other about a reactie: a hand-over, a question to a specialist, somebody's work."""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import row, rows
from loket.foundation.errors import Forbidden, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Gebruiker, Team
from loket.foundation.time.clock import now
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.models import Internetaak
from loket.registers.klanten.queries import terug_te_geven
from loket.registers.klanten.rules import waarom_in_woorden
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Idempotentie, Werkvoorraad, Zaak
from loket.registers.zaken.queries.zicht import zichtbaar_werk
from loket.registers.zaken.rules import BIJWERKEN, TOEWIJZEN
from loket.services.reacties import verdeling
from loket.services.reacties.commands.terugbellen import nieuwe_belofte
from loket.services.reacties.events import ReactieDoorgezet, SpecialistAntwoordde, SpecialistGevraagd

log = logging.getLogger(__name__)

WERKDAGEN_OPPAKKEN, WERKDAGEN_ANTWOORD = 2, 3
"""Within how many working days a colleague takes up a hand-over, and a specialist answers, unless asked otherwise."""


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
    nobody takes it up it returns to the coordinator before `uiterlijk` (two working days from now). An earlier
    hand-over of it ends. A formal complaint goes to one named person (Refused `bij-naam`, `mag-geen-klacht`). Needs
    `zaak.toewijzen`."""
    with transaction.atomic():
        zaak = zaken.voor(actor, TOEWIJZEN, zaak)
        verdeling.controleer_bij_naam(zaak, verdeling.sleutel(team), verdeling.sleutel(medewerker))
        taak = klanten.geef_internetaak(
            actor,
            zaak,
            soort="doorzetten",
            gevraagde_handeling=vraag,
            uiterlijk=uiterlijk or verdeling.over_werkdagen(WERKDAGEN_OPPAKKEN),
            team=team,
            medewerker=medewerker,
            toelichting=toelichting,
            idempotency_key=idempotency_key,
        )
        if not zaken.eenmalig(taak.organisatie_id, "reactie.doorzetten", idempotency_key, taak.id):
            systeem = Actor.system(actor.naam or actor.kind, zaak.organisatie_id)
            verdeling.trek_doorzettingen_in(
                systeem, zaak, verdeling.DOOR["doorgezet"] % {"wie": actor.naam}, behalve=taak.id
            )
            publish(ReactieDoorgezet(subject=taak.zaak_id, organisatie=taak.organisatie_id, internetaak=taak.id))
    return taak


def neem_voorstel_over(actor: Actor, zaak: Zaak | UUID, *, idempotency_key: str) -> Internetaak:
    """Pass a reactie on to the team that was suggested. Refused (`geen-voorstel`) when there is none, or that team has
    it already."""
    with transaction.atomic():
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        werk = Werkvoorraad.objects.filter(zaak=zaak).first()
        if werk is None or werk.voorstel_team_id is None:
            raise Refused("geen-voorstel", _("Er is geen voorstel. Kies zelf een team met D."))
        eerder = Idempotentie.objects.filter(organisatie=zaak.organisatie_id, sleutel=idempotency_key)
        if werk.team_id == werk.voorstel_team_id and not eerder.exists():
            raise Refused("geen-voorstel", _("De zaak ligt al bij het team van het voorstel."))
        return zet_door(
            actor,
            zaak,
            team=werk.voorstel_team_id,
            vraag=gettext_noop("Willen jullie dit behandelen?"),
            idempotency_key=idempotency_key,
        )


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
    days unless `uiterlijk` says otherwise. About a formal complaint one named person is asked."""
    with transaction.atomic():
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        verdeling.controleer_bij_naam(zaak, verdeling.sleutel(team), verdeling.sleutel(medewerker))
        taak = klanten.geef_internetaak(
            actor,
            zaak,
            soort="vraag",
            gevraagde_handeling=vraag,
            uiterlijk=uiterlijk or verdeling.over_werkdagen(WERKDAGEN_ANTWOORD),
            team=team,
            medewerker=medewerker,
            toelichting=toelichting,
            idempotency_key=idempotency_key,
        )
        if not zaken.eenmalig(taak.organisatie_id, "reactie.vragen", idempotency_key, taak.id):
            publish(SpecialistGevraagd(subject=taak.zaak_id, organisatie=taak.organisatie_id, internetaak=taak.id))
    return taak


def pak_taak_op(actor: Actor, taak: Internetaak | UUID) -> Internetaak:
    """Take up a hand-over, a question or a call-back. A hand-over makes the reactie one's own. What somebody absent
    took up, the substitute takes over."""
    with transaction.atomic():
        nu = Internetaak.objects.filter(id=_sleutel(taak)).first()
        if nu is not None and nu.status == "opgepakt" and nu.medewerker_id in actor.vervangt:
            return klanten.neem_over(actor, nu, gettext_noop("vervangt een afwezige collega"))
        taak = klanten.pak_op(actor, taak)
        if taak.soort == "doorzetten":
            zaak = Zaak.objects.select_related("zaaktype", "status__statustype").get(id=taak.zaak_id)
            if zaak.einddatum is None:
                verdeling.zet_in_behandeling(actor, zaak)
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


def trek_taak_in(actor: Actor, taak: Internetaak | UUID, waarom: str) -> Internetaak:
    """Withdraw a question or call-back that is no longer needed: by who asked, or its coordinator. A hand-over is
    not withdrawn but passed on: the reactie would lie with whom nobody asked any more (Refused `doorzetting`)."""
    with transaction.atomic():
        if Internetaak.objects.filter(id=_sleutel(taak), soort="doorzetten").exists():
            raise Refused("doorzetting", _("Zet de zaak door naar een ander, of neem haar zelf in behandeling."))
        return klanten.trek_in(actor, taak, waarom)


def breng_terug(actor: Actor) -> int:
    """Hand-overs, questions and call-backs that nobody took up go to their named coordinator, in time to do them still:
    the work of a job each minute. Gives how many went back. One that cannot go back does not hold up the others."""
    aantal = 0
    for taak in terug_te_geven(200):
        try:
            geef_taak_terug(actor, taak, gettext_noop("Niemand pakte dit op voor het afgesproken moment."))
            aantal += 1
        except Refused as refused:
            log.error("Task %s cannot go back to its coordinator: %s", taak, refused.code)
    return aantal


def neem_werk_over(actor: Actor, van: Gebruiker | UUID, naar: Gebruiker | UUID, waarom: str) -> int:
    """Give all open reacties, tasks, call-backs and unfinished notes of one employee to another in one act: a
    coordinator when somebody is ill, the substitute, or the employee. Gives how many there were. What the actor may
    not see stays: a formal complaint is handed over by who may.

    Raises Forbidden for anybody else, Refused when `naar` is who one of them is about (`betrokken`), or no reason
    (`required`).
    """
    waarom_in_woorden(waarom)
    wie, wie_nu = _sleutel(van), _sleutel(naar)
    if wie == wie_nu:
        raise Refused("self-forbidden", _("Kies een ander dan wie het werk nu heeft."), "naar")
    if not _mag_werk_geven(actor, wie):
        raise Forbidden(f"{actor.naam} may not give the work of this colleague to another.")
    with transaction.atomic():
        aantal = _geef_zaken(actor, wie, wie_nu, waarom) + _geef_taken(actor, wie, wie_nu, waarom)
        aantal += klanten.draag_gesprekken_over(actor, wie, wie_nu)
        record(
            actor,
            "reactie.overnemen",
            "medewerker",
            wie,
            waarom=waarom,
            detail={"naar": str(wie_nu), "aantal": aantal},
        )
    return aantal


def _mag_werk_geven(actor: Actor, wie: UUID) -> bool:
    """The employee, the substitute, and the coordinator of a team that the employee works in."""
    if actor.kind == "systeem" or wie == actor.id or wie in actor.vervangt:
        return True
    return (
        actor.kind == "medewerker"
        and actor.may(TOEWIJZEN)
        and row(
            "select 1 from loket_identity_lidmaatschap l join loket_identity_team t on t.id = l.team_id"
            " where l.gebruiker_id = %s and t.coordinator_id = %s",
            (wie, actor.id),
        )
        is not None
    )


def _geef_zaken(actor: Actor, wie: UUID, wie_nu: UUID, waarom: str) -> int:
    zicht, params = zichtbaar_werk(actor, TOEWIJZEN)
    gevonden = rows(
        "select w.zaak_id, w.va_rang from zaken_werkvoorraad w where w.behandelaar_id = %(wie)s"
        f" and {zicht} order by w.zaak_id",
        {"wie": wie, **params},
    )
    for rij in gevonden:
        if rij["va_rang"] >= verdeling.VERTROUWELIJK:
            verdeling.controleer_bij_naam(Zaak.objects.get(id=rij["zaak_id"]), None, wie_nu)
        zaken.wijs_toe(actor, rij["zaak_id"], behandelaar=wie_nu, waarom=waarom)
    return len(gevonden)


def _geef_taken(actor: Actor, wie: UUID, wie_nu: UUID, waarom: str) -> int:
    """Tasks keep their deadline; one that is too late gets until the next working day, and a call-back a new promised
    moment, which the resident hears. One that the coordinator may not
    touch as such is moved in his or her name."""
    aantal = 0
    zicht, params = zichtbaar_werk(actor, TOEWIJZEN)
    gevonden = rows(
        "select i.id from klanten_internetaak i join zaken_werkvoorraad w on w.zaak_id = i.zaak_id"
        f" where i.medewerker_id = %(wie)s and i.status <> 'afgehandeld' and {zicht} order by i.id",
        {"wie": wie, **params},
    )
    for taak in Internetaak.objects.filter(id__in=[rij["id"] for rij in gevonden]).order_by("id"):
        nu_beloofd = nieuwe_belofte(actor, taak)
        tot = nu_beloofd.uiterlijk if nu_beloofd.uiterlijk > now() else verdeling.over_werkdagen(1)

        def geef(door: Actor, taak: Internetaak = taak, tot: datetime = tot) -> Internetaak:
            return klanten.wijs_taak_toe(door, taak, medewerker=wie_nu, uiterlijk=tot, waarom=waarom)

        _of_als_systeem(actor, taak.organisatie_id, geef)
        aantal += 1
    return aantal


def _of_als_systeem(actor: Actor, organisatie: UUID, doe: Callable[[Actor], object]) -> None:
    try:
        doe(actor)
    except Forbidden:
        doe(Actor.system(actor.naam, organisatie))


def _sleutel(wie: Gebruiker | Internetaak | UUID) -> UUID:
    return wie if isinstance(wie, UUID) else wie.id
