"""One installation on one machine: its data folder, its secrets, its database, and the environment of its processes.

The data folder holds: `postgres/` (the embedded database, or where it is), `bestanden/` (stored files), `thema/` (the
designs of organisations that have their own), `secret` (made on the first start, mode 0600), `mode` (`demo` or
`empty`), `demo-loaded`, and `run.lock`.
"""

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from loket.foundation.database import embedded, place

SETTINGS = "loket.assembly.settings"


class InstallationError(Exception):
    """Something about this installation is not right; the message says what, and what to do."""


@dataclass(frozen=True)
class Installation:
    """A data folder, absolute."""

    data: Path

    @property
    def secret(self) -> Path:
        """The secret that signs sessions, links and live tokens, and from which pseudonyms are made."""
        return self.data / "secret"

    @property
    def files(self) -> Path:
        """The stored files."""
        return self.data / "bestanden"

    @property
    def is_demo(self) -> bool:
        """Whether this is a demo: LOKET_DEMO if it is set, else what the first start decided."""
        if given := os.environ.get("LOKET_DEMO"):
            return given == "1"
        mode = self.data / "mode"
        return mode.exists() and mode.read_text().strip() == "demo"

    def prepare(self, *, empty: bool) -> None:
        """Make the folder and the secrets if they are not there. `empty` counts on the first start only."""
        try:
            place.make_folder(self.data)
            (self.data / "static").mkdir(exist_ok=True)
            if not os.environ.get("LOKET_SECRET") and not os.environ.get("LOKET_SECRET_FILE"):
                _write_once(self.secret, secrets.token_urlsafe(48))
            mode = self.data / "mode"
            if not mode.exists():
                external = bool(os.environ.get("DATABASE_URL"))
                demo = os.environ.get("LOKET_DEMO", "0" if external else "1") == "1" and not empty
                mode.write_text("demo\n" if demo else "empty\n")
        except place.StartError as error:
            raise InstallationError(str(error)) from error
        except OSError as error:
            raise InstallationError(
                f"{error.filename} cannot be written ({error.strerror}). Start Loket as the user who owns "
                f"{self.data}, or choose another folder with --data."
            ) from error

    def environ(self) -> None:
        """Put what this installation knows in the environment, for the settings and for every child."""
        os.environ["LOKET_DATA"] = str(self.data)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        if not os.environ.get("LOKET_SECRET") and not os.environ.get("LOKET_SECRET_FILE") and self.secret.exists():
            os.environ["LOKET_SECRET_FILE"] = str(self.secret)
        os.environ["LOKET_DEMO"] = "1" if self.is_demo else "0"

    @contextlib.contextmanager
    def database(self) -> Iterator[embedded.Server | None]:
        """A running database for the length of the block, its address in DATABASE_URL.

        With DATABASE_URL already set nothing is started; else the embedded one is started or adopted, and stopped
        afterwards unless another process of this installation uses it.
        """
        if os.environ.get("DATABASE_URL"):
            yield None
            return
        try:
            server = embedded.start(self.data / "postgres")
        except place.StartError as error:
            raise InstallationError(str(error)) from error
        os.environ["DATABASE_URL"] = server.url
        try:
            yield server
        finally:
            del os.environ["DATABASE_URL"]
            server.stop()

    @contextlib.contextmanager
    def alone(self, purpose: str) -> Iterator[None]:
        """Hold the lock of whoever runs this installation; InstallationError when somebody else does."""
        lock = (self.data / "run.lock").open("a+")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InstallationError(
                    f"Loket already runs on {self.data} (process {_holder(lock)}). Stop it before {purpose}."
                ) from None
            lock.seek(0)
            lock.truncate()
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            yield


def _holder(lock: IO[str]) -> str:
    lock.seek(0)
    return lock.read().strip() or "unknown"


def _write_once(path: Path, content: str) -> None:
    """Write a secret file, whole or not at all, readable for its owner only."""
    if path.exists():
        return
    half = path.with_name(path.name + ".new")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content.encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())
    half.rename(path)
