"""The overview of Mijn Loket, and what somebody can change there."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from loket.foundation.access.actor import Actor
from loket.foundation.audit.models import Dataverwerking, Handeling
from loket.foundation.identity.models import Gebruiker, Organisatie
from loket.foundation.web.extensions import Card, offering
from loket.registers.klanten.commands import registreer_partij
from loket.registers.klanten.models import DigitaalAdres, Partij
from loket.services.mijn import rules

from .conftest import BSN, OTHER_BSN, Log

REACH = {"email": "t.hazelhoff@voorbeeld.nl", "telefoon": "06 5550 1931", "voorkeurskanaal": "email"}


@pytest.fixture
def bekend(hazelhoff: Gebruiker, gemeente: Organisatie, waterschap: Organisatie) -> None:
    """The resident is known at both organisations, and so is somebody else."""
    system = Actor.system("test")
    for organisatie in (gemeente, waterschap):
        registreer_partij(system, organisatie=organisatie, naam="T. Hazelhoff", bsn=BSN, email="oud@voorbeeld.nl")
    registreer_partij(system, organisatie=gemeente, naam="O. Brandsteder", bsn=OTHER_BSN, email="ander@voorbeeld.nl")


@pytest.mark.parametrize(
    ("hour", "words"),
    [(5, "Goedemorgen"), (10, "Goedemorgen"), (11, "Goedemiddag"), (17, "Goedenavond"), (3, "Goedenavond")],
)
def test_the_greeting_follows_the_clock_here(hour: int, words: str) -> None:
    assert rules.greeting(datetime(2026, 11, 23, hour, 30, tzinfo=UTC)) == words


def test_who_is_new_is_welcome(bij_hazelhoff: Client) -> None:
    page = bij_hazelhoff.get("/mijn/").content.decode()
    assert "<h1>Goedemorgen</h1>" in page
    assert "Nog niemand" in page
    assert "Wat u nog moet doen" not in page
    assert "Bel 14 0199" in page


def test_the_overview_greets_by_name_and_shows_who_looked(
    bij_hazelhoff: Client, hazelhoff: Gebruiker, bekend: None, log: Log
) -> None:
    log(hazelhoff)
    page = bij_hazelhoff.get("/mijn/").content.decode()
    assert "<h1>Goedemorgen, T. Hazelhoff</h1>" in page
    assert "Bellen over de stoep" in page
    assert "Brandsteder" not in page
    own = Dataverwerking.objects.filter(betrokkene=hazelhoff.pseudoniem, verwerkingsactiviteit__contains="mijn.inzien")
    assert [line.rol for line in own] == ["bewoner"]


def test_cards_of_services_stand_where_their_order_says(bij_hazelhoff: Client) -> None:
    template = "web/deel/uitloggen.html"

    def broken(actor: Actor) -> dict[str, Any]:
        raise ValueError("kapot")

    with offering(
        Card("a.taken", template, lambda actor: None, order=10),
        Card("a.zaken", template, lambda actor: {"menu": True}, order=20),
        Card("a.stuk", template, broken, order=60),
    ):
        answer = bij_hazelhoff.get("/mijn/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(answer.context["breed"]) == 1
    assert len(answer.context["half"]) == 2
    assert "Wie keek naar uw gegevens?" in page


def test_you_see_what_each_organisation_knows(bij_hazelhoff: Client, bekend: None) -> None:
    page = bij_hazelhoff.get("/mijn/gegevens").content.decode()
    for words in ("T. Hazelhoff", "Gemeente Lindewaard", "Waterschap Het Groene Tij", "oud@voorbeeld.nl"):
        assert words in page
    for words in ("Brandsteder", "ander@voorbeeld.nl", BSN, OTHER_BSN):
        assert words not in page


def test_a_change_reaches_every_organisation_and_nobody_else(
    bij_hazelhoff: Client, hazelhoff: Gebruiker, ander: Gebruiker, bekend: None
) -> None:
    assert bij_hazelhoff.post("/mijn/gegevens", REACH).status_code == 302
    mine = DigitaalAdres.objects.filter(partij__pseudoniem=hazelhoff.pseudoniem, is_standaard_adres=True)
    assert sorted(mine.values_list("soort_digitaal_adres", flat=True)) == ["email", "email", "telefoon", "telefoon"]
    assert set(mine.filter(soort_digitaal_adres="email").values_list("adres", flat=True)) == {REACH["email"]}
    assert set(Partij.objects.filter(pseudoniem=hazelhoff.pseudoniem).values_list("voorkeurskanaal", flat=True)) == {
        "email"
    }
    others = DigitaalAdres.objects.filter(partij__pseudoniem=ander.pseudoniem)
    assert [adres.adres for adres in others] == ["ander@voorbeeld.nl"]
    lines = Handeling.objects.filter(handeling="partij.wijzigen")
    assert {line.actor for line in lines} == {hazelhoff.pk}
    assert "Wij hebben uw gegevens veranderd" in bij_hazelhoff.get("/mijn/gegevens").content.decode()


def test_who_is_not_known_yet_becomes_known(bij_hazelhoff: Client, hazelhoff: Gebruiker, gemeente: Organisatie) -> None:
    assert "Wij weten nog niets van u" in bij_hazelhoff.get("/mijn/gegevens").content.decode()
    assert bij_hazelhoff.post("/mijn/gegevens", REACH).status_code == 302
    partij = Partij.objects.get()
    assert (partij.pseudoniem, partij.organisatie_id) == (hazelhoff.pseudoniem, gemeente.id)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"email": "hazelhoff.voorbeeld.nl"}, "staat geen @"),
        ({"telefoon": "06"}, "heeft 10 cijfers"),
        ({"telefoon": "0655501931; bel"}, "heeft 10 cijfers"),
        ({"email": "", "voorkeurskanaal": "email"}, "dan kunnen wij u mailen"),
        ({"telefoon": "", "voorkeurskanaal": "telefoon"}, "dan kunnen wij u bellen"),
        ({"voorkeurskanaal": "postduif"}, "Deze keuze is er niet meer"),
        ({"email": "a\0@b.nl"}, "teken dat wij niet kunnen bewaren"),
    ],
)
def test_what_cannot_be_is_told_at_the_field(
    bij_hazelhoff: Client, bekend: None, given: dict[str, str], words: str
) -> None:
    answer = bij_hazelhoff.post("/mijn/gegevens", REACH | given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert set(DigitaalAdres.objects.values_list("adres", flat=True)) == {"oud@voorbeeld.nl", "ander@voorbeeld.nl"}


def test_a_form_of_another_site_changes_nothing(hazelhoff: Gebruiker, bekend: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(hazelhoff, "django.contrib.auth.backends.ModelBackend")
    assert strict.post("/mijn/gegevens", REACH).status_code == 403


def test_no_bsn_is_anywhere_to_be_read(bij_hazelhoff: Client, bekend: None) -> None:
    bij_hazelhoff.post("/mijn/gegevens", REACH)
    pages = [bij_hazelhoff.get(path).content.decode() for path in ("/mijn/", "/mijn/gegevens", "/mijn/gebruik.json")]
    with connection.cursor() as cursor:
        cursor.execute(
            "select format('select t::text from %I t', tablename) from pg_tables where schemaname = 'public'"
        )
        for (query,) in cursor.fetchall():
            cursor.execute(query)
            pages += [str(line) for (line,) in cursor.fetchall()]
    assert not [page for page in pages if re.search(f"{BSN}|{OTHER_BSN}", page)]
