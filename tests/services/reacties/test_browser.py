"""The walk of a resident in a real browser: with JavaScript at 1280 pixels, and at 320 without; axe finds nothing."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from loket.registers.zaken.models import Zaak
from tests.chromium import PATIENCE, PICTURES, problems
from tests.services.reacties.test_formulier import foto
from tests.services.reacties.wereld import TEGEL, MetStad, Wereld

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def site(live_server: LiveServer, settings: Any, met_stad: MetStad) -> str:
    """A municipality with a map and one report that is known already."""
    settings.LOKET_URL = live_server.url
    lw = Wereld("LW", "Gemeente Lindewaard")
    lw.organisatie.nieuws = [
        {"titel": "Dijkweg dicht tot en met vrijdag", "tekst": "Wij vervangen het riool. Bus 14 rijdt om."},
        {"titel": "Praat mee over het Lindepark", "tekst": "Donderdag om 19.30 uur in De Schuur."},
    ]
    uren = {dag: ["08:00", "20:00"] for dag in ("ma", "di", "wo", "do", "vr")}
    lw.organisatie.openingstijden = {"telefoon": uren, "balie": uren}
    lw.organisatie.save()
    met_stad(lw.organisatie)
    return str(live_server.url)


def pagina(browser: Browser, breedte: int, **opties: Any) -> tuple[Page, list[str]]:
    context = browser.new_context(viewport={"width": breedte, "height": 900}, locale="nl-NL", **opties)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    klachten: list[str] = []
    page.on("console", lambda m: klachten.append(m.text) if m.type == "error" and "422" not in m.text else None)
    page.on("pageerror", lambda fout: klachten.append(str(fout)))
    return page, klachten


def goed(page: Page, naam: str) -> None:
    """No horizontal scrolling, axe finds nothing; a picture when asked for."""
    page.wait_for_load_state("load")
    if PICTURES:
        breedte = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=f"{PICTURES}/{naam}-{breedte}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{naam} scrolls sideways"
    assert problems(page) == [], naam


@pytest.mark.parametrize(("breedte", "script"), [(1280, True), (320, False)])
def test_report_a_loose_paving_stone(site: str, browser: Browser, tmp_path: Path, breedte: int, script: bool) -> None:
    bestand = tmp_path / "stoep-kastanjelaan.jpg"
    bestand.write_bytes(foto("gray", (51.8660, 5.3330)).read())
    # axe itself is a script: without JavaScript the pages are looked at with it in a context that has it
    page, klachten = pagina(browser, breedte)
    if not script:
        page.route(re.compile(r"\.js(\?|$)"), lambda route: route.abort())
    page.goto(site)
    goed(page, "home")
    page.get_by_role("link", name="Iets melden").click()
    page.get_by_role("button", name="Verder").click()
    expect(page).to_have_title(re.compile("^Fout:"))
    goed(page, "wat-fout")
    page.get_by_label("Wat is er aan de hand?").fill("Het ruikt naar gas. " + TEGEL)
    page.get_by_text("Losse tegel of kapotte stoep").click()
    goed(page, "wat")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Ruikt u gas?")).to_be_visible()
    goed(page, "wat-112")
    page.get_by_role("button", name="Er is nu geen gevaar. Ga verder").click()
    expect(page.get_by_role("heading", name="Waar is het?")).to_be_visible()
    page.get_by_label("Zoek een straat of adres").fill("Kastanjelaan 12")
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.get_by_text("Kastanjelaan, bij nummer 12").first).to_be_visible()
    page.locator("input[type=file]").set_input_files(bestand)
    page.get_by_role("button", name="Voeg de gekozen bestanden toe").click()
    expect(page.get_by_text("stoep-kastanjelaan.jpg")).to_be_visible()
    goed(page, "waar")
    page.get_by_role("button", name="Verder naar uw gegevens").click()
    page.get_by_text("Ja, houd mij op de hoogte").click()
    page.get_by_label("Uw e-mailadres").fill("t.hazelhoffvoorbeeld.nl")
    page.get_by_role("button", name="Verder naar controleren").click()
    expect(page.get_by_text("In uw e-mailadres staat geen @").first).to_be_visible()
    goed(page, "gegevens-fout")
    page.get_by_label("Uw e-mailadres").fill("t.hazelhoff@voorbeeld.nl")
    page.get_by_role("button", name="Verder naar controleren").click()
    goed(page, "controleren")
    page.get_by_role("button", name="Verstuur melding").dblclick()
    expect(page.get_by_role("heading", name="Bedankt. Uw melding is binnen.")).to_be_visible()
    goed(page, "binnen")
    assert Zaak.objects.count() == 1
    page.get_by_role("link", name="Volg uw melding").click()
    expect(page.get_by_role("heading", name="Een medewerker leest uw melding")).to_be_visible()
    goed(page, "volg")
    page.get_by_label("Uw bericht").fill("Er staat nu een hek omheen.")
    page.get_by_role("button", name="Verstuur bericht").click()
    expect(page.get_by_text("Uw bericht is verstuurd")).to_be_visible()
    expect(page.get_by_text("Er staat nu een hek omheen.")).to_be_visible()
    page.get_by_role("link", name="Verander hoe u bericht krijgt").click()
    goed(page, "voorkeur")
    page.go_back()
    page.get_by_role("link", name="Wie keek naar mijn gegevens?").click()
    goed(page, "gebruik")
    page.go_back()
    page.get_by_role("link", name="Trek het in").click()
    goed(page, "intrekken")
    page.get_by_role("button", name="Trek uw melding in").click()
    expect(page.get_by_role("heading", name="U trok uw melding in")).to_be_visible()
    goed(page, "volg-gesloten")
    if script:
        assert klachten == []


def test_the_pages_around_it(site: str, browser: Browser) -> None:
    page, klachten = pagina(browser, 360)
    for naam, adres in (
        ("zoeken", "/zoeken?q=tegel"),
        ("nummer", "/volg?nr=LW-2026-00001"),
        ("nummer-klaar", "/volg-verstuurd"),
        ("tellen", "/zo-tellen-wij"),
        ("klacht", "/klacht"),
        ("home", "/"),
    ):
        page.goto(site + adres)
        goed(page, naam)
    assert klachten == []
