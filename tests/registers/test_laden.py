"""Zaken from another system: what was exported is loaded again, whole or not at all."""

import json
import random
from typing import Any

import pytest

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import value
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Organisatie
from loket.registers.laden import laad_zaken
from tests.registers.documenten.test_api import Archivaris
from tests.services.reacties.wereld import Wereld

SYSTEEM = Actor.system("test")


@pytest.fixture
def lev(db: None) -> Archivaris:
    return Archivaris(Wereld("LW", "Gemeente Lindewaard").organisatie.id)


def laad(lev: Archivaris, regels: list[Any]) -> dict[str, int]:
    raw = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in regels]
    return laad_zaken(SYSTEEM, Organisatie.objects.get(id=lev.organisatie), raw)


def alles(lev: Archivaris) -> list[dict[str, Any]]:
    """A dossier, and all its objects as the APIs answer them."""
    zaak, document = lev.gesloten(), lev.document(inhoud=None, bestandsomvang=None)
    deel = lev.zaak(hoofdzaak=zaak["url"], zaakgeometrie={"type": "Point", "coordinates": [5.1, 52.1]})
    lev.status(deel)
    lev.rol(deel)
    lev.stuur("/zaakinformatieobjecten", zaak=deel["url"], informatieobject=document["url"])
    eigenschap = {"zaak": deel["url"], "eigenschap": lev.zaaktype["eigenschappen"][0], "waarde": "1931"}
    lev.stuur(f"{deel['url']}/zaakeigenschappen", **eigenschap)
    found = []
    for soort in ("zaken", "statussen", "resultaten", "rollen"):
        found += lev.client("GET", f"/{soort}").json["results"]
    found += lev.client("GET", "/zaakinformatieobjecten").json
    found += lev.client("GET", f"{deel['url']}/zaakeigenschappen").json
    found += lev.documenten("GET", "/enkelvoudiginformatieobjecten").json["results"]
    return found


def weg(lev: Archivaris, regels: list[dict[str, Any]]) -> None:
    hoofdzaak = next(each for each in regels if "/zaken/api/v1/zaken/" in each["url"] and not each.get("hoofdzaak"))
    assert lev.client("DELETE", hoofdzaak["url"]).status == 204
    for each in regels:
        if "/enkelvoudig" in each["url"]:
            assert lev.documenten("DELETE", each["url"]).status == 204
    assert value("select count(*) from zaken_zaak") == 0


def lees(lev: Archivaris, url: str) -> Any:
    return (lev.documenten if "/documenten/" in url else lev.client)("GET", url).json


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_exported_is_loaded_again_in_any_order(lev: Archivaris, seed: int) -> None:
    regels = alles(lev)
    weg(lev, regels)
    random.Random(seed).shuffle(regels)
    aantallen = laad(lev, regels)
    assert aantallen["zaken"] == 2
    assert sum(aantallen.values()) == len(regels)
    for each in regels:
        terug = lees(lev, each["url"])
        los = {"vastgelegd_op", "lock"}
        assert {k: v for k, v in terug.items() if k not in los} == {k: v for k, v in each.items() if k not in los}
    deel = next(each for each in regels if each.get("hoofdzaak"))
    assert value("select count(*) from zaken_werkvoorraad") == 1, "what is open is work"
    bsn = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn=999993653"
    assert [each["url"] for each in lev.client("GET", f"/zaken?{bsn}").json["results"]] == [deel["url"]]
    assert value("select count(*) from zaken_rol where partij_id is not null") == 1


def test_what_was_expanded_comes_along(lev: Archivaris) -> None:
    zaak = lev.gesloten()
    lev.rol(zaak)
    heel = lev.client("GET", f"{zaak['url']}?expand=status,resultaat,rollen,zaaktype").json
    lev.client("DELETE", zaak["url"])
    assert laad(lev, [heel]) == {"zaken": 1, "statussen": 1, "resultaten": 1, "rollen": 1}
    assert lev.client("GET", f"{zaak['url']}?expand=status,resultaat,rollen,zaaktype").json == heel


@pytest.mark.parametrize(
    ("fout", "woord"),
    [
        (b"{", "Regel 2"),
        ({"url": "https://x.example/kleuren/1"}, "Regel 2"),
        ({"geen": "url"}, "Regel 2"),
        ("zaaktype", "zaaktype"),
        ("status", "Er is niets geladen"),
        ("dubbel", "Er is niets geladen"),
        ("rol", "roltype"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_loaded(lev: Archivaris, fout: Any, woord: str) -> None:
    zaak = lev.gesloten()
    lev.rol(zaak)
    goed = lev.client("GET", f"{zaak['url']}?expand=status,resultaat,rollen").json
    lev.client("DELETE", zaak["url"])
    regels: list[Any] = [goed, fout]
    if fout == "zaaktype":
        regels[1] = {
            **goed,
            "url": f"{goed['url'][:-4]}0000",
            "zaaktype": f"{goed['zaaktype'][:-4]}0000",
            "_expand": {},
        }
    elif fout == "status":
        anders = {"url": f"{goed['url'][:-4]}0000", "identificatie": "X", "_expand": {}}
        regels[1] = {**goed, **anders, "status": f"{goed['status'][:-4]}0000"}
    elif fout == "dubbel":
        regels[1] = goed
    elif fout == "rol":
        rol = goed["_expand"]["rollen"][0]
        regels[1] = {**rol, "url": f"{rol['url'][:-4]}0000", "roltype": f"{rol['roltype'][:-4]}0000"}
    with pytest.raises(Refused, match=woord):
        laad(lev, regels)
    for tabel in ("zaken_zaak", "zaken_status", "zaken_rol", "zaken_werkvoorraad"):
        assert value(f"select count(*) from {tabel}") == 0
