"""Danger, promises, subjects, suggestions and likeness: pure."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.services.reacties import rules
from loket.services.reacties.categorieen import CATEGORIEEN, DOMEINEN, SOORTEN
from loket.services.reacties.sleutels import hash_van, nieuwe_sleutel, sleutel_van

VRIJDAG = datetime(2026, 11, 20, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tekst", "soort"),
    [
        ("Ik ruik gas in de straat", "gas"),
        ("het ruikt hier heel sterk naar gas", "gas"),
        ("Er is een gaslek", "gas"),
        ("I smell gas", "gas"),
        ("De container staat in brand!", "brand"),
        ("BRAND bij de school", "brand"),
        ("Mijn buurman bedreigt mij", "dreiging"),
        ("hij loopt rond met een mes", "dreiging"),
        ("Er ligt iemand bewusteloos", "gewond"),
        ("De lantaarn brandt niet", ""),
        ("De brandgang ligt vol afval", ""),
        ("het gas- en lichtkastje is beklad", ""),
        ("Het gras is te hoog", ""),
        ("Waar is de brandweerkazerne?", ""),
        ("", ""),
    ],
)
def test_danger(tekst: str, soort: str) -> None:
    assert rules.gevaar(tekst) == soort


def test_the_choice_alone_is_danger() -> None:
    assert rules.gevaar("help", "gevaar") == "gevaar"


@pytest.mark.parametrize(
    ("tekst", "code", "domein"),
    [
        ("Er ligt een stoeptegel los", "", "wegen"),
        ("De straatlantaarn is stuk en het is donker", "", "verlichting"),
        ("De sloot stinkt, de duiker zit verstopt", "", "water"),
        ("Iets vaags", "", None),
        ("Iets vaags", "afval", "afval"),
    ],
)
def test_which_team_probably_knows(tekst: str, code: str, domein: str | None) -> None:
    voorstel = rules.voorstel("melding", tekst, code)
    assert (voorstel.domein if voorstel else None) == domein


@given(st.sampled_from(SOORTEN), st.text(max_size=200))
def test_a_suggestion_is_certain_enough_or_none(soort: str, tekst: str) -> None:
    voorstel = rules.voorstel(soort, tekst)
    assert voorstel is None or (voorstel.domein in DOMEINEN and rules.MIN_ZEKERHEID <= voorstel.zekerheid <= 1)


def test_words_that_speak_against_the_choice_make_it_less_certain() -> None:
    eens = rules.voorstel("melding", "losse tegel op de stoep", "stoep")
    oneens = rules.voorstel("melding", "de container zit vol afval", "stoep")
    assert eens and oneens and eens.domein == oneens.domein == "wegen" and eens.zekerheid > oneens.zekerheid


@given(st.text(), st.integers(10, 200))
def test_first_words_are_one_short_line_without_hidden_characters(tekst: str, maximum: int) -> None:
    kort = rules.eerste_woorden(tekst, maximum)
    assert len(kort) <= maximum and "\n" not in kort
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in kort)


def test_subjects() -> None:
    assert rules.onderwerp("melding", "x", "lamp") == "Kapotte lamp"
    assert (
        rules.onderwerp("vraag", "Wanneer is het zwembad open? Ik wil komen.")
        == "Wanneer is het zwembad open? Ik wil komen."
    )
    assert rules.onderwerp("vraag", "\u200b") == "Vraag"
    for soort, keuzes in CATEGORIEEN.items():
        assert all(len(rules.onderwerp(soort, "x", each.code)) <= 80 for each in keuzes)


def test_promises() -> None:
    assert rules.termijn("melding", VRIJDAG, "stoep").laatste_dag == date(2026, 11, 27)
    assert rules.termijn("melding", VRIJDAG, "afval").laatste_dag == date(2026, 11, 25)
    assert rules.termijn("klacht", VRIJDAG).wettelijk
    assert rules.heropenen_tot(date(2026, 11, 20)) == date(2026, 12, 4)


@given(st.sampled_from(SOORTEN), st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_steps_never_come_after_the_promise(soort: str, moment: datetime) -> None:
    voor = rules.termijn(soort, moment).laatste_dag
    stappen = rules.stappen(soort, moment.date(), voor)
    assert [each.uiterlijk for each in stappen] == sorted(each.uiterlijk for each in stappen)
    assert stappen[-1].uiterlijk == voor


def test_likeness() -> None:
    assert rules.gelijkenis("losse tegel bij de boom", "Bij de boom ligt een tegel los") > 0.5
    assert rules.gelijkenis("losse tegel", "kapotte lamp") == 0
    assert rules.gelijkenis("", "") == 0
    assert rules.gelijkenis("losse tegel", "iets anders", zelfde_categorie=True) == 0.5


def test_keys_come_back_only_with_the_secret(settings: object) -> None:
    sleutel = nieuwe_sleutel()
    assert sleutel_van(sleutel.zaad, sleutel.hash) == sleutel.tekst and len(sleutel.tekst) == 43
    assert hash_van(sleutel.tekst) == sleutel.hash
    oud = settings.SECRET_KEY  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another secret"  # type: ignore[attr-defined]
    assert sleutel_van(sleutel.zaad, sleutel.hash) is None
    settings.SECRET_KEY_FALLBACKS = [oud]  # type: ignore[attr-defined]
    assert sleutel_van(sleutel.zaad, sleutel.hash) == sleutel.tekst
