"""Files that a room refers to stay; the others go, but never while nobody says what is used."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from loket.foundation.storage import files, jobs, keepers
from loket.foundation.time.clock import frozen, now


@pytest.fixture
def alone() -> Iterator[None]:
    before = dict(keepers._keepers)
    keepers._keepers.clear()
    yield
    keepers._keepers.clear()
    keepers._keepers.update(before)


def test_what_a_room_refers_to_stays_and_the_rest_goes_after_two_days(alone: None) -> None:
    used, unused = files.store(b"in use"), files.store(b"never sent")
    keepers.keep("test", lambda keys: {key for key in keys if key == used.sha256})
    jobs.tidy()
    assert files.exists(unused.sha256), "it may belong to a change that is still being made"
    with frozen(now() + timedelta(days=3)):
        jobs.tidy()
    assert files.exists(used.sha256)
    assert not files.exists(unused.sha256)


def test_when_no_room_says_what_it_uses_nothing_is_removed(alone: None) -> None:
    kept = files.store(b"precious")
    with frozen(now() + timedelta(days=3)), pytest.raises(RuntimeError):
        jobs.tidy()
    assert files.exists(kept.sha256)
