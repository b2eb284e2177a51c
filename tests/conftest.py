"""What every test has."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Every test begins in Dutch: the language of a request stays with its thread, and so would reach the next test."""
    with translation.override("nl"):
        yield
