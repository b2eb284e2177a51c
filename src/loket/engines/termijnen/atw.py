"""The Algemene termijnenwet (Atw), article by article: what happens to a day that was counted."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from loket.engines.termijnen.fouten import OngeldigeInvoer
from loket.engines.termijnen.kalender import DAG, NEDERLAND, Kalender
from loket.engines.termijnen.woorden import Woorden


class Eenheid(StrEnum):
    """In what the law expresses a term; its value is the Dutch plural."""

    UREN = "uren"
    DAGEN = "dagen"
    WEKEN = "weken"
    MAANDEN = "maanden"
    JAREN = "jaren"


_ENKELVOUD = {Eenheid.UREN: "uur", Eenheid.DAGEN: "dag", Eenheid.WEKEN: "week", Eenheid.MAANDEN: "maand",
              Eenheid.JAREN: "jaar"}  # fmt: skip
_EN = {Eenheid.UREN: "hour", Eenheid.DAGEN: "day", Eenheid.WEKEN: "week", Eenheid.MAANDEN: "month",
       Eenheid.JAREN: "year"}  # fmt: skip
#: Atw art. 4, under a: to longer terms, to terms in hours and to terms of one or more years the law does not apply.
GRENZEN = {Eenheid.UREN: 0, Eenheid.DAGEN: 90, Eenheid.WEKEN: 12, Eenheid.MAANDEN: 3, Eenheid.JAREN: 0}


@dataclass(frozen=True, slots=True)
class Duur:
    """A length as the law expresses it: "acht weken" is `Duur(8, Eenheid.WEKEN)`, which is not the same as 56 days.

    Raises OngeldigeInvoer when it is less than one.
    """

    aantal: int
    eenheid: Eenheid

    def __post_init__(self) -> None:
        if self.aantal < 1:
            raise OngeldigeInvoer(f"een termijn duurt minstens een {_ENKELVOUD[self.eenheid]}")

    def vanaf(self, dag: date) -> date:
        """The last day of a term of this length that began after `dag`.

        Months and years end on the same day of the month, or its last day when that one is shorter. Raises
        OngeldigeInvoer for hours: this engine counts days.
        """
        match self.eenheid:
            case Eenheid.DAGEN:
                return dag + self.aantal * DAG
            case Eenheid.WEKEN:
                return dag + 7 * self.aantal * DAG
            case Eenheid.UREN:
                raise OngeldigeInvoer("een termijn in uren telt geen dagen")
        maanden = dag.month - 1 + self.aantal * (12 if self.eenheid is Eenheid.JAREN else 1)
        jaar, maand = dag.year + maanden // 12, maanden % 12 + 1
        return date(jaar, maand, min(dag.day, calendar.monthrange(jaar, maand)[1]))

    @property
    def woorden(self) -> Woorden:
        """ "8 weken", "8 weeks"."""
        een = self.aantal == 1 or (self.eenheid in (Eenheid.JAREN, Eenheid.UREN))
        nl = _ENKELVOUD[self.eenheid] if een else self.eenheid.value
        return f"{self.aantal} {nl}", f"{self.aantal} {_EN[self.eenheid]}{'' if self.aantal == 1 else 's'}"


def dagen(aantal: int) -> Duur:
    """A length in days."""
    return Duur(aantal, Eenheid.DAGEN)


def weken(aantal: int) -> Duur:
    """A length in weeks."""
    return Duur(aantal, Eenheid.WEKEN)


def jaren(aantal: int) -> Duur:
    """A length in years."""
    return Duur(aantal, Eenheid.JAREN)


def te_lang_voor_de_wet(duren: Iterable[Duur]) -> Duur | None:
    """Atw art. 4, under a: the limit that a term passes, or None when the law applies.

    More than 90 days, twelve weeks or three months, one or more years, or expressed in hours. A term with its
    adjournments is judged as one term. The limit is a `Duur`; for hours and years it is the term itself. What stands
    under b and c (entry into force of regulations, detention) is no business of this engine.
    """
    som: dict[Eenheid, int] = {}
    for duur in duren:
        som[duur.eenheid] = som.get(duur.eenheid, 0) + duur.aantal
    for eenheid, aantal in som.items():
        if aantal > GRENZEN[eenheid]:
            return Duur(GRENZEN[eenheid] or aantal, eenheid)
    return None


def ten_minste_drie_dagen(duur: Duur) -> bool:
    """Atw art. 2: is this a term to which the rule of the two working days applies?"""
    return duur.eenheid is not Eenheid.DAGEN or duur.aantal >= 3


def met_twee_werkdagen(start: date, dag: date, kalender: Kalender = NEDERLAND) -> date:
    """Atw art. 2: a term of at least three days is extended until it holds two days that are no Saturday, Sunday or
    holiday; `start` is the day before its first day."""
    return dag if kalender.werkdagen_tussen(start, dag) >= 2 else kalender.tel_werkdagen(start, 2)


def teruggerekend(gebeurtenis: date, duur: Duur) -> date:
    """Atw art. 1, second paragraph: a term that is counted back from an event does not move, whatever day it is.

    Gives the day that lies `duur` (days or weeks) before the event. Raises OngeldigeInvoer for other units.
    """
    if duur.eenheid not in (Eenheid.DAGEN, Eenheid.WEKEN):
        raise OngeldigeInvoer("terugrekenen gaat in dagen of weken")
    return gebeurtenis - duur.aantal * (7 if duur.eenheid is Eenheid.WEKEN else 1) * DAG
