"""Learning a model and measuring it. The only module that needs scikit-learn, which is imported when it is called."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loket.engines.indeling.gelijk import Gedeeld
from loket.engines.indeling.kenmerken import Geteld, tel
from loket.engines.indeling.meting import (
    NOOIT,
    Label,
    Meting,
    ijk,
    kies_drempel,
    kies_temperatuur,
    tel_op,
)
from loket.engines.indeling.model import Model, vector, zacht

MIN_PER_LABEL = 8
"""A label with fewer examples, or of fewer groups than there are parts, is not learned."""
MIN_VOORBEELDEN = 40
MIN_GROEPEN = 3
"""A word counts when so many different people wrote it: a name or a secret of one person never gets into a model."""
MAX_KENMERKEN = 20_000
DELEN = 4
NIET = -1
"""The part of what cannot be measured: every sentence of it was learned from."""
DOEL = 0.9
"""Of what is said, nine in ten must be right."""
C = 12.0
"""Inverse strength of the regularisation, chosen on the synthetic set of `bench/indeling_meting.py`."""


class TeWeinig(ValueError):
    """There are too few examples, or only one label, to learn anything from."""


@dataclass(frozen=True)
class Voorbeeld:
    """A text with its label. `groep`: whose it is (the person, or what else must not stand on both sides); `extra`:
    what was known besides the text; `regel`: what the rules suggested, to compare with."""

    tekst: str
    label: str
    groep: str
    extra: tuple[str, ...] = ()
    regel: str | None = None


def leer(
    voorbeelden: Sequence[Voorbeeld],
    *,
    seed: int,
    doel: float = DOEL,
    met_regels: bool = False,
    over: dict[str, Any] | None = None,
) -> tuple[Model, Meting]:
    """Learn a model from examples, and measure it by cross-validation: what a person wrote is in one part, and a
    sentence that several people wrote is either learned from or measured on. The certainty and the threshold for `doel`
    (the part of what is said that must be right) are chosen on other parts than they are measured on. Raises
    TeWeinig."""
    goede, weggelaten = _genoeg(voorbeelden)
    labels = tuple(sorted({each.label for each in goede}))
    if len(labels) < 2 or len(goede) < MIN_VOORBEELDEN:
        raise TeWeinig(f"{len(goede)} examples of {len(labels)} labels.")
    bak = _Bak(goede, labels, seed)
    deel = bak.verdeel()
    punten = np.zeros((len(goede), len(labels)))
    for k in range(DELEN):
        vak = bak.geleerd(k, np.flatnonzero(deel != k).tolist())
        for n in np.flatnonzero(deel == k).tolist():
            geteld = bak.gemeten(k, n)
            if geteld is None:
                deel[n] = NIET
            else:
                kolommen, waarden = vector(geteld, vak.nummers, vak.idf)
                punten[n] = waarden @ vak.gewichten[kolommen] + vak.basis
    welke = np.flatnonzero(deel != NIET)
    if len(set(deel[welke].tolist())) < DELEN:
        raise TeWeinig("Too few texts have wording of their own.")
    meting = _meet(bak, welke, punten[welke], deel[welke], doel, met_regels, weggelaten)
    temperatuur = kies_temperatuur(punten[welke], bak.echt[welke])
    kansen = zacht(punten[welke], temperatuur)
    drempel = kies_drempel(kansen.max(axis=1), kansen.argmax(axis=1) == bak.echt[welke], doel)
    alles = bak.pas([(n, tel(each.tekst, each.extra)) for n, each in enumerate(goede)])
    return replace(alles, temperatuur=temperatuur, drempel=drempel, over=over or {}), meting


def _genoeg(voorbeelden: Sequence[Voorbeeld]) -> tuple[list[Voorbeeld], dict[str, int]]:
    """The examples of labels that can be learned, and the other labels with how many they had."""
    aantal = Counter(each.label for each in voorbeelden)
    groepen = defaultdict(set)
    for each in voorbeelden:
        groepen[each.label].add(each.groep)
    goed = {label for label, n in aantal.items() if n >= MIN_PER_LABEL and len(groepen[label]) >= DELEN}
    return [each for each in voorbeelden if each.label in goed], {
        label: n for label, n in sorted(aantal.items()) if label not in goed
    }


class _Bak:
    """The examples, counted once, for all parts."""

    def __init__(self, voorbeelden: Sequence[Voorbeeld], labels: tuple[str, ...], seed: int) -> None:
        self.voorbeelden, self.labels, self.seed = voorbeelden, labels, seed
        self.echt = np.array([labels.index(each.label) for each in voorbeelden], np.int64)
        nummers: dict[str, int] = {}
        self.groepen = np.array([nummers.setdefault(each.groep, len(nummers)) for each in voorbeelden], np.int64)
        self._gedeeld = Gedeeld([each.tekst for each in voorbeelden], self.groepen, DELEN, seed)

    def verdeel(self) -> NDArray[np.int64]:
        """In which part each example is measured: a group stays together, by a checksum of its name."""
        per = {each.groep: zlib.crc32(f"{self.seed}:{each.groep}".encode()) % DELEN for each in self.voorbeelden}
        return np.array([per[each.groep] for each in self.voorbeelden], np.int64)

    def geleerd(self, k: int, welke: Iterable[int]) -> Model:
        """The model of part k."""
        return self.pas([(n, tel(self._gedeeld.geleerd(n, k), self.voorbeelden[n].extra)) for n in welke])

    def gemeten(self, k: int, n: int) -> Geteld | None:
        """What part k is measured on; None when nothing of the text is left."""
        tekst = self._gedeeld.gemeten(n, k)
        return tel(tekst, self.voorbeelden[n].extra) if tekst else None

    def pas(self, geteld: Sequence[tuple[int, Geteld]]) -> Model:
        """Learn from these examples; what is said of them is in `geteld`."""
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression

        kenmerken, idf = self._woordenschat(geteld)
        nummers = {naam: n for n, naam in enumerate(kenmerken)}
        rijen, waarden, grens = [], [], [0]
        for _n, blokken in geteld:
            kolommen, getallen = vector(blokken, nummers, idf)
            rijen.append(kolommen)
            waarden.append(getallen)
            grens.append(grens[-1] + len(kolommen))
        vorm = (len(geteld), len(kenmerken))
        x = csr_matrix((np.concatenate(waarden), np.concatenate(rijen), np.array(grens)), shape=vorm)
        machine = LogisticRegression(C=C, max_iter=60, tol=1e-3, random_state=self.seed)
        machine.fit(x, self.echt[[n for n, _ in geteld]])
        gewichten = np.zeros((len(kenmerken), len(self.labels)), np.float32)
        basis = np.full(len(self.labels), -20.0, np.float32)  # a label that this part lacks
        if len(machine.classes_) == 2:
            gewichten[:, machine.classes_] = np.hstack([-machine.coef_.T, machine.coef_.T]) / 2
            basis[machine.classes_] = np.array([-machine.intercept_[0], machine.intercept_[0]]) / 2
        else:
            gewichten[:, machine.classes_] = machine.coef_.T
            basis[machine.classes_] = machine.intercept_
        return Model(self.labels, kenmerken, idf, gewichten, basis, 1.0, NOOIT)

    def _woordenschat(self, geteld: Sequence[tuple[int, Geteld]]) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        """The features that enough different people used, the most common first, and how rare each is."""
        wie: dict[str, set[int]] = defaultdict(set)
        keer: Counter[str] = Counter()
        for n, blokken in geteld:
            groep = int(self.groepen[n])
            for blok in blokken:
                keer.update(blok.keys())
                for naam in blok:
                    mensen = wie[naam]
                    if len(mensen) < MIN_GROEPEN:
                        mensen.add(groep)
        namen = [naam for naam, mensen in wie.items() if len(mensen) >= MIN_GROEPEN]
        namen = sorted(namen, key=lambda naam: (-keer[naam], naam))[:MAX_KENMERKEN]
        idf = np.array([1.0 + np.log((1 + len(geteld)) / (1 + keer[naam])) for naam in namen], np.float32)
        return tuple(namen), idf


def _meet(
    bak: _Bak,
    welke: NDArray[np.int64],
    punten: NDArray[np.float64],
    deel: NDArray[np.int64],
    doel: float,
    met_regels: bool,
    weggelaten: dict[str, int],
) -> Meting:
    """The figures of the examples `welke`; temperature and threshold of each part come from the other parts."""
    voorbeelden, waar = [bak.voorbeelden[n] for n in welke], bak.echt[welke]
    zekerheid = np.zeros(len(deel))
    gedacht = np.zeros(len(deel), np.int64)
    gezegd: list[str | None] = [None] * len(deel)
    drempels = []
    for k in range(DELEN):
        ander, dit = deel != k, np.flatnonzero(deel == k)
        temperatuur = kies_temperatuur(punten[ander], waar[ander])
        elders = zacht(punten[ander], temperatuur)
        drempel = kies_drempel(elders.max(axis=1), elders.argmax(axis=1) == waar[ander], doel)
        drempels.append(drempel)
        hier = zacht(punten[dit], temperatuur)
        zekerheid[dit], gedacht[dit] = hier.max(axis=1), hier.argmax(axis=1)
        for n in dit:
            if zekerheid[n] >= drempel:
                gezegd[n] = bak.labels[gedacht[n]]
    echt = [each.label for each in voorbeelden]
    altijd = [bak.labels[n] for n in gedacht]
    vaakst = Counter(echt).most_common(1)[0][0]
    ijking, ijkfout = ijk(zekerheid, gedacht == waar)
    fouten = Counter((e, g) for e, g in zip(echt, gezegd, strict=True) if g is not None and g != e)
    per = Counter(echt)
    return Meting(
        voorbeelden=len(echt),
        groepen=len(set(bak.groepen[welke].tolist())),
        delen=DELEN,
        doel=doel,
        drempel=float(np.mean(drempels)),
        model=tel_op(echt, gezegd),
        altijd=tel_op(echt, altijd),
        meerderheid=tel_op(echt, [vaakst] * len(echt)),
        regels=tel_op(echt, [each.regel for each in voorbeelden]) if met_regels else None,
        labels=tuple(
            Label(
                label,
                per[label],
                sum(g == label for g in gezegd),
                sum(e == g == label for e, g in zip(echt, gezegd, strict=True)),
                sum(e == g == label for e, g in zip(echt, altijd, strict=True)),
            )
            for label in bak.labels
        ),
        verwarring=tuple((e, g, n) for (e, g), n in sorted(fouten.items(), key=lambda each: (-each[1], each[0]))[:12]),
        ijking=ijking,
        ijkfout=ijkfout,
        weggelaten=weggelaten,
    )
