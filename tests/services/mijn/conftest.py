"""Two residents, two organisations, and a log of what was done with their data."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from loket.foundation.access.actor import Actor, Kind
from loket.foundation.audit import activities
from loket.foundation.audit.use import Use
from loket.foundation.identity.models import Gebruiker, Organisatie
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.time.clock import frozen

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BSN, OTHER_BSN = "999900006", "999900018"


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    """Monday 23 November 2026, 10.00 uur."""
    with frozen(NOW):
        yield


@pytest.fixture
def gemeente(db: None) -> Organisatie:
    return Organisatie.objects.create(
        naam="Gemeente Lindewaard",
        soort="gemeente",
        rsin="000000012",
        afkorting="LW",
        hoofd=True,
        telefoon="14 0199",
        email="hallo@lindewaard.voorbeeld.nl",
        adres="Stadhuis, Lindeplein 1",
    )


@pytest.fixture
def waterschap(db: None) -> Organisatie:
    return Organisatie.objects.create(
        naam="Waterschap Het Groene Tij", soort="waterschap", rsin="000000024", afkorting="GT"
    )


def resident(bsn: str) -> Gebruiker:
    pseudoniem = pseudonym("bsn", bsn)
    return Gebruiker.objects.create(soort="bewoner", gebruikersnaam=f"bewoner:{pseudoniem}", pseudoniem=pseudoniem)


@pytest.fixture
def hazelhoff(gemeente: Organisatie) -> Gebruiker:
    return resident(BSN)


@pytest.fixture
def ander(gemeente: Organisatie) -> Gebruiker:
    return resident(OTHER_BSN)


@pytest.fixture
def bij_hazelhoff(client: Client, hazelhoff: Gebruiker) -> Client:
    """The browser of T. Hazelhoff, logged in."""
    client.force_login(hazelhoff, "django.contrib.auth.backends.ModelBackend")
    return client


type Log = Callable[..., None]


@pytest.fixture
def log(gemeente: Organisatie) -> Log:
    """Writes lines of the data-use log: `log(wie, "stoep.bellen", op=…, organisatie=…, rol=…)`."""
    activities.register(
        "stoep.bellen", naam="Bellen over de stoep", doel="Om u te bellen over de stoep.", grondslag="Wegenwet"
    )
    activities.register("dakkapel.beslissen", naam="Beslissen", doel="Om te beslissen.", grondslag="Omgevingswet")

    def write(
        wie: Gebruiker,
        activiteit: str = "stoep.bellen",
        op: datetime = NOW,
        organisatie: Organisatie = gemeente,
        rol: str = "behandelaar",
        naam: str = "Idris Boukhari",
    ) -> None:
        kind: Kind = "bewoner" if rol == "bewoner" else "medewerker"
        actor = Actor(kind, naam=naam, organisatie=None if kind == "bewoner" else organisatie.id, functie=rol)
        with frozen(op):
            Use(actor, activiteit).log([wie.pseudoniem])

    return write
