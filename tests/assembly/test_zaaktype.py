"""`loket zaaktype`, as somebody types it; the database is that of the test."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from tests.registers.conftest import gt, lw
from tests.registers.wereld import SYSTEEM, Plaats, definitie

from loket.assembly import cli
from loket.registers.catalogi.commands import laad_catalogus
from loket.registers.catalogi.models import Catalogus, Zaaktype
from loket.registers.zaken.models import Zaak

__all__ = ["gt", "lw"]
type Loket = Callable[..., tuple[int, str]]


@pytest.fixture
def loket(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Loket:
    """Runs `loket zaaktype …`: the exit code and what it said."""
    monkeypatch.setattr(cli, "django_of", lambda _here: nullcontext())
    monkeypatch.setattr(cli, "read_files", lambda: None)

    def run(*arguments: Any) -> tuple[int, str]:
        code = cli.main(["zaaktype", *map(str, arguments), "--data", str(tmp_path)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_a_zaaktype_goes_from_one_loket_to_the_other(loket: Loket, lw: Plaats, gt: Plaats, tmp_path: Path) -> None:
    file = tmp_path / "melding.json"
    assert loket("exporteer", "melding", file, "--organisatie", "LW")[0] == 0
    assert json.loads(file.read_text())["zaaktype"]["identificatie"] == "melding"
    again = loket("exporteer", "melding", file, "--organisatie", "LW")
    assert again[0] == 1 and "cannot be written" in again[1]

    Catalogus.objects.create(organisatie=gt.organisatie, domein="NIEUW", rsin=gt.organisatie.rsin)
    which = loket("importeer", file, "--organisatie", "GT")
    assert which == (1, "loket: Say which catalogue with --domein: NIEUW, REACT.\n")
    there = ("--organisatie", "GT", "--domein", "NIEUW")
    assert "is hier nog niet. Het komt er als concept." in loket("verschil", file, *there)[1]
    assert not Zaaktype.objects.filter(catalogus__domein="NIEUW").exists()
    assert loket("importeer", file, *there, "--begin", "2027-01-01")[0] == 0
    made = Zaaktype.objects.get(catalogus__domein="NIEUW")
    assert (made.concept, str(made.begin_geldigheid)) == (True, "2027-01-01")
    assert "Er verandert niets" in loket("importeer", file, *there)[1]


def test_what_cannot_be_done_is_said_in_a_sentence(loket: Loket, lw: Plaats, tmp_path: Path) -> None:
    broken = tmp_path / "kapot.json"
    for text, said in (("{", "cannot be read"), ("{}", "geen bestand met een zaaktype")):
        broken.write_text(text)
        code, words = loket("importeer", broken, "--organisatie", "LW")
        assert code == 1 and said in words
    assert "no such zaaktype" in loket("exporteer", "parkeren", broken, "--organisatie", "LW")[1]
    assert (
        "Say which version of melding: 2020-01-01"
        in (loket("exporteer", "melding", broken, "--organisatie", "LW", "--begin", "2021-01-01")[1])
    )


def test_running_zaken_move_when_it_is_said(loket: Loket, lw: Plaats) -> None:
    zaak = lw.zaak("melding")
    deel = definitie()["zaaktypen"][0] | {"begin_geldigheid": "2026-11-01"}
    laad_catalogus(SYSTEEM, lw.organisatie, definitie(zaaktypen=[deel]))
    options = ("zet-over", "melding", "--van", "2020-01-01", "--organisatie", "LW")
    assert loket(*options) == (0, "Kan over: 1. Blijft: 0.\n")
    assert Zaak.objects.get(id=zaak.id).zaaktype_id == zaak.zaaktype_id
    assert loket(*options, "--doe", "--waarom", "Nieuwe versie") == (0, "Over: 1. Blijft: 0.\n")
    assert str(Zaak.objects.get(id=zaak.id).zaaktype.begin_geldigheid) == "2026-11-01"
