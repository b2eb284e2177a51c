"""What the tests of logging in share."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.core.cache import cache

from loket.foundation.identity.models import Gebruiker, Organisatie

from .broker import RESIDENT, STAFF, Broker


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Broker]:
    """A broker that both residents and employees log in with."""
    broker = Broker()
    settings.OIDC_PROVIDERS = [RESIDENT, STAFF]
    monkeypatch.setattr(requests.Session, "request", lambda self, *args, **kw: broker.request(self, *args, **kw))
    cache.clear()
    yield broker
    cache.clear()


@pytest.fixture
def organisatie(db: None) -> Organisatie:
    return Organisatie.objects.create(
        naam="Gemeente Lindewaard", soort="gemeente", rsin="000000012", afkorting="LW", hoofd=True, telefoon="14 0199"
    )


@pytest.fixture
def nadia(organisatie: Organisatie, settings: Any) -> Gebruiker:
    """An employee with a password, made quickly."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STAFF_PASSWORD = True
    nadia = Gebruiker(
        soort="medewerker",
        organisatie=organisatie,
        gebruikersnaam="n.elzinga",
        naam="Nadia Elzinga",
        email="N.Elzinga@lindewaard.voorbeeld.nl",
    )
    nadia.set_password("juist paard batterij nietje")
    nadia.save()
    return nadia
