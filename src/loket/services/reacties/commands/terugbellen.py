"""Call-backs in the service: who calls when nobody was named, what residents ask for themselves, what is too late."""

import logging
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import row
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import now
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.beltijden import Blok, eerste
from loket.registers.klanten.models import Internetaak
from loket.registers.klanten.queries import bellen_te_laat
from loket.registers.klanten.rules import controleer_telefoon
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Werkvoorraad, Zaak
from loket.registers.zaken.rules import BIJWERKEN
from loket.services.reacties import verdeling
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.inzending import Inzending
from loket.services.reacties.queries.bewoner import Volger, reactie
from loket.services.reacties.queries.ontvangst import Ontvangst

log = logging.getLogger(__name__)

NAM_OVER = gettext_noop("belt de bewoner in plaats van een collega")
BIJ_VERTREK = gettext_noop("De beloofde tijd was voorbij toen een collega dit overnam.")


def beloof(
    actor: Actor,
    zaak: Zaak | UUID,
    moment: Blok,
    *,
    idempotency_key: str,
    team: UUID | None = None,
    medewerker: UUID | None = None,
    telefoon: str = "",
    waarover: str = "",
    klantcontact: UUID | None = None,
) -> Internetaak:
    """Promise a call about an open reactie. When nobody is named, who handles it calls, else the team that has it. A
    formal complaint is called about by one named person. There must be a number to call: `telefoon`, else the one that
    is known of who sent it. Raises as `klanten.beloof_terugbellen`, and Refused (`required`, `invalid`)."""
    with transaction.atomic():
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        if telefoon or not _bekend_nummer(zaak.id):
            telefoon = controleer_telefoon(telefoon)
        if team is None and medewerker is None:
            werk = Werkvoorraad.objects.filter(zaak=zaak).first()
            medewerker = werk.behandelaar_id if werk else None
            team = werk.team_id if werk and medewerker is None else None
            team = team or (next(iter(sorted(actor.teams)), None) if medewerker is None else None)
        verdeling.controleer_bij_naam(zaak, team, medewerker)
        return klanten.beloof_terugbellen(
            actor,
            zaak,
            moment,
            team=team,
            medewerker=medewerker,
            telefoon=telefoon,
            waarover=waarover,
            klantcontact=klantcontact,
            idempotency_key=idempotency_key,
        )


def _bekend_nummer(zaak: UUID) -> bool:
    return (
        row(
            "select 1 from zaken_rol r join klanten_digitaaladres a on a.partij_id = r.partij_id"
            " and a.soort_digitaal_adres = 'telefoon'"
            " where r.zaak_id = %s and r.omschrijving_generiek = 'initiator' limit 1",
            (zaak,),
        )
        is not None
    )


def vraag_terugbellen(
    actor: Actor, volger: Volger, moment: Blok, *, telefoon: str, waarover: str, idempotency_key: str
) -> Internetaak:
    """The resident asks to be called about a reactie of his or her own, or chooses another moment. Raises Refused when
    it is closed (`zaak-closed`) or the number cannot be (`required`, `invalid`)."""
    nummer = controleer_telefoon(telefoon)
    deel = reactie(volger).nu
    if deel.einddatum is not None:
        raise Refused("zaak-closed", _("Dit is al afgehandeld. Bel ons, of zeg dat het niet is opgelost."))
    if volger.meldt_mee:
        raise Refused("niet-van-u", _("U meldt mee met een ander. Bel ons, of stuur een bericht."))
    wij = Actor("systeem", naam="bewoner", organisatie=deel.organisatie, functie="bewoner")
    return beloof(wij, deel.id, moment, telefoon=nummer, waarover=waarover, idempotency_key=f"volg:{idempotency_key}")


def vraag_nieuw_terugbellen(
    actor: Actor, organisatie: Organisatie, inzending: Inzending, moment: Blok, *, idempotency_key: str
) -> Ontvangst:
    """Somebody asks to be called without a reactie: it becomes a question, with its number, and a promise. Again with
    the same key: the same. Raises Refused."""
    nummer = controleer_telefoon(inzending.telefoon)
    with transaction.atomic():
        sleutel = f"terugbellen:{idempotency_key}"
        ontvangst = ontvang_reactie(actor, organisatie, inzending.met(telefoon=nummer), idempotency_key=sleutel)
        wij = Actor("systeem", naam="bewoner", organisatie=organisatie.id, functie="bewoner")
        beloof(wij, ontvangst.zaak, moment, telefoon=nummer, idempotency_key=sleutel)
    return ontvangst


def neem_bellen_over(actor: Actor, taak: Internetaak | UUID) -> Internetaak:
    """Anybody of the team calls instead of who had it: one act, without words. Raises as `klanten.neem_over`."""
    return klanten.neem_over(actor, taak, NAM_OVER)


def nieuwe_belofte(actor: Actor, taak: Internetaak) -> Internetaak:
    """What was promised and is over, is promised anew for the first part of a day that comes, when a colleague gets it:
    the resident hears that. As the system: the coordinator need not have the call-back."""
    if taak.soort != "terugbellen" or taak.uiterlijk > now():
        return taak
    organisatie = Organisatie.objects.get(id=taak.organisatie_id)
    systeem = Actor.system(actor.naam or actor.kind, taak.organisatie_id)
    return klanten.beloof_opnieuw(systeem, taak, eerste(organisatie.openingstijden, now()), BIJ_VERTREK)


def meld_wat_te_laat_is(actor: Actor) -> int:
    """Call-backs whose promised moment passed: told to the resident, given to the coordinator. The work of a job each
    minute; gives how many. One that cannot be told does not hold up the others."""
    aantal = 0
    for taak in bellen_te_laat(200):
        try:
            aantal += klanten.meld_te_laat(actor, taak)
        except Refused as refused:
            log.error("Call-back %s is too late and cannot go to its coordinator: %s", taak, refused.code)
    return aantal
