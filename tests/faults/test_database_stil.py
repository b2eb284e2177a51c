"""The database hangs: it takes connections and says nothing, as on a machine that is frozen or swaps. Nothing is
refused, so nothing fails by itself."""

import pytest

from tests.assembly.running import stopped
from tests.faults.conftest import Proef
from tests.faults.uitval import iedereen_hoort_het, terwijl_mensen_sturen

pytestmark = pytest.mark.proces


def test_a_database_that_hangs_is_told_in_words_and_nothing_is_lost(proef: Proef) -> None:
    with (
        terwijl_mensen_sturen(proef, "geduldig@voorbeeld.nl", 40) as bezoeker,
        stopped({proef.loket.parent_of("postgres")}),  # first, so that it makes no other
        stopped(proef.loket.of("postgres")),
    ):
        iedereen_hoort_het(proef, bezoeker)
