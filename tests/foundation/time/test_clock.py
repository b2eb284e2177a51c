"""Days in the Netherlands as moments, also where time ends."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.time.clock import AMSTERDAM, day_end, day_start


@given(st.dates())
def test_every_day_begins_and_ends(day: date) -> None:
    start, end = day_start(day), day_end(day)
    assert start.tzinfo is UTC and end.tzinfo is UTC
    assert timedelta(hours=22) < end - start <= timedelta(hours=25)
    if date.min < day < date.max:
        assert start.astimezone(AMSTERDAM).date() == day
        assert end == day_start(day + timedelta(days=1))


def test_the_days_of_summer_time() -> None:
    assert day_start(date(2026, 3, 29)) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert day_end(date(2026, 3, 29)) == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_the_first_and_the_last_day_that_there_are() -> None:
    assert day_start(date.min) == datetime.min.replace(tzinfo=UTC)
    assert day_end(date.max) == datetime.max.replace(tzinfo=UTC)
