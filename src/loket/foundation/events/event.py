"""The shape of an event: one small frozen class with a docstring, CloudEvents on the wire (NL GOV profile)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec

registry: dict[str, type["Event"]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to `subject`, in the file of `organisatie`. Subclasses name their `type` once.

    `type` is a CloudEvents type in reverse domain form, such as `nl.loket.zaken.zaak.gemaakt`; fields hold keys and
    plain values, never personal data: listeners look those up, with a purpose.
    """

    type: ClassVar[str]
    subject: UUID
    organisatie: UUID

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        other = registry.setdefault(cls.type, cls)
        if (other.__module__, other.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"Two events have the type {cls.type}: {other!r} and {cls!r}.")

    def data(self) -> dict[str, Any]:
        """The fields of this event beyond subject and organisatie, as JSON knows them."""
        fields: dict[str, Any] = msgspec.to_builtins(self)
        del fields["subject"], fields["organisatie"]
        return fields


def restore(type: str, subject: UUID, organisatie: UUID, data: dict[str, Any]) -> Event:
    """The event again from its row in the outbox. Raises KeyError for a type that no room publishes any more."""
    return msgspec.convert(
        {**data, "subject": str(subject), "organisatie": str(organisatie)}, registry[type], strict=False
    )


@dataclass(frozen=True)
class Delivery:
    """An event on its way to one listener. `id` is the same at every attempt: be idempotent by it."""

    id: UUID
    time: datetime
    event: Event


def cloudevent(id: UUID, time: datetime, event: Event, source: str) -> dict[str, Any]:
    """The event as CloudEvents 1.0 JSON following the NL GOV profile (source is a URN or URL of this Loket)."""
    return {
        "specversion": "1.0",
        "id": str(id),
        "source": source,
        "type": event.type,
        "subject": str(event.subject),
        "time": time.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": {**event.data(), "organisatie": str(event.organisatie)},
    }
