"""The database is gone for a while: people get a clear page, nothing is lost, it comes back without hands."""

import os
import signal

import pytest

from tests.assembly.running import alive, stopped, until
from tests.faults.conftest import Proef
from tests.faults.uitval import iedereen_hoort_het, terwijl_mensen_sturen

pytestmark = pytest.mark.proces


def test_a_database_that_is_gone_is_told_in_words_and_nothing_is_lost(proef: Proef) -> None:
    """The supervisor is held still meanwhile, because it would start the database again within a second."""
    server, allen = proef.loket.parent_of("postgres"), proef.loket.of("postgres")
    with (
        terwijl_mensen_sturen(proef, "volhouder@voorbeeld.nl", 60) as bezoeker,
        stopped({proef.loket.popen.pid}),
    ):
        os.kill(server, signal.SIGQUIT)
        until(lambda: not alive(allen), 10, "the database gone")
        iedereen_hoort_het(proef, bezoeker)
