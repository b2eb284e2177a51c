"""What can be done with kanalen, abonnementen and notifications."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.api.outside import OutsideError, place, post_json
from loket.foundation.api.problem import Fault, refuse
from loket.foundation.audit.trail import record
from loket.foundation.beheer.rules import ORGANISATIE
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sealing import seal
from loket.foundation.database.sql import execute
from loket.foundation.time.clock import now
from loket.registers.basis import bewaar, bewaar_eens
from loket.registers.notificaties import rules
from loket.registers.notificaties.models import Abonnement, Kanaal
from loket.registers.notificaties.queries import AUTH, GEHEIM, haal_abonnement, kenmerken, open_auth
from loket.registers.notificaties.verspreiden import CHANNEL, verspreid

PROEF = {
    "kanaal": "test",
    "hoofdObject": "https://voorbeeld.nl/",
    "resource": "test",
    "resourceUrl": "https://voorbeeld.nl/",
    "actie": "create",
    "aanmaakdatum": "2019-01-01T12:00:00Z",
    "kenmerken": {},
}
"""What is sent to see whether somebody is there."""
PROEF_SECONDEN = 5.0


def maak_kanaal(
    actor: Actor, *, organisatie: UUID, naam: str, documentatie_link: str = "", filters: Sequence[str] = ()
) -> UUID:
    """Make a kanaal of an organisation. Needs `notificaties.publiceren`. Raises Problem (`unique`)."""
    actor.require(rules.PUBLICEREN)
    with transaction.atomic():
        refuse(rules.kanaal_uniek(naam, kenmerken(organisatie)))
        kanaal = Kanaal(
            organisatie_id=organisatie,
            naam=naam,
            documentatie_link=documentatie_link,
            filters=list(dict.fromkeys(filters)),
        )
        if not bewaar_eens(kanaal, "organisatie_id", "naam"):  # somebody else, at the same moment
            refuse(rules.kanaal_uniek(naam, [naam]))
        record(actor, "maak_kanaal", "kanaal", kanaal.id, organisatie=organisatie)
    return kanaal.id


def maak_abonnement(
    actor: Actor, *, organisatie: UUID, callback_url: str, auth: str, kanalen: Sequence[Mapping[str, Any]]
) -> tuple[UUID, str]:
    """Take a subscription, after asking its address whether it takes notifications; the key, and the secret with which
    we sign. Needs `notificaties.consumeren`. Raises Problem (`kanaal_naam`, `inconsistent-abonnement-filters`,
    `invalid-callback-url`, `no-auth-on-callback-url`)."""
    actor.require(rules.CONSUMEREN)
    _controleer(organisatie, auth, kanalen)
    _beproef(callback_url, auth)
    id, geheim = uuid7(), secrets.token_urlsafe(32)
    with transaction.atomic():
        bewaar(
            Abonnement(
                id=id,
                organisatie_id=organisatie,
                applicatie=actor.id if actor.kind == "applicatie" else None,
                callback_url=callback_url,
                auth=seal(AUTH, str(id), auth),
                geheim=seal(GEHEIM, str(id), geheim),
                kanalen=_kanalen(kanalen),
                aangemaakt_op=now(),
            )
        )
        record(actor, "maak_abonnement", "abonnement", id, organisatie=organisatie)
    return id, geheim


def wijzig_abonnement(
    actor: Actor,
    id: UUID,
    *,
    callback_url: str | None = None,
    auth: str | None = None,
    kanalen: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """Change a subscription of the own organisation; None leaves what is. What waits goes to the new address, at once.
    Needs `notificaties.consumeren`. Raises NotFound, and Problem as `maak_abonnement` does."""
    actor.require(rules.CONSUMEREN)
    oud = haal_abonnement(actor, id)
    was = open_auth(id, oud["auth"])
    waarheen, met = callback_url or oud["callback_url"], was if auth is None else auth
    _controleer(oud["organisatie_id"], met, oud["kanalen"] if kanalen is None else kanalen)
    if (waarheen, met) != (oud["callback_url"], was):
        _beproef(waarheen, met)
    with transaction.atomic():
        abonnement = Abonnement(**haal_abonnement(actor, id, vergrendel=True))
        abonnement.callback_url, abonnement.auth = waarheen, seal(AUTH, str(id), met)
        if kanalen is not None:
            abonnement.kanalen = _kanalen(kanalen)
        abonnement.pauze_tot = None
        abonnement.save(update_fields=["callback_url", "auth", "kanalen", "pauze_tot"], force_update=True)
        record(actor, "wijzig_abonnement", "abonnement", id, organisatie=oud["organisatie_id"])


def verwijder_abonnement(actor: Actor, id: UUID) -> None:
    """End a subscription of the own organisation, with all that waits for it. Needs `notificaties.consumeren`. Raises
    NotFound."""
    actor.require(rules.CONSUMEREN)
    with transaction.atomic():
        oud = haal_abonnement(actor, id, vergrendel=True)
        execute("delete from notificaties_abonnement where id = %s", (id,))
        record(actor, "verwijder_abonnement", "abonnement", id, organisatie=oud["organisatie_id"])


def publiceer(actor: Actor, *, organisatie: UUID, bericht: Mapping[str, Any]) -> int:
    """Pass on a notification of another source to who asks for it; how many that are. Needs `notificaties.publiceren`.
    Raises Problem (`message_kanaal`, `kenmerken_inconsistent`, `future_not_allowed`)."""
    actor.require(rules.PUBLICEREN)
    refuse(rules.bericht_past(bericht, kenmerken(organisatie), now()))
    with transaction.atomic():
        return verspreid([(organisatie, bericht)])


def stuur_opnieuw(actor: Actor, id: UUID) -> int:
    """Send what was given up for an abonnement again, from the first attempt on, and what waits at once; how many were
    given up. Needs `beheer.organisatie`. Raises NotFound."""
    actor.require(ORGANISATIE)
    with transaction.atomic():
        abonnement = haal_abonnement(actor, id, vergrendel=True)
        aantal = execute(
            "update notificaties_aflevering set stand = 'wacht', pogingen = 0, volgende = %(nu)s, sinds = %(nu)s"
            " where abonnement_id = %(id)s and stand = 'dood'",
            {"id": id, "nu": now()},
        )
        execute(
            "update notificaties_aflevering set volgende = %(nu)s"
            " where abonnement_id = %(id)s and stand = 'wacht' and pogingen > 0 and volgende > %(nu)s",
            {"id": id, "nu": now()},
        )
        execute("update notificaties_abonnement set pauze_tot = null, fouten = 0 where id = %s", (id,))
        execute(f"select pg_notify('{CHANNEL}', '')")
        record(
            actor,
            "stuur_notificaties_opnieuw",
            "abonnement",
            id,
            organisatie=abonnement["organisatie_id"],
            detail={"aantal": aantal},
        )
    return aantal


def _controleer(organisatie: UUID, auth: str, kanalen: Sequence[Mapping[str, Any]]) -> None:
    refuse([*rules.kopregel(auth), *rules.kanalen_bestaan(kanalen, kenmerken(organisatie))])


def _kanalen(kanalen: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"filters": dict(each.get("filters") or {}), "naam": each["naam"]} for each in kanalen]


def _beproef(url: str, auth: str) -> None:
    """Ask an address whether it takes notifications, as Open Notificaties does: a test with `auth` is answered with
    2xx, and one without is refused (401, 403), unless the administrator vouches for the host. Raises Problem."""
    refuse(_proeven(url, auth))


def _proeven(url: str, auth: str) -> Iterator[Fault]:
    zonder = 401
    try:
        met = post_json(url, PROEF, {"Authorization": auth}, PROEF_SECONDEN)
        if not 200 <= met < 300:
            yield Fault("callbackUrl", "invalid-callback-url", rules.woorden(met))
        elif not place(url).known:
            zonder = post_json(url, PROEF, {}, PROEF_SECONDEN)
    except OutsideError as error:
        yield Fault("callbackUrl", "invalid-callback-url", error.detail)
    if zonder not in (401, 403):
        yield Fault("callbackUrl", "no-auth-on-callback-url", "Hier kan iedereen zonder sleutel berichten brengen.")
