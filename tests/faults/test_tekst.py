"""What a resident writes arrives as it was written: 4,000 characters of any Unicode, from the form to the answer."""

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.faults.conftest import Proef

pytestmark = pytest.mark.proces

MAX = 4000
ALLES = st.characters(codec="utf-8", exclude_characters="\x00\r")
TEKSTEN = st.one_of(
    st.text(ALLES, min_size=1, max_size=300),
    st.builds(lambda stuk: (stuk * MAX)[:MAX], st.text(ALLES, min_size=1, max_size=40)),
).filter(str.strip)


@given(tekst=TEKSTEN)
@example("👩🏽‍🚒" * 1000)
@example("\U0010ffff\ufffe\ufeff\u202e‮ een \u2066tekst\u2069 die \u200d omkeert \u0300\u0301 z̸̧̛̺̪" + "a" * 10)
@example("  spaties\tvooraf en achteraf \n\n\n regels \u2028 en \u2029 anders \x0b\x1b\x7f\x85  ")
@example("<script>alert('&amp;')</script> {{ 7*7 }} {% now %} %s %(a)s ' \" ` \\ ; -- ${x} </textarea><!--")
@example("ß" + "İ" * (MAX - 1))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives_unchanged_from_the_form_to_the_page_that_follows_it(proef: Proef, tekst: str) -> None:
    assert len(tekst) <= MAX
    browser = proef.browser()
    assert browser.post("/melden", {"tekst": tekst.replace("\n", "\r\n")}).status in (200, 302)
    assert browser.get("/melden").waarde("tekst") == tekst
    browser.post("/melden/waar", {"woorden": tekst[:400].strip() or "hier", "zelfde": "nieuw"})
    browser.post("/melden/gegevens", {"antwoord": "nee"})
    nummer = browser.verstuur()
    bewaard = proef.rijen(
        "select k.inhoud from klanten_klantcontact k join klanten_onderwerpobject o on o.klantcontact_id = k.id"
        " join zaken_zaak z on z.id = o.zaak_id where z.identificatie = %s",
        (nummer,),
    )
    assert bewaard == [(tekst,)]
    volg = browser.get(next(each for each in _links(browser.get("/melden/bevestiging").html) if "/volg/" in each))
    assert volg.status == 200
    assert unescape(volg.html).count(tekst) >= 1


def _links(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html)


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("a" * 4001, "4001 tekens"),
        ("👩" * 4001, "4001 tekens"),
        ("half \x00 nul", "teken"),
        (" \n\t\u00a0 ", "Geef antwoord op de vraag"),
    ],
)
def test_text_that_cannot_be_received_is_refused_in_words_and_kept_on_the_page(
    proef: Proef, tekst: str, zin: str
) -> None:
    antwoord = proef.browser().post("/melden", {"tekst": tekst})
    assert antwoord.status == 422
    assert zin in antwoord.woorden


def test_a_text_of_megabytes_is_refused_with_a_page_in_words(proef: Proef) -> None:
    antwoord = proef.browser().post("/melden", {"tekst": "a" * 3_000_000})
    assert antwoord.status == 413
    assert "Wat u stuurde, is te groot" in antwoord.woorden
