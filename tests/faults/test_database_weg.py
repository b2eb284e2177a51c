"""The database is gone for a while: people get a clear page, nothing is lost, it comes back without hands."""

import os
import signal
import threading
import time

import pytest
from bench.lader import Gezien, Lader, concepten

from tests.assembly.running import alive, until
from tests.faults.conftest import Proef

pytestmark = pytest.mark.proces

BINNEN = 3.0
"""Seconds within which whoever asks is told."""


@pytest.mark.parametrize("seconden", [5.0])
def test_a_database_that_is_gone_is_told_in_words_and_nothing_is_lost(proef: Proef, seconden: float) -> None:
    """`seconden` may be 20: the same happens, only longer. The supervisor is held still meanwhile, because it would
    start the database again within a second."""
    voor = proef.waarde("select count(*) from zaken_zaak")
    bezoeker = proef.browser().vul_in("De put zit verstopt.", email="volhouder@voorbeeld.nl")
    koekjes = concepten(proef.loket.url(), proef.geheim, 60)
    gezien: list[Gezien] = []
    lader = Lader(proef.loket.port, koekjes, 6.0, geduld=90)
    intussen = threading.Thread(target=lambda: gezien.append(lader.rijd()))
    server = proef.loket.parent_of("postgres")
    allen = proef.loket.of("postgres")
    intussen.start()
    os.kill(proef.loket.popen.pid, signal.SIGSTOP)
    try:
        os.kill(server, signal.SIGQUIT)
        until(lambda: not alive(allen), 10, "the database gone")
        begin = time.monotonic()
        while time.monotonic() - begin < seconden:
            for pad in ("/", "/zo-tellen-wij", f"/volg/{proef.weet['sleutel']}"):
                _een_duidelijke_bladzijde(proef, pad)
            gevraagd = time.monotonic()
            geweigerd = bezoeker.post("/melden/controleren")
            assert geweigerd.status == 503, "nobody is given a number that does not exist"
            assert time.monotonic() - gevraagd < BINNEN
        assert proef.browser().get("/static/web/loket.css").status == 200, "what needs no database goes on"
    finally:
        os.kill(proef.loket.popen.pid, signal.SIGCONT)
    until(proef.loket.healthy, 40, "healthy without hands")
    nummer = bezoeker.verstuur()
    intussen.join(timeout=120)
    nummers = [nummer, *gezien[0].bevestigd]
    assert len(set(nummers)) == len(koekjes) + 1, gezien[0].anders
    assert proef.waarde("select count(*) from zaken_zaak where identificatie = any(%s)", (nummers,)) == len(nummers)
    assert proef.waarde("select count(*) from zaken_zaak") == voor + len(nummers)
    until(lambda: "volhouder@voorbeeld.nl" in proef.box.to(), 40, "confirmed")


def _een_duidelijke_bladzijde(proef: Proef, pad: str) -> None:
    begin = time.monotonic()
    antwoord = proef.browser().get(pad)
    duur = time.monotonic() - begin
    assert antwoord.status == 503, f"{pad} answered {antwoord.status}"
    assert duur < BINNEN, f"{pad} took {duur:.1f} s"
    assert "Loket werkt nu even niet" in antwoord.woorden
    assert "Loket is not working just now" in antwoord.woorden
    assert int(antwoord.headers["retry-after"]) > 0
    for lek in ("Traceback", "psycopg", "OperationalError", "postgres"):
        assert lek not in antwoord.html
