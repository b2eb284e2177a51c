"""How loud a deadline is, whether a counter is open, and initials."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.time.clock import AMSTERDAM
from loket.foundation.web.rules import due, initials, opening

MONDAY = date(2026, 11, 23)
HOURS = {
    "ma": ["08:00", "20:00"],
    "di": [["09:00", "12:00"], ["13:00", "17:00"]],
    "2026-11-24": [],
}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=AMSTERDAM)


def test_a_deadline_from_loud_to_quiet() -> None:
    assert (due(MONDAY - timedelta(3), MONDAY).kind, due(MONDAY - timedelta(3), MONDAY).days) == ("late", 3)
    assert due(MONDAY, MONDAY).kind == "today"
    assert due(MONDAY + timedelta(4), MONDAY, working_days=2).kind == "soon"
    assert due(MONDAY + timedelta(4), MONDAY, working_days=3).kind == "ok"
    assert due(MONDAY + timedelta(2), MONDAY).kind == "soon"
    assert due(MONDAY - timedelta(3), MONDAY, suspended=True).kind == "hold"
    assert due(None, MONDAY).kind == "hold"


@given(st.integers(-400, 400), st.integers(0, 300))
def test_a_deadline_only_grows_louder_as_days_pass(away: int, working_days: int) -> None:
    order = ["ok", "soon", "today", "late"]
    deadline = MONDAY + timedelta(away)
    now = order.index(due(deadline, MONDAY, working_days).kind)
    assert order.index(due(deadline, MONDAY + timedelta(1), max(0, working_days - 1)).kind) >= now


def test_open_until() -> None:
    found = opening(HOURS, at(23, 9))
    assert found and found.open and found.until == at(23, 20)


def test_closed_until_the_next_time_that_it_is_open_exceptions_included() -> None:
    found = opening(HOURS, at(23, 20))
    assert found and not found.open and found.next == at(30, 8)
    ordinary = opening({key: value for key, value in HOURS.items() if len(key) == 2}, at(24, 12, 30))
    assert ordinary and not ordinary.open and ordinary.next == at(24, 13)


def test_nothing_known_about_opening_is_nothing_said() -> None:
    assert opening({}, at(23, 9)) is None
    assert opening(None, at(23, 9)) is None
    closed = opening({"ma": []}, at(23, 9))
    assert closed and not closed.open and closed.next is None


def test_initials() -> None:
    names = ("Fenna Wierda", "Jan van den Berg", "Şahin", "Anne-Marie de Wit", "")
    assert [initials(name) for name in names] == ["FW", "JB", "Ş", "AW", "?"]
