"""ZTC-001 to 008 and 015: the selection list, the brondatumArchiefprocedure, and what values look like."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.api.problem import Fault
from loket.registers.catalogi import rules

ROOT = "https://selectielijst.openzaak.nl/api/v1"
VERZOEKEN = f"{ROOT}/procestypen/6d85b4dc-381c-413e-af3c-1e9668f4ea97"
HEFFEN = f"{ROOT}/procestypen/8727fed3-91e8-4bd3-ab4e-aacf4532f015"
INGEWILLIGD = f"{ROOT}/resultaten/968dee12-73d3-4b38-933f-5b25005d4ded"  # 6.1: nihil, P5Y
MOTIE = f"{ROOT}/resultaten/4999b308-0bf6-464b-9480-fcd00c54fc27"  # 6.1.4: blijvend bewaren
ONDERHOUD = f"{ROOT}/resultaten/59596a33-c8db-4aa7-bb81-140cb29bb42a"  # 15.1.1: ingeschatte bestaansduur
HANDHAVING = f"{ROOT}/resultaten/56e888dc-d9eb-4fe5-87b5-e328c101c518"  # 6.1.8: bestaansduur
AFGEWEZEN = f"{ROOT}/resultaattypeomschrijvingen/e6a0c939-3404-45b0-88e3-76c94fb80ea7"
ELDERS = f"https://elders.example/api/v1/resultaten/{uuid4()}"
OUD = f"{ROOT}/resultaten/cc5ae4e3-a9e6-4386-bcee-46be4986a829"
WIJZEN = (
    "afgehandeld",
    "hoofdzaak",
    "eigenschap",
    "ander_datumkenmerk",
    "zaakobject",
    "termijn",
    "gerelateerde_zaak",
    "ingangsdatum_besluit",
    "vervaldatum_besluit",
)


def codes(faults: Iterable[Fault]) -> set[tuple[str, str]]:
    return {(each.name, each.code) for each in faults}


def test_ztc_001() -> None:
    assert codes(rules.ztc_001("")) == codes(rules.ztc_001(VERZOEKEN)) == set()
    for url in (INGEWILLIGD, f"https://elders.example/procestypen/{uuid4()}", "onzin"):
        assert codes(rules.ztc_001(url)) == {("selectielijstProcestype", "invalid-resource")}


def test_ztc_002() -> None:
    assert codes(rules.ztc_002(INGEWILLIGD, AFGEWEZEN, VERZOEKEN)) == set()
    assert codes(rules.ztc_002(INGEWILLIGD, AFGEWEZEN)) == codes(rules.ztc_002("", "", VERZOEKEN)) == set()
    assert codes(rules.ztc_002(OUD, AFGEWEZEN, VERZOEKEN)) == set()
    assert codes(rules.ztc_002(INGEWILLIGD, AFGEWEZEN, HEFFEN)) == {("nonFieldErrors", "procestype-mismatch")}
    assert codes(rules.ztc_002(ELDERS, INGEWILLIGD, VERZOEKEN)) == {
        ("selectielijstklasse", "invalid-resource"),
        ("resultaattypeomschrijving", "invalid-resource"),
    }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"selectielijstklasse": INGEWILLIGD, "resultaattypeomschrijving": AFGEWEZEN},
            {"archiefnominatie": "vernietigen", "archiefactietermijn": "P5Y", "omschrijving_generiek": "Afgewezen"},
        ),
        ({"selectielijstklasse": MOTIE}, {"archiefnominatie": "blijvend_bewaren"}),
        (
            {"selectielijstklasse": INGEWILLIGD, "archiefnominatie": "blijvend_bewaren", "archiefactietermijn": "P1Y"},
            {},
        ),
        ({"selectielijstklasse": INGEWILLIGD, "archiefnominatie": "", "archiefactietermijn": "P1Y"},
         {"archiefnominatie": "vernietigen"}),
        ({"selectielijstklasse": OUD, "archiefnominatie": None}, {}),
        ({}, {}),
    ],
)  # fmt: skip
def test_ztc_002_what_follows_from_the_list(row: dict[str, Any], expected: dict[str, str]) -> None:
    assert rules.ztc_002_afgeleid(row) == expected


@pytest.mark.parametrize("wijze", WIJZEN)
def test_ztc_003(wijze: str) -> None:
    mis = {("nonFieldErrors", "invalid-afleidingswijze-for-procestermijn")}
    brondatum = {"afleidingswijze": wijze}
    assert codes(rules.ztc_003(INGEWILLIGD, brondatum)) == (set() if wijze == "afgehandeld" else mis)
    assert codes(rules.ztc_003(ONDERHOUD, brondatum)) == (set() if wijze == "termijn" else mis)
    for klasse in (MOTIE, HANDHAVING, OUD, ""):
        assert codes(rules.ztc_003(klasse, brondatum)) == set()
    assert codes(rules.ztc_003(INGEWILLIGD, None)) == set()


@pytest.mark.parametrize("wijze", WIJZEN)
@pytest.mark.parametrize(
    ("rule", "veld", "waarde", "vereist"),
    [
        (rules.ztc_004, "datumkenmerk", "einde", {"eigenschap", "zaakobject", "ander_datumkenmerk"}),
        (rules.ztc_006, "objecttype", "pand", {"zaakobject", "ander_datumkenmerk"}),
        (rules.ztc_007, "registratie", "BAG", {"ander_datumkenmerk"}),
        (rules.ztc_008, "procestermijn", "P5Y", {"termijn"}),
    ],
)
def test_ztc_004_006_007_008(wijze: str, rule: Any, veld: str, waarde: str, vereist: set[str]) -> None:
    name = f"brondatumArchiefprocedure.{veld}"
    leeg = {(name, "required")} if wijze in vereist else set()
    for niets in ("", None):
        assert codes(rule({"afleidingswijze": wijze, veld: niets})) == leeg
    assert codes(rule({"afleidingswijze": wijze})) == leeg
    vol = set() if wijze in vereist else {(name, "must-be-empty")}
    assert codes(rule({"afleidingswijze": wijze, veld: waarde})) == vol
    assert codes(rule(None)) == codes(rule({veld: waarde})) == set()


@pytest.mark.parametrize("wijze", WIJZEN)
def test_ztc_005(wijze: str) -> None:
    mis = {("brondatumArchiefprocedure.einddatumBekend", "must-be-empty")}
    for niets in (False, None):
        assert codes(rules.ztc_005({"afleidingswijze": wijze, "einddatumBekend": niets})) == set()
    bekend = rules.ztc_005({"afleidingswijze": wijze, "einddatumBekend": True})
    assert codes(bekend) == (mis if wijze in ("afgehandeld", "termijn") else set())
    assert codes(rules.ztc_005(None)) == set()


def test_ztc_015() -> None:
    mis = {("specificatie.lengte", "invalid")}
    assert codes(rules.ztc_015("datum", "8")) == codes(rules.ztc_015("datum_tijd", "14")) == set()
    assert codes(rules.ztc_015("datum", "14")) == codes(rules.ztc_015("datum_tijd", "8")) == mis
    assert codes(rules.ztc_015("tekst", "255")) == codes(rules.ztc_015("getal", "8,2")) == set()


@pytest.mark.parametrize(
    ("formaat", "lengte", "kardinaliteit", "verzameling", "waarde", "aantal"),
    [
        ("tekst", "5", "1", [], "korte", 0),
        ("tekst", "5", "1", [], "langer", 1),
        ("tekst", "5", "1", ["ja", "nee"], "ja", 0),
        ("tekst", "5", "1", ["ja", "nee"], "wie", 1),
        ("tekst", "5", "1", ["ja", "nee"], "misschien", 2),
        ("tekst", "5", "N", ["ja", "nee"], "ja; nee", 0),
        ("tekst", "5", "2", [], "a;b;c", 1),
        ("getal", "3", "1", [], "123", 0),
        ("getal", "3", "1", [], "1234", 1),
        ("getal", "3", "1", [], "1,5", 1),
        ("getal", "8,2", "1", [], "-1.55", 0),
        ("getal", "8,2", "1", [], "1.555", 1),
        ("getal", "3", "1", [], "drie", 1),
        ("datum", "8", "1", [], "20261123", 0),
        ("datum", "8", "1", [], "20261131", 1),
        ("datum", "8", "1", [], "2026-11-23", 1),
        ("datum_tijd", "14", "1", [], "20261123093000", 0),
        ("datum_tijd", "14", "1", [], "20261123253000", 1),
        ("datum_tijd", "14", "1", [], "20261123", 1),
    ],
)
def test_whether_a_value_is_as_its_eigenschap_says(
    formaat: str, lengte: str, kardinaliteit: str, verzameling: list[str], waarde: str, aantal: int
) -> None:
    assert len(list(rules.eigenschap_waarde(formaat, lengte, kardinaliteit, verzameling, waarde))) == aantal


@given(st.sampled_from(["tekst", "getal", "datum", "datum_tijd"]), st.text(max_size=8), st.text(max_size=4), st.text())
def test_a_reason_for_anything(formaat: str, lengte: str, kardinaliteit: str, waarde: str) -> None:
    for reden in rules.eigenschap_waarde(formaat, lengte, kardinaliteit, [], waarde):
        assert reden.endswith(".")
