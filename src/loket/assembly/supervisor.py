"""Starts the processes of Loket, starts each again when it ends, and stops them in order.

One thread, no Django: it must outlive every fault of the rest. Whatever a child's exit code (a worker that lost its
database ends with 0), it is started again, at once the first time and then with a growing pause; a child that ran
well for a while starts with a clean slate. When the supervisor itself is killed, the kernel kills the children.
"""

import contextlib
import http.client
import json
import os
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Self

from loket.assembly.deathsig import die_with_parent
from loket.assembly.processes import Process
from loket.foundation.database import embedded, place

FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
RAN_WELL = 20.0
"""Seconds after which a child counts as having run well."""
TICK = 0.25


def pause_after(failures: int) -> float:
    """Seconds to wait before the start that follows `failures` ends in a row."""
    return 0.0 if failures <= 1 else min(FIRST_PAUSE * 2 ** min(failures - 1, 16), LONGEST_PAUSE)


class Child:
    """One process, with a history."""

    def __init__(self, process: Process, say: Callable[[str, str], None]) -> None:
        self.process = process
        self.say = say
        self.popen: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.failures = 0
        self.due = 0.0
        self.rest = b""

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only the supervisor."""
        self.started = time.monotonic()
        self.popen = subprocess.Popen(
            self.process.argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | self.process.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,
            preexec_fn=partial(die_with_parent, os.getpid()),
        )
        assert self.popen.stdout is not None
        os.set_blocking(self.popen.stdout.fileno(), False)

    def read(self) -> None:
        """Pass on what it said, line by line, with its name before it."""
        if self.popen is None or self.popen.stdout is None or self.popen.stdout.closed:
            return
        while True:
            try:
                chunk = os.read(self.popen.stdout.fileno(), 65536)
            except BlockingIOError:
                return
            if not chunk:
                self.popen.stdout.close()  # it ended, or closed its output but goes on
                return
            *lines, self.rest = (self.rest + chunk).split(b"\n")
            for line in lines:
                self.say(self.process.name, line.decode(errors="replace"))

    def ended(self) -> int | None:
        """The exit code when it ended since the last look, with the next start planned; else None."""
        if self.popen is None or (code := self.popen.poll()) is None:
            return None
        self.clear()
        now = time.monotonic()
        self.failures = 1 if now - self.started > RAN_WELL else self.failures + 1
        self.due = now + pause_after(self.failures)
        return code

    def clear(self) -> None:
        """After the end: read the last words, and kill what it may have left behind in its session."""
        assert self.popen is not None
        self.read()
        if self.rest:
            self.say(self.process.name, self.rest.decode(errors="replace"))
            self.rest = b""
        self.signal(signal.SIGKILL)
        if self.popen.stdout is not None:
            self.popen.stdout.close()
        self.popen = None

    def signal(self, number: int) -> None:
        """Send a signal: SIGTERM to the process, SIGKILL to everything it started."""
        if self.popen is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if number == signal.SIGKILL:
                os.killpg(self.popen.pid, number)
            else:
                os.kill(self.popen.pid, number)


class Supervisor:
    """The loop. Use it as `with Supervisor() as s: s.once(...); s.watch(...)`; leaving the block stops everything."""

    def __init__(self, server: embedded.Server | None = None) -> None:
        self.server = server
        self.children: list[Child] = []
        self.stopping = 0
        self._wake, self._woken = socket.socketpair()
        self._before: dict[int, Any] = {}
        self._revived: list[float] = []
        self._server_due = 0.0

    def __enter__(self) -> Self:
        for end in (self._wake, self._woken):
            end.setblocking(False)
        signal.set_wakeup_fd(self._woken.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._asked)
        self._before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._wake.close()
        self._woken.close()

    def _asked(self, *_: object) -> None:
        self.stopping += 1

    def say(self, name: str, text: str) -> None:
        """One line on our output, after the name of who said it."""
        with contextlib.suppress(BrokenPipeError, BlockingIOError):
            print(f"{name:<8} | {text}" if name else text, flush=True)

    def wait(self, seconds: float = TICK) -> None:
        """Wait for output, the end of a child or a signal, at most `seconds`; pass output on."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake, selectors.EVENT_READ)
            for child in self.children:
                if child.popen is not None and child.popen.stdout is not None and not child.popen.stdout.closed:
                    selector.register(child.popen.stdout, selectors.EVENT_READ, child)
            for key, _ in selector.select(seconds):
                if key.data is None:
                    with contextlib.suppress(BlockingIOError):
                        self._wake.recv(4096)
                else:
                    key.data.read()

    def once(self, process: Process) -> int:
        """Run one process to its end; its exit code, or -SIGTERM when we were asked to stop."""
        child = Child(process, self.say)
        self.children.append(child)
        child.start()
        assert child.popen is not None
        popen = child.popen
        while popen.poll() is None and not self.stopping:
            self.wait()
        if popen.poll() is None:
            self._end(child)
        else:
            child.clear()
        self.children.remove(child)
        return -signal.SIGTERM if self.stopping else popen.returncode

    def begin(self, processes: Sequence[Process]) -> None:
        """Start the children, in reverse of the order in which they will be stopped."""
        self.children = [Child(process, self.say) for process in processes]
        for child in reversed(self.children):
            child.start()

    def watch(self) -> Iterator[None]:
        """Look after the children until we are asked to stop; yields after each look."""
        while not self.stopping:
            self.wait()
            self.look()
            yield

    def look(self) -> None:
        """Start again what ended and is due, the database first."""
        self._look_after_database()
        for child in self.children:
            if (code := child.ended()) is not None:
                pause = pause_after(child.failures)
                later = f" in {pause:.1f} s" if pause else ""
                self.say("loket", f"{child.process.name} ended ({_words(code)}); starting it again{later}")
            if child.popen is None and child.due <= time.monotonic():
                child.start()

    def _look_after_database(self) -> None:
        if self.server is None or self.server.running() or time.monotonic() < self._server_due:
            return
        now = time.monotonic()
        self._revived = [moment for moment in self._revived if now - moment < 60] + [now]
        self._server_due = now + pause_after(len(self._revived))
        self.say("loket", "the database ended; starting it again")
        try:
            self.server.revive()
        except place.StartError as error:
            self.say("loket", str(error))
        self._server_due = time.monotonic() + pause_after(len(self._revived))

    def stop(self) -> None:
        """Stop the children one after another. A second Ctrl-C kills them."""
        self.stopping = max(self.stopping, 1)
        for child in self.children:
            self._end(child)
        self.children = []

    def _end(self, child: Child) -> None:
        if child.popen is None:
            return
        popen = child.popen
        child.signal(signal.SIGTERM)
        deadline = time.monotonic() + child.process.patience
        while popen.poll() is None and time.monotonic() < deadline and self.stopping < 2:
            self.wait(0.1)
        if popen.poll() is None:
            self.say("loket", f"{child.process.name} does not stop; killing it")
            child.signal(signal.SIGKILL)
            popen.wait()
        child.clear()


def _words(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return f"killed by {signal.Signals(-code).name}"
    return f"killed by signal {-code}"


def busy_ports(host: str, ports: dict[int, str]) -> list[str]:
    """A sentence for each port that cannot be used."""
    sentences = []
    for port, purpose in ports.items():
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                sentences.append(f"Port {port} ({purpose}) on {host} cannot be used: {error.strerror}.")
            except OverflowError:
                sentences.append(f"Port {port} ({purpose}) does not exist; the highest is 65535.")
    return sentences


def health(host: str, port: int, timeout: float = 4.0) -> dict[str, Any]:
    """What /healthz on this port says; `{"status": "down"}` with the reason when it does not answer."""
    connection = http.client.HTTPConnection("127.0.0.1" if host in ("0.0.0.0", "") else host, port, timeout=timeout)  # noqa: S104
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        answer = json.loads(connection.getresponse().read())
        return answer if isinstance(answer, dict) else {"status": "down", "fault": "no object"}
    except (OSError, http.client.HTTPException, ValueError) as fault:
        return {"status": "down", "fault": str(fault) or type(fault).__name__}
    finally:
        connection.close()
