"""Employees log in with a password, where that is allowed."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.access.models import Functie
from loket.foundation.audit.models import Handeling
from loket.foundation.database.sql import rows, value
from loket.foundation.errors import NotFound, Refused
from loket.foundation.identity import commands, sleutels
from loket.foundation.identity.models import Gebruiker, Lidmaatschap, Organisatie, Team
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.time.clock import frozen

PAGE = "/medewerkers/inloggen"
RIGHT = {"naam": "n.elzinga", "wachtwoord": "juist paard batterij nietje"}
WRONG = RIGHT | {"wachtwoord": "fout paard"}


WAITING = """select count(distinct pid) from pg_locks where not granted and pid in (
    select l.pid from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database())"""
"""How many connections to this database wait for a lock."""


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_begins_a_new_session_and_is_written_down(client: Client, nadia: Gebruiker) -> None:
    client.get("/taal")
    session = client.session
    session["concept"] = "bewaard"
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = before = str(session.session_key)
    answer = client.post(PAGE, RIGHT | {"next": "/werk?lijst=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/werk?lijst=1")
    assert logged_in(client)
    assert client.session.session_key != before
    assert client.session["concept"] == "bewaard"
    line = Handeling.objects.get(handeling="identiteit.ingelogd")
    assert (line.actor, line.gelukt, line.detail["manier"]) == (nadia.pk, True, "wachtwoord")
    assert line.organisatie == nadia.organisatie_id


@pytest.mark.parametrize("onward", ["https://elders.nl", "//elders.nl", "/\\elders.nl"])
def test_next_never_leaves_the_house(client: Client, nadia: Gebruiker, onward: str) -> None:
    answer = client.post(PAGE, RIGHT | {"next": onward})
    assert answer.status_code == 302
    assert "elders" not in answer["Location"]


def test_a_wrong_password_says_the_same_as_a_wrong_name(client: Client, nadia: Gebruiker) -> None:
    wrong = client.post(PAGE, WRONG)
    unknown = client.post(PAGE, WRONG | {"naam": "niemand"})
    assert wrong.status_code == unknown.status_code == 422
    for answer in (wrong, unknown):
        assert "Uw naam of wachtwoord klopt niet" in answer.content.decode()
        assert "<title>Fout:" in answer.content.decode()
        assert "fout paard" not in answer.content.decode()
    assert not logged_in(client)
    lines = Handeling.objects.filter(handeling="identiteit.inloggen_mislukt").order_by("tijd")
    assert [(line.object, line.gelukt) for line in lines] == [(nadia.pk, False), (None, False)]
    assert "niemand" not in str(list(lines.values()))


def test_after_five_failures_the_right_password_must_wait_too(client: Client, nadia: Gebruiker) -> None:
    start = datetime(2026, 11, 23, 9, tzinfo=UTC)
    with frozen(start):
        for _ in range(5):
            assert client.post(PAGE, WRONG).status_code == 422
        refused = client.post(PAGE, RIGHT)
        assert refused.status_code == 429
        assert "Wacht een kwartier" in refused.content.decode()
        assert not logged_in(client)
        assert client.post(PAGE, RIGHT, REMOTE_ADDR="198.51.100.7").status_code == 302
    with frozen(start + timedelta(minutes=15)):
        assert Client().post(PAGE, RIGHT).status_code == 302
    assert Handeling.objects.filter(waarom="te vaak geprobeerd").count() == 1


def test_a_success_starts_the_count_again(client: Client, nadia: Gebruiker) -> None:
    for _ in range(2):
        for _ in range(4):
            assert Client().post(PAGE, WRONG).status_code == 422
        assert Client().post(PAGE, RIGHT).status_code == 302


def test_one_address_may_not_try_many_names(client: Client, nadia: Gebruiker) -> None:
    for number in range(50):
        assert client.post(PAGE, WRONG | {"naam": f"naam{number}"}).status_code == 422
    assert client.post(PAGE, RIGHT).status_code == 429
    kept = str(rows("select * from loket_identity_inlogrem"))
    assert "naam1" not in kept
    assert "127.0.0.1" not in kept


@pytest.mark.parametrize("name", ["n.elzinga\0", "\0", "n" * 5000, "", "’; drop table --"])
def test_strange_names_are_refused_in_words(client: Client, nadia: Gebruiker, name: str) -> None:
    assert client.post(PAGE, RIGHT | {"naam": name}).status_code == 422


def test_who_left_or_lives_here_cannot_log_in_with_a_password(client: Client, nadia: Gebruiker) -> None:
    resident = Gebruiker(soort="bewoner", gebruikersnaam="x", pseudoniem=pseudonym("bsn", "999990019"))
    resident.set_password("wachtwoord")
    resident.save()
    assert client.post(PAGE, {"naam": "x", "wachtwoord": "wachtwoord"}).status_code == 422
    Gebruiker.objects.filter(pk=nadia.pk).update(is_active=False)
    assert client.post(PAGE, RIGHT).status_code == 422


def test_without_permission_there_is_no_form(client: Client, nadia: Gebruiker, settings: Any) -> None:
    settings.STAFF_PASSWORD = False
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "wachtwoord" not in page.content.decode()
    assert client.post(PAGE, RIGHT).status_code == 404
    assert not logged_in(client)


def test_logging_out_ends_the_session(client: Client, nadia: Gebruiker) -> None:
    client.post(PAGE, RIGHT)
    assert client.get("/uitloggen").status_code == 405
    assert logged_in(client)
    assert client.post("/uitloggen")["Location"] == "/"
    assert not logged_in(client)
    assert Handeling.objects.get(handeling="identiteit.uitgelogd").actor == nadia.pk


def test_logging_in_and_out_need_the_token_of_the_page(nadia: Gebruiker) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, RIGHT).status_code == 403
    assert strict.post("/inloggen/digid").status_code == 403
    assert strict.post("/uitloggen").status_code == 403


def test_the_demo_lists_its_people_and_nothing_else_does(client: Client, nadia: Gebruiker, settings: Any) -> None:
    assert "Dit is een demo" not in client.get(PAGE).content.decode()
    settings.DEMO = True
    team = Team.objects.create(organisatie=Organisatie.objects.get(), naam="Klantcontact", lijn=1)
    functie = Functie.objects.create(code="eerste-lijn", naam="behandelaar eerste lijn")
    Lidmaatschap.objects.create(gebruiker=nadia, team=team, functie=functie)
    page = client.get(PAGE).content.decode()
    for words in ("Dit is een demo", "n.elzinga", "behandelaar eerste lijn", "Klantcontact, Gemeente Lindewaard"):
        assert words in page


def test_a_password_is_set_with_a_line_in_the_trail(nadia: Gebruiker) -> None:
    commands.set_password(Actor.system("beheer"), nadia, "een nieuw wachtwoord")
    nadia.refresh_from_db()
    assert nadia.check_password("een nieuw wachtwoord")
    assert Handeling.objects.get(handeling="identiteit.wachtwoord_gezet").object == nadia.pk


def test_a_password_that_is_easy_to_guess_is_set_by_nobody(nadia: Gebruiker) -> None:
    for weak in ("kort", "password12345", "N.Elzinga@lindewaard"):
        with pytest.raises(Refused) as refused:
            commands.set_password(Actor.system("beheer"), nadia, weak)
        assert (refused.value.code, refused.value.field) == ("wachtwoord", "wachtwoord")
    nadia.refresh_from_db()
    assert nadia.check_password(RIGHT["wachtwoord"])
    assert not Handeling.objects.filter(handeling="identiteit.wachtwoord_gezet").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_a_link_at_the_same_time_one_is_too_late(nadia: Gebruiker) -> None:
    """Both are held up where they first touch the row; whoever comes second sees the password of the first."""
    key, done = sleutels.maak(nadia), []

    def choose(password: str) -> None:
        try:
            commands.kies_wachtwoord(ANONYMOUS, key, password)
            done.append(password)
        except NotFound:
            done.append("")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=choose, args=(p,)) for p in ("vier paarden op de dijk", "vijf eenden in de sloot")
    ]
    with transaction.atomic():
        Gebruiker.objects.select_for_update().get(pk=nadia.pk)
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 20
        while value(WAITING) < 2:
            assert time.monotonic() < deadline, "they do not come to the row"
    for thread in threads:
        thread.join(20)
    nadia.refresh_from_db()
    assert sorted(done)[0] == "" and nadia.check_password(sorted(done)[1])
    assert Handeling.objects.filter(handeling="identiteit.wachtwoord_gezet").count() == 1


def test_sixty_demo_passwords_cost_one_hash(settings: Any) -> None:
    assert commands.demo_password_hash("loket") == commands.demo_password_hash("loket")
    assert commands.demo_password_hash("loket") != commands.demo_password_hash("anders")
