"""Tidying up at night: files that nobody refers to, such as the photos of a form that was never sent."""

from datetime import timedelta

from loket.foundation.jobs.queue import periodic
from loket.foundation.storage.files import sweep
from loket.foundation.storage.keepers import kept
from loket.foundation.time.clock import now


@periodic("50 3 * * *", "storage.opruimen")
def tidy() -> None:
    """Remove files that no room has referred to for two days."""
    sweep(kept, now() - timedelta(days=2))
