from collections.abc import Iterator
from uuid import UUID

import pytest

from loket.foundation.access.actor import Actor, Grant
from loket.foundation.channels import adapters, commands
from loket.foundation.channels.adapters import Soort
from loket.foundation.channels.models import Kanaal
from loket.foundation.channels.rules import BEHEER
from loket.foundation.identity.models import Organisatie, Team
from tests.foundation.channels.proef import Proef


@pytest.fixture
def adapter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proef]:
    proef = Proef()
    monkeypatch.setitem(adapters._soorten, "proef", Soort("proef", "Proef", "", proef))
    yield proef


@pytest.fixture
def team(db: None) -> Team:
    lw = Organisatie.objects.create(naam="Gemeente Lindewaard", soort="gemeente", rsin="1", afkorting="LW")
    return Team.objects.create(organisatie=lw, naam="Klantcontact", lijn=1)


def beheerder(organisatie: UUID) -> Actor:
    """An administrator of this organisation."""
    return Actor(
        "medewerker",
        naam="Beheerder",
        organisatie=organisatie,
        grants=(Grant(BEHEER, organisatie, "", 4, "organisatie"),),
    )


@pytest.fixture
def kanaal(team: Team, adapter: Proef) -> Kanaal:
    return commands.maak_kanaal(beheerder(team.organisatie_id), soort="proef", naam="Proef", team=team.id)[0]
