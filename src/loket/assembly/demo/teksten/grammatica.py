"""A tiny grammar for sentences: `[a|b]` is a choice, `{naam}` a slot, `xy> ` at the start the threads it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Union

Slots = Mapping[str, Callable[[], str]]
_Deel = Union[str, "_Slot", "_Keuze"]
_DRAAD = re.compile(r"^([a-z]{1,8})> ")
_NA_PUNT = re.compile(r"(?<=[a-z0-9]{3}[.?!] )[a-z](?=[a-z]{2})")
_TEKEN = re.compile(r"[\[\]|]|\{[a-z_]+\}")


@dataclass(frozen=True, slots=True)
class _Slot:
    naam: str


@dataclass(frozen=True, slots=True)
class _Keuze:
    takken: tuple[tuple[_Deel, ...], ...]


def kies[T](rng: Random, rij: Sequence[T]) -> T:
    """One element of a sequence. Uses only `rng.random()`, whose stream is the same in every version of Python."""
    return rij[int(rng.random() * len(rij))]


def kans(rng: Random, p: float) -> bool:
    """True with probability `p` (0 to 1)."""
    return rng.random() < p


@dataclass(frozen=True, slots=True)
class Zin:
    """One compiled pattern. `draden` are the threads it belongs to; empty means: it fits everywhere."""

    draden: str
    delen: tuple[_Deel, ...]

    def past(self, draad: str) -> bool:
        """True when this sentence may stand in a text that follows this thread."""
        return not self.draden or (draad != "" and draad in self.draden)

    def maak(self, rng: Random, slots: Slots) -> str:
        """The sentence with its choices made and slots filled, first letter a capital. KeyError for an unknown slot."""
        uit: list[str] = []
        _vul(self.delen, rng, slots, uit)
        tekst = " ".join("".join(uit).split()).replace(" .", ".").replace(" ,", ",")
        tekst = _NA_PUNT.sub(lambda m: m.group().upper(), tekst)
        return tekst[:1].upper() + tekst[1:]


def _vul(delen: tuple[_Deel, ...], rng: Random, slots: Slots, uit: list[str]) -> None:
    for deel in delen:
        if isinstance(deel, str):
            uit.append(deel)
        elif isinstance(deel, _Slot):
            uit.append(slots[deel.naam]())
        else:
            _vul(kies(rng, deel.takken), rng, slots, uit)


def lees(patroon: str) -> Zin:
    """Compile a pattern. Raises ValueError when brackets do not match."""
    draden = ""
    if m := _DRAAD.match(patroon):
        draden, patroon = m.group(1), patroon[m.end() :]
    delen, einde = _lees(patroon, 0, diep=False)
    if einde != len(patroon):
        raise ValueError(f"haken kloppen niet: {patroon!r}")
    return Zin(draden, delen[0])


def _lees(patroon: str, i: int, *, diep: bool) -> tuple[list[tuple[_Deel, ...]], int]:
    takken: list[tuple[_Deel, ...]] = []
    delen: list[_Deel] = []
    while m := _TEKEN.search(patroon, i):
        if m.start() > i:
            delen.append(patroon[i : m.start()])
        i, teken = m.end(), m.group()
        if teken == "[":
            binnen, i = _lees(patroon, i, diep=True)
            delen.append(_Keuze(tuple(binnen)))
        elif teken[0] == "{":
            delen.append(_Slot(teken[1:-1]))
        elif not diep:
            raise ValueError(f"{teken!r} buiten haken: {patroon!r}")
        elif teken == "|":
            takken.append(tuple(delen))
            delen = []
        else:
            return [*takken, tuple(delen)], i
    if diep:
        raise ValueError(f"haak niet gesloten: {patroon!r}")
    if i < len(patroon):
        delen.append(patroon[i:])
    return [tuple(delen)], len(patroon)
