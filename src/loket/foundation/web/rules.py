"""What the pages must get right: how loud a deadline is, and whether a counter is open. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from loket.foundation.time.clock import AMSTERDAM

type Loudness = Literal["late", "today", "soon", "ok", "hold"]

SOON_WORKING_DAYS = 2


@dataclass(frozen=True)
class Due:
    """A deadline as it is shown. `days`: calendar days that it is past (late; 0 is by hours) or away."""

    kind: Loudness
    deadline: date | None = None
    days: int = 0


def due(deadline: date | None, today: date, working_days: int | None = None, *, suspended: bool = False) -> Due:
    """How loud a deadline is, from loud to quiet: `late`, `today`, `soon` (two working days or less), `ok`, `hold`.

    `working_days` is the distance in working days, as the engine for terms counts them; without it the calendar
    days count. Suspended (opgeschort, article 4:15 Awb), or without a deadline: `hold`, whatever the date.
    """
    if suspended or deadline is None:
        return Due("hold", deadline)
    away = (deadline - today).days
    if away < 0:
        return Due("late", deadline, -away)
    if away == 0:
        return Due("today", deadline)
    distance = away if working_days is None else working_days
    return Due("soon" if distance <= SOON_WORKING_DAYS else "ok", deadline, away)


WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


@dataclass(frozen=True)
class Opening:
    """Whether a counter or telephone is open now: `until` when, or from which moment it is `next` open."""

    open: bool
    until: datetime | None = None
    next: datetime | None = None


def opening(hours: object, moment: datetime) -> Opening | None:
    """Whether something with these opening hours is open at `moment`, or None when nothing is known.

    `hours` as in `Organisatie.openingstijden["telefoon"]`: for each weekday ('ma' to 'zo') one pair or a list of pairs
    of times, `{"ma": ["08:00", "20:00"], "wo": [["09:00", "12:00"], ["13:00", "17:00"]]}`; and for a date
    ('2026-12-25') the exception of that day, `[]` for closed.
    """
    if not isinstance(hours, Mapping) or not hours:
        return None
    local = moment.astimezone(AMSTERDAM)
    for ahead in range(15):
        day = local.date() + timedelta(days=ahead)
        for begin, end in _pairs(hours, day):
            if local < begin:
                return Opening(False, next=begin)
            if local < end:
                return Opening(True, until=end)
    return Opening(False)


def _pairs(hours: Mapping[str, object], day: date) -> list[tuple[datetime, datetime]]:
    given = hours.get(day.isoformat(), hours.get(WEEKDAYS[day.weekday()]))
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        return []
    pairs = [given] if isinstance(given[0], str) else given
    return sorted(
        (
            datetime.combine(day, time.fromisoformat(str(begin)), AMSTERDAM),
            datetime.combine(day, time.fromisoformat(str(end)), AMSTERDAM),
        )
        for begin, end in pairs
    )


def initials(name: str) -> str:
    """Two letters for the arch of a person: 'FW' for Fenna Wierda, 'JB' for Jan van den Berg."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    capitals = [word for word in words if word[0].isupper()] or words
    if not capitals:
        return "?"
    return (capitals[0][0] + (capitals[-1][0] if len(capitals) > 1 else "")).upper()
