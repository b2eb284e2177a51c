"""The registers as applications use them: `loket laad-zaken`, one zaak, a page of a hundred with the exact count, and
making a zaak, for a client with autorisaties for each of a hundred zaaktypen.

Ours: the median of GET of one zaak over WSGI, the token and the data-use log included; peer: the limit, which is the
same statements alone on the same connection. `--zaken N` sets the size; `--data FOLDER` keeps the database.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.opstelling import Bank, map_voor_gegevens, milliseconden, twee_kernen, uitslag, zeg

HOST = "http://localhost:8000"
GEHEIM = "een-geheim-dat-lang-genoeg-is-voor-hs256"
TYPEN = 100
RSIN = "517439943"


class Aanroeper:
    """A client of the lane, as granian calls it: a new token for each call."""

    def __init__(self, client_id: str) -> None:
        from loket.assembly.apis import lane

        self.client_id, self.lane = client_id, lane(lambda environ, start: [])  # type: ignore[arg-type,return-value]

    def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any, float]:
        import jwt

        raw = b"" if body is None else json.dumps(body).encode()
        begin = time.perf_counter()
        token = jwt.encode({"client_id": self.client_id, "iat": int(time.time())}, GEHEIM, algorithm="HS256")
        pad, _, vraag = path.removeprefix(HOST).partition("?")
        status: list[str] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": pad,
            "QUERY_STRING": vraag,
            "HTTP_HOST": "localhost:8000",
            "SERVER_NAME": "localhost",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(raw)),
            "HTTP_AUTHORIZATION": f"Bearer {token}",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(raw),
        }
        gekregen = b"".join(self.lane(environ, lambda s, h: status.append(s)))  # type: ignore[arg-type,return-value]
        return int(status[0][:3]), json.loads(gekregen) if gekregen else None, time.perf_counter() - begin


def catalogus(organisatie: Any) -> list[Any]:
    """A hundred published zaaktypen with what a zaak needs."""
    from loket.foundation.access.actor import Actor
    from loket.registers.catalogi.commands import laad_catalogus
    from loket.registers.catalogi.models import Zaaktype

    stappen = [{"omschrijving": naam} for naam in ("Ontvangen", "In behandeling", "Klaar")]
    definitie = {
        "domein": "BANK",
        "naam": "Bank",
        "informatieobjecttypen": [{"omschrijving": "Bankbrief", "vertrouwelijkheidaanduiding": "openbaar"}],
        "zaaktypen": [
            {
                "identificatie": f"BANK-{n}",
                "omschrijving": f"Zaaktype {n}",
                "vertrouwelijkheidaanduiding": "openbaar",
                "doorlooptijd": "P30D",
                "statustypen": stappen,
                "resultaattypen": [{"omschrijving": "Verleend", "archiefactietermijn": "P5Y"}],
                "roltypen": [{"omschrijving": "Aanvrager", "omschrijving_generiek": "initiator"}],
            }
            for n in range(TYPEN)
        ],
    }
    laad_catalogus(Actor.system("bench"), organisatie, definitie)
    return list(Zaaktype.objects.filter(organisatie=organisatie, identificatie__startswith="BANK-").order_by("id"))


def regels(typen: list[Any], zaken: int) -> Iterator[bytes]:
    """A file as another system writes it: zaken, each with three statussen and a rol, and as many documents. One
    resident has 872 zaken."""
    from loket.registers.catalogi.models import Informatieobjecttype

    dobbel = random.Random(20261124)
    soort = Informatieobjecttype.objects.get(omschrijving="Bankbrief").id
    delen = {
        each.id: (
            [s.id for s in each.statustypen.order_by("volgnummer")],
            each.roltypen.get().id,
        )
        for each in typen
    }
    catalogi, zrc = f"{HOST}/catalogi/api/v1", f"{HOST}/zaken/api/v1"
    begin = date(2016, 1, 1)
    for n in range(zaken):
        zaaktype = dobbel.choice(typen)
        stappen, roltype = delen[zaaktype.id]
        zaak, dag = UUID(int=dobbel.getrandbits(128)), begin + timedelta(days=dobbel.randrange(3600))
        url = f"{zrc}/zaken/{zaak}"
        dicht = dobbel.random() < 0.9
        sleutels = [UUID(int=dobbel.getrandbits(128)) for _ in range(3 if dicht else 2)]
        yield json.dumps(
            {
                "url": url,
                "identificatie": f"BANK-{n}",
                "bronorganisatie": RSIN,
                "verantwoordelijkeOrganisatie": RSIN,
                "omschrijving": f"Aanvraag {n}",
                "zaaktype": f"{catalogi}/zaaktypen/{zaaktype.id}",
                "startdatum": str(dag),
                "registratiedatum": str(dag),
                "einddatum": str(dag + timedelta(days=20)) if dicht else None,
                "vertrouwelijkheidaanduiding": "openbaar",
                "status": f"{zrc}/statussen/{sleutels[-1]}",
            }
        ).encode()
        for plaats, sleutel in enumerate(sleutels):
            yield json.dumps(
                {
                    "url": f"{zrc}/statussen/{sleutel}",
                    "zaak": url,
                    "statustype": f"{catalogi}/statustypen/{stappen[plaats]}",
                    "datumStatusGezet": f"{dag + timedelta(days=10 * plaats)}T09:00:00Z",
                }
            ).encode()
        bsn = "999993653" if n < 872 else f"{100000000 + n * 7 % 899999999}"
        yield json.dumps(
            {
                "url": f"{zrc}/rollen/{UUID(int=dobbel.getrandbits(128))}",
                "zaak": url,
                "betrokkeneType": "natuurlijk_persoon",
                "roltype": f"{catalogi}/roltypen/{roltype}",
                "roltoelichting": "aanvrager",
                "betrokkeneIdentificatie": {"inpBsn": bsn, "geslachtsnaam": "Jansen"},
            }
        ).encode()
        yield json.dumps(
            {
                "url": f"{HOST}/documenten/api/v1/enkelvoudiginformatieobjecten/{UUID(int=dobbel.getrandbits(128))}",
                "identificatie": f"BANKDOC-{n}",
                "bronorganisatie": RSIN,
                "creatiedatum": str(dag),
                "titel": "Brief",
                "auteur": "Bank",
                "taal": "nld",
                "vertrouwelijkheidaanduiding": "openbaar",
                "informatieobjecttype": f"{catalogi}/informatieobjecttypen/{soort}",
            }
        ).encode()


def clienten(organisatie: Any, typen: list[Any]) -> None:
    """One with everything, and one with each zaaktype by name."""
    from loket.foundation.access.actor import Actor
    from loket.registers.autorisaties import commands
    from loket.registers.autorisaties.rules import SCOPES

    systeem = Actor.system("bench", organisatie.id)
    per_type = [
        {
            "component": "zrc",
            "scopes": list(SCOPES["zrc"]),
            "zaaktype": f"{HOST}/catalogi/api/v1/zaaktypen/{each.id}",
            "maxVertrouwelijkheidaanduiding": "zeer_geheim",
        }
        for each in typen
    ]
    for naam, velden in (("bank-alles", {"alle": True}), ("bank-typen", {"autorisaties": per_type})):
        id = commands.maak_applicatie(
            systeem,
            organisatie=organisatie.id,
            label=naam,
            client_ids=[naam],
            **velden,  # type: ignore[arg-type]
        )
        commands.geef_geheim(systeem, id, GEHEIM)


def herhaald(keren: int, doe: Callable[[int], float]) -> list[float]:
    """The seconds of each, after some to warm up."""
    for n in range(5):
        doe(n)
    return [doe(n) for n in range(keren)]


def limiet(keren: int, client: Aanroeper, url: str) -> list[float]:
    """The seconds that the statements of one GET take alone: what they were is asked of the connection."""
    from loket.foundation.database import sql

    gedaan: list[tuple[str, Any]] = []
    echt = sql.rows, sql.row

    def onthoud(functie: Any) -> Any:
        def doe(text: str, params: Any = None, **hoe: Any) -> Any:
            gedaan.append((text, params))
            return functie(text, params, **hoe)

        return doe

    import loket.foundation.api.resource as resource
    import loket.registers.autorisaties.queries as queries

    queries.rows = onthoud(echt[0])
    resource.row = onthoud(echt[1])
    try:
        client("GET", url)
    finally:
        queries.rows = echt[0]
        resource.row = echt[1]

    def doe(n: int) -> float:
        begin = time.perf_counter()
        for text, params in gedaan:
            echt[1](text, params)
        return time.perf_counter() - begin

    return herhaald(keren, doe)


def main() -> int:
    """Measure."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--data", type=Path, help="folder for the database; kept, and used again")
    vraag.add_argument("--zaken", type=int, default=1_000_000)
    vraag.add_argument("--keren", type=int, default=200)
    opties = vraag.parse_args()
    kernen = twee_kernen()
    with map_voor_gegevens(opties.data) as data, Bank(data) as bank:
        bank.gebruik(1_000)
        from loket.foundation.access.actor import Actor
        from loket.foundation.database.sql import execute, value
        from loket.foundation.identity.models import Organisatie
        from loket.registers.laden import laad_zaken

        organisatie = Organisatie.objects.get(hoofd=True)
        geladen = 0.0
        if not value("select count(*) from catalogi_catalogus where domein = 'BANK'"):
            typen = catalogus(organisatie)
            clienten(organisatie, typen)
            zeg(f"Loading {opties.zaken:,} zaken …")
            begin = time.perf_counter()
            aantallen = laad_zaken(Actor.system("bench"), organisatie, regels(typen, opties.zaken))
            geladen = time.perf_counter() - begin
            zeg(f"{aantallen} in {geladen:.0f} s, the making of the lines included.")
            execute("vacuum analyze")
        alles, beperkt = Aanroeper("bank-alles"), Aanroeper("bank-typen")
        zaken = value("select count(*) from zaken_zaak")
        urls = [each["url"] for each in alles("GET", "/zaken/api/v1/zaken?ordering=identificatie")[1]["results"]]
        zaaktype = alles("GET", urls[0])[1]["zaaktype"]
        velden = {
            "zaaktype": zaaktype,
            "bronorganisatie": RSIN,
            "verantwoordelijkeOrganisatie": RSIN,
            "startdatum": "2026-11-01",
        }
        bsn = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn=999993653"
        expand = "expand=status.statustype,zaaktype,resultaat,rollen"
        uitgevouwen = sum(beperkt("GET", f"/zaken/api/v1/zaken?{bsn}&{expand}&page={page}")[2] for page in range(1, 10))
        gemeten: dict[str, Any] = {
            naam: milliseconden(herhaald(opties.keren, lambda n, pad=pad: beperkt("GET", pad)[2]))
            for naam, pad in {
                "page": "/zaken/api/v1/zaken",
                "page_zaaktype": f"/zaken/api/v1/zaken?zaaktype={zaaktype}",
                "page_startdatum": "/zaken/api/v1/zaken?startdatum__gt=2020-01-01",
                "page_open": "/zaken/api/v1/zaken?einddatum__isnull=true",
                "page_identificatie": f"/zaken/api/v1/zaken?identificatie=BANK-7&bronorganisatie={RSIN}",
                "screen": f"{urls[3]}?{expand},zaakinformatieobjecten,eigenschappen,zaakobjecten",
            }.items()
        }
        een = herhaald(opties.keren, lambda n: beperkt("GET", urls[n % len(urls)])[2])
        kaal = limiet(opties.keren, beperkt, urls[0])
        maken = herhaald(opties.keren, lambda n: alles("POST", "/zaken/api/v1/zaken", velden)[2])
        for naam, cijfers in gemeten.items():
            zeg(f"{naam:22} median {cijfers['median']:8} ms   p95 {cijfers['p95']:8} ms")
        zeg(f"GET zaak {milliseconden(een)}, limit {milliseconden(kaal)}; POST zaak {milliseconden(maken)}")
        ours, peer = statistics.median(een) * 1000, statistics.median(kaal) * 1000
        uitslag(
            "zgw",
            round(ours, 2),
            round(peer, 2),
            "ms, GET zaak and its statements alone",
            zaken=zaken,
            kernen=kernen,
            geladen_s=round(geladen),
            post_zaak=milliseconden(maken),
            burger_872_s=round(uitgevouwen, 2),
            **gemeten,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
