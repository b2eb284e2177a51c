"""In a real browser: nothing for axe to find, nothing wider than the screen, the keyboard, the words after an error."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from loket.foundation.access.actor import Actor
from loket.foundation.identity.models import Organisatie
from loket.foundation.web import extensions as ext
from tests.chromium import PATIENCE, problems, problems_in_every_form

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

OFFERS = (
    ext.NavItem("proef.werk", "Werk", "/werk", "werkplek", 1),
    ext.NavItem("proef.zoek", "Zoeken", "/zoek", "zoeken"),
    ext.NavItem("proef.gesprek", "Nieuw gesprek", "/gesprek", "gesprek", icon="phone", key="g"),
    ext.NavItem("proef.mijn", "Mijn Loket", "/mijn", "kop", icon="person"),
    ext.PaletteItem("proef.terugbel", "Plan een terugbelafspraak", "/bel", icon="callback", key="b"),
)


@pytest.fixture
def site(live_server: LiveServer, settings: Any) -> Iterator[str]:
    settings.ROOT_URLCONF = "tests.foundation.web.proefpaginas"
    Organisatie.objects.create(
        naam="Gemeente Lindewaard",
        soort="gemeente",
        rsin="000000012",
        afkorting="LW",
        hoofd=True,
        telefoon="14 0199",
        email="loket@lindewaard.voorbeeld.nl",
        adres="Stadhuis, Lindeplein 1",
    )
    with ext.offering(*OFFERS, only=True):
        yield str(live_server.url)


def visit(browser: Browser, address: str, width: int = 1280, **more: Any) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}, locale="nl-NL", **more).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


@pytest.mark.parametrize(
    "path", ["/stijl", "/melding", "/werk", "/fout/404", "/fout/503", "/api/aansluiten/", "/api/autorisaties/"]
)
def test_axe_finds_nothing_and_nothing_is_too_wide(browser: Browser, site: str, path: str) -> None:
    page = visit(browser, site + path)
    assert problems_in_every_form(page, path.strip("/").replace("/", "-")) == []
    page.context.close()


def test_no_page_breaks_the_content_security_policy(browser: Browser, site: str) -> None:
    page = browser.new_context(locale="nl-NL").new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site + "/stijl")
    page.wait_for_load_state("networkidle")
    assert said == []
    page.context.close()


def test_after_an_error_the_summary_has_the_focus_and_the_words_are_kept(browser: Browser, site: str) -> None:
    page = visit(browser, site + "/melding")
    page.get_by_label("Uw bericht").fill("Er ligt een losse tegel")
    page.get_by_role("button", name="Verstuur melding").click()
    expect(page.locator(".loket-summary")).to_be_focused()
    expect(page).to_have_title("Fout: Uw gegevens – Gemeente Lindewaard")
    expect(page.get_by_label("Uw bericht")).to_have_value("Er ligt een losse tegel")
    assert problems(page) == []
    page.get_by_role("link", name="Vul uw e-mailadres in").click()
    expect(page.get_by_label("Uw e-mailadres")).to_be_focused()
    page.context.close()


def test_the_same_without_javascript(browser: Browser, site: str) -> None:
    page = visit(browser, site + "/melding", java_script_enabled=False)
    page.get_by_role("button", name="Verstuur melding").click()
    expect(page).to_have_title("Fout: Uw gegevens – Gemeente Lindewaard")
    expect(page.locator(".loket-summary")).to_be_focused()
    page.get_by_role("button", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.context.close()


def test_keys_help_palette_and_the_switch(browser: Browser, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "loket.foundation.access.middleware._find", lambda request: Actor("medewerker", naam="Fenna Wierda")
    )
    page = visit(browser, site + "/werk")
    page.evaluate(
        "document.getElementById('doorzetten').addEventListener('click', e => e.target.textContent = 'gedaan')"
    )
    page.keyboard.press("d")
    expect(page.locator("#doorzetten")).to_have_text("gedaan")
    page.keyboard.press("?")
    expect(page.locator("#toetsen")).to_contain_text("Zet door")
    assert problems(page) == []
    page.get_by_label("Losse letters werken als sneltoets").uncheck()
    page.get_by_role("button", name="Sluit deze lijst").click()
    page.keyboard.press("g")
    assert page.url.endswith("/werk")
    page.keyboard.press("Control+k")
    expect(page.locator("#palet input")).to_be_focused()
    assert problems(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Fenna Wierda").click()
    expect(page.locator("#gebruiker")).to_be_visible()
    assert problems(page) == []
    page.context.close()


def test_live_says_how_many_are_new(browser: Browser, site: str) -> None:
    page = browser.new_context(locale="nl-NL").new_page()
    event = 'id: 7.1\ndata: {"type": "nl.loket.proef", "subject": "a"}\n\n'
    page.route("**/stroom", lambda route: route.fulfill(content_type="text/event-stream", body=event))
    page.route("**/nieuw", lambda route: route.fulfill(json={"nieuw": 2}))
    page.goto(site + "/werk")
    expect(page.locator(".loket-live")).to_contain_text("2 nieuwe reacties")
    expect(page.locator(".loket-live a")).to_have_text("Toon")
    assert problems(page) == []
    page.context.close()


def test_when_the_stream_fails_the_page_asks_and_hears_of_a_new_one(browser: Browser, site: str) -> None:
    page = browser.new_context(locale="nl-NL").new_page()
    page.route("**/stroom", lambda route: route.fulfill(status=403))
    page.route("**/nieuw", lambda route: route.fulfill(json={"nieuw": 1, "live": "/stroom2"}))
    page.goto("about:blank")
    with page.expect_request("**/stroom2"):
        page.goto(site + "/werk")
    expect(page.locator(".loket-live")).to_contain_text("1 nieuwe reactie")
    page.context.close()
