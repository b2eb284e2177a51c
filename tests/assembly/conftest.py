"""What the tests of the assembly share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.assembly.running import Running, data_folder


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


@pytest.fixture
def healthy(running: Running) -> Running:
    """In good health, also after what the test before did."""
    running.until_healthy()
    return running
