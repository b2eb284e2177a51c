"""The Autorisaties API as its clients see it."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from loket.foundation.access.actor import Actor
from loket.foundation.api.problem import Problem
from loket.foundation.audit.models import Handeling
from loket.foundation.database.watch import watch
from loket.foundation.events.models import EventRow
from loket.foundation.identity.models import Organisatie
from loket.registers.autorisaties import commands, queries
from loket.registers.autorisaties.api import API
from loket.registers.autorisaties.models import Applicatie, ClientId
from tests.apiclient import GEHEIM, HOST, Client, Reply, met_alles

ROOT = "/autorisaties/api/v1"
ZAAKTYPE = f"{HOST}/catalogi/api/v1/zaaktypen/{uuid4()}"
ZRC = {
    "component": "zrc",
    "scopes": ["zaken.lezen", "zaken.aanmaken"],
    "zaaktype": ZAAKTYPE,
    "maxVertrouwelijkheidaanduiding": "zaakvertrouwelijk",
}


def maak(client: Client, **anders: object) -> Reply:
    return client("POST", "/applicaties", {"clientIds": ["formulieren"], "label": "F", "autorisaties": [ZRC]} | anders)


def test_every_operation_has_a_handler_and_no_handler_is_extra() -> None:
    assert {each.id for each in API.contract.operations} == set(API.handlers)


def test_what_was_made_is_read_again_with_its_address(client: Client) -> None:
    gemaakt = maak(client)
    assert gemaakt.status == 201, gemaakt.body
    assert gemaakt.headers["Location"] == gemaakt.json["url"]
    assert gemaakt.headers["API-version"] == "1.1.0"
    assert gemaakt.json == {
        "url": gemaakt.json["url"],
        "clientIds": ["formulieren"],
        "label": "F",
        "heeftAlleAutorisaties": False,
        "alleenIsGereedVoorPublicatie": False,
        "autorisaties": [{**ZRC, "componentWeergave": "Zaken API"}],
    }
    assert client("GET", gemaakt.json["url"]).json == gemaakt.json
    assert client("GET", "/applicaties/consumer?clientId=formulieren").json == gemaakt.json
    assert client("GET", "/applicaties/consumer?clientId=niemand").status == 404
    id = gemaakt.json["url"].rpartition("/")[2]
    assert EventRow.objects.filter(type="nl.loket.api.object.gewijzigd", subject=id).count() == 1
    assert Handeling.objects.filter(object=id, actor_soort="applicatie", actor_naam="Alles: u1").count() == 1


def test_the_list_is_counted_paged_and_filtered(client: Client) -> None:
    maak(client)
    heel = client("GET", "/applicaties").json
    assert (heel["count"], heel["next"], heel["previous"]) == (2, None, None)
    assert [each["label"] for each in heel["results"]] == ["Alles", "F"]
    assert client("GET", "/applicaties?page=1").json == heel
    assert client("GET", "/applicaties?clientIds=formulieren,nog-een").json["count"] == 1
    assert client("GET", "/applicaties?page=2").status == 404
    assert client("GET", "/applicaties?page=nul").codes() == {("page", "invalid")}
    assert client("GET", "/applicaties?clientIdss=x").codes() == {("clientIdss", "unknown-parameters")}
    assert client("GET", "/applicaties/consumer").codes() == {("clientId", "required")}


def test_a_change_replaces_and_a_patch_keeps_what_it_does_not_name(client: Client) -> None:
    url = maak(client).json["url"]
    anders = client("PATCH", url, {"label": "Formulieren"})
    assert (anders.status, anders.json["label"], anders.json["autorisaties"][0]["zaaktype"]) == (
        200,
        "Formulieren",
        ZAAKTYPE,
    )
    heel = client("PUT", url, {"clientIds": ["formulieren", "f2"], "label": "F", "heeftAlleAutorisaties": True})
    assert (heel.json["clientIds"], heel.json["autorisaties"]) == (["f2", "formulieren"], [])
    assert client("PUT", url, {"label": "F"}).codes() == {("clientIds", "required")}
    smal = client("PATCH", url, {"autorisaties": [{"component": "ztc", "scopes": ["catalogi.lezen"]}]})
    assert (smal.json["heeftAlleAutorisaties"], len(smal.json["autorisaties"])) == (False, 1)


def test_ac_001_a_client_id_belongs_to_one_application_and_is_never_used_again(client: Client) -> None:
    url = maak(client).json["url"]
    assert maak(client).codes() == {("clientIds", "clientId-exists")}
    tweede = maak(client, clientIds=["ander"]).json["url"]
    assert client("PATCH", tweede, {"clientIds": ["formulieren"]}).codes() == {("clientIds", "clientId-exists")}
    assert client("DELETE", url).status == 204
    assert client("GET", url).status == 404
    assert maak(client).codes() == {("clientIds", "clientId-exists")}, "not even when its application is gone"


def test_ac_002_either_autorisaties_or_all_of_them(client: Client) -> None:
    beide = maak(client, heeftAlleAutorisaties=True)
    assert beide.codes() == {("nonFieldErrors", "ambiguous-authorizations-specified")}
    assert maak(client, autorisaties=[]).codes() == {("nonFieldErrors", "missing-authorizations")}
    assert client("GET", "/applicaties").json["count"] == 1, "nothing was stored"


@pytest.mark.parametrize(
    ("component", "scope", "velden"),
    [
        ("zrc", "zaken.lezen", ("zaaktype", "maxVertrouwelijkheidaanduiding")),
        ("drc", "documenten.lezen", ("informatieobjecttype", "maxVertrouwelijkheidaanduiding")),
        ("brc", "besluiten.lezen", ("besluittype",)),
        ("ztc", "catalogi.lezen", ()),
        ("zrc", "audittrails.lezen", ()),
    ],
)
def test_ac_003_what_a_component_needs(client: Client, component: str, scope: str, velden: tuple[str, ...]) -> None:
    gekregen = maak(client, autorisaties=[{"component": component, "scopes": [scope]}])
    if velden:
        assert gekregen.codes() == {(f"autorisaties.0.{veld}", "required") for veld in velden}
    else:
        assert gekregen.status == 201


@pytest.mark.parametrize(
    ("anders", "naam", "code"),
    [
        ({"clientIds": []}, "clientIds", "empty"),
        ({"clientIds": "formulieren"}, "clientIds", "not_a_list"),
        ({"clientIds": ["x" * 51]}, "clientIds.0", "max_length"),
        ({"clientIds": [""]}, "clientIds.0", "blank"),
        ({"label": None}, "label", "null"),
        ({"label": ""}, "label", "blank"),
        ({"label": "a\0b"}, "label", "null_characters_not_allowed"),
        ({"heeftAlleAutorisaties": "ja"}, "heeftAlleAutorisaties", "invalid"),
        ({"autorisaties": [{"component": "xyz", "scopes": []}]}, "autorisaties.0.component", "invalid_choice"),
        ({"autorisaties": [{"component": "zrc"}]}, "autorisaties.0.scopes", "required"),
        ({"autorisaties": [ZRC | {"zaaktype": 3}]}, "autorisaties.0.zaaktype", "invalid"),
        ({"autorisaties": [ZRC | {"zaaktype": "geen-url"}]}, "autorisaties.0.zaaktype", "invalid"),
        (
            {"autorisaties": [ZRC | {"maxVertrouwelijkheidaanduiding": "diep"}]},
            "autorisaties.0.maxVertrouwelijkheidaanduiding",
            "invalid_choice",
        ),
    ],
)
def test_bad_input_is_named_and_changes_nothing(
    client: Client, anders: dict[str, object], naam: str, code: str
) -> None:
    gekregen = maak(client, **anders)
    assert gekregen.status == 400
    assert (naam, code) in gekregen.codes()
    assert client("GET", "/applicaties").json["count"] == 1


def test_what_is_no_json_is_refused(client: Client) -> None:
    assert client("POST", "/applicaties", b"{").codes() == {("nonFieldErrors", "parse_error")}
    assert client("POST", "/applicaties", b"[" * 100_000).status == 400
    assert client("POST", "/applicaties", [1]).codes() == {("nonFieldErrors", "invalid")}
    assert client("POST", "/applicaties", b"{}", CONTENT_TYPE="text/plain").status == 415
    assert client("GET", "/applicaties", HTTP_ACCEPT="text/html").status == 406


def test_another_organisation_is_not_there(client: Client) -> None:
    elders = Organisatie.objects.create(naam="Elders", soort="gemeente", rsin="999905033", afkorting="EL")
    ander = met_alles(elders.id, ROOT, "elders")
    url = maak(client).json["url"]
    assert ander("GET", "/applicaties").json["count"] == 1
    for method, body in (("GET", None), ("PATCH", {"label": "x"}), ("DELETE", None)):
        assert ander(method, url, body).status == 404
    assert ander("GET", "/applicaties/consumer?clientId=formulieren").status == 404


def test_a_scope_that_is_missing_is_refused_and_written_down(client: Client, organisatie: Organisatie) -> None:
    maak(client, autorisaties=[{"component": "ac", "scopes": ["autorisaties.lezen"]}])
    wie = Actor.system("test", organisatie.id)
    id = client("GET", "/applicaties/consumer?clientId=formulieren").json["url"].rpartition("/")[2]
    commands.geef_geheim(wie, id, GEHEIM)
    lezer = Client("formulieren", ROOT)
    assert lezer("GET", "/applicaties").status == 200
    geweigerd = maak(lezer, clientIds=["nog-een"])
    assert (geweigerd.status, geweigerd.json["code"]) == (403, "permission_denied")
    assert Handeling.objects.filter(handeling="geweigerd", gelukt=False, actor=id).exists()


def test_who_may_only_change_hears_what_was_made_and_nothing_is_made_that_is_refused(
    client: Client, organisatie: Organisatie
) -> None:
    maak(client, autorisaties=[{"component": "ac", "scopes": ["autorisaties.bijwerken"]}])
    commands.geef_geheim(Actor.system("test", organisatie.id), queries.id_van("formulieren"), GEHEIM)
    schrijver = Client("formulieren", ROOT)
    gemaakt = maak(schrijver, clientIds=["nog-een"])
    assert (gemaakt.status, gemaakt.json["clientIds"]) == (201, ["nog-een"])
    assert schrijver("PATCH", gemaakt.json["url"], {"label": "Anders"}).json["label"] == "Anders"
    assert schrijver("GET", gemaakt.json["url"]).status == 403


def test_the_same_answer_is_not_sent_twice(client: Client) -> None:
    url = maak(client).json["url"]
    eerst = client("GET", url)
    weer = client("GET", url, HTTP_IF_NONE_MATCH=eerst.headers["ETag"])
    assert (weer.status, weer.body) == (304, b"")
    kop = client("HEAD", url)
    assert (kop.status, kop.body) == (200, b"")
    assert kop.headers == eerst.headers
    client("PATCH", url, {"label": "Anders"})
    assert client("GET", url, HTTP_IF_NONE_MATCH=eerst.headers["ETag"]).status == 200


def test_what_is_not_there_and_what_cannot_be_done_there(client: Client) -> None:
    assert client("GET", "/iets").status == 404
    assert client("GET", "/applicaties/geen-uuid").status == 404
    assert client("GET", f"/applicaties/{uuid4()}").status == 404
    geweigerd = client("PUT", "/applicaties", {})
    assert (geweigerd.status, geweigerd.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_a_host_that_is_not_ours_stands_in_no_answer(client: Client) -> None:
    assert client("GET", "/applicaties", HTTP_HOST="elders.example").codes() == {("nonFieldErrors", "invalid")}


def test_the_contract_is_served_to_everybody() -> None:
    niemand = Client("", ROOT)
    heel = niemand("GET", "/openapi.json").json
    assert heel["info"]["version"] == "1.1.0" and heel["servers"] == [{"url": HOST + ROOT}]
    assert niemand("GET", "/openapi.yaml").body == niemand("GET", "/schema/openapi.yaml").body
    assert Client()("GET", "/mijn/").body == b"a page"


def test_a_database_that_is_away_is_told_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "away", True)
    weg = client("GET", "/applicaties")
    assert (weg.status, weg.headers["Retry-After"], weg.json["code"]) == (503, "5", "unavailable")
    assert client("GET", "/openapi.json").status == 200, "what needs no database goes on"


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_take_one_client_id_at_once_one_gets_it() -> None:
    organisatie = Organisatie.objects.create(naam="L", soort="gemeente", rsin="999905021", afkorting="LW")
    systeem = Actor.system("test", organisatie.id)

    def neem(n: int) -> str:
        try:
            commands.maak_applicatie(
                systeem, organisatie=organisatie.id, label=str(n), client_ids=["een", f"eigen-{n}"], alle=True
            )
        except Problem as problem:
            return problem.params[0].code
        finally:
            connection.close()
        return "gelukt"

    with ThreadPoolExecutor(10) as allen:
        uitkomsten = sorted(allen.map(neem, range(10)))
    assert uitkomsten == ["clientId-exists"] * 9 + ["gelukt"]
    assert Applicatie.objects.count() == 1
    assert ClientId.objects.count() == 2, "of the others nothing stayed"
