"""What the page of a reactie says of a promise to call, for who was promised it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from loket.foundation.time.clock import now
from loket.foundation.web.dates import clock_time
from loket.registers.klanten.beltijden import in_woorden
from loket.services.reacties.queries.bewoner import Reactie
from loket.services.reacties.queries.gesprek import belofte


@dataclass(frozen=True)
class Beloofd:
    """When we call, in words; who has it ('' for nobody by name); and whether that moment is over."""

    wanneer: str
    uiterlijk: str
    wie: str
    voorbij: bool


def beloofd(reactie: Reactie) -> Beloofd | None:
    """The promise that is open in this reactie; nothing for who says 'me too'."""
    if reactie.volger.meldt_mee or not reactie.open:
        return None
    found = belofte([deel.id for deel in reactie.delen if not deel.elders])
    if found is None:
        return None
    taal = get_language()
    return Beloofd(in_woorden(found.van, found.tot, taal), clock_time(found.tot, taal), found.wie, found.tot < now())
