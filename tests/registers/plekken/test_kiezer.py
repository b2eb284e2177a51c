"""The picker without JavaScript: every button, and every kind of nonsense."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.errors import Refused
from loket.registers.plekken import kiezer
from loket.registers.plekken.kiezer import Uitkomst


@dataclass(frozen=True)
class Plek:
    tekst: str
    x: float = 150_400.0
    y: float = 430_400.0
    detail: str = ""
    id: UUID = field(default_factory=uuid4)


def nabij(x: float, y: float) -> Plek | None:
    return Plek(f"Bij {x:.0f} {y:.0f}") if 149_000 < x < 153_000 and 429_000 < y < 433_000 else None


def verwerk(*treffers: Plek, **data: str) -> Uitkomst:
    velden = {"kaart_x": "150100", "kaart_y": "430100", "kaart_stap": "3", "kaart_pin": ""} | data
    return kiezer.verwerk(velden, zoek=lambda tekst: treffers, nabij=nabij)


def test_niets_gedrukt_gaat_verder_met_de_speld() -> None:
    uit = verwerk(kaart_pin="150123,430456", woorden=" bij de brug ")
    assert uit.actie == ""
    assert uit.staat.pin == (150_123, 430_456)
    assert uit.staat.tekst == "Bij 150123 430456"
    assert uit.staat.woorden == "bij de brug"


def test_klik_zet_de_speld() -> None:
    uit = verwerk(**{"kaart.x": "468", "kaart.y": "90"})
    assert uit.actie == "klik"
    assert uit.staat.pin == (150_200, 430_200)  # 100 pixels right of and above the middle, at one pixel for a metre
    assert (uit.staat.x, uit.staat.y) == (150_100, 430_100)  # the map does not jump under the hand


def test_enter_op_de_kaart_zet_de_speld_in_het_midden() -> None:
    assert verwerk(**{"kaart.x": "0", "kaart.y": "0"}).staat.pin == (150_100, 430_100)


@pytest.mark.parametrize(
    ("knop", "x", "y", "stap"),
    [
        ("in", 150_100, 430_100, 4),
        ("uit", 150_100, 430_100, 2),
        ("noord", 150_100, 430_240, 3),
        ("oost", 150_240, 430_100, 3),
        ("zuid", 150_100, 429_960, 3),
        ("west", 149_960, 430_100, 3),
    ],
)
def test_knoppen(knop: str, x: float, y: float, stap: int) -> None:
    staat = verwerk(kiezer=knop).staat
    assert (staat.x, staat.y, staat.stap, staat.pin) == (x, y, stap, None)


def test_dichterbij_gaat_naar_de_speld_die_in_beeld_is() -> None:
    assert verwerk(kiezer="in", kaart_pin="150200,430150").staat.x == 150_200
    assert verwerk(kiezer="in", kaart_pin="151900,430150").staat.x == 150_100


def test_midden_en_wis() -> None:
    assert verwerk(kiezer="midden").staat.pin == (150_100, 430_100)
    leeg = verwerk(kiezer="wis", kaart_pin="150200,430150").staat
    assert (leeg.pin, leeg.tekst) == (None, "")


def test_zoeken_gaat_naar_de_beste_en_biedt_de_andere_aan() -> None:
    een, twee = Plek("Kerkstraat 1"), Plek("Kerkstraat 11", 150_500)
    uit = verwerk(een, twee, kiezer="zoek", adres="kerkstraat 1")
    assert uit.staat.pin == (een.x, een.y)
    assert uit.staat.stap == 4
    assert uit.treffers == (een, twee)
    assert verwerk(een, kiezer="zoek", adres="kerkstraat 1").treffers == ()
    assert verwerk(kiezer="kies:150500.5,430400").staat.pin == (150_500.5, 430_400)


def test_zoeken_zonder_uitkomst_zegt_wat_te_doen() -> None:
    uit = verwerk(kiezer="zoek", adres="xyzzy", kaart_pin="150200,430150")
    assert "xyzzy" in uit.fout
    assert uit.staat.pin == (150_200, 430_150)
    assert verwerk(kiezer="zoek", adres=" ").fout


def test_klik_ver_weg_verandert_niets() -> None:
    uit = verwerk(kaart_x="100000", kaart_pin="150200,430150", **{"kaart.x": "5", "kaart.y": "5"})
    assert uit.staat.pin == (150_200, 430_150)


def test_controleer() -> None:
    with pytest.raises(Refused) as fout:
        kiezer.controleer(kiezer.begin())
    assert fout.value.field == "plek"
    kiezer.controleer(kiezer.begin(woorden="achter de kerk"))
    kiezer.controleer(kiezer.begin(150_000, 430_000, "Kerkplein"))


VELDEN = st.sampled_from(
    ["kaart_x", "kaart_y", "kaart_stap", "kaart_pin", "kaart.x", "kaart.y", "kiezer", "adres", "woorden"]
)
WAARDEN = (
    st.text() | st.floats().map(str) | st.sampled_from(["in", "zoek", "kies:", "kies:1,2", "kies:nan,nan", "1e308"])
)


@given(st.dictionaries(VELDEN, WAARDEN))
def test_onzin_geeft_altijd_een_kaart(data: dict[str, str]) -> None:
    uit = kiezer.verwerk(data, zoek=lambda tekst: (), nabij=nabij)
    x0, y0, x1, y1 = uit.staat.beeld.vak
    assert x0 < x1
    assert y0 < y1
    assert len(uit.staat.woorden) <= kiezer.MAX_WOORDEN
