"""How opening hours are written down, and what names may look like."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loket.foundation.beheer import rules
from loket.foundation.errors import Refused
from loket.foundation.web.rules import WEEKDAYS


def test_hours_are_read_as_people_write_them() -> None:
    gelezen = rules.lees_uren("ma-vr 9.00–17:00\n\nza 9:00-12:00 13:00-14:00\n2026-12-25 dicht\n")
    assert gelezen["wo"] == [["09:00", "17:00"]]
    assert gelezen["za"] == [["09:00", "12:00"], ["13:00", "14:00"]]
    assert gelezen["2026-12-25"] == []
    assert "zo" not in gelezen


@pytest.mark.parametrize("fout", ["maandag 9:00-17:00", "ma", "ma 17:00-9:00", "vr-ma 9:00-17:00", "2026-13-01 dicht"])
def test_what_is_not_understood_is_said_with_its_line(fout: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.lees_uren(f"di 9:00-12:00\n{fout}")
    assert refused.value.code == "uren"
    assert fout in refused.value.message


_TIJD = st.integers(0, 24 * 60 - 1).map(lambda minuut: f"{minuut // 60:02}:{minuut % 60:02}")
_PAAR = st.lists(_TIJD, min_size=2, max_size=2, unique=True).map(sorted)
_DAG = st.sampled_from(WEEKDAYS) | st.dates().map(lambda dag: dag.isoformat())


@example({"ma": [[f"{uur:02}:00", f"{uur:02}:30"] for uur in range(8, 20)]})
@given(st.dictionaries(_DAG, st.lists(_PAAR, max_size=12)))
def test_what_is_shown_is_read_back_the_same(uren: dict[str, list[list[str]]]) -> None:
    assert rules.lees_uren(rules.schrijf_uren(uren)) == uren


def test_one_pair_of_times_is_shown_too() -> None:
    assert rules.schrijf_uren({dag: ["08:00", "20:00"] for dag in ("ma", "di", "wo")}) == "ma-wo 08:00-20:00"
    assert rules.schrijf_uren(None) == ""


@pytest.mark.parametrize("naam", ["a.jansen", " A.Jansen ", "a-b_c@d.nl"])
def test_user_names(naam: str) -> None:
    assert rules.check_gebruikersnaam(naam) == naam.strip().lower()


@pytest.mark.parametrize("naam", ["", "ab", "a jansen", "é.jansen", "a" * 101, ".jansen", "a\0b"])
def test_user_names_that_nobody_can_type(naam: str) -> None:
    with pytest.raises(Refused):
        rules.check_gebruikersnaam(naam)


def test_letters_and_numbers_of_an_organisation() -> None:
    assert rules.check_afkorting(" lw ") == "LW"
    assert rules.check_rsin("9999.00.493") == "999900493"
    for fout in ("L", "LINDE", "L1"):
        with pytest.raises(Refused):
            rules.check_afkorting(fout)
    with pytest.raises(Refused):
        rules.check_rsin("999900494")
