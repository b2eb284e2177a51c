"""What the resources of the Zaken API share: who may see and touch a zaak, and what a closed one allows."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.api.filters import key_of
from loket.foundation.api.problem import Fault, Problem
from loket.foundation.api.resource import Caller, Column, Field, Filter, Link, Resource, declare
from loket.foundation.api.sealed import sealed
from loket.foundation.api.write import Change, Row
from loket.foundation.identity.pseudonym import pseudonym
from loket.registers.catalogi.rules import rang

ROOT = "/zaken/api/v1"
GEFORCEERD = "zaken.geforceerd-bijwerken"
TOEGESTAAN = """{t}.zaaktype_id = any(%(zaken_typen)s::uuid[]) and ({t}.va_rang <= %(zaken_rang)s::smallint or
    {t}.va_rang <= (%(zaken_rangen)s::smallint[])[array_position(%(zaken_typen)s::uuid[], {t}.zaaktype_id)])"""
"""zrc-006: the zaaktype is among the caller's autorisaties, and the zaak not more confidential than they go. What the
lowest of them covers is seen without looking up the zaaktype."""


def van_zaak(kolom: str = "zaak_id") -> str:
    """The same, of the zaak that a row belongs to."""
    z = TOEGESTAAN.replace("{t}", "z")
    return f"exists (select 1 from zaken_zaak z where z.id = {{t}}.{kolom} and {z})"


ZAAK_LINK = Link("zaak", "{t}.zaak_id")
PER_ZAAK = {"zaak": Filter("{t}.zaak_id = %(zaak)s", key_of("zaak"))}


def resource(name: str, path: str, fields: Mapping[str, Field], filters: Mapping[str, Filter], **rest: Any) -> Resource:
    """Declare what belongs to a zaak; its table is called after it, unless `table` says otherwise."""
    rest.setdefault("table", f"zaken_{name}")
    rest.setdefault("permitted", van_zaak())
    return declare(Resource(name=name, root=ROOT, path=path, fields=fields, filters=filters, **rest))


def mag(actor: Actor, scope: str, zaak: Row) -> bool:
    """Whether the autorisaties of an application give it this scope for this zaak."""
    return actor.kind == "systeem" or actor.alles or any(
        grant.handeling == scope
        and grant.zaaktype == str(zaak["zaaktype_id"])
        and grant.max_va >= rang(zaak["vertrouwelijkheidaanduiding"])
        for grant in actor.grants
    )  # fmt: skip


def zrc_007(change: Change) -> Iterator[Fault]:
    """zrc-007: what belongs to a closed zaak changes only with the scope to force that. Raises Problem (403)."""
    zaak = change.old if change.resource.name == "zaak" else change.linked["zaak"]
    if zaak is not None and zaak["einddatum"] is not None and not mag(change.actor, GEFORCEERD, zaak):
        raise Problem(403, f"De zaak is afgesloten. Hiervoor is nodig: {GEFORCEERD}.")
    yield from ()


def zaak_van(change: Change) -> Row:
    """The zaak that what is written belongs to."""
    zaak = change.linked["zaak"]
    assert zaak is not None
    return zaak


def zelfde_zaaktype(change: Change, veld: str, naam: str) -> Iterator[Fault]:
    """zrc-016, 018, 019 and 020: what `veld` refers to belongs to the zaaktype of the zaak."""
    deel = change.linked.get(veld)
    if deel is not None and deel["zaaktype_id"] != zaak_van(change)["zaaktype_id"]:
        yield Fault(naam, "zaaktype-mismatch", "Dit hoort bij een ander zaaktype dan de zaak.")


def sleutel(row: Row) -> UUID:
    """The key of a row."""
    id: UUID = row["id"]
    return id


def verzegeld(caller: Caller, name: str, given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Who somebody is, as it is kept: a BSN sealed, with its pseudonym to find it by."""
    if not given or not given.get("inpBsn"):
        return dict(given) if given is not None else None
    bsn = str(given["inpBsn"])
    return {**given, "inpBsn": sealed(bsn), "_bsn": pseudonym("bsn", bsn)}


def wie(kolom: str) -> Column:
    """The column with who or what somebody or something is."""
    return Column(kolom, f"{{t}}.{kolom} - '_bsn'", verzegeld)
