"""The designs of organisations are in a backup and come back from it."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from loket.assembly import backup
from loket.assembly.installation import Installation


@pytest.mark.django_db
def test_designs_are_kept_and_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", make_conninfo(settings.DATABASE_URL, dbname=connection.settings_dict["NAME"]))
    here, there = Installation(tmp_path / "here"), Installation(tmp_path / "there")
    for folder, name, content in (
        (here, "GT.css", ":root { --kleur: groen }"),
        (here, "GT (oud).css", "no page serves this"),
        (there, "GT.css", "replaced"),
        (there, "LW.css", "stays"),
    ):
        (folder.data / "thema").mkdir(parents=True, exist_ok=True)
        (folder.data / "thema" / name).write_text(content)
    target = tmp_path / "backup.tar"
    assert backup.write(here, target)["files"] == 0
    assert [name for name in backup.verify(target)["parts"] if name.startswith("thema/")] == ["thema/GT.css"]
    scratch = there.data / ".restore"
    scratch.mkdir()
    backup._unpack(target, scratch)
    backup._place_files(there, scratch)
    shutil.rmtree(scratch)
    found = {path.name: path.read_text() for path in (there.data / "thema").iterdir()}
    assert found == {"GT.css": ":root { --kleur: groen }", "LW.css": "stays"}


@pytest.mark.parametrize("name", ["thema/../secret", "thema/a/b.css", "thema/.css", "thema/GT.css/x", "thema/GT.js"])
def test_nothing_else_comes_in_as_a_design(name: str) -> None:
    assert not backup._expected(name)
