"""Logging in and Mijn Loket in a real browser: axe, narrow screens, dark, the keyboard, and English."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from loket.foundation.access.actor import Actor
from loket.foundation.access.models import Functie
from loket.foundation.identity.models import Gebruiker, Lidmaatschap, Organisatie, Team
from loket.foundation.identity.providers import Provider
from loket.registers.klanten.commands import registreer_partij
from tests.chromium import PATIENCE, problems_in_every_form

from .conftest import BSN, NOW, Log

PATHS = [
    "/inloggen",
    "/medewerkers/inloggen",
    "/mijn/",
    "/mijn/gebruik",
    "/mijn/gebruik?van=2026-11-23&tot_en_met=2026-11-01",
    "/mijn/gegevens",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def site(
    live_server: LiveServer,
    gemeente: Organisatie,
    waterschap: Organisatie,
    hazelhoff: Gebruiker,
    log: Log,
    settings: Any,
) -> str:
    """The demo with a resident who is known at both organisations, and whose data was used a few times."""
    settings.DEMO = settings.STAFF_PASSWORD = True
    settings.OIDC_PROVIDERS = [Provider("digid", "bewoner", "DigiD", "http://localhost:9", "nagebootst-1", "x", ("b",))]
    idris = Gebruiker.objects.create(
        soort="medewerker", organisatie=gemeente, gebruikersnaam="idris.boukhari", naam="Idris Boukhari"
    )
    team = Team.objects.create(organisatie=gemeente, naam="Wegen en groen", lijn=2)
    functie = Functie.objects.create(code="b2", naam="behandelaar tweede lijn")
    Lidmaatschap.objects.create(gebruiker=idris, team=team, functie=functie)
    for organisatie in (gemeente, waterschap):
        registreer_partij(
            Actor.system("test"), organisatie=organisatie, naam="T. Hazelhoff", bsn=BSN, email="th@voorbeeld.nl"
        )
    log(hazelhoff, rol="behandelaar eerste lijn")
    log(hazelhoff, "dakkapel.beslissen", op=NOW - timedelta(days=2, hours=3), rol="vergunningverlener")
    log(hazelhoff, op=NOW - timedelta(days=9), organisatie=waterschap, rol="systeem")
    return str(live_server.url)


def visit(browser: Browser, address: str, hazelhoff: Gebruiker | None) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    if hazelhoff is not None:
        client = Client()
        client.force_login(hazelhoff, "django.contrib.auth.backends.ModelBackend")
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


def test_axe_finds_nothing_and_nothing_is_too_wide(browser: Browser, site: str, hazelhoff: Gebruiker) -> None:
    said: list[str] = []
    say = said.append
    for path in PATHS:
        page = visit(browser, site + path, hazelhoff if "mijn" in path else None)
        page.on("console", lambda message: say(message.text))
        page.reload()
        name = path.strip("/").replace("/", "-").partition("?")
        said += problems_in_every_form(page, name[0] + ("-fout" if name[1] else ""))
        page.context.close()
    assert said == []


def test_the_filter_with_the_keyboard(browser: Browser, site: str, hazelhoff: Gebruiker) -> None:
    page = visit(browser, f"{site}/mijn/gebruik", hazelhoff)
    page.get_by_text("Zoek in de lijst").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Organisatie")).to_be_focused()
    page.keyboard.type("Waterschap")
    page.get_by_role("button", name="Toon deze regels").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wat u zocht")).to_be_visible()
    expect(page.locator(".loket-list > li")).to_have_count(1)
    expect(page.get_by_text("automatisch, door de computer")).to_be_visible()
    page.context.close()


def test_changing_how_you_can_be_reached(browser: Browser, site: str, hazelhoff: Gebruiker) -> None:
    page = visit(browser, f"{site}/mijn/gegevens", hazelhoff)
    page.get_by_label("Uw e-mailadres").fill("fout")
    page.get_by_role("button", name="Bewaar mijn gegevens").click()
    expect(page.locator(".loket-summary")).to_be_focused()
    page.get_by_label("Uw e-mailadres").fill("nieuw@voorbeeld.nl")
    page.get_by_role("button", name="Bewaar mijn gegevens").click()
    expect(page.get_by_text("Wij hebben uw gegevens veranderd.")).to_be_visible()
    expect(page.get_by_text("nieuw@voorbeeld.nl").first).to_be_visible()
    page.context.close()
