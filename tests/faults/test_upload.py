"""Files of the wrong size, of the wrong kind and of bad will, through the real form: refused in words, nothing kept."""

import json
from pathlib import Path

import pytest

from tests.faults.browser import Browser
from tests.faults.conftest import Proef
from tests.foundation.storage import samples

pytestmark = pytest.mark.proces

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
GOED = samples.phone_jpeg()

GEWEIGERD = {
    "te groot": ("groot.jpg", GOED + b"\0" * 20_000_001, "te groot"),
    "leeg": ("leeg.jpg", b"", "leeg"),
    "een pdf die jpg heet": ("brief.jpg", samples.pdf(), ""),
    "een programma": ("foto.jpg", b"MZ" + b"\0" * 400, ""),
    "een script": ("foto.php", b"<?php system($_GET['c']); ?>", ""),
    "een webpagina": ("foto.png", b"<!doctype html><script>alert(1)</script>", ""),
    "een tekening met een script": ("foto.svg", SVG, ""),
    "een zip": ("fotos.zip", samples.packed({"../../etc/passwd": b"x"}), ""),
    "een heel groot plaatje in weinig bytes": ("klein.png", samples.png_bomb(), ""),
    "een halve foto": ("half.jpg", GOED[: len(GOED) // 3], ""),
    "een bewegend plaatje": ("foto.bmp", b"BM" + b"\0" * 400, ""),
}


def _bij_de_plek(proef: Proef) -> Browser:
    browser = proef.browser()
    browser.post("/melden", {"tekst": "Er steekt een tegel omhoog."})
    return browser


def _stuur(browser: Browser, *bestanden: tuple[str, bytes], soort: str = "image/jpeg") -> tuple[int, str]:
    antwoord = browser.post(
        "/melden/waar",
        {"woorden": "Bij de boom.", "zelfde": "nieuw"},
        [("foto", naam, soort, inhoud) for naam, inhoud in bestanden],
    )
    return antwoord.status, antwoord.woorden


def _concept(proef: Proef) -> list[dict[str, object]]:
    """The photos of the draft that was changed last."""
    (gegevens,) = proef.rijen("select gegevens::text from reacties_concept order by bijgewerkt_op desc limit 1")[0]
    fotos: list[dict[str, object]] = json.loads(gegevens).get("fotos", [])
    return fotos


def _bestanden(map: Path) -> set[Path]:
    return {each for each in (map / "bestanden").rglob("*") if each.is_file()}


@pytest.mark.parametrize("wat", GEWEIGERD)
def test_a_file_that_is_no_good_photo_is_refused_beside_the_field_and_not_kept(proef: Proef, wat: str) -> None:
    naam, inhoud, zin = GEWEIGERD[wat]
    browser = _bij_de_plek(proef)
    voor = _bestanden(proef.loket.data)
    status, woorden = _stuur(browser, (naam, inhoud))
    assert status == 422, woorden
    assert f"‘{naam}’" in woorden or "kan hier niet" in woorden, "it says which file"
    assert zin in woorden
    for lek in ("Traceback", "PIL", "Error:"):
        assert lek not in woorden
    assert _concept(proef) == []
    assert _bestanden(proef.loket.data) == voor
    assert browser.get("/melden/waar").status == 200, "and one goes on"


def test_good_photos_stay_when_another_is_refused_and_what_stood_inside_is_gone(proef: Proef) -> None:
    browser = _bij_de_plek(proef)
    status, woorden = _stuur(browser, ("goed.jpg", GOED), ("fout.jpg", b"MZ" + b"\0" * 400))
    assert status == 422, woorden
    (foto,) = _concept(proef)
    assert foto["naam"] == "goed.jpg"
    for bestand in _bestanden(proef.loket.data):
        assert samples.SECRET not in bestand.read_bytes()


def test_more_than_five_photos_are_refused_in_words(proef: Proef) -> None:
    browser = _bij_de_plek(proef)
    status, woorden = _stuur(browser, *((f"foto{n}.jpg", GOED) for n in range(6)))
    assert status == 422
    assert "5" in woorden
    assert len(_concept(proef)) <= 5


@pytest.mark.parametrize(
    "naam", ["../../../etc/cron.d/x.jpg", "..\\..\\x.jpg", "a\u202egpj.exe.jpg", "é" * 300 + ".jpg", ".jpg"]
)
def test_a_hostile_name_harms_nothing(proef: Proef, naam: str) -> None:
    browser = _bij_de_plek(proef)
    status, woorden = _stuur(browser, (naam, GOED))
    assert status == 302, woorden
    (foto,) = _concept(proef)
    gebleven = str(foto["naam"])
    assert not set(gebleven) & set("/\\\0\u202e")
    assert len(gebleven) <= 255
    getoond = browser.get(f"/melden/foto/{foto['id']}")
    assert (getoond.status, getoond.headers["content-type"]) == (200, "image/jpeg")
    assert getoond.headers["x-content-type-options"] == "nosniff"


def test_a_photo_of_somebody_elses_draft_is_not_shown(proef: Proef) -> None:
    browser = _bij_de_plek(proef)
    _stuur(browser, ("mijn.jpg", GOED))
    (foto,) = _concept(proef)
    ander = _bij_de_plek(proef)
    voor = proef.geweigerd()
    assert ander.get(f"/melden/foto/{foto['id']}").status == 404
    assert proef.geweigerd() == voor + 1
