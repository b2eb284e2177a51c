"""What one act of an employee is; the acts themselves stand in `handelingen` and `handelingen_klacht`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from loket.foundation.access.actor import Actor
from loket.foundation.web.extensions import Spot
from loket.registers.zaken.models import Zaak
from loket.services.reacties.forms_medewerker import HandelingForm

type Doe = Callable[[Actor, Zaak, Any], object]


@dataclass(frozen=True)
class Handeling:
    """One act. `recht`: the act it needs on the zaak; `gesloten`: for closed zaken instead of open ones; `doe(actor,
    zaak, form)` calls the command; `gedaan`: what the employee reads afterwards. `plek`: where it stands on
    the page (see `Act`); `intern`: the resident never sees it. `uitleg`: what happens when it is done. `samen`: it can
    be done with several zaken of a list at once, and is called so there."""

    code: str
    titel: Promise
    icoon: str
    form: type[HandelingForm]
    doe: Doe
    recht: str
    knop: Promise
    gedaan: Promise
    sneltoets: str = ""
    plek: Spot = "more"
    intern: bool = False
    gesloten: bool = False
    uitleg: Promise | str = ""
    volgorde: int = 100
    samen: Promise | str = ""
