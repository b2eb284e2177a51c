"""Suspension, adjournment and named days: what the law promises about them, against a computation that walks."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loket.engines.termijnen.aanvragen import (
    aanvulling_gevraagd,
    beslistermijn,
    beslistermijn_verlengen,
    buitenlandse_informatie,
    mededeling_redelijke_termijn,
    overmacht,
    uitstel_met_instemming,
    vertraging_door_aanvrager,
    wettelijke_beslistermijn,
)
from loket.engines.termijnen.atw import Duur, Eenheid, dagen, weken
from loket.engines.termijnen.bezwaar import (
    VerderUitstel,
    beroep_verdagen,
    beroep_verder_uitstel,
    beroep_verzuim_herstellen,
    beslissing_op_administratief_beroep,
    beslissing_op_bezwaar,
    bezwaar_verdagen,
    bezwaar_verder_uitstel,
    bezwaar_verzuim_herstellen,
    bezwaartermijn,
)
from loket.engines.termijnen.fouten import NietToegestaan, OngeldigeInvoer, TeLang, TermijnFout, TermijnVoorbij
from loket.engines.termijnen.gebeurtenissen import Gebeurtenis, Opschorting
from loket.engines.termijnen.kalender import NEDERLAND
from loket.engines.termijnen.klachten import klacht, klacht_verdaagd_tot, klacht_verdagen, klacht_verder_uitstel
from loket.engines.termijnen.normen import servicenorm
from loket.engines.termijnen.rekenen import dag_in_nederland, wettelijke_termijn
from loket.engines.termijnen.termijn import Termijn
from loket.engines.termijnen.woo import woo_verdagen, woo_verzoek, zienswijze_gevraagd
from loket.engines.termijnen.woorden import dag_in_woorden, day_in_words

DAG = timedelta(days=1)
dagen_st = st.dates(min_value=date(2017, 1, 1), max_value=date(2045, 12, 31))


@st.composite
def perioden(draw: st.DrawFn) -> tuple[date, list[Opschorting]]:
    """A day of receipt and some suspensions that begin while eight weeks run."""
    start = draw(dagen_st)
    gevonden = []
    for maak in draw(
        st.lists(st.sampled_from([uitstel_met_instemming, vertraging_door_aanvrager, overmacht]), max_size=4)
    ):
        van = start + DAG * draw(st.integers(1, 56))
        gevonden.append(maak(van, van + DAG * draw(st.integers(0, 40))))
    return start, gevonden


def staat_stil(start: date, gebeurtenissen: list[Opschorting]) -> set[date]:
    """All days on which the clock stood still, one by one."""
    return {
        g.van + DAG * i
        for g in gebeurtenissen
        for i in range((g.tot_en_met - g.van).days + 1)
        if g.van + DAG * i > start
    }


def naief(start: date, aantal: int, stil: set[date]) -> date:
    """Walk: each day that does not stand still is one day of the term."""
    dag = start
    while aantal:
        dag += DAG
        aantal -= dag not in stil
    return dag


@given(perioden())
def test_suspension_adds_exactly_its_days(geval: tuple[date, list[Opschorting]]) -> None:
    start, gebeurtenissen = geval
    stil = staat_stil(start, gebeurtenissen)
    t = beslistermijn(start).met(*gebeurtenissen)
    assert (t.berekend - beslistermijn(start).berekend).days == len(stil)
    assert t.berekend == naief(start, 56, stil)  # the running days are still exactly eight weeks
    assert t.laatste_dag not in stil or not NEDERLAND.is_werkdag(t.berekend)


@given(perioden(), st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_told_does_not_matter(
    geval: tuple[date, list[Opschorting]], toeval: random.Random
) -> None:
    start, gebeurtenissen = geval
    alles: list[Gebeurtenis] = [*gebeurtenissen, woo_verdagen(1, op=start + DAG), woo_verdagen(1)]
    samen = woo_verzoek_lang(start).met(*alles)
    toeval.shuffle(alles)
    een_voor_een = woo_verzoek_lang(start)
    for gebeurtenis in alles:
        een_voor_een = een_voor_een.met(gebeurtenis)
    assert samen == een_voor_een
    assert samen.met(*gebeurtenissen) == samen  # a day stands still once


def woo_verzoek_lang(start: date) -> Termijn:
    """Eight weeks that know the events of a Woo request, so that each suspension begins in time."""
    recept = woo_verzoek(start).recept
    assert recept is not None
    return wettelijke_termijn(start, weken(8), artikel=recept.artikel, kent=recept.kent)


@given(perioden(), st.integers(0, 7))
def test_every_answer_holds_together(geval: tuple[date, list[Opschorting]], later: int) -> None:
    start, gebeurtenissen = geval
    t = beslistermijn(start).met(*gebeurtenissen)
    assert NEDERLAND.is_werkdag(t.laatste_dag), "eight weeks never end on a day that the Atw excludes"
    assert t.laatste_dag >= t.berekend >= start + 56 * DAG
    assert t.stappen[0].van == start and t.stappen[-1].tot == t.laatste_dag
    assert all(een.tot == ander.van for een, ander in zip(t.stappen, t.stappen[1:], strict=False))
    for zin, dag in ((t.waarom(), dag_in_woorden(t.laatste_dag)), (t.waarom("en"), day_in_words(t.laatste_dag))):
        assert dag in zin and zin.endswith(".") and ". " not in zin
        assert all(stap.artikel in zin for stap in t.stappen)
    hash(t)


@given(dagen_st, st.integers(1, 30), st.sampled_from(list(Eenheid)[1:4]), st.integers(1, 9))
def test_monotonic(start: date, n: int, eenheid: Eenheid, later: int) -> None:
    """Who starts later is never ready earlier, and longer is never shorter within the limits of the Atw."""
    kort = wettelijke_termijn(start, Duur(n, eenheid), artikel="x")
    assert wettelijke_termijn(start + later * DAG, Duur(n, eenheid), artikel="x").berekend >= kort.berekend
    if Duur(n + 1, eenheid).vanaf(start) > kort.laatste_dag:
        assert wettelijke_termijn(start, Duur(n + 1, eenheid), artikel="x").laatste_dag >= kort.laatste_dag
    if not kort.verschoven and NEDERLAND.is_werkdag(start + later * DAG):
        assert wettelijke_termijn(start + later * DAG, Duur(n, eenheid), artikel="x").laatste_dag >= kort.laatste_dag


@given(dagen_st, st.integers(1, 13), st.integers(0, 23), st.integers(0, 59))
def test_summer_time_changes_nothing(dag: date, n: int, uur: int, minuut: int) -> None:
    """A term counts days: the hour of an event, and a night of 23 or 25 hours, make no difference."""
    moment = datetime(dag.year, dag.month, dag.day, uur, minuut, tzinfo=UTC)
    nederland = dag_in_nederland(moment)
    assert nederland - dag in (timedelta(0), DAG)
    assert (wettelijke_termijn(nederland, weken(n), artikel="x").berekend - nederland).days == 7 * n


def test_a_day_is_a_day_in_the_netherlands() -> None:
    assert dag_in_nederland(datetime(2026, 6, 1, 22, 30, tzinfo=UTC)) == date(2026, 6, 2)
    assert dag_in_nederland(datetime(2026, 12, 1, 22, 30, tzinfo=UTC)) == date(2026, 12, 1)
    assert dag_in_nederland(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == date(2026, 10, 25)
    with pytest.raises(OngeldigeInvoer, match="tijdzone"):
        dag_in_nederland(datetime(2026, 6, 1, 12))
    moment = datetime(2026, 6, 1, 12, tzinfo=UTC)
    for maak in (beslistermijn, klacht, bezwaartermijn, lambda d: servicenorm(d, 1), lambda d: overmacht(d, d)):
        with pytest.raises(OngeldigeInvoer, match="tijdstip"):
            maak(moment)


def test_a_suspension_on_a_day_that_the_atw_added_counts_from_there() -> None:
    # Eight weeks after Saturday 30 May end on Saturday 25 July, so on Monday the 27th; that Monday stands still.
    t = beslistermijn(date(2026, 5, 30)).met(overmacht(date(2026, 7, 27), date(2026, 7, 28)))
    assert t.laatste_dag == date(2026, 7, 29)
    assert [s.artikel for s in t.stappen][1:] == ["artikel 1 Atw", "artikel 4:15, tweede lid, onder c, Awb"]
    assert "verlengd tot en met maandag 27 juli 2026 (artikel 1 Atw), 2 dagen later" in t.waarom()


def test_abroad() -> None:
    t = beslistermijn(date(2026, 6, 1)).met(buitenlandse_informatie(date(2026, 6, 9), date(2026, 6, 19)))
    assert t.laatste_dag == date(2026, 8, 5) and "buitenland" in t.waarom() and "abroad" in t.waarom("en")


def test_a_special_law_extends_its_own_term_only() -> None:
    artikel = "artikel 16.64, tweede lid, Omgevingswet"
    t = wettelijke_beslistermijn(
        date(2026, 6, 1), weken(8), "artikel 16.64, eerste lid, Omgevingswet", verlenging=artikel
    )
    extra = beslistermijn_verlengen(weken(6), ten_hoogste=weken(6), artikel=artikel, op=date(2026, 7, 20))
    assert t.met(extra).laatste_dag == date(2026, 9, 7)
    with pytest.raises(NietToegestaan, match="geldt niet"):
        beslistermijn(date(2026, 6, 1)).met(extra)
    with pytest.raises(NietToegestaan):  # Awb 4:14, third paragraph, is for when no law names a term
        t.met(mededeling_redelijke_termijn(date(2026, 7, 1), date(2026, 9, 30)))


def test_suspension_after_a_named_day_counts_on() -> None:
    t = beslistermijn(date(2026, 6, 1)).met(
        overmacht(date(2026, 9, 1), date(2026, 9, 3)),
        mededeling_redelijke_termijn(date(2026, 7, 20), date(2026, 9, 15)),
    )
    assert t.laatste_dag == date(2026, 9, 18)


def test_what_is_over_is_over() -> None:
    t = beslistermijn(date(2026, 6, 1))  # until 27 July
    with pytest.raises(TermijnVoorbij, match="27 juli"):
        t.met(overmacht(date(2026, 7, 28), date(2026, 8, 1)))
    with pytest.raises(TermijnVoorbij):
        t.met(mededeling_redelijke_termijn(date(2026, 7, 28), date(2026, 9, 1)))
    # A suspension in time makes room for what comes after, told in whatever order.
    laat = overmacht(date(2026, 7, 28), date(2026, 8, 1))
    assert t.met(laat, uitstel_met_instemming(date(2026, 7, 1), date(2026, 7, 3))).laatste_dag == date(2026, 8, 4)
    k = klacht(date(2026, 3, 24))  # 5 May is a holiday: until the 6th
    assert k.met(klacht_verdagen(op=date(2026, 5, 6)))
    with pytest.raises(TermijnVoorbij):
        k.met(klacht_verdagen(op=date(2026, 5, 7)))
    assert k.met(klacht_verder_uitstel(date(2026, 6, 30), ingestemd=date(2026, 5, 20)))  # consent may come later


def test_two_equal_adjournments_are_two_and_an_agreed_day_is_one() -> None:
    k = klacht(date(2026, 10, 27))  # until 8 December
    twee = klacht_verdagen(2)
    assert k.met(twee).laatste_dag == date(2026, 12, 22)
    assert k.met(twee, twee) == k.met(twee).met(twee)
    assert k.met(twee, twee).laatste_dag == k.met(klacht_verdagen(4)).laatste_dag
    with pytest.raises(TeLang):
        k.met(twee, twee, twee)
    samen = klacht_verder_uitstel(date(2027, 1, 15), ingestemd=date(2026, 12, 1))
    assert k.met(samen, samen) == k.met(samen)
    stil = overmacht(date(2026, 6, 15), date(2026, 6, 17))
    b = beslistermijn(date(2026, 6, 1))
    assert b.met(stil, stil).laatste_dag == b.met(stil).laatste_dag


def test_a_named_day_of_adjournment_counts_while_the_term_runs() -> None:
    k = klacht(date(2026, 10, 27))
    assert k.met(klacht_verdaagd_tot(date(2026, 12, 24), op=date(2026, 12, 8))).laatste_dag == date(2026, 12, 24)
    with pytest.raises(TermijnVoorbij):
        k.met(klacht_verdaagd_tot(date(2026, 12, 24), op=date(2026, 12, 9)))


def test_no_more_than_the_article_allows() -> None:
    gevallen: tuple[Callable[[], Termijn], ...] = (
        lambda: klacht(date(2026, 6, 1)).met(klacht_verdagen(5)),
        lambda: klacht(date(2026, 6, 1), verdaagd=True).met(klacht_verdagen(1, op=date(2026, 6, 2))),
        lambda: woo_verzoek(date(2026, 6, 1)).met(woo_verdagen(3)),
        lambda: beslissing_op_bezwaar(bezwaartermijn(date(2026, 6, 1))).met(bezwaar_verdagen(7)),
    )
    for te_veel in gevallen:
        with pytest.raises(TeLang, match="ten hoogste"):
            te_veel()


def test_each_term_knows_its_own_articles() -> None:
    bezwaar = beslissing_op_bezwaar(bezwaartermijn(date(2026, 6, 2)))
    beroep = beslissing_op_administratief_beroep(bezwaartermijn(date(2026, 6, 2)))
    dag = date(2026, 7, 20)
    assert bezwaar.met(overmacht(dag, dag), vertraging_door_aanvrager(dag, dag)).berekend == bezwaar.berekend + DAG
    gevallen: tuple[Callable[[], Termijn], ...] = (
        lambda: bezwaar.met(uitstel_met_instemming(dag, dag)),  # Awb 7:14: 7:10, fourth paragraph, instead
        lambda: bezwaar.met(aanvulling_gevraagd(dag, dag + 7 * DAG)),
        lambda: bezwaar.met(beroep_verdagen()),
        lambda: beroep.met(bezwaar_verdagen()),
        lambda: beroep.met(beroep_verdagen(zelfde_rechtspersoon=True)),
        lambda: klacht(dag).met(overmacht(dag + DAG, dag + DAG)),  # the law knows no suspension for complaints
        lambda: beslistermijn(dag).met(zienswijze_gevraagd(dag, dag + 7 * DAG)),
        lambda: servicenorm(dag, 3).met(overmacht(dag, dag)),
    )
    for niet in gevallen:
        with pytest.raises(NietToegestaan):
            niet()


def test_administrative_appeal() -> None:
    termijn = bezwaartermijn(date(2026, 6, 2))  # until 14 July
    ver = beslissing_op_administratief_beroep(termijn)
    assert ver.laatste_dag == date(2026, 11, 3)
    assert ver.met(beroep_verdagen()).laatste_dag == date(2027, 1, 12)
    herstel = beroep_verzuim_herstellen(date(2026, 7, 20), date(2026, 8, 3), date(2026, 7, 31))
    assert ver.met(herstel).laatste_dag == date(2026, 11, 13)
    dichtbij = beslissing_op_administratief_beroep(termijn, zelfde_rechtspersoon=True, commissie=True)
    assert dichtbij.laatste_dag == date(2026, 10, 6)
    assert dichtbij.met(beroep_verdagen(zelfde_rechtspersoon=True)).laatste_dag == date(2026, 11, 17)
    uitstel = beroep_verder_uitstel(date(2026, 12, 31), VerderUitstel.INDIENER_STEMT_IN, op=date(2026, 11, 1))
    assert ver.met(uitstel).laatste_dag == date(2026, 12, 31) and "onder b" in ver.met(uitstel).artikel


def test_further_delay_of_an_objection() -> None:
    bezwaar = beslissing_op_bezwaar(bezwaartermijn(date(2026, 6, 2)))  # until 25 August
    na = date(2026, 9, 1)
    t = bezwaar.met(bezwaar_verder_uitstel(date(2026, 10, 1), VerderUitstel.ALLEN_STEMMEN_IN, op=na))
    assert t.laatste_dag == date(2026, 10, 1) and "alle belanghebbenden instemden" in t.waarom()
    with pytest.raises(TermijnVoorbij):  # a rule of procedure is no consent
        bezwaar.met(bezwaar_verder_uitstel(date(2026, 10, 1), VerderUitstel.PROCEDUREVOORSCHRIFT, op=na))
    with pytest.raises(OngeldigeInvoer, match="later is dan dinsdag 25 augustus"):
        bezwaar.met(bezwaar_verder_uitstel(date(2026, 8, 25), VerderUitstel.ALLEN_STEMMEN_IN, op=date(2026, 8, 1)))


def test_what_makes_no_sense_is_refused() -> None:
    dag = date(2026, 6, 9)
    for onzin in (
        lambda: overmacht(dag, dag - 2 * DAG),
        lambda: aanvulling_gevraagd(dag, dag - DAG),
        lambda: bezwaar_verzuim_herstellen(dag, dag + 7 * DAG, dag - DAG),
        lambda: zienswijze_gevraagd(dag, dag - DAG),
        lambda: mededeling_redelijke_termijn(dag, dag - DAG),
        lambda: klacht_verdagen(0),
        lambda: beslistermijn_verlengen(dagen(3), ten_hoogste=weken(6), artikel="x"),
        lambda: wettelijke_termijn(dag, Duur(48, Eenheid.UREN), artikel="x"),
    ):
        with pytest.raises(OngeldigeInvoer):
            onzin()
    assert issubclass(OngeldigeInvoer, TermijnFout) and issubclass(TermijnFout, ValueError)


@given(dagen_st, st.integers(0, 20), st.integers(0, 30))
def test_until_and_up_to_and_including(gevraagd: date, ruimte: int, na: int) -> None:
    """The same days give one day more under Woo 4.4 than under Awb 4:15, and what comes too late changes nothing."""
    uiterlijk, antwoord = gevraagd + ruimte * DAG, gevraagd + na * DAG
    awb, woo = (f(gevraagd, uiterlijk, antwoord) for f in (aanvulling_gevraagd, zienswijze_gevraagd))
    lengte = (awb.tot_en_met - awb.van).days + 1, (woo.tot_en_met - woo.van).days + 1
    assert lengte == (max(min(ruimte, na) - 1, 0), min(ruimte, na))
    if na >= ruimte:
        assert awb == aanvulling_gevraagd(gevraagd, uiterlijk) and woo == zienswijze_gevraagd(gevraagd, uiterlijk)


@given(dagen_st, st.integers(1, 90))
def test_a_term_in_days_holds_two_working_days(start: date, n: int) -> None:
    t = wettelijke_termijn(start, dagen(n), artikel="x")
    assume(n >= 3)
    assert NEDERLAND.werkdagen_tussen(start, t.laatste_dag) >= 2 and NEDERLAND.is_werkdag(t.laatste_dag)
