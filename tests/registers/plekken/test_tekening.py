"""The drawing: well-formed, safe, with names that can be read."""

import re
from math import hypot
from xml.etree import ElementTree

import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString

from loket.registers.plekken.namen import MAX_BOCHT, Plaatser, tekstbreedte
from loket.registers.plekken.tekening import Beeld, Lagen, Pin, teken

MAAT = st.floats(-800, 1600)


def lagen() -> Lagen:
    straat = LineString([(150_000, 430_100), (150_400, 430_130)])
    return Lagen(
        groen=[("Park", "park", shapely.box(150_000, 430_000, 150_060, 430_060))],
        water=[("Gracht <&>", "gracht", shapely.box(150_200, 430_000, 150_220, 430_300),
                LineString([(150_210, 430_000), (150_210, 430_300)]))],
        straten=[("Laan van 't \"Nieuwe\" & <b>", 3, 12.0, 5.5, straat)],
        panden=[("woning", shapely.box(150_100, 430_140, 150_108, 430_150))],
        bomen=[(150_050.0, 430_120.0, 3.0)],
    )  # fmt: skip


def test_tekening_is_goede_xml_en_veilig() -> None:
    beeld = Beeld.rond(150_200, 430_120, 1.6, 736, 380)
    svg = teken(
        beeld, lagen(), [Pin(150_200, 430_120), Pin(150_230, 430_120, "1")], los=True, naam='Kaart "van" <hier>'
    )
    boom = ElementTree.fromstring(svg)
    assert "<b>" not in svg
    assert "style=" not in svg  # the content security policy allows no style attributes
    assert boom.get("aria-label") == 'Kaart "van" <hier>'
    teksten = ["".join(t.itertext()) for t in boom.iter("{http://www.w3.org/2000/svg}text")]
    assert 'Laan van \'t "Nieuwe" & <b>' in teksten
    assert "1" in teksten


def test_kaal_heeft_geen_pins_en_geen_kleuren() -> None:
    svg = teken(Beeld.rond(150_200, 430_120, 1.6, 736, 380), lagen(), [Pin(150_200, 430_120)], kaal=True)
    assert "m-pin" not in svg
    assert "<style" not in svg
    assert not re.search(r'(fill|stroke)="(?!none)', svg)


def test_zonder_iets_is_er_land() -> None:
    assert "m-land" in teken(Beeld.rond(0, 0, 1, 100, 100), Lagen())


@given(px=st.floats(0, 736), py=st.floats(0, 380), schaal=st.sampled_from([0.25, 1.0, 4.0]))
def test_pixel_en_wereld_zijn_elkaars_omgekeerde(px: float, py: float, schaal: float) -> None:
    beeld = Beeld.rond(150_000, 430_000, schaal, 736, 380)
    x, y = beeld.pixel(*beeld.wereld(px, py))
    assert hypot(x - px, y - py) < 1e-4


@given(st.lists(st.tuples(MAAT, MAAT, MAAT, MAAT), min_size=1, max_size=12))
def test_namen_overlappen_niet_en_staan_niet_op_hun_kop(lijnen: list[tuple[float, float, float, float]]) -> None:
    plaatser = Plaatser(800, 600)
    for n, (x0, y0, x1, y1) in enumerate(lijnen):
        plaatser.langs(f"Straat nummer {n}", LineString([(x0, y0), (x1, y1)]), 15, "m-name")
    for naam in plaatser.namen:
        (x0, y0), (x1, y1) = naam.pad[0], naam.pad[-1]
        assert x1 > x0 or abs(x1 - x0) < 0.26 * abs(y1 - y0)
        assert all(0 <= x <= 800 and 0 <= y <= 600 for x, y in naam.pad)
    stroken = [LineString(naam.pad).buffer(5, cap_style="flat") for naam in plaatser.namen]
    for i, a in enumerate(stroken):
        assert not any(a.intersects(b) for b in stroken[i + 1 :])


def test_geen_naam_in_een_scherpe_bocht() -> None:
    plaatser = Plaatser(800, 600)
    plaatser.langs("Een heel lange straatnaam", LineString([(330, 400), (400, 300), (470, 400)]), 15, "m-name")
    assert MAX_BOCHT < 90
    assert plaatser.namen == []


def test_naam_wijkt_voor_de_speld() -> None:
    plaatser = Plaatser(800, 600)
    plaatser.houd_vrij(400, 300, 40)
    plaatser.langs("Kastanjelaan", LineString([(0, 300), (800, 300)]), 15, "m-name")
    assert plaatser.namen
    for naam in plaatser.namen:
        assert LineString(naam.pad).distance(shapely.Point(400, 300)) > 40


def test_breedte_van_tekst_groeit_mee() -> None:
    assert tekstbreedte("Iep", 15) < tekstbreedte("Kastanjelaan", 15) < tekstbreedte("Kastanjelaan", 20)
