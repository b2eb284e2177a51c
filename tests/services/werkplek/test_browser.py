"""The workbench in a browser: three lines handle a reactie, with the keyboard, on a narrow screen, without script."""

from contextvars import ContextVar
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from loket.foundation.access.actor import Actor
from loket.foundation.identity.models import Gebruiker
from loket.foundation.time import clock
from loket.registers.klanten.models import Internetaak, Klantcontact
from loket.registers.zaken.models import Zaak, Zaaknotitie
from loket.services.reacties.commands import behandeling, taken
from loket.services.reacties.models import Instantie, Standaardtekst
from tests.chromium import PATIENCE, PICTURES, problems, problems_in_every_form
from tests.services.reacties.mensen import coordinator, medewerker, zaak_van
from tests.services.reacties.test_handelen import als
from tests.services.reacties.wereld import VRIJDAG, Wereld

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


class Dienst:
    """One day at work: the people, and a browser for each of them."""

    def __init__(self, browser: Browser, url: str) -> None:
        cache.clear()
        self.browser, self.url = browser, url
        self.said: list[str] = []
        self.lw = Wereld("LW", "Gemeente Lindewaard")
        self.fenna = medewerker(self.lw, "Fenna Wierda", self.lw.een)
        self.ruud = medewerker(self.lw, "Ruud Kleibergen", self.lw.wegen)
        self.ilse = medewerker(self.lw, "Ilse Steenkist", self.lw.specialisten)
        self.baas = coordinator(self.lw.een)
        Standaardtekst.objects.create(
            organisatie=self.lw.organisatie,
            titel="Tegel komt recht",
            tekst="Beste {naam},\n\nWij leggen de tegel recht op {datum}.",
        )
        Instantie.objects.create(organisatie=self.lw.organisatie, naam="Provincie", email="p@voorbeeld.nl")

    def als(self, wie: Actor, pad: str, width: int = 1280, **meer: Any) -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": 900}, locale="nl-NL", **meer)
        naam = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": naam, "value": als(wie).cookies[naam].value, "url": self.url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.goto(self.url + pad)
        return page

    def fouten(self) -> list[str]:
        """What the browser complained about. A refused form is no complaint, nor the stream of live updates, which is
        another process, nor a focus that the address decides."""
        known = ("422", "/live", "EventSource", "Autofocus")
        return [text for text in self.said if not any(word in text for word in known)]


@pytest.fixture
def dienst(browser: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Dienst:
    """It is that Friday in every thread, the server's included."""
    monkeypatch.setattr(clock, "_frozen", ContextVar("frozen_time", default=VRIJDAG))
    return Dienst(browser, str(live_server.url))


def vorm(page: Page) -> None:
    """Wait until the form of an act stands in the editor."""
    expect(page.locator("#doen-vorm form")).to_be_visible()


def test_axe_finds_nothing_and_nothing_is_too_wide(dienst: Dienst) -> None:
    een = dienst.lw.ontvang()
    dicht = dienst.lw.ontvang()
    behandeling.beantwoord(
        dienst.fenna, dicht.zaak, "Klaar.", resultaat="Opgelost", waarom="De tegel ligt recht.", idempotency_key="a"
    )
    taken.vraag_specialist(
        dienst.fenna, een.zaak, team=dienst.lw.specialisten, vraag="Van wie is de boom?", idempotency_key="s"
    )
    for n in range(3):
        dienst.lw.ontvang(soort=("vraag", "compliment", "melding")[n], categorie="")
    zaak = f"/werk/zaak/{een.identificatie}/"
    gevonden: list[str] = []
    page = dienst.als(dienst.baas, "/werk/")
    for pad in (
        "/werk/lijst/triage/",
        "/werk/lijst/triage/?soort=vraag&zoek=boom",
        "/werk/lijst/mijn/",
        "/werk/taken/",
        "/werk/zoeken/?q=tegel",
        zaak,
        f"/werk/zaak/{dicht.identificatie}/",
        *(f"{zaak}{code}/doen/" for code in ("antwoord", "notitie", "doorzetten", "doorzenden", "afsluiten")),
        "/werk/afwezig/",
    ):
        page.goto(dienst.url + pad)
        if pad == zaak:
            vorm(page)
        gevonden += problems_in_every_form(page, pad.strip("/").replace("/", "-").partition("?")[0])
    assert gevonden == []
    assert PICTURES or dienst.fouten() == []


def test_the_first_line_answers_one_and_passes_one_on_with_the_keyboard_alone(dienst: Dienst) -> None:
    een, twee = dienst.lw.ontvang(), dienst.lw.ontvang(soort="vraag", categorie="", tekst="Wanneer is de markt?")
    page = dienst.als(dienst.fenna, "/werk/")
    expect(page.get_by_role("heading", name="Triage")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("tr.at")).to_contain_text("tegel")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("v")
    expect(page.locator("#doen-vorm").get_by_role("button", name="Zet door naar dit team")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("doorgezet")
    assert zaak_van(een.zaak).werk.team_id == dienst.lw.wegen.id

    page.goto(dienst.url + "/werk/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{dienst.url}/werk/zaak/{twee.identificatie}/?van=triage")
    vorm(page)
    page.keyboard.press("n")
    expect(page.locator("#doen-vorm").get_by_role("button", name="Neem in behandeling")).to_be_focused()
    page.keyboard.press("r")
    tekst = page.get_by_label("Antwoord", exact=True)
    expect(tekst).to_be_focused()
    page.keyboard.type("De markt is op zaterdag.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Bean")
    expect(page.get_by_label("Waarom, in gewone woorden")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".loket-summary")).to_be_focused()
    page.get_by_label("Waarom, in gewone woorden").focus()
    page.keyboard.type("U weet nu wanneer de markt is.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Uw antwoord is verstuurd.")).to_be_visible()
    assert Klantcontact.objects.get(richting="uit").inhoud == "De markt is op zaterdag."
    assert zaak_van(twee.zaak).einddatum is not None
    page.keyboard.press("?")
    expect(page.locator("#toetsen")).to_be_visible()
    assert problems(page, "toetsen") == []
    assert PICTURES or dienst.fouten() == []
    page.context.close()


def test_the_second_line_asks_a_specialist_and_answers_with_a_standard_text(dienst: Dienst) -> None:
    binnen = dienst.lw.ontvang()
    taken.zet_door(dienst.fenna, binnen.zaak, team=dienst.lw.wegen, vraag="Wie gaat kijken?", idempotency_key="d")
    ruud = dienst.als(dienst.ruud, "/werk/taken/")
    ruud.keyboard.press("j")
    expect(ruud.get_by_role("link", name="Wie gaat kijken?", exact=True)).to_be_focused()
    ruud.keyboard.press("Tab")
    ruud.keyboard.press("Enter")
    expect(ruud.get_by_role("button", name="Pak op")).to_be_focused()
    assert problems(ruud, "taak") == []
    ruud.keyboard.press("Escape")
    expect(ruud.get_by_role("link", name="Pak op")).to_be_focused()
    ruud.keyboard.press("Enter")
    ruud.get_by_role("button", name="Pak op").click()
    expect(ruud.get_by_text("U hebt dit opgepakt.")).to_be_visible()
    expect(ruud).to_have_url(f"{dienst.url}/werk/taken/")

    ruud.keyboard.press("m")
    expect(ruud).to_have_url(f"{dienst.url}/werk/lijst/mijn/")
    ruud.keyboard.press("j")
    ruud.keyboard.press("Enter")
    vorm(ruud)
    ruud.keyboard.press("s")
    ruud.get_by_label("Aan welk team of welke persoon?").select_option(label="Specialisten")
    ruud.get_by_label("Wat vraagt u?").fill("Van wie is deze boom?")
    ruud.get_by_role("button", name="Stel de vraag").click()
    expect(ruud.get_by_text("De vraag is gesteld.")).to_be_visible()
    assert zaak_van(binnen.zaak).werk.behandelaar_id == dienst.ruud.id

    ilse = dienst.als(dienst.ilse, "/werk/taken/")
    ilse.get_by_role("link", name="Van wie is deze boom?", exact=True).click()
    expect(ilse.get_by_role("link", name="Antwoord aan bewoner")).to_have_count(0)
    ilse.get_by_role("link", name="Beantwoord").click()
    ilse.get_by_label("Uw antwoord").fill("Van de gemeente.")
    ilse.keyboard.press("Control+Enter")
    expect(ilse.get_by_text("Uw antwoord staat in de zaak.")).to_be_visible()
    assert problems(ilse, "specialist") == []
    assert Internetaak.objects.get(soort="vraag").antwoord == "Van de gemeente."

    ruud.goto(f"{dienst.url}/werk/zaak/{binnen.identificatie}/")
    expect(ruud.locator(".loket-msg--intern")).to_contain_text("Van de gemeente.")
    vorm(ruud)
    tekst, knop = ruud.get_by_label("Antwoord", exact=True), ruud.get_by_role("button", name="Tegel komt recht")
    ruud.get_by_role("searchbox", name="Standaardtekst").fill("onzin")
    expect(knop).to_be_hidden()
    ruud.get_by_role("searchbox", name="Standaardtekst").fill("tegel")
    tekst.fill("Goed dat u dit meldt.")
    knop.click()
    expect(tekst).to_have_value(
        "Goed dat u dit meldt.\n\nBeste Tineke Hazelhoff,\n\nWij leggen de tegel recht op {datum}."
    )
    expect(tekst).to_be_focused()
    ruud.keyboard.press("Control+Enter")
    expect(ruud.locator(".loket-summary")).to_contain_text("{datum}")
    tekst.fill("Goed dat u dit meldt. Wij leggen de tegel recht.")
    ruud.get_by_role("button", name="Verstuur antwoord").click()
    expect(ruud.locator(".loket-msg--out")).to_contain_text("Wij leggen de tegel recht.")
    assert PICTURES or dienst.fouten() == []
    for page in (ruud, ilse):
        page.context.close()


def test_more_opens_in_place_and_is_left_again(dienst: Dienst) -> None:
    binnen = dienst.lw.ontvang()
    page = dienst.als(dienst.fenna, f"/werk/zaak/{binnen.identificatie}/")
    vorm(page)
    page.locator("summary", has_text="Meer").click()
    assert problems(page, "meer") == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Splits")).to_be_hidden()
    page.locator("summary", has_text="Meer").click()
    page.get_by_role("link", name="Splits").click()
    expect(page.get_by_label("Onderwerp van het andere deel")).to_be_focused()
    page.get_by_role("link", name="Niet doen").click()
    expect(page.get_by_label("Antwoord", exact=True)).to_be_visible()
    page.keyboard.press("i")
    page.get_by_label("Notitie voor collega’s").fill("Let op.")
    assert problems(page, "notitie") == []
    page.keyboard.press("Control+Enter")
    expect(page.locator(".loket-msg--intern")).to_contain_text("Let op.")
    page.keyboard.press("Control+k")
    page.locator("#palet input").fill(binnen.identificatie)
    expect(page.locator("#palet li").first).to_contain_text(binnen.identificatie)
    page.context.close()


def test_a_form_that_comes_late_never_takes_the_place_of_the_one_chosen_since(dienst: Dienst) -> None:
    """The page opens with the form of the answer; who chooses another before that one came keeps what is typed."""
    binnen = dienst.lw.ontvang()
    page = dienst.als(dienst.fenna, "/werk/")
    late: list[Route] = []
    page.route("**/antwoord/doen/**", lambda route: late.append(route))
    page.goto(f"{dienst.url}/werk/zaak/{binnen.identificatie}/")
    page.get_by_role("link", name="Interne notitie").click()
    note = page.get_by_label("Notitie voor collega’s")
    note.fill("Let op.")
    [route] = late
    route.fulfill(body="<form><p>Te laat</p></form>", content_type="text/html")
    page.evaluate("fetch('/healthz').then((answer) => answer.text())")
    expect(note).to_have_value("Let op.")
    expect(page.get_by_text("Te laat")).to_have_count(0)
    page.context.close()


def test_several_zaken_at_once_with_the_keyboard_and_without_javascript(dienst: Dienst) -> None:
    zaken = [dienst.lw.ontvang() for _n in range(4)]
    page = dienst.als(dienst.fenna, "/werk/lijst/triage/")
    doen = page.get_by_role("button", name="Neem in behandeling")
    expect(doen).to_be_hidden()
    for _n in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.get_by_text("2 zaken gekozen")).to_be_visible()
    assert problems(page, "gekozen") == []
    page.keyboard.press("x")
    expect(page.get_by_text("1 zaak gekozen")).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Met deze 2 zaken")).to_be_visible()
    assert problems(page, "samen") == []
    page.get_by_role("button", name="Neem in behandeling").click()
    expect(page.get_by_text("is gelukt met 2 zaken")).to_be_visible()
    assert {zaak_van(een.zaak).werk.behandelaar_id for een in zaken} == {dienst.fenna.id, None}
    page.context.close()

    zonder = dienst.als(dienst.fenna, "/werk/lijst/triage/", java_script_enabled=False)
    zonder.get_by_role("button", name="Neem in behandeling").click()
    expect(zonder.get_by_text("Kies eerst een of meer zaken.")).to_be_visible()
    zonder.get_by_role("link", name="Kies alles op deze pagina").click()
    zonder.get_by_role("button", name="Zet door").click()
    zonder.get_by_label("Aan welk team of welke persoon?").select_option(label="Stadsbeheer wegen")
    zonder.get_by_label("Wat vraagt u?").fill("Kijken jullie?")
    zonder.get_by_role("button", name="Zet door").click()
    expect(zonder.get_by_text("is gelukt met 2 zaken")).to_be_visible()
    assert sum(zaak_van(een.zaak).werk.team_id == dienst.lw.wegen.id for een in zaken) == 2
    zonder.context.close()


def test_a_standard_text_keeps_what_was_typed_without_javascript_too(dienst: Dienst) -> None:
    binnen = dienst.lw.ontvang()
    page = dienst.als(dienst.fenna, f"/werk/zaak/{binnen.identificatie}/antwoord/doen/", java_script_enabled=False)
    page.get_by_label("Antwoord", exact=True).fill("Zelf getypt.")
    page.get_by_role("button", name="Tegel komt recht").click()
    expect(page.get_by_label("Antwoord", exact=True)).to_have_value(
        "Zelf getypt.\n\nBeste Tineke Hazelhoff,\n\nWij leggen de tegel recht op {datum}."
    )
    page.context.close()


def test_the_same_without_javascript(dienst: Dienst) -> None:
    binnen = dienst.lw.ontvang()
    page = dienst.als(dienst.fenna, f"/werk/zaak/{binnen.identificatie}/", java_script_enabled=False)
    page.get_by_role("link", name="Interne notitie").click()
    page.get_by_role("button", name="Bewaar notitie").click()
    expect(page).to_have_title("Fout: Interne notitie – Werkplek – Loket")
    page.get_by_label("Notitie voor collega’s").fill("Zonder script.")
    page.get_by_role("button", name="Bewaar notitie").click()
    expect(page.locator(".loket-msg--intern")).to_contain_text("Zonder script.")
    page.locator("summary", has_text="Meer").click()
    page.get_by_role("link", name="Stel uit").click()
    page.get_by_label("Nieuwe dag").fill("2026-12-04")
    page.get_by_label("Waarom duurt het langer?").fill("De aannemer is ziek.")
    page.get_by_role("button", name="Stel uit").click()
    expect(page.get_by_text("De nieuwe dag staat er.")).to_be_visible()
    assert Zaaknotitie.objects.count() == 1 and Zaak.objects.count() == 1
    assert Gebruiker.objects.filter(naam="Fenna Wierda").exists()
    page.context.close()
