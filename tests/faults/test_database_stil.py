"""The database hangs: it takes connections and says nothing, as on a machine that is frozen or swaps. Nothing is
refused, so nothing fails by itself."""

import contextlib
import os
import signal
import threading
import time

import pytest
from bench.lader import Gezien, Lader, concepten

from tests.assembly.running import until
from tests.faults.conftest import Proef
from tests.faults.test_database_weg import BINNEN, bestaan, een_duidelijke_bladzijde, verstuur

pytestmark = pytest.mark.proces


@pytest.mark.parametrize("seconden", [20.0])
def test_a_database_that_hangs_is_told_in_words_and_nothing_is_lost(proef: Proef, seconden: float) -> None:
    voor = proef.waarde("select count(*) from zaken_zaak")
    bezoeker = proef.browser().vul_in("De put zit verstopt.", email="geduldig@voorbeeld.nl")
    koekjes = concepten(proef.loket.url(), proef.geheim, 40)
    gezien: list[Gezien] = []
    lader = Lader(proef.loket.port, koekjes, 6.0, geduld=120)
    intussen = threading.Thread(target=lambda: gezien.append(lader.rijd()))
    allen = proef.loket.of("postgres")
    intussen.start()
    for pid in allen:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    try:
        begin = time.monotonic()
        while time.monotonic() - begin < seconden:
            for pad in ("/", "/zo-tellen-wij", f"/volg/{proef.weet['sleutel']}"):
                een_duidelijke_bladzijde(proef, pad)
            gevraagd = time.monotonic()
            assert bezoeker.post("/melden/controleren").status == 503
            assert time.monotonic() - gevraagd < BINNEN
            assert proef.loket.get()[0] == 503, "the health check says so too"
        assert proef.browser().get("/static/web/loket.css").status == 200, "what needs no database goes on"
    finally:
        for pid in allen:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
    until(proef.loket.healthy, 40, "healthy without hands")
    nummer = verstuur(bezoeker)
    intussen.join(timeout=150)
    assert gezien, "every click was answered in the end"
    nummers = [nummer, *gezien[0].bevestigd]
    assert len(set(nummers)) == len(koekjes) + 1, gezien[0].anders
    assert bestaan(proef, nummers) == len(nummers)
    assert proef.waarde("select count(*) from zaken_zaak") == voor + len(nummers)
    until(lambda: "geduldig@voorbeeld.nl" in proef.box.to(), 60, "confirmed")
