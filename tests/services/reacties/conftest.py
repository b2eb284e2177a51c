from collections.abc import Iterator

import pytest

from loket.foundation.access.actor import Actor
from loket.foundation.time.clock import frozen
from tests.services.reacties.mensen import medewerker
from tests.services.reacties.wereld import VRIJDAG, Wereld


@pytest.fixture
def lw(db: None) -> Iterator[Wereld]:
    """The municipality, on a Friday afternoon."""
    with frozen(VRIJDAG):
        yield Wereld("LW", "Gemeente Lindewaard")


@pytest.fixture
def gt(lw: Wereld) -> Wereld:
    """The water board."""
    return Wereld("GT", "Waterschap Het Groene Tij", "waterschap")


@pytest.fixture
def fenna(lw: Wereld) -> Actor:
    """The first line, who answers the telephone."""
    return medewerker(lw, "Fenna Wierda", lw.een)


@pytest.fixture
def ruud(lw: Wereld) -> Actor:
    """The second line."""
    return medewerker(lw, "Ruud Kleibergen", lw.wegen)
