"""The calendar of the Algemene termijnenwet against a table and against a naive second computation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.engines.termijnen.kalender import (
    NEDERLAND,
    Kalender,
    is_werkdag,
    koningsdag,
    paasdag,
    tel_werkdagen,
    volgende_werkdag,
    werkdagen_tussen,
)

# Goede Vrijdag, Tweede Paasdag, Koningsdag, Hemelvaartsdag, Tweede Pinksterdag; from the civil calendar, by hand.
TABEL = {
    2024: ("03-29", "04-01", "04-27", "05-09", "05-20"),
    2025: ("04-18", "04-21", "04-26", "05-29", "06-09"),
    2026: ("04-03", "04-06", "04-27", "05-14", "05-25"),
    2027: ("03-26", "03-29", "04-27", "05-06", "05-17"),
    2028: ("04-14", "04-17", "04-27", "05-25", "06-05"),
    2029: ("03-30", "04-02", "04-27", "05-10", "05-21"),
    2030: ("04-19", "04-22", "04-27", "05-30", "06-10"),
}
NAMEN = ("Goede Vrijdag", "Tweede Paasdag", "Koningsdag", "Hemelvaartsdag", "Tweede Pinksterdag")
VAST = {"01-01": "Nieuwjaarsdag", "05-05": "Bevrijdingsdag", "12-25": "Eerste Kerstdag", "12-26": "Tweede Kerstdag"}
AANGEWEZEN = {
    2024: ("05-10", "12-27"),
    2025: ("05-30",),
    2026: ("01-02", "05-15"),
    2027: ("05-07",),
    2028: ("04-28", "05-26"),
}

dagen = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))
kalenders = st.builds(Kalender, st.frozensets(st.dates(date(2020, 1, 1), date(2035, 12, 31)), max_size=12))


@pytest.mark.parametrize("jaar", sorted(TABEL))
def test_known_holidays(jaar: int) -> None:
    verwacht = {date.fromisoformat(f"{jaar}-{d}"): naam for d, naam in zip(TABEL[jaar], NAMEN, strict=True)}
    verwacht |= {date.fromisoformat(f"{jaar}-{d}"): naam for d, naam in VAST.items()}
    assert Kalender(frozenset()).feestdagen(jaar) == verwacht
    verwacht |= {date.fromisoformat(f"{jaar}-{d}"): "aangewezen dag" for d in AANGEWEZEN.get(jaar, ())}
    assert NEDERLAND.feestdagen(jaar) == verwacht


def test_the_traps() -> None:
    assert not is_werkdag(date(2026, 5, 5))  # not a lustrum year, still a holiday for terms
    assert not is_werkdag(date(2026, 4, 3))  # Goede Vrijdag
    assert is_werkdag(date(2026, 12, 24)) and is_werkdag(date(2026, 12, 31))
    assert koningsdag(2025) == date(2025, 4, 26) and koningsdag(2031) == date(2031, 4, 26)
    assert koningsdag(2013) == date(2013, 4, 30) and koningsdag(2006) == date(2006, 4, 29)
    assert not is_werkdag(date(2026, 5, 15))  # the Friday after Ascension Day, by royal decree
    assert Kalender(frozenset()).is_werkdag(date(2026, 5, 15))


def test_two_holidays_on_one_day() -> None:
    assert NEDERLAND.feestdag(date(2016, 5, 5)) == "Bevrijdingsdag en Hemelvaartsdag"
    assert NEDERLAND.feestdag(date(2008, 5, 1)) == "Hemelvaartsdag"


@given(dagen)
def test_easter_is_a_sunday_in_its_window(dag: date) -> None:
    pasen = paasdag(dag.year)
    assert pasen.weekday() == 6
    assert date(dag.year, 3, 22) <= pasen <= date(dag.year, 4, 25)


def naief_werkdag(dag: date, kalender: Kalender) -> bool:
    """Independent: the full moon of Easter as Knuth counts it (TAOCP 1.3.2, exercise 14), the rest by walking."""
    jaar = dag.year
    gulden, eeuw = jaar % 19 + 1, jaar // 100 + 1
    epact = (11 * gulden + 20 + (8 * eeuw + 5) // 25 - 5 - (3 * eeuw // 4 - 12)) % 30
    if (epact == 25 and gulden > 11) or epact == 24:
        epact += 1
    volle_maan = 44 - epact if epact <= 23 else 74 - epact
    maan = date(jaar, 2, 28 + (jaar % 4 == 0)) + timedelta(days=volle_maan)  # the day is counted in March
    while True:  # the Sunday after the full moon
        maan += timedelta(days=1)
        if maan.weekday() == 6:
            break
    verschil = (dag - maan).days
    return (
        dag.weekday() not in (5, 6)
        and verschil not in (-2, 1, 39, 50)
        and (dag.month, dag.day) not in {(1, 1), (5, 5), (12, 25), (12, 26)}
        and not (jaar >= 2014 and (dag.month, dag.day) == (4, 27))
        and not (jaar >= 2014 and (dag.month, dag.day) == (4, 26) and dag.weekday() == 5)
        and not (jaar < 2014 and (dag.month, dag.day) == (4, 30))
        and dag not in kalender.aangewezen
    )


def stap(dag: date) -> date:
    return dag + timedelta(days=1)


@given(dagen, st.integers(0, 60), kalenders)
def test_counting_against_walking(start: date, n: int, kalender: Kalender) -> None:
    dag, over = start, n
    while over:
        dag = stap(dag)
        over -= naief_werkdag(dag, kalender)
    assert kalender.tel_werkdagen(start, n) == dag
    assert kalender.werkdagen_tussen(start, dag) == n


@given(dagen, st.integers(-900, 900), kalenders)
def test_working_days_between_against_walking(van: date, lengte: int, kalender: Kalender) -> None:
    tot = van + timedelta(days=lengte)
    eerste, laatste = min(van, tot), max(van, tot)
    aantal, dag = 0, eerste
    while dag < laatste:
        dag = stap(dag)
        aantal += naief_werkdag(dag, kalender)
    assert kalender.werkdagen_tussen(van, tot) == (aantal if lengte >= 0 else -aantal)


@given(dagen)
def test_next_and_previous(dag: date) -> None:
    volgende = volgende_werkdag(dag)
    assert volgende > dag and is_werkdag(volgende)
    assert werkdagen_tussen(dag, volgende) == 1 and tel_werkdagen(dag, 1) == volgende
    vorige = NEDERLAND.vorige_werkdag(volgende)
    assert vorige == dag if is_werkdag(dag) else vorige < dag


def test_negative_is_refused() -> None:
    with pytest.raises(ValueError, match="negatief"):
        tel_werkdagen(date(2026, 1, 1), -1)
