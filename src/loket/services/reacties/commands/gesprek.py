"""A conversation by telephone or at the counter, from the words that were typed to what was promised."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import row
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import now
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.beltijden import kies
from loket.registers.klanten.models import Klantcontact, Partij
from loket.registers.klanten.models.contact import AFHANDELINGEN
from loket.registers.klanten.queries.gesprekken import concept
from loket.registers.klanten.rules import controleer_email, telefoon
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.queries import haal_zaak
from loket.registers.zaken.rules import BIJWERKEN, MAKEN
from loket.services.reacties import catalogus
from loket.services.reacties.categorieen import SOORTEN
from loket.services.reacties.commands import behandeling, taken
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.commands.terugbellen import beloof
from loket.services.reacties.inzending import Inzending

KANALEN = ("telefoon", "balie")
METEEN = gettext_noop("Wij gaven u meteen antwoord.")
WILLEN_JULLIE = gettext_noop("Willen jullie dit behandelen?")
SLUITBAAR = ("vraag", "compliment")
"""What is closed when it was answered in the conversation: a report must still be solved, a complaint still judged."""


@dataclass(frozen=True)
class Wat:
    """A conversation as it is recorded. `bij_zaak`: the number of an open reactie; `soort`: what kind of reactie it
    becomes; without either, only the note is kept (when it was answered at once) or it becomes a question.
    `partij`: the person whom the employee found; else `naam`, `telefoon` and `email` as they were told, all optional.
    `bevestig`: the caller wants a mail with the number. `team`/`medewerker`: who gets it or calls back."""

    kanaal: str
    notitie: str
    afhandeling: str
    bij_zaak: str = ""
    soort: str = ""
    partij: UUID | None = None
    naam: str = ""
    telefoon: str = ""
    email: str = ""
    bevestig: bool = False
    team: UUID | None = None
    medewerker: UUID | None = None
    vraag: str = ""
    dag: date | None = None
    wanneer: str = ""


@dataclass(frozen=True)
class Bewaard:
    """What became of it: the contact, and the number of the reactie it belongs to ('' for none)."""

    klantcontact: UUID
    nummer: str = ""
    zaak: UUID | None = None
    nieuw: bool = False


def bewaar(actor: Actor, sleutel: UUID, wat: Wat) -> Bewaard:
    """Record a conversation: the note as klantcontact, in the reactie it belongs to, with how it ended
    (`beantwoord`, `doorgezet`, `terugbellen`); a new reactie goes the way of the website. `sleutel` is the key of its
    draft: again, also after a lost answer, gives what was recorded the first time.

    Whoever calls stays anonymous unless told otherwise. What is passed on or called back about always becomes a
    reactie: it has an owner, a day and a coordinator. Needs `zaak.maken` or `zaak.bijwerken`. Raises Forbidden,
    NotFound, Refused with the field it is about; then nothing was recorded and the draft is as it was.
    """
    if not (actor.may(MAKEN) or actor.may(BIJWERKEN)) or actor.organisatie is None:
        raise Forbidden(f"{actor.naam} may not record conversations.")
    _controleer(wat)
    with transaction.atomic():
        if concept(actor, sleutel) is None:
            klanten.bewaar_gesprek(actor, sleutel, {})
        begonnen = row("select afgerond_op from klanten_gesprek where id = %s for update", (sleutel,))
        if begonnen and begonnen["afgerond_op"]:
            return _eerder(sleutel)
        organisatie = Organisatie.objects.get(id=actor.organisatie)
        gevonden = _schrijf(actor, organisatie, sleutel, wat)
        klanten.rond_gesprek_af(actor, sleutel, gevonden.klantcontact, wat.afhandeling)
        if gevonden.zaak is not None:
            _volg_op(actor, organisatie, sleutel, wat, gevonden)
    return gevonden


def _controleer(wat: Wat) -> None:
    if wat.kanaal not in KANALEN:
        raise Refused("invalid_choice", _("Kies of dit aan de telefoon of aan de balie was."), "kanaal")
    if wat.afhandeling not in AFHANDELINGEN:
        raise Refused("invalid_choice", _("Kies hoe het gesprek afloopt."), "afhandeling")
    if not wat.notitie.strip():
        raise Refused("required", _("Schrijf kort op wat er is gezegd."), "notitie")
    if wat.soort and wat.soort not in SOORTEN:
        raise Refused("invalid_choice", _("Deze soort reactie kennen wij niet."), "over")
    if wat.email:
        controleer_email(wat.email)


def _eerder(sleutel: UUID) -> Bewaard:
    """What this draft became."""
    found = row(
        "select g.klantcontact_id, z.id, z.identificatie from klanten_gesprek g"
        " left join klanten_onderwerpobject o on o.klantcontact_id = g.klantcontact_id"
        " left join zaken_zaak z on z.id = o.zaak_id where g.id = %s order by o.id limit 1",
        (sleutel,),
    )
    assert found is not None
    return Bewaard(found["klantcontact_id"], found["identificatie"] or "", found["id"])


def _schrijf(actor: Actor, organisatie: Organisatie, sleutel: UUID, wat: Wat) -> Bewaard:
    partij = _partij(actor, wat)
    if wat.bij_zaak:
        zaak = haal_zaak(actor, wat.bij_zaak, BIJWERKEN)
        contact = _noteer(actor, organisatie, sleutel, wat, partij, zaak)
        return Bewaard(contact.id, zaak.identificatie, zaak.id)
    if wat.soort or wat.afhandeling != "beantwoord":
        return _nieuw(actor, organisatie, sleutel, wat, partij)
    if partij is None and (wat.naam or wat.telefoon or wat.email):
        partij = klanten.registreer_partij(
            actor, organisatie=organisatie, naam=wat.naam, email=wat.email, telefoon=telefoon(wat.telefoon)
        )
    return Bewaard(_noteer(actor, organisatie, sleutel, wat, partij, None).id)


def _partij(actor: Actor, wat: Wat) -> Partij | None:
    if wat.partij is None:
        return None
    assert actor.organisatie is not None
    found = Partij.objects.filter(id=wat.partij, organisatie_id=actor.organisatie).first()
    if found is None:
        raise NotFound("No such partij.")
    return found


def _noteer(
    actor: Actor, organisatie: Organisatie, sleutel: UUID, wat: Wat, partij: Partij | None, zaak: Zaak | None
) -> Klantcontact:
    return klanten.leg_contact_vast(
        actor,
        organisatie=organisatie,
        kanaal=wat.kanaal,
        richting="in",
        inhoud=wat.notitie,
        onderwerp=zaak.omschrijving if zaak else "",
        zaken=[zaak] if zaak else [],
        partij=partij,
        contactnaam=wat.naam or (partij.naam if partij else ""),
        adres=wat.telefoon or wat.email,
        indicatie_contact_gelukt=True,
        afhandeling=wat.afhandeling,
        idempotency_key=f"gesprek:{sleutel}",
    )


def _nieuw(actor: Actor, organisatie: Organisatie, sleutel: UUID, wat: Wat, partij: Partij | None) -> Bewaard:
    """A new reactie, by the same command as the website's; its first message is this conversation."""
    ontvangst = ontvang_reactie(
        actor,
        organisatie,
        Inzending(
            soort=wat.soort or "vraag",
            tekst=wat.notitie,
            kanaal=wat.kanaal,
            naam=wat.naam or (partij.naam if partij else ""),
            telefoon=telefoon(wat.telefoon),
            email=wat.email if wat.bevestig or partij is None else "",
        ),
        idempotency_key=f"gesprek:{sleutel}",
        pseudoniem=partij.pseudoniem if partij else "",
    )
    contact = row(
        "select klantcontact_id as id from klanten_onderwerpobject where zaak_id = %s order by id limit 1",
        (ontvangst.zaak,),
    )
    assert contact is not None
    return Bewaard(contact["id"], ontvangst.identificatie, ontvangst.zaak, nieuw=True)


def _volg_op(actor: Actor, organisatie: Organisatie, sleutel: UUID, wat: Wat, gevonden: Bewaard) -> None:
    """What was said would happen, happens."""
    assert gevonden.zaak is not None
    match wat.afhandeling:
        case "beantwoord" if gevonden.nieuw and wat.soort in SLUITBAAR:
            behandeling.neem_in_behandeling(actor, gevonden.zaak)
            behandeling.sluit_af(actor, gevonden.zaak, catalogus.BEANTWOORD, METEEN)
        case "doorgezet":
            if wat.team is None and wat.medewerker is None:
                raise Refused("required", _("Kies aan wie u dit doorzet."), "bij")
            taken.zet_door(
                actor,
                gevonden.zaak,
                team=wat.team,
                medewerker=wat.medewerker,
                vraag=wat.vraag.strip() or WILLEN_JULLIE,
                idempotency_key=f"gesprek:{sleutel}",
            )
        case "terugbellen":
            if wat.dag is None:
                raise Refused("required", _("Kies een dag om terug te bellen."), "dag")
            beloof(
                actor,
                gevonden.zaak,
                kies(organisatie.openingstijden, wat.dag, wat.wanneer, now()),
                team=wat.team,
                medewerker=wat.medewerker,
                telefoon=wat.telefoon,
                waarover=wat.vraag,
                klantcontact=gevonden.klantcontact,
                idempotency_key=f"gesprek:{sleutel}",
            )
