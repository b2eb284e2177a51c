"""Tidying up at night: sessions that ended, and counters of failed logins that no longer count."""

from datetime import timedelta

from django.core.management import call_command

from loket.foundation.database.sql import execute
from loket.foundation.jobs.queue import periodic
from loket.foundation.time.clock import now


@periodic("17 3 * * *", "identity.opruimen")
def tidy() -> None:
    """Remove sessions that have expired, and counters older than a day."""
    call_command("clearsessions")
    execute("delete from loket_identity_inlogrem where sinds < %s", (now() - timedelta(days=1),))
