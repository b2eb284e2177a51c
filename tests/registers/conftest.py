from collections.abc import Iterator

import pytest

from loket.foundation.time.clock import frozen
from tests.registers.wereld import MAANDAG, Plaats


@pytest.fixture
def lw(db: None) -> Iterator[Plaats]:
    """The municipality, on a Monday morning."""
    with frozen(MAANDAG):
        yield Plaats("LW")


@pytest.fixture
def gt(lw: Plaats) -> Plaats:
    """The water board."""
    return Plaats("GT")
