"""What the tests of incoming mail share: a mailbox, and the listener on a port of this machine."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from loket.foundation.identity.models import Organisatie, Team
from loket.foundation.inbox.models import Postvak
from loket.foundation.inbox.rules import Where
from loket.foundation.inbox.server import Listener

MAIL = (
    b"From: Joke <joke@voorbeeld.nl>\r\nTo: post@lw.voorbeeld.nl\r\nSubject: De lamp\r\n"
    b"Message-ID: <een@voorbeeld.nl>\r\n\r\nDe lamp is stuk.\r\n.\r\nGroet,\r\nJoke\r\n"
)


@contextmanager
def luister(*, lmtp: bool = False, timeout: float = 20.0) -> Iterator[int]:
    """The listener in a loop of its own; the port."""
    loop, klaar = asyncio.new_event_loop(), threading.Event()
    gestart: dict[str, Any] = {}

    async def begin() -> None:
        gestart["listener"] = Listener("loket.voorbeeld.nl", timeout)
        gestart["port"] = await gestart["listener"].start(Where(lmtp, "127.0.0.1", 0))

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(begin())
        klaar.set()
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert klaar.wait(10)
    try:
        yield gestart["port"]
    finally:
        asyncio.run_coroutine_threadsafe(gestart["listener"].stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@pytest.fixture
def organisatie(db: None) -> Organisatie:
    return Organisatie.objects.create(
        naam="Gemeente Lindewaard", soort="gemeente", rsin="000000012", afkorting="LW", email="post@lw.voorbeeld.nl"
    )


@pytest.fixture
def maak_postvak(organisatie: Organisatie) -> Callable[[str], Postvak]:
    """Makes a mailbox with this address."""

    def maak(adres: str) -> Postvak:
        team = Team.objects.create(organisatie=organisatie, naam=f"Team {adres}", lijn=1)
        return Postvak.objects.create(organisatie=organisatie, adres=adres, naam=adres, team=team)

    return maak


@pytest.fixture
def postvak(maak_postvak: Callable[[str], Postvak]) -> Postvak:
    return maak_postvak("post@lw.voorbeeld.nl")


@pytest.fixture
def bestanden(settings: Any, tmp_path: Path) -> Path:
    """Where files are stored."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "bestanden"


@pytest.fixture
def poort(transactional_db: None, bestanden: Path, postvak: Postvak) -> Iterator[int]:
    """The listener, with one mailbox."""
    with luister() as port:
        yield port
    connection.close()
