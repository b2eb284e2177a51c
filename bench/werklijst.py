"""The triage queue with half a million reacties opens in at most 150 ms server time for an employee of the first line,
and costs at most 1.5 times what it costs with five thousand.

Ours: the median of the whole page with the most reacties; peer: the same page with the fewest, in the same run, the two
taken in turns. `--data FOLDER` keeps the databases for a next run.
"""

import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.opstelling import (
    Bank,
    Bezoeker,
    ingelogd,
    map_voor_gegevens,
    milliseconden,
    p95,
    toepassing,
    uitslag,
    zeg,
)

PAGINA = "/werk/lijst/triage/"
WIE = "fenna.wierda"
GRENS_MS = 150.0
GRENS_VERHOUDING = 1.5


def meet(keren: int, opwarmen: int = 3) -> tuple[list[float], int]:
    """The seconds of each of `keren` openings of the page, in the database that Django uses now, and how many lines the
    page shows. Raises RuntimeError when it shows none: an empty page proves nothing."""
    from loket.foundation.identity.models import Gebruiker

    bezoeker = Bezoeker(toepassing(), ingelogd(Gebruiker.objects.get(gebruikersnaam=WIE)))
    regels = [bezoeker.vraag(PAGINA) for _ in range(opwarmen)][-1].body.count(b"/werk/zaak/")
    if not regels:
        raise RuntimeError("The page shows no work.")
    return [bezoeker.vraag(PAGINA).seconden for _ in range(keren)], regels


def omvang() -> dict[str, int]:
    """How many zaken there are, and how many are open, in the database that Django uses now."""
    from loket.foundation.database.sql import value

    return {
        "zaken": value("select count(*) from zaken_zaak"),
        "open": value("select count(*) from zaken_werkvoorraad"),
    }


def main() -> int:
    """Measure, and say whether both limits hold: exit code 0 or 1."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--data", type=Path, help="folder for the databases; kept, and used again")
    vraag.add_argument("--klein", type=int, default=5_000)
    vraag.add_argument("--groot", type=int, default=500_000)
    vraag.add_argument("--keren", type=int, default=50)
    opties = vraag.parse_args()
    maten = (opties.klein, opties.groot)
    tijden: dict[int, list[float]] = {maat: [] for maat in maten}
    omvangen = {}
    with map_voor_gegevens(opties.data) as data, Bank(data) as bank:
        for maat in maten:
            bank.gebruik(maat)
            omvangen[maat] = omvang()
        beurten = min(5, opties.keren)
        for beurt in range(beurten):  # in turns, so that both meet the same machine
            for maat in maten:
                bank.gebruik(maat)
                keren = opties.keren * (beurt + 1) // beurten - opties.keren * beurt // beurten
                gemeten, omvangen[maat]["regels"] = meet(keren)
                tijden[maat] += gemeten
    for maat in maten:
        zeg(f"{maat:>9,} reacties: {milliseconden(tijden[maat])} ms, {omvangen[maat]}")
    klein, groot = (statistics.median(tijden[maat]) * 1000 for maat in maten)
    goed = p95(tijden[opties.groot]) * 1000 <= GRENS_MS and groot / klein <= GRENS_VERHOUDING
    uitslag(
        "werklijst",
        round(groot, 1),
        round(klein, 1),
        "ms",
        p95=milliseconden(tijden[opties.groot])["p95"],
        p95_peer=milliseconden(tijden[opties.klein])["p95"],
        limit_ms=GRENS_MS,
        limit_ratio=GRENS_VERHOUDING,
        reacties=opties.groot,
        open=omvangen[opties.groot]["open"],
        ok=goed,
    )
    return 0 if goed else 1


if __name__ == "__main__":
    sys.exit(main())
