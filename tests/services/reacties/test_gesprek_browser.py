"""A conversation in a browser: three keys to a stored note, a draft that survives, and what the pages look like."""

from contextvars import ContextVar

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from loket.foundation.time import clock
from loket.registers.klanten import beltijden
from loket.registers.klanten.models import Gesprek, Internetaak, Klantcontact
from loket.services.reacties.commands import terugbellen as bellen
from tests.chromium import PATIENCE, problems
from tests.services.reacties.mensen import medewerker
from tests.services.reacties.test_handelen import als
from tests.services.reacties.wereld import VRIJDAG, Wereld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def narrow_and_wide(page: Page, name: str) -> list[str]:
    """What axe finds at 320 and 1280 pixels, and whether the page scrolls sideways."""
    found = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        found += problems(page, f"{name}-{width}")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{name} is {wide} wide of {width}")
    return found


def test_three_keys_to_a_stored_note_and_the_draft_survives(
    browser: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "_frozen", ContextVar("frozen_time", default=VRIJDAG))
    cache.clear()
    lw = Wereld("LW", "Gemeente Lindewaard")
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    naam = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": naam, "value": als(fenna).cookies[naam].value, "url": str(live_server.url)}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{live_server.url}/werk/lijst/mijn/")

    page.keyboard.press("g")
    note = page.get_by_label("Wat is er gezegd?")
    expect(note).to_be_focused()
    page.keyboard.type("Mevrouw Bos vroeg wanneer het stadhuis open is.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/werk/gesprekken/")
    assert Klantcontact.objects.get().inhoud == "Mevrouw Bos vroeg wanneer het stadhuis open is."

    page.keyboard.press("g")
    expect(note).to_be_focused()
    page.keyboard.type("De heer Terpstra belt over de heg")
    expect(page.locator("[data-bewaard]")).to_contain_text("Bewaard om")
    page.close()  # the browser dies
    assert Gesprek.objects.get(afgerond_op=None).gegevens["notitie"] == "De heer Terpstra belt over de heg"
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{live_server.url}/werk/gesprekken/")
    page.get_by_role("link", name="De heer Terpstra belt over de heg").click()
    note = page.get_by_label("Wat is er gezegd?")
    expect(note).to_have_value("De heer Terpstra belt over de heg")
    page.get_by_text("Naam en nummer opschrijven").click()
    page.get_by_label("Telefoonnummer").fill("0612345678")
    page.get_by_label("Telefoonnummer").press("Escape")
    page.keyboard.press("l")
    expect(page.get_by_label("Welke dag?")).to_be_focused()
    assert narrow_and_wide(page, "gesprek") == []
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/werk/zaak/**")
    taak = Internetaak.objects.get(soort="terugbellen")
    assert taak.team_id == lw.een.id and taak.van and taak.telefoon == "0612345678"

    bellen.beloof(fenna, lw.ontvang(telefoon="0612345678").zaak, beltijden.eerste({}, VRIJDAG), idempotency_key="x")
    Internetaak.objects.update(
        van=VRIJDAG.replace(hour=8),
        uiterlijk=VRIJDAG.replace(hour=9),
        toegewezen_op=VRIJDAG.replace(hour=7),
        terug_op=VRIJDAG.replace(hour=8),
    )
    page.goto(f"{live_server.url}/werk/terugbellen/")
    expect(page.get_by_text("te laat", exact=True).first).to_be_visible()
    assert narrow_and_wide(page, "terugbellen") == []
    page.goto(f"{live_server.url}/werk/lijst/team/")
    expect(page.get_by_text("Bellen: te laat")).to_be_visible()
    assert problems(page, "team-laat") == []
    page.goto(f"{live_server.url}/terugbellen")
    assert narrow_and_wide(page, "bel-mij") == []
    context.close()
