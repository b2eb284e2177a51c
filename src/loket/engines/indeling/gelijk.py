"""Which sentences are nearly the same: MinHash over pairs of words (Broder 1997), in bands.

What is measured must be wording that was not learned from. Whole texts are seldom alike, sentences are: a form letter,
a neighbour's text, a set phrase. So a sentence that several people wrote is learned from or measured on, never both.
"""

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from loket.engines.indeling.kenmerken import MAX_TEKENS, woorden

BANDEN, RIJEN = 16, 3
"""Two sentences that share half of their pairs of words meet in a band with probability 0.88; at 20 %, 0.12."""
_PRIEM = np.uint64((1 << 61) - 1)
_EINDE = re.compile(r"[.!?;\n]+")


def zinnen(tekst: str) -> list[str]:
    """The sentences of a text that have words."""
    return [deel for deel in _EINDE.split(tekst[:MAX_TEKENS]) if woorden(deel)]


def trossen(alle: Sequence[str], seed: int = 0) -> list[int]:
    """For each sentence the number of its cluster: sentences that are nearly the same, directly or through others."""
    rng = np.random.default_rng(seed)
    keer = rng.integers(1, 1 << 31, BANDEN * RIJEN, dtype=np.uint64)
    plus = rng.integers(0, 1 << 31, BANDEN * RIJEN, dtype=np.uint64)
    macht = np.array([1, 1_000_003, 998_244_353], np.uint64)
    ouder: list[int] = []
    eerste: dict[tuple[int, int], int] = {}
    zelfde: dict[str, int] = {}
    uit: list[int] = []

    def top(n: int) -> int:
        while ouder[n] != n:
            ouder[n] = ouder[ouder[n]]
            n = ouder[n]
        return n

    for zin in alle:
        sleutel = " ".join(rij := woorden(zin))
        if sleutel not in zelfde:
            zelfde[sleutel] = nummer = len(ouder)
            ouder.append(nummer)
            paren = {f"{een} {ander}" for een, ander in pairwise(rij)} or {sleutel}
            hashes = np.array([zlib.crc32(paar.encode()) for paar in sorted(paren)], np.uint64)
            minima = ((hashes[:, None] * keer + plus) % _PRIEM).min(axis=0).reshape(BANDEN, RIJEN)
            for band, waarde in enumerate((minima * macht).sum(axis=1, dtype=np.uint64).tolist()):
                ander = eerste.setdefault((band, waarde), nummer)
                ouder[top(nummer)] = top(ander)
        uit.append(zelfde[sleutel])
    nummers: dict[int, int] = {}
    return [nummers.setdefault(top(n), len(nummers)) for n in uit]


class Gedeeld:
    """The texts as sentences, and which of those several groups wrote. `gemeten` and `geleerd` are the two sides
    of part k."""

    def __init__(self, teksten: Sequence[str], groepen: NDArray[np.int64], delen: int, seed: int) -> None:
        self._zinnen = [zinnen(tekst) for tekst in teksten]
        nummers = iter(trossen([zin for rij in self._zinnen for zin in rij], seed))
        self._trossen = [[next(nummers) for _ in rij] for rij in self._zinnen]
        wie: dict[int, set[int]] = {}
        for groep, rij in zip(groepen.tolist(), self._trossen, strict=True):
            for tros in rij:
                wie.setdefault(tros, set()).add(groep)
        self._kant = {tros: n % delen for n, tros in enumerate(t for t, mensen in wie.items() if len(mensen) > 1)}

    def gemeten(self, n: int, k: int) -> str:
        """Of text n what part k is measured on: the sentences that part k does not learn from."""
        paren = zip(self._zinnen[n], self._trossen[n], strict=True)
        return ". ".join(zin for zin, tros in paren if self._kant.get(tros, k) == k)

    def geleerd(self, n: int, k: int) -> str:
        """Of text n what part k learns from: all but the sentences that it is measured on."""
        paren = zip(self._zinnen[n], self._trossen[n], strict=True)
        return ". ".join(zin for zin, tros in paren if self._kant.get(tros) != k)
