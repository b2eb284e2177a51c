"""How good suggestions are, on texts that were not learned from: the figures, and when to keep silent."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loket.engines.indeling.model import zacht

NOOIT = 1.01
"""A threshold that no certainty reaches: the model says nothing."""
LAAGST = 0.4
"""Below this certainty nothing is said, however often that turned out right: nobody believes a guess of 30 %."""
MIN_GEZEGD = 20
"""A threshold is chosen on at least so many suggestions."""
EEN_KANT = 0.84
"""z of the one-sided 80 % bound of Wilson: a threshold must reach the target with some room."""


@dataclass(frozen=True)
class Cijfers:
    """Of one way to suggest: `gezegd` of all, `goed` of those. `terughalen_macro`: the mean over the labels of how many
    of the label's texts got the right suggestion (silence counts as not found)."""

    aantal: int
    gezegd: int
    goed: int
    terughalen_macro: float

    @property
    def dekking(self) -> float:
        """The part of all texts for which something was said."""
        return self.gezegd / self.aantal if self.aantal else 0.0

    @property
    def precisie(self) -> float:
        """The part of what was said that was right."""
        return self.goed / self.gezegd if self.gezegd else 0.0

    def als_dict(self) -> dict[str, Any]:
        """For JSON, with the shares."""
        return asdict(self) | {"dekking": round(self.dekking, 4), "precisie": round(self.precisie, 4)}


@dataclass(frozen=True)
class Label:
    """Of one label: how many texts have it, how many times it was said, was said rightly, and was the likeliest of all
    when it had to choose (`als_het_moest`)."""

    label: str
    aantal: int
    gezegd: int
    goed: int
    als_het_moest: int


@dataclass(frozen=True)
class Meting:
    """The figures of a training, all on texts that were left out while learning."""

    voorbeelden: int
    groepen: int
    delen: int
    doel: float
    drempel: float
    model: Cijfers
    altijd: Cijfers
    """The model when it must always say something."""
    meerderheid: Cijfers
    """Always saying the most common label."""
    regels: Cijfers | None
    """What the rules that were there before suggest for the same texts."""
    labels: tuple[Label, ...]
    verwarring: tuple[tuple[str, str, int], ...]
    """What was said wrongly most often: the right label, what was said, how many times."""
    ijking: tuple[tuple[float, int, float, float], ...]
    """Tenths of certainty: the lower bound, how many, the mean certainty, the part that was right."""
    ijkfout: float
    """The mean distance between certainty and the part that was right (expected calibration error)."""
    weggelaten: dict[str, int] = field(default_factory=dict)
    """Labels with too few examples to learn, and how many they had."""

    def als_dict(self) -> dict[str, Any]:
        """For JSON."""
        uit = asdict(self)
        for naam in ("model", "altijd", "meerderheid", "regels"):
            deel: Cijfers | None = getattr(self, naam)
            uit[naam] = deel.als_dict() if deel is not None else None
        return uit


def tel_op(echt: Sequence[str], gezegd: Sequence[str | None]) -> Cijfers:
    """The figures of what was said (None: nothing) about texts that are `echt`."""
    per: Counter[str] = Counter(echt)
    goed = Counter(e for e, g in zip(echt, gezegd, strict=True) if e == g)
    macro = sum(goed[label] / aantal for label, aantal in per.items()) / len(per) if per else 0.0
    return Cijfers(len(echt), sum(g is not None for g in gezegd), goed.total(), round(macro, 4))


def wilson(goed: int, aantal: int, z: float = EEN_KANT) -> float:
    """The lower bound of a share (Wilson 1927)."""
    if not aantal:
        return 0.0
    p = goed / aantal
    midden = p + z * z / (2 * aantal)
    marge = z * math.sqrt(p * (1 - p) / aantal + z * z / (4 * aantal * aantal))
    return (midden - marge) / (1 + z * z / aantal)


def kies_drempel(zekerheid: NDArray[np.float64], klopt: NDArray[np.bool_], doel: float) -> float:
    """The lowest certainty from which on what is said is right in at least `doel` of cases, with room; `NOOIT` when
    there is none."""
    volgorde = np.argsort(-zekerheid, kind="stable")
    goed = 0
    gevonden = NOOIT
    for n, welke in enumerate(volgorde, 1):
        goed += bool(klopt[welke])
        laatste = n == len(volgorde) or zekerheid[volgorde[n]] < zekerheid[welke]
        if laatste and n >= MIN_GEZEGD and wilson(goed, n) >= doel:
            gevonden = max(float(zekerheid[welke]), LAAGST)
    return gevonden


def kies_temperatuur(punten: NDArray[np.float64], echt: NDArray[np.int64]) -> float:
    """The temperature with which the probabilities fit best (least negative log-likelihood), by golden section."""

    def verlies(log_t: float) -> float:
        kansen = zacht(punten, math.exp(log_t))
        return float(-np.log(np.maximum(kansen[np.arange(len(echt)), echt], 1e-12)).mean())

    laag, hoog, stap = math.log(0.05), math.log(5.0), (math.sqrt(5) - 1) / 2
    for _ in range(24):
        een, ander = hoog - stap * (hoog - laag), laag + stap * (hoog - laag)
        if verlies(een) < verlies(ander):
            hoog = ander
        else:
            laag = een
    return math.exp((laag + hoog) / 2)


def ijk(
    zekerheid: NDArray[np.float64], klopt: NDArray[np.bool_]
) -> tuple[tuple[tuple[float, int, float, float], ...], float]:
    """The tenths of certainty beside how often they were right, and the mean distance."""
    uit, fout = [], 0.0
    for tiende in range(10):
        in_deel = (zekerheid >= tiende / 10) & ((zekerheid < (tiende + 1) / 10) | (tiende == 9))
        aantal = int(in_deel.sum())
        if aantal:
            gedacht, waar = float(zekerheid[in_deel].mean()), float(klopt[in_deel].mean())
            uit.append((tiende / 10, aantal, round(gedacht, 4), round(waar, 4)))
            fout += aantal / len(klopt) * abs(gedacht - waar)
    return tuple(uit), round(fout, 4)
