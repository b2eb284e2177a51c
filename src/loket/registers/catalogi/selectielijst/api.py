"""The selection list for whoever asks, in the shapes of the public API: programs that point there can point here."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from loket.foundation.api.contract import Contract
from loket.foundation.api.lane import PER_PAGE, Answer, Api, Call
from loket.foundation.api.problem import Problem, invalid
from loket.registers.catalogi.selectielijst import lijst
from loket.registers.catalogi.selectielijst.lijst import Omschrijving, Procestype, Resultaat, Soort


def _vorm(call: Call, soort: Soort, row: Procestype | Resultaat | Omschrijving) -> dict[str, Any]:
    """A row as it is answered: its addresses are here."""
    vorm: dict[str, Any] = msgspec.to_builtins(row)
    vorm["url"] = f"{call.root}/{soort}/{row.uuid}"
    if isinstance(row, Resultaat):
        vorm["procesType"] = f"{call.root}/procestypen/{row.procestype}"
        vorm["procestermijnWeergave"] = row.procestermijn_weergave or lijst.WEERGAVE.get(row.procestermijn, "")
    return vorm


def _een(soort: Soort) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        row = getattr(lijst.huidig(), soort).get(call.key)
        if row is None:
            raise Problem(404)
        return Answer(_vorm(call, soort, row))

    return handler


def procestypen(call: Call) -> Answer:
    """procestypen_list: all, or those of one `jaar`."""
    jaar = call.query.get("jaar")
    found: Iterable[Procestype] = lijst.huidig().procestypen.values()
    return Answer([_vorm(call, "procestypen", each) for each in found if jaar is None or str(each.jaar) == jaar])


def omschrijvingen(call: Call) -> Answer:
    """resultaattypeomschrijvinggeneriek_list: all."""
    found = lijst.huidig().resultaattypeomschrijvingen.values()
    return Answer([_vorm(call, "resultaattypeomschrijvingen", each) for each in found])


def resultaten(call: Call) -> Answer:
    """resultaten_list: a page of all, or of those of one procestype (its URL or uuid; both spellings of the parameter
    are used in the field)."""
    found = list(lijst.huidig().resultaten.values())
    for name in ("procesType", "proces_type"):
        if name in call.query:
            procestype = _procestype(name, call.query[name])
            found = [each for each in found if each.procestype == procestype]
    first = (call.page() - 1) * PER_PAGE
    rows = [_vorm(call, "resultaten", each) for each in found[first : first + PER_PAGE]]
    return Answer(call.paginated(len(found), PER_PAGE, rows))


def _procestype(name: str, given: str) -> UUID:
    try:
        return UUID(given.rstrip("/").rpartition("/")[2])
    except ValueError:
        raise invalid(name, "invalid", "Dit is geen adres van een procestype.") from None


API = Api(
    root=lijst.ROOT,
    contract=Contract(Path(__file__).parent),
    handlers={
        "procestypen_list": procestypen,
        "procestypen_retrieve": _een("procestypen"),
        "resultaten_list": resultaten,
        "resultaten_retrieve": _een("resultaten"),
        "resultaattypeomschrijvinggeneriek_list": omschrijvingen,
        "resultaattypeomschrijvinggeneriek_retrieve": _een("resultaattypeomschrijvingen"),
    },
)
