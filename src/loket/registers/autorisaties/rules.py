"""The rules of the standard (AC 1.1.0), each named after its code, and the scopes of all six APIs."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from loket.foundation.api.problem import Fault

LEZEN, BIJWERKEN = "autorisaties.lezen", "autorisaties.bijwerken"
SCOPES: Mapping[str, tuple[str, ...]] = {
    "ac": (LEZEN, BIJWERKEN),
    "nrc": ("notificaties.consumeren", "notificaties.publiceren"),
    "ztc": (
        "catalogi.lezen",
        "catalogi.schrijven",
        "catalogi.geforceerd-schrijven",
        "catalogi.geforceerd-verwijderen",
    ),
    "zrc": (
        "zaken.lezen",
        "zaken.aanmaken",
        "zaken.bijwerken",
        "zaken.geforceerd-bijwerken",
        "zaken.heropenen",
        "zaken.statussen.toevoegen",
        "zaken.verwijderen",
        "audittrails.lezen",
    ),
    "drc": (
        "documenten.lezen",
        "documenten.aanmaken",
        "documenten.bijwerken",
        "documenten.geforceerd-bijwerken",
        "documenten.lock",
        "documenten.geforceerd-unlock",
        "documenten.verwijderen",
        "audittrails.lezen",
    ),
    "brc": (
        "besluiten.lezen",
        "besluiten.aanmaken",
        "besluiten.bijwerken",
        "besluiten.verwijderen",
        "audittrails.lezen",
    ),
}
"""By component, as the OpenAPI files name them."""
ALLE = tuple(sorted({scope for each in SCOPES.values() for scope in each}))

COMPONENTEN = {
    "ac": "Autorisaties API",
    "nrc": "Notificaties API",
    "zrc": "Zaken API",
    "ztc": "Catalogi API",
    "drc": "Documenten API",
    "brc": "Besluiten API",
}
VERPLICHT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "zrc": ("zaken.", ("zaaktype", "maxVertrouwelijkheidaanduiding")),
    "drc": ("documenten.", ("informatieobjecttype", "maxVertrouwelijkheidaanduiding")),
    "brc": ("besluiten.", ("besluittype",)),
}
"""ac-003: the scopes of a component that are given for a type, and what must then be said."""


def ac_001(client_ids: Sequence[str], van_anderen: frozenset[str]) -> Iterator[Fault]:
    """ac-001: a client id belongs to one applicatie and is never used again. `van_anderen`: those that are taken, or
    were."""
    for client_id in client_ids:
        if client_id in van_anderen:
            yield Fault("clientIds", "clientId-exists", f"Het client ID {client_id} is al gebruikt.")


def ac_002(alle: bool, autorisaties: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """ac-002: either autorisaties or heeftAlleAutorisaties, never both and never neither."""
    if alle and autorisaties:
        code = "ambiguous-authorizations-specified"
        yield Fault("nonFieldErrors", code, "Geef of autorisaties, of heeftAlleAutorisaties, en niet beide.")
    if not alle and not autorisaties:
        yield Fault("nonFieldErrors", "missing-authorizations", "Geef autorisaties, of heeftAlleAutorisaties.")


def ac_003(autorisaties: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """ac-003: what a component asks for beside its scopes, such as a zaaktype and the highest confidentiality."""
    for plaats, autorisatie in enumerate(autorisaties):
        begin, velden = VERPLICHT.get(autorisatie["component"], ("", ()))
        if any(scope.startswith(begin) for scope in autorisatie["scopes"]):
            for veld in velden:
                if not autorisatie.get(veld):
                    yield Fault(f"autorisaties.{plaats}.{veld}", "required", "Dit veld is vereist.")


def breed(autorisaties: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """Loket: a broad autorisatie is for a component that knows types, and says up to which confidentiality."""
    for plaats, each in enumerate(autorisaties):
        if each["component"] not in VERPLICHT:
            yield Fault(f"autorisaties.{plaats}.component", "invalid_choice", "Alleen zrc, drc en brc kennen typen.")
        for scope in each["scopes"]:
            if scope not in SCOPES.get(each["component"], ()):
                yield Fault(f"autorisaties.{plaats}.scopes", "invalid_choice", f"{scope} hoort hier niet.")


KORT = 32
"""Bytes of a secret below which a signature can be guessed (RFC 7518, 3.2)."""


def nieuw_geheim() -> str:
    """A secret that nobody guesses."""
    return secrets.token_urlsafe(32)
