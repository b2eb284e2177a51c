"""The database is away, while people go on: what both ways in which that happens have in common."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.lader import Gezien, Lader, concepten

from tests.assembly.running import until
from tests.faults.browser import Browser
from tests.faults.conftest import Proef

SECONDEN = 20.0
"""How long it is away."""
BINNEN = 3.0
"""Seconds within which whoever asks is told."""
PADEN = ("/", "/zo-tellen-wij", "/volg/{sleutel}")


@contextmanager
def terwijl_mensen_sturen(proef: Proef, email: str, aantal: int) -> Iterator[Browser]:
    """People press 'Verstuur', `aantal` of them, and one who stands before it, whom one gets. When the block is done
    the database is back, without hands everything is well, and each of them got a number of a zaak that is there."""
    voor = proef.waarde("select count(*) from zaken_zaak")
    bezoeker = proef.browser().vul_in("De put zit verstopt.", email=email)
    koekjes = concepten(proef.loket.url(), proef.geheim, aantal)
    gezien: list[Gezien] = []
    lader = Lader(proef.loket.port, koekjes, 6.0, geduld=120)
    intussen = threading.Thread(target=lambda: gezien.append(lader.rijd()))
    intussen.start()
    yield bezoeker
    proef.loket.until_healthy()
    # each web process finds by itself that the database is back, a moment after the first of them is healthy
    until(lambda: bezoeker.post("/melden/controleren").status == 302, 10, "received")
    nummer = bezoeker.verstuur()
    intussen.join(timeout=150)
    assert gezien, "every click was answered in the end"
    nummers = [nummer, *gezien[0].bevestigd]
    assert len(set(nummers)) == aantal + 1, gezien[0].anders
    assert proef.waarde("select count(*) from zaken_zaak where identificatie = any(%s)", (nummers,)) == len(nummers)
    assert proef.waarde("select count(*) from zaken_zaak") == voor + len(nummers)
    until(lambda: email in proef.box.to(), 60, "confirmed")


def iedereen_hoort_het(proef: Proef, bezoeker: Browser) -> None:
    """For as long as it is away, everybody who asks is told in words, nobody is given a number that does not exist, and
    what needs no database goes on."""
    begin = time.monotonic()
    while time.monotonic() - begin < SECONDEN:
        for pad in PADEN:
            een_duidelijke_bladzijde(proef, pad.format(**proef.weet))
        gevraagd = time.monotonic()
        assert bezoeker.post("/melden/controleren").status == 503
        assert time.monotonic() - gevraagd < BINNEN
        # each web process answers the health check with what it saw at most a second ago
        if gevraagd - begin > BINNEN:
            assert proef.loket.get()[0] == 503, "the health check says so too"
    assert proef.browser().get("/static/web/loket.css").status == 200


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
