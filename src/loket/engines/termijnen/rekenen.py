"""Counting a term of any law: weeks, days, months or years, with the Algemene termijnenwet (Atw)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from loket.engines.termijnen.atw import Duur
from loket.engines.termijnen.fouten import OngeldigeInvoer
from loket.engines.termijnen.kalender import NEDERLAND, Kalender
from loket.engines.termijnen.termijn import Recept, Termijn, bereken
from loket.engines.termijnen.woorden import Woorden

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_START: Woorden = ("de start", "the start")


def dag_in_nederland(moment: datetime) -> date:
    """The day in the Netherlands of a moment; what arrives at 23:30 UTC in summer arrived the next day.

    Raises OngeldigeInvoer for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise OngeldigeInvoer("een tijdstip zonder tijdzone is geen tijdstip")
    return moment.astimezone(AMSTERDAM).date()


def wettelijke_termijn(
    start: date,
    duur: Duur,
    *,
    soort: str = "termijn",
    artikel: str,
    gebeurtenis: Woorden = _START,
    kent: frozenset[str] = frozenset(),
    kalender: Kalender = NEDERLAND,
) -> Termijn:
    """A term of the law that runs from the day after `start`.

    `gebeurtenis` names the event in Dutch and English; `kent` the articles that may suspend or extend the term. The
    last day moves as Atw art. 1, 2 and 4 say. Raises OngeldigeInvoer for hours.
    """
    return bereken(Recept(soort, start, duur, artikel, gebeurtenis, kent, kalender=kalender))
