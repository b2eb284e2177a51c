"""The views on the work: which zaken each shows, under which heading, with which count. The order is the menu's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from loket.foundation.access.actor import Actor
from loket.foundation.errors import NotFound
from loket.registers.zaken.queries import Filter, Tellingen

if TYPE_CHECKING:
    from django.utils.functional import Promise

type Soort = Literal["new", "late", "quiet"]


@dataclass(frozen=True)
class Weergave:
    """One view. `filter(actor, team)` is what it shows; `telling` names its count in `Tellingen`, and `laat` the part
    that is too late. `van_mij`: under 'Van mij', else under the name of the team."""

    code: str
    titel: "Promise | str"
    uitleg: "Promise | str"
    van_mij: bool
    filter: Callable[[Actor, UUID | None], Filter]
    telling: str
    laat: str = ""
    nieuw: bool = False


WEERGAVEN = (
    Weergave(
        "mijn",
        _("Mijn werk"),
        _("zaken die u behandelt, kortste termijn eerst"),
        True,
        lambda actor, team: Filter(behandelaar=actor.id),
        "mijn",
        "mijn_te_laat",
    ),
    Weergave(
        "triage",
        _("Triage"),
        _("wachten, kortste termijn eerst"),
        False,
        lambda actor, team: Filter(team=team, vrij=True),
        "triage",
        "triage_te_laat",
        nieuw=True,
    ),
    Weergave(
        "team",
        _("Mijn team"),
        _("zaken van uw team"),
        False,
        lambda actor, team: Filter(team=team),
        "team",
    ),
    Weergave(
        "wacht-op-bewoner",
        _("Wacht op bewoner"),
        _("zaken die wachten op antwoord van de bewoner"),
        False,
        lambda actor, team: Filter(team=team, wacht_op="bewoner"),
        "wacht_op_bewoner",
    ),
    Weergave(
        "tweede-lijn",
        _("Bij de tweede lijn"),
        _("zaken bij een team van de tweede lijn"),
        False,
        lambda actor, team: Filter(lijn=2),
        "tweede_lijn",
    ),
    Weergave(
        "te-laat",
        _("Te laat"),
        _("zaken van uw team waarvan de laatste dag voorbij is"),
        False,
        lambda actor, team: Filter(team=team, te_laat=True),
        "te_laat",
        "te_laat",
    ),
)


@dataclass(frozen=True)
class Regel:
    """A view in the menu, with its count as it is shown."""

    weergave: Weergave
    aantal: int
    soort: Soort


def weergave(code: str) -> Weergave:
    """The view with this code. Raises NotFound."""
    for each in WEERGAVEN:
        if each.code == code:
            return each
    raise NotFound(f"There is no view {code!r}.")


def menu(tellingen: Tellingen) -> tuple[list[Regel], list[Regel]]:
    """The views under 'Van mij' and under the team. A count is red only when it counts what is too late."""
    regels = [
        Regel(
            each,
            getattr(tellingen, each.laat) if each.laat == each.telling else getattr(tellingen, each.telling),
            "late" if each.laat == each.telling and getattr(tellingen, each.laat) else "new" if each.nieuw else "quiet",
        )
        for each in WEERGAVEN
    ]
    return [r for r in regels if r.weergave.van_mij], [r for r in regels if not r.weergave.van_mij]
