"""A real Loket with a real (small) mail server, for all tests of faults: they may break anything, it recovers."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.assembly.running import Running, data_folder, environment
from tests.faults.browser import Browser
from tests.faults.inrichten import WACHTWOORD
from tests.foundation.mail.smtpd import Box
from tests.foundation.mail.smtpd import server as smtpd

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Proef:
    """The Loket, the mail that it delivered, and what stands in it."""

    loket: Running
    box: Box
    weet: dict[str, str]

    @property
    def geheim(self) -> str:
        """The secret of the installation."""
        return (self.loket.data / "secret").read_text().strip()

    def browser(self, adres: str = "") -> Browser:
        """A new visitor."""
        return Browser(self.loket.port, adres) if adres else Browser(self.loket.port)

    def medewerker(self, naam: str) -> Browser:
        """An employee who logged in."""
        return self.browser().log_in(naam, WACHTWOORD)

    def rijen(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Look in the database, past everything."""
        with psycopg.connect(self.loket.url(), autocommit=True, connect_timeout=5) as connection:
            gevonden = connection.execute(sql.encode(), params)
            return gevonden.fetchall() if gevonden.description else []

    def waarde(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """The one value of a statement."""
        return self.rijen(sql, params)[0][0]

    def geweigerd(self) -> int:
        """How many refusals stand in the trail."""
        return int(self.waarde("select count(*) from loket_audit_handeling where handeling = 'geweigerd'"))


@pytest.fixture(scope="session")
def een_loket(seed: Path) -> Iterator[Proef]:
    """Started once."""
    with smtpd() as box, data_folder(seed) as data:
        started = Running(data, "--empty", MAIL_URL=box.url, LOKET_STAFF_PASSWORD="1", LOKET_LOG="WARNING")
        try:
            started.ready()
            here = {
                "DATABASE_URL": started.url(),
                "LOKET_DATA": str(data),
                "LOKET_SECRET_FILE": str(data / "secret"),
                "DJANGO_SETTINGS_MODULE": "loket.assembly.settings",
            }
            done = subprocess.run(
                [sys.executable, "-m", "tests.faults.inrichten"],
                env=environment() | here,
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            assert done.returncode == 0, done.stderr[-3000:]
            yield Proef(started, box, json.loads(done.stdout.splitlines()[-1]))
        finally:
            started.popen.kill()
            started.popen.wait()


@pytest.fixture
def proef(een_loket: Proef) -> Iterator[Proef]:
    """In good health, also after what the test before did."""
    een_loket.loket.until_healthy()
    een_loket.box.answer = lambda command, argument: None
    yield een_loket
