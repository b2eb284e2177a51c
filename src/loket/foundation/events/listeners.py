"""Listening: a function of a room that is handed batches of the events it asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from loket.foundation.events.event import Delivery, Event

type Handler = Callable[[Sequence[Delivery]], None]


@dataclass(frozen=True)
class Registration:
    """One listener of the house: its lasting name (its place in the outbox hangs on it), types and function."""

    name: str
    types: frozenset[str]
    handle: Handler


registry: dict[str, Registration] = {}


def listen(*events: type[Event], name: str) -> Callable[[Handler], Handler]:
    """Register a listener. The function gets batches in order per subject, inside a transaction that also moves its
    place in the outbox, so what it writes in the database happens once. What it does outside the database must be
    idempotent by `Delivery.id`. When it raises, the batch is offered again one by one and the one that fails waits,
    together with later events of the same subject, with growing pauses."""

    def register(handle: Handler) -> Handler:
        if name in registry and registry[name].handle.__qualname__ != handle.__qualname__:
            raise ValueError(f"Two listeners are called {name!r}.")
        registry[name] = Registration(name, frozenset(event.type for event in events), handle)
        return handle

    return register
