"""The Besluiten API 1.1.0: both resources by their declaration."""

from pathlib import Path

from loket.foundation.api.audittrail import audittrail
from loket.foundation.api.contract import Contract
from loket.foundation.api.handlers import reads, writes
from loket.foundation.api.lane import Api
from loket.registers.besluiten.hulpbronnen import (
    BESLUIT,
    BESLUIT_SCHRIJVEN,
    BESLUITINFORMATIEOBJECT_SCHRIJVEN,
    ROOT,
)

CONTRACT = Contract(Path(__file__).parent)
_MOGELIJK = {
    id.replace("_retrieve", "_read").replace("_destroy", "_delete"): handler
    for id, handler in {
        **{id: each for soort in (BESLUIT_SCHRIJVEN, BESLUITINFORMATIEOBJECT_SCHRIJVEN) for id, each in {
            **reads(soort.resource), **writes(soort)}.items()},
        **audittrail(BESLUIT),
    }.items()
}  # fmt: skip
API = Api(
    root=ROOT,
    contract=CONTRACT,
    handlers={id: each for id, each in _MOGELIJK.items() if id in {each.id for each in CONTRACT.operations}},
)
