"""The pages on which employees act: the form, the refusal in words, and who may not even see it."""

from uuid import UUID

import pytest
from django.test import Client

from loket.foundation.access.actor import Actor
from loket.foundation.audit.models import Dataverwerking, Handeling
from loket.foundation.identity.models import Afwezigheid, Gebruiker
from loket.registers.klanten.models import Internetaak, Klantcontact
from loket.registers.zaken.models import Werkvoorraad, Zaaknotitie
from loket.services.reacties.commands import behandeling, taken
from loket.services.reacties.models import Instantie, Standaardtekst
from loket.services.reacties.queries.ontvangst import Ontvangst
from tests.services.reacties.mensen import coordinator, medewerker, zaak_van
from tests.services.reacties.wereld import Wereld

ACHTERKANT = "django.contrib.auth.backends.ModelBackend"


def als(actor: Actor) -> Client:
    """A browser in which this employee is logged in."""
    client = Client()
    assert actor.id
    client.force_login(Gebruiker.objects.get(id=actor.id), ACHTERKANT)
    return client


def adres(binnen: Ontvangst, code: str) -> str:
    return f"/werk/zaak/{binnen.identificatie}/{code}/doen/"


@pytest.fixture
def binnen(lw: Wereld) -> Ontvangst:
    return lw.ontvang()


@pytest.mark.parametrize(
    "code",
    [
        *("antwoord", "notitie", "doorzetten", "specialist", "vraag", "opnemen", "voorstel", "toewijzen"),
        *("doorzenden", "uitstel", "samenvoegen", "splitsen", "koppelen", "afsluiten"),
    ],
)
def test_every_act_has_a_page_and_a_part(fenna: Actor, binnen: Ontvangst, code: str) -> None:
    pagina = als(fenna).get(adres(binnen, code))
    assert pagina.status_code == 200 and b"<h1>" in pagina.content and pagina["Cache-Control"] == "no-store"
    deel = als(fenna).get(adres(binnen, code), headers={"HX-Request": "true"})
    assert deel.status_code == 200 and b"<h1>" not in deel.content and b'name="sleutel"' in deel.content
    leeg = als(fenna).post(adres(binnen, code), {"sleutel": "s"})
    if code in ("opnemen", "voorstel"):
        assert leeg.status_code == 302
    else:
        assert leeg.status_code == 422 and b"loket-summary" in leeg.content


def test_an_answer_is_sent_once_however_often_the_form_is(fenna: Actor, binnen: Ontvangst) -> None:
    client, velden = als(fenna), {"sleutel": "s1", "tekst": "Beste,\r\n\r\nKlaar.", "kanaal": "email", "resultaat": ""}
    for _keer in range(2):
        antwoord = client.post(adres(binnen, "antwoord"), velden, headers={"HX-Request": "true"})
        assert (antwoord.status_code, antwoord["HX-Redirect"]) == (204, f"/werk/zaak/{binnen.identificatie}/")
    assert Klantcontact.objects.get(richting="uit").inhoud == "Beste,\n\nKlaar."


def test_refusals_stand_at_their_field(lw: Wereld, fenna: Actor, binnen: Ontvangst) -> None:
    client = als(fenna)
    dicht = {"sleutel": "s", "tekst": "Klaar.", "kanaal": "email", "resultaat": "Opgelost", "waarom": ""}
    assert "Schrijf in gewone woorden waarom u afsluit" in client.post(adres(binnen, "antwoord"), dicht).text
    met = {"sleutel": "s", "met": "LW-2026-99999", "waarom": "Zelfde."}
    assert "Wij vinden geen reactie met dit nummer" in client.post(adres(binnen, "samenvoegen"), met).text
    dag = {"sleutel": "s", "nieuwe_dag": "2026-11-28", "waarom": "Druk."}
    assert "werkdag" in client.post(adres(binnen, "uitstel"), dag).text
    gisteren = {"sleutel": "s", "bij": f"team:{lw.wegen.id}", "vraag": "Wie?", "uiterlijk": "2026-11-19"}
    assert "Kies een dag die nog moet komen" in client.post(adres(binnen, "doorzetten"), gisteren).text
    vreemd = {"sleutel": "s", "bij": "team:onzin", "vraag": "Wie?", "uiterlijk": "2026-11-24"}
    assert client.post(adres(binnen, "doorzetten"), vreemd).status_code == 422
    assert Werkvoorraad.objects.get().team_id == lw.een.id


def test_a_standard_text_comes_below_what_was_typed_and_the_use_of_the_name_is_logged(
    lw: Wereld, fenna: Actor, binnen: Ontvangst
) -> None:
    tekst = Standaardtekst.objects.create(
        organisatie=lw.organisatie,
        titel="Tegel",
        tekst="Beste {naam}, over {nummer} op {plek}. {medewerker} komt {datum}",
    )
    client, velden = als(fenna), {"sleutel": "s", "kanaal": "telefoon", "resultaat": "Opgelost", "waarom": "Recht."}
    kies = velden | {"invoegen": str(tekst.id)}
    leeg = client.post(adres(binnen, "antwoord"), kies | {"tekst": ""}).text
    assert f">\nBeste Tineke Hazelhoff, over {binnen.identificatie} op Kastanjelaan, bij nummer 12. Fenna" in leeg
    assert Dataverwerking.objects.filter(verwerkingsactiviteit__contains="reacties.behandelen").count() == 1
    achter = client.post(adres(binnen, "antwoord"), kies | {"tekst": "Ik keek zelf.\r\n"}).text
    assert "Ik keek zelf.\n\nBeste Tineke Hazelhoff" in achter and "Vul nog in:" in achter
    assert '<option value="telefoon" selected' in achter and "Recht.</textarea>" in achter
    assert client.post(adres(binnen, "antwoord"), velden | {"tekst": "", "invoegen": "geen uuid"}).status_code == 200
    assert not Klantcontact.objects.filter(richting="uit").exists()
    # a blank stops sending
    blanco = client.post(adres(binnen, "antwoord"), velden | {"tekst": "Wij komen {datum}.", "resultaat": ""})
    assert blanco.status_code == 422 and "Vul nog in wat er moet staan op de plek van {datum}" in blanco.text
    vraag = client.post(adres(binnen, "vraag"), {"sleutel": "v", "tekst": "Past {dag} u?"})
    assert vraag.status_code == 422 and not Klantcontact.objects.filter(richting="uit").exists()


def test_standard_texts_stand_in_the_order_in_which_they_fit(lw: Wereld, fenna: Actor, binnen: Ontvangst) -> None:
    for titel, domein, soort in (
        ("Overal", "", ""),
        ("Stoep", "wegen", "melding"),
        ("Sloot", "water", "melding"),
        ("Vraagje", "wegen", "vraag"),
    ):
        Standaardtekst.objects.create(organisatie=lw.organisatie, titel=titel, tekst=titel, domein=domein, soort=soort)
    client = als(fenna)
    gezien = client.get(adres(binnen, "antwoord")).text
    plekken = [gezien.index(f">{wat}<") for wat in ("Past hierbij", "Stoep", "Algemeen", "Overal", "Sloot")]
    assert plekken == sorted(plekken) and "Vraagje" not in gezien
    zoek = {"sleutel": "s", "tekst": "Getypt.", "kanaal": "email", "tekst_zoek": "SLO", "zoek_tekst": "1"}
    gevonden = client.post(adres(binnen, "antwoord"), zoek).text
    assert ">Sloot<" in gevonden and ">Stoep<" not in gevonden and "Getypt.</textarea>" in gevonden
    assert "Geen standaardtekst gevonden" in client.post(adres(binnen, "antwoord"), zoek | {"tekst_zoek": "x"}).text


def test_forwarding_from_the_form(lw: Wereld, gt: Wereld, fenna: Actor, binnen: Ontvangst) -> None:
    Instantie.objects.create(organisatie=lw.organisatie, naam="Provincie", email="loket@provincie.voorbeeld.nl")
    pagina = als(fenna).get(adres(binnen, "doorzenden")).text
    assert "Waterschap Het Groene Tij" in pagina and "Provincie" in pagina
    velden = {"sleutel": "s", "naar": f"org:{gt.organisatie.id}", "waarom": "De duiker is van hen."}
    assert als(fenna).post(adres(binnen, "doorzenden"), velden).status_code == 302
    assert Werkvoorraad.objects.get().organisatie_id == gt.organisatie.id


def test_another_organisation_gets_404_and_it_is_logged(gt: Wereld, binnen: Ontvangst) -> None:
    carmelita = medewerker(gt, "Carmelita Jagdewsing", gt.een)
    for code in ("antwoord", "notitie", "afsluiten"):
        assert als(carmelita).get(adres(binnen, code)).status_code == 404
        assert als(carmelita).post(adres(binnen, code), {"sleutel": "s", "tekst": "x"}).status_code == 404
    assert not Zaaknotitie.objects.exists()
    assert Handeling.objects.filter(gelukt=False, actor=carmelita.id).count() >= 6


def test_a_specialist_writes_notes_and_answers_colleagues_but_never_the_resident(
    lw: Wereld, fenna: Actor, binnen: Ontvangst
) -> None:
    ilse = medewerker(lw, "Ilse Steenkist", lw.specialisten)
    assert als(ilse).get(adres(binnen, "notitie")).status_code in (403, 404)
    taak = taken.vraag_specialist(fenna, binnen.zaak, team=lw.specialisten, vraag="Mag dit?", idempotency_key="s")
    client = als(ilse)
    for code in ("antwoord", "vraag", "doorzetten", "doorzenden", "afsluiten", "uitstel", "splitsen"):
        assert client.get(adres(binnen, code)).status_code == 403, code
    assert client.post(adres(binnen, "notitie"), {"sleutel": "s", "tekst": "Kijk naar 6:174."}).status_code == 302
    assert client.get(f"/werk/taak/{taak.id}/beantwoorden/").status_code == 200
    assert client.post(f"/werk/taak/{taak.id}/beantwoorden/", {"sleutel": "s", "antwoord": ""}).status_code == 422
    assert client.post(f"/werk/taak/{taak.id}/beantwoorden/", {"sleutel": "s", "antwoord": "Ja."}).status_code == 302
    assert Internetaak.objects.get().antwoord == "Ja."


def test_tasks_are_taken_up_given_back_and_withdrawn(lw: Wereld, fenna: Actor, binnen: Ontvangst) -> None:
    ruud = medewerker(lw, "Ruud Kleibergen", lw.wegen)
    taak = taken.zet_door(fenna, binnen.zaak, team=lw.wegen, vraag="Wie gaat kijken?", idempotency_key="d")
    assert als(ruud).post(f"/werk/taak/{taak.id}/oppakken/", {"sleutel": "s"}).status_code == 302
    assert zaak_van(binnen.zaak).werk.behandelaar_id == ruud.id
    vraag = taken.vraag_specialist(ruud, binnen.zaak, team=lw.specialisten, vraag="Mag dit?", idempotency_key="s")
    adres_taak = f"/werk/taak/{vraag.id}"
    assert als(ruud).post(f"{adres_taak}/intrekken/", {"sleutel": "s", "waarom": "Weet ik al."}).status_code == 302
    assert als(ruud).post(f"{adres_taak}/oppakken/", {"sleutel": "s"}).status_code == 403
    assert als(ruud).get(f"{adres_taak}/onzin/").status_code == 404
    assert als(fenna).get(f"/werk/taak/{UUID(int=1)}/oppakken/").status_code == 404


def test_whom_the_complaint_is_about_chooses_nobody_and_goes_back_to_the_work(lw: Wereld) -> None:
    winston = coordinator(lw.klachten, "klachtbehandelaar", "coordinator")
    esra = medewerker(lw, "Esra Yildiz", lw.klachten, "klachtbehandelaar")
    klacht = lw.ontvang(soort="klacht", categorie="", tekst="Hij was onbeleefd.", over="de balie")
    pagina = als(winston).get(adres(klacht, "doorzetten")).text
    assert "Esra Yildiz" in pagina and "Stadsbeheer wegen" not in pagina
    velden = {"sleutel": "s", "medewerker": str(esra.id)}
    assert als(winston).post(adres(klacht, "betrokken"), velden).status_code == 302
    assert "Esra Yildiz" not in als(winston).get(adres(klacht, "doorzetten")).text
    # who gives it away and is not named any more sees it no longer, and lands on the work
    behandeling.wijs_toe(winston, klacht.zaak, team=None, behandelaar=winston.id)
    assert als(esra).get(f"/werk/zaak/{klacht.identificatie}/").status_code == 404


def test_being_away_and_handing_over(lw: Wereld, fenna: Actor, binnen: Ontvangst) -> None:
    baas = coordinator(lw.een)
    bram = medewerker(lw, "Bram Oude Voshaar", lw.een)
    behandeling.neem_in_behandeling(fenna, binnen.zaak)
    client = als(baas)
    assert client.get("/werk/afwezig/").status_code == 200
    weg = {
        "daad": "melden",
        "wie": str(fenna.id),
        "van": "2026-11-20",
        "tot_en_met": "2026-11-19",
        "vervanger": str(bram.id),
    }
    assert "De laatste dag ligt voor de eerste" in client.post("/werk/afwezig/", weg).text
    assert client.post("/werk/afwezig/", weg | {"tot_en_met": "2026-11-27"}).status_code == 302
    assert "Bram Oude Voshaar" in client.get("/werk/afwezig/").text
    over = {"daad": "overnemen", "van_wie": str(fenna.id), "naar": str(bram.id), "waarom": "Fenna is ziek."}
    assert "1 zaak of taak" in client.post("/werk/afwezig/", over, follow=True).text
    assert zaak_van(binnen.zaak).werk.behandelaar_id == bram.id
    # somebody else decides about nobody but herself
    vreemd = medewerker(lw, "Ruud Kleibergen", lw.wegen)
    assert als(vreemd).post("/werk/afwezig/", over).status_code == 422
    sleutel = Afwezigheid.objects.get().pk
    assert als(vreemd).post(f"/werk/afwezig/{sleutel}/terug/").status_code == 403
    assert client.post(f"/werk/afwezig/{sleutel}/terug/").status_code == 302
    assert not Afwezigheid.objects.exists()
