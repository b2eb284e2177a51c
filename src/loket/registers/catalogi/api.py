"""The Catalogi API 1.3.3: every resource is read and written by its declaration; publishing is an act of its own."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from loket.foundation.api.changes import changed
from loket.foundation.api.clashes import worded
from loket.foundation.api.contract import Contract
from loket.foundation.api.handlers import reads, writes, written
from loket.foundation.api.lane import Answer, Api, Call
from loket.foundation.api.write import Change, Writes, locked
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import execute
from loket.foundation.events.outbox import publish
from loket.registers.catalogi.events import ZaaktypeGepubliceerd
from loket.registers.catalogi.hulpbronnen import delen, typen
from loket.registers.catalogi.hulpbronnen.basis import ROOT


def publiceren(declared: Writes) -> Callable[[Call], Answer]:
    """The handler of `_publish`: a type is taken into use, from its beginGeldigheid on. Publishing what is published
    changes nothing; a version that overlaps with another is refused (ztc-016)."""
    resource = declared.resource

    def publiceer(call: Call) -> Answer:
        assert call.key is not None
        with transaction.atomic():
            old = locked(declared, call.caller(), call.key)
            change = Change(call.actor, call.caller(), resource, "update", {}, call.key, {**old, "concept": False}, old)
            if old["concept"]:
                with worded(declared.clashes):
                    execute(f"update {resource.table} set concept = false where id = %s", (call.key,))
                _meld(declared, change)
        return written(resource, call, change)

    return publiceer


def _meld(declared: Writes, change: Change) -> None:
    assert declared.channel is not None
    organisatie, soort = change.new["organisatie_id"], declared.resource.name
    record(change.actor, f"{soort}.publish", soort, change.key, organisatie=organisatie)
    changed(
        change.actor, declared.channel, declared.resource, change.key, change.key, "update", organisatie=organisatie
    )
    if soort == "zaaktype":
        publish(
            ZaaktypeGepubliceerd(
                subject=change.key,
                organisatie=organisatie,
                identificatie=change.new["identificatie"],
                begin_geldigheid=str(change.new["begin_geldigheid"]),
            )
        )


SCHRIJVEN = (*typen.SCHRIJVEN, *delen.SCHRIJVEN)
API = Api(
    root=ROOT,
    contract=Contract(
        Path(__file__).parent,
        waived={
            "InformatieObjectType": ("zaaktypeIdentificaties", "besluittypeOmschrijving"),
            "ZaakObjectType": ("catalogus",),
        },
    ),
    handlers={
        **{id: handler for each in SCHRIJVEN for id, handler in reads(each.resource).items()},
        **{id: handler for each in SCHRIJVEN for id, handler in writes(each).items() if id != "catalogus_destroy"},
        **{f"{each.resource.name}_publish": publiceren(each) for each in typen.SCHRIJVEN[1:]},
    },
)
