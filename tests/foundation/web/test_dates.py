"""Days, times and amounts are written as the look writes them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.web import dates

FRIDAY = date(2026, 11, 27)
MOMENT = datetime(2026, 11, 20, 13, 12, tzinfo=UTC)


def test_dates_in_dutch_and_english() -> None:
    assert dates.long_date(FRIDAY) == "vrijdag 27 november 2026"
    assert dates.long_date(FRIDAY, weekday=False) == "27 november 2026"
    assert dates.long_date(FRIDAY, year=False) == "vrijdag 27 november"
    assert dates.long_date(FRIDAY, "en") == "Friday 27 November 2026"
    assert dates.short_date(FRIDAY) == "vr 27 nov"
    assert dates.short_date(FRIDAY, "en-gb") == "Fri 27 Nov"


def test_moments_are_those_of_amsterdam() -> None:
    assert dates.long_moment(MOMENT) == "vrijdag 20 november 2026, 14.12 uur"
    assert dates.clock_time(datetime(2026, 7, 1, 7, 30, tzinfo=UTC)) == "9.30 uur"
    assert dates.clock_time(MOMENT, "en") == "14:12"
    assert dates.day_of(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 20), "vandaag, 14.12 uur"),
        (date(2026, 11, 21), "gisteren, 14.12 uur"),
        (date(2026, 11, 19), "morgen, 14.12 uur"),
        (date(2026, 11, 25), "20 november, 14.12 uur"),
        (date(2027, 1, 4), "20 november 2026, 14.12 uur"),
    ],
)
def test_moments_nearby(today: date, said: str) -> None:
    assert dates.near_moment(MOMENT, today) == said


def test_moments_in_a_list() -> None:
    assert dates.list_moment(MOMENT, date(2026, 11, 20)) == "14.12"
    assert dates.list_moment(MOMENT, date(2026, 11, 23)) == "vr 14.12"
    assert dates.list_moment(MOMENT, date(2026, 11, 27)) == "20 nov"
    assert dates.list_moment(MOMENT, date(2027, 2, 1)) == "20 nov 2026"
    assert dates.message_moment(MOMENT, date(2026, 11, 27)) == "vr 20 nov, 14.12"


def test_dates_in_a_list_say_the_weekday_only_nearby() -> None:
    assert dates.list_date(FRIDAY, date(2026, 11, 23)) == "vr 27 nov"
    assert dates.list_date(date(2026, 12, 8), date(2026, 11, 23)) == "8 dec"
    assert dates.list_date(date(2027, 12, 8), date(2026, 11, 23)) == "8 dec 2027"


def test_amounts_and_sizes() -> None:
    assert dates.amount(41_200) == "€ 412"
    assert dates.amount(120_450) == "€ 1.204,50"
    assert dates.amount(120_450, "en") == "€ 1,204.50"
    assert dates.amount(-5) == "-€ 0,05"
    assert [dates.size(n) for n in (12, 180_000, 3_100_000, 20_000_000)] == ["12 bytes", "180 kB", "3,1 MB", "20 MB"]
    assert dates.size(3_100_000, "en") == "3.1 MB"


@given(st.integers(-(10**12), 10**12))
def test_no_cent_is_lost_in_an_amount(cents: int) -> None:
    text = dates.amount(cents).replace("€ ", "").replace(".", "")
    euros, _, rest = text.removeprefix("-").partition(",")
    assert (int(euros) * 100 + int(rest or 0)) * (-1 if text.startswith("-") else 1) == cents
