"""The classifier: what it learns, when it is silent, that it is measured fairly, and that its file is only numbers."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import astuple
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.engines.indeling.gelijk import Gedeeld, trossen, zinnen
from loket.engines.indeling.kenmerken import tel, woorden
from loket.engines.indeling.leren import TeWeinig, Voorbeeld, leer
from loket.engines.indeling.meting import (
    LAAGST,
    NOOIT,
    Meting,
    ijk,
    kies_drempel,
    kies_temperatuur,
    tel_op,
    wilson,
)
from loket.engines.indeling.model import Model, ModelFout, zacht
from loket.engines.indeling.proces import hoofd, leer_apart

ZAKEN = {
    "weg": (
        ["stoeptegel", "tegel", "asfalt", "trottoir", "klinkers"],
        ["ligt los", "steekt omhoog", "is kapot", "wipt"],
    ),
    "lamp": (["lantaarn", "straatlamp", "verlichting", "lichtmast"], ["brandt niet", "is uit", "knippert", "is stuk"]),
    "groen": (["boom", "heg", "takken", "onkruid", "gras"], ["moet gesnoeid", "hangt over", "is te hoog", "waait om"]),
}
MEER = (
    "voor de deur",
    "bij de school",
    "sinds gisteren",
    "heel gevaarlijk",
    "graag snel",
    "al weken",
    "in onze straat",
)


def eigen(rng: Random) -> str:
    """A few words that nobody else uses, so that no two sentences are alike."""
    return " ".join("".join(rng.choices("abcdefghijklmnop", k=6)) for _ in range(3))


def voorbeelden(aantal: int = 240, seed: int = 1) -> list[Voorbeeld]:
    """Short texts with a label; a person wrote about two of them."""
    rng = Random(seed)
    uit = []
    for n in range(aantal):
        label = list(ZAKEN)[n % 3]
        wat, hoe = ZAKEN[label]
        tekst = f"{eigen(rng)} {rng.choice(wat)} {rng.choice(hoe)} {rng.choice(MEER)} {eigen(rng)} nr {n}"
        uit.append(Voorbeeld(tekst, label, f"p{rng.randrange(aantal // 2)}", ("soort=melding",), "weg"))
    return uit


@pytest.fixture(scope="module")
def geleerd() -> tuple[Model, Meting]:
    return leer(voorbeelden(), seed=7, met_regels=True)


def test_it_learns_says_why_and_is_better_than_always_the_same(geleerd: tuple[Model, Meting]) -> None:
    model, meting = geleerd
    gezegd = model.zeg("Die lantaren hier op de hoek is al weken uit, de verlichting doet niets", ("soort=melding",))
    assert gezegd is not None
    assert gezegd.label == "lamp"
    assert gezegd.zekerheid >= model.drempel
    assert "verlichting" in gezegd.woorden
    samengesteld = model.voorspel("kapotte lantaarnpaal hier", ("soort=melding",))
    assert samengesteld is not None and samengesteld.woorden[0] == "lantaarnpaal"  # by the pieces that it knows
    assert 150 < meting.voorbeelden == meting.model.aantal <= 240  # without those of which no wording is their own
    assert meting.model.precisie >= 0.9
    assert meting.altijd.terughalen_macro > 0.8
    assert meting.meerderheid.terughalen_macro == pytest.approx(1 / 3, abs=0.001)
    assert meting.regels is not None
    assert meting.regels.terughalen_macro == pytest.approx(1 / 3, abs=0.001)
    assert sum(label.aantal for label in meting.labels) == meting.voorbeelden


def test_what_it_does_not_know_it_does_not_say(geleerd: tuple[Model, Meting]) -> None:
    model, _ = geleerd
    assert model.zeg("xyz qqq") is None
    assert model.voorspel("12345 !!") is None
    assert model.zeg("de lantaarn is uit", alleen={"bestaat niet"}) is None
    anders = model.voorspel("de lantaarn is uit", alleen={"weg", "groen"})
    assert anders is not None
    assert anders.label in {"weg", "groen"}


def test_noise_keeps_it_silent() -> None:
    rng = Random(3)
    ruis = [
        Voorbeeld(f"{eigen(rng)} {rng.choice(MEER)} {eigen(rng)}", rng.choice(["a", "b"]), f"p{n}") for n in range(120)
    ]
    model, meting = leer(ruis, seed=1)
    assert model.drempel == NOOIT
    assert model.zeg(MEER[0]) is None
    assert meting.model.gezegd < 12


def test_the_same_seed_gives_the_same_file(geleerd: tuple[Model, Meting]) -> None:
    model, meting = leer(voorbeelden(), seed=7, met_regels=True)
    assert model.naar_bytes() == geleerd[0].naar_bytes()
    assert meting == geleerd[1]


def test_a_name_that_one_person_wrote_is_not_in_the_model() -> None:
    lijst = [*voorbeelden(), *(Voorbeeld(f"Jan Geheimenaam tegel los {n}", "weg", "jan") for n in range(20))]
    model, _ = leer(lijst, seed=1)
    assert not any("geheim" in kenmerk for kenmerk in model.kenmerken)
    assert not any(teken.isdigit() for kenmerk in model.kenmerken for teken in kenmerk if kenmerk[:2] != "x:")


def test_too_few_examples_or_one_label() -> None:
    with pytest.raises(TeWeinig):
        leer(voorbeelden(12), seed=1)
    with pytest.raises(TeWeinig):
        leer([Voorbeeld(f"tegel {n} los", "weg", f"p{n}") for n in range(100)], seed=1)


def test_a_rare_label_is_named_but_not_learned() -> None:
    lijst = [*voorbeelden(), *(Voorbeeld(f"rat in het riool {n}", "rat", f"r{n}") for n in range(3))]
    model, meting = leer(lijst, seed=1)
    assert "rat" not in model.labels
    assert meting.weggelaten == {"rat": 3}


# -- measured fairly --------------------------------------------------------------------------------------------------


def test_a_sentence_of_several_people_is_on_one_side() -> None:
    teksten = [
        "De lantaarn voor mijn deur is al drie weken uit. Het is mijn eigen verhaal over paarden",
        "Er ligt een losse tegel! De lantaarn voor mijn deur is al 3 weken uit",
        "mijn paspoort is verlopen wat moet ik meenemen",
    ]
    samen = Gedeeld(teksten, np.array([0, 1, 2]), 4, seed=0)
    kanten = [k for k in range(4) if "lantaarn" in samen.gemeten(0, k)]
    assert len(kanten) == 1
    for k in range(4):
        assert ("lantaarn" in samen.geleerd(1, k)) == (k not in kanten) == ("lantaarn" not in samen.gemeten(1, k))
        assert "paarden" in samen.gemeten(0, k) and "paarden" in samen.geleerd(0, k)
        assert samen.gemeten(2, k) == teksten[2]


def test_what_a_person_repeats_is_not_shared() -> None:
    samen = Gedeeld(["de lantaarn is uit", "de lantaarn is uit"], np.array([0, 0]), 4, seed=0)
    assert all(samen.gemeten(0, k) == "de lantaarn is uit" for k in range(4))


@given(st.text(max_size=300))
@settings(max_examples=25, deadline=None)
def test_equal_words_are_one_cluster(tekst: str) -> None:
    een, ander = trossen([tekst, f"{tekst} 12"])
    assert een == ander
    assert all(woorden(zin) for zin in zinnen(tekst))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=80), st.floats(0.5, 0.95))
@settings(max_examples=30, deadline=None)
def test_from_the_threshold_on_the_target_is_reached(paren: list[tuple[float, bool]], doel: float) -> None:
    zeker, klopt = np.array([p[0] for p in paren]), np.array([p[1] for p in paren], bool)
    drempel = kies_drempel(zeker, klopt, doel)
    assert drempel == NOOIT or drempel >= LAAGST
    if LAAGST < drempel < NOOIT:
        assert klopt[zeker >= drempel].mean() >= doel
        assert wilson(int(klopt[zeker >= drempel].sum()), int((zeker >= drempel).sum())) >= doel


def test_temperature_makes_certainty_honest() -> None:
    rng = np.random.default_rng(5)
    echt = rng.integers(0, 3, 600)
    punten = rng.normal(0, 1, (600, 3))
    punten[np.arange(600), echt] += 1.0
    overmoedig = punten * 8
    warm = zacht(overmoedig, kies_temperatuur(overmoedig, echt))
    koud = zacht(overmoedig, 1.0)
    fout = [ijk(k.max(axis=1), k.argmax(axis=1) == echt)[1] for k in (warm, koud)]
    assert fout[0] < fout[1] / 2


def test_macro_recall_counts_each_label_alike() -> None:
    cijfers = tel_op(["a", "a", "a", "b"], ["a", "a", None, "a"])
    assert (cijfers.aantal, cijfers.gezegd, cijfers.goed) == (4, 3, 2)
    assert cijfers.terughalen_macro == pytest.approx((2 / 3 + 0) / 2, abs=1e-4)
    assert (cijfers.dekking, cijfers.precisie) == (0.75, pytest.approx(2 / 3))


def test_numbers_and_addresses_are_not_counted() -> None:
    heel, stuk, bij = tel("Bel 06-12345678 of jan@voorbeeld.nl, zie https://voorbeeld.nl/x Café", ("soort=vraag",))
    assert set(heel) == {"w:bel", "w:zie", "w:cafe", "w:bel zie", "w:zie cafe"}
    assert "s: caf" in stuk
    assert bij == {"x:soort=vraag": 1}


# -- the file ---------------------------------------------------------------------------------------------------------


def test_the_file_gives_the_same_model_and_no_code(geleerd: tuple[Model, Meting]) -> None:
    model, _ = geleerd
    inhoud = model.naar_bytes()
    terug = Model.van_bytes(inhoud)
    een, ander = model.voorspel("de tegel ligt los"), terug.voorspel("de tegel ligt los")
    assert een is not None and ander is not None
    assert (een.label, een.zekerheid) == (ander.label, pytest.approx(ander.zekerheid, abs=0.01))
    assert len(inhoud) < 300_000
    with zipfile.ZipFile(io.BytesIO(inhoud)) as bundel:
        assert sorted(bundel.namelist()) == ["basis.npy", "gewichten.npy", "idf.npy", "kenmerken.txt", "kop.json"]


def test_another_file_is_refused(geleerd: tuple[Model, Meting]) -> None:
    inhoud = geleerd[0].naar_bytes()
    with pytest.raises(ModelFout, match="checksum"):
        Model.van_bytes(inhoud, "0" * 64)
    for kapot in (b"", b"geen zip", inhoud[:-200], _met(inhoud, "kop.json", b"{}"), _met(inhoud, "basis.npy", b"x")):
        with pytest.raises(ModelFout):
            Model.van_bytes(kapot)
    pickle = io.BytesIO()
    np.lib.format.write_array(pickle, np.array([object()]), allow_pickle=True)
    with pytest.raises(ModelFout):
        Model.van_bytes(_met(inhoud, "basis.npy", pickle.getvalue()))


def _met(inhoud: bytes, naam: str, deel: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as oud, zipfile.ZipFile(uit, "w") as nieuw:
        for each in oud.namelist():
            nieuw.writestr(each, deel if each == naam else oud.read(each))
    return uit.getvalue()


# -- the process ------------------------------------------------------------------------------------------------------


def test_the_process_reads_examples_and_writes_a_model(tmp_path: Path) -> None:
    regels = [json.dumps({"seed": 7, "over": {"algoritme": "team"}}), *map(json.dumps, map(astuple, voorbeelden(120)))]
    uitvoer = io.StringIO()
    hoofd(io.StringIO("\n".join(regels)), uitvoer, tmp_path / "model")
    antwoord = json.loads(uitvoer.getvalue())
    model = Model.van_bytes((tmp_path / "model").read_bytes())
    assert model.over == {"algoritme": "team"}
    assert antwoord["drempel"] == model.drempel
    assert 70 < antwoord["meting"]["model"]["aantal"] <= 120


def test_a_process_of_its_own_says_when_there_is_too_little() -> None:
    bestand, antwoord = leer_apart(voorbeelden(12), seed=7)
    assert bestand == b""
    assert "examples of" in antwoord["te_weinig"]
    with pytest.raises(RuntimeError, match="Learning failed"):
        leer_apart(voorbeelden(12), onbekend=1)


def test_predicting_needs_no_scikit_learn() -> None:
    code = (
        "import sys; from loket.engines.indeling import model, proces;"
        " print([m for m in sys.modules if m.split('.')[0] in ('sklearn', 'scipy', 'django')])"
    )
    gedaan = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert gedaan.stdout.strip() == "[]"
