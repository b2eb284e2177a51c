"""What is true or forbidden for a document, named after the codes of DRC 1.7.0."""

import hmac
from datetime import date

from django.utils.translation import gettext as _

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
