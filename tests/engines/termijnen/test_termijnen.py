"""Terms with their explanation: hand-made examples, and properties against a naive computation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.engines.termijnen.atw import dagen as in_dagen
from loket.engines.termijnen.atw import weken as in_weken
from loket.engines.termijnen.doorzending import doorzending
from loket.engines.termijnen.kalender import NEDERLAND, Kalender
from loket.engines.termijnen.klachten import klacht, klacht_niet_in_behandeling
from loket.engines.termijnen.normen import heropenen, servicenorm
from loket.engines.termijnen.rekenen import wettelijke_termijn
from loket.engines.termijnen.termijn import Termijn
from loket.engines.termijnen.woorden import dag_in_woorden, day_in_words

dagen = st.dates(min_value=date(2014, 1, 1), max_value=date(2050, 12, 31))


@pytest.mark.parametrize(
    ("ontvangen", "commissie", "verdaagd", "laatste"),
    [
        ("2026-10-27", False, False, "2026-12-08"),  # plain: a Tuesday, six weeks later
        ("2026-03-24", False, False, "2026-05-06"),  # ends on Liberation Day, in a year that is no lustrum
        ("2026-02-20", False, False, "2026-04-07"),  # ends on Good Friday: over the weekend and Easter Monday
        ("2026-11-13", False, False, "2026-12-28"),  # ends on Christmas Day, a Friday
        ("2025-11-20", False, False, "2026-01-05"),  # New Year's Day, then 2 January by royal decree, then the weekend
        ("2026-08-01", False, True, "2026-10-12"),  # ten weeks in all: moves from Saturday to Monday
        ("2026-08-01", True, False, "2026-10-12"),  # ten weeks with a committee
        ("2026-08-01", True, True, "2026-11-07"),  # fourteen weeks: a Saturday that does not move
    ],
)
def test_complaint(ontvangen: str, commissie: bool, verdaagd: bool, laatste: str) -> None:
    t = klacht(date.fromisoformat(ontvangen), commissie=commissie, verdaagd=verdaagd)
    assert t.laatste_dag == date.fromisoformat(laatste)
    assert t.wettelijk and "9:11" in t.artikel and ("tweede lid" in t.artikel) == verdaagd


def test_adjourning_counts_from_the_day_before_it_moved() -> None:
    # Six weeks end on 5 May and move to 6 May; four weeks more count from the 5th: 2 June, not 3 June.
    assert klacht(date(2026, 3, 24), verdaagd=True).laatste_dag == date(2026, 6, 2)


def test_not_taken_up() -> None:
    t = klacht_niet_in_behandeling(date(2026, 10, 27))
    assert (t.laatste_dag, t.artikel) == (date(2026, 11, 24), "artikel 9:8, derde lid, Awb")


def test_why_this_day() -> None:
    t = klacht(date(2026, 3, 24))
    assert t.verschoven and t.berekend == date(2026, 5, 5)
    assert t.uitleg == (
        "De laatste dag is woensdag 6 mei 2026: 6 weken na ontvangst van de klacht op dinsdag 24 maart 2026 "
        "(artikel 9:11, eerste lid, Awb); dat zou dinsdag 5 mei 2026, Bevrijdingsdag zijn, "
        "daarom wordt het de eerste werkdag daarna (artikel 1 Atw)."
    )
    assert t.uitleg_en == (
        "The last day is Wednesday 6 May 2026: 6 weeks after receipt of the complaint on Tuesday 24 March 2026 "
        "(artikel 9:11, eerste lid, Awb); that would be Tuesday 5 May 2026, Liberation Day, "
        "so it becomes the first working day after it (artikel 1 Atw)."
    )
    assert "artikel 4 Atw" in klacht(date(2026, 8, 1), commissie=True, verdaagd=True).uitleg


def test_passing_on_has_no_statutory_day() -> None:
    t = doorzending(date(2026, 12, 24))
    assert t.laatste_dag == date(2026, 12, 29)
    assert not t.wettelijk and "onverwijld" in t.uitleg and "2:3" in t.artikel
    assert "1 werkdag na" in doorzending(date(2026, 11, 2), werkdagen=1).uitleg


def test_service_norm_and_reopening() -> None:
    assert servicenorm(date(2026, 11, 20), 3).laatste_dag == date(2026, 11, 25)
    assert servicenorm(date(2026, 11, 21), 0).laatste_dag == date(2026, 11, 23)
    assert servicenorm(date(2026, 11, 20), 0).laatste_dag == date(2026, 11, 20)
    t = heropenen(date(2026, 11, 22))
    assert t.laatste_dag == date(2026, 12, 6) and t.laatste_dag.weekday() == 6  # a Sunday is fine: no law
    assert not t.wettelijk and not t.verschoven and "eigen afspraak" in t.uitleg
    with pytest.raises(ValueError, match="negatief"):
        servicenorm(date(2026, 11, 20), -1)
    with pytest.raises(ValueError, match="minstens"):
        heropenen(date(2026, 11, 20), 0)


def test_short_terms_hold_two_working_days() -> None:
    # 24 December 2025 is a Wednesday: Christmas, Boxing Day, weekend; three days hold no working day at all.
    t = wettelijke_termijn(date(2025, 12, 24), in_dagen(3), artikel="artikel 1 X")
    assert t.laatste_dag == date(2025, 12, 30) and "artikel 2 Atw" in t.uitleg
    assert wettelijke_termijn(date(2025, 12, 24), in_dagen(2), artikel="artikel 1 X").laatste_dag == date(2025, 12, 29)
    assert wettelijke_termijn(date(2026, 11, 2), in_dagen(3), artikel="artikel 1 X").laatste_dag == date(2026, 11, 5)


@pytest.mark.parametrize("n", [90, 91])
def test_more_than_ninety_days_does_not_move(n: int) -> None:
    start = date(2026, 11, 21) - timedelta(days=n)  # ends on a Saturday
    t = wettelijke_termijn(start, in_dagen(n), artikel="artikel 1 X")
    assert t.laatste_dag == (date(2026, 11, 23) if n == 90 else date(2026, 11, 21))
    assert ("meer dan 90 dagen" in t.uitleg) == (n == 91)


def test_nothing_is_no_term() -> None:
    for maak in (in_weken, in_dagen):
        with pytest.raises(ValueError, match="minstens een"):
            maak(0)


@given(dagen, st.integers(1, 30), st.frozensets(dagen, max_size=8))
def test_weeks_against_walking(start: date, weken: int, extra: frozenset[date]) -> None:
    kalender = Kalender(extra)
    t = wettelijke_termijn(start, in_weken(weken), artikel="artikel 1 X", kalender=kalender)
    dag = start
    for _ in range(weken * 7):
        dag += timedelta(days=1)
    assert t.berekend == dag
    if weken <= 12:
        while dag.weekday() in (5, 6) or dag in kalender.feestdagen(dag.year):
            dag += timedelta(days=1)
        gewoon = [start + timedelta(days=i) for i in range(1, (dag - start).days + 1)]
        if sum(kalender.is_werkdag(d) for d in gewoon) >= 2:
            assert t.laatste_dag == dag
        else:
            assert t.laatste_dag > dag
    else:
        assert t.laatste_dag == t.berekend


@given(dagen, dagen)
def test_counting_days_left(start: date, vandaag: date) -> None:
    t = klacht(start)
    assert t.dag(vandaag) + t.dagen_over(vandaag) == t.totaal_dagen
    assert t.te_laat(vandaag) == (t.dagen_over(vandaag) < 0)
    assert t.laatste_dag >= t.berekend and NEDERLAND.is_werkdag(t.laatste_dag)
    assert (t.werkdagen_over(vandaag) > 0) == (NEDERLAND.volgende_werkdag(vandaag) <= t.laatste_dag)


@given(dagen, st.integers(0, 30))
def test_every_term_explains_itself(start: date, n: int) -> None:
    termijnen: list[Termijn] = [klacht(start), doorzending(start), servicenorm(start, n), heropenen(start)]
    for t in termijnen:
        assert dag_in_woorden(t.laatste_dag) in t.uitleg and day_in_words(t.laatste_dag) in t.uitleg_en
        assert t.uitleg.endswith(".") and ". " not in t.uitleg and ". " not in t.uitleg_en
        assert t.artikel in t.uitleg or not t.wettelijk
