"""An organisation, an application of it that may do everything, a subscriber, and a courier that draws 0.5."""

from collections.abc import Iterator
from typing import Any

import pytest

from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import frozen
from loket.registers.notificaties.koerier import Koerier
from tests.apiclient import Client, met_alles
from tests.registers.notificaties.ontvanger import Ontvanger, luistert
from tests.registers.wereld import MAANDAG

ROOT = "/notificaties/api/v1"


@pytest.fixture
def organisatie(db: None) -> Iterator[Organisatie]:
    with frozen(MAANDAG):
        yield Organisatie.objects.create(naam="Gemeente Lindewaard", soort="gemeente", rsin="999905021", afkorting="LW")


@pytest.fixture
def client(organisatie: Organisatie) -> Client:
    return met_alles(organisatie.id, ROOT)


@pytest.fixture
def ontvanger(settings: Any) -> Iterator[Ontvanger]:
    settings.API_BEKENDEN = frozenset({"127.0.0.1"})
    with luistert() as found:
        yield found


@pytest.fixture
def koerier(db: None) -> Iterator[Koerier]:
    found = Koerier(kans=lambda: 0.5)
    yield found
    found.sluit()
