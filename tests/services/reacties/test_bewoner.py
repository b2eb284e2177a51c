"""What a resident gets beside the walk: the form filled in, files, a link with a subject, a PDF, and who looked."""

import html
import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loket.foundation.access.actor import Actor
from loket.foundation.audit.models import Dataverwerking
from loket.foundation.audit.use import Use
from loket.foundation.identity.models import Gebruiker
from loket.foundation.storage.files import read
from loket.registers.documenten.models import InformatieobjectVersie
from loket.registers.klanten.commands import registreer_partij
from loket.registers.plekken.rules import rd_naar_wgs84
from loket.registers.zaken.models import Zaak
from loket.services.reacties.commands import keten
from loket.services.reacties.pages import formulier
from loket.services.reacties.pages.melden import begin_tekst
from loket.services.reacties.queries.dubbel import bekend_in_de_buurt
from tests.services.reacties.test_formulier import foto, ga
from tests.services.reacties.wereld import SYSTEEM, MetStad, Wereld, bewoner, inzending

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def client(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "nl"
    return client


def lees(client: Client, adres: str) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, adres
    return html.unescape(antwoord.content.decode())


def bestand(naam: str = "bon.pdf", inhoud: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud, "application/octet-stream")


def docx() -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pak:
        soort = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        pak.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{soort}"/></Types>',
        )
        pak.writestr("word/document.xml", "<w:document/>")
    return uit.getvalue()


class TestIngevuld:
    """Who logged in need not type again what is known; that use is logged."""

    def test_from_what_the_organisations_know(self, lw: Wereld, client: Client) -> None:
        tineke = bewoner()
        registreer_partij(
            SYSTEEM,
            organisatie=lw.organisatie,
            pseudoniem=tineke.pseudoniem,
            naam="T. Hazelhoff",
            email="tineke@voorbeeld.nl",
            telefoon="06 12345678",
        )
        client.force_login(Gebruiker.objects.get(id=tineke.id), "django.contrib.auth.backends.ModelBackend")
        ga(client, tot="waar")
        pagina = lees(client, "/melden/gegevens")
        for waarde in ("T. Hazelhoff", "tineke@voorbeeld.nl", "06 12345678"):
            assert f'value="{waarde}"' in pagina
        regel = Dataverwerking.objects.get(betrokkene=tineke.pseudoniem, naam="Een formulier alvast invullen")
        assert regel.rol == "bewoner"

    def test_who_is_new_gets_the_name_of_the_login(self, lw: Wereld, client: Client) -> None:
        client.force_login(
            Gebruiker.objects.get(id=bewoner("Ada Nieuw").id), "django.contrib.auth.backends.ModelBackend"
        )
        ga(client, tot="waar")
        assert 'value="Ada Nieuw"' in lees(client, "/melden/gegevens")

    def test_a_visitor_gets_nothing(self, lw: Wereld, client: Client) -> None:
        ga(client, tot="waar")
        assert not re.search(r'name="email" value="[^"]+"', lees(client, "/melden/gegevens"))
        assert not Dataverwerking.objects.exists()


class TestOnderwerp:
    """A link to the form may bring a subject."""

    @pytest.mark.parametrize("naam", ["onderwerp", "over"])
    def test_a_code_is_chosen(self, lw: Wereld, client: Client, naam: str) -> None:
        assert re.search(r'value="stoep"[^>]* checked', lees(client, f"/melden?{naam}=stoep"))

    def test_a_sentence_is_the_first_line(self, lw: Wereld, client: Client) -> None:
        pagina = lees(client, "/vragen?onderwerp=Gebruik+van+mijn+gegevens%3A+%3Cb%3E")
        assert re.search(r"<textarea[^>]*>\s*Gebruik van mijn gegevens: <b>\n", pagina)
        assert "&lt;b&gt;" in client.get("/vragen?onderwerp=Gebruik+%3Cb%3E").content.decode()

    @pytest.mark.parametrize("pad", ["melden", "vragen", "klacht", "compliment"])
    @pytest.mark.parametrize("onderwerp", ["bestaatniet", "x" * 300 + " y", "een\x00 twee", "een\ntwee drie", ""])
    def test_what_is_unknown_is_ignored(self, lw: Wereld, client: Client, pad: str, onderwerp: str) -> None:
        antwoord = client.get(f"/{pad}", {"onderwerp": onderwerp, "over": onderwerp})
        pagina = antwoord.content.decode()
        assert antwoord.status_code == 200 and " checked" not in pagina
        assert not onderwerp or html.escape(onderwerp) not in re.sub(r'="[^"]*"', "", pagina)
        assert begin_tekst(onderwerp) == ""


class TestBestanden:
    """Files that are no photo."""

    def test_in_the_form_and_by_message(self, lw: Wereld, client: Client) -> None:
        velden = {"tekst": "Mijn brief is niet beantwoord.", "foto": [bestand(), bestand("brief.docx", docx())]}
        assert client.post("/klacht", velden).headers["Location"] == "/klacht/gegevens"
        controle_van = {"naam": "Tineke", "telefoon": "06 12345678"}
        client.post("/klacht/gegevens", controle_van)
        controle = lees(client, "/klacht/controleren")
        assert "bon.pdf" in controle and "brief.docx" in controle
        client.post("/klacht/controleren")
        assert "<dt>Bestanden</dt><dd>2</dd>" in lees(client, "/klacht/bevestiging")
        versies = InformatieobjectVersie.objects.order_by("id")
        assert {v.formaat.partition("/")[2][:3] for v in versies} == {"pdf", "vnd"}
        assert read(versies.get(formaat="application/pdf").sha256) == PDF

        volg = re.search(r'href="(/volg/[^"#/]+)"', lees(client, "/klacht/bevestiging"))
        assert volg
        assert "bon.pdf" in lees(client, volg[1]) and "brief.docx" in lees(client, volg[1])
        antwoord = client.post(f"{volg[1]}/bericht", {"tekst": "", "foto": bestand("nog een.pdf"), "eenmalig": "1"})
        assert antwoord.status_code == 302
        pagina = lees(client, volg[1])
        adres = re.search(r'href="(/volg/[^"]+/document/[^"]+)"[^>]*>(?:<svg.*?</svg>)?nog een\.pdf', pagina)
        assert adres
        gehaald = client.get(adres[1])
        assert gehaald.headers["Content-Type"] == "application/pdf"
        assert b"".join(gehaald.streaming_content) == PDF  # type: ignore[attr-defined]

    def test_added_and_taken_away_before_going_on(self, lw: Wereld, client: Client) -> None:
        velden: dict[str, Any] = {"tekst": "Nog niet af", "foto": bestand(), "voegtoe": "1"}
        assert client.post("/vragen", velden).headers["Location"] == "/vragen#fotos"
        pagina = lees(client, "/vragen")
        weg = re.search(r'name="weg" value="([^"]+)"', pagina)
        assert weg and "bon.pdf" in pagina and "Nog niet af" in pagina and "loket-thumb" not in pagina
        client.post("/vragen", {"tekst": "Verder getypt", "weg": weg[1]})
        pagina = lees(client, "/vragen")
        assert "bon.pdf" not in pagina and "Verder getypt" in pagina

    def test_a_file_that_is_not_empty_handed_stays_when_the_text_is_wrong(self, lw: Wereld, client: Client) -> None:
        fout = client.post("/vragen", {"tekst": "", "foto": bestand()})
        assert fout.status_code == 422 and "bon.pdf" in html.unescape(fout.content.decode())
        assert "bon.pdf" in lees(client, "/vragen")

    @pytest.mark.parametrize(
        ("naam", "inhoud", "woorden"),
        [
            ("virus.exe", b"MZ" + b"\0" * 200, "virus.exe"),
            ("bon.pdf", docx(), "is iets anders dan de naam zegt"),
            ("leeg.pdf", b"", "leeg"),
            ("macro.pdf", PDF.replace(b"<<>>", b"<</JavaScript 1>>", 1), "macro.pdf"),
        ],
    )
    def test_refused_in_words(self, lw: Wereld, client: Client, naam: str, inhoud: bytes, woorden: str) -> None:
        ga(client, tot="wat")
        fout = client.post("/melden/waar", {"woorden": "hier", "foto": bestand(naam, inhoud)})
        assert fout.status_code == 422 and woorden in html.unescape(fout.content.decode())

    def test_a_photo_still_loses_what_was_in_it(self, lw: Wereld, client: Client) -> None:
        client.post("/vragen", {"tekst": "Wat is dit?", "foto": foto(plaats=(51.85, 5.3))})
        client.post("/vragen/gegevens", {"antwoord": "nee"})
        client.post("/vragen/controleren")
        assert b"Camera van Tineke" not in read(InformatieobjectVersie.objects.get().sha256)


class TestBevestiging:
    """The confirmation, to keep."""

    def test_as_pdf(self, lw: Wereld, client: Client) -> None:
        assert client.get("/melden/bevestiging.pdf").headers["Location"] == "/melden"
        ga(client, tot="alles")
        pagina = lees(client, "/melden/bevestiging")
        adres = re.search(r'href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?Bewaar als pdf', pagina)
        assert adres and adres[1] == "/melden/bevestiging.pdf"
        antwoord = client.get(adres[1])
        assert antwoord.headers["Content-Type"] == "application/pdf" and antwoord.content.startswith(b"%PDF-")
        assert "LW-2026-00001.pdf" in antwoord.headers["Content-Disposition"]
        assert antwoord.headers["Cache-Control"] == "no-store"
        assert Client().get(adres[1]).status_code == 302, "it is for the device that sent it"

    def test_not_more_than_anybody_wants(self, lw: Wereld, client: Client, settings: Any) -> None:
        ga(client, tot="alles")
        settings.REACTIES_GRENS = 2
        assert [client.get("/melden/bevestiging.pdf").status_code for _keer in range(3)] == [200, 200, 429]

    def test_the_map_is_an_image_that_the_browser_keeps(self, lw: Wereld, client: Client, met_stad: MetStad) -> None:
        met_stad(lw.organisatie)
        ga(client, tot="alles", waar={"kaart_pin": "151100.00,430700.00"})
        pagina = lees(client, "/melden/bevestiging")
        beeld = re.search(r'<img src="(/[^"]+speld=[^"]+)"[^>]*alt="Kaart met een speld: [^"]+"', pagina)
        assert beeld and '<svg viewBox="0 0 270' not in pagina
        antwoord = client.get(beeld[1])
        assert antwoord.headers["Content-Type"] == "image/svg+xml" and "m-pin" in antwoord.content.decode()
        assert "max-age=86400" in antwoord.headers["Cache-Control"]


def test_the_place_is_recorded_as_geometry_too(lw: Wereld) -> None:
    met = Zaak.objects.get(id=lw.ontvang(plek=inzending().plek.__class__("Hier", "", 151_100.0, 430_700.0)).zaak)
    assert met.zaakgeometrie == {"type": "Point", "coordinates": list(rd_naar_wgs84(151_100.0, 430_700.0))}
    lengte, breedte = met.zaakgeometrie["coordinates"]
    assert 5 < lengte < 6 and 51 < breedte < 52
    zonder = lw.ontvang(plek=inzending().plek.__class__("", "Ergens"))
    assert Zaak.objects.get(id=zonder.zaak).zaakgeometrie is None


def test_known_reports_are_asked_for_once(
    lw: Wereld, client: Client, monkeypatch: pytest.MonkeyPatch, met_stad: MetStad
) -> None:
    met_stad(lw.organisatie)
    keren: list[tuple[Any, ...]] = []

    def geteld(*args: Any) -> Any:
        keren.append(args)
        return bekend_in_de_buurt(*args)

    monkeypatch.setattr(formulier, "bekend_in_de_buurt", geteld)
    ga(client, tot="wat")
    assert client.post("/melden/waar", {"adres": "Kastanjelaan 12", "kiezer": "zoek"}).status_code == 200
    assert len(keren) == 1


class TestWieKeek:
    """Who used the data, on the page behind the link: by day and role."""

    def test_by_day_and_role(self, lw: Wereld, client: Client) -> None:
        binnen = lw.ontvang()
        fenna = lw.actor("Fenna Wierda")
        pseudoniem = Dataverwerking.objects.get(zaak=binnen.zaak).betrokkene
        for _keer in range(3):
            Use(fenna, "reacties.behandelen", binnen.zaak).log([pseudoniem])
        Use(Actor.system("mail", lw.organisatie.id), "reacties.berichten", binnen.zaak).log([pseudoniem])
        pagina = lees(client, f"/volg/{binnen.sleutel}/gegevens")
        assert pagina.count("Vrijdag 20 november 2026") == 1
        assert pagina.count("<b>Gemeente Lindewaard, Behandelaar</b>") == 1 and "(3 keer)" in pagina
        assert "Gemeente Lindewaard, automatisch, door de computer" in pagina
        assert "Fenna Wierda" not in pagina


class TestGesplitst:
    """Part of a reactie became one of its own: the resident follows both, also who is known by nothing."""

    @pytest.mark.parametrize("bekend", [True, False])
    def test_each_page_leads_to_the_other(self, lw: Wereld, client: Client, bekend: bool) -> None:
        binnen = lw.ontvang() if bekend else lw.ontvang(naam="", email="")
        deel = keten.splits(
            lw.actor("Fenna Wierda"), binnen.zaak, onderwerp="Lamp", tekst="De lamp is stuk.", idempotency_key="p"
        )
        pagina = lees(client, f"/volg/{binnen.sleutel}")
        naar = re.search(r'href="(/volg/[^"/]+)">Lamp</a>', pagina)
        assert naar and f"Een deel kreeg een eigen nummer: {deel.identificatie}" in pagina
        ander = lees(client, naar[1])
        assert deel.identificatie in ander and "De lamp is stuk." in ander
        assert f"Dit was eerst een deel van nummer {binnen.identificatie}" in ander
        assert f'href="/volg/{binnen.sleutel}"' in ander

    def test_logged_in_too(self, lw: Wereld, client: Client) -> None:
        tineke = bewoner()
        binnen = lw.ontvang(tineke)
        deel = keten.splits(
            lw.actor("Fenna Wierda"), binnen.zaak, onderwerp="Lamp", tekst="De lamp is stuk.", idempotency_key="p"
        )
        client.force_login(Gebruiker.objects.get(id=tineke.id), "django.contrib.auth.backends.ModelBackend")
        assert f'href="/mijn/zaken/{deel.identificatie}">Lamp</a>' in lees(
            client, f"/mijn/zaken/{binnen.identificatie}"
        )
        assert "De lamp is stuk." in lees(client, f"/mijn/zaken/{deel.identificatie}")

    def test_whoever_reports_it_too_does_not_see_it(self, lw: Wereld, client: Client) -> None:
        from loket.services.reacties.commands.vervolg import sluit_aan
        from loket.services.reacties.concepten import begin_concept

        binnen = lw.ontvang()
        concept, _geheim = begin_concept("melding")
        mee = sluit_aan(Actor("anoniem"), binnen.zaak, inzending(email="b@voorbeeld.nl", naam="B"), concept=concept)
        keten.splits(
            lw.actor("Fenna Wierda"), binnen.zaak, onderwerp="Lamp", tekst="De lamp is stuk.", idempotency_key="p"
        )
        assert "Lamp" not in lees(client, f"/volg/{mee.sleutel}")
