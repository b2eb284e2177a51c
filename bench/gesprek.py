"""Who calls, and what he or she or somebody else wrote before, stand on the screen within 30 ms (p95) among 500,000
reacties: a person by a common first name, by a whole name, an e-mail address, a telephone number or the number of a
reactie; and "Eerder en elders" beside an open reactie.

Ours: the p95 of the slowest kind; peer: the limit. The line in the data-use log is part of it. `--data FOLDER` keeps
the databases for a next run.
"""

import argparse
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import werklijst
from bench.opstelling import Bank, map_voor_gegevens, milliseconden, p95, twee_kernen, uitslag, zeg

GRENS_MS = 30.0


def teksten(organisatie: Any, keren: int) -> dict[str, list[str]]:
    """What an employee types, from the people who are there; of the first names, those that most people have."""
    from loket.foundation.database.sql import rows

    def vraag(sql: str) -> list[str]:
        return [str(each["tekst"]) for each in rows(sql, {"organisatie": organisatie, "keren": keren})]

    wie = "from klanten_partij p where p.organisatie_id = %(organisatie)s and p.naam <> ''"
    adres = (
        "select a.adres as tekst from klanten_digitaaladres a join klanten_partij p on p.id = a.partij_id"
        " where p.organisatie_id = %(organisatie)s and a.soort_digitaal_adres = '{}'"
        " order by md5(a.id::text) limit %(keren)s"
    )
    voornamen = vraag(
        f"select split_part(p.naam, ' ', 1) as tekst {wie} group by 1 order by count(*) desc, 1 limit %(keren)s"
    )
    return {
        "voornaam": (voornamen * keren)[:keren],
        "naam": vraag(f"select p.naam as tekst {wie} order by md5(p.id::text) limit %(keren)s"),
        "e-mail": vraag(adres.format("email")),
        "telefoon": vraag(adres.format("telefoon")),
        "nummer": vraag(
            "select z.identificatie as tekst from zaken_werkvoorraad w join zaken_zaak z on z.id = w.zaak_id"
            " join catalogi_zaaktype t on t.id = z.zaaktype_id"  # of a complaint the first line knows nothing
            " where z.organisatie_id = %(organisatie)s and t.identificatie <> 'klacht'"
            " order by md5(z.id::text) limit %(keren)s"
        ),
    }


def meet(keren: int, opwarmen: int = 5) -> tuple[dict[str, list[float]], dict[str, int]]:
    """The seconds of each question by kind, in the database that Django uses now, and how many found nothing. What is
    logged stays, as it would."""
    from loket.foundation.access import actor
    from loket.foundation.identity.models import Gebruiker
    from loket.registers.zaken.models import Zaak
    from loket.services.reacties.queries import gesprek
    from loket.services.reacties.queries.verwant import SOORTEN, verwant

    wie = actor.load(Gebruiker.objects.get(gebruikersnaam=werklijst.WIE).id)
    assert wie.organisatie is not None
    tijden: dict[str, list[float]] = {}
    niets: dict[str, int] = {}
    for soort, lijst in teksten(wie.organisatie, keren).items():
        for nummer, tekst in enumerate(lijst):
            begin = perf_counter()
            gevonden = gesprek.zoek(wie, tekst)
            if nummer >= opwarmen:
                tijden.setdefault(soort, []).append(perf_counter() - begin)
            niets[soort] = niets.get(soort, 0) + (not gevonden)
    zaken = Zaak.objects.filter(
        organisatie_id=wie.organisatie, einddatum=None, zaaktype__identificatie__in=SOORTEN
    ).select_related("zaaktype", "werk")
    leeg = 0
    for nummer, zaak in enumerate(zaken.order_by("?")[: keren + opwarmen]):
        begin = perf_counter()
        eerder, elders = verwant(wie, zaak)
        if nummer >= opwarmen:
            tijden.setdefault("eerder en elders", []).append(perf_counter() - begin)
        leeg += not eerder and not elders
    return tijden, {**niets, "eerder en elders": leeg}


def main() -> int:
    """Measure, and say whether the limit holds: exit code 0 or 1."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--data", type=Path, help="folder for the databases; kept, and used again")
    vraag.add_argument("--reacties", type=int, default=500_000)
    vraag.add_argument("--keren", type=int, default=200)
    opties = vraag.parse_args()
    twee_kernen()
    with map_voor_gegevens(opties.data) as data, Bank(data) as bank:
        bank.gebruik(opties.reacties)
        tijden, niets = meet(opties.keren)
    for soort, elk in tijden.items():
        zeg(f"{soort:>16}: {milliseconden(elk)} ms, nothing found {niets[soort]} times")
    ours = round(max(p95(elk) for elk in tijden.values()) * 1000, 1)
    zoekend = [soort for soort in tijden if soort != "eerder en elders"]
    goed = ours <= GRENS_MS and len(zoekend) >= 4 and not any(niets[soort] for soort in zoekend)
    uitslag(
        "gesprek", ours, GRENS_MS, "ms",
        reacties=opties.reacties, niets=niets,
        soorten={soort: milliseconden(elk) for soort, elk in tijden.items()}, ok=goed,
    )  # fmt: skip
    return 0 if goed else 1


if __name__ == "__main__":
    sys.exit(main())
