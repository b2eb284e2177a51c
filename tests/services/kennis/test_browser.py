"""In a browser: a resident finds the answer while typing, an employee puts one in the letter with the keyboard."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from loket.registers.klanten.models import Klantcontact
from loket.registers.zaken.models import Zaak
from loket.services.kennis.models import Oordeel
from tests.chromium import problems
from tests.services.kennis.conftest import schrijf_in
from tests.services.werkplek.test_browser import Dienst, dienst, vorm

__all__ = ["dienst"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def te_breed(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_a_resident_finds_the_answer_while_typing(browser: Browser, live_server: LiveServer, dienst: Dienst) -> None:
    artikel = schrijf_in(dienst.lw, "Waar laat ik mijn grofvuil?", "Bij de milieustraat.", trefwoorden="matras")
    context = browser.new_context(viewport={"width": 320, "height": 900}, locale="nl-NL")
    page = context.new_page()
    fout: list[Any] = []
    page.on("pageerror", lambda error: fout.append(error))
    page.goto(f"{live_server.url}/vragen")
    doos = page.locator(".loket-help")
    hoog = doos.bounding_box()
    page.get_by_label("Wat wilt u weten?").focus()
    page.keyboard.type("Waar kan mijn oude matras heen")
    vraag = page.get_by_text("Waar laat ik mijn grofvuil?", exact=True)
    expect(vraag).to_be_visible()
    assert hoog and doos.bounding_box() == hoog, "nothing moved"
    expect(page.get_by_text("1 antwoord gevonden")).to_be_attached()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bij de milieustraat.")).to_be_visible()
    assert problems(page, "kennis-vooraf") == [] and not te_breed(page)
    page.locator("button[data-help-vote][value=ja]").click()
    expect(page.locator("[data-help-answer] p", has_text="Fijn. Dan hoeft u ons niets te sturen.")).to_be_focused()
    assert page.get_by_label("Wat wilt u weten?").input_value() == "Waar kan mijn oude matras heen"
    assert Oordeel.objects.get(artikel=artikel).ja == 1
    for pad in ("/antwoorden/", f"/antwoorden/{artikel.slug}/"):
        page.goto(live_server.url + pad)
        assert problems(page, "kennis-antwoord") == [] and not te_breed(page)
    assert fout == []


def test_an_employee_puts_an_answer_in_the_letter_with_the_keyboard(dienst: Dienst) -> None:
    artikel = schrijf_in(dienst.lw, "Waar laat ik mijn grofvuil?", "Bij de milieustraat.", trefwoorden="matras")
    zaak = Zaak.objects.get(id=dienst.lw.ontvang().zaak)
    page = dienst.als(dienst.fenna, f"/werk/zaak/{zaak.identificatie}/")
    vorm(page)
    page.locator("#doen-vorm textarea").first.focus()
    page.keyboard.type("Over uw oude matras het volgende.")
    knop = page.locator("#doen-vorm button[name=invoegen]", has_text="Waar laat ik mijn grofvuil?")
    expect(knop).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if knop.evaluate("b => b === document.activeElement"):
            break
    page.keyboard.press("Enter")
    veld = page.locator("#doen-vorm textarea").first
    expect(veld).to_have_value(
        "Over uw oude matras het volgende.\n\nBij de milieustraat.\n\n"
        f"Meer hierover: http://localhost:8000/antwoorden/{artikel.slug}/"
    )
    expect(veld).to_be_focused()
    assert problems(page, "kennis-editor") == []
    assert dienst.fouten() == []


def test_who_is_on_the_telephone_reads_the_answer_aloud_and_puts_it_in_the_note(dienst: Dienst) -> None:
    artikel = schrijf_in(dienst.lw, "Waar laat ik mijn grofvuil?", "Bij de milieustraat.", trefwoorden="matras")
    erin = f"Meneer belt over zijn matras\n\nBij de milieustraat.\n\nMeer hierover: http://localhost:8000/antwoorden/{artikel.slug}/"
    page = dienst.als(dienst.fenna, "/werk/gesprek/")
    notitie = page.get_by_label("Wat is er gezegd?")
    expect(notitie).to_be_focused()
    page.keyboard.type("Meneer belt over zijn matras")
    page.get_by_text("Lees: Waar laat ik mijn grofvuil?").click()
    expect(page.get_by_text("Bij de milieustraat.")).to_be_visible()
    assert problems(page, "kennis-gesprek") == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert not te_breed(page)
    page.locator("button[name=invoegen]", has_text="Waar laat ik mijn grofvuil?").click()
    expect(notitie).to_have_value(erin)
    expect(notitie).to_be_focused()
    page.keyboard.type(" Hij is geholpen.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/werk/gesprekken/")
    assert Klantcontact.objects.get().inhoud == f"{erin} Hij is geholpen."
    page.context.close()

    zonder = dienst.als(dienst.fenna, "/werk/gesprek/", java_script_enabled=False)
    zonder.get_by_label("Wat is er gezegd?").fill("Waar kan een matras heen?")
    zonder.get_by_role("button", name="Zoek een antwoord").click()
    zonder.locator("button[name=invoegen]", has_text="Waar laat ik mijn grofvuil?").click()
    expect(zonder.get_by_label("Wat is er gezegd?")).to_have_value(
        erin.replace("Meneer belt over zijn matras", "Waar kan een matras heen?")
    )
    assert dienst.fouten() == []
