"""What the tests of mail share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loket.foundation.access.actor import Actor, Grant
from loket.foundation.database.ids import uuid7
from loket.foundation.identity.models import Organisatie

from .smtpd import Box, server


@pytest.fixture
def box(settings: Any, tmp_path: Path) -> Iterator[Box]:
    """A mail server, set up."""
    settings.DATA_DIR = tmp_path
    with server() as started:
        settings.MAIL_URL = started.url
        settings.MAIL_FROM = "Loket <loket@lindewaard.voorbeeld.nl>"
        yield started


@pytest.fixture
def lindewaard(db: None) -> Organisatie:
    return Organisatie.objects.create(
        naam="Gemeente Lindewaard",
        soort="gemeente",
        rsin="000000012",
        afkorting="LW",
        hoofd=True,
        telefoon="14 0199",
        email="post@lindewaard.voorbeeld.nl",
        adres="Lindeplein 1",
    )


@pytest.fixture
def beheerder(lindewaard: Organisatie) -> Actor:
    return Actor(
        "medewerker",
        id=uuid7(),
        naam="Bas Beheer",
        organisatie=lindewaard.id,
        grants=(Grant("beheer.mail", lindewaard.id, "", 4, "organisatie"),),
    )
