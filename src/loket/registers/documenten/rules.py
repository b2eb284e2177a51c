"""What is true or forbidden for a document, named after the codes of DRC 1.7.0."""

import hmac
import secrets
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from loket.foundation.api.problem import Fault
from loket.foundation.errors import Refused


def drc_001(concept: bool) -> None:
    """DRC-001: the kind of document is published. Raises Refused (`not-published`)."""
    if concept:
        raise Refused("not-published", _("Deze soort document is niet in gebruik."), "informatieobjecttype")


def drc_005(status: str, ontvangstdatum: date | None) -> None:
    """DRC-005: what was received is not being drafted. Raises Refused (`invalid_for_received`)."""
    if ontvangstdatum is not None and status in ("in_bewerking", "ter_vaststelling"):
        raise Refused("invalid_for_received", _("Een ontvangen document kan niet meer in bewerking zijn."), "status")


def drc_006(indicatie_gebruiksrecht: bool | None) -> None:
    """DRC-006: only making Gebruiksrechten says that there are some. Raises Refused (`missing-gebruiksrechten`)."""
    if indicatie_gebruiksrecht:
        raise Refused("missing-gebruiksrechten", _("Leg eerst de gebruiksrechten vast."), "indicatieGebruiksrecht")


def drc_009(op_slot: str, lock: str) -> None:
    """DRC-009: a document changes only under its lock. Raises Refused (`unlocked`, `missing-lock-id`,
    `incorrect-lock-id`)."""
    if not op_slot:
        raise Refused("unlocked", _("Zet het document eerst op slot voordat u het wijzigt."), "lock")
    if not lock:
        raise Refused("missing-lock-id", _("Dit document is op slot. Noem de sleutel van het slot."), "lock")
    if not hmac.compare_digest(op_slot.encode(), lock.encode()):
        raise Refused("incorrect-lock-id", _("Iemand anders heeft dit document op slot gezet."), "lock")


def nieuw_slot() -> str:
    """DRC-009: a lock that nobody guesses."""
    return secrets.token_hex(16)


def drc_008(relaties: int) -> Iterator[Fault]:
    """DRC-008: a document goes only when no zaak or besluit has it any more (`pending-relations`)."""
    if relaties:
        yield Fault("nonFieldErrors", "pending-relations", "Een zaak of besluit heeft dit document nog.")


def op_slot(lock: str) -> Iterator[Fault]:
    """DRC 1.3.0: a document that is locked stays (`locked`)."""
    if lock:
        yield Fault("nonFieldErrors", "locked", "Dit document staat op slot.")


def bestandsomvang(gezegd: int | None, is_er: int) -> Iterator[Fault]:
    """DRC, text of the OpenAPI file: the size that is given is that of the content (`file-size`)."""
    if gezegd is not None and gezegd != is_er:
        yield Fault("inhoud", "file-size", f"De bestandsomvang zou {gezegd} zijn, maar er kwamen {is_er} bytes.")


def een_adres(adressen: Collection[Any]) -> Iterator[Fault]:
    """DRC, text of the OpenAPI file: a verzending went to exactly one address (`invalid-address`)."""
    if sum(bool(adres) for adres in adressen) != 1:
        yield Fault("nonFieldErrors", "invalid-address", "Geef precies een adres.")


def delen(omvang: int, per_deel: int) -> list[int]:
    """The sizes of the parts in which so many bytes are sent."""
    heel, rest = divmod(omvang, per_deel)
    return [per_deel] * heel + ([rest] if rest else [])
