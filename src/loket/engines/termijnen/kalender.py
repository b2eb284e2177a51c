"""Which days count: weekends and holidays as the Algemene termijnenwet (Atw) means them.

The law differs from what diaries and holiday packages say: 5 May counts every year (not only in lustrum years), Good
Friday counts, Easter Sunday and Whit Sunday need no mention because they are Sundays, and the Crown equates extra days
by decree (art. 3, third paragraph). Those decrees appear every three years, so they are data: `besluiten`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from loket.engines.termijnen.besluiten import AANGEWEZEN_DAGEN as AANGEWEZEN_DAGEN
from loket.engines.termijnen.fouten import OngeldigeInvoer
from loket.engines.termijnen.woorden import AANGEWEZEN

DAG = timedelta(days=1)
ZATERDAG, ZONDAG = 5, 6


def paasdag(jaar: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    maand, dag = divmod(h + n - 7 * m + 114, 31)
    return date(jaar, maand, dag + 1)


def koningsdag(jaar: int) -> date:
    """The day on which the King's birthday is celebrated: 27 April, on a Sunday the 26th.

    Until 2013 it was Koninginnedag: 30 April, on a Sunday the 29th.
    """
    dag = date(jaar, 4, 27) if jaar >= 2014 else date(jaar, 4, 30)
    return dag - DAG if dag.weekday() == ZONDAG else dag


@lru_cache(maxsize=512)
def _feestdagen(jaar: int) -> Mapping[date, str]:
    pasen = paasdag(jaar)
    hemelvaart = pasen + 39 * DAG
    dagen = {
        date(jaar, 1, 1): "Nieuwjaarsdag",
        pasen - 2 * DAG: "Goede Vrijdag",
        pasen + DAG: "Tweede Paasdag",
        koningsdag(jaar): "Koningsdag" if jaar >= 2014 else "Koninginnedag",
        date(jaar, 5, 5): "Bevrijdingsdag",
        pasen + 50 * DAG: "Tweede Pinksterdag",
        date(jaar, 12, 25): "Eerste Kerstdag",
        date(jaar, 12, 26): "Tweede Kerstdag",
    }
    # Ascension Day can fall on 30 April or 5 May (as in 2016): one day off, both names known.
    dagen[hemelvaart] = f"{dagen[hemelvaart]} en Hemelvaartsdag" if hemelvaart in dagen else "Hemelvaartsdag"
    return dict(sorted(dagen.items()))


@dataclass(frozen=True, slots=True)
class Kalender:
    """The days of the Atw, with the extra days that the Crown equated with holidays.

    `aangewezen` replaces the built-in list of decrees; `Kalender(frozenset())` knows only the days in the law itself.
    """

    aangewezen: frozenset[date] = field(default=AANGEWEZEN_DAGEN)

    def feestdagen(self, jaar: int) -> dict[date, str]:
        """The holidays of a year with their names, in order of date (Atw art. 3, all three paragraphs)."""
        dagen = {d: AANGEWEZEN for d in self.aangewezen if d.year == jaar} | dict(_feestdagen(jaar))
        return dict(sorted(dagen.items()))

    def feestdag(self, dag: date) -> str | None:
        """The name of the holiday on this day, or None (Atw art. 3). A Saturday or Sunday is not a holiday."""
        naam = _feestdagen(dag.year).get(dag)
        return naam or (AANGEWEZEN if dag in self.aangewezen else None)

    def is_werkdag(self, dag: date) -> bool:
        """True when the day is no Saturday, Sunday or (equated) holiday (Atw art. 1 and 3)."""
        return dag.weekday() < ZATERDAG and self.feestdag(dag) is None

    def eerste_werkdag_vanaf(self, dag: date) -> date:
        """The day itself when it is a working day, else the first working day after it (Atw art. 1)."""
        while not self.is_werkdag(dag):
            dag += DAG
        return dag

    def volgende_werkdag(self, dag: date) -> date:
        """The first working day after this day."""
        return self.eerste_werkdag_vanaf(dag + DAG)

    def vorige_werkdag(self, dag: date) -> date:
        """The last working day before this day."""
        dag -= DAG
        while not self.is_werkdag(dag):
            dag -= DAG
        return dag

    def tel_werkdagen(self, start: date, n: int) -> date:
        """The n-th working day after `start`; the day of `start` itself does not count. With n = 0: `start`.

        Raises OngeldigeInvoer when n is negative.
        """
        if n < 0:
            raise OngeldigeInvoer("het aantal werkdagen kan niet negatief zijn")
        dag = start
        for _ in range(n):
            dag = self.volgende_werkdag(dag)
        return dag

    def werkdagen_tussen(self, van: date, tot_en_met: date) -> int:
        """How many working days lie after `van`, up to and including `tot_en_met`; negative when that is earlier.

        It mirrors `tel_werkdagen`: `werkdagen_tussen(d, tel_werkdagen(d, n)) == n`. The cost does not depend on the
        number of days, so it may be asked for every row of a work list.
        """
        if tot_en_met < van:
            return -self.werkdagen_tussen(tot_en_met, van)
        weken, rest = divmod((tot_en_met - van).days, 7)
        aantal = weken * 5 + sum((van + (i + 1) * DAG).weekday() < ZATERDAG for i in range(rest))
        vrij = 0
        for jaar in range(van.year, tot_en_met.year + 1):
            for dag in _feestdagen(jaar).keys() | {d for d in self.aangewezen if d.year == jaar}:
                vrij += van < dag <= tot_en_met and dag.weekday() < ZATERDAG
        return aantal - vrij


#: The calendar that is used when none is given.
NEDERLAND = Kalender()


def is_werkdag(dag: date) -> bool:
    """`Kalender.is_werkdag` on the built-in calendar."""
    return NEDERLAND.is_werkdag(dag)


def volgende_werkdag(dag: date) -> date:
    """`Kalender.volgende_werkdag` on the built-in calendar."""
    return NEDERLAND.volgende_werkdag(dag)


def tel_werkdagen(start: date, n: int) -> date:
    """`Kalender.tel_werkdagen` on the built-in calendar."""
    return NEDERLAND.tel_werkdagen(start, n)


def werkdagen_tussen(van: date, tot_en_met: date) -> int:
    """`Kalender.werkdagen_tussen` on the built-in calendar."""
    return NEDERLAND.werkdagen_tussen(van, tot_en_met)
