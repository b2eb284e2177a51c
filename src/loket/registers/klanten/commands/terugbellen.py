"""Call-backs: the promise of a moment, every call that was made for it, and what happens when the moment passes."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.errors import Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Gebruiker, Organisatie, Team
from loket.foundation.time.clock import now
from loket.registers.basis import controleer
from loket.registers.klanten import rules
from loket.registers.klanten.beltijden import Blok
from loket.registers.klanten.commands.contacten import leg_contact_vast
from loket.registers.klanten.commands.taken import _voor, beantwoord_internetaak, geef_internetaak, geef_terug, pak_op
from loket.registers.klanten.events import TerugbellenBeloofd, TerugbellenTeLaat, Teruggebeld
from loket.registers.klanten.models import Internetaak
from loket.registers.klanten.models.taak import OPEN
from loket.registers.zaken.commands import eenmalig, schrijf_notitie, voor
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import BIJWERKEN
from loket.registers.zaken.stappen import sleutel

BELOVEN, BELLEN = "terugbellen.beloven", "terugbellen.bellen"
UITKOMSTEN = ("bereikt", "niet_bereikt", "voicemail")
BEL_TERUG = gettext_noop("Bel de bewoner terug")
TE_LAAT = gettext_noop("De beloofde tijd is voorbij.")


def beloof_terugbellen(
    actor: Actor,
    zaak: Zaak | UUID,
    moment: Blok,
    *,
    idempotency_key: str,
    team: Team | UUID | None = None,
    medewerker: Gebruiker | UUID | None = None,
    telefoon: str = "",
    waarover: str = "",
    klantcontact: UUID | None = None,
) -> Internetaak:
    """Promise the resident a call at this moment: a task of a team or colleague (see `geef_internetaak`), with a
    coordinator to whom it goes when nobody takes it up. Who promises to call personally has taken it up.

    A zaak has one open promise: when there is one, it is promised anew, and stays with who has it. Again with the same
    `idempotency_key`: the same task. Needs `zaak.bijwerken`. Raises as `geef_internetaak`.
    """
    with transaction.atomic():
        zaak = voor(actor, BIJWERKEN, zaak)
        eerder = Internetaak.objects.select_for_update().filter(zaak=zaak, soort="terugbellen", status__in=OPEN).first()
        if eerder is not None:
            if not eenmalig(zaak.organisatie_id, BELOVEN, idempotency_key, eerder.id):
                eerder.telefoon = rules.telefoon(telefoon) or eerder.telefoon
                eerder.toelichting = "\n".join(filter(None, (eerder.toelichting, waarover)))
                _verzet(actor, eerder, moment, "")
            return eerder
        taak = geef_internetaak(
            actor,
            zaak,
            soort="terugbellen",
            gevraagde_handeling=BEL_TERUG,
            toelichting=waarover,
            uiterlijk=moment.tot,
            van=moment.van,
            telefoon=rules.telefoon(telefoon),
            team=team,
            medewerker=medewerker,
            klantcontact=klantcontact,
            idempotency_key=idempotency_key,
        )
        if not eenmalig(zaak.organisatie_id, BELOVEN, idempotency_key, taak.id):
            _beloofd(taak, opnieuw=False)
            if sleutel(medewerker) == actor.id:
                taak = pak_op(actor, taak)
    return taak


def beloof_opnieuw(actor: Actor, taak: Internetaak | UUID, moment: Blok, waarom: str = "") -> Internetaak:
    """Promise another moment; the resident hears it. By who has the call-back, anybody of its team, its coordinator.
    Raises Forbidden, NotFound, Refused (`taak-afgehandeld`)."""
    with transaction.atomic():
        taak = _voor(actor, taak, gever=True)
        rules.is_open(taak.status)
        if (taak.van, taak.uiterlijk) != (moment.van, moment.tot):
            _verzet(actor, taak, moment, waarom)
    return taak


def leg_poging_vast(
    actor: Actor,
    taak: Internetaak | UUID,
    uitkomst: str,
    *,
    idempotency_key: str,
    notitie: str = "",
    opnieuw: Blok | None = None,
) -> Internetaak:
    """Note that the resident was called, as a klantcontact of the zaak: `bereikt` finishes the call-back;
    `niet_bereikt` and `voicemail` need a next moment, which is promised to the resident. `notitie` is for colleagues.
    Again with the same key: the same. Raises Forbidden, NotFound, Refused (`invalid_choice`, `required`,
    `taak-afgehandeld`)."""
    if uitkomst not in UITKOMSTEN:
        raise Refused("invalid_choice", _("Kies hoe het ging."), "uitkomst")
    if uitkomst != "bereikt" and opnieuw is None:
        raise Refused("required", _("Kies wanneer u het weer probeert. De bewoner krijgt bericht."), "dag")
    with transaction.atomic():
        taak = _voor(actor, taak)
        if eenmalig(taak.organisatie_id, BELLEN, idempotency_key, taak.id):
            return taak
        rules.is_open(taak.status)
        contact = leg_contact_vast(
            actor,
            organisatie=Organisatie.objects.get(id=taak.organisatie_id),
            kanaal="telefoon",
            richting="uit",
            inhoud="",
            onderwerp=taak.gevraagde_handeling,
            zaken=[taak.zaak_id],
            indicatie_contact_gelukt=uitkomst == "bereikt",
            metadata={"poging": uitkomst, "internetaak": str(taak.id)},
            idempotency_key=f"poging:{idempotency_key}",
        )
        taak.pogingen += uitkomst != "bereikt"
        publish(
            Teruggebeld(
                subject=taak.zaak_id,
                organisatie=taak.organisatie_id,
                internetaak=taak.id,
                klantcontact=contact.id,
                uitkomst=uitkomst,
                pogingen=taak.pogingen,
            )
        )
        if opnieuw is None or uitkomst == "bereikt":
            return beantwoord_internetaak(actor, taak, notitie)
        if notitie.strip():
            schrijf_notitie(actor, taak.zaak_id, notitie)
        if actor.kind == "medewerker":
            taak.medewerker_id = taak.medewerker_id or actor.id
            taak.status, taak.opgepakt_op, taak.opgepakt_door_id = "opgepakt", now(), actor.id
        _verzet(actor, taak, opnieuw, "")
    return taak


def meld_te_laat(actor: Actor, taak: UUID) -> bool:
    """The promised moment passed: the resident hears it once, and a call-back that somebody had taken up goes to its
    coordinator, in sight of the whole team. Whether there was anything to tell. For the system."""
    actor.require(BELOVEN)
    with transaction.atomic():
        found = (
            Internetaak.objects.select_for_update()
            .filter(id=taak, soort="terugbellen", status__in=OPEN, uiterlijk__lt=now(), te_laat_op__isnull=True)
            .first()
        )
        if found is None:
            return False
        found.te_laat_op = now()
        found.save(update_fields=["te_laat_op"])
        record(actor, "terugbellen.te_laat", "zaak", found.zaak_id, organisatie=found.organisatie_id)
        if found.status != "teruggegeven":
            geef_terug(actor, found, TE_LAAT)
        if found.van is not None:  # else the resident was told no moment
            publish(TerugbellenTeLaat(subject=found.zaak_id, organisatie=found.organisatie_id, internetaak=found.id))
    return True


def _verzet(actor: Actor, taak: Internetaak, moment: Blok, waarom: str) -> None:
    taak.van, taak.uiterlijk, taak.te_laat_op = moment.van, moment.tot, None
    taak.terug_op = rules.terug_op(now(), moment.tot, moment.van)
    controleer(taak)
    taak.save()
    detail = {"internetaak": str(taak.id), "van": moment.van.isoformat(), "tot": moment.tot.isoformat()}
    record(actor, BELOVEN, "zaak", taak.zaak_id, organisatie=taak.organisatie_id, waarom=waarom, detail=detail)
    _beloofd(taak, opnieuw=True)


def _beloofd(taak: Internetaak, *, opnieuw: bool) -> None:
    assert taak.van is not None
    publish(
        TerugbellenBeloofd(
            subject=taak.zaak_id,
            organisatie=taak.organisatie_id,
            internetaak=taak.id,
            van=taak.van.isoformat(),
            uiterlijk=taak.uiterlijk.isoformat(),
            opnieuw=opnieuw,
        )
    )
