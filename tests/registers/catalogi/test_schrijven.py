"""A catalogue made, changed and published by a client of the API."""

from typing import Any

import pytest

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import rows
from loket.registers.autorisaties import commands as autorisaties
from tests.apiclient import GEHEIM, Client, met_alles
from tests.registers.catalogi.bouw import CATALOGI, Bouw
from tests.services.reacties.wereld import Wereld

DELEN = (
    "/statustypen",
    "/resultaattypen",
    "/roltypen",
    "/eigenschappen",
    "/zaaktype-informatieobjecttypen",
    "/zaakobjecttypen",
)


@pytest.fixture
def lw(db: None) -> Wereld:
    return Wereld("LW", "Gemeente Lindewaard")


@pytest.fixture
def alles(lw: Wereld) -> Bouw:
    return Bouw(met_alles(lw.organisatie.id, CATALOGI))


@pytest.fixture
def bouw(lw: Wereld, alles: Bouw) -> Bouw:
    """Who may write, and force nothing."""
    systeem = Actor.system("test", lw.organisatie.id)
    id = autorisaties.maak_applicatie(
        systeem,
        organisatie=lw.organisatie.id,
        label="Leverancier",
        client_ids=["leverancier"],
        autorisaties=[{"component": "ztc", "scopes": ["catalogi.lezen", "catalogi.schrijven"]}],
    )
    autorisaties.geef_geheim(systeem, id, GEHEIM)
    return Bouw(Client("leverancier", CATALOGI), "LEVER")


def test_a_supplier_makes_and_publishes_a_zaaktype(bouw: Bouw) -> None:
    zaaktype = bouw.heel()
    assert zaaktype["concept"] is False
    assert zaaktype["informatieobjecttypeOmschrijving"] == ["Brief ZT"]
    for naam in ("statustypen", "resultaattypen", "roltypen", "eigenschappen", "informatieobjecttypen", "besluittypen"):
        assert zaaktype[naam], naam
        assert bouw.client("GET", zaaktype[naam][0]).status == 200
    besluittype = bouw.client("GET", zaaktype["besluittypen"][0]).json
    assert (besluittype["zaaktypen"], besluittype["vastgelegdIn"]) == ([zaaktype["url"]], ["Brief ZT"])
    verteld = rows(
        "select data from loket_events_event where type = 'nl.loket.api.object.gewijzigd'"
        " and data ->> 'kanaal' <> 'autorisaties' order by volg"
    )
    assert [(each["data"]["kanaal"], each["data"]["actie"]) for each in verteld] == [
        ("informatieobjecttypen", "create"),
        ("besluittypen", "create"),
        ("zaaktypen", "create"),
        ("informatieobjecttypen", "update"),
        ("besluittypen", "update"),
        ("zaaktypen", "update"),
    ]
    assert verteld[-1]["data"]["kenmerken"] == {"catalogus": zaaktype["catalogus"].removeprefix("https://localhost")}


def test_relations_are_taken_as_url_and_as_omschrijving(bouw: Bouw) -> None:
    soort = bouw.informatieobjecttype()
    bouw.client("POST", f"{soort['url']}/publish")
    een = bouw.besluittype("Een", informatieobjecttypen=[soort["url"]])
    twee = bouw.besluittype("Twee", informatieobjecttypen=["Brief"])
    assert een["vastgelegdIn"] == twee["vastgelegdIn"] == ["Brief"]
    assert een["informatieobjecttypen"] == twee["informatieobjecttypen"] == [soort["url"]]
    zaaktype = bouw.zaaktype(besluittypen=[een["url"], "Twee"])
    assert zaaktype["besluittypeOmschrijving"] == ["Een", "Twee"]
    for zo in (soort["url"], "Brief"):
        reply = bouw.deel("/zaaktype-informatieobjecttypen", zaaktype, informatieobjecttype=zo, volgnummer=len(zo))
        assert reply.json["informatieobjecttype"] == "Brief"
    weg = f"{soort['url'][:-4]}0000"
    for fout in (weg, "https://elders.example/informatieobjecttypen/1"):
        reply = bouw.stuur(
            "/besluittypen",
            catalogus=bouw.catalogus["url"],
            publicatieIndicatie=False,
            informatieobjecttypen=[fout],
            beginGeldigheid="2020-01-01",
        )
        assert reply.codes() <= {("informatieobjecttypen", "does_not_exist"), ("informatieobjecttypen", "no_match")}


@pytest.mark.parametrize("soort", ["zaaktype", "besluittype", "informatieobjecttype"])
def test_ztc_009_what_is_published_stays_as_it_is(bouw: Bouw, alles: Bouw, soort: str) -> None:
    made = getattr(bouw, soort)("Type")
    url = made["url"]
    assert bouw.client("PATCH", url, {"omschrijving": "Anders"}).json["omschrijving"] == "Anders"
    assert bouw.client("POST", f"{url}/publish").json["concept"] is False
    for reply in (
        bouw.client("PATCH", url, {"omschrijving": "Weer anders"}),
        bouw.client("PUT", url, {**made, "omschrijving": "Weer anders"}),
        bouw.client("DELETE", url),
    ):
        assert (reply.status, reply.codes()) == (400, {("nonFieldErrors", "non-concept-object")})
    assert bouw.client("PATCH", url, {"eindeGeldigheid": "2030-12-31"}).json["eindeGeldigheid"] == "2030-12-31"
    assert bouw.client("PATCH", url, {"eindeGeldigheid": "2019-12-31"}).codes() == {("eindeGeldigheid", "invalid")}
    gedwongen = alles.client("PATCH", url, {"omschrijving": "Een correctie"})
    assert gedwongen.json["omschrijving"] == "Een correctie"
    assert alles.client("DELETE", url).status in (200, 204)
    assert alles.client("GET", url).status == 404


@pytest.mark.parametrize("path", DELEN)
def test_ztc_010_parts_of_a_published_zaaktype_do_not_change(bouw: Bouw, alles: Bouw, path: str) -> None:
    bouw.informatieobjecttype()
    zaaktype = bouw.zaaktype()
    made = bouw.deel(path, zaaktype)
    assert made.status == 201, made.body
    url = made.json["url"]
    weg = bouw.deel(path, zaaktype, **_anders(path)).json["url"]
    assert bouw.client("DELETE", weg).status == 204
    assert bouw.client("PUT", url, made.json).json == made.json
    assert bouw.client("POST", f"{zaaktype['url']}/publish").status == 200
    anders = _anders(path)
    for reply in (
        bouw.deel(path, zaaktype, **anders),
        bouw.client("PATCH", url, anders),
        bouw.client("PUT", url, {**made.json, **anders}),
        bouw.client("DELETE", url),
        alles.client("DELETE", url),
    ):
        assert (reply.status, reply.codes()) == (400, {("nonFieldErrors", "non-concept-zaaktype")})
    assert bouw.client("GET", url).json == made.json
    assert alles.client("PATCH", url, anders).status == 200, "a correctie"


def _anders(path: str) -> dict[str, Any]:
    return {
        "/statustypen": {"omschrijving": "Anders", "volgnummer": 8},
        "/resultaattypen": {"omschrijving": "Anders"},
        "/roltypen": {"omschrijving": "Anders"},
        "/eigenschappen": {"naam": "anders"},
        "/zaaktype-informatieobjecttypen": {"richting": "intern", "volgnummer": 8},
        "/zaakobjecttypen": {"relatieOmschrijving": "Anders"},
    }[path]


def test_ztc_016_versions_in_use_do_not_overlap(bouw: Bouw) -> None:
    eerste = bouw.zaaktype("ZT")
    assert bouw.client("POST", f"{eerste['url']}/publish").status == 200
    dubbel = bouw.stuur("/zaaktypen", **bouw.zaaktype_velden("ZT"))
    assert (dubbel.status, dubbel.codes()) == (400, {("beginGeldigheid", "overlap")})
    tweede = bouw.zaaktype("ZT", beginGeldigheid="2024-01-01")
    te_vroeg = bouw.client("POST", f"{tweede['url']}/publish")
    assert (te_vroeg.status, te_vroeg.codes()) == (400, {("beginGeldigheid", "overlap")})
    assert bouw.client("PATCH", eerste["url"], {"eindeGeldigheid": "2023-12-31"}).status == 200
    assert bouw.client("POST", f"{tweede['url']}/publish").status == 200
    assert bouw.client("PATCH", eerste["url"], {"eindeGeldigheid": "2024-01-01"}).codes() == {
        ("beginGeldigheid", "overlap")
    }


def test_the_validity_of_a_part_is_that_of_its_zaaktype(bouw: Bouw) -> None:
    zaaktype = bouw.zaaktype()
    assert bouw.deel("/roltypen", zaaktype, beginGeldigheid="2020-01-01").json["beginGeldigheid"] == "2020-01-01"
    assert bouw.deel("/roltypen", zaaktype, beginGeldigheid="2021-01-01").codes() == {("beginGeldigheid", "invalid")}


def test_what_is_refused_leaves_nothing_and_says_why(bouw: Bouw, alles: Bouw) -> None:
    zaaktype = bouw.zaaktype()
    bouw.informatieobjecttype()
    vreemd = alles.informatieobjecttype("Van een ander")
    ander = bouw.zaaktype("ANDER")
    stap = bouw.deel("/statustypen", ander).json["url"]
    bouw.deel("/roltypen", zaaktype)
    rol = {"omschrijving": "X", "omschrijvingGeneriek": "initiator"}
    for reply, code in (
        (bouw.deel("/roltypen", zaaktype), ("omschrijving", "unique")),
        (bouw.stuur("/roltypen", zaaktype=bouw.catalogus["url"], **rol), ("zaaktype", "no_match")),
        (bouw.stuur("/roltypen", zaaktype=f"{zaaktype['url'][:-4]}0000", **rol), ("zaaktype", "does_not_exist")),
        (bouw.stuur("/roltypen", zaaktype="https://elders.example/1", **rol), ("zaaktype", "does_not_exist")),
        (bouw.deel("/eigenschappen", zaaktype, statustype=stap), ("statustype", "zaaktype-mismatch")),
        (
            bouw.deel("/zaaktype-informatieobjecttypen", zaaktype, informatieobjecttype=vreemd["omschrijving"]),
            ("informatieobjecttype", "relations-incorrect-catalogus"),
        ),
        (bouw.stuur("/zaaktypen", **bouw.zaaktype_velden("Y", doorlooptijd="P1H")), ("doorlooptijd", "invalid")),
        (bouw.stuur("/catalogussen", domein="LEVER", rsin="000000000", contactpersoonBeheerNaam="x"),
         ("nonFieldErrors", "unique")),
        (bouw.stuur("/catalogussen", domein="klein", rsin="000000000", contactpersoonBeheerNaam="x"),
         ("domein", "invalid")),
    ):  # fmt: skip
        assert (reply.status, reply.codes()) == (400, {code})
    assert bouw.client("GET", f"/roltypen?zaaktype={zaaktype['url']}&status=alles").json["count"] == 1
    assert bouw.client("POST", "/catalogussen", b"{").status == 400
