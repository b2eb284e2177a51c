"""A suggestion costs at most 20 ms (p95): team and subject of one new reactie, with the words that weighed most.

A model of the size that a municipality has (20,000 features) and texts of up to 4,000 characters, with the trefwoorden;
one core, nothing kept between texts but the model. Ours: the p95 of one suggestion; peer: the limit. Also: loading the
file, and its size.
"""

import argparse
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from bench.indeling_meting import teksten
from bench.opstelling import milliseconden, uitslag, zeg

GRENS_MS = 20.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rook", action="store_true", help="a few, to see that it runs")
    keuze = parser.parse_args()
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.assembly.settings")
    import django

    django.setup()
    from loket.engines.indeling.kenmerken import tel
    from loket.engines.indeling.leren import MAX_KENMERKEN
    from loket.engines.indeling.model import Model
    from loket.services.reacties.voorstel import daarbij

    lijst = [t[0] for t in teksten(200 if keuze.rook else 2000, toets=False, seed=1)]
    rng, maken = Random(2), np.random.default_rng(2)
    namen: dict[str, None] = {}
    for tekst in lijst:
        for blok in tel(tekst):
            namen |= dict.fromkeys(blok)
    kenmerken = tuple(list(namen)[:MAX_KENMERKEN])
    n, labels = len(kenmerken), tuple(f"team {i}" for i in range(25))
    model = Model(
        labels,
        kenmerken,
        maken.uniform(1, 8, n).astype(np.float32),
        maken.normal(0, 1, (n, len(labels))).astype(np.float32),
        np.zeros(len(labels), np.float32),
        0.6,
        0.5,
    )
    inhoud = model.naar_bytes()
    begin = time.perf_counter()
    geladen = Model.van_bytes(inhoud)
    geladen.zeg(lijst[0])
    laden = time.perf_counter() - begin
    zeg(f"{n} features, {len(labels)} labels, {len(inhoud) / 1e6:.1f} MB, loaded in {laden * 1000:.0f} ms")
    duren, rekentijd = [], []
    for _ in range(50 if keuze.rook else 1000):
        tekst = " ".join(rng.choice(lijst) for _ in range(rng.choice((1, 1, 1, 3, 12))))[:4000]
        begin, rekenen = time.perf_counter(), time.thread_time()
        geladen.voorspel(tekst, daarbij("melding", tekst, "", 1200.0, 900.0))
        geladen.voorspel(tekst, daarbij("melding", tekst))
        duren.append(time.perf_counter() - begin)
        rekentijd.append(time.thread_time() - rekenen)
    ms = milliseconden(duren)
    uitslag(
        "a suggestion (team and subject)",
        ms["p95"],
        GRENS_MS,
        "ms p95",
        median=ms["median"],
        processor_p95=milliseconden(rekentijd)["p95"],
        features=n,
        load_ms=round(laden * 1000),
        file_mb=round(len(inhoud) / 1e6, 1),
    )


if __name__ == "__main__":
    main()
