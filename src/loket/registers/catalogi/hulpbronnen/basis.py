"""What the resources of the Catalogi API share: validity, status, and what belongs to a zaaktype."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from loket.foundation.api.changes import Channel
from loket.foundation.api.filters import day, key_of, one_of, text
from loket.foundation.api.problem import Fault, invalid
from loket.foundation.api.resource import Caller, Column, Field, Filter, Link, Resource, declare
from loket.foundation.api.write import Change
from loket.foundation.errors import Refused
from loket.registers.catalogi import rules

ROOT = "/catalogi/api/v1"
GEFORCEERD = "catalogi.geforceerd-schrijven"


def geldig(t: str, dag: str = "dag") -> str:
    """SQL: the version is in force on a day."""
    return (
        f"{t}.begin_geldigheid <= %({dag})s::date"
        f" and ({t}.einde_geldigheid is null or {t}.einde_geldigheid >= %({dag})s::date)"
    )


def _als_duur(caller: Caller, name: str, given: Any) -> str:
    try:
        rules.controleer_duur(given or "", name)
    except Refused as refused:
        raise invalid(name, "invalid", refused.message) from None
    return given or ""


def duur(kolom: str) -> Column:
    """A period of ISO 8601, null when it is not there."""
    return Column(kolom, f"nullif({{t}}.{kolom}, '')", _als_duur)


def groep(kolom: str, *velden: str) -> Column:
    """A group of fields, kept as one, that the standard always shows, also when nothing is in it."""
    leeg = ", ".join(f"'{veld}', ''" for veld in velden)
    return Column(kolom, f"coalesce({{t}}.{kolom}, jsonb_build_object({leeg}))")


STATUS = one_of("alles", "concept", "definitief")
_PER_STATUS = "(%(status)s::text = 'alles' or {t}.concept = (%(status)s::text = 'concept'))"
_OP_DAG = geldig("{t}", "datumGeldigheid")


def van_zaaktype(kolom: str) -> str:
    """SQL: a column of the zaaktype that a row belongs to."""
    return f"(select z.{kolom} from catalogi_zaaktype z where z.id = {{t}}.zaaktype_id)"


def bij_zaaktype(where: str) -> str:
    """SQL: a condition on the zaaktype that a row belongs to."""
    z = where.replace("{t}", "z")
    return f"exists (select 1 from catalogi_zaaktype z where z.id = {{t}}.zaaktype_id and {z})"


_GELDIGHEID = {
    "beginGeldigheid": "begin_geldigheid",
    "eindeGeldigheid": "einde_geldigheid",
    "beginObject": "begin_object",
    "eindeObject": "einde_object",
}
VERSIE: Mapping[str, Field] = {naam: Column(kolom) for naam, kolom in _GELDIGHEID.items()}
VERSIE_VAN_ZAAKTYPE: Mapping[str, Field] = {naam: van_zaaktype(kolom) for naam, kolom in _GELDIGHEID.items()}
PER_STATUS = {"status": Filter(_PER_STATUS, STATUS, "definitief"), "datumGeldigheid": Filter(_OP_DAG, day)}
DEEL: Mapping[str, Field] = {
    "zaaktype": Link("zaaktype", "{t}.zaaktype_id"),
    "zaaktypeIdentificatie": van_zaaktype("identificatie"),
    "catalogus": Link("catalogus", van_zaaktype("catalogus_id")),
}
DEEL_FILTERS = {
    "zaaktype": Filter("{t}.zaaktype_id = %(zaaktype)s", key_of("zaaktype")),
    "zaaktypeIdentificatie": Filter(bij_zaaktype("{t}.identificatie = %(zaaktypeIdentificatie)s"), text),
    "status": Filter(bij_zaaktype(_PER_STATUS), STATUS, "definitief"),
    "datumGeldigheid": Filter(bij_zaaktype(_OP_DAG), day),
}


def resource(name: str, path: str, fields: Mapping[str, Field], filters: Mapping[str, Filter], **rest: Any) -> Resource:
    """Declare a resource of this API; its table is called after it, unless `table` says otherwise."""
    rest.setdefault("table", f"catalogi_{name}")
    return declare(Resource(name=name, root=ROOT, path=path, fields=fields, filters=filters, **rest))


def kanaal(naam: str, hoofdobject: str) -> Channel:
    """Where the versions of a type are announced."""
    return Channel(naam, "ztc", hoofdobject, {"catalogus": f"'{ROOT}/catalogussen/' || {{t}}.catalogus_id"})


# --- rules, as the engine calls them --------------------------------------------------------------------------------


def ztc_009(change: Change) -> Iterator[Fault]:
    """See `rules.ztc_009`."""
    if change.old is not None and not change.actor.may(GEFORCEERD):
        weg = ["alles"] if change.actie == "destroy" else []
        rules.ztc_009(change.old["concept"], weg or change.differs)
    yield from ()


def ztc_009_verwijderen(change: Change) -> None:
    """A published type is removed only with the right to force that."""
    if not change.actor.may("catalogi.geforceerd-verwijderen"):
        assert change.old is not None
        rules.ztc_009(change.old["concept"], ["alles"])


def ztc_010(change: Change) -> Iterator[Fault]:
    """See `rules.ztc_010`: a correctie of what there is may be forced, a removal never."""
    zaaktype = change.linked["zaaktype"]
    if zaaktype is not None and (change.actie == "destroy" or not change.actor.may(GEFORCEERD)):
        rules.ztc_010(zaaktype["concept"], change.differs or ["alles"])
    yield from ()


def zelfde_geldigheid(change: Change) -> Iterator[Fault]:
    """The validity of a part is that of its zaaktype: what is sent of it must be the same (ZTC 1.3)."""
    zaaktype = change.linked["zaaktype"]
    for naam, kolom in _GELDIGHEID.items():
        gegeven = change.given.get(naam)
        if gegeven and zaaktype is not None and gegeven != str(zaaktype[kolom] or ""):
            yield Fault(naam, "invalid", "Een deel is geldig zolang zijn zaaktype dat is: laat dit veld weg.")


def zelfde_zaaktype(naam: str) -> Callable[[Change], Iterator[Fault]]:
    """The rule that what a part refers to in the field `naam` is a part of the same zaaktype."""

    def rule(change: Change) -> Iterator[Fault]:
        found = change.linked.get(naam)
        if found is not None and found["zaaktype_id"] != change.new["zaaktype_id"]:
            yield Fault(naam, "zaaktype-mismatch", "Dit hoort bij een ander zaaktype.")

    return rule


DEEL_REGELS = (ztc_010, zelfde_geldigheid)
