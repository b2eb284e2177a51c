"""The database is gone for a while: people get a clear page, nothing is lost, it comes back without hands."""

import os
import signal
import threading
import time

import pytest
from bench.lader import Gezien, Lader, concepten

from tests.assembly.running import alive, until
from tests.faults.browser import Browser
from tests.faults.conftest import Proef

pytestmark = pytest.mark.proces

BINNEN = 3.0
"""Seconds within which whoever asks is told."""


@pytest.mark.parametrize("seconden", [20.0])
def test_a_database_that_is_gone_is_told_in_words_and_nothing_is_lost(proef: Proef, seconden: float) -> None:
    """The supervisor is held still meanwhile, because it would start the database again within a second."""
    voor = proef.waarde("select count(*) from zaken_zaak")
    bezoeker = proef.browser().vul_in("De put zit verstopt.", email="volhouder@voorbeeld.nl")
    koekjes = concepten(proef.loket.url(), proef.geheim, 60)
    gezien: list[Gezien] = []
    lader = Lader(proef.loket.port, koekjes, 6.0, geduld=120)
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
                een_duidelijke_bladzijde(proef, pad)
            gevraagd = time.monotonic()
            geweigerd = bezoeker.post("/melden/controleren")
            assert geweigerd.status == 503, "nobody is given a number that does not exist"
            assert time.monotonic() - gevraagd < BINNEN
        assert proef.browser().get("/static/web/loket.css").status == 200, "what needs no database goes on"
    finally:
        os.kill(proef.loket.popen.pid, signal.SIGCONT)
    until(proef.loket.healthy, 40, "healthy without hands")
    nummer = verstuur(bezoeker)
    intussen.join(timeout=150)
    assert gezien, "every click was answered in the end"
    nummers = [nummer, *gezien[0].bevestigd]
    assert len(set(nummers)) == len(koekjes) + 1, gezien[0].anders
    assert bestaan(proef, nummers) == len(nummers)
    assert proef.waarde("select count(*) from zaken_zaak") == voor + len(nummers)
    until(lambda: "volhouder@voorbeeld.nl" in proef.box.to(), 60, "confirmed")


def verstuur(bezoeker: Browser) -> str:
    """The last click, again as the page says: each web process finds by itself that the database is back, which takes
    a moment after the first of them is healthy."""
    until(lambda: bezoeker.post("/melden/controleren").status == 302, 10, "received")
    return bezoeker.verstuur()


def bestaan(proef: Proef, nummers: list[str]) -> int:
    """How many zaken have one of these numbers."""
    return int(proef.waarde("select count(*) from zaken_zaak where identificatie = any(%s)", (nummers,)))


def een_duidelijke_bladzijde(proef: Proef, pad: str) -> None:
    """Words within three seconds, and nothing of the inside of the machine."""
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
