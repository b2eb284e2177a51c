"""What the tests of the assembly share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.assembly.running import Running, data_folder, loket

from loket.assembly.installation import Installation


@pytest.fixture(scope="session")
def seed() -> Iterator[Path]:
    """A stopped, empty installation with all tables: copy it (`data_folder(seed)`), do not start it."""
    with data_folder() as data:
        with pytest.MonkeyPatch.context() as patch:
            for name in ("LOKET_SECRET", "LOKET_SECRET_FILE", "DATABASE_URL"):
                patch.delenv(name, raising=False)
            Installation(data).prepare(empty=True)
        done = loket("migrate", "--data", str(data))
        assert done.returncode == 0, done.stderr
        yield data


@pytest.fixture(scope="session")
def running(seed: Path) -> Iterator[Running]:
    """One real Loket for all tests that leave it alive: they may kill any part, it comes back."""
    with data_folder(seed) as data:
        started = Running(data)
        try:
            yield started.ready()
        finally:
            started.popen.kill()
            started.popen.wait()
