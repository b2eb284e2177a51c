"""The mailbox and the queue in a real browser: axe finds nothing, nothing is wider than a telephone, the mail's link
leaves its frame, and nothing in the pages breaks our own Content-Security-Policy."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.identity.models import Organisatie
from loket.foundation.mail.outbox import send
from loket.foundation.mail.rendering import html_of
from loket.foundation.mail.sender import deliver_all
from loket.foundation.web.context import kop
from tests.chromium import problems_in_every_form

from .smtpd import free_port

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_page(locale="nl-NL")


def test_the_pages_of_mail(
    page: Page,
    live_server: LiveServer,
    settings: Any,
    lindewaard: Organisatie,
    beheerder: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.DEMO, settings.MAIL_URL, settings.LOKET_URL = True, "", live_server.url
    monkeypatch.setattr(
        "loket.foundation.access.middleware._find",
        lambda request: beheerder if request.path.startswith("/beheer") else ANONYMOUS,
    )
    text = f"Beste Tess,\n\nDank u wel.\n\n- Wij lezen het.\n\nVolg uw melding: {live_server.url}/postbus?q=tess\n"
    known = {"organisatie": kop(lindewaard), "taal": "nl", "onderwerp": "Binnen", "alineas": html_of(text)}
    html = render_to_string("mail/basis.html", known)
    read = send(to="tess@voorbeeld.nl", subject="Binnen", text=text, html=html, key="1", organisatie=lindewaard)
    deliver_all()
    settings.MAIL_URL = f"smtp://127.0.0.1:{free_port()}?tls=off"
    send(to="tess@voorbeeld.nl", subject="Vertraagd", text=text, html=html, key="2", organisatie=lindewaard)
    deliver_all()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for address in ("/postbus", f"/postbus/{read}", "/beheer/mail"):
        page.goto(live_server.url + address)
        assert problems_in_every_form(page, address.strip("/").replace("/", "-")) == []
    page.goto(f"{live_server.url}/postbus/{read}")
    page.frame_locator("iframe").get_by_role("link", name="Volg uw melding").click()
    expect(page).to_have_url(f"{live_server.url}/postbus?q=tess")
    assert said == []
