"""Who looked at your data: what you see, what you never see, and what you can take with you."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.errors import Forbidden
from loket.foundation.identity.models import Gebruiker, Organisatie
from loket.services.mijn import queries, rules

from .conftest import NOW, Log

PAGES = ("/mijn/gebruik", "/mijn/gebruik.json", "/mijn/gebruik.csv")


def text(client: Client, path: str, **query: Any) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_it_says_who_in_which_role_for_what_and_when(bij_hazelhoff: Client, hazelhoff: Gebruiker, log: Log) -> None:
    log(hazelhoff)
    page = text(bij_hazelhoff, "/mijn/gebruik")
    for words in (
        "Gemeente Lindewaard",
        "behandelaar",
        "Om u te bellen over de stoep",
        "Wegenwet",
        "Maandag 23 november 2026",
        "vandaag, 10.00 uur",
    ):
        assert words in page
    assert "Idris" not in page


@pytest.mark.parametrize("path", PAGES)
def test_another_residents_line_is_never_shown(
    bij_hazelhoff: Client, hazelhoff: Gebruiker, ander: Gebruiker, waterschap: Organisatie, log: Log, path: str
) -> None:
    log(hazelhoff)
    log(ander, "dakkapel.beslissen", organisatie=waterschap, rol="jurist")
    for query in (
        {},
        {"organisatie": str(waterschap.id)},
        {"activiteit": "urn:loket:verwerkingsactiviteit:dakkapel.beslissen:1"},
    ):
        page = text(bij_hazelhoff, path, **query)
        for words in ("jurist", "Groene Tij", "Om te beslissen", ander.pseudoniem, hazelhoff.pseudoniem):
            assert words not in page, words


@pytest.mark.parametrize("path", [*PAGES, "/mijn/", "/mijn/gegevens"])
def test_only_a_resident_comes_in(client: Client, gemeente: Organisatie, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen?next=%2Fmijn")
    staff = Gebruiker.objects.create(soort="medewerker", organisatie=gemeente, gebruikersnaam="i", naam="Idris")
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    assert client.get(path).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "actor", [ANONYMOUS, Actor.system("x"), Actor("medewerker"), Actor("bewoner"), Actor("bewoner", pseudoniem="")]
)
def test_without_a_pseudonym_nothing_is_asked(actor: Actor) -> None:
    for ask in (
        lambda: queries.gebruik(actor, queries.Filter()),
        lambda: queries.elke_verwerking(actor, queries.Filter()),
        lambda: queries.keuzes(actor),
        lambda: queries.wie(actor),
    ):
        with pytest.raises(Forbidden):
            ask()


def test_the_same_work_on_one_day_is_one_line(bij_hazelhoff: Client, hazelhoff: Gebruiker, log: Log) -> None:
    for minutes in (0, 5, 9):
        log(hazelhoff, op=NOW - timedelta(minutes=minutes))
    log(hazelhoff, op=NOW - timedelta(days=1))
    page = text(bij_hazelhoff, "/mijn/gebruik")
    assert page.count("Om u te bellen over de stoep") == 2
    assert "3 keer op deze dag" in page
    assert len(json.loads(text(bij_hazelhoff, "/mijn/gebruik.json"))["verwerkingen"]) == 4


def test_your_own_looking_is_shown_when_you_ask(bij_hazelhoff: Client, hazelhoff: Gebruiker, log: Log) -> None:
    bij_hazelhoff.get("/mijn/")
    assert "Nog niemand keek" in text(bij_hazelhoff, "/mijn/gebruik")
    log(hazelhoff, rol="bewoner")
    assert "Nog niemand keek" in text(bij_hazelhoff, "/mijn/gebruik")
    page = text(bij_hazelhoff, "/mijn/gebruik", eigen="on")
    assert "Uzelf, of iemand met uw volglink" in page
    assert "Stel hier een vraag over" not in page


def test_the_filter_finds(bij_hazelhoff: Client, hazelhoff: Gebruiker, waterschap: Organisatie, log: Log) -> None:
    log(hazelhoff)
    log(hazelhoff, "dakkapel.beslissen", op=NOW - timedelta(days=40), organisatie=waterschap, rol="jurist")
    by_organisation = text(bij_hazelhoff, "/mijn/gebruik", organisatie=str(waterschap.id))
    assert "jurist" in by_organisation
    assert "behandelaar" not in by_organisation
    by_day = text(bij_hazelhoff, "/mijn/gebruik", van="2026-11-23", tot_en_met="2026-11-23")
    assert "behandelaar" in by_day
    assert "jurist" not in by_day
    assert "Hier is niets gevonden" in text(bij_hazelhoff, "/mijn/gebruik", van="2026-11-24")
    rows = list(
        csv.reader(io.StringIO(text(bij_hazelhoff, "/mijn/gebruik.csv", organisatie=str(waterschap.id))), delimiter=";")
    )
    assert [row[2] for row in rows] == ["In welke rol", "jurist"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"organisatie": "geen"}, "Deze keuze is er niet meer"),
        ({"activiteit": "'; drop table"}, "Deze keuze is er niet meer"),
        ({"van": "gisteren"}, "Deze datum ken ik niet"),
        ({"van": "2026-11-23", "tot_en_met": "2026-11-01"}, "Kies een latere dag"),
        ({"van": "0001-01-01", "tot_en_met": "9999-12-31"}, "Om u te bellen over de stoep"),
        ({"van": "9999-12-31"}, "Hier is niets gevonden"),
        ({"tot_en_met": "0001-01-01"}, "Hier is niets gevonden"),
        ({"page": "-1"}, "De laatste keren"),
        ({"page": "99999999999"}, "De laatste keren"),
        ({"page": "x"}, "De laatste keren"),
    ],
)
def test_a_strange_filter_is_answered_in_words(
    bij_hazelhoff: Client, hazelhoff: Gebruiker, log: Log, query: dict[str, str], words: str
) -> None:
    log(hazelhoff)
    assert words in text(bij_hazelhoff, "/mijn/gebruik", **query)


def test_a_day_is_a_day_in_the_netherlands(bij_hazelhoff: Client, hazelhoff: Gebruiker, log: Log) -> None:
    log(hazelhoff, op=datetime(2026, 7, 14, 22, 30, tzinfo=UTC))  # 15 July, 0.30 uur
    assert "behandelaar" in text(bij_hazelhoff, "/mijn/gebruik", van="2026-07-15", tot_en_met="2026-07-15")
    assert "Hier is niets" in text(bij_hazelhoff, "/mijn/gebruik", van="2026-07-14", tot_en_met="2026-07-14")


def test_long_lists_have_pages(bij_hazelhoff: Client, hazelhoff: Gebruiker, log: Log) -> None:
    for day in range(queries.PAGE + 3):
        log(hazelhoff, op=NOW - timedelta(days=day))
    first = text(bij_hazelhoff, "/mijn/gebruik")
    assert first.count("Om u te bellen over de stoep") == queries.PAGE
    assert "page=2" in first
    assert text(bij_hazelhoff, "/mijn/gebruik", page=2).count("Om u te bellen over de stoep") == 3


def test_the_export_has_the_names_of_the_standard(bij_hazelhoff: Client, hazelhoff: Gebruiker, log: Log) -> None:
    log(hazelhoff)
    answer = bij_hazelhoff.get("/mijn/gebruik.json")
    assert answer["Content-Disposition"] == 'attachment; filename="gebruik-van-mijn-gegevens.json"'
    (line,) = json.loads(answer.content)["verwerkingen"]
    assert len(line["trace_id"]) == 32
    assert len(line["span_id"]) == 16
    assert line["start_time"] == int(NOW.timestamp() * 1000)
    assert line["attributes"]["dpl.core.processing_activity_id"] == "urn:loket:verwerkingsactiviteit:stoep.bellen:1"
    assert line["toelichting"]["wie"] == "Gemeente Lindewaard"
    assert line["toelichting"]["wanneer"] == "2026-11-23 10:00:00"


def test_a_question_about_a_line_is_one_click_away(bij_hazelhoff: Client, hazelhoff: Gebruiker, log: Log) -> None:
    log(hazelhoff)
    assert (
        "/vragen?onderwerp=Gebruik+van+mijn+gegevens%3A+Gemeente+Lindewaard%2C+Bellen+over+de+stoep%2C+23-11-2026+10.00"
        in text(bij_hazelhoff, "/mijn/gebruik")
    )


@given(st.text(max_size=40))
def test_a_cell_is_never_a_formula(words: str) -> None:
    assert rules.cell(words)[:1] not in tuple("=+-@\t\r")
    assert rules.cell(words).endswith(words)
