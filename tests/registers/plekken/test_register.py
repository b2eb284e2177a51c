"""The register with the town in it: searching, where is this, who keeps it, and the pages."""

from xml.etree import ElementTree

import pytest
import shapely
from django.template import Context, Template
from django.test import Client

from loket.foundation.access.actor import Actor
from loket.foundation.identity.models import Organisatie
from loket.registers.plekken import commands, kaart, kiezer, models, queries, rules
from loket.registers.plekken.stad.soorten import Stad
from loket.registers.plekken.tekening import Beeld

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kaart")]
type Organisaties = dict[str, Organisatie]

KASTANJE = (150_800.0, 430_695.0)
GRACHT = (151_200.0, 430_600.0)


def eerste(tekst: str) -> str:
    return queries.zoek_adres(tekst)[0].tekst


@pytest.mark.parametrize(
    "tekst",
    ["Kastanjelaan 12", "kastanjelaan 12 Lindewaard", "KASTANJELAAN 12", "kastanjelan 12", "1999 SA 12", "1999sa 12"],
)
def test_een_adres_op_veel_manieren(tekst: str) -> None:
    assert eerste(tekst) == "Kastanjelaan 12, 1999 SA Lindewaard"


def test_begin_van_een_naam_geeft_straat_en_plek() -> None:
    assert eerste("Kastanjel") == "Kastanjelaan"
    assert eerste("lindepark") == "Lindepark"
    assert {t.soort for t in queries.zoek_adres("kerk")} == {"straat", "plek"}
    duiker = queries.zoek_adres("duiker polderweg")[0]
    assert (duiker.soort, duiker.tekst) == ("plek", "Duiker Polderweg 1")


def test_begin_van_een_nummer() -> None:
    nummers = [t.tekst.split(",")[0] for t in queries.zoek_adres("Kastanjelaan 1")]
    assert nummers[:3] == ["Kastanjelaan 1", "Kastanjelaan 10", "Kastanjelaan 11"]


@pytest.mark.parametrize("tekst", ["", "x", "xyzzy", "1234 AB 5", "%", "_", "'; drop table", "Kastanjelaan 99999"])
def test_niets_gevonden(tekst: str) -> None:
    assert [t for t in queries.zoek_adres(tekst) if t.soort == "adres"] == []


def test_tikfout_ook_zonder_trigrammen() -> None:
    assert queries.heeft_trigram()
    for trigram in (True, False):
        assert queries._namen("kastanjelan", 5, trigram=trigram)[0]["naam"] == "Kastanjelaan"


def test_adres_op_sleutel() -> None:
    gevonden = queries.zoek_adres("Kastanjelaan 12")[0]
    assert queries.adres(gevonden.id) == gevonden


def test_waar_is_dit() -> None:
    hier = queries.dichtstbijzijnde_adres(*KASTANJE)
    assert hier is not None
    assert hier.tekst == f"Kastanjelaan, bij nummer {hier.huisnummer}"
    assert hier.afstand < 30
    water = queries.dichtstbijzijnde_adres(*GRACHT)
    assert water is not None
    assert water.detail == "In het water: Oude Gracht"
    sluis = queries.dichtstbijzijnde_adres(151_258, 430_207)
    assert sluis is not None
    assert sluis.detail == "Bij: Waardsluis"
    assert queries.dichtstbijzijnde_adres(100_000, 400_000) is None


def test_op_de_stoep_aan_de_even_kant(stad: Stad) -> None:
    for stoep in (w for w in stad.wegen if w.soort == "stoep" and w.naam == "Kastanjelaan"):
        p = stoep.vorm.representative_point()
        hier = queries.dichtstbijzijnde_adres(p.x, p.y)
        assert hier is not None
        assert hier.straat == "Kastanjelaan"
        assert hier.detail.startswith(("Op de stoep, kant van de", "Bij: Brug"))


def test_in_de_buurt_als_het_ver_is() -> None:
    hier = queries.dichtstbijzijnde_adres(152_000, 431_900)
    assert hier is not None
    assert hier.afstand > rules.NABIJ_METER
    assert hier.tekst.startswith("In de buurt van ")


@pytest.mark.parametrize(
    ("plek", "onderwerp", "wie"),
    [
        (KASTANJE, "", "gemeente"),
        (KASTANJE, "stoep", "gemeente"),
        (KASTANJE, "duiker", "waterschap"),
        (GRACHT, "", "waterschap"),
        (GRACHT, "afval", "waterschap"),
        (GRACHT, "brug", "gemeente"),
        ((151_136.0, 430_545.0), "", "gemeente"),  # the pond in the park is no water of the water board
        ((150_620.0, 430_222.0), "gras", "waterschap"),  # the dike
    ],
)
def test_wie_is_verantwoordelijk(kaart: Organisaties, plek: tuple[float, float], onderwerp: str, wie: str) -> None:
    gevonden = queries.verantwoordelijke(*plek, onderwerp)
    assert gevonden is not None
    assert gevonden.organisatie == kaart[wie].id


def test_niemand_ver_weg() -> None:
    assert queries.verantwoordelijke(100_000, 400_000) is None


def test_perceel() -> None:
    adres = queries.zoek_adres("Kastanjelaan 12")[0]
    perceel = queries.perceel_op(adres.x, adres.y)
    assert perceel is not None
    assert perceel["aanduiding"].startswith("LWD00 ")
    assert perceel["vorm"].area == pytest.approx(perceel["oppervlakte"], abs=1)
    assert queries.perceel_op(*GRACHT) is None


def test_vormen_komen_terug_uit_de_database() -> None:
    straat = models.Straat.objects.get(naam="Kastanjelaan")
    assert straat.vorm.geom_type in ("LineString", "MultiLineString")
    assert straat.vak == pytest.approx(straat.vorm.bounds, abs=0.01)
    assert models.Adres.objects.filter(straat=straat).count() > 50


def test_kaartvlak_geeft_wat_de_schaal_toont() -> None:
    ver = kaart.kaartvlak(Beeld.rond(151_250, 431_000, 0.4, 1000, 800))
    assert ver.wijken
    assert not ver.bomen
    assert not ver.nummers
    dichtbij = kaart.kaartvlak(Beeld.rond(*KASTANJE, 4.0, 736, 380))
    assert dichtbij.nummers
    assert dichtbij.bomen
    assert not dichtbij.wijken
    assert all(isinstance(v, shapely.Geometry) for _, v in dichtbij.panden)


def test_laden_vervangt(kaart: Organisaties, stad: Stad, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "teken_stad", lambda seed: stad)
    voor = models.Adres.objects.count()
    commands.laad_stad(Actor.system("test"), kaart)
    assert models.Adres.objects.count() == voor == len(stad.adressen)
    assert models.Bestuursgebied.objects.count() == 3


# -- pages
VLAK = "/kaart/vlak.svg?bbox=150600,430600,151000,430800&w=800&h=400"


def test_vlak(client: Client) -> None:
    antwoord = client.get(VLAK + "&speld=150800,430700&punten=150700,430700;150900,430700")
    assert antwoord["Content-Type"] == "image/svg+xml"
    assert "max-age" in antwoord["Cache-Control"]
    boom = ElementTree.fromstring(antwoord.content)
    assert len([e for e in boom.iter() if e.get("class") == "m-dot"]) == 2
    assert "Kastanjelaan" in antwoord.content.decode()
    weer = client.get(
        VLAK + "&speld=150800,430700&punten=150700,430700;150900,430700", headers={"if-none-match": antwoord["ETag"]}
    )
    assert weer.status_code == 304
    assert "m-pin" not in client.get(VLAK + "&kaal=1&speld=150800,430700").content.decode()


@pytest.mark.parametrize(
    "vraag",
    ["", "bbox=1,2,3&w=10&h=10", "bbox=0,0,10,10&w=99999&h=10", "bbox=0,0,90000,10&w=10&h=10",
     "bbox=0,0,100,100&w=nan&h=10", "bbox=0,0,100,100&w=100&h=100&speld=x", "bbox=0,0,100,100&w=100&h=100&punten=1"],
)  # fmt: skip
def test_vlak_weigert_met_uitleg(client: Client, vraag: str) -> None:
    antwoord = client.get(f"/kaart/vlak.svg?{vraag}")
    assert antwoord.status_code == 400
    assert antwoord.content


def test_adressen_als_json_en_als_pagina(client: Client) -> None:
    json = client.get("/kaart/adressen?q=Kastanjelaan+12", headers={"accept": "application/json"}).json()
    assert json["treffers"][0]["tekst"].startswith("Kastanjelaan 12,")
    html = client.get("/kaart/adressen?q=kerk").content.decode()
    assert "Kerkstraat" in html
    assert "<svg" in html
    assert "xyzzy" in client.get("/kaart/adressen?q=xyzzy").content.decode()
    assert client.get("/kaart/adressen").status_code == 200


def test_hier(client: Client) -> None:
    rd = client.get("/kaart/hier?x=150800&y=430695").json()
    lon, lat = rules.rd_naar_wgs84(150_800, 430_695)
    graden = client.get(f"/kaart/hier?lat={lat}&lon={lon}").json()
    assert rd["straat"] == graden["straat"] == "Kastanjelaan"
    assert abs(graden["x"] - 150_800) < 0.1
    assert client.get("/kaart/hier?x=1").status_code == 400
    assert client.get("/kaart/hier?lat=0&lon=0").status_code == 400
    assert client.get("/kaart/hier?x=0&y=300000").status_code == 404


def test_kiezer_in_een_formulier(client: Client) -> None:
    uitkomst = queries.kies_plek({"kiezer": "zoek", "adres": "kerk", "woorden": "<b>achter</b> de kerk"})
    sjabloon = Template(
        "{% load plekken %}{% plek_kiezer u nabij %}{% kaart 150800 430700 1.6 736 380 nabij 'Kaart' %}"
    )
    html = sjabloon.render(Context({"u": uitkomst, "nabij": [(150_810, 430_700), (150_820, 430_700)]}))
    assert 'type="image"' in html
    assert html.count("kies:") == len(uitkomst.treffers) > 1
    assert "<b>achter" not in html
    assert "style=" not in html
    assert uitkomst.staat.pin is not None
    assert f'name="kaart_pin" value="{uitkomst.staat.pin[0]:.2f},{uitkomst.staat.pin[1]:.2f}"' in html
    leeg = Template("{% load plekken %}{% plek_kiezer u %}").render(Context({"u": kiezer.Uitkomst(kiezer.begin())}))
    assert 'name="kaart_pin" value=""' in leeg
