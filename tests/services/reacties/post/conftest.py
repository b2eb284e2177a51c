"""One world for all tests of a module, on one Friday afternoon."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.time.clock import frozen
from tests.services.reacties.mensen import medewerker
from tests.services.reacties.post.hulp import LOKET
from tests.services.reacties.test_post_in import vak
from tests.services.reacties.wereld import VRIJDAG, Wereld


@pytest.fixture(scope="module")
def wereld(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[tuple[Wereld, Actor]]:
    """One world for all tests here; gone afterwards."""
    with django_db_blocker.unblock(), frozen(VRIJDAG), transaction.atomic():  # type: ignore[attr-defined]
        lw = Wereld("LW", "Gemeente Lindewaard")
        vak(lw, LOKET, "Loket")
        yield lw, medewerker(lw, "Fenna Wierda", lw.een)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def elk_op_zich(wereld: tuple[Wereld, Actor]) -> Iterator[None]:
    """Nothing that a test does stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def lw(wereld: tuple[Wereld, Actor]) -> Wereld:
    return wereld[0]


@pytest.fixture
def fenna(wereld: tuple[Wereld, Actor]) -> Actor:
    return wereld[1]
