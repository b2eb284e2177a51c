"""The chain of a zaak as colleagues read it: what one act wrote in several rows is one line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from loket.registers.zaken.queries import Gebeurtenis

SAMEN = timedelta(seconds=2)
"""Rows of one act are written within this time of each other."""


@dataclass(frozen=True)
class Had:
    """Who had the zaak, and for how long; `nu`: has it still."""

    naam: str
    duur: timedelta
    nu: bool


def leesbaar(gebeurtenissen: Sequence[Gebeurtenis]) -> list[Gebeurtenis]:
    """The events that tell something new, in the same order.

    Left out: the first status and owner (the message itself says that it came in), the new owner beside a hand-over,
    the status beside taking it up or closing it, and the end of a hand-over beside its taking up.
    """
    gezien = []
    for n, g in enumerate(gebeurtenissen):
        buren = [a for m, a in enumerate(gebeurtenissen) if m != n and abs(a.tijd - g.tijd) <= SAMEN]
        if not _dubbel(g, buren, eerste=abs(g.tijd - gebeurtenissen[0].tijd) <= SAMEN):
            gezien.append(g)
    return gezien


def wie_had_het(gebeurtenissen: Sequence[Gebeurtenis]) -> list[Had]:
    """Who had the zaak one after another; what took less than a minute is left out, unless it is now."""
    rij = []
    for g in gebeurtenissen:
        if g.soort == "toewijzing" and g.duur is not None and (g.tot is None or g.duur >= timedelta(minutes=1)):
            team, medewerker = g.detail.get("team", ""), g.detail.get("medewerker", "")
            rij.append(Had(f"{medewerker}, {team}" if medewerker and team else g.kop, g.duur, g.tot is None))
    return rij


def _dubbel(g: Gebeurtenis, buren: Sequence[Gebeurtenis], *, eerste: bool) -> bool:
    """Whether this row says what another row of the same act says already."""

    def is_er(*soorten: str, taak: str = "") -> bool:
        return any(b.soort in soorten and (not taak or b.detail.get("taak") == taak) for b in buren)

    hand_over = is_er("taak_gegeven", "taak_opgepakt", "taak_teruggegeven", taak="doorzetten")
    match g.soort:
        case "status":
            return eerste or is_er("resultaat", "toewijzing", "bericht_uit", "bericht_in") or hand_over
        case "toewijzing":
            return eerste or hand_over
        case "taak_beantwoord" if g.detail.get("taak") == "doorzetten":
            return True
        case "document":
            return is_er("bericht_in")
    return False
