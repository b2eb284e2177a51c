"""A setting given as the name of a file counts for everybody, not only for Django."""

from pathlib import Path

import pytest

from loket.assembly.cli import main, read_files
from loket.assembly.installation import Installation


def test_a_database_named_in_a_file_is_one_of_your_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "url").write_text("postgresql:///ours\n")
    monkeypatch.delenv("LOKET_DEMO", raising=False)
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))
    read_files()
    here = Installation(tmp_path / "data")
    here.prepare(empty=False)
    assert not here.is_demo, "the demo never goes into a database of your own by itself"
    with here.database() as embedded:
        assert embedded is None, "nothing else is started beside it"


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAIL_URL", "")
    monkeypatch.setenv("MAIL_URL_FILE", str(tmp_path / "nothing"))
    assert main(["doctor", "--data", str(tmp_path)]) == 1
    assert "MAIL_URL_FILE names" in capsys.readouterr().err
