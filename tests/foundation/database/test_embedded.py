"""The launcher of the embedded PostgreSQL, with the real server."""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from loket.foundation.database import embedded, place
from tests.assembly.running import alive, data_folder, until


@pytest.fixture
def folder() -> Iterator[Path]:
    with data_folder() as data:
        yield data / "postgres"


def value(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(statement.encode()).fetchone()
    return found[0] if found else None


def test_starts_stops_and_keeps_its_data(folder: Path) -> None:
    server = embedded.start(folder, durable=False)
    with psycopg.connect(server.url) as connection:
        connection.execute("create table kept (x int)")
    assert server.running()
    assert server.stop()
    assert not server.running()
    assert not server.stop(), "stopping twice does nothing"
    again = embedded.start(folder, durable=False)
    assert value(again.url, "select count(*) from kept") == 0
    again.stop()


def test_listens_on_a_socket_only_and_knows_no_password(folder: Path) -> None:
    server = embedded.start(folder, durable=False)
    assert value(server.url, "show listen_addresses") == ""
    rules = (server.cluster / "pg_hba.conf").read_text()
    assert rules == "local all all peer map=loket\n"
    assert value(server.url, "select system_user") is not None
    server.stop()


def test_is_durable_unless_asked_otherwise(folder: Path) -> None:
    server = embedded.start(folder)
    assert [value(server.url, f"show {name}") for name in embedded.NOT_DURABLE] == ["on", "on", "on"]
    server.stop()


def test_the_last_user_stops_the_server(folder: Path) -> None:
    first, second = embedded.start(folder, durable=False), embedded.start(folder, durable=False)
    assert first.pid == second.pid
    assert not first.stop(), "somebody else uses it"
    assert value(second.url, "select 1") == 1
    assert second.stop()
    until(lambda: not alive({second.pid}), 10)


def test_adopts_a_server_whose_starter_was_killed(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from loket.foundation.database import embedded;"
        "print(embedded.start(Path(sys.argv[1]), durable=False).pid, flush=True); sys.stdin.read()"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    pid = int(starter.stdout.readline())
    starter.kill()
    starter.wait()
    server = embedded.start(folder, durable=False)
    assert server.pid == pid
    assert server.stop()
    until(lambda: not alive({pid}), 10)


def test_a_killed_server_is_revived_with_what_was_committed(folder: Path) -> None:
    server = embedded.start(folder)
    with psycopg.connect(server.url) as connection:
        connection.execute("create table committed as select 1 as x")
    os.kill(server.pid, signal.SIGKILL)
    until(lambda: not server.running(), 10)
    server.revive()
    assert value(server.url, "select x from committed") == 1
    server.stop()


def test_a_number_that_another_program_got_is_no_server(folder: Path) -> None:
    server = embedded.start(folder, durable=False)
    os.kill(server.pid, signal.SIGKILL)
    until(lambda: not server.running(), 10)
    pidfile = server.cluster / "postmaster.pid"
    lines = pidfile.read_text().split("\n")
    pidfile.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    server.revive()
    assert value(server.url, "select 1") == 1
    server.stop()


def test_a_half_made_cluster_is_made_again(folder: Path) -> None:
    place.make_folder(folder)
    half = folder / f"{place.version().split('.')[0]}.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server = embedded.start(folder, durable=False)
    assert value(server.url, "select 1") == 1
    assert not half.exists()
    server.stop()


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    deep = folder / ("d" * 60) / ("e" * 60)
    server = embedded.start(deep, durable=False)
    assert value(server.url, "select 1") == 1
    sock = Path(str(value(server.url, "show unix_socket_directories")))
    assert len(os.fsencode(sock / ".s.PGSQL.5432")) <= 107
    assert sock.stat().st_mode & 0o077 == 0
    server.stop()
    shutil.rmtree(sock, ignore_errors=True)


def test_a_start_waits_for_another_start(folder: Path) -> None:
    place.make_folder(folder)
    code = (
        "import sys; from pathlib import Path; from loket.foundation.database import embedded;"
        "embedded.start(Path(sys.argv[1]), durable=False).stop(); print('done')"
    )
    with (folder / "start.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        starters = [
            subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True)
            for _ in range(3)
        ]
    assert [starter.communicate(timeout=60)[0].strip() for starter in starters] == ["done"] * 3


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to have a folder that PostgreSQL's user cannot reach")
class TestUnreachableForTheServersUser:
    @pytest.fixture
    def closed(self, tmp_path: Path) -> Iterator[Path]:
        tmp_path.chmod(0o700)
        data = tmp_path / "data" / "postgres"
        yield data
        if (data / "elsewhere").exists():
            shutil.rmtree(place.cluster_home(data), ignore_errors=True)

    def test_the_cluster_lives_elsewhere_and_is_found_again(self, closed: Path) -> None:
        server = embedded.start(closed, durable=False)
        assert server.cluster.is_relative_to("/var/lib/loket")
        with psycopg.connect(server.url) as connection:
            connection.execute("create table kept (x int)")
        server.stop()
        again = embedded.start(closed, durable=False)
        assert value(again.url, "select count(*) from kept") == 0
        again.stop()

    def test_a_missing_cluster_is_an_error_and_not_a_new_empty_database(self, closed: Path) -> None:
        server = embedded.start(closed, durable=False)
        server.stop()
        shutil.rmtree(place.cluster_home(closed))
        with pytest.raises(place.StartError, match="not there"):
            embedded.start(closed, durable=False)

    def test_a_copied_data_folder_does_not_use_the_originals_database(self, closed: Path, tmp_path: Path) -> None:
        embedded.start(closed, durable=False).stop()
        shutil.copytree(closed, tmp_path / "copy")
        with pytest.raises(place.StartError, match="is a copy"):
            embedded.start(tmp_path / "copy", durable=False)

    def test_a_moved_data_folder_keeps_its_database(self, closed: Path, tmp_path: Path) -> None:
        embedded.start(closed, durable=False).stop()
        closed.rename(tmp_path / "moved")
        server = embedded.start(tmp_path / "moved", durable=False)
        assert value(server.url, "select 1") == 1
        server.stop()
        shutil.rmtree(place.cluster_home(tmp_path / "moved"))

    def test_the_server_never_runs_as_root(self, closed: Path) -> None:
        server = embedded.start(closed, durable=False)
        owner = Path(f"/proc/{server.pid}").stat().st_uid
        assert owner != 0
        assert pwd.getpwuid(owner).pw_name in ("postgres", "nobody")
        server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
def test_a_normal_user_runs_it_as_himself() -> None:
    user = pwd.getpwnam("nobody")
    become: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}
    try:
        subprocess.run([sys.executable, "-c", "import loket"], check=True, capture_output=True, **become)
    except (PermissionError, subprocess.CalledProcessError):
        pytest.skip("a normal user cannot reach this Python")
    code = (
        "import sys; from pathlib import Path; from loket.foundation.database import embedded;"
        "s = embedded.start(Path(sys.argv[1]), durable=False);"
        "print(Path(f'/proc/{s.pid}').stat().st_uid, s.stop())"
    )
    with data_folder() as data:
        data.mkdir()
        os.chown(data, user.pw_uid, user.pw_gid)
        argv = [sys.executable, "-c", code, str(data / "postgres")]
        done = subprocess.run(argv, capture_output=True, text=True, check=False, **become)
    assert done.stdout.split() == [str(user.pw_uid), "True"], done.stderr
