"""Every page of the resident takes at most 60 ms server time (p95), with half a million reactions in the database.

A walk like that of a resident, again and again with others: the front page, every step of the form with what was filled
in, the confirmation, the page behind the link, and Mijn Loket. Ours: the p95 of the slowest page; peer: the limit.
`--data FOLDER` keeps the database for a next run (the same folder as `werklijst.py` may be used).
"""

import argparse
import itertools
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.opstelling import (
    Antwoord,
    App,
    Bank,
    Bezoeker,
    ingelogd,
    map_voor_gegevens,
    milliseconden,
    p95,
    toepassing,
    uitslag,
    verborgen,
    zeg,
)

GRENS_MS = 60.0
TEKST = "Bij de boom steekt een tegel omhoog. Mijn buurvrouw is er met haar rollator over gevallen."

type Tijden = dict[str, list[Antwoord]]


def formulier(app: App, tijden: Tijden, n: int, adres: str) -> None:
    """One resident reports something: each page that is shown and each form that is sent is measured."""
    bezoeker = Bezoeker(app, adres=f"10.{n // 60000 % 250}.{n // 250 % 250}.{n % 250}")

    def meet(naam: str, pad: str, velden: dict[str, str] | None = None, verwacht: int = 200) -> bytes:
        antwoord = bezoeker.vraag(pad, velden, verwacht=verwacht)
        tijden[naam].append(antwoord)
        return antwoord.body

    meet("home", "/")
    meet("wat", "/melden")
    meet("wat, sent", "/melden", {"tekst": f"{TEKST} ({n})", "categorie": "stoep"}, 302)
    meet("waar", "/melden/waar")
    gevonden = meet("waar, searched", "/melden/waar", {"adres": adres, "kiezer": "zoek"})
    waar = {**verborgen(gevonden), "woorden": f"Voor nummer {n % 90 + 1}, onder de boom.", "zelfde": "nieuw"}
    meet("waar, sent", "/melden/waar", waar, 302)
    meet("gegevens", "/melden/gegevens")
    wie = {"antwoord": "ja", "naam": f"Bewoner {n}", "email": f"bewoner-{n}@bench.voorbeeld.nl"}
    meet("gegevens, sent", "/melden/gegevens", wie, 302)
    meet("controleren", "/melden/controleren")
    meet("controleren, sent", "/melden/controleren", {}, 302)
    meet("bevestiging", "/melden/bevestiging")


def volgen(app: App, tijden: Tijden, sleutel: str) -> None:
    """Somebody follows a reaction by its link."""
    tijden["status by link"].append(Bezoeker(app).vraag(f"/volg/{sleutel}"))


def mijn(app: App, tijden: Tijden, gebruiker: Any, nummer: str) -> None:
    """A resident logs in and looks."""
    bezoeker = Bezoeker(app, ingelogd(gebruiker))
    tijden["mijn loket"].append(bezoeker.vraag("/mijn/"))
    tijden["mijn zaak"].append(bezoeker.vraag(f"/mijn/zaken/{nummer}"))
    tijden["mijn gebruik"].append(bezoeker.vraag("/mijn/gebruik"))


def links(aantal: int) -> list[str]:
    """The keys of reactions, spread over the whole history."""
    from loket.foundation.database.sql import rows
    from loket.services.reacties.sleutels import sleutel_van

    found = rows("select zaad, sleutel_hash from reacties_volglink order by md5(id::text) limit %s", (aantal,))
    sleutels = [sleutel_van(each["zaad"], each["sleutel_hash"]) for each in found]
    return [sleutel for sleutel in sleutels if sleutel]


def plaatsen(aantal: int) -> list[str]:
    """Addresses of the town, or one that is nowhere when there is no town."""
    from loket.foundation.database.sql import rows

    found = rows(
        "select s.naam || ' ' || a.huisnummer as adres from plekken_adres a join plekken_straat s on s.id = a.straat_id"
        " order by md5(a.id::text) limit %s",
        (aantal,),
    )
    return [each["adres"] for each in found] or ["Kastanjelaan 12"]


def inwoners(aantal: int) -> list[tuple[Any, str]]:
    """Residents with a number of their own. Drawn by reaction: who sent more, comes more often, as in life."""
    from loket.foundation.database.sql import rows
    from loket.foundation.identity.models import Gebruiker

    found = rows(
        "select p.pseudoniem, z.identificatie from (select * from zaken_rol where partij_id is not null"
        " and omschrijving_generiek = 'initiator' order by md5(id::text) limit %s) r"
        " join klanten_partij p on p.id = r.partij_id join zaken_zaak z on z.id = r.zaak_id",
        (aantal,),
    )
    wie = []
    for each in found:
        gebruiker, _nieuw = Gebruiker.objects.get_or_create(
            pseudoniem=each["pseudoniem"],
            defaults={"soort": "bewoner", "gebruikersnaam": f"bewoner:{each['pseudoniem']}"},
        )
        wie.append((gebruiker, each["identificatie"]))
    return wie


def meet(keren: int, opwarmen: int = 2) -> Tijden:
    """The seconds of every page, `keren` times, in the database that Django uses now."""
    app, tijden = toepassing(), defaultdict[str, list[Antwoord]](list)
    adressen = itertools.cycle(plaatsen(keren))
    wie = itertools.cycle(inwoners(keren))
    sleutels = itertools.cycle(links(keren))
    for n in _beurten(keren, opwarmen, tijden):
        formulier(app, tijden, n, next(adressen))
        volgen(app, tijden, next(sleutels))
        mijn(app, tijden, *next(wie))
    return tijden


def _beurten(keren: int, opwarmen: int, tijden: Tijden) -> Iterator[int]:
    for n in range(opwarmen + keren):
        if n == opwarmen:
            tijden.clear()
        yield n


def main() -> int:
    """Measure, and say whether the limit holds: exit code 0 or 1."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--data", type=Path, help="folder for the database; kept, and used again")
    vraag.add_argument("--reacties", type=int, default=500_000)
    vraag.add_argument("--keren", type=int, default=100)
    opties = vraag.parse_args()
    with map_voor_gegevens(opties.data) as data, Bank(data) as bank:
        bank.gebruik(opties.reacties)
        tijden = meet(opties.keren)
    per_pagina = {
        naam: milliseconden([each.seconden for each in waarden])
        | {"cpu": milliseconden([each.rekentijd for each in waarden])["median"]}
        for naam, waarden in tijden.items()
    }
    for naam, cijfers in per_pagina.items():
        zeg(f"{naam:<18} {cijfers}")
    traagste = max(per_pagina, key=lambda naam: per_pagina[naam]["p95"])
    alle = [each.seconden for waarden in tijden.values() for each in waarden]
    ours = per_pagina[traagste]["p95"]
    uitslag(
        "bewoner",
        ours,
        GRENS_MS,
        "ms",
        slowest=traagste,
        p95_of_all=round(p95(alle) * 1000, 1),
        pages=per_pagina,
        reacties=opties.reacties,
        ok=ours <= GRENS_MS,
    )
    return 0 if ours <= GRENS_MS else 1


if __name__ == "__main__":
    sys.exit(main())
