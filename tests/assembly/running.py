"""A real Loket for tests: `loket run` in a process of its own, on its own data folder and ports."""

import contextlib
import fcntl
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from loket.foundation.database import embedded, place

_held: list[IO[str]] = []
"""The locks on the ports that were given out, until the end of this process."""


def until[T](question: Callable[[], T], seconds: float = 30.0, what: str | Callable[[], str] = "") -> T:
    """Ask until the answer is true; AssertionError with the last answer when time is up, when `what` is computed."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() >= deadline:
            said = what() if callable(what) else what
            raise AssertionError(f"{said or question} within {seconds} s; the last answer: {answer!r}")
        time.sleep(0.02)
    return answer


def free_port() -> int:
    """A port that is free, with the three after it, and that nobody else takes before this process ends.

    Not from the range from which the kernel gives ports to outgoing connections and to whoever asks for any: while a
    child of Loket is down, its port must still be there when it comes back.
    """
    folder = Path(tempfile.gettempdir()) / f"loket-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    for first in random.sample(range(20_000, 32_000, 4), 3_000):
        lock = (folder / str(first)).open("w")
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for port in range(first, first + 4):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            _held.append(lock)
            return first
        lock.close()
    raise RuntimeError("No four free ports in a row between 20000 and 32000.")


@contextlib.contextmanager
def data_folder(like: Path | None = None) -> Iterator[Path]:
    """A data folder that any user may pass through (pytest's own folders are closed to others).

    It is not there yet; or it is a copy of `like`, owners included.
    """
    folder = Path(tempfile.mkdtemp(prefix="loket-proces-"))
    folder.chmod(0o711)
    try:
        if like is not None:
            subprocess.run(["cp", "-a", like, folder / "data"], check=True)
        yield folder / "data"
    finally:
        with contextlib.suppress(place.StartError, OSError):
            if (folder / "data" / "postgres").exists():
                embedded.start(folder / "data" / "postgres").stop()
        shutil.rmtree(folder, ignore_errors=True)


def environment() -> dict[str, str]:
    """The environment of a user who set nothing."""
    dropped = ("LOKET_", "LIVE_", "MAIL_", "DATABASE_URL", "DJANGO_", "PYTEST_", "PYTHONDONTWRITEBYTECODE", "GRANIAN_")
    return {key: value for key, value in os.environ.items() if not key.startswith(dropped)}


def loket(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of `loket` to its end."""
    argv = [sys.executable, "-m", "loket.assembly.cli", *arguments]
    return subprocess.run(
        argv, env=environment() | more, capture_output=True, text=True, check=False, timeout=120, cwd="/"
    )


def processes() -> dict[int, tuple[int, str]]:
    """Every process of this machine that is no zombie: its parent and its command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if line:
                    found[int(entry.name)] = (parent, line)
    return found


def alive(pids: set[int]) -> set[int]:
    """Which of these processes are still there."""
    return pids & processes().keys()


@contextlib.contextmanager
def stopped(pids: set[int]) -> Iterator[None]:
    """These processes are held still as long as the block lasts."""

    def send(what: signal.Signals) -> None:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, what)

    send(signal.SIGSTOP)
    try:
        yield
    finally:
        send(signal.SIGCONT)


class Running:
    """`loket run`, started."""

    def __init__(self, data: Path, *arguments: str, demo: bool = False, mail_in: str = "", **more: str) -> None:
        self.data = data
        self.port = free_port()
        self.state: tuple[tuple[int, dict[str, Any]], ...] = ()
        if mail_in:  # smtp or lmtp
            more["LOKET_MAIL_IN"] = f"{mail_in}://127.0.0.1:{self.port + 3}"
        self.output = data.with_suffix(".log")
        argv = [sys.executable, "-m", "loket.assembly.cli", "run", "--data", str(data), "--port", str(self.port)]
        with self.output.open("wb") as out:
            self.popen = subprocess.Popen(
                [*argv, *(arguments or (() if demo else ("--empty",)))],
                env=environment() | more,
                stdout=out,
                stderr=out,
                cwd="/",
            )

    def said(self) -> str:
        """Its output until now."""
        return self.output.read_text()

    def ready(self, seconds: float = 120.0) -> "Running":
        """Wait until it says that it is ready."""
        until(
            lambda: "Loket is ready" in self.said() or self.popen.poll() is not None,
            seconds,
            lambda: f"ready; it said {self.said()[-3000:]}",
        )
        assert self.popen.poll() is None, self.said()
        return self

    def get(self, path: str = "/healthz", port: int = 0) -> tuple[int, dict[str, Any]]:
        """Status and JSON of an address; status 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.port}{path}", timeout=5) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())
        except (OSError, ValueError):
            return 0, {}

    def healthy(self) -> bool:
        """Whether web, database, worker, outbox and live updates are all well."""
        web, live = self.get(), self.get(port=self.port + 1)
        self.state = (web, live)
        return (web[0], live[0]) == (200, 200) and (web[1]["status"], live[1]["status"]) == ("ok", "ok")

    def until_healthy(self, seconds: float = 40.0) -> None:
        """Wait for `healthy`; AssertionError with the last state and the last words when time is up."""
        until(self.healthy, seconds, lambda: f"healthy; {self.state}; it said {self.said()[-3000:]}")

    def family(self) -> dict[int, str]:
        """All descendants (the supervisor not included) with their command lines."""
        everybody = processes()
        found: dict[int, str] = {}
        growing = {self.popen.pid}
        while growing:
            children = {
                pid: line for pid, (parent, line) in everybody.items() if parent in growing and pid not in found
            }
            found |= children
            growing = set(children)
        return found

    def of(self, name: str) -> set[int]:
        """The processes of one kind: web, live, worker, mail-in or postgres; with granian's workers."""
        mark = {
            "web": "loket.assembly.wsgi",
            "live": "loket.assembly.live",
            "worker": "loket.assembly.cli worker",
            "mail-in": "loket.assembly.cli mail-in",
            "postgres": "postgres",
        }[name]
        return {pid for pid, line in self.family().items() if mark in line}

    def parent_of(self, name: str) -> int:
        """The child of the supervisor of this kind."""
        everybody = processes()
        return next(pid for pid in self.of(name) if everybody.get(pid, (0, ""))[0] == self.popen.pid)

    def url(self) -> str:
        """The address of its database."""
        return embedded.url_for(self.data / "postgres" / "sock")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; the exit code."""
        if self.popen.poll() is None:
            self.popen.send_signal(number)
        return self.popen.wait(timeout=60)
