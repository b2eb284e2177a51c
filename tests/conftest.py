"""What every test has."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from loket.foundation.access import acts
from loket.foundation.audit import activities


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
