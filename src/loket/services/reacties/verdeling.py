"""Dividing the work, as the commands of employees share it: who gets a new reactie, who may be asked, and hand-overs
that are done. No rights, no transaction of its own: part of commands."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from loket.engines.termijnen.kalender import tel_werkdagen
from loket.foundation.access.actor import Actor, load
from loket.foundation.database.sql import row
from loket.foundation.errors import Forbidden, Refused
from loket.foundation.identity.models import Gebruiker, Team
from loket.foundation.time.clock import AMSTERDAM, today
from loket.foundation.web.stored import sentence
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.models import Internetaak
from loket.registers.zaken import commands as zaken
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Werkvoorraad, Zaak
from loket.registers.zaken.rules import LEZEN, TOEWIJZEN
from loket.services.reacties import rules

VERTROUWELIJK = 5
"""From this rank on (formal complaints) only people who are named see a zaak."""
IN_BEHANDELING_GENOMEN = gettext_noop("in behandeling genomen")
DOOR = {
    "opgepakt": sentence(gettext_noop("in behandeling genomen door %(wie)s")),
    "toegewezen": sentence(gettext_noop("toegewezen door %(wie)s")),
    "doorgezet": sentence(gettext_noop("doorgezet door %(wie)s")),
    "afgesloten": sentence(gettext_noop("afgesloten door %(wie)s")),
}
"""Why a hand-over ended by itself: stored in Dutch, shown in the language of the reader."""


def sleutel(wie: Team | Gebruiker | UUID | None) -> UUID | None:
    """The key of a team or employee, however it is given."""
    return wie if wie is None or isinstance(wie, UUID) else wie.id


def over_werkdagen(aantal: int) -> datetime:
    """Noon of the working day that is `aantal` working days from today, as an aware moment."""
    dag = tel_werkdagen(today(), aantal)
    return datetime(dag.year, dag.month, dag.day, 12, tzinfo=AMSTERDAM)


def eerste_eigenaar(organisatie: UUID, soort: str) -> tuple[UUID | None, UUID | None]:
    """Who gets a new reactie: the first line; of a formal complaint the team that knows complaints, and by name its
    coordinator, because nobody else sees it."""
    gevonden = row(
        "select t.id, t.coordinator_id from loket_identity_team t where t.organisatie_id = %s"
        " order by (%s and 'klachten' = any(t.domeinen)) desc, t.lijn, t.id limit 1",
        (organisatie, soort == "klacht"),
    )
    if gevonden is None:
        return None, None
    return gevonden["id"], gevonden["coordinator_id"] if soort == "klacht" else None


def noem_coordinator(zaak: Zaak, coordinator: UUID | None) -> None:
    """Of a formal complaint the coordinator is named as such, and thus keeps seeing it when a colleague handles it."""
    if coordinator is not None:
        systeem = Actor.system("reacties", zaak.organisatie_id)
        zaken.voeg_rol_toe(systeem, zaak, "zaakcoordinator", medewerker=coordinator)


def team_dat_het_weet(organisatie: UUID, soort: str, tekst: str) -> tuple[UUID | None, float | None]:
    """The team that probably knows about these words, second line first, and how certain that is."""
    voorstel = rules.voorstel(soort, tekst)
    gevonden = voorstel and row(
        "select id from loket_identity_team where organisatie_id = %s and %s = any(domeinen)"
        " order by lijn = 2 desc, id limit 1",
        (organisatie, voorstel.domein),
    )
    return (gevonden["id"], voorstel.zekerheid) if voorstel and gevonden else (None, None)


def controleer_bij_naam(zaak: Zaak, team: UUID | None, medewerker: UUID | None) -> None:
    """A formal complaint lies with one person by name, who may handle complaints. Raises Refused (`bij-naam`,
    `mag-geen-klacht`)."""
    if zaak.va_rang < VERTROUWELIJK:
        return
    if medewerker is None:
        raise Refused("bij-naam", _("Een klacht geeft u aan één persoon, niet aan een team."), "bij")
    if not any(g.handeling == LEZEN and g.max_va >= zaak.va_rang for g in load(medewerker).grants):
        naam = Gebruiker.objects.filter(id=medewerker).values_list("naam", flat=True).first() or ""
        raise Refused("mag-geen-klacht", _("%s behandelt geen klachten. Kies een klachtbehandelaar.") % naam, "bij")


def doorzettingen(zaak: Zaak) -> list[Internetaak]:
    """The hand-overs of a zaak that nobody took up yet."""
    return list(
        Internetaak.objects.filter(zaak=zaak, soort="doorzetten")
        .exclude(status="afgehandeld")
        .order_by("toegewezen_op")
    )


def trek_doorzettingen_in(actor: Actor, zaak: Zaak, waarom: str, *, behalve: UUID | None = None) -> None:
    """Hand-overs that were overtaken by what the actor does end; otherwise they would return to a coordinator later,
    and take the zaak along."""
    for taak in doorzettingen(zaak):
        if taak.id == behalve:
            continue
        try:
            klanten.trek_in(actor, taak, waarom)
        except Forbidden:
            systeem = Actor.system(actor.naam or actor.kind, zaak.organisatie_id)
            klanten.trek_in(systeem, taak, waarom)


def pak_doorzettingen_op(actor: Actor, zaak: Zaak) -> None:
    """Whoever starts working takes up the hand-over that lies with him or her, or with whom he or she stands in for."""
    for taak in doorzettingen(zaak):
        bij_mij = taak.medewerker_id is None and taak.team_id in actor.teams
        if bij_mij or actor.id in (taak.medewerker_id, taak.vervanger_id) or taak.medewerker_id in actor.vervangt:
            klanten.pak_op(actor, taak)


def aan_de_slag(actor: Actor, zaak: Zaak) -> None:
    """The actor does something that the resident sees: a free zaak of an own team is the actor's from now on, and is in
    behandeling. The zaak is open and locked."""
    pak_doorzettingen_op(actor, zaak)
    werk = Werkvoorraad.objects.get(zaak=zaak)
    if werk.behandelaar_id is None and werk.team_id in actor.teams and zoek.mag(actor, TOEWIJZEN, zaak.id):
        zaken.wijs_toe(actor, zaak, behandelaar=actor.id, waarom=IN_BEHANDELING_GENOMEN)


def zet_in_behandeling(actor: Actor, zaak: Zaak) -> None:
    """The step 'In behandeling', when the reactie was only received, or waited for the resident."""
    stap = zaak.status.statustype.omschrijving if zaak.status else ""
    if stap in (rules.ONTVANGEN, rules.WACHT_OP_BEWONER):
        zaken.zet_status(actor, zaak, rules.IN_BEHANDELING)
