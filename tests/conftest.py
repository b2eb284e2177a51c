"""What every test has."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import settings
from playwright.sync_api import Browser
from xdist.scheduler import LoadScopeScheduling

from loket.assembly.installation import Installation
from loket.foundation.access import acts
from loket.foundation.access.actor import Actor
from loket.foundation.audit import activities
from loket.foundation.database import embedded
from loket.foundation.identity.models import Organisatie
from loket.registers.plekken.commands import laad_stad
from loket.registers.plekken.generator import teken_stad
from loket.registers.plekken.stad.soorten import Stad
from tests import chromium
from tests.assembly.running import data_folder, loket
from tests.database import copy_template

settings.register_profile("loket", deadline=None)  # no test fails because the machine is busy
settings.load_profile("loket")


PROCESSES = ("tests/faults/", "tests/assembly/test_", "tests/assembly/standin/", "tests/test_walk.py")
"""Where the tests are that start real processes."""


LONG = (
    *PROCESSES,
    "tests/test_access_matrix.py",
    "tests/services/reacties/test_browser.py",
    "tests/services/werkplek/",
)
"""What takes longest begins first, so that nobody waits for it at the end."""


class SideBySide(LoadScopeScheduling):
    """Who tests side by side (`-n`): a file stays together, and so do the tests of faults, which share a Loket, and all
    others that start real processes."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(PROCESSES[0]):
            return PROCESSES[0]
        return "processes" if nodeid.startswith(PROCESSES) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SideBySide:
    return SideBySide(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_itemcollected(item: pytest.Item) -> None:
    """A browser test needs a browser; a test that starts real processes must lie where those stay together."""
    if item.get_closest_marker("proces"):
        assert item.nodeid.startswith(PROCESSES), f"{item.nodeid} starts processes: see PROCESSES in tests/conftest.py"
    if item.get_closest_marker("browser") and not chromium.CHROMIUM:
        item.add_marker(pytest.mark.skip("Chromium is not installed"))


@pytest.fixture(scope="session")
def _chromium() -> Iterator[Browser]:
    with chromium.launched() as browser:
        yield browser


@pytest.fixture
def browser(_chromium: Browser) -> Iterator[Browser]:
    """A browser in which nothing is open yet, and afterwards nothing any more."""
    yield _chromium
    for context in _chromium.contexts:
        context.close()


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Every test begins in Dutch: the language of a request stays with its thread, and so would reach the next test."""
    with translation.override("nl"):
        yield


@pytest.fixture(autouse=True)
def registries() -> Iterator[None]:
    """What a test registers is gone afterwards: the reference pages list what the house has."""
    known = dict(activities.registry), dict(acts.registry)
    yield
    for registry, before in zip((activities.registry, acts.registry), known, strict=True):
        registry.clear()  # type: ignore[attr-defined]
        registry.update(before)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def stad() -> Stad:
    """Lindewaard, drawn once: to draw it takes seconds."""
    return teken_stad()


@pytest.fixture
def met_stad(stad: Stad, monkeypatch: pytest.MonkeyPatch) -> Callable[[Organisatie], Stad]:
    """Puts the town in the register, with this municipality."""
    monkeypatch.setattr("loket.registers.plekken.commands.teken_stad", lambda seed: stad)
    return lambda gemeente: laad_stad(Actor.system("test"), {"gemeente": gemeente})


@pytest.fixture(scope="session")
def seed(django_db_setup: None) -> Iterator[Path]:
    """A stopped, empty installation with all tables: copy it (`data_folder(seed)`), do not start it.

    Its tables come from the tests' own template: to copy them takes a tenth of what making them again takes.
    """
    with data_folder() as data:
        with pytest.MonkeyPatch.context() as patch:
            for name in ("LOKET_SECRET", "LOKET_SECRET_FILE", "DATABASE_URL"):
                patch.delenv(name, raising=False)
            Installation(data).prepare(empty=True)
        server = embedded.start(data / "postgres")
        copy_template(to=server.url)
        server.stop()
        done = loket("migrate", "--data", str(data))
        assert done.returncode == 0, done.stderr
        yield data
