"""An organisation, and an application of it that may do everything."""

import pytest

from loket.foundation.identity.models import Organisatie
from tests.apiclient import Client, met_alles


@pytest.fixture
def organisatie(db: None) -> Organisatie:
    return Organisatie.objects.create(naam="Gemeente Lindewaard", soort="gemeente", rsin="999905021", afkorting="LW")


@pytest.fixture
def client(organisatie: Organisatie) -> Client:
    return met_alles(organisatie.id, "/autorisaties/api/v1")
