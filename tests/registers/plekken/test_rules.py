"""How an address is read, and how coordinates relate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.errors import Refused
from loket.registers.plekken import rules
from loket.registers.plekken.rules import Zoekvraag


@pytest.mark.parametrize(
    ("tekst", "vraag"),
    [
        ("Kastanjelaan 12", Zoekvraag("kastanjelaan", 12)),
        ("kastanjelaan 12a", Zoekvraag("kastanjelaan", 12, "A")),
        ("kastanjelaan 12 A, Lindewaard", Zoekvraag("kastanjelaan", 12, "A")),
        ("Kastanjelaan nr. 12 Lindewaard", Zoekvraag("kastanjelaan", 12)),
        ("  Da   Costastraat ", Zoekvraag("da costastraat")),
        ("1999 SS 12", Zoekvraag("", 12, "", "1999SS")),
        ("1999ss 12b", Zoekvraag("", 12, "B", "1999SS")),
        ("Kastanjelaan 12, 1999 SA Lindewaard", Zoekvraag("kastanjelaan", 12, "", "1999SA")),
        ("1999sa", Zoekvraag("", None, "", "1999SA")),
        ("Lindewaard", Zoekvraag("lindewaard")),
        ("Bezoek aan de Café-straat 3", Zoekvraag("bezoek aan de cafe straat", 3)),
        ("", Zoekvraag()),
    ],
)
def test_ontleed(tekst: str, vraag: Zoekvraag) -> None:
    assert rules.ontleed(tekst) == vraag


@given(st.text())
def test_ontleed_kan_alles_aan(tekst: str) -> None:
    vraag = rules.ontleed(tekst)
    assert len(vraag.straat) <= 80
    assert vraag.huisnummer is None or vraag.huisnummer < 100_000


def test_rd_van_de_westertoren_van_amersfoort() -> None:
    # the origin of RD: the tower of Amersfoort, 155000, 463000
    x, y = rules.wgs84_naar_rd(5.387206, 52.155174)
    assert abs(x - 155_000) < 1.5
    assert abs(y - 463_000) < 1.5


@given(st.floats(20_000, 280_000), st.floats(300_000, 610_000))
def test_heen_en_terug(x: float, y: float) -> None:
    terug = rules.wgs84_naar_rd(*rules.rd_naar_wgs84(x, y))
    assert abs(terug[0] - x) < 0.05
    assert abs(terug[1] - y) < 0.05


@pytest.mark.parametrize("plek", [(0.0, 0.0), (-74.0, 40.7), (13.4, 52.5), (float("inf"), 52.0)])
def test_buiten_nederland(plek: tuple[float, float]) -> None:
    with pytest.raises(Refused):
        rules.wgs84_naar_rd(*plek)


@pytest.mark.parametrize("tekst", ["", "1,2,3", "1,2,3,nan", "1,2,3,inf", "1,2,3,1e99", "a,b,c,d", "1,2,3,4,5"])
def test_lees_getallen_weigert(tekst: str) -> None:
    with pytest.raises(Refused):
        rules.lees_getallen(tekst, 4)
