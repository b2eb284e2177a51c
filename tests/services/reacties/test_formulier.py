"""The form, step by step, as a browser without JavaScript sends it."""

import html
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from loket.foundation.storage.files import read
from loket.registers.documenten.models import InformatieobjectVersie
from loket.registers.klanten.models import Klantcontact, Partij
from loket.registers.zaken.models import Zaak, Zaakeigenschap
from loket.services.reacties.models import Concept, Volglink
from tests.services.reacties.wereld import TEGEL, MetStad, Wereld


@pytest.fixture
def client(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "nl"
    return client


def foto(kleur: str = "red", plaats: tuple[float, float] | None = None, naam: str = "stoep.jpg") -> SimpleUploadedFile:
    """A photo, with the place in it if given."""
    beeld = Image.new("RGB", (640, 480), kleur)
    exif = Image.Exif()
    exif[0x010F] = "Camera van Tineke"
    if plaats:
        gps = exif.get_ifd(0x8825)
        for ref, waarde, letter in ((1, plaats[0], "N"), (3, plaats[1], "E")):
            graden = int(waarde)
            minuten = (waarde - graden) * 60
            gps[ref] = letter
            gps[ref + 1] = (float(graden), float(int(minuten)), (minuten - int(minuten)) * 60)
    uit = io.BytesIO()
    beeld.save(uit, "JPEG", exif=exif)
    return SimpleUploadedFile(naam, uit.getvalue(), "image/jpeg")


def ga(client: Client, tot: str = "controleren", pad: str = "melden", **velden: Any) -> None:
    """Fill in the form up to and including a step."""
    antwoord = client.post(f"/{pad}", {"tekst": velden.get("tekst", TEGEL), "categorie": velden.get("categorie", "")})
    assert antwoord.status_code == 302, antwoord.content.decode()[:3000]
    if tot == "wat":
        return
    if pad == "melden":
        antwoord = client.post(f"/{pad}/waar", {"woorden": "Naast de boom bij nummer 12", **velden.get("waar", {})})
        assert antwoord.status_code == 302, antwoord.content.decode()
    if tot == "waar":
        return
    gegevens = velden.get("gegevens", {"antwoord": "ja", "email": "t.hazelhoff@voorbeeld.nl", "naam": "Tineke"})
    antwoord = client.post(f"/{pad}/gegevens", gegevens)
    assert antwoord.status_code == 302, antwoord.content.decode()
    if tot == "controleren":
        return
    antwoord = client.post(f"/{pad}/controleren")
    assert antwoord.status_code == 302, antwoord.content.decode()


def tekst_van(antwoord: Any) -> str:
    return html.unescape(antwoord.content.decode())


def test_the_whole_walk(lw: Wereld, client: Client) -> None:
    pagina = client.get("/melden")
    assert pagina.status_code == 200 and "Stap 1 van 4" in tekst_van(pagina)
    ga(client, categorie="stoep")
    pagina = client.get("/melden/controleren")
    assert "Naast de boom bij nummer 12" in tekst_van(pagina) and TEGEL in tekst_van(pagina)
    assert client.post("/melden/controleren").headers["Location"] == "/melden/bevestiging"

    zaak = Zaak.objects.get()
    assert (zaak.omschrijving, zaak.plek) == ("Losse tegel of kapotte stoep", "Naast de boom bij nummer 12")
    assert Zaakeigenschap.objects.get(zaak=zaak, naam="plek in woorden").waarde == "Naast de boom bij nummer 12"
    bevestiging = tekst_van(client.get("/melden/bevestiging"))
    assert "Bedankt. Uw melding is binnen." in bevestiging and "LW-2026-00001" in bevestiging
    assert "vrijdag 27 november 2026" in bevestiging and "t.hazelhoff@voorbeeld.nl" in bevestiging
    volg = re.search(r'href="(/volg/[^"#/]+)"', bevestiging)
    assert volg
    pagina = client.get(volg[1])
    assert TEGEL in tekst_van(pagina) and "Een medewerker leest uw melding" in tekst_van(pagina)
    assert pagina.headers["Cache-Control"] == "no-store" and "noindex" in pagina.headers["X-Robots-Tag"]


@pytest.mark.parametrize("pad", ["vragen", "klacht", "compliment"])
def test_the_other_kinds_have_three_steps_and_a_place_when_wanted(lw: Wereld, client: Client, pad: str) -> None:
    assert "Stap 1 van 3" in tekst_van(client.get(f"/{pad}"))
    antwoord = client.post(f"/{pad}", {"tekst": "Iets over het stadhuis", "op_een_plek": "on"})
    assert antwoord.headers["Location"] == f"/{pad}/waar"
    assert client.post(f"/{pad}/waar", {}).headers["Location"] == f"/{pad}/gegevens"
    client.post(f"/{pad}/gegevens", {"antwoord": "ja", "naam": "Tineke", "telefoon": "06 12345678"})
    assert client.post(f"/{pad}/controleren").status_code == 302
    assert Zaak.objects.get().zaaktype.identificatie in ("vraag", "klacht", "compliment")


def test_sent_twice_is_one_zaak(lw: Wereld, client: Client) -> None:
    ga(client)
    een = client.post("/melden/controleren")
    twee = client.post("/melden/controleren")

    assert een.headers["Location"] == twee.headers["Location"] == "/melden/bevestiging"
    assert Zaak.objects.count() == 1
    assert client.get("/melden/waar").headers["Location"] == "/melden/bevestiging"


def test_afterwards_a_new_one_can_begin(lw: Wereld, client: Client) -> None:
    ga(client, tot="alles")
    assert TEGEL not in tekst_van(client.get("/melden"))
    ga(client, tot="alles", tekst="Iets heel anders")
    assert Zaak.objects.count() == 2


def test_back_shows_what_was_filled_in(lw: Wereld, client: Client) -> None:
    ga(client)
    assert TEGEL in tekst_van(client.get("/melden"))
    assert "Naast de boom" in tekst_van(client.get("/melden/waar"))
    assert 'value="t.hazelhoff@voorbeeld.nl"' in tekst_van(client.get("/melden/gegevens"))


def test_anonymous_is_possible(lw: Wereld, client: Client) -> None:
    ga(client, gegevens={"antwoord": "nee", "email": "geen adres", "naam": "Toch ingevuld"})
    assert "U blijft onbekend" in tekst_van(client.get("/melden/controleren"))
    client.post("/melden/controleren")
    assert not Partij.objects.exists()
    assert "Wij kunnen u niet mailen" in tekst_van(client.get("/melden/bevestiging"))


@pytest.mark.parametrize(
    ("adres", "gegeven", "woorden"),
    [
        ("/melden", {"tekst": ""}, "Geef antwoord op de vraag"),
        ("/melden", {"tekst": "x" * 4001}, "Er passen er 4000"),
        ("/melden", {"tekst": "x", "categorie": "vervalst"}, "Deze keuze is er niet meer"),
        ("/melden/waar", {}, "Zoek een adres"),
        ("/melden/gegevens", {}, "Geef antwoord op de vraag"),
        ("/melden/gegevens", {"antwoord": "ja"}, "Of kies dat u geen antwoord wilt"),
        ("/melden/gegevens", {"antwoord": "ja", "email": "tineke"}, "staat geen @"),
        ("/melden/gegevens", {"antwoord": "ja", "telefoon": "bel maar"}, "Dit telefoonnummer klopt niet"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    lw: Wereld, client: Client, adres: str, gegeven: dict[str, str], woorden: str
) -> None:
    ga(client, tot="wat")
    antwoord = client.post(adres, gegeven)
    assert antwoord.status_code == 422
    assert tekst_van(antwoord).count(woorden) >= 2, "in the summary and at the field"
    assert "<title>Fout:" in tekst_van(antwoord)


def test_danger_is_answered_with_112_first_and_one_can_go_on(lw: Wereld, client: Client) -> None:
    gevaar = {"tekst": "Ik ruik gas bij de buren!"}
    antwoord = client.post("/melden", gevaar)
    assert antwoord.status_code == 200 and 'href="tel:112"' in tekst_van(antwoord)
    assert "Ruikt u gas?" in tekst_van(antwoord)
    verder = client.post("/melden", {**gevaar, "gevaar_gezien": "gas"})
    assert verder.headers["Location"] == "/melden/waar"
    keuze = client.post("/melden", {"tekst": "help", "categorie": "gevaar"})
    assert "Is er nu gevaar?" in tekst_van(keuze)


def test_steps_cannot_be_skipped(lw: Wereld, client: Client) -> None:
    for stap in ("waar", "gegevens", "controleren", "bevestiging"):
        assert client.get(f"/melden/{stap}").headers["Location"] == "/melden"
    ga(client, tot="waar")
    assert client.post("/melden/controleren").headers["Location"] == "/melden/gegevens"
    assert not Zaak.objects.exists()


def test_a_draft_is_of_who_holds_its_secret(lw: Wereld, client: Client) -> None:
    ga(client)
    ander = Client()
    assert ander.get("/melden/controleren").headers["Location"] == "/melden"
    ander.cookies["loket_concept_melding"] = client.cookies["loket_concept_melding"].value[:-3] + "abc"
    assert ander.get("/melden/controleren").headers["Location"] == "/melden"
    koekje = client.cookies["loket_concept_melding"]
    assert koekje["httponly"] and koekje["samesite"] == "Lax"
    assert str(Concept.objects.get().id) not in koekje.value
    assert ander.post("/klacht/controleren").headers["Location"] == "/klacht"


def test_a_photo_is_cleaned_kept_and_can_be_taken_away(lw: Wereld, client: Client) -> None:
    ga(client, tot="wat")
    antwoord = client.post("/melden/waar", {"woorden": "hier", "voegtoe": "1", "foto": [foto(), foto("blue")]})
    assert antwoord.status_code == 200 and tekst_van(antwoord).count('name="weg"') == 2
    adres = re.findall(r'src="(/melden/foto/[^"]+)"', tekst_van(antwoord))
    klein = client.get(adres[0])
    assert klein.status_code == 200 and klein.headers["Content-Type"] == "image/jpeg"
    assert Client().get(adres[0]).status_code == 404
    weg = re.findall(r'name="weg" value="([^"]+)"', tekst_van(antwoord))
    client.post("/melden/waar", {"weg": weg[0]})
    ga(client, tot="alles")

    document = InformatieobjectVersie.objects.get()
    assert b"Camera van Tineke" not in read(document.sha256)
    link = re.search(r'href="(/volg/[^"#/]+)"', tekst_van(client.get("/melden/bevestiging")))
    assert link
    pagina = tekst_van(client.get(link[1]))
    groot = re.search(r'href="(/volg/[^"]+/document/[^"]+)"', pagina)
    assert groot
    assert client.get(groot[1]).headers["Content-Type"] == "image/jpeg"
    assert client.get(groot[1].replace(link[1], "/volg/verkeerd")).status_code == 404


def test_the_place_in_a_photo_is_offered_and_taken_out(lw: Wereld, client: Client, met_stad: MetStad) -> None:
    met_stad(lw.organisatie)
    ga(client, tot="wat")
    antwoord = client.post("/melden/waar", {"foto": foto(plaats=(51.86574, 5.33276))})
    assert antwoord.headers["Location"] == "/melden/waar"
    pagina = tekst_van(client.get("/melden/waar"))
    sleutel = re.search(r'name="plek_uit_foto" value="([^"]+)"', pagina)
    assert sleutel and "De plek stond in de foto" in pagina
    client.post("/melden/waar", {"plek_uit_foto": sleutel[1]})
    ga(client, tot="alles", waar={"woorden": "", "kaart_pin": "151250,430800"})
    zaak = Zaak.objects.get()
    assert zaak.x is not None and abs(zaak.x - 151_250) < 2 and zaak.y is not None and abs(zaak.y - 430_800) < 2
    assert "bij nummer" in zaak.plek or "In de buurt van" in zaak.plek
    inhoud = read(InformatieobjectVersie.objects.get().sha256)
    assert not Image.open(io.BytesIO(inhoud)).getexif()


@pytest.mark.parametrize(
    ("naam", "inhoud", "woorden"),
    [
        ("bon.docx", b"PK\x03\x04 geen echt document", "bon.docx"),
        ("foto.jpg", b"MZ\x90\x00 een programma", "foto.jpg"),
        ("foto.jpg", b"", "is leeg"),
        ("foto.jpg", b"\xff\xd8\xff" + b"\0" * 20_000_001, "te groot"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(
    lw: Wereld, client: Client, naam: str, inhoud: bytes, woorden: str
) -> None:
    ga(client, tot="wat")
    antwoord = client.post("/melden/waar", {"woorden": "hier", "foto": SimpleUploadedFile(naam, inhoud)})
    assert antwoord.status_code == 422 and woorden in tekst_van(antwoord)
    assert "hier" in tekst_van(antwoord)


def test_at_most_five_photos(lw: Wereld, client: Client) -> None:
    ga(client, tot="wat")
    kleuren = ("red", "green", "blue", "white", "black", "gray")
    te_veel = client.post("/melden/waar", {"woorden": "hier", "foto": [foto(kleur) for kleur in kleuren]})
    assert te_veel.status_code == 422
    client.post("/melden/waar", {"woorden": "hier", "voegtoe": "1", "foto": [foto(kleur) for kleur in kleuren[:4]]})
    te_veel = client.post("/melden/waar", {"woorden": "hier", "foto": [foto("gray"), foto("pink")]})
    assert te_veel.status_code == 422 and "U kunt 5 bestanden meesturen" in tekst_van(te_veel)
    assert len(Concept.objects.get().gegevens["fotos"]) == 5


teken = st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\r")


def test_an_address_is_searched_and_the_pin_is_kept(lw: Wereld, client: Client, met_stad: MetStad) -> None:
    met_stad(lw.organisatie)
    ga(client, tot="wat", categorie="stoep")
    gevonden = client.post("/melden/waar", {"adres": "Kastanjelaan 12"})  # 'Verder' without 'Zoek'
    assert gevonden.status_code == 200 and "Kastanjelaan, bij nummer 12" in tekst_van(gevonden)
    pin = re.search(r'name="kaart_pin" value="([^"]+)"', tekst_van(gevonden))
    assert pin
    verder = client.post("/melden/waar", {"adres": "Kastanjelaan 12", "kaart_pin": pin[1]})
    assert verder.headers["Location"] == "/melden/gegevens"
    ga(client, tot="alles", waar={"woorden": "", "kaart_pin": pin[1]}, categorie="stoep")
    zaak = Zaak.objects.get()
    assert zaak.plek == "Kastanjelaan, bij nummer 12" and zaak.x is not None
    assert "Kaart met een speld" in tekst_van(client.get("/melden/bevestiging"))

    ga(client, tot="wat", tekst="Er ligt een losse tegel", categorie="stoep")
    dubbel = client.post("/melden/waar", {"kaart_pin": pin[1]})
    assert dubbel.headers["Location"] == "/melden/waar#dubbel"
    pagina = tekst_van(client.get("/melden/waar"))
    assert "In de buurt zagen wij 1 melding" in pagina and TEGEL not in pagina
    keuze = re.search(r'name="zelfde" value="([0-9a-f-]{36})"', pagina)
    assert keuze
    client.post("/melden/waar", {"kaart_pin": pin[1], "zelfde": keuze[1]})
    client.post("/melden/gegevens", {"antwoord": "nee"})
    assert "U sluit u aan" in tekst_van(client.get("/melden/controleren"))
    client.post("/melden/controleren")
    assert Zaak.objects.count() == 1 and Volglink.objects.filter(meldt_mee=True).count() == 1
    bevestiging = tekst_van(client.get("/melden/bevestiging"))
    assert "Bedankt. U meldt mee." in bevestiging and zaak.identificatie in bevestiging


def test_one_joins_only_what_was_offered(lw: Wereld, gt: Wereld, client: Client, met_stad: MetStad) -> None:
    met_stad(lw.organisatie)
    van_een_ander = lw.ontvang(soort="klacht", categorie="")
    ga(client, tot="wat")
    antwoord = client.post("/melden/waar", {"woorden": "hier", "zelfde": str(van_een_ander.zaak)})
    assert antwoord.status_code == 422 and "Deze keuze is er niet meer" in tekst_van(antwoord)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(teken, min_size=1, max_size=300).filter(str.strip), st.integers(1, 13))
def test_any_text_arrives_unchanged(lw: Wereld, client: Client, stuk: str, keer: int) -> None:
    tekst = (stuk * keer)[:4000]
    client.cookies.clear()
    antwoord = client.post("/vragen", {"tekst": tekst})
    if antwoord.status_code == 200:  # danger was read in it
        soort = re.search(r'name="gevaar_gezien" value="(\w+)"', antwoord.content.decode())
        assert soort
        antwoord = client.post("/vragen", {"tekst": tekst, "gevaar_gezien": soort[1]})
    assert antwoord.status_code == 302, antwoord.content.decode()
    client.post("/vragen/gegevens", {"antwoord": "nee"})
    client.post("/vragen/controleren")
    assert Klantcontact.objects.order_by("-id")[0].inhoud == tekst
    link = Volglink.objects.order_by("-id")[0]
    from loket.services.reacties.sleutels import sleutel_van

    pagina = client.get(f"/volg/{sleutel_van(bytes(link.zaad), bytes(link.sleutel_hash))}").content.decode()
    gelezen = re.search(r'<p class="loket-quote loket-pre">(.*?)</p>', pagina, re.DOTALL)
    assert gelezen and html.unescape(gelezen[1]) == tekst


def test_four_thousand_emoji_fit(lw: Wereld, client: Client) -> None:
    ga(client, tot="alles", tekst="🧱" * 4000)
    assert Klantcontact.objects.get().inhoud == "🧱" * 4000


def test_too_often_is_said_in_words(lw: Wereld, client: Client, settings: Any) -> None:
    settings.REACTIES_GRENS = 1
    ga(client, tot="alles")
    ga(client)
    antwoord = client.post("/melden/controleren")
    assert antwoord.status_code == 429 and antwoord.headers["Retry-After"] == "600"
    assert Zaak.objects.count() == 1
