"""Learning in a process of its own, so that nobody else carries scikit-learn, and its memory goes when it ends.

    python -m loket.engines.indeling.proces MODELFILE < examples

Standard input: a line of JSON with `seed`, `doel`, `met_regels`, `over`, and then a line for each example, a list of
text, label, group, extra, and what the rules said. Standard output: a line of JSON with `meting`, or `te_weinig`.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import IO, Any

MAX_GEHEUGEN = 2_000_000_000
"""Bytes of data that the process may have; above that it ends with an error and the model stays what it was."""
MAX_SECONDEN = 1800
TRAAG = 10
"""How much it gives way to others (nice)."""


def hoofd(invoer: IO[str], uitvoer: IO[str], bestand: Path) -> None:
    """Learn from `invoer`, write the model and the figures."""
    from loket.engines.indeling.leren import TeWeinig, Voorbeeld, leer

    opdracht = json.loads(invoer.readline())
    voorbeelden = [
        Voorbeeld(tekst, label, groep, tuple(extra), regel)
        for tekst, label, groep, extra, regel in map(json.loads, invoer)
    ]
    try:
        model, meting = leer(voorbeelden, **opdracht)
    except TeWeinig as fout:
        json.dump({"te_weinig": str(fout)}, uitvoer)
        return
    bestand.write_bytes(model.naar_bytes())
    json.dump({"meting": meting.als_dict(), "drempel": model.drempel}, uitvoer)


def leer_apart(voorbeelden: Iterable[Any], **opdracht: Any) -> tuple[bytes, dict[str, Any]]:
    """As `leren.leer`, in a process of its own: the model file, and `meting` and `drempel`. With too few examples the
    file is empty and the answer says `te_weinig`. Raises RuntimeError with the last of what the process said, and
    subprocess.TimeoutExpired."""
    with tempfile.TemporaryDirectory() as map_:
        bestand, lijst = Path(map_) / "model", Path(map_) / "voorbeelden"
        with lijst.open("w", encoding="utf-8") as invoer:
            print(json.dumps(opdracht), file=invoer)
            for each in voorbeelden:
                print(json.dumps(astuple(each)), file=invoer)
        een = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        with lijst.open("rb") as invoer_bytes:
            klaar = subprocess.run(
                [sys.executable, "-m", "loket.engines.indeling.proces", str(bestand)],
                stdin=invoer_bytes,
                capture_output=True,
                timeout=MAX_SECONDEN,
                env=os.environ | een,
                check=False,
            )
        if klaar.returncode:
            raise RuntimeError(f"Learning failed ({klaar.returncode}): {klaar.stderr.decode(errors='replace')[-500:]}")
        return (bestand.read_bytes() if bestand.exists() else b""), json.loads(klaar.stdout)


def _matig() -> None:
    """Give way to others, and stay within the memory."""
    os.nice(TRAAG)
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MAX_GEHEUGEN, MAX_GEHEUGEN))


if __name__ == "__main__":
    _matig()
    hoofd(sys.stdin, sys.stdout, Path(sys.argv[1]))
