"""The Catalogi API 1.3.3, as far as it is served: reading. Zaaktypen are made by definition files."""

from pathlib import Path

from loket.foundation.api.contract import Contract
from loket.foundation.api.lane import Api, reads
from loket.registers.catalogi.hulpbronnen import RESOURCES, ROOT

API = Api(
    root=ROOT,
    contract=Contract(Path(__file__).parent),
    handlers={id: handler for each in RESOURCES for id, handler in reads(each).items()},
)
