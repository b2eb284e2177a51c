"""Every operation of the Notificaties API, as a client sees it."""

from typing import Any

import pytest

from loket.foundation.audit.models import Handeling
from loket.foundation.identity.models import Organisatie
from loket.registers.notificaties.api import API, GEHEIM
from loket.registers.notificaties.models import Abonnement, Aflevering, Notificatie
from tests.apiclient import Client, met_alles
from tests.registers.notificaties.conftest import ROOT
from tests.registers.notificaties.ontvanger import AUTH, Ontvanger

ZAAK = "https://zaken.voorbeeld.nl/zaken/1"
BERICHT = {
    "kanaal": "zaken",
    "hoofdObject": ZAAK,
    "resource": "status",
    "resourceUrl": "https://zaken.voorbeeld.nl/statussen/1",
    "actie": "create",
    "aanmaakdatum": "2026-11-23T09:00:00Z",
    "kenmerken": {"bronorganisatie": "999905021"},
}


def abonnement(ontvanger: Ontvanger, **anders: Any) -> dict[str, Any]:
    """What somebody sends who wants to hear of zaken."""
    kanalen = [{"naam": "zaken", "filters": {"bronorganisatie": "999905021"}}]
    return {"callbackUrl": ontvanger.url, "auth": AUTH, "kanalen": kanalen, **anders}


def test_every_operation_has_a_handler_and_no_handler_is_extra() -> None:
    assert {each.id for each in API.contract.operations} == set(API.handlers)


# --- kanalen --------------------------------------------------------------------------------------------


def test_the_kanalen_of_the_standard_are_there_without_anybody_making_them(client: Client) -> None:
    kanalen = {each["naam"]: each for each in client("GET", "/kanaal").json}
    assert set(kanalen) == {
        *("zaken", "documenten", "besluiten", "zaaktypen", "besluittypen", "informatieobjecttypen", "autorisaties")
    }
    zaken = kanalen["zaken"]
    assert zaken["filters"] == ["bronorganisatie", "zaaktype", "vertrouwelijkheidaanduiding"]
    assert zaken["documentatieLink"] == "https://localhost/zaken/api/v1/openapi.yaml"
    assert kanalen["autorisaties"]["filters"] == []
    assert client("GET", "/kanaal?naam=zaken").json == [zaken]
    assert client("GET", zaken["url"]).json == zaken
    assert client("GET", "/kanaal?naam=niets").json == []


def test_a_kanaal_is_made_once_and_for_one_organisation(client: Client, organisatie: Organisatie) -> None:
    eigen = {"naam": "producten", "documentatieLink": "https://voorbeeld.nl/p", "filters": ["soort"]}
    gemaakt = client("POST", "/kanaal", eigen)
    assert (gemaakt.status, gemaakt.headers["Location"]) == (201, gemaakt.json["url"])
    assert gemaakt.json == {"url": gemaakt.json["url"], **eigen}
    assert client("GET", gemaakt.json["url"]).json == gemaakt.json
    for naam in ("producten", "zaken"):
        nog_een = client("POST", "/kanaal", {"naam": naam})
        assert (nog_een.status, nog_een.codes()) == (400, {("naam", "unique")})
    ander = Organisatie.objects.create(naam="Het Groene Tij", soort="waterschap", rsin="999905033", afkorting="GT")
    buur = met_alles(ander.id, ROOT, "buur")
    assert buur("GET", gemaakt.json["url"]).status == 404
    assert buur("POST", "/kanaal", eigen).status == 201
    assert Handeling.objects.filter(handeling="maak_kanaal").count() == 2


@pytest.mark.parametrize(
    ("kanaal", "code"),
    [
        ({}, ("naam", "required")),
        ({"naam": ""}, ("naam", "blank")),
        ({"naam": "x" * 51}, ("naam", "max_length")),
        ({"naam": "x", "documentatieLink": "nergens"}, ("documentatieLink", "invalid")),
        ({"naam": "x", "filters": "soort"}, ("filters", "not_a_list")),
    ],
)
def test_a_kanaal_of_another_shape_is_refused(client: Client, kanaal: Any, code: tuple[str, str]) -> None:
    antwoord = client("POST", "/kanaal", kanaal)
    assert (antwoord.status, antwoord.codes()) == (400, {code})


# --- abonnementen ---------------------------------------------------------------------------------------


def test_an_abonnement_is_made_read_changed_and_removed(client: Client, ontvanger: Ontvanger) -> None:
    gemaakt = client("POST", "/abonnement", abonnement(ontvanger))
    assert gemaakt.status == 201, gemaakt.body
    assert gemaakt.headers["Location"] == gemaakt.json["url"]
    assert len(gemaakt.headers[GEHEIM]) > 32
    assert gemaakt.json == {"url": gemaakt.json["url"], **abonnement(ontvanger)}
    assert ontvanger.proeven == [AUTH]
    assert client("GET", gemaakt.json["url"]).json == gemaakt.json
    assert client("GET", "/abonnement").json == [gemaakt.json]
    bewaard = Abonnement.objects.get()
    assert AUTH.encode() not in bytes(bewaard.auth), "sealed"

    anders = client("PATCH", gemaakt.json["url"], {"kanalen": [{"naam": "besluiten"}]})
    assert (anders.status, anders.json["kanalen"]) == (200, [{"naam": "besluiten", "filters": {}}])
    assert anders.json["auth"] == AUTH and len(ontvanger.proeven) == 1, "the address is the same"
    heel = client("PUT", gemaakt.json["url"], abonnement(ontvanger, callbackUrl=ontvanger.url + "&nieuw"))
    assert (heel.status, heel.json["callbackUrl"]) == (200, ontvanger.url + "&nieuw")
    assert len(ontvanger.proeven) == 2
    assert client("PUT", gemaakt.json["url"], {"auth": AUTH}).codes() == {
        ("callbackUrl", "required"),
        ("kanalen", "required"),
    }
    assert client("DELETE", gemaakt.json["url"]).status == 204
    assert client("GET", gemaakt.json["url"]).status == 404
    assert client("DELETE", gemaakt.json["url"]).status == 404


def test_only_who_made_an_abonnement_reads_its_auth(
    client: Client, organisatie: Organisatie, ontvanger: Ontvanger
) -> None:
    url = client("POST", "/abonnement", abonnement(ontvanger)).json["url"]
    collega = met_alles(organisatie.id, ROOT, "collega")
    gezien = collega("GET", url).json["auth"]
    assert gezien == "********"
    assert collega("PATCH", url, {"auth": gezien}).codes() == {("auth", "invalid")}
    ander = Organisatie.objects.create(naam="Het Groene Tij", soort="waterschap", rsin="999905033", afkorting="GT")
    buur = met_alles(ander.id, ROOT, "buur")
    assert buur("GET", "/abonnement").json == []
    for methode in ("GET", "PATCH", "DELETE"):
        assert buur(methode, url, {} if methode == "PATCH" else None).status == 404


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"callbackUrl": "ftp://x"}, ("callbackUrl", "invalid")),
        ({"auth": ""}, ("auth", "blank")),
        ({"auth": "a\nX-Kop: b"}, ("auth", "invalid")),
        ({"kanalen": {}}, ("kanalen", "not_a_list")),
        ({"kanalen": [{"naam": "vergunningen"}]}, ("kanalen.0.naam", "kanaal_naam")),
        (
            {"kanalen": [{"naam": "zaken"}, {"naam": "besluiten", "filters": {"zaaktype": "*"}}]},
            ("kanalen.1.filters", "inconsistent-abonnement-filters"),
        ),
    ],
)
def test_an_abonnement_that_cannot_work_is_refused(
    client: Client, ontvanger: Ontvanger, anders: dict[str, Any], code: tuple[str, str]
) -> None:
    antwoord = client("POST", "/abonnement", abonnement(ontvanger, **anders))
    assert (antwoord.status, antwoord.codes()) == (400, {code})
    assert not Abonnement.objects.exists() and not ontvanger.proeven


def test_an_address_that_takes_no_notifications_is_refused(client: Client, ontvanger: Ontvanger) -> None:
    dicht = abonnement(ontvanger, auth="Bearer verkeerd")
    assert client("POST", "/abonnement", dicht).codes() == {("callbackUrl", "invalid-callback-url")}
    weg = abonnement(ontvanger, callbackUrl="http://127.0.0.1:1/")
    assert client("POST", "/abonnement", weg).codes() == {("callbackUrl", "invalid-callback-url")}
    assert not Abonnement.objects.exists()


def test_an_address_that_anybody_can_write_to_is_refused_unless_the_administrator_vouches_for_it(
    client: Client, ontvanger: Ontvanger, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ontvanger.streng = False
    assert client("POST", "/abonnement", abonnement(ontvanger)).status == 201
    settings.API_BEKENDEN = frozenset()
    monkeypatch.setattr("loket.foundation.api.outside.public", lambda address: True)
    open_ = client("POST", "/abonnement", abonnement(ontvanger))
    assert (open_.status, open_.codes()) == (400, {("callbackUrl", "no-auth-on-callback-url")})
    ontvanger.streng = True
    assert client("POST", "/abonnement", abonnement(ontvanger)).status == 201


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest", "http://10.0.0.1/", "http://[::1]:5432/", "http://127.0.0.1/"]
)
def test_nobody_uses_us_to_reach_our_own_network(client: Client, settings: Any, url: str) -> None:
    settings.API_BEKENDEN = frozenset()
    antwoord = client("POST", "/abonnement", {"callbackUrl": url, "auth": AUTH, "kanalen": []})
    assert (antwoord.status, antwoord.codes()) == (400, {("callbackUrl", "invalid-callback-url")})
    assert "openbare internet" in antwoord.json["invalidParams"][0]["reason"]


# --- notifications of others ----------------------------------------------------------------------------


def test_a_notification_of_another_source_is_passed_on(client: Client, ontvanger: Ontvanger) -> None:
    client("POST", "/abonnement", abonnement(ontvanger))
    antwoord = client("POST", "/notificaties", BERICHT)
    assert (antwoord.status, antwoord.json) == (200, BERICHT)
    assert Aflevering.objects.get().hoofdobject == ZAAK
    assert client("POST", "/notificaties", {**BERICHT, "kanaal": "besluiten", "kenmerken": {}}).status == 200
    assert Notificatie.objects.count() == 1, "what nobody asks for is not kept"


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"kanaal": "vergunningen"}, ("kanaal", "message_kanaal")),
        ({"kenmerken": {"kleur": "rood"}}, ("kenmerken", "kenmerken_inconsistent")),
        ({"aanmaakdatum": "2026-11-23T09:32:00Z"}, ("aanmaakdatum", "future_not_allowed")),
        ({"aanmaakdatum": "gisteren"}, ("aanmaakdatum", "invalid")),
        ({"hoofdObject": "zaak 1"}, ("hoofdObject", "invalid")),
        ({"actie": ""}, ("actie", "blank")),
    ],
)
def test_a_notification_that_says_nothing_we_know_is_refused(
    client: Client, ontvanger: Ontvanger, anders: dict[str, Any], code: tuple[str, str]
) -> None:
    client("POST", "/abonnement", abonnement(ontvanger))
    antwoord = client("POST", "/notificaties", {**BERICHT, **anders})
    assert (antwoord.status, antwoord.codes()) == (400, {code})
    assert not Aflevering.objects.exists()


# --- who may --------------------------------------------------------------------------------------------


def test_who_listens_may_not_publish_and_the_other_way_round(organisatie: Organisatie) -> None:
    from loket.foundation.access.actor import Actor
    from loket.registers.autorisaties import commands
    from tests.apiclient import GEHEIM as SLEUTEL

    systeem = Actor.system("test", organisatie.id)
    for naam, scope in (("luisteraar", "notificaties.consumeren"), ("bron", "notificaties.publiceren")):
        id = commands.maak_applicatie(
            systeem,
            organisatie=organisatie.id,
            label=naam,
            client_ids=[naam],
            autorisaties=[{"component": "nrc", "scopes": [scope]}],
        )
        commands.geef_geheim(systeem, id, SLEUTEL)
    luisteraar, bron = Client("luisteraar", ROOT), Client("bron", ROOT)
    for each in (luisteraar, bron):
        assert each("GET", "/kanaal").status == each("GET", "/abonnement").status == 200
    assert luisteraar("POST", "/notificaties", BERICHT).status == 403
    assert luisteraar("POST", "/kanaal", {"naam": "x"}).status == 403
    assert bron("POST", "/abonnement", {}).status == 403
    assert bron("POST", "/notificaties", BERICHT).status == 200
    assert Client("", ROOT)("GET", "/kanaal").status == 401
