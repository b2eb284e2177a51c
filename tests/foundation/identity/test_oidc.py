"""Logging in at a provider: the protocol, who it turns out to be, and that nothing of the claims stays."""

import logging
import re
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from loket.foundation.audit.models import Handeling
from loket.foundation.identity.models import Gebruiker
from loket.foundation.identity.pseudonym import pseudonym

from .broker import BASIS, BSN, CLAIM, MIDDEN, RESIDENT, Broker

pytestmark = pytest.mark.django_db


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def everything_stored() -> str:
    """Every row of every table, and every session as it reads."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select format('select * from %I.%I', schemaname, tablename) from pg_tables where schemaname = 'public'"
        )
        found = []
        for (query,) in cursor.fetchall():
            cursor.execute(query)
            found.append(str(cursor.fetchall()))
    return "".join(found) + "".join(str(session.get_decoded()) for session in Session.objects.all())


def test_a_resident_logs_in(client: Client, broker: Broker) -> None:
    answer = broker.login(client, onward="/mijn/gegevens")
    assert (answer.status_code, answer["Location"]) == (302, "/mijn/gegevens")
    resident = Gebruiker.objects.get()
    assert (resident.soort, resident.pseudoniem) == ("bewoner", pseudonym("bsn", BSN))
    assert (resident.naam, resident.email) == ("", "")
    assert not resident.has_usable_password()
    line = Handeling.objects.get(handeling="identiteit.ingelogd")
    assert (line.actor, line.detail) == (resident.pk, {"manier": "digid", "zekerheid": MIDDEN})


def test_the_second_time_it_is_the_same_resident(client: Client, broker: Broker) -> None:
    broker.login(client)
    broker.nonce = ""
    broker.login(Client())
    assert Gebruiker.objects.count() == 1


def test_pkce_state_and_nonce_are_used(client: Client, broker: Broker) -> None:
    there = client.post("/inloggen/digid")
    for name in ("code_challenge=", "code_challenge_method=S256", "state=", "nonce=", "scope=openid&", "redirect_uri="):
        assert name in there["Location"] + "&"
    broker.login(client)
    assert broker.form["code_verifier"]
    assert all(url.startswith("https://broker.voorbeeld.nl/") for url in broker.asked)


def test_no_bsn_or_other_claim_is_left_anywhere(
    client: Client, broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    broker.claims |= {"name": "Tjitske Hazelhoff", "email": "th@voorbeeld.nl", "birthdate": "1960-05-04"}
    secret = re.compile(f"{BSN}|Tjitske|th@voorbeeld|1960-05-04|toegang|eenmalig")
    broker.login(client)
    assert logged_in(client)
    broker.claims |= {"acr": BASIS}
    broker.nonce = ""
    broker.login(Client())
    broker.claims |= {"acr": MIDDEN, CLAIM: BSN[:-1] + "8"}
    broker.nonce = ""
    broker.login(Client())
    for where in (everything_stored(), caplog.text, str(client.cookies), str(client.get("/inloggen").headers)):
        assert not (found := secret.search(where)), found
    with connection.cursor() as cursor:
        for table in (
            "socialaccount_socialaccount",
            "socialaccount_socialtoken",
            "socialaccount_socialapp",
            "account_emailaddress",
        ):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("said", "words", "code"),
    [
        ({"acr": BASIS}, "te lage zekerheid", "loa"),
        ({"acr": None}, "te lage zekerheid", "loa"),
        ({CLAIM: None}, "geen goed burgerservicenummer", "bsn"),
        ({CLAIM: "999990018"}, "geen goed burgerservicenummer", "bsn"),
    ],
)
def test_who_is_not_sure_enough_is_refused_in_words(
    client: Client, broker: Broker, said: dict[str, Any], words: str, code: str
) -> None:
    broker.claims |= said
    answer = broker.login(client)
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert not logged_in(client)
    assert not Gebruiker.objects.exists()
    line = Handeling.objects.get(handeling="identiteit.inloggen_mislukt")
    assert (line.gelukt, line.waarom) == (False, code)


def test_a_closed_account_stays_closed(client: Client, broker: Broker) -> None:
    broker.login(client)
    Gebruiker.objects.update(is_active=False)
    broker.nonce = ""
    assert broker.login(Client()).status_code == 403


@pytest.mark.parametrize(
    "trick",
    [
        {"nonce": "van een ander"},
        {"userinfo": {"sub": "iemand anders"}},
        {"claims": {"sub": "1", "acr": MIDDEN, CLAIM: BSN, "iss": "https://elders.nl"}},
        {"claims": {"sub": "1", "acr": MIDDEN, CLAIM: BSN, "aud": "een ander"}},
        {"claims": {"sub": "1", "acr": MIDDEN, CLAIM: BSN, "exp": 1}},
        {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
    ],
)
def test_a_token_that_is_not_right_lets_nobody_in(client: Client, broker: Broker, trick: dict[str, Any]) -> None:
    for name, value in trick.items():
        setattr(broker, name, value)
    answer = broker.login(client)
    assert answer.status_code == 403
    assert "Het inloggen is niet gelukt" in answer.content.decode()
    assert not logged_in(client)


def test_a_code_that_somebody_else_asked_for_lets_nobody_in(client: Client, broker: Broker) -> None:
    there = client.post("/inloggen/digid")
    state = there["Location"].split("state=")[1].split("&")[0]
    assert Client().get("/inloggen/digid/terug", {"code": "x", "state": state}).status_code == 403
    assert client.get("/inloggen/digid/terug", {"code": "x", "state": "verzonnen"}).status_code == 403
    assert client.get("/inloggen/digid/terug").status_code == 403
    assert not any("token" in url for url in broker.asked)


def test_stopping_at_the_provider_is_no_fault(client: Client, broker: Broker) -> None:
    answer = broker.login(client, error="access_denied")
    assert answer.status_code == 200
    assert "U stopte met inloggen" in answer.content.decode()


def test_a_provider_that_is_down_delays(client: Client, broker: Broker) -> None:
    broker.down = True
    answer = client.post("/inloggen/digid")
    assert answer.status_code == 503
    assert "DigiD werkt nu niet" in answer.content.decode()


@pytest.mark.parametrize("said", [{"issuer": "https://elders.nl"}, {"loket_nagebootst": True}])
def test_a_provider_that_is_not_the_one_we_know_is_not_used(
    client: Client, broker: Broker, said: dict[str, Any]
) -> None:
    broker.discovery = said
    assert client.post("/inloggen/digid").status_code == 503


def test_the_stand_in_does_not_exist_outside_the_demo(client: Client, broker: Broker, settings: Any) -> None:
    from dataclasses import replace

    settings.OIDC_PROVIDERS = [replace(RESIDENT, client_id="nagebootst-1234")]
    assert client.post("/inloggen/digid").status_code == 404
    assert "Log in met" not in client.get("/inloggen").content.decode()
    settings.DEMO = True
    assert client.post("/inloggen/digid").status_code == 302


def test_a_link_cannot_log_somebody_in(client: Client, broker: Broker) -> None:
    assert client.get("/inloggen/digid")["Location"] == "/inloggen"
    assert client.get("/inloggen/organisatie")["Location"] == "/medewerkers/inloggen"
    assert client.get("/inloggen/onbekend").status_code == 404
    assert broker.asked == []


def test_an_employee_logs_in_at_the_provider_of_the_organisation(
    client: Client, broker: Broker, nadia: Gebruiker
) -> None:
    broker.claims = {"sub": "abc", "email": "n.elzinga@LINDEWAARD.voorbeeld.nl"}
    answer = broker.login(client, "organisatie", onward="/werk")
    assert answer["Location"] == "/werk"
    assert client.session["_auth_user_id"] == str(nadia.pk)


@pytest.mark.parametrize("email", ["vreemde@voorbeeld.nl", "", None, "%", "\0"])
def test_an_employee_who_is_not_known_is_refused(
    client: Client, broker: Broker, nadia: Gebruiker, email: str | None
) -> None:
    broker.claims = {"sub": "abc", "email": email}
    answer = broker.login(client, "organisatie")
    assert answer.status_code == 403
    assert "niet bekend" in answer.content.decode()
    assert Gebruiker.objects.count() == 1


def test_somebody_else_at_the_same_computer_gets_a_session_of_their_own(
    client: Client, broker: Broker, nadia: Gebruiker
) -> None:
    client.force_login(nadia)
    session = client.session
    session["van"] = "nadia"
    session.save()
    broker.login(client)
    assert "van" not in client.session
    assert client.session["_auth_user_id"] == str(Gebruiker.objects.get(soort="bewoner").pk)


def test_the_page_may_send_its_form_to_the_providers_and_nowhere_else(client: Client) -> None:
    assert "form-action 'self'" in client.get("/inloggen")["Content-Security-Policy"]


def test_none_of_allauths_pages_can_be_reached(client: Client) -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {name for name in names if name.startswith(("account", "socialaccount", "openid"))} == {
        "openid_connect_login",
        "openid_connect_callback",
    }
    for name in ("account_login", "account_signup", "account_reset_password", "account_email", "socialaccount_signup"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"):
        assert client.get(path).status_code == 404
