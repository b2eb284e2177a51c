"""The Catalogi API as its clients read it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.foundation.api.resource import Link, Links, Resource
from loket.foundation.api.shape import faults
from loket.foundation.time.clock import today
from loket.registers.catalogi.api import API, SCHRIJVEN
from loket.registers.catalogi.models import Statustype, Zaaktype
from tests.apiclient import HOST, Client, met_alles
from tests.services.reacties.wereld import Wereld

ROOT = "/catalogi/api/v1"
SCHEMAS = {
    "catalogus": "Catalogus",
    "zaaktype": "ZaakType",
    "statustype": "StatusType",
    "resultaattype": "ResultaatType",
    "roltype": "RolType",
    "eigenschap": "Eigenschap",
    "informatieobjecttype": "InformatieObjectType",
    "zaakinformatieobjecttype": "ZaakTypeInformatieObjectType",
    "besluittype": "BesluitType",
    "zaakobjecttype": "ZaakObjectType",
}


@pytest.fixture
def lw(db: None) -> Wereld:
    return Wereld("LW", "Gemeente Lindewaard")


@pytest.fixture
def client(lw: Wereld) -> Client:
    return met_alles(lw.organisatie.id, ROOT)


def test_every_operation_of_the_contract_has_a_handler_and_no_handler_is_extra() -> None:
    assert set(API.handlers) == {each.id for each in API.contract.operations}


@pytest.mark.parametrize("resource", [each.resource for each in SCHRIJVEN], ids=lambda each: each.name)
def test_an_object_has_the_shape_of_the_contract_in_list_and_alone(client: Client, resource: Resource) -> None:
    heel = client("GET", f"{resource.path}?status=alles" if "status" in resource.filters else resource.path)
    assert heel.status == 200, heel.body
    assert heel.json["count"] == len(heel.json["results"])
    if resource.name not in ("eigenschap", "besluittype", "zaakobjecttype"):
        assert heel.json["count"] > 0
    shape = API.contract.document["components"]["schemas"][SCHEMAS[resource.name]]
    for each in heel.json["results"][:3]:
        assert list(each) == ["url", *resource.fields]
        assert set(each) == {*shape["properties"], *shape["required"]}, (
            "the file requires one that it does not describe"
        )
        assert not faults(API.contract, shape, _zonder_leeg(each), partial=True)
        alleen = client("GET", each["url"])
        assert (alleen.status, alleen.json) == (200, each)


def _zonder_leeg(each: dict[str, Any]) -> dict[str, Any]:
    """What is optional in the standard is an empty text or null here."""
    return {naam: waarde for naam, waarde in each.items() if waarde not in ("", None)}


@pytest.mark.parametrize("resource", [each.resource for each in SCHRIJVEN], ids=lambda each: each.name)
def test_every_link_leads_somewhere_and_expands_to_what_stands_there(client: Client, resource: Resource) -> None:
    links = [naam for naam, each in resource.fields.items() if isinstance(each, Link | Links)]
    gevonden = client("GET", f"{resource.path}?expand={','.join(links)}").json["results"]
    for each in gevonden[:2]:
        assert set(each["_expand"]) == set(links)
        for naam in links:
            binnen = each["_expand"][naam]
            if isinstance(resource.fields[naam], Links):
                assert [deel["url"] for deel in binnen] == each[naam]
                binnen = binnen[:1]
            else:
                binnen = [binnen] if each[naam] else []
            for deel in binnen:
                assert client("GET", deel["url"]).json == deel


def test_expand_goes_as_deep_as_is_asked_in_one_statement(client: Client) -> None:
    with CaptureQueriesContext(connection) as gedaan:
        heel = client("GET", "/zaaktypen?expand=statustypen.zaaktype.catalogus,roltypen").json["results"][0]
    assert heel["_expand"]["statustypen"][0]["_expand"]["zaaktype"]["_expand"]["catalogus"]["domein"]
    assert len(gedaan) == 0, "all of it goes round the ORM, prepared"
    assert client("GET", "/zaaktypen?expand=niets").status == 404, "zrc-027"
    assert client("GET", "/zaaktypen?expand=statustypen.omschrijving").status == 404
    assert client("GET", f"/zaaktypen?expand={'.'.join(['catalogus', 'zaaktypen'] * 6)}").status == 404


def test_lists_are_filtered_and_every_bad_value_is_named(client: Client, lw: Wereld) -> None:
    def aantal(vraag: str) -> int:
        reply = client("GET", vraag)
        assert reply.status == 200, reply.body
        return int(reply.json["count"])

    soort = Zaaktype.objects.get(identificatie="melding", organisatie=lw.organisatie)
    url = f"{HOST}{ROOT}/zaaktypen/{soort.id}"
    assert aantal(f"/statustypen?zaaktype={url}") == Statustype.objects.filter(zaaktype=soort).count() > 0
    assert aantal("/statustypen?zaaktypeIdentificatie=melding") == aantal(f"/statustypen?zaaktype={url}")
    assert aantal(f"/statustypen?zaaktype={HOST}{ROOT}/zaaktypen/{uuid4()}") == 0
    assert aantal("/statustypen?zaaktype=https://elders.example/zaaktypen/1") == 0
    assert aantal("/zaaktypen?identificatie=melding") == 1
    assert aantal("/zaaktypen?identificatie=melding&status=concept") == 0
    assert aantal(f"/zaaktypen?datumGeldigheid={soort.begin_geldigheid - timedelta(days=1)}") == 0
    assert aantal(f"/zaaktypen?identificatie=melding&datumGeldigheid={today()}") == 1
    assert aantal("/roltypen?omschrijvingGeneriek=initiator") > 0
    domein = client("GET", "/catalogussen").json["results"][0]["domein"]
    assert aantal(f"/catalogussen?domein__in=NIETS,{domein}") == 1
    assert aantal("/catalogussen?domein=NIETS") == 0
    for vraag, naam, code in (
        ("/zaaktypen?status=half", "status", "invalid_choice"),
        ("/zaaktypen?datumGeldigheid=gisteren", "datumGeldigheid", "invalid"),
        ("/statustypen?zaaktype=melding", "zaaktype", "invalid"),
        ("/roltypen?omschrijvingGeneriek=baas", "omschrijvingGeneriek", "invalid_choice"),
        ("/zaaktypen?soort=melding", "soort", "unknown-parameters"),
    ):
        assert client("GET", vraag).codes() == {(naam, code)}, vraag


def test_another_organisations_catalogue_is_not_there(client: Client, lw: Wereld) -> None:
    ander = met_alles(Wereld("EL", "Gemeente Elders").organisatie.id, ROOT, "elders")
    url = client("GET", "/zaaktypen").json["results"][0]["url"]
    assert client("GET", url).status == 200
    assert ander("GET", url).status == 404
    assert {each["url"] for each in ander("GET", "/zaaktypen").json["results"]}.isdisjoint([url])


def test_a_related_zaaktype_is_kept_by_its_identificatie_and_shown_as_the_version_in_force(
    client: Client, lw: Wereld
) -> None:
    ander = Zaaktype.objects.get(identificatie="klacht", organisatie=lw.organisatie)
    verwijzing = [{"zaaktype": "klacht", "aardRelatie": "vervolg"}, {"zaaktype": "weg", "aardRelatie": "bijdrage"}]
    Zaaktype.objects.filter(identificatie="melding").update(
        gerelateerde_zaaktypen=verwijzing, deelzaaktypen=["klacht"], bronzaaktype=None
    )
    melding = client("GET", "/zaaktypen?identificatie=melding&expand=deelzaaktypen").json["results"][0]
    url = f"{HOST}{ROOT}/zaaktypen/{ander.id}"
    assert [(each["zaaktype"], each["zaaktypeIdentificatie"]) for each in melding["gerelateerdeZaaktypen"]] == [
        (url, "klacht"),
        (None, "weg"),
    ]
    assert melding["deelzaaktypen"] == [url] == [each["url"] for each in melding["_expand"]["deelzaaktypen"]]
    assert melding["bronzaaktype"] == {"url": "", "identificatie": "", "omschrijving": ""}


def test_the_end_of_a_zaaktype_is_its_last_status(client: Client) -> None:
    for soort in client("GET", "/zaaktypen?expand=statustypen").json["results"]:
        stappen = soort["_expand"]["statustypen"]
        assert [each["isEindstatus"] for each in stappen] == [False] * (len(stappen) - 1) + [True]


def test_head_and_the_same_again(client: Client) -> None:
    url = client("GET", "/catalogussen").json["results"][0]["url"]
    eerst = client("GET", url)
    assert client("HEAD", url).headers == eerst.headers
    assert client("GET", url, HTTP_IF_NONE_MATCH=eerst.headers["ETag"]).status == 304
    assert client("DELETE", url).status == 405
