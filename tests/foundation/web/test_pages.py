"""The pages of this room: every component, the language, and the words when something is not possible."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template import Context, Template
from django.test import Client, RequestFactory

from loket.foundation.access.actor import Actor
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import AMSTERDAM, frozen, now
from loket.foundation.web import context, pages
from loket.foundation.web import extensions as ext
from loket.foundation.web.errors import WORDS
from loket.foundation.web.middleware import Foutpaginas

NL = {"Accept-Language": "nl"}


@pytest.fixture
def proef(settings: Any) -> Iterator[None]:
    """Pages of the tests only, and nothing that services offer, whose routes do not exist here."""
    settings.ROOT_URLCONF = "tests.foundation.web.proefpaginas"
    with ext.offering(only=True):
        yield


def organisatie(**more: Any) -> Organisatie:
    given = {"naam": "Gemeente Lindewaard", "soort": "gemeente", "rsin": "000000012", "afkorting": "LW"} | more
    return Organisatie.objects.create(**given)


def draw(template: str, **known: object) -> str:
    return Template("{% load loket %}" + template).render(Context(known))


@pytest.mark.django_db
def test_every_component_stands_on_the_style_page(client: Client, proef: None) -> None:
    answer = client.get("/stijl", headers=NL)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="nl"' in page
    assert "In uw e-mailadres staat geen @" in page
    assert "style=" not in page


@pytest.mark.django_db
def test_the_header_names_the_organisation(client: Client, proef: None) -> None:
    organisatie(hoofd=True, telefoon="14 0199")
    organisatie(naam="Waterschap Het Groene Tij", soort="waterschap", rsin="000000024", afkorting="GT")
    page = client.get("/stijl", headers=NL).content.decode()
    assert "<small>Gemeente</small><b>Lindewaard</b>" in page
    assert 'href="tel:140199"' in page
    assert "<title>Stijl – Gemeente Lindewaard</title>" in page


@pytest.mark.django_db
def test_without_any_organisation_pages_work_too(client: Client, proef: None) -> None:
    page = client.get("/stijl", headers=NL).content.decode()
    assert "<b>Loket</b>" in page
    assert "<title>Stijl</title>" in page


@pytest.mark.django_db
def test_the_host_and_the_employee_choose_the_organisation(
    rf: RequestFactory, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lindewaard = organisatie(hoofd=True)
    tij = organisatie(naam="Waterschap Het Groene Tij", soort="waterschap", rsin="000000024", afkorting="GT")
    settings.ALLOWED_HOSTS = ["*"]
    settings.ORGANISATIE_HOSTS = {"tij.voorbeeld.nl": "GT"}
    assert context.organisatie_of(rf.get("/")).id == lindewaard.id
    there = rf.get("/", headers={"Host": "tij.voorbeeld.nl:8000"})
    assert context.organisatie_of(there).groot == "Het Groene Tij"
    staff = rf.get("/")
    monkeypatch.setattr(staff, "_actor", Actor("medewerker", organisatie=tij.id), raising=False)
    assert context.organisatie_of(staff).id == tij.id


@pytest.mark.django_db
def test_an_organisation_has_its_own_host_name_telephone_and_colours(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    organisatie(hoofd=True, telefoon="14 0199")
    naam = "Waterschap Het Groene Tij"
    organisatie(naam=naam, soort="waterschap", rsin="000000024", afkorting="GT", telefoon="0199 200 300")
    settings.ALLOWED_HOSTS, settings.DATA_DIR = ["*"], tmp_path
    settings.ORGANISATIE_HOSTS = {"tij.voorbeeld.nl": "GT"}
    (tmp_path / "thema").mkdir()
    (tmp_path / "thema" / "GT.css").write_text(":root { --basis-color-action-1-inverse-bg-default: #123456 }")
    there = client.get("/inloggen", headers=NL | {"Host": "TIJ.voorbeeld.nl"}).content.decode()
    assert "Het Groene Tij" in there and "0199 200 300" in there and "14 0199" not in there
    found = re.search(r'href="(/thema/GT\.css\?v=\w+)"', there)
    assert found and there.index("web/thema.css") < found.start() < there.index("web/loket.css")
    css = client.get(found[1])
    assert (css.status_code, css["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert b"#123456" in css.content
    here = client.get("/inloggen", headers=NL).content.decode()
    assert "Lindewaard" in here and "14 0199" in here and "/thema/" not in here
    assert client.get("/thema/LW.css").status_code == 404


def test_the_hosts_of_organisations_are_a_setting() -> None:
    said = "import loket.assembly.settings as s; print(s.ORGANISATIE_HOSTS, s.ALLOWED_HOSTS[-2:])"
    hosts = {"LOKET_ORGANISATION_HOSTS": "Loket.Tij.nl=gt, loket.linde.nl=LW", "LOKET_SECRET": "x" * 40}
    done = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, check=False, env={**os.environ, **hosts}
    )
    assert done.stdout.strip() == "{'loket.tij.nl': 'GT', 'loket.linde.nl': 'LW'} ['loket.tij.nl', 'loket.linde.nl']"


@pytest.mark.django_db
def test_the_language_is_a_form_and_a_cookie(client: Client, proef: None) -> None:
    page = client.get("/stijl", headers=NL).content.decode()
    assert 'name="language" value="en" lang="en">English</button>' in page
    answer = client.post("/taal", {"language": "en", "next": "/stijl"})
    assert (answer.status_code, answer["Location"]) == (302, "/stijl")
    english = client.get("/stijl", headers=NL).content.decode()
    assert '<html lang="en"' in english
    assert ">Nederlands</button>" in english


@pytest.mark.django_db
def test_the_choice_of_language_never_leads_to_another_site(client: Client, proef: None) -> None:
    answer = client.post("/taal", {"language": "en", "next": "https://elders.voorbeeld.nl/"})
    assert "elders" not in answer["Location"]
    assert client.get("/taal").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("status", sorted(WORDS))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_error_page_speaks_both_languages(client: Client, proef: None, status: int, language: str) -> None:
    answer = client.get(f"/fout/{status}", headers={"Accept-Language": language})
    page = answer.content.decode()
    assert answer.status_code == status
    first, second = WORDS[status][language].title, WORDS[status]["nl" if language == "en" else "en"].title
    assert page.index(f"<h1>{first}") < page.index(second)


@pytest.mark.parametrize("status", [500, 503])
def test_the_pages_for_trouble_of_our_own_need_no_database(status: int, rf: RequestFactory, proef: None) -> None:
    """No database mark: a query here fails the test."""
    context._last_known = context.Kop(naam="Gemeente Lindewaard", telefoon="14 0199")
    page = pages.error_page(rf.get("/"), status).content.decode()
    assert "14 0199" in page
    assert WORDS[status]["nl"].title in draw("{% foutpagina " + str(status) + " %}")
    context._last_known = context.NOBODY
    assert WORDS[status]["nl"].title in pages.error_page(rf.get("/"), status).content.decode()


def test_the_page_for_500_comes_even_when_no_template_can_be_drawn(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> str:
        raise RuntimeError("no template")

    monkeypatch.setattr(pages, "render_to_string", broken)
    answer = pages.fout_500(rf.get("/"))
    assert answer.status_code == 500
    assert "<h1>Er ging iets mis bij ons</h1>" in answer.content.decode()


@pytest.mark.django_db
def test_errors_reach_their_pages(client: Client, proef: None) -> None:
    client.raise_request_exception = False
    assert "Deze pagina is er niet" in client.get("/weg", headers=NL).content.decode()
    assert "Deze pagina is er niet" in client.get("/bestaat-niet", headers=NL).content.decode()
    assert "Er ging iets mis bij ons" in client.get("/stuk", headers=NL).content.decode()


@pytest.mark.django_db
def test_to_htmx_an_error_is_a_message_and_the_form_stays(client: Client, proef: None) -> None:
    answer = client.get("/fout/503", headers={"HX-Request": "true", **NL})
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#melding", "innerHTML")
    assert "<html" not in answer.content.decode()


@pytest.mark.django_db
def test_a_form_with_something_wrong_says_so_in_the_title(client: Client, proef: None) -> None:
    answer = client.post("/melding", {"email": "x"}, headers=NL)
    assert answer.status_code == 422
    assert "<title>Fout: Uw gegevens" in answer.content.decode()


@pytest.mark.django_db
def test_a_page_asks_the_database_only_for_what_it_shows(
    client: Client, proef: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = context.row
    monkeypatch.setattr(context, "row", lambda sql, params: asked.append(sql) or ask(sql, params))
    client.get("/fout/503")
    assert asked == []
    client.get("/melding")
    assert len(asked) == 1


@pytest.mark.django_db
def test_the_band_with_people_says_when_they_can_be_reached() -> None:
    hours = {"telefoon": {"ma": ["08:00", "20:00"]}, "balie": {"di": ["09:00", "17:00"]}}
    org = context.kop(organisatie(telefoon="14 0199", adres="Lindeplein 1", openingstijden=hours))
    with frozen(now().replace(year=2026, month=11, day=23, hour=9, minute=0)):
        html = draw("{% human %}", organisatie=org)
        assert now().astimezone(AMSTERDAM).hour == 10
    assert "Nu open" in html and "Tot 20.00 uur." in html
    assert "Weer open: morgen, 9.00 uur." in html
    assert draw("{% human %}", organisatie=context.NOBODY).strip() == ""


def test_what_people_write_is_never_markup() -> None:
    evil = '<script>alert("x")</script>'
    tags = [
        "{% badge evil %}",
        "{% kind 'flag' evil %}",
        "{% channel evil evil %}",
        "{% notice 'info' evil %}{{ evil }}{% endnotice %}",
        "{% card evil %}{{ evil }}{% endcard %}",
        "{% message evil evil evil %}{{ evil }}{% endmessage %}",
        "{% event when=evil %}{{ evil }}{% endevent %}",
        "{% emptybox evil %}{{ evil }}{% endemptybox %}",
        "{% nowbox evil %}{{ evil }}{% endnowbox %}",
        "{% dialog 'd' evil %}{{ evil }}{% enddialog %}",
        "{% person evil evil %}",
        "{% crumbs evil evil evil %}",
        "{% due None text=evil %}",
        "{% live evil evil evil evil %}",
        "{% avatar evil %}",
        "{{ evil|hoofdletter }}{{ evil|voorletters }}{{ evil|phone }}",
    ]
    for tag in tags:
        assert "<script" not in draw(tag, evil=evil), tag


@pytest.mark.django_db
def test_the_nonce_is_that_of_the_answer(client: Client, proef: None) -> None:
    answer = client.get("/stijl")
    policy = answer["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in answer.content.decode()


def test_the_csrf_page_says_what_to_do(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/", headers={"HX-Request": "true"})
    answer = pages.csrf_fout(request)
    assert answer.status_code == 403
    assert "stond te lang open" in answer.content.decode()


@pytest.mark.django_db
def test_bare_refusals_get_a_page_and_keep_their_headers(rf: RequestFactory, proef: None) -> None:
    dress = Foutpaginas(lambda request: HttpResponseNotAllowed(["POST"]))
    answer = dress(rf.get("/"))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Dit kan hier niet" in answer.content.decode()
    assert dress(rf.get("/", headers={"Accept": "application/json"})).content == b""


@pytest.mark.django_db
def test_a_whole_error_page_becomes_a_message_for_htmx(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"HX-Request": "true"})
    dress = Foutpaginas(lambda request: HttpResponse("<!doctype html><p>403", status=403))
    assert dress(request)["HX-Retarget"] == "#melding"
    part = Foutpaginas(lambda request: HttpResponse("<p>deel</p>", status=403))
    assert part(request).content == b"<p>deel</p>"
    assert dress(rf.get("/")).content.startswith(b"<!doctype")


def test_what_is_too_large_is_said_to_be_too_large(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"HX-Request": "true"})
    assert pages.fout_400(request, RequestDataTooBig()).status_code == 413
    assert pages.fout_400(request, SuspiciousOperation()).status_code == 400
