"""Receiving a reactie: from what was sent to a zaak with a number, in one transaction and few statements."""

from datetime import datetime
from uuid import UUID

import psycopg
from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.database.ids import uuid7
from loket.foundation.errors import Forbidden
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import now
from loket.registers.zaken import rules as zaken
from loket.registers.zaken.commands import eenmalig
from loket.services.reacties.commands.rijen import ONTVANGEN, NieuweReactie
from loket.services.reacties.concepten import verstuurd
from loket.services.reacties.inzending import Inzending, controleer
from loket.services.reacties.models import Concept
from loket.services.reacties.queries.ontvangst import Ontvangst, ontvangst_van


def ontvang_reactie(
    actor: Actor,
    organisatie: Organisatie | UUID,
    inzending: Inzending,
    *,
    idempotency_key: str = "",
    concept: Concept | None = None,
    ontvangen_op: datetime | None = None,
    pseudoniem: str = "",
) -> Ontvangst:
    """Receive a reactie: zaak, message, sender (only when contact details were left or somebody logged in), photos, the
    link to follow it and the event, in one transaction. Again with the same `concept` or `idempotency_key` (one of the
    two must be given): the same number, nothing new.

    A resident or visitor may send to any organisation; an employee only to the own one, with `zaak.maken`; the number
    and the promise count from `ontvangen_op` (now). `pseudoniem`: of the person who is known, when an employee found
    whom he or she speaks with; nothing of what is known there changes. Raises Refused for what does not fit, Forbidden,
    NotFound when the organisation has no such zaaktype.
    """
    controleer(inzending)
    wie = organisatie.id if isinstance(organisatie, Organisatie) else organisatie
    _mag(actor, wie, inzending.soort)
    if concept is None and not idempotency_key:
        raise TypeError("ontvang_reactie() needs a concept or an idempotency_key.")
    for poging in (1, 2, 3):
        try:
            with transaction.atomic():
                return _ontvang(actor, wie, inzending, idempotency_key, concept, ontvangen_op or now(), pseudoniem)
        except psycopg.errors.UniqueViolation as dubbel:
            # somebody new sent two at the same moment: the other one is there now
            if poging == 3 or dubbel.diag.constraint_name != "partij_pseudoniem":
                raise
    raise AssertionError("unreachable")


def _ontvang(
    actor: Actor,
    organisatie: UUID,
    inzending: Inzending,
    sleutel: str,
    concept: Concept | None,
    moment: datetime,
    pseudoniem: str,
) -> Ontvangst:
    nieuw = uuid7()
    eerder = verstuurd(concept) if concept is not None else eenmalig(organisatie, ONTVANGEN, sleutel, nieuw)
    if eerder is not None:
        return ontvangst_van(eerder)
    return NieuweReactie(actor, organisatie, inzending, nieuw, moment, pseudoniem).schrijf(concept)


def _mag(actor: Actor, organisatie: UUID, soort: str) -> None:
    """Residents and visitors may; an employee with `zaak.maken` in the own organisation."""
    if actor.kind in ("bewoner", "anoniem", "systeem"):
        return
    if actor.kind != "medewerker" or not any(
        grant.handeling == zaken.MAKEN and grant.organisatie == organisatie and grant.zaaktype in ("", soort)
        for grant in actor.grants
    ):
        raise Forbidden(f"{actor.naam or actor.kind} may not record a {soort} here.")
