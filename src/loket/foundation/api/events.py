"""What every API announces when one of its objects was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from loket.foundation.events.event import Event


@dataclass(frozen=True, kw_only=True)
class ObjectGewijzigd(Event):
    """An object of an API was made, changed or removed: what a notification of the ZGW standard says of it. `subject`
    is the key of the hoofdobject; `hoofdobject` and `object` are paths on this Loket (`/zaken/api/v1/zaken/…`), `actie`
    is create, update, partial_update or destroy. A value in `kenmerken` that begins with `/` is such a path too."""

    type: ClassVar[str] = "nl.loket.api.object.gewijzigd"
    kanaal: str
    resource: str
    actie: str
    hoofdobject: str
    object: str
    kenmerken: Mapping[str, str] = field(default_factory=dict)
