"""The selection list: what ships, how an entry is found, replacing the list, and the API of it."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from loket.foundation.access.actor import ANONYMOUS
from loket.foundation.api.lane import Call
from loket.foundation.api.problem import Problem
from loket.registers.catalogi.selectielijst import lijst
from loket.registers.catalogi.selectielijst.api import API

VERZOEKEN = "6d85b4dc-381c-413e-af3c-1e9668f4ea97"
INGEWILLIGD = "968dee12-73d3-4b38-933f-5b25005d4ded"
OPENZAAK = "https://selectielijst.openzaak.nl/api/v1"


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)


def test_what_ships() -> None:
    shipped = lijst.huidig()
    assert [len(each) for each in (shipped.procestypen, shipped.resultaten)] == [29, 346]
    assert "EUPL-1.2" in shipped.bron
    assert all(uuid.version == 4 for uuid in (*shipped.procestypen, *shipped.resultaten))
    nummers = [each.volledig_nummer for each in shipped.resultaten.values()]
    assert len(set(nummers)) == 346
    for each in shipped.resultaten.values():
        assert each.volledig_nummer.startswith(f"{shipped.procestypen[each.procestype].nummer}.")
        assert each.generiek != each.specifiek
        assert each.bewaartermijn is None or each.waardering == "vernietigen"


@pytest.mark.parametrize(
    "root",
    [OPENZAAK, "https://referentielijsten-api.vng.cloud/api/v1", "http://localhost:8000/selectielijst/api/v1",
     "https://spiegel.example/nog/iets"],
)  # fmt: skip
def test_an_entry_is_known_by_its_uuid_whatever_the_host(root: str) -> None:
    found = lijst.resultaat(f"{root}/resultaten/{INGEWILLIGD}")
    assert found is not None
    assert (found.waardering, found.bewaartermijn, found.procestermijn) == ("vernietigen", "P5Y", "nihil")
    assert lijst.procestype(f"{root}/procestypen/{VERZOEKEN.upper()}/") is not None
    assert lijst.verwijst(f"{root}/resultaten/{INGEWILLIGD}", "resultaten")
    assert not lijst.verwijst(f"{root}/resultaten/{INGEWILLIGD}", "procestypen")
    omschrijving = lijst.omschrijving(f"{root}/resultaattypeomschrijvingen/e6a0c939-3404-45b0-88e3-76c94fb80ea7")
    assert omschrijving is not None
    assert omschrijving.omschrijving == "Afgewezen"


def test_what_only_a_public_server_has_is_believed_there() -> None:
    assert lijst.verwijst(f"{OPENZAAK}/resultaten/cc5ae4e3-a9e6-4386-bcee-46be4986a829", "resultaten")
    assert lijst.resultaat(f"{OPENZAAK}/resultaten/cc5ae4e3-a9e6-4386-bcee-46be4986a829") is None
    for url in (
        f"https://elders.example/api/v1/resultaten/{uuid4()}",
        f"{OPENZAAK}/resultaten/geen-uuid",
        f"{OPENZAAK}/resultaten/{INGEWILLIGD}?x=1",
        f"{OPENZAAK}/statussen/{INGEWILLIGD}",
        "",
        INGEWILLIGD,
    ):
        assert not lijst.verwijst(url, "resultaten"), url


def test_replacing_the_list_and_going_back(tmp_path: Path) -> None:
    shipped = lijst.huidig()
    folder = tmp_path / "nieuw"
    folder.mkdir()
    one, two = str(uuid4()), str(uuid4())
    (folder / "procestypen.json").write_text(json.dumps([{"url": one, "nummer": 1, "jaar": 2030, "naam": "Iets"}]))
    row = {
        "url": f"https://x/{two}",
        "procesType": f"https://x/{one}",
        "nummer": 0,
        "volledigNummer": "1.0",
        "generiek": True,
        "naam": "Klaar",
        "bewaartermijn": None,
        "burgerzaken": True,
    }
    (folder / "resultaten.json").write_text(json.dumps({"count": 1, "results": [row]}))
    (folder / "resultaattypeomschrijvingen.json").write_text("[]")
    lijst.vervang(folder)
    found = lijst.resultaat(f"https://h/resultaten/{two}")
    assert found is not None
    assert (found.procestype, found.nummer, found.burgerzaken, found.veiligheid) == (UUID(one), 0, True, False)
    lijst.terug()
    assert lijst.huidig() == shipped


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("geen json", "not a selection list"),
        ("{}", "no procestypen"),
        ('{"procestypen": [{"url": "x"}]}', "not a selection list"),
        ({"resultaten": [{"procesType": str(UUID(int=1))}]}, "not in the list"),
        ({"resultaten": [{"bewaartermijn": "tien jaar"}]}, "no period"),
        ({"resultaten": [{"waardering": "weggooien"}]}, "not a selection list"),
        ({"resultaten": [{"url": "x"}]}, "does not end in a uuid"),
        ({"resultaten": [{}, {}]}, "twice"),
    ],
)
def test_what_is_no_list_changes_nothing(given: Any, why: str, tmp_path: Path) -> None:
    if not isinstance(given, str):
        given = {
            "procestypen": [{"url": VERZOEKEN, "nummer": 6, "jaar": 2020, "naam": "Verzoeken"}],
            "resultaten": [
                {"url": INGEWILLIGD, "procesType": VERZOEKEN, "nummer": 1, "volledigNummer": "6.1", "naam": "X", **each}
                for each in given["resultaten"]
            ],
        }
        given = json.dumps(given)
    plek = tmp_path / "lijst.json"
    plek.write_text(given)
    with pytest.raises(ValueError, match=why):
        lijst.vervang(plek)
    assert len(lijst.huidig().resultaten) == 346


def vraag(operation: str, key: str | None = None, **query: str) -> Any:
    """What the API answers, by operationId."""
    found = next(each for each in API.operations if each.id == operation)
    root = f"https://localhost{API.root}"
    answer = API.handlers[operation](
        Call(ANONYMOUS, found, "https://localhost", root, UUID(key) if key else None, None, query, {})
    )
    return answer.body


def test_every_operation_is_served_without_scopes() -> None:
    assert {each.id for each in API.contract.operations} == API.handlers.keys()
    assert not any(each.scopes for each in API.operations)


def test_the_api_answers_as_the_public_one() -> None:
    soorten = vraag("procestypen_list")
    assert len(soorten) == 29
    assert vraag("procestypen_list", jaar="2017") == []
    assert vraag("procestypen_retrieve", VERZOEKEN) in soorten
    assert set(soorten[0]) == {"url", "nummer", "jaar", "naam", "omschrijving", "toelichting", "procesobject"}
    first = vraag("resultaten_list")
    assert (first["count"], len(first["results"]), first["previous"]) == (346, 100, None)
    assert first["next"] == "https://localhost/selectielijst/api/v1/resultaten?page=2"
    assert len(vraag("resultaten_list", page="4")["results"]) == 46
    one = vraag("resultaten_retrieve", INGEWILLIGD)
    assert one["procesType"] == f"https://localhost/selectielijst/api/v1/procestypen/{VERZOEKEN}"
    assert (one["volledigNummer"], one["procestermijnWeergave"], one["alleTaakgebieden"]) == ("6.1", "Nihil", True)
    schema = API.contract.document["components"]["schemas"]["Resultaat"]
    assert one.keys() == schema["properties"].keys() == set(schema["required"])
    for name in ("procesType", "proces_type"):
        assert vraag("resultaten_list", **{name: one["procesType"]})["count"] == 21
    assert vraag("resultaten_list", procesType=str(uuid4()))["count"] == 0
    assert len(vraag("resultaattypeomschrijvinggeneriek_list")) == 7


@pytest.mark.parametrize(
    ("operation", "key", "query", "status"),
    [
        ("resultaten_list", None, {"page": "5"}, 404),
        ("resultaten_list", None, {"page": "nul"}, 400),
        ("resultaten_list", None, {"procesType": "onzin"}, 400),
        ("resultaten_retrieve", str(UUID(int=1)), {}, 404),
        ("resultaattypeomschrijvinggeneriek_retrieve", str(UUID(int=1)), {}, 404),
    ],
)
def test_what_is_not_there(operation: str, key: str | None, query: dict[str, str], status: int) -> None:
    with pytest.raises(Problem) as refused:
        vraag(operation, key, **query)
    assert refused.value.status == status
