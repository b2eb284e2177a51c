"""The load of `bench/indienen.py`, small, and its own check afterwards."""

import pytest
from bench import indienen
from bench.lader import Lader, concepten

from tests.faults.conftest import Proef

pytestmark = pytest.mark.proces


def test_a_small_load_is_received_confirmed_and_leaves_nothing_waiting(proef: Proef) -> None:
    database = proef.loket.url()
    gezien = Lader(proef.loket.port, concepten(database, proef.geheim, 20), 20.0, hooguit=8).rijd()
    assert len(gezien.bevestigd) == len(gezien.seconden) == 20, gezien.anders
    assert indienen.leeg(database, 60) is not None
    uitkomst = indienen.controleer(database, gezien)
    assert uitkomst.pop("mail_p95") < indienen.MAIL_P95
    assert uitkomst == {"weg": 0, "dubbel": 0, "zonder_mail": 0}
