"""What somebody never gets to see, whatever rights there are: the things that are about him or her.

Pages that list what happened (the trail, the use of data, the queue of mail) know no domain and so cannot ask whether a
zaak is about its reader; a room that knows says so from its apps.py.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from loket.foundation.access.actor import Actor

registry: dict[str, Callable[[UUID], Collection[UUID]]] = {}


def register(room: str, hidden_from: Callable[[UUID], Collection[UUID]]) -> None:
    """Let a room say which of its things (their keys) are hidden from the employee with this key."""
    registry[room] = hidden_from


def hidden(actor: Actor) -> list[UUID]:
    """The keys of everything that this employee never gets to see; nothing for anybody else."""
    if actor.kind != "medewerker" or actor.id is None:
        return []
    return sorted({key for hidden_from in registry.values() for key in hidden_from(actor.id)})
