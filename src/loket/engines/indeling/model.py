"""A trained model: words with their weights, how certain it is, when it keeps silent, and how it is stored."""

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loket.engines.indeling.kenmerken import STOP, Geteld, stukken, tel, woorden

VORM = "loket-indeling-1"
GEWICHT = (1.0, 1.0, 1.5)
"""How much words, pieces of words, and what is known besides the text weigh together."""
MAX_UITLEG = 60
"""So many different words are weighed for the explanation."""
MAX_BYTES = 64_000_000
"""A model file larger than this is refused."""


class ModelFout(ValueError):
    """The file is not a model of ours, or not the one that was asked for."""


@dataclass(frozen=True)
class Voorspelling:
    """The likeliest class, how certain (0 to 1), whether that is enough to say it, and the words that weighed most."""

    label: str
    zekerheid: float
    zeker_genoeg: bool
    woorden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """`gewichten[k, n]`: how much feature k speaks for label n. `temperatuur` makes certainties honest (temperature
    scaling, Guo et al. 2017). Below `drempel` it says nothing; above 1 it never says anything."""

    labels: tuple[str, ...]
    kenmerken: tuple[str, ...]
    idf: NDArray[np.float32]
    gewichten: NDArray[np.float32]
    basis: NDArray[np.float32]
    temperatuur: float
    drempel: float
    over: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def nummers(self) -> dict[str, int]:
        """The row of each feature."""
        return {kenmerk: n for n, kenmerk in enumerate(self.kenmerken)}

    def voorspel(self, tekst: str, extra: Sequence[str] = (), alleen: Collection[str] = ()) -> Voorspelling | None:
        """The likeliest label (with `alleen`: of those), also when that is not certain enough; None when none of
        `alleen` is known, or no word of the text is."""
        geteld = tel(tekst, extra)
        bekend = any(naam in self.nummers for blok in geteld[:2] for naam in blok)
        if not bekend or (alleen and not any(label in alleen for label in self.labels)):
            return None
        nummers, waarden = vector(geteld, self.nummers, self.idf)
        gewichten = self.gewichten[nummers]
        punten = (waarden @ gewichten + self.basis).astype(np.float64)
        if alleen:
            punten[[label not in alleen for label in self.labels]] = -np.inf
        kansen = zacht(punten[None, :], self.temperatuur)[0]
        beste = int(np.argmax(kansen))
        zekerheid = float(kansen[beste])
        voor = waarden * (gewichten[:, beste] - gewichten.mean(axis=1))
        return Voorspelling(self.labels[beste], zekerheid, zekerheid >= self.drempel, self._omdat(tekst, nummers, voor))

    def zeg(self, tekst: str, extra: Sequence[str] = (), alleen: Collection[str] = ()) -> Voorspelling | None:
        """The likeliest label when it is certain enough, else None."""
        gedacht = self.voorspel(tekst, extra, alleen)
        return gedacht if gedacht is not None and gedacht.zeker_genoeg else None

    def _omdat(
        self, tekst: str, nummers: NDArray[np.int64], voor: NDArray[np.float32], aantal: int = 3
    ) -> tuple[str, ...]:
        """The words that speak most for a label above the others, each with its pieces: a compound that was never seen
        weighs by what is in it."""
        weegt = dict(zip(nummers.tolist(), voor.tolist(), strict=True))
        per = {
            woord: sum(weegt.get(self.nummers.get(deel, -1), 0.0) for deel in (f"w:{woord}", *stukken(woord)))
            for woord in list(dict.fromkeys(w for w in woorden(tekst) if w not in STOP))[:MAX_UITLEG]
        }
        beste = sorted(per, key=lambda woord: -per[woord])[:aantal]
        return tuple(woord for woord in beste if per[woord] > 0)

    def naar_bytes(self) -> bytes:
        """The file: a zip with JSON (no code, no pickle) and the numbers of NumPy; the same model, the same bytes."""
        kop = {
            "vorm": VORM,
            "labels": self.labels,
            "temperatuur": self.temperatuur,
            "drempel": self.drempel,
            "over": self.over,
        }
        uit = io.BytesIO()
        with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as bundel:
            delen = {
                "kop.json": json.dumps(kop, ensure_ascii=False, sort_keys=True).encode(),
                "kenmerken.txt": "\n".join(self.kenmerken).encode(),
                "idf.npy": _npy(self.idf.astype(np.float32)),
                "gewichten.npy": _npy(self.gewichten.astype(np.float16)),
                "basis.npy": _npy(self.basis.astype(np.float32)),
            }
            for naam, inhoud in delen.items():
                bundel.writestr(zipfile.ZipInfo(naam, (1980, 1, 1, 0, 0, 0)), inhoud, zipfile.ZIP_DEFLATED)
        return uit.getvalue()

    @classmethod
    def van_bytes(cls, inhoud: bytes, sha256: str = "") -> "Model":
        """The model in a file; with `sha256` only if that is its checksum. Raises ModelFout."""
        if sha256 and hashlib.sha256(inhoud).hexdigest() != sha256:
            raise ModelFout("The checksum of the model file is another.")
        try:
            with zipfile.ZipFile(io.BytesIO(inhoud)) as bundel:
                if sum(deel.file_size for deel in bundel.infolist()) > MAX_BYTES:
                    raise ModelFout("The model file is too large.")
                kop = json.loads(bundel.read("kop.json"))
                if kop["vorm"] != VORM:
                    raise ModelFout(f"Not a model of form {VORM}.")
                model = cls(
                    labels=tuple(kop["labels"]),
                    kenmerken=tuple(bundel.read("kenmerken.txt").decode().split("\n")),
                    idf=_van_npy(bundel.read("idf.npy")),
                    gewichten=_van_npy(bundel.read("gewichten.npy")),
                    basis=_van_npy(bundel.read("basis.npy")),
                    temperatuur=float(kop["temperatuur"]),
                    drempel=float(kop["drempel"]),
                    over=dict(kop["over"]),
                )
        except ModelFout:
            raise
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError, OSError) as fout:
            raise ModelFout("The file is not a model.") from fout
        rijen, kolommen = len(model.kenmerken), len(model.labels)
        if (
            model.gewichten.shape != (rijen, kolommen)
            or model.idf.shape != (rijen,)
            or model.basis.shape != (kolommen,)
        ):
            raise ModelFout("The parts of the model file do not fit.")
        return model


def vector(
    geteld: Geteld, nummers: dict[str, int], idf: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The known features of one text and their values: 1 + log(count), times idf, each block of length `GEWICHT`."""
    welke: list[int] = []
    waarden: list[float] = []
    for blok, gewicht in zip(geteld, GEWICHT, strict=True):
        eigen = [(nummers[naam], 1.0 + math.log(aantal)) for naam, aantal in blok.items() if naam in nummers]
        if not eigen:
            continue
        ruw = [waarde * float(idf[n]) for n, waarde in eigen]
        lengte = math.sqrt(sum(each * each for each in ruw)) or 1.0
        welke += [n for n, _ in eigen]
        waarden += [gewicht * each / lengte for each in ruw]
    return np.array(welke, np.int64), np.array(waarden, np.float32)


def zacht(punten: NDArray[np.float64], temperatuur: float) -> NDArray[np.float64]:
    """Softmax of each row, after division by the temperature."""
    geschaald = punten / temperatuur
    geschaald = np.exp(geschaald - geschaald.max(axis=1, keepdims=True))
    uit: NDArray[np.float64] = geschaald / geschaald.sum(axis=1, keepdims=True)
    return uit


def _npy(getallen: NDArray[Any]) -> bytes:
    uit = io.BytesIO()
    np.lib.format.write_array(uit, getallen, allow_pickle=False)
    return uit.getvalue()


def _van_npy(inhoud: bytes) -> NDArray[np.float32]:
    gelezen = np.lib.format.read_array(io.BytesIO(inhoud), allow_pickle=False)
    return gelezen.astype(np.float32)
