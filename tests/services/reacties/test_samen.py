"""One act with several zaken: each on its own, a report of what failed, and nothing done twice."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.foundation.access.actor import Actor
from loket.foundation.database import sql
from loket.registers.klanten.models import Internetaak
from loket.registers.zaken.models import Toewijzing
from loket.services.reacties.commands import behandeling
from tests.services.reacties.mensen import medewerker, zaak_van
from tests.services.reacties.test_handelen import als
from tests.services.reacties.wereld import Wereld

LIJST = "/werk/lijst/triage/"


def test_the_form_asks_once_for_all_and_a_second_time_does_nothing(lw: Wereld, fenna: Actor) -> None:
    drie = [lw.ontvang() for _n in range(3)]
    nummers, client = [een.identificatie for een in drie], als(fenna)
    gevraagd = client.get("/werk/samen/doorzetten/", {"zaak": nummers, "terug": LIJST})
    assert "Met deze 3 zaken" in gevraagd.text and gevraagd["Cache-Control"] == "no-store"
    velden = {
        "zaak": [*nummers, nummers[0]],
        "terug": LIJST,
        "sleutel": "s",
        "bij": f"team:{lw.wegen.id}",
        "vraag": "Wie kijkt er?",
        "uiterlijk": "2026-11-24",
    }
    assert client.post("/werk/samen/doorzetten/", velden | {"vraag": ""}).status_code == 422
    for _keer in range(2):
        gedaan = client.post("/werk/samen/doorzetten/", velden)
        assert (gedaan.status_code, gedaan["Location"]) == (302, LIJST)
    assert Internetaak.objects.count() == 3
    assert {zaak_van(een.zaak).werk.team_id for een in drie} == {lw.wegen.id}


def test_more_zaken_are_no_more_questions(lw: Wereld, fenna: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    nummers, client, geteld, echt = [lw.ontvang().identificatie for _n in range(6)], als(fenna), [0], sql._cursor

    def tel(shape: Any) -> Any:
        geteld[0] += 1
        return echt(shape)

    def kost(zaken: list[str]) -> int:
        geteld[0] = 0
        with CaptureQueriesContext(connection) as orm:
            assert client.get("/werk/samen/doorzetten/", {"zaak": zaken, "terug": LIJST}).status_code == 200
        return geteld[0] + len(orm)

    monkeypatch.setattr(sql, "_cursor", tel)
    kost(nummers[:1])  # what is remembered from the first time on
    assert kost(nummers) == kost(nummers[:1])


def test_one_that_fails_does_not_stop_the_others_and_the_page_says_why(lw: Wereld, gt: Wereld, fenna: Actor) -> None:
    vrij, bezet, weg = lw.ontvang(), lw.ontvang(), lw.ontvang()
    elders = gt.ontvang()
    behandeling.neem_in_behandeling(medewerker(lw, "Bram Oude Voshaar", lw.een), bezet.zaak)
    behandeling.sluit_af(lw.actor("Baas"), weg.zaak, "Opgelost", "De tegel ligt recht.")
    nummers = [vrij.identificatie, bezet.identificatie, weg.identificatie, elders.identificatie]
    velden = {"zaak": nummers, "terug": LIJST, "sleutel": "s"}
    for _keer in range(2):
        gezegd = als(fenna).post("/werk/samen/opnemen/", velden)
        assert gezegd.status_code == 200
        assert "Met 3 zaken lukte het niet" in gezegd.text and "Met 1 zaak wel" in gezegd.text
        assert "Bram Oude Voshaar is hier al mee bezig" in gezegd.text
        assert "afgesloten" in gezegd.text and "Deze zaak kunt u niet zien" in gezegd.text
    assert zaak_van(vrij.zaak).werk.behandelaar_id == fenna.id
    assert zaak_van(bezet.zaak).werk.behandelaar_id != fenna.id
    assert zaak_van(elders.zaak).werk.behandelaar_id is None
    assert Toewijzing.objects.filter(zaak_id=vrij.zaak).count() == 2
    alleen = als(fenna).post("/werk/samen/opnemen/", velden | {"zaak": [bezet.identificatie], "sleutel": "t"})
    assert alleen.status_code == 422


def test_each_zaak_asks_its_own_right(lw: Wereld, fenna: Actor) -> None:
    gewoon, klacht = lw.ontvang(), lw.ontvang(soort="klacht", categorie="", tekst="Hij was onbeleefd.", over="balie")
    winston = medewerker(lw, "Winston Vreedzaam", lw.klachten, "klachtbehandelaar", "coordinator")
    nummers = [gewoon.identificatie, klacht.identificatie]
    velden = {"zaak": nummers, "terug": LIJST, "sleutel": "s", "bij": f"team:{lw.water.id}", "waarom": "Water."}
    wie = als(winston)
    assert "Deze zaak kunt u niet zien" in als(fenna).post("/werk/samen/toewijzen/", velden).text
    assert zaak_van(gewoon.zaak).werk.team_id == lw.water.id and zaak_van(klacht.zaak).werk.team_id == lw.klachten.id
    assert wie.get("/werk/samen/toewijzen/", {"zaak": [klacht.identificatie]}).status_code in (200, 404)


def test_nothing_chosen_too_much_chosen_or_an_address_elsewhere(lw: Wereld, fenna: Actor) -> None:
    client, een = als(fenna), lw.ontvang().identificatie
    assert "Kies eerst een of meer zaken" in client.get("/werk/samen/opnemen/", {"terug": LIJST}, follow=True).text
    veel = [f"LW-2026-{n:05d}" for n in range(101)]
    assert "Kies niet meer dan 100" in client.get("/werk/samen/opnemen/", {"zaak": veel}, follow=True).text
    assert client.get("/werk/samen/opnemen/", {"zaak": "LW-2026-99999"}).status_code == 404
    assert client.get("/werk/samen/antwoord/", {"zaak": een}).status_code == 404
    for kwaad in ("https://elders.voorbeeld.nl/", "//elders.voorbeeld.nl/werk/lijst/", "javascript:1"):
        assert client.get("/werk/samen/opnemen/", {"terug": kwaad})["Location"] == "/werk/"
        gevraagd = client.get("/werk/samen/opnemen/", {"zaak": een, "terug": kwaad}).text
        assert 'name="terug" value="/werk/"' in gevraagd and f'href="{kwaad}"' not in gevraagd


def test_a_specialist_gets_no_buttons_and_no_page(lw: Wereld) -> None:
    ilse, een = medewerker(lw, "Ilse Steenkist", lw.specialisten), lw.ontvang()
    assert als(ilse).get("/werk/samen/opnemen/", {"zaak": een.identificatie}).status_code == 403
    assert als(ilse).post("/werk/samen/opnemen/", {"zaak": een.identificatie, "sleutel": "s"}).status_code == 403
