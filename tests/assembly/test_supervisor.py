"""The parts of the supervisor that need no Loket: back-off, order, output, ports, and how many connections it asks."""

import json
import os
import signal
import socket
import sys
import time
from pathlib import Path

import pytest
from tests.assembly.running import alive, free_port, until

from loket.assembly import processes, vendored
from loket.assembly.processes import Process
from loket.assembly.supervisor import LONGEST_PAUSE, RAN_WELL, Child, Supervisor, busy_ports, pause_after
from loket.assembly.supervisor import health as ask_health
from loket.foundation.beheer import health
from loket.foundation.database.embedded import MAX_CONNECTIONS


def python(code: str, name: str = "test", patience: float = 5.0) -> Process:
    return Process(name, [sys.executable, "-c", code], patience=patience)


class Recorder(Supervisor):
    """Remembers what was said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []

    def say(self, name: str, text: str) -> None:
        self.said.append((name, text))


def test_the_first_end_costs_nothing_and_the_pause_grows_to_a_limit() -> None:
    pauses = [pause_after(failures) for failures in range(1, 40)]
    assert pauses[0] == 0
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


def test_a_child_that_ran_well_starts_with_a_clean_slate() -> None:
    child = Child(python("pass"), lambda name, text: None)
    for expected in (1, 2, 3):
        child.start()
        assert child.popen is not None
        child.popen.wait()
        assert child.ended() == 0
        assert child.failures == expected
    child.start()
    child.started = time.monotonic() - RAN_WELL - 1
    assert child.popen is not None
    child.popen.wait()
    child.ended()
    assert child.failures == 1


@pytest.mark.parametrize("code", ["raise SystemExit(0)", "raise SystemExit(3)", "import os; os.kill(os.getpid(), 9)"])
def test_every_child_that_ends_is_started_again(code: str, tmp_path: Path) -> None:
    line = f"open({str(tmp_path / 'starts')!r}, 'a').write('x'); {code}"
    with Recorder() as supervisor:
        supervisor.begin([python(line)])
        for _ in supervisor.watch():
            if (tmp_path / "starts").exists() and len((tmp_path / "starts").read_text()) >= 3:
                break
    assert any("starting it again" in text for _, text in supervisor.said)


def test_children_stop_in_order_and_what_they_left_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    polite = (
        "import signal, sys, time\n"
        "def end(*_):\n open({log!r}, 'a').write({name!r} + '\\n'); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end); print('up', flush=True)\n"
        "while True: time.sleep(60)"
    )
    messy = (
        "import subprocess, sys, time\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print('left', p.pid, flush=True)\nwhile True: time.sleep(60)"
    )
    with Recorder() as supervisor:
        names = ["web", "worker", "live"]
        supervisor.begin([*(python(polite.format(log=str(log), name=n), n) for n in names), python(messy, "messy")])
        for _ in supervisor.watch():
            if len(supervisor.said) == 4:
                break
        left = int(next(text for name, text in supervisor.said if name == "messy").split()[1])
        assert alive({left})
    assert log.read_text().split() == names
    until(lambda: not alive({left}), 5)


def test_a_child_that_ignores_sigterm_is_killed() -> None:
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
    )
    with Recorder() as supervisor:
        supervisor.begin([python(code, patience=0.2)])
        for _ in supervisor.watch():
            if supervisor.said:
                break
        popen = supervisor.children[0].popen
    assert popen is not None
    assert popen.returncode == -signal.SIGKILL


def test_output_is_passed_on_in_lines_with_the_name() -> None:
    with Recorder() as supervisor:
        code = supervisor.once(python("import os; os.write(1, 'één\\ntwee'.encode()); os.write(2, b'\\xff\\n')", "abc"))
    assert code == 0
    assert supervisor.said == [("abc", "één"), ("abc", "twee\ufffd")]


def test_a_stop_during_the_preparation_ends_it() -> None:
    with Recorder() as supervisor:
        code = "import os, signal, time; os.kill(os.getppid(), signal.SIGTERM); time.sleep(600)"
        assert supervisor.once(python(code)) == -signal.SIGTERM


def test_busy_ports_are_named() -> None:
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert busy_ports("127.0.0.1", {port: "the pages", port + 1: "live updates"}) == [
            f"Port {port} (the pages) on 127.0.0.1 cannot be used: Address already in use."
        ]
    assert "65535" in busy_ports("127.0.0.1", {70000: "the pages"})[0]


def test_health_of_nobody_is_down() -> None:
    assert ask_health("127.0.0.1", free_port())["status"] == "down"


def test_mail_comes_in_where_the_setting_says_and_in_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    def says() -> list[str]:
        here = [each for each in processes.processes("127.0.0.1", 8000) if each.name == "mail-in"]
        return [each.environ["LOKET_MAIL_IN"] for each in here]

    monkeypatch.delenv("LOKET_DEMO", raising=False)
    monkeypatch.delenv("LOKET_MAIL_IN", raising=False)
    assert says() == []
    monkeypatch.setenv("LOKET_MAIL_IN", "lmtp://127.0.0.1:2524")
    assert says() == ["lmtp://127.0.0.1:2524"]
    monkeypatch.setenv("LOKET_DEMO", "1")
    monkeypatch.delenv("LOKET_MAIL_IN")
    assert says() == ["smtp://127.0.0.1:8003"]
    monkeypatch.setenv("LOKET_MAIL_IN", "off")
    assert says() == []


def test_the_database_has_room_for_all_pools() -> None:
    assert processes.connections() + 10 <= MAX_CONNECTIONS


def test_the_stand_in_for_digid_runs_in_the_demo_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOKET_DEMO", raising=False)
    assert "stand-in" not in [process.name for process in processes.processes("127.0.0.1", 8000)]
    monkeypatch.setenv("LOKET_DEMO", "0")
    assert "stand-in" not in [process.name for process in processes.processes("127.0.0.1", 8000)]


@pytest.mark.parametrize(
    ("silence", "waiting", "oldest", "expected"),
    [
        (1.0, 0, 0.0, ("ok", "ok", "ok")),
        (None, 0, 0.0, ("degraded", "down", "ok")),
        (11.0, 0, 0.0, ("degraded", "down", "ok")),
        (1.0, 5, 59.0, ("ok", "ok", "ok")),
        (1.0, 5, 61.0, ("degraded", "ok", "late")),
    ],
)
def test_health_is_judged(silence: float | None, waiting: int, oldest: float, expected: tuple[str, str, str]) -> None:
    answer = health.judge(silence, waiting, oldest, 0)
    assert (answer["status"], answer["worker"]["status"], answer["outbox"]["status"]) == expected


def test_vendored_files_are_those_of_their_manifests(tmp_path: Path) -> None:
    for manifest in [*vendored.manifests(), Path(__file__).parents[1] / "vendor" / "manifest.json"]:
        if manifest.exists():
            assert vendored.deviations(manifest) == []


def test_a_changed_missing_or_unlisted_vendored_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "changed.js").write_text("x")
    (tmp_path / "unlisted.js").write_text("x")
    files = {"changed.js": "0" * 64, "missing.js": "0" * 64}
    package = {"name": "p", "version": "1", "licence": "", "files": files}
    (tmp_path / "manifest.json").write_text(json.dumps({"packages": [package]}))
    found = "\n".join(vendored.deviations(tmp_path / "manifest.json"))
    for word in ("changed.js is not the file", "missing.js is in the manifest", "unlisted.js is not in", "no licence"):
        assert word in found


def test_sigterm_to_the_supervisor_is_not_lost_between_two_looks() -> None:
    with Recorder() as supervisor:
        supervisor.begin([python("import time; time.sleep(600)")])
        os.kill(os.getpid(), signal.SIGTERM)
        assert [None for _ in supervisor.watch()] in ([], [None])
        assert supervisor.stopping == 1
