"""Which processes a running Loket has, and what each may ask of the machine."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec

from loket.foundation.inbox.rules import Where, where

WEB_WORKERS = 2
WEB_THREADS = 8
"""Blocking threads of each web worker: no more than its pool has connections, or threads wait on the pool."""
WEB_CONNECTIONS = 512
"""Open connections of each web worker. Those that a browser keeps and does not use count too: with too few, people who
have finished reading keep others out."""
WEB_IDLE_MS = 10_000
"""After this many milliseconds without a request a kept connection is closed."""
WORKER_POOL = 8
MAIL_IN_POOL = 4
"""As many as the threads that store mail."""
SINGLE_CONNECTIONS = 16
"""Connections outside the pools: listening (worker, its courier, live), catching up, health, the watch of each web
worker and of mail that comes in, and the command line."""


def connections(pool: int = WEB_THREADS) -> int:
    """The most connections that all processes together open, with a pool of `pool` for each Django process."""
    return WEB_WORKERS * pool + 2 * WORKER_POOL + MAIL_IN_POOL + SINGLE_CONNECTIONS


@dataclass(frozen=True)
class Process:
    """A child of the supervisor."""

    name: str
    argv: Sequence[str]
    environ: dict[str, str] = field(default_factory=dict)
    patience: float = 12.0
    """Seconds between the request to stop and the kill."""


def python(*arguments: str) -> list[str]:
    """The command line of a `loket` subcommand in this Python."""
    return [sys.executable, "-m", "loket.assembly.cli", *arguments]


def processes(host: str, port: int) -> list[Process]:
    """The children, in the order in which they stop. `port` is for pages, the next for live updates."""
    granian = [sys.executable, "-m", "granian", "--host", host, "--respawn-failed-workers", "--no-ws"]
    granian += ["--respawn-interval", "0.5", "--log-level", "error"]
    web = [*granian, "--port", str(port), "--interface", "wsgi", "--workers", str(WEB_WORKERS)]
    web += [
        "--blocking-threads",
        str(WEB_THREADS),
        "--backpressure",
        str(WEB_CONNECTIONS),
        "--workers-kill-timeout",
        "10",
    ]
    web += ["--http1-header-read-timeout", str(WEB_IDLE_MS)]
    live = [*granian, "--port", str(port + 1), "--interface", "asgi", "--workers", "1", "--factory"]
    live += ["--workers-kill-timeout", "2"]  # an open stream blocks a graceful stop for ever
    children = [Process("web", [*web, "loket.assembly.wsgi:application"])]
    if os.environ.get("LOKET_DEMO") == "1" and find_spec("loket.assembly.standin"):
        children.append(Process("stand-in", python("stand-in", "--port", str(port + 2))))
    children.append(Process("worker", python("worker")))
    if address := mail_in(host, port):
        environ = {"LOKET_MAIL_IN": str(address), "LOKET_POOL": str(MAIL_IN_POOL)}
        children.append(Process("mail-in", python("mail-in"), environ))
    children.append(Process("live", [*live, "loket.assembly.live:build"], patience=5.0))
    return children


def mail_in(host: str, port: int) -> Where | None:
    """Where mail servers bring mail: what LOKET_MAIL_IN says; in the demo else SMTP, three ports above the pages; None
    for nowhere. Raises ValueError with a sentence when the setting cannot be read."""
    if given := os.environ.get("LOKET_MAIL_IN"):
        return where(given)
    return Where(False, host, port + 3) if os.environ.get("LOKET_DEMO") == "1" else None


def ports(port: int) -> dict[int, str]:
    """The ports that must be free, and what for."""
    needed = {port: "the pages", port + 1: "live updates"}
    if os.environ.get("LOKET_DEMO") == "1" and find_spec("loket.assembly.standin"):
        needed[port + 2] = "the stand-in for DigiD"
    return needed
