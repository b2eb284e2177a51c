"""What the things are called that a line in a log is about. A room that has them says so from its apps.py; the logs
themselves hold keys only."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Names:
    """`find(organisatie, text)`: the keys of what an employee calls so; `label(keys)`: what each is called."""

    find: Callable[[UUID, str], list[UUID]]
    label: Callable[[Collection[UUID]], dict[UUID, str]]


registry: dict[str, Names] = {}


def register(soort: str, names: Names) -> None:
    """Add the names of one kind of object ('zaak'), as `record` and `Use` call it."""
    registry[soort] = names


def find(soort: str, organisatie: UUID, text: str) -> list[UUID]:
    """The keys of what an employee calls `text`; none for a kind without names."""
    names = registry.get(soort)
    return names.find(organisatie, text) if names else []


def labels(things: Iterable[tuple[str, UUID | None]]) -> dict[UUID, str]:
    """What these things are called, as far as their room knows."""
    asked: dict[str, set[UUID]] = {}
    for soort, key in things:
        if key is not None and soort in registry:
            asked.setdefault(soort, set()).add(key)
    return {key: name for soort, keys in asked.items() for key, name in registry[soort].label(keys).items()}
