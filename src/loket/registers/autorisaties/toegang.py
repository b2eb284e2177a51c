"""Who calls: a JWT (HS256, client id and secret) becomes an Actor, as the field does it today.

Payload: `client_id` (or `iss`), `iat` (at most an hour old, so that a token that leaks ends), and for the audit trail
`user_id` and `user_representation`.
"""

import math
import warnings
from functools import lru_cache
from typing import Any
from uuid import UUID

import jwt
import jwt.warnings

from loket.foundation.access.actor import Actor, Grant, Grants
from loket.foundation.api.problem import Problem
from loket.foundation.time.clock import now
from loket.registers.autorisaties import rules
from loket.registers.autorisaties.queries import Beller, autorisaties_van, beller, brede_autorisaties_van
from loket.registers.catalogi.models import VERTROUWELIJKHEID

warnings.filterwarnings("ignore", category=jwt.warnings.InsecureKeyLengthWarning)  # said when a secret is chosen

OUD, VOORUIT = 3600, 60
"""Seconds that a token lasts after `iat`, and that clocks may differ."""
MAX_TOKEN = 8_000


def authenticate(header: str) -> Actor:
    """Who acts, from the Authorization header. Raises Problem (401)."""
    soort, _, token = header.strip().partition(" ")
    if not header:
        raise _onbekend("Stuur een JWT mee: Authorization: Bearer …")
    if soort.lower() != "bearer" or not 0 < len(token) <= MAX_TOKEN:
        raise _onbekend("De Authorization-header hoort te zijn: Bearer en een JWT.")
    try:
        gezegd = jwt.decode(token.strip(), options={"verify_signature": False})
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        raise _onbekend("Dit JWT kunnen wij niet lezen.") from None
    naam = gezegd.get("client_id") or gezegd.get("iss")
    wie = beller(naam) if isinstance(naam, str) and naam and naam == _schoon(naam) else None
    if wie is None or not any(_getekend(token.strip(), geheim) for geheim in wie.geheimen):
        raise _onbekend("Het client ID bestaat niet, of het geheim klopt niet.", "invalid-jwt-signature")
    _op_tijd(gezegd)
    namens, namens_id = (_schoon(str(gezegd.get(each) or ""))[:255] for each in ("user_representation", "user_id"))
    return _actor(wie, namens or namens_id, namens_id)


def _schoon(tekst: str) -> str:
    """Without what the database cannot keep: JSON may hold a NUL and half a character."""
    return tekst.replace("\x00", "").encode(errors="ignore").decode()


def _getekend(token: str, geheim: str) -> bool:
    try:
        jwt.PyJWS().decode(token, geheim, algorithms=["HS256"])  # of the claims, `_op_tijd` judges what we ask
    except (jwt.InvalidTokenError, ValueError):
        return False
    return True


def _op_tijd(gezegd: dict[str, Any]) -> None:
    """Raises Problem for a token that is too old, ended, or from the future."""
    nu = now().timestamp()
    iat, exp = gezegd.get("iat"), gezegd.get("exp")
    if not isinstance(iat, int | float) or isinstance(iat, bool) or not math.isfinite(iat):
        raise _onbekend("In het JWT ontbreekt iat, het moment waarop het is gemaakt.", "jwt-missing-iat-claim")
    if nu - iat > OUD or (isinstance(exp, int | float) and nu > exp + VOORUIT):
        raise _onbekend("Het JWT is verlopen. Maak voor elke aanroep een nieuw.", "jwt-expired")
    if iat - nu > VOORUIT:
        raise _onbekend("Het JWT komt uit de toekomst: zet de klok gelijk.", "jwt-not-yet-valid")


def _actor(wie: Beller, namens: str, namens_id: str) -> Actor:
    return Actor(
        "applicatie",
        id=wie.id,
        naam=wie.label,
        organisatie=wie.organisatie,
        grants=_rechten(wie.id, wie.stand, wie.organisatie, wie.alle),
        functie="applicatie",
        namens=namens,
        namens_id=namens_id,
        alles=wie.alle,
        published=wie.gepubliceerd,
    )


@lru_cache(maxsize=1_000)
def _rechten(id: UUID, stand: str, organisatie: UUID, alle: bool) -> Grants:
    hoogste = len(VERTROUWELIJKHEID)
    if alle:
        return Grants(Grant(scope, organisatie, "", hoogste, "organisatie") for scope in rules.ALLE)
    genoemd = [
        Grant(
            scope,
            organisatie,
            _sleutel(each),
            VERTROUWELIJKHEID.index(va) + 1 if (va := each.get("maxVertrouwelijkheidaanduiding")) else hoogste,
            "organisatie",
        )
        for each in autorisaties_van(id, stand)
        for scope in each["scopes"]
    ]
    breed = [
        Grant(scope, organisatie, each["type"], each["max_va"], "organisatie")
        for each in brede_autorisaties_van(id, stand)
        for scope in each["scopes"]
    ]
    return Grants((*genoemd, *breed))


def _sleutel(autorisatie: dict[str, Any]) -> str:
    """The key of the type that an autorisatie is for; empty for what is for no type. A URL that is nobody's covers
    nothing."""
    url = autorisatie.get("zaaktype") or autorisatie.get("informatieobjecttype") or autorisatie.get("besluittype")
    if not url:
        return ""
    try:
        return str(UUID(str(url).rstrip("/").rpartition("/")[2]))
    except ValueError:
        return str(UUID(int=0))


def _onbekend(wat: str, code: str = "") -> Problem:
    return Problem(401, wat, code, headers={"WWW-Authenticate": 'Bearer realm="Loket"'})
