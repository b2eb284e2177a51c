"""Open311 GeoReport v2: every operation in JSON and XML, what is kept from whom, and that what is sent is found."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from loket.foundation.access.actor import Actor
from loket.foundation.channels import commands as kanalen
from loket.foundation.channels.models import Kanaal
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import frozen, now
from loket.registers.klanten.models import Klantcontact
from loket.registers.zaken.models import Werkvoorraad, Zaak
from loket.services.reacties.api.vorm import als_xml
from loket.services.reacties.commands.behandeling import sluit_af
from tests.foundation.storage import samples
from tests.services.reacties.mensen import link_van, medewerker
from tests.services.reacties.wereld import VRIJDAG, Wereld

V2 = "/open311/v2"
UTRECHT = {"lat": "52.0907", "long": "5.1214"}
SLEUTEL = "sleutel-lw"
VELDEN = (
    *("service_request_id", "status", "status_notes", "service_name", "service_code", "description"),
    *("agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime"),
    *("address", "address_id", "zipcode", "lat", "long", "media_url"),
)


def geef_sleutel(wereld: Wereld, sleutel: str = SLEUTEL, **instellingen: str) -> Kanaal:
    return kanalen.maak_kanaal(
        Actor.system("test", wereld.organisatie.id),
        soort="open311",
        naam=f"App {sleutel}",
        team=wereld.een.id,
        instellingen={"toon_omschrijving": "nee", "antwoord": "nummer", **instellingen},
        sleutel=sleutel,
    )[0]


@pytest.fixture
def kanaal(lw: Wereld) -> Kanaal:
    return geef_sleutel(lw)


def haal(pad: str, status: int = 200, /, **vraag: Any) -> Any:
    """The answer in JSON, after looking that XML says the same."""
    client = Client()
    als_json, als_xml_ = client.get(f"{pad}.json", vraag), client.get(f"{pad}.xml", vraag)
    assert (als_json.status_code, als_xml_.status_code) == (status, status), als_json.content
    assert als_json["Content-Type"] == "application/json"
    assert als_xml_["Content-Type"] == "text/xml;charset=utf-8"
    assert als_json["Access-Control-Allow-Origin"] == als_xml_["Access-Control-Allow-Origin"] == "*"
    gegeven, boom = als_json.json(), ET.fromstring(als_xml_.content)
    assert als_xml_.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert ET.tostring(boom) == ET.tostring(ET.fromstring(als_xml(boom.tag, gegeven)))
    return gegeven


def stuur(vorm: str = "json", status: int = 200, **velden: Any) -> Any:
    gegevens = {"api_key": SLEUTEL, "jurisdiction_id": "LW", "service_code": "stoep", **UTRECHT, **velden}
    gegevens = {naam: waarde for naam, waarde in gegevens.items() if waarde is not None}
    antwoord = Client(enforce_csrf_checks=True).post(f"{V2}/requests.{vorm}", gegevens)
    assert antwoord.status_code == status, antwoord.content
    return antwoord.json() if vorm == "json" else ET.fromstring(antwoord.content)


# -- reading ----------------------------------------------------------------------------------------------------------


def test_discovery_tells_where_the_api_is(lw: Wereld) -> None:
    gevonden = haal("/open311/discovery")
    (endpoint,) = gevonden["endpoints"]
    assert endpoint["url"] == f"{settings.LOKET_URL}/open311/v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert datetime.fromisoformat(gevonden["changeset"]).tzinfo
    assert "loket@lindewaard.voorbeeld.nl" in gevonden["contact"] and gevonden["key_service"]


def test_services_are_the_categories_but_not_danger(lw: Wereld) -> None:
    diensten = {each["service_code"]: each for each in haal(f"{V2}/services")}
    assert {"stoep", "lamp", "anders"} <= set(diensten)
    assert "gevaar" not in diensten, "that is for 112"
    assert set(diensten["lamp"]) == {
        *("service_code", "service_name", "description", "metadata", "type", "keywords", "group")
    }
    assert (diensten["lamp"]["metadata"], diensten["stoep"]["metadata"]) == (True, False)
    assert (diensten["stoep"]["type"], diensten["overlast"]["type"]) == ("realtime", "blackbox")
    xml = ET.fromstring(Client().get(f"{V2}/services.xml").content)
    assert (xml.tag, xml[0].tag, xml.findtext("service/metadata")) == ("services", "service", "false")


def test_a_service_definition_tells_what_we_ask_more(lw: Wereld) -> None:
    definitie = haal(f"{V2}/services/lamp")
    hoeveel = definitie["attributes"][0]
    assert (hoeveel["code"], hoeveel["datatype"], hoeveel["required"], hoeveel["order"]) == (
        *("hoeveel", "singlevaluelist", True, 1),
    )
    assert hoeveel["values"][0] == {"key": "een", "name": "Eén lamp"}
    xml = ET.fromstring(Client().get(f"{V2}/services/lamp.xml").content)
    assert xml.tag == "service_definition"
    assert xml.findtext("attributes/attribute/values/value/key") == "een"
    assert haal(f"{V2}/services/stoep") == {"service_code": "stoep", "attributes": []}
    assert haal(f"{V2}/services/voertuig")["attributes"][1]["variable"] is False
    haal(f"{V2}/services/gevaar", 404)


def test_a_request_says_what_it_is_and_nothing_of_who(lw: Wereld, kanaal: Kanaal) -> None:
    binnen = lw.ontvang()
    for pad, vraag in ((f"{V2}/requests", {}), (f"{V2}/requests/{binnen.identificatie}", {})):
        (melding,) = haal(pad, **vraag)
        assert tuple(melding) == VELDEN
        assert (melding["status"], melding["status_notes"], melding["service_code"]) == ("open", "Ontvangen", "stoep")
        assert melding["description"] == "Losse tegel of kapotte stoep. Kastanjelaan, bij nummer 12"
        assert melding["requested_datetime"] == "2026-11-20T14:12:00+01:00"
        assert melding["expected_datetime"] == "2026-11-27T23:59:59+01:00"
        assert melding["agency_responsible"] == "Gemeente Lindewaard"
        assert isinstance(melding["lat"], float)
    alles = Client().get(f"{V2}/requests.xml").content.decode()
    assert "<service_requests><request><service_request_id>LW-2026-" in alles
    for geheim in ("rollator", "Hazelhoff", "voorbeeld.nl"):
        assert geheim not in alles


def test_a_closed_request_says_how_it_ended_and_not_in_whose_words(lw: Wereld) -> None:
    binnen = lw.ontvang()
    with frozen(VRIJDAG + timedelta(hours=2)):
        sluit_af(medewerker(lw, "Ruud", lw.een), binnen.zaak, "Opgelost", "Mevrouw Hazelhoff is gebeld.")
        (melding,) = haal(f"{V2}/requests", status="closed")
        assert (melding["status"], melding["status_notes"], melding["expected_datetime"]) == (
            "closed",
            "Opgelost",
            None,
        )
        assert melding["updated_datetime"] == "2026-11-20T16:12:00+01:00"
        assert haal(f"{V2}/requests", status="open") == []
        assert len(haal(f"{V2}/requests", status="open,closed")) == 1


def test_what_points_at_people_or_was_made_confidential_is_not_there(lw: Wereld) -> None:
    overlast = lw.ontvang(categorie="overlast")
    vraag = lw.ontvang(soort="vraag", categorie="")
    stil = lw.ontvang()
    Zaak.objects.filter(id=stil.zaak).update(vertrouwelijkheidaanduiding="vertrouwelijk")
    assert haal(f"{V2}/requests") == []
    for binnen in (overlast, vraag, stil):
        haal(f"{V2}/requests/{binnen.identificatie}", 404)
    assert haal(f"{V2}/requests", service_request_id=f"{overlast.identificatie},{stil.identificatie}") == []


def test_a_place_in_somebodys_own_words_stays_with_us(lw: Wereld) -> None:
    from loket.services.reacties.inzending import Plek

    lw.ontvang(plek=Plek("", "bij oma Jansen achter de schuur"))
    (melding,) = haal(f"{V2}/requests")
    assert (melding["address"], melding["description"], melding["lat"]) == (None, "Losse tegel of kapotte stoep", None)


def test_one_searches_by_number_service_time_and_change(lw: Wereld) -> None:
    with frozen(VRIJDAG - timedelta(days=120)):
        oud = lw.ontvang()
    een, twee = lw.ontvang(), lw.ontvang(categorie="lamp", tekst="De lamp is stuk.")

    def nummers(**vraag: Any) -> list[str]:
        return [each["service_request_id"] for each in haal(f"{V2}/requests", **vraag)]

    assert nummers() == [twee.identificatie, een.identificatie], "ninety days, the newest first"
    assert nummers(service_code="lamp") == [twee.identificatie]
    assert nummers(service_code="lamp,stoep") == nummers()
    assert nummers(service_request_id=f"{oud.identificatie.lower()}, {een.identificatie}") == [
        een.identificatie,
        oud.identificatie,
    ]
    begin = (VRIJDAG - timedelta(days=130)).isoformat()
    assert nummers(start_date=begin) == [oud.identificatie]
    assert nummers(start_date=begin, end_date=(VRIJDAG - timedelta(days=121)).isoformat()) == []
    assert nummers(end_date=(VRIJDAG - timedelta(days=119)).isoformat().replace("+00:00", "Z")) == [oud.identificatie]
    assert nummers(page_size=1, page=2) == [een.identificatie]
    assert nummers(page_size=1, page=3) == []
    with frozen(VRIJDAG + timedelta(minutes=5)):
        sluit_af(medewerker(lw, "Ruud", lw.een), een.zaak, "Opgelost", "De tegel ligt recht.")
        assert nummers(updated_after=(VRIJDAG + timedelta(minutes=1)).isoformat()) == [een.identificatie]


FOUTEN: list[tuple[dict[str, Any], int]] = [
    ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, 400),
    ({"start_date": "2026-06-02T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, 400),
    ({"start_date": "2026-06-02"}, 400),
    ({"start_date": "0001-01-01T00:00:00+14:00"}, 400),
    ({"end_date": "gisteren"}, 400),
    ({"status": "weg"}, 400),
    ({"service_code": "bestaat-niet"}, 404),
    ({"page_size": "1001"}, 400),
    ({"page": "0"}, 400),
    ({"jurisdiction_id": "ZZ"}, 404),
    ({"service_request_id": ",".join(str(n) for n in range(1001))}, 400),
]


def test_errors_are_told_as_the_specification_says(lw: Wereld) -> None:
    for vraag, status in FOUTEN:
        (fout,) = haal(f"{V2}/requests", status, **vraag)
        assert fout["code"] == status and fout["description"]
        xml = ET.fromstring(Client().get(f"{V2}/requests.xml", vraag).content)
        assert (xml.tag, xml[0].tag, xml.findtext("error/code")) == ("errors", "error", str(status))


def test_which_organisation_is_needed_when_there_are_several(lw: Wereld, gt: Wereld, settings: Any) -> None:
    binnen = lw.ontvang()
    (fout,) = haal(f"{V2}/services", 400)
    assert fout["description"] == "jurisdiction_id was not provided"
    assert len(haal(f"{V2}/requests", jurisdiction_id="lw")) == 1
    assert haal(f"{V2}/requests", jurisdiction_id="GT") == []
    haal(f"{V2}/requests/{binnen.identificatie}", 404, jurisdiction_id="GT")
    settings.ORGANISATIE_HOSTS = {"testserver": "LW"}
    assert len(haal(f"{V2}/requests")) == 1


def test_forms_methods_and_other_addresses(lw: Wereld) -> None:
    client = Client()
    assert client.get(f"{V2}/services").headers["Content-Type"].startswith("text/xml")
    zonder = client.get(f"{V2}/services", headers={"Accept": "application/json"})
    assert zonder.json()
    assert ET.fromstring(client.get(f"{V2}/weg").content).findtext("error/code") == "404"
    fout = client.delete(f"{V2}/services.json")
    assert (fout.status_code, fout["Allow"], fout.json()[0]["code"]) == (405, "GET", 405)
    opties = client.options(f"{V2}/requests.json")
    assert (opties.status_code, opties["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert client.head(f"{V2}/services.json").status_code == 200


def test_each_read_is_one_statement(lw: Wereld) -> None:
    binnen = lw.ontvang()
    for pad in (f"{V2}/services.xml", f"{V2}/requests.xml", f"{V2}/requests/{binnen.identificatie}.json"):
        with CaptureQueriesContext(connection) as vragen:
            assert Client().get(pad).status_code == 200
        assert len(vragen) <= 1, [vraag["sql"] for vraag in vragen]


# -- sending ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vorm", ["json", "xml"])
def test_what_is_sent_becomes_a_melding_and_is_found(lw: Wereld, kanaal: Kanaal, vorm: str) -> None:
    Kanaal.objects.filter(id=kanaal.id).update(team=lw.water)
    antwoord = stuur(vorm, description="Er ligt een tegel los.", email="app@voorbeeld.nl", first_name="An", phone="06")
    if vorm == "xml":
        assert antwoord.tag == "service_requests"
        assert [each.tag for each in antwoord[0]] == ["service_request_id", "service_notice", "account_id"]
        nummer = antwoord.findtext("request/service_request_id")
    else:
        assert antwoord[0]["account_id"] is None
        assert "vrijdag 27 november 2026" in antwoord[0]["service_notice"]
        nummer = antwoord[0]["service_request_id"]
    zaak = Zaak.objects.get(identificatie=nummer)
    assert (zaak.kanaal, link_van(zaak.id).email) == ("open311", "app@voorbeeld.nl")
    assert Werkvoorraad.objects.get(zaak=zaak).team_id == lw.water.id, "the team of the key"
    (melding,) = haal(f"{V2}/requests/{nummer}", jurisdiction_id="LW")
    assert abs(melding["lat"] - 52.0907) < 1e-5 and abs(melding["long"] - 5.1214) < 1e-5
    assert "tegel los" not in melding["description"]


@given(
    tekst=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300),
    lat=st.floats(51.5, 53.2),
    long=st.floats(4.5, 6.5),
    code=st.sampled_from(["stoep", "groen", "water", "anders"]),
)
@hypothesis_settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_accepted_is_found_again(
    lw: Wereld, kanaal: Kanaal, tekst: str, lat: float, long: float, code: str
) -> None:
    Kanaal.objects.filter(id=kanaal.id).update(instellingen={"toon_omschrijving": "ja", "antwoord": "nummer"})
    tekst = tekst.replace("\r\n", "\n").strip() or "Iets"
    nummer = stuur(description=tekst, lat=str(lat), long=str(long), service_code=code)[0]["service_request_id"]
    (melding,) = haal_json(f"{V2}/requests/{nummer}.json")
    assert (melding["service_code"], melding["description"]) == (code, tekst)
    assert abs(melding["lat"] - lat) < 1e-5 and abs(melding["long"] - long) < 1e-5
    ET.fromstring(Client().get(f"{V2}/requests/{nummer}.xml").content)


def haal_json(pad: str) -> Any:
    return Client().get(pad).json()


def test_an_app_may_try_again(lw: Wereld, kanaal: Kanaal) -> None:
    een = stuur(description="Tegel")
    assert stuur(description="Tegel") == een
    assert stuur(description="Andere tegel") != een
    with frozen(VRIJDAG + timedelta(days=1)):
        assert stuur(description="Tegel")[0]["service_request_id"] != een[0]["service_request_id"]
    assert Zaak.objects.count() == 3


def test_photos_come_with_it_and_programs_do_not(lw: Wereld, kanaal: Kanaal) -> None:
    foto = SimpleUploadedFile("stoep.jpg", samples.phone_jpeg(), "image/jpeg")
    nummer = stuur(media=foto, media_url="https://foto.voorbeeld.nl/1.jpg")[0]["service_request_id"]
    contact = Klantcontact.objects.get(onderwerpobjecten__zaak__identificatie=nummer)
    assert contact.bijlagen.count() == 1
    assert "https://foto.voorbeeld.nl/1.jpg" in contact.inhoud
    assert haal(f"{V2}/requests/{nummer}")[0]["media_url"] is None
    stuur(status=400, media=SimpleUploadedFile("x.jpg", b"MZ" + b"\0" * 300))
    stuur(status=400, media_url="javascript:alert(1)")


def test_answers_to_what_we_ask_more_stand_in_the_message(lw: Wereld, kanaal: Kanaal) -> None:
    nummer = stuur(service_code="lamp", **{"attribute[hoeveel]": "meer", "attributes[mastnummer]": "L 12"})
    contact = Klantcontact.objects.get(onderwerpobjecten__zaak__identificatie=nummer[0]["service_request_id"])
    assert "Zijn er meer lampen kapot? Meer lampen in de straat" in contact.inhoud
    assert "L 12" in contact.inhoud
    for fout in ({}, {"attribute[hoeveel]": "veel"}, {"attribute[hoeveel]": "een", "attribute[kleur]": "rood"}):
        assert "attribute[" in stuur(service_code="lamp", status=400, **fout)[0]["description"]


PAST_NIET: list[tuple[dict[str, Any], int]] = [
    ({"api_key": None}, 403),
    ({"api_key": "onbekend"}, 403),
    ({"jurisdiction_id": "ZZ"}, 404),
    ({"service_code": None}, 400),
    ({"service_code": "bestaat-niet"}, 404),
    ({"service_code": "gevaar"}, 404),
    ({"lat": None, "long": None}, 400),
    ({"long": None}, 400),
    ({"lat": "nan"}, 400),
    ({"lat": "0", "long": "0"}, 400),
    ({"lat": None, "long": None, "address_id": "x"}, 404),
    ({"service_code": "anders"}, 400),
    ({"description": "x" * 4001}, 400),
    ({"email": "geen adres"}, 400),
    ({"first_name": "x" * 300}, 400),
    ({"phone": "0" * 30}, 400),
    ({"description": "a\x00b"}, 400),
    ({"address_string": "x" * 600}, 400),
]


def test_what_does_not_fit_is_refused_and_nothing_is_made(lw: Wereld, kanaal: Kanaal) -> None:
    for velden, status in PAST_NIET:
        (fout,) = stuur(status=status, **velden)
        assert fout["code"] == status
        assert stuur("xml", status, **velden).findtext("error/code") == str(status)
        assert not Zaak.objects.exists()


def test_only_forms_are_taken(lw: Wereld, kanaal: Kanaal) -> None:
    antwoord = Client().post(f"{V2}/requests.json", {"service_code": "stoep"}, content_type="application/json")
    assert antwoord.status_code == 400
    kapot = Client().post(f"{V2}/requests.json", b"--x", content_type="multipart/form-data; boundary=")
    assert (kapot.status_code, kapot.json()[0]["code"]) == (400, 400)


def test_a_key_of_one_organisation_writes_nothing_at_another(lw: Wereld, gt: Wereld, kanaal: Kanaal) -> None:
    geef_sleutel(gt, "sleutel-gt")
    assert "not valid for this jurisdiction" in stuur(status=403, jurisdiction_id="GT")[0]["description"]
    stuur(status=403, api_key="sleutel-gt")
    stuur(status=400, jurisdiction_id=None)
    assert not Zaak.objects.exists()
    stuur(api_key="sleutel-gt", jurisdiction_id="gt")
    assert Zaak.objects.get().organisatie_id == gt.organisatie.id
    Kanaal.objects.update(actief=False)
    stuur(status=403)


def test_a_place_by_words_is_enough(lw: Wereld, kanaal: Kanaal) -> None:
    nummer = stuur(lat=None, long=None, address_string="Achter de kerk")[0]["service_request_id"]
    zaak = Zaak.objects.get(identificatie=nummer)
    assert (zaak.x, zaak.plek) == (None, "Achter de kerk")
    assert haal(f"{V2}/requests/{nummer}")[0]["address"] is None


def test_a_token_leads_to_the_number(lw: Wereld, gt: Wereld) -> None:
    geef_sleutel(lw, antwoord="token")
    (gegeven,) = stuur()
    assert set(gegeven) == {"token", "service_notice", "account_id"}
    (gevonden,) = haal(f"{V2}/tokens/{gegeven['token']}", jurisdiction_id="LW")
    assert gevonden == {"service_request_id": Zaak.objects.get().identificatie, "token": gegeven["token"]}
    haal(f"{V2}/tokens/{gegeven['token']}", 404, jurisdiction_id="GT")
    haal(f"{V2}/tokens/{gegeven['token'][:-1]}", 404, jurisdiction_id="LW")
    haal(f"{V2}/tokens/{quote('é')}", 404, jurisdiction_id="LW")


def test_danger_is_for_112_and_nuisance_cannot_be_followed(lw: Wereld, kanaal: Kanaal) -> None:
    assert "112" in stuur(description="Ik ruik gas bij de put")[0]["service_notice"]
    (gegeven,) = stuur(service_code="overlast", description="Lawaai")
    assert "service_request_id" not in gegeven
    assert Zaak.objects.latest("id").identificatie in gegeven["service_notice"]


def test_words_are_shown_only_where_the_organisation_says_so(lw: Wereld) -> None:
    geef_sleutel(lw, toon_omschrijving="ja")
    nummer = stuur(description="De tegel bij de bakker.")[0]["service_request_id"]
    van_de_site = lw.ontvang()
    assert haal(f"{V2}/requests/{nummer}")[0]["description"] == "De tegel bij de bakker."
    assert "rollator" not in haal(f"{V2}/requests/{van_de_site.identificatie}")[0]["description"]
    Kanaal.objects.update(actief=False)
    assert "bakker" not in haal(f"{V2}/requests/{nummer}")[0]["description"]


def test_without_an_organisation_there_is_nothing(db: None) -> None:
    with frozen(datetime(2026, 11, 20, tzinfo=UTC)):
        assert not Organisatie.objects.exists()
        haal(f"{V2}/requests", 400)
        assert now()
