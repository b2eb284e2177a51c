"""The chain of a zaak as colleagues read it: what one act wrote in several rows is one line. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from loket.registers.documenten.queries import Document
from loket.registers.zaken.queries import Gebeurtenis

SAMEN = timedelta(seconds=2)
"""Rows of one act are written within this time of each other."""


@dataclass(frozen=True)
class Had:
    """Who had the zaak, and for how long; `nu`: has it still."""

    naam: str
    duur: timedelta
    nu: bool


@dataclass(frozen=True)
class Schakel:
    """One line of the chain. `bestanden`: what came or went with a message; `elders`: how many of these are not in this
    zaak, because they were not shared."""

    gebeurtenis: Gebeurtenis
    bestanden: tuple[Document, ...] = ()
    elders: int = 0


def met_bijlagen(
    gebeurtenissen: Sequence[Gebeurtenis], bij: Mapping[UUID, Sequence[UUID]], documenten: Sequence[Document]
) -> list[Schakel]:
    """The lines with the files of each message beneath it; such a file has no line of its own."""
    per_id = {document.id: document for document in documenten}
    genoemd = {stuk for stukken in bij.values() for stuk in stukken}
    return [
        Schakel(g, tuple(per_id[d] for d in stukken if d in per_id), sum(d not in per_id for d in stukken))
        for g in gebeurtenissen
        if not (g.soort == "document" and g.id in genoemd)
        for stukken in [bij.get(g.id, ())]
    ]


def leesbaar(gebeurtenissen: Sequence[Gebeurtenis]) -> list[Gebeurtenis]:
    """The events that tell something new, in the same order.

    Left out: the first status and owner (the message itself says that it came in), the new owner beside a hand-over,
    the status beside taking it up or closing it, and the end of a hand-over beside its taking up. The first step after
    closing is the reopening (`detail.heropend`); that it goes back to who had it needs no line.
    """
    gezien, dicht, open_op = [], None, None
    for n, g in enumerate(gebeurtenissen):
        if g.soort == "resultaat":
            dicht = g.tijd
        elif g.soort == "status" and dicht is not None and g.tijd > dicht:
            dicht, open_op = None, g.tijd
            gezien.append(replace(g, detail=g.detail | {"heropend": True}))
            continue
        elif g.soort == "toewijzing" and open_op is not None and g.tijd - open_op <= SAMEN:
            continue
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
