"""One text makes the whole mail, and nothing that somebody typed becomes markup or a link."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.mail.rendering import html_of, render_mail
from loket.foundation.web.context import Kop

LINDEWAARD = Kop(naam="Gemeente Lindewaard", telefoon="14 0199", email="post@lindewaard.voorbeeld.nl")
TEXT = """{% extends "mail/basis.txt" %}{% load i18n %}
{% block onderwerp %}Uw melding {{ nummer }} is   binnen{% endblock %}
{% block inhoud %}Beste {{ naam }},

Dank u. U schreef: {{ tekst }}

- Wij lezen het.
- U krijgt antwoord.

Volg uw melding: https://loket.voorbeeld.nl/volg/abc
{% endblock %}"""


@pytest.fixture(autouse=True)
def templates(settings: Any) -> None:
    settings.LOKET_URL = "https://loket.voorbeeld.nl"
    django = settings.TEMPLATES[0]
    own = {"proef/mail.txt": TEXT, "proef/eigen.txt": TEXT, "proef/eigen.html": "<p>{{ onderwerp }} & {{ tekst }}</p>"}
    loaders = [
        ("django.template.loaders.locmem.Loader", own),
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**django["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**django, "APP_DIRS": False, "OPTIONS": options}]


def rendered(template: str = "proef/mail", language: str = "nl", **more: str) -> tuple[str, str, str]:
    context = {"organisatie": LINDEWAARD, "nummer": "LW-2026-04817", "naam": "T. Hazelhoff", "tekst": "los"} | more
    made = render_mail(template, context, language)
    subject, text, html = made
    return subject, text, html


def test_a_text_makes_subject_text_and_html() -> None:
    subject, text, html = rendered()
    assert subject == "Uw melding LW-2026-04817 is binnen"
    assert text.startswith("Beste T. Hazelhoff,\n\nDank u. U schreef: los\n\n- Wij lezen het.")
    assert "Met vriendelijke groet,\nGemeente Lindewaard" in text and "\n-- \n" in text and "Bel 14 0199." in text
    assert "\n\n\n" not in text
    assert '<html lang="nl">' in html and "<li>Wij lezen het.</li>" in html
    assert html.count('href="https://loket.voorbeeld.nl/volg/abc"') == 2 and ">Volg uw melding</a>" in html
    assert "Bel 14 0199." in html and "-- " not in html
    assert "<title>Uw melding LW-2026-04817 is binnen</title>" in html


def test_what_somebody_typed_is_text_and_no_link() -> None:
    _, text, html = rendered(tekst="<b>x</b> & https://boef.voorbeeld.nl/phish https://loket.voorbeeld.nl.boef.nl/x")
    assert "<b>x</b> & https://boef" in text
    assert "&lt;b&gt;x&lt;/b&gt; &amp; https://boef" in html
    assert html.count("href=") == 2, "the button, and its address"
    subject, _, _ = rendered(nummer="1\nBcc: x@y.nl")
    assert "\n" not in subject


def test_html_of_its_own() -> None:
    _, _, html = rendered("proef/eigen", tekst="<i>")
    assert html == "<p>Uw melding LW-2026-04817 is binnen & &lt;i&gt;</p>"


@given(st.text(max_size=500))
def test_no_markup_comes_out_of_text(text: str) -> None:
    html = str(html_of(text))
    for tag in ("<p ", "</p>", "<br>", "<ul ", "</ul>", "<li>", "</li>"):
        html = html.replace(tag, "")
    assert "<" not in html
