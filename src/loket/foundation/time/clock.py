"""Now and today, injectable: no other module asks the operating system for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_frozen: ContextVar[datetime | None] = ContextVar("frozen_time", default=None)


def now() -> datetime:
    """The present moment, in UTC and aware of it; the frozen moment inside `frozen`."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The present date as people in the Netherlands write it."""
    return now().astimezone(AMSTERDAM).date()


def day_start(day: date) -> datetime:
    """The first moment of a day in the Netherlands, in UTC; of the very first day there is, what comes nearest."""
    try:
        return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def day_end(day: date) -> datetime:
    """The first moment after a day in the Netherlands, in UTC; of the very last day there is, what comes nearest."""
    try:
        return day_start(day + timedelta(days=1))
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Make `now()` answer `moment` in this context (thread or task). `moment` must be aware of its zone."""
    if moment.tzinfo is None:
        raise ValueError("A frozen moment needs a time zone.")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
