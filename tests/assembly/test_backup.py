"""Backup and restore, as an administrator does it: with the commands, and with damaged and foreign files."""

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from tests.assembly.running import data_folder, loket

from loket.assembly.backup import verify
from loket.assembly.installation import InstallationError
from loket.foundation.database import embedded

pytestmark = pytest.mark.proces

CONTENT = [b"a photo", b"", "Grüße, 10 €\n".encode() * 1000]


def stored(files: Path, content: bytes) -> Path:
    """Put a file in the store as the storage room does: named after its content."""
    name = hashlib.sha256(content).hexdigest()
    path = files / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def original(seed: Path) -> Iterator[Path]:
    """A data folder with tables, an event that a listener has read and one that it has not, and files."""
    with data_folder(seed) as data:
        for content in CONTENT:
            stored(data / "bestanden", content)
        (data / "bestanden" / "unfinished.part").write_bytes(b"half an upload")
        server = embedded.start(data / "postgres")
        with psycopg.connect(server.url, autocommit=True) as connection:
            for kind in ("read", "unread"):
                connection.execute(
                    "insert into loket_events_event (id, type, subject, organisatie, time, data)"
                    " values (%s, %s, %s, %s, now(), '{}')",
                    (uuid4(), kind, uuid4(), uuid4()),
                )
            connection.execute(
                "insert into loket_events_listener (name, xid, volg)"
                " select 'test', xid, volg from loket_events_event where type = 'read'"
            )
        server.stop()
        yield data


@pytest.fixture(scope="module")
def backup(original: Path) -> Path:
    target = original.parent / "backup.tar"
    done = loket("backup", str(target), "--data", str(original))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) | {"bytes": 0} == {
        "file": str(target),
        "bytes": 0,
        "files": len(CONTENT),
        "damaged": [],
    }
    return target


def test_a_backup_is_for_its_maker_only_and_never_replaces_another(original: Path, backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    done = loket("backup", str(backup), "--data", str(original))
    assert done.returncode == 1
    assert "exists already" in done.stderr


def test_the_round_trip_brings_back_everything_once(original: Path, backup: Path) -> None:
    with data_folder() as data:
        done = loket("restore", str(backup), "--data", str(data))
        assert done.returncode == 0, done.stderr
        assert (data / "secret").read_bytes() == (original / "secret").read_bytes()
        assert (data / "secret").stat().st_mode & 0o077 == 0
        names = {hashlib.sha256(content).hexdigest() for content in CONTENT}
        assert {path.name for path in (data / "bestanden").rglob("*") if path.is_file()} == names
        server = embedded.start(data / "postgres")
        with psycopg.connect(server.url) as connection:
            unread = connection.execute(
                "select e.type from loket_events_event e, loket_events_listener l"
                " where l.name = 'test' and (e.xid, e.volg) > (l.xid, l.volg)"
                " and e.xid < pg_snapshot_xmin(pg_current_snapshot()) order by e.xid, e.volg"
            ).fetchall()
        server.stop()
        assert unread == [("unread",)], "nothing is delivered twice, and nothing is forgotten"

        again = loket("restore", str(backup), "--data", str(data))
        assert again.returncode == 1
        assert "--force" in again.stderr
        stored(data / "bestanden", b"of the installation that is replaced")
        forced = loket("restore", str(backup), "--data", str(data), "--force")
        assert forced.returncode == 0, forced.stderr
        assert {path.name for path in (data / "bestanden").rglob("*") if path.is_file()} == names


def test_another_secret_is_refused(backup: Path) -> None:
    with data_folder() as data:
        done = loket("restore", str(backup), "--data", str(data), LOKET_SECRET="another secret " * 4)
        assert done.returncode == 1
        assert "another secret" in done.stderr


def rewrite(
    source: Path, target: Path, change: Callable[[str, bytes], bytes | None], more: bytes | None = None
) -> Path:
    """Copy a tar; `change` gives new content or None to leave the part out."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            reader = old.extractfile(member)
            assert reader is not None
            content = change(member.name, reader.read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
        if more is not None:
            info = tarfile.TarInfo("../outside")
            info.size = len(more)
            new.addfile(info, io.BytesIO(more))
    return target


def test_a_damaged_or_foreign_file_changes_nothing(backup: Path, tmp_path: Path) -> None:
    whole = verify(backup)
    part = next(name for name, facts in whole["parts"].items() if facts["size"] == len(CONTENT[0]))
    changed = rewrite(backup, tmp_path / "1.tar", lambda n, c: b"A photo" if n == part else c)
    missing = rewrite(backup, tmp_path / "2.tar", lambda n, c: None if n == part else c)
    unmanifested = rewrite(backup, tmp_path / "3.tar", lambda n, c: None if n == "manifest.json" else c)
    outside = rewrite(backup, tmp_path / "4.tar", lambda n, c: c, more=b"x")
    cut = tmp_path / "5.tar"
    cut.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    text = tmp_path / "6.tar"
    text.write_text("no tar")
    for path, words in [
        (changed, "damaged"),
        (missing, "damaged"),
        (unmanifested, "no manifest"),
        (outside, "damaged"),
        (cut, "cannot be read|not whole|damaged"),
        (text, "cannot be read"),
    ]:
        with pytest.raises(InstallationError, match=words):
            verify(path)
    done = loket("restore", str(changed), "--data", str(tmp_path / "data"))
    assert done.returncode == 1
    assert not (tmp_path / "data").exists()


def test_a_failing_restore_leaves_the_old_database(original: Path, backup: Path, tmp_path: Path) -> None:
    def broken(name: str, content: bytes) -> bytes:
        if name == "database.dump":
            return b"PGDMP but not really"
        if name == "manifest.json":
            manifest = json.loads(content)
            dump = b"PGDMP but not really"
            manifest["parts"]["database.dump"] = {"sha256": hashlib.sha256(dump).hexdigest(), "size": len(dump)}
            return json.dumps(manifest).encode()
        return content

    bad = rewrite(backup, tmp_path / "bad.tar", broken)
    with data_folder() as data:
        shutil.copytree(original, data, ignore=shutil.ignore_patterns("postgres"))
        assert loket("restore", str(backup), "--data", str(data), "--force").returncode == 0
        done = loket("restore", str(bad), "--data", str(data), "--force")
        assert done.returncode == 1
        assert "pg_restore failed" in done.stderr
        server = embedded.start(data / "postgres")
        with psycopg.connect(server.url) as connection:
            count = connection.execute("select count(*) from loket_events_event").fetchone()
        server.stop()
        assert count == (2,)
        assert (data / "bestanden").is_dir()


def test_backup_names_a_damaged_stored_file(original: Path, tmp_path: Path) -> None:
    path = stored(original / "bestanden", b"will be damaged")
    path.write_bytes(b"was damaged")
    try:
        done = loket("backup", str(tmp_path / "b.tar"), "--data", str(original))
        assert [name.rpartition("/")[2] for name in json.loads(done.stdout)["damaged"]] == [path.name]
        doctor = loket("doctor", "--data", str(original))
        assert doctor.returncode == 1
        assert path.name in doctor.stdout
    finally:
        path.unlink()
