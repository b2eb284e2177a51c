"""Whatever is sent to whatever operation: it is taken or refused in words, never a fault of ours."""

import json
import random
import string
from typing import Any
from uuid import uuid4

import pytest
from tests.apiclient import HOST, Client
from tests.registers.documenten.test_api import Archivaris
from tests.services.reacties.wereld import Wereld

from loket.assembly.apis import APIS
from loket.foundation.api.contract import Contract, Operation
from loket.foundation.api.lane import Api

KEREN = 5
VREEMD = ["", "\x00", "é" * 40, "x" * 5000, -1, 10**30, 1.5, True, None, [], {}, [None], {"a": 1}, "2024-02-30", "PT1H"]


class Verzinner:
    """Makes what fits a shape, and now and then something that does not."""

    def __init__(self, contract: Contract, urls: list[str], dobbel: random.Random) -> None:
        self.contract, self.urls, self.dobbel = contract, urls, dobbel

    def waarde(self, shape: Any, diepte: int = 0) -> Any:
        shape = self.contract.resolve(shape)
        if self.dobbel.random() < 0.05:
            return self.dobbel.choice(VREEMD)
        if shape.get("nullable") and self.dobbel.random() < 0.2:
            return None
        for naam in ("oneOf", "anyOf"):
            if naam in shape:
                return self.waarde(self.dobbel.choice(shape[naam]), diepte)
        if "enum" in shape:
            return self.dobbel.choice(shape["enum"])
        if shape.get("type") == "object" or "properties" in shape or "allOf" in shape:
            return self.object(shape, diepte)
        if shape.get("type") == "array":
            return [self.waarde(shape.get("items", {}), diepte + 1) for _ in range(self.dobbel.randrange(3))]
        return self.enkel(shape)

    def object(self, shape: Any, diepte: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if diepte > 5:
            return found
        nodig = self.contract.required(shape)
        for naam, each in self.contract.properties(shape).items():
            if not each.get("readOnly") and (naam in nodig or self.dobbel.random() < 0.5):
                found[naam] = self.waarde(each, diepte + 1)
        return found

    def enkel(self, shape: Any) -> Any:
        kind, form = shape.get("type"), shape.get("format")
        if kind == "boolean":
            return self.dobbel.random() < 0.5
        if kind in ("integer", "number"):
            return self.dobbel.choice([0, 1, 2, 7, 2**40])
        if form == "uri":
            return self.dobbel.choice([*self.urls, f"{HOST}/x/{uuid4()}", "https://127.0.0.1:1/x"])
        if form == "date":
            return self.dobbel.choice(["2024-01-01", "0001-01-01", "9999-12-31"])
        if form == "date-time":
            return self.dobbel.choice(["2024-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00"])
        if form == "uuid":
            return str(uuid4())
        if form == "duration":
            return self.dobbel.choice(["P1D", "P999999Y", "PT5M"])
        lengte = min(shape.get("maxLength", 12), 12)
        return "".join(self.dobbel.choices(string.ascii_letters + "0é ", k=max(lengte, shape.get("minLength", 0))))


@pytest.fixture
def wereld(db: None) -> Archivaris:
    return Archivaris(Wereld("LW", "Gemeente Lindewaard").organisatie.id)


def vind_urls(lev: Archivaris) -> list[str]:
    """One of many kinds of object, to refer to and to act on."""
    zaak, document = lev.zaak(), lev.document()
    lev.status(zaak)
    rol = lev.rol(zaak).json
    lev.stuur("/zaakinformatieobjecten", zaak=zaak["url"], informatieobject=document["url"])
    zaaktype = lev.zaaktype
    delen = [zaaktype[naam][0] for naam in ("statustypen", "roltypen", "resultaattypen", "eigenschappen")]
    concept = lev.bouw.zaaktype("CONCEPT")
    return [zaak["url"], document["url"], rol["url"], zaaktype["url"], concept["url"], zaaktype["catalogus"], *delen,
            zaaktype["besluittypen"][0], zaaktype["informatieobjecttypen"][0]]  # fmt: skip


def pad(operation: Operation, urls: list[str], dobbel: random.Random) -> str:
    """The path, with keys of objects that are there, or of nothing."""
    found = operation.path
    zaak = next(url for url in urls if "/zaken/" in url).rsplit("/", 1)[1]
    document = next(url for url in urls if "/enkelvoudig" in url).rsplit("/", 1)[1]
    found = found.replace("{zaak_uuid}", zaak).replace("{enkelvoudiginformatieobject_uuid}", document)
    soort = operation.path.strip("/").split("/")[0]
    eigen = [url.rsplit("/", 1)[1] for url in urls if f"/{soort}/" in url]
    sleutel = dobbel.choice([*eigen * 3, str(uuid4())])
    for naam in ("{uuid}", "{besluit_uuid}"):
        found = found.replace(naam, sleutel)
    return found


@pytest.mark.parametrize("api", APIS, ids=lambda each: each.root)
def test_no_call_is_a_fault_of_ours(wereld: Archivaris, api: Api) -> None:
    urls = vind_urls(wereld)
    client = Client("alles", api.root)
    dobbel = random.Random(20261124)
    verzinner = Verzinner(api.contract, urls, dobbel)
    for operation in sorted(api.operations, key=lambda each: (each.method == "DELETE", each.id)):
        for keer in range(KEREN if operation.body is not None else 2):
            vraag = ""
            if operation.query and keer:
                naam = dobbel.choice(sorted(operation.query))
                vraag = f"?{naam}={dobbel.choice(['1', 'true', 'x', '2024-01-01', '%00', urls[0], '-startdatum', ''])}"
            body = verzinner.waarde(operation.body) if operation.body is not None else None
            reply = client(
                operation.method,
                pad(operation, urls, dobbel) + vraag,
                body if body is None else json.dumps(body).encode(),
                HTTP_ACCEPT_CRS="EPSG:4326",
                HTTP_CONTENT_CRS="EPSG:4326",
            )
            assert reply.status < 500, (operation.id, vraag, body, reply.body)
            if reply.status >= 400:
                assert reply.headers["Content-Type"] == "application/problem+json", operation.id
                assert reply.json["status"] == reply.status
                if reply.status == 400:
                    assert all(each["name"] and each["code"] for each in reply.json["invalidParams"]), operation.id
                    assert reply.json["invalidParams"], (operation.id, body)
