from collections.abc import Iterator

import pytest

from loket.foundation.time.clock import frozen
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
