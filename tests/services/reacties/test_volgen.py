"""The page that follows a reactie, and the front page: who sees what, and what is written when somebody guesses."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loket.foundation.audit.models import Handeling
from loket.foundation.identity.models import Gebruiker
from loket.foundation.time.clock import frozen
from loket.registers.klanten.models import Klantcontact
from loket.registers.zaken.models import Zaak
from loket.services.reacties.commands import behandeling, keten
from loket.services.reacties.models import Beoordeling, Volglink
from loket.services.reacties.queries.cijfers import bereken
from tests.services.reacties.test_formulier import foto
from tests.services.reacties.wereld import TEGEL, VRIJDAG, Wereld, bewoner


@pytest.fixture
def client(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "nl"
    return client


def lees(client: Client, adres: str) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    return html.unescape(antwoord.content.decode())


def test_a_wrong_key_is_not_found_and_written_down(lw: Wereld, client: Client) -> None:
    ontvangst = lw.ontvang()
    for sleutel in ("abc", ontvangst.sleutel[:-1], str(ontvangst.zaak), "../../mijn"):
        assert client.get(f"/volg/{sleutel}").status_code == 404
    for deel in ("bericht", "beoordeel", "heropen", "intrekken", "voorkeur"):
        assert client.post(f"/volg/{'x' * 43}/{deel}", {"tekst": "x"}).status_code == 404
    geweigerd = Handeling.objects.filter(handeling="geweigerd", gelukt=False)
    assert geweigerd.count() >= 8
    assert not any("x" * 43 in str(h.detail) for h in geweigerd), "the trail is no list of keys"


def test_guessing_is_slowed_down(lw: Wereld, client: Client, settings: Any) -> None:
    settings.REACTIES_GRENS = 3
    assert [client.get(f"/volg/geraden{n}").status_code for n in range(5)] == [404, 404, 404, 429, 429]
    ontvangst = lw.ontvang()
    assert client.get(f"/volg/{ontvangst.sleutel}").status_code == 200, "who has the key is not stopped"


def test_opening_changes_nothing(lw: Wereld, client: Client) -> None:
    ontvangst = lw.ontvang()
    toen = Handeling.objects.count()
    for _keer in range(3):
        lees(client, f"/volg/{ontvangst.sleutel}")
        lees(client, f"/volg/{ontvangst.sleutel}/intrekken")
    assert Handeling.objects.count() == toen and Zaak.objects.get().einddatum is None


def test_a_name_as_soon_as_somebody_handles_it(lw: Wereld, client: Client) -> None:
    ontvangst = lw.ontvang()
    adres = f"/volg/{ontvangst.sleutel}"
    assert "Nog geen vaste medewerker" in lees(client, adres)
    idris = lw.actor("Idris Boukhari", lw.wegen, functietitel="Beheerder straten en pleinen")
    behandeling.neem_in_behandeling(idris, ontvangst.zaak)
    pagina = lees(client, adres)
    assert "Idris Boukhari is bezig met uw melding" in pagina
    assert "Beheerder straten en pleinen, Stadsbeheer wegen" in pagina
    assert "Uw bericht aan Idris Boukhari" in pagina


def test_internal_notes_are_never_shown(lw: Wereld, client: Client) -> None:
    from loket.registers.zaken.commands import schrijf_notitie

    ontvangst = lw.ontvang()
    schrijf_notitie(lw.actor("Fenna Wierda"), ontvangst.zaak, "Deze bewoner belt vaak")
    assert "belt vaak" not in lees(client, f"/volg/{ontvangst.sleutel}")


def test_both_organisations_on_one_page(lw: Wereld, gt: Wereld, client: Client) -> None:
    ontvangst = lw.ontvang(tekst="De duiker is verstopt", categorie="water")
    keten.zend_door(
        lw.actor("Fenna Wierda"), ontvangst.zaak, gt.organisatie, waarom="Het water is van hen.", idempotency_key="d"
    )
    daar = Zaak.objects.get(organisatie=gt.organisatie)
    behandeling.beantwoord(gt.actor("Wim Dijkgraaf"), daar, "Wij maken hem schoon.", idempotency_key="a")
    pagina = lees(client, f"/volg/{ontvangst.sleutel}")
    assert "stuurde uw melding door naar Waterschap Het Groene Tij" in pagina
    assert "Wij maken hem schoon." in pagina and "Wim Dijkgraaf" in pagina
    assert pagina.count("De duiker is verstopt") == 1
    client.post(f"/volg/{ontvangst.sleutel}/bericht", {"tekst": "Dank u wel", "eenmalig": "1"})
    assert Klantcontact.objects.get(inhoud="Dank u wel").organisatie_id == gt.organisatie.id


def test_a_message_with_a_photo_once(lw: Wereld, client: Client) -> None:
    ontvangst = lw.ontvang()
    adres = f"/volg/{ontvangst.sleutel}"
    sleutel = re.search(r'name="eenmalig" value="([^"]+)"', lees(client, adres))
    assert sleutel
    for _keer in range(2):
        antwoord = client.post(f"{adres}/bericht", {"tekst": "", "foto": foto(), "eenmalig": sleutel[1]})
        assert antwoord.status_code == 302
    pagina = lees(client, adres)
    assert pagina.count('<img class="loket-thumb"') == 1
    klein = re.search(r'src="(/volg/[^"]+/klein/[^"]+)"', pagina)
    assert klein and client.get(klein[1]).headers["Content-Type"] == "image/jpeg"
    fout = client.post(f"{adres}/bericht", {"tekst": "", "eenmalig": "2"})
    assert fout.status_code == 422 and "Schrijf een bericht of kies een bestand." in html.unescape(
        fout.content.decode()
    )
    programma = SimpleUploadedFile("foto.jpg", b"MZ programma")
    fout = client.post(f"{adres}/bericht", {"tekst": "zie foto", "foto": programma, "eenmalig": "3"})
    assert fout.status_code == 422 and Klantcontact.objects.count() == 2


def test_documents_only_through_the_own_page(lw: Wereld, client: Client) -> None:
    een, ander = lw.ontvang(), lw.ontvang(email="joop@voorbeeld.nl")
    client.post(f"/volg/{een.sleutel}/bericht", {"tekst": "foto", "foto": foto(), "eenmalig": "1"})
    document = re.search(r"/document/([0-9a-f-]{36})", lees(client, f"/volg/{een.sleutel}"))
    assert document
    assert client.get(f"/volg/{een.sleutel}/document/{document[1]}").status_code == 200
    assert client.get(f"/volg/{ander.sleutel}/document/{document[1]}").status_code == 404
    assert client.get(f"/volg/{een.sleutel}/document/{uuid4()}").status_code == 404


def test_after_closing_a_reason_a_rating_and_not_solved(lw: Wereld, client: Client) -> None:
    ontvangst = lw.ontvang()
    adres = f"/volg/{ontvangst.sleutel}"
    behandeling.sluit_af(lw.actor("Fenna Wierda"), ontvangst.zaak, "Opgelost", "De tegel ligt weer vast.")
    pagina = lees(client, adres)
    assert "Uw melding is opgelost" in pagina and "De tegel ligt weer vast." in pagina
    assert "Hoe vond u dat wij u hielpen?" in pagina and "Verstuur bericht" not in pagina
    assert client.post(f"{adres}/beoordeel", {"c-cijfer": "9"}).status_code == 422
    assert client.post(f"{adres}/beoordeel", {"c-cijfer": "4", "c-waarom": "Snel"}).status_code == 302
    assert Beoordeling.objects.get().cijfer == 4
    assert "Hoe vond u dat wij u hielpen?" not in lees(client, adres)
    assert client.post(f"{adres}/heropen", {"h-waarom": " ", "eenmalig": "1"}).status_code == 422
    with frozen(VRIJDAG + timedelta(days=15)):
        assert "Het is niet opgelost" not in lees(client, adres)
        laat = client.post(f"{adres}/heropen", {"h-waarom": "Weer los", "eenmalig": "1"})
        assert laat.status_code == 422 and "Dit kon tot en met" in html.unescape(laat.content.decode())
    assert client.post(f"{adres}/heropen", {"h-waarom": "Weer los", "eenmalig": "1"}).status_code == 302
    assert "Wij zijn bezig met uw melding" in lees(client, adres)


def test_who_used_my_data(lw: Wereld, client: Client) -> None:
    ontvangst = lw.ontvang()
    pagina = lees(client, f"/volg/{ontvangst.sleutel}/gegevens")
    assert "Vastleggen wie een vraag, melding, klacht of compliment stuurde" in pagina


def test_mijn_loket_shows_the_same_and_only_what_is_ones_own(lw: Wereld, client: Client) -> None:
    wie, ander = bewoner(), bewoner("Joop")
    eigen = lw.ontvang(wie)
    andermans = lw.ontvang(ander, tekst="Van Joop")
    assert client.get(f"/mijn/zaken/{eigen.identificatie}").status_code == 302, "log in first"
    client.force_login(Gebruiker.objects.get(pseudoniem=wie.pseudoniem), "django.contrib.auth.backends.ModelBackend")
    via_login = lees(client, f"/mijn/zaken/{eigen.identificatie}")
    assert TEGEL in via_login and "Een medewerker leest uw melding" in via_login
    assert client.get(f"/mijn/zaken/{andermans.identificatie}").status_code == 404
    assert client.post(f"/mijn/zaken/{andermans.identificatie}/intrekken", {}).status_code == 404
    assert (
        client.post(f"/mijn/zaken/{eigen.identificatie}/bericht", {"tekst": "Hallo", "eenmalig": "1"}).status_code
        == 302
    )
    lijst = lees(client, "/mijn/zaken")
    assert f"/mijn/zaken/{eigen.identificatie}" in lijst and andermans.identificatie not in lijst
    behandeling.beantwoord(lw.actor("Fenna Wierda"), eigen.zaak, "Wij komen.", idempotency_key="a")
    overzicht = lees(client, "/mijn/")
    assert "Mijn zaken" in overzicht and "Fenna Wierda" in overzicht


def test_employees_have_no_way_in_here(lw: Wereld, client: Client) -> None:
    ontvangst = lw.ontvang()
    fenna = lw.mens("Fenna Wierda")
    client.force_login(fenna, "django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/mijn/zaken/{ontvangst.identificatie}").status_code == 403


def test_a_number_alone_shows_nothing(lw: Wereld, client: Client) -> None:
    ontvangst = lw.ontvang()
    pagina = lees(client, f"/volg?nr={ontvangst.identificatie}")
    assert TEGEL not in pagina and "Uw e-mailadres" in pagina
    goed = client.post("/volg", {"nummer": ontvangst.identificatie, "email": "t.hazelhoff@voorbeeld.nl"})
    fout = client.post("/volg", {"nummer": "LW-2026-99999", "email": "iemand@voorbeeld.nl"})
    assert (goed.status_code, goed.headers["Location"]) == (fout.status_code, fout.headers["Location"])
    assert "Kijk in uw e-mail" in lees(client, goed.headers["Location"])


def test_the_front_page_has_doors_news_and_figures(lw: Wereld, client: Client) -> None:
    from django.core.cache import cache

    cache.clear()
    lw.organisatie.nieuws = [{"titel": "Dijkweg dicht", "tekst": "Bus 14 rijdt om."}]
    lw.organisatie.save()
    pagina = lees(client, "/")
    assert "Iets melden" in pagina and "Dijkweg dicht" in pagina and "Zo snel helpen wij u" not in pagina
    for _keer in range(2):
        vraag = lw.ontvang(soort="vraag", categorie="burgerzaken")
    behandeling.beantwoord(
        lw.actor("Fenna Wierda"), vraag.zaak, "Zo.", resultaat="Beantwoord", waarom="Wij gaven antwoord.",
        idempotency_key="a",
    )  # fmt: skip
    melding = lw.ontvang()
    with frozen(VRIJDAG + timedelta(days=3)):
        behandeling.sluit_af(lw.actor("Idris"), melding.zaak, "Opgelost", "Het is gemaakt.")
    with frozen(VRIJDAG + timedelta(days=20)):
        cache.clear()
        pagina = lees(client, "/")
        assert "50 van 100" in pagina and "1 werkdagen" in pagina and "november 2026" in pagina
        assert "Zo tellen wij" in lees(client, "/zo-tellen-wij")


def test_figures_are_of_one_organisation(lw: Wereld, gt: Wereld) -> None:
    lw.ontvang(soort="vraag", categorie="")
    assert bereken(gt.organisatie.id, VRIJDAG.date().replace(day=1), VRIJDAG.date()).vragen == 0


@pytest.mark.parametrize(
    ("vraag", "gevonden"),
    [("grofvuil", "Meld: afval"), ("paspoort", "Vraag over: paspoort"), ("xyzzy", "Dit vonden wij niet")],
)
def test_searching(lw: Wereld, client: Client, vraag: str, gevonden: str) -> None:
    assert gevonden in lees(client, f"/zoeken?q={vraag}")


def test_other_address_is_told_to_the_old_one(lw: Wereld, client: Client) -> None:
    from loket.foundation.mail.models import Bericht

    ontvangst = lw.ontvang()
    adres = f"/volg/{ontvangst.sleutel}/voorkeur"
    assert client.post(adres, {"berichten": "ja", "email": "fout"}).status_code == 422
    assert client.post(adres, {"berichten": "ja", "email": "nieuw@voorbeeld.nl"}).status_code == 302
    assert Volglink.objects.get().email == "nieuw@voorbeeld.nl"
    assert Bericht.objects.get().to_address == "t.hazelhoff@voorbeeld.nl"
