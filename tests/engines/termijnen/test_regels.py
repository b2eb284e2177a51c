"""The rules that answer something else than a last day: who, whether, how much, what is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.engines.termijnen import besluiten
from loket.engines.termijnen.aanvragen import beslistermijn
from loket.engines.termijnen.atw import Duur, Eenheid, dagen, te_lang_voor_de_wet, teruggerekend, weken
from loket.engines.termijnen.bezwaar import Aanvang, bezwaartermijn, tijdig_ingediend, uiterste_ontvangst_per_post
from loket.engines.termijnen.doorzending import (
    aanvang_na_interne_doorgeleiding,
    doorzending_bezwaar,
    doorzending_woo,
    moet_doorzenden,
)
from loket.engines.termijnen.dwangsom import (
    GeenDwangsom,
    beroep_mogelijk_vanaf,
    dwangsom,
    gelijk_deel,
    ingebrekestelling,
    tarief,
    uitspraak_niet_tijdig,
)
from loket.engines.termijnen.fouten import NietToegestaan, OngeldigeInvoer, Prematuur
from loket.engines.termijnen.kalender import AANGEWEZEN_DAGEN, NEDERLAND
from loket.engines.termijnen.klachten import (
    AfzienVanHoren,
    NietBehandelen,
    afdeling_9_1_2_geldt,
    afschrift_aan_beklaagde,
    klacht,
    klacht_niet_in_behandeling,
    langer_dan_een_jaar_geleden,
    mag_behandelen,
    ontbreekt_in_kennisgeving,
    ontvangstbevestiging,
    verplichting_vervalt,
    verzoek_aan_ombudsman_zonder_antwoord,
    wie_horen,
)
from loket.engines.termijnen.woo import woo_kennelijk_ander_doel, woo_niet_behandelen, woo_overleg, woo_verzoek

DAG = timedelta(days=1)
dagen_st = st.dates(min_value=date(2019, 1, 1), max_value=date(2045, 12, 31))


def test_the_decrees_are_days_that_need_a_decree() -> None:
    for dag in AANGEWEZEN_DAGEN:
        assert dag.weekday() < 5 and NEDERLAND.feestdag(dag) == "aangewezen dag"
    for besluit in besluiten.BESLUITEN:
        assert besluit.bron and list(besluit.dagen) == sorted(besluit.dagen)
        assert {d.year for d in besluit.dagen} == set(range(besluit.van, besluit.tot_en_met + 1))
        for jaar in range(besluit.van, besluit.tot_en_met + 1):  # the Friday after Ascension Day is always one of them
            hemelvaart = next(d for d, naam in NEDERLAND.feestdagen(jaar).items() if "Hemelvaartsdag" in naam)
            assert hemelvaart + DAG in besluit.dagen
    assert besluiten.bekend(2026) and not besluiten.bekend(2021) and not besluiten.bekend(2029)


def test_to_which_terms_the_atw_does_not_apply() -> None:
    assert te_lang_voor_de_wet([dagen(90)]) is None and te_lang_voor_de_wet([weken(12)]) is None
    assert te_lang_voor_de_wet([Duur(3, Eenheid.MAANDEN)]) is None
    for lang in (dagen(91), weken(13), Duur(4, Eenheid.MAANDEN), Duur(1, Eenheid.JAREN), Duur(1, Eenheid.UREN)):
        assert te_lang_voor_de_wet([lang]) is not None
    assert te_lang_voor_de_wet([weken(10), weken(4)]) == weken(12)
    assert teruggerekend(date(2026, 5, 15), dagen(10)) == date(2026, 5, 5)  # Liberation Day: it does not move
    assert teruggerekend(date(2026, 11, 28), weken(1)) == date(2026, 11, 21)
    with pytest.raises(OngeldigeInvoer):
        teruggerekend(date(2026, 5, 15), Duur(1, Eenheid.MAANDEN))
    assert Duur(1, Eenheid.JAREN).woorden == ("1 jaar", "1 year") and Duur(2, Eenheid.JAREN).woorden[0] == "2 jaar"


def test_complaints_who_and_whether() -> None:
    assert mag_behandelen(bij_gedraging_betrokken=False) and not mag_behandelen(bij_gedraging_betrokken=True)
    assert mag_behandelen(bij_gedraging_betrokken=True, gedraging_van_bestuursorgaan_zelf=True)
    assert wie_horen() == {"klager", "beklaagde"}
    assert all(wie_horen(grond) == {"beklaagde"} for grond in AfzienVanHoren)
    assert verplichting_vervalt(tegemoetgekomen=True, klager_tevreden=True)
    assert not verplichting_vervalt(tegemoetgekomen=True, klager_tevreden=False)
    assert afdeling_9_1_2_geldt(schriftelijk=True, jegens_klager=True, aan_vereisten_voldaan=True)
    assert not afdeling_9_1_2_geldt(schriftelijk=False, jegens_klager=True, aan_vereisten_voldaan=True)
    assert len(NietBehandelen) == 7 and all("9:8" in grond.artikel and grond.grond for grond in NietBehandelen)


@pytest.mark.parametrize(
    ("gedraging", "ingediend", "te_oud"),
    [
        ("2025-11-23", "2026-11-23", False),  # exactly a year is not longer than a year
        ("2025-11-22", "2026-11-23", True),
        ("2024-02-29", "2025-02-28", False),
        ("2024-02-29", "2025-03-01", True),
    ],
)
def test_conduct_longer_than_a_year_ago(gedraging: str, ingediend: str, te_oud: bool) -> None:
    assert langer_dan_een_jaar_geleden(date.fromisoformat(gedraging), date.fromisoformat(ingediend)) == te_oud


def test_what_the_ending_of_a_complaint_must_say() -> None:
    compleet = {"bevindingen": "Wij belden niet terug.", "oordeel": "Gegrond.", "ombudsman": "Nationale ombudsman"}
    dag = date(2027, 12, 8)
    assert ontbreekt_in_kennisgeving(**compleet, conclusies=None, termijn_ombudsman=dag) == ()
    assert ontbreekt_in_kennisgeving(**compleet, conclusies=" ", termijn_ombudsman=None) == (
        "conclusies",
        "termijn_ombudsman",
    )
    leeg = ontbreekt_in_kennisgeving(bevindingen="", oordeel="", conclusies=None, ombudsman="", termijn_ombudsman=dag)
    assert leeg == ("bevindingen", "oordeel", "ombudsman")


def test_duties_without_a_day_say_so() -> None:
    dag = date(2026, 11, 20)
    for t in (ontvangstbevestiging(dag), afschrift_aan_beklaagde(dag), doorzending_bezwaar(dag), doorzending_woo(dag)):
        assert not t.wettelijk and t.artikel in t.waarom() and "noemt geen dag" in t.waarom()
        assert "names no day" in t.waarom("en") and NEDERLAND.is_werkdag(t.laatste_dag)
    assert ontvangstbevestiging(dag).laatste_dag == date(2026, 11, 23)


def test_passing_on() -> None:
    assert moet_doorzenden(elektronisch=False, ontvanger_blijkt_uit_bericht=False)
    assert moet_doorzenden(elektronisch=True, ontvanger_blijkt_uit_bericht=True)
    assert not moet_doorzenden(elektronisch=True, ontvanger_blijkt_uit_bericht=False)
    in_, door = date(2026, 3, 2), date(2026, 3, 5)
    assert aanvang_na_interne_doorgeleiding(in_, door, onverwijld_medegedeeld=True) == door
    assert aanvang_na_interne_doorgeleiding(in_, door, onverwijld_medegedeeld=False) == in_
    with pytest.raises(OngeldigeInvoer):
        aanvang_na_interne_doorgeleiding(door, in_, onverwijld_medegedeeld=True)


def test_each_beginning_of_the_term_to_object() -> None:
    for aanvang in Aanvang:
        t = bezwaartermijn(date(2026, 6, 2), aanvang)
        assert t.laatste_dag == date(2026, 7, 14)
        assert f"6:8, {aanvang.value[0]}" in t.waarom() and aanvang.value[1] in t.waarom()


def test_receipt_and_posting() -> None:
    termijn = bezwaartermijn(date(2015, 1, 6))  # until 17 February, by post until the 24th
    laatste = date(2015, 2, 17)
    assert tijdig_ingediend(termijn, laatste).tijdig and not tijdig_ingediend(termijn, laatste + DAG).tijdig
    per_post = tijdig_ingediend(termijn, date(2015, 2, 24), ter_post=laatste)
    assert per_post.tijdig and "tweede lid" in per_post.artikel and per_post.waarom().startswith("Op tijd")
    assert per_post.waarom("en").startswith("In time")
    assert not tijdig_ingediend(termijn, date(2015, 2, 25), ter_post=laatste).tijdig
    te_laat = tijdig_ingediend(termijn, laatste + DAG, ter_post=laatste + DAG)
    assert not te_laat.tijdig and te_laat.waarom().startswith("Te laat") and ". " not in te_laat.waarom()


@given(dagen_st, st.integers(0, 80), st.integers(0, 80))
def test_posting_never_harms(dag: date, ontvangen: int, post: int) -> None:
    termijn = bezwaartermijn(dag)
    zonder = tijdig_ingediend(termijn, dag + ontvangen * DAG)
    met = tijdig_ingediend(termijn, dag + ontvangen * DAG, ter_post=dag + min(post, ontvangen) * DAG)
    assert met.tijdig >= zonder.tijdig
    assert uiterste_ontvangst_per_post(termijn).laatste_dag >= termijn.laatste_dag + 7 * DAG


@given(dagen_st, st.integers(0, 200), st.integers(0, 200))
def test_the_penalty_grows_and_stops(dag: date, een: int, ander: int) -> None:
    beslis = beslistermijn(dag)
    d = dwangsom(beslis.laatste_dag + DAG, beslis)
    assert (d.laatste_dag - d.eerste_dag).days == 41
    vroeg, laat = sorted((d.eerste_dag + een * DAG, d.eerste_dag + ander * DAG))
    assert 0 <= d.bedrag(vroeg) <= d.bedrag(laat) <= 144200
    assert d.bedrag(d.eerste_dag) == 0 and d.bedrag(d.eerste_dag + DAG) == 2300
    assert d.bedrag(d.laatste_dag + DAG) == 144200  # 42 days
    naief = sum([2300] * 14 + [3500] * 14 + [4500] * 14 + [0] * 200)
    assert d.tarief.bedrag(500) == naief


def test_notice_of_default() -> None:
    beslis = beslistermijn(date(2026, 6, 1))  # until 27 July
    for vroeg in (date(2026, 7, 1), beslis.laatste_dag):
        with pytest.raises(Prematuur, match="te vroeg"):
            ingebrekestelling(vroeg, beslis)
    d = dwangsom(beslis.laatste_dag + DAG, beslis)
    assert d.eerste_dag == date(2026, 8, 12)
    for zin in (d.waarom(), d.waarom("en")):
        assert "4:17" in zin and zin.endswith(".") and ". " not in zin
    woo = woo_verzoek(date(2026, 6, 1))  # until 29 June: no penalty, but the court is open
    with pytest.raises(NietToegestaan, match=r"8\.2 Woo"):
        dwangsom(date(2026, 7, 1), woo)
    assert beroep_mogelijk_vanaf(ingebrekestelling(date(2026, 7, 1), woo)) == date(2026, 7, 16)
    with pytest.raises(NietToegestaan):
        ingebrekestelling(date(2026, 9, 1), klacht(date(2026, 6, 1)))
    assert all("4:17" in grond.value[0] or "Woo" in grond.value[0] for grond in GeenDwangsom)


def test_amounts() -> None:
    assert tarief(date(2018, 12, 31)).bedrag(14) == 28000 and tarief(date(2026, 11, 23)).bedrag(15) == 35700
    with pytest.raises(OngeldigeInvoer, match="2009"):
        tarief(date(2009, 9, 30))
    with pytest.raises(OngeldigeInvoer):
        tarief(date(2026, 1, 1)).bedrag(-1)
    assert gelijk_deel(144200, 3) == 48067 and gelijk_deel(144200, 2) == 72100
    with pytest.raises(OngeldigeInvoer):
        gelijk_deel(100, 0)


def test_the_court() -> None:
    assert uitspraak_niet_tijdig(date(2026, 8, 18), zitting=True).laatste_dag == date(2026, 11, 17)


def test_the_short_terms_of_the_woo() -> None:
    dag = date(2026, 11, 3)
    assert woo_overleg(dag).laatste_dag == woo_verzoek(dag).laatste_dag == date(2026, 12, 1)
    assert woo_kennelijk_ander_doel(dag).laatste_dag == woo_niet_behandelen(dag).laatste_dag == date(2026, 11, 17)


def test_the_ombudsman_after_silence_is_for_complaints() -> None:
    t = verzoek_aan_ombudsman_zonder_antwoord(klacht(date(2026, 10, 27)))
    assert "onder b" in t.waarom() and "artikel 4 Atw" not in t.waarom()  # 8 December 2027 is a working day
    with pytest.raises(OngeldigeInvoer):
        verzoek_aan_ombudsman_zonder_antwoord(klacht_niet_in_behandeling(date(2026, 10, 27)))
