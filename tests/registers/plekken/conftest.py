from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.identity.models import Organisatie
from loket.registers.plekken import commands
from loket.registers.plekken.stad.soorten import Stad


@pytest.fixture(scope="module")
def kaart(stad: Stad, django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Organisatie]]:
    """Lindewaard in the register, for all tests of one module; rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        gemeente = Organisatie.objects.create(
            naam="Gemeente Lindewaard", soort="gemeente", rsin="900000001", afkorting="LW"
        )
        waterschap = Organisatie.objects.create(
            naam="Waterschap Het Groene Tij", soort="waterschap", rsin="900000002", afkorting="GT"
        )
        met = {"gemeente": gemeente, "waterschap": waterschap}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(commands, "teken_stad", lambda seed: stad)
            commands.laad_stad(Actor.system("test"), met)
        yield met
        transaction.set_rollback(True)
