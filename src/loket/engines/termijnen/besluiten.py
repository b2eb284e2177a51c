"""The royal decrees that equate days with a holiday (Atw art. 3, third paragraph): data, new ones every three years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Besluit:
    """A decree: the years for which it is complete, its days, and where it can be read."""

    van: int
    tot_en_met: int
    dagen: tuple[date, ...]
    bron: str


def _dagen(*iso: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(d) for d in iso)


#: Every decree whose days were verified. 2020, 2021 and the time before 2017 are not in it; of 2022 only one day is.
BESLUITEN = (
    Besluit(
        2017,
        2019,
        _dagen("2017-04-28", "2017-05-26", "2018-05-11", "2018-12-24", "2018-12-31", "2019-05-31", "2019-12-27"),
        "Besluit van 24 oktober 2016, nr. 2016001827, Stcrt. 2016, 58653 (BWBR0038666)",
    ),
    Besluit(
        2023,
        2025,
        _dagen("2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30"),
        "Besluit gelijkstelling van 28 april 2023, 19 mei 2023, 10 mei 2024, 27 december 2024 en 30 mei 2025",
    ),
    Besluit(
        2026,
        2028,
        _dagen("2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26"),
        "Besluit gelijkstelling van 2 januari 2026, 15 mei 2026, 7 mei 2027, 28 april 2028 en 26 mei 2028",
    ),
)
#: Named by those who work with the calendar, the decree itself not read: Friday after Ascension Day 2022.
LOSSE_DAGEN = _dagen("2022-05-27")

#: All of them together.
AANGEWEZEN_DAGEN: frozenset[date] = frozenset(LOSSE_DAGEN).union(*(b.dagen for b in BESLUITEN))


def bekend(jaar: int) -> bool:
    """True when the decree that covers this year is in `BESLUITEN`; otherwise a day off may be missing."""
    return any(b.van <= jaar <= b.tot_en_met for b in BESLUITEN)
