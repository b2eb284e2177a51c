"""`loket run` with real processes: it starts, keeps itself alive, and leaves nothing behind."""

import json
import os
import re
import signal
import stat
import time
import urllib.request
from pathlib import Path

import pytest
from tests.assembly.running import Running, alive, data_folder, free_port, loket, stopped, until

pytestmark = pytest.mark.proces


def test_healthz_tells_the_state_of_each_part(healthy: Running) -> None:
    status, state = healthy.get()
    assert status == 200
    assert {part: state[part]["status"] for part in ("database", "worker", "outbox")} == {
        "database": "ok",
        "worker": "ok",
        "outbox": "ok",
    }


def test_the_secret_is_for_the_owner_only(healthy: Running) -> None:
    assert stat.S_IMODE((healthy.data / "secret").stat().st_mode) == 0o600


def test_an_empty_installation_says_where_one_begins(healthy: Running) -> None:
    found = re.search(r"http://localhost:\d+(/begin/\S+)", healthy.said())
    assert found, healthy.said()
    with urllib.request.urlopen(f"http://127.0.0.1:{healthy.port}{found[1]}", timeout=10) as answer:
        assert "Begin met Loket" in answer.read().decode()
        assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert not (healthy.data / "begin").exists(), "it is said, not kept"
    again = loket("organisation", "--data", str(healthy.data), LOKET_URL="https://loket.voorbeeld.nl")
    assert "https://loket.voorbeeld.nl/begin/" in again.stdout, again.stderr
    nobody = loket("password", "niemand", "--data", str(healthy.data))
    assert nobody.returncode == 1 and "no employee" in nobody.stderr


@pytest.mark.parametrize("name", ["web", "worker", "live"])
def test_a_killed_child_is_started_again_and_leaves_no_orphan(healthy: Running, name: str) -> None:
    before = healthy.of(name)
    os.kill(healthy.parent_of(name), signal.SIGKILL)
    until(lambda: not alive(before), 10, f"the old {name} processes gone, workers included")
    until(lambda: healthy.of(name), 10, f"a new {name}")
    healthy.until_healthy(30)
    assert not alive(before)


def test_a_killed_web_worker_is_replaced(healthy: Running) -> None:
    parent = healthy.parent_of("web")
    victim = next(iter(healthy.of("web") - {parent}))
    os.kill(victim, signal.SIGKILL)
    until(lambda: len(healthy.of("web") - {victim}) == 3, 20, "two web workers again")
    healthy.until_healthy(20)


def test_a_worker_that_ends_by_itself_is_started_again(healthy: Running) -> None:
    before = healthy.parent_of("worker")
    os.kill(before, signal.SIGTERM)  # a normal end, as when its database is lost: exit code 0
    until(lambda: healthy.of("worker") and before not in healthy.of("worker"), 30, "a new worker")
    healthy.until_healthy(30)


def test_a_killed_database_comes_back(healthy: Running) -> None:
    before = healthy.parent_of("postgres")
    os.kill(before, signal.SIGKILL)
    until(lambda: healthy.of("postgres") and before not in healthy.of("postgres"), 20, "a new PostgreSQL")
    healthy.until_healthy()


def test_a_database_that_does_not_answer_is_told_within_three_seconds(healthy: Running) -> None:
    def down() -> bool:
        began = time.monotonic()
        status, state = healthy.get()
        assert time.monotonic() - began < 3
        return status == 503 and state["status"] == "down"

    with stopped({healthy.parent_of("postgres")}):
        until(down, 10, "503")
    healthy.until_healthy(30)


def test_a_second_start_on_the_same_folder_is_refused_in_words(healthy: Running) -> None:
    before = set(healthy.family())
    done = loket("run", "--data", str(healthy.data), "--port", str(free_port()))
    assert done.returncode == 1
    assert "already runs" in done.stderr
    serving = {pid for name in ("web", "live", "worker") for pid in healthy.of(name)}
    assert serving and serving <= before, "what ran goes on"
    healthy.until_healthy(20)


def test_a_port_in_use_is_named_in_words(healthy: Running) -> None:
    with data_folder() as data:
        done = loket("run", "--data", str(data), "--port", str(healthy.port), "--empty")
    assert done.returncode == 1
    assert f"Port {healthy.port} (the pages)" in done.stderr
    assert "--port" in done.stderr


def test_doctor_finds_nothing_wrong(healthy: Running) -> None:
    done = loket("doctor", "--data", str(healthy.data), MAIL_URL="smtp://localhost:2525")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The worker's heart beats." in done.stdout
    assert "0 problem(s)" in done.stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_leaves_no_process(seed: Path, number: int) -> None:
    with data_folder(seed) as data:
        started = Running(data).ready()
        family = set(started.family())
        assert len(family) >= 7
        assert started.stop(number) == 0, started.said()
        assert not alive(family)
        assert not (data / "postgres/18/postmaster.pid").exists()


def test_killing_the_supervisor_leaves_nothing_that_serves_and_the_next_start_adopts_the_database(
    seed: Path,
) -> None:
    with data_folder(seed) as data:
        first = Running(data).ready()
        secret = (data / "secret").read_bytes()
        serving = first.of("web") | first.of("live") | first.of("worker")
        database = first.parent_of("postgres")
        assert len(serving) == 6
        first.stop(signal.SIGKILL)
        until(lambda: not alive(serving), 10, "all that served gone")
        assert alive({database})
        second = Running(data).ready()
        second.until_healthy(30)
        assert (data / "secret").read_bytes() == secret
        assert second.stop() == 0
        assert not alive({database})


def test_check_is_0_when_healthy(seed: Path) -> None:
    with data_folder(seed) as data:
        done = loket("check", "--data", str(data), "--port", str(free_port()), "--empty")
        assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads(done.stdout.splitlines()[-1])["status"] == "ok"


def test_check_is_1_when_the_database_is_not_there(tmp_path: Path) -> None:
    address = f"postgresql://nobody@/nothing?host={tmp_path}"
    done = loket("run", "--check", "--data", str(tmp_path / "data"), "--port", str(free_port()), DATABASE_URL=address)
    assert done.returncode == 1
    assert "preparation failed" in done.stderr
