"""Existing mailboxes are read over IMAP: nothing lost, nothing twice, and what is wrong is told."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from loket.foundation.events.models import EventRow
from loket.foundation.inbox import bronnen, ophalen, rules
from loket.foundation.inbox.models import Imap, Post, Postvak
from loket.foundation.time.clock import frozen
from tests.foundation.inbox import imapd
from tests.foundation.inbox.imapd import GEBRUIKER, TOKEN, WACHTWOORD, mail
from tests.foundation.mail.smtpd import free_port

NU = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[imapd.Post]:
    with imapd.server() as started:
        yield started


@pytest.fixture
def bron(server: imapd.Post, postvak: Postvak, bestanden: Path) -> Callable[..., Imap]:
    """The mailbox, on the server."""

    def maak(**anders: Any) -> Imap:
        geheim = bronnen.verzegel(postvak.pk, anders.pop("geheimen", {"wachtwoord": WACHTWOORD}))
        velden = {"host": "127.0.0.1", "poort": server.port, "beveiliging": "geen", "gebruiker": GEBRUIKER}
        return Imap.objects.create(postvak=postvak, volgende_op=NU, geheim=geheim, **velden | anders)

    return maak


def kijk(bron: Imap, stop: threading.Event | None = None) -> int:
    """Look; how many were new. The settings are as they are afterwards."""
    found = ophalen.haal_op(bron.postvak_id, stop)
    bron.refresh_from_db()
    return found


def test_all_mail_comes_in_once_and_is_marked_after_that(server: imapd.Post, bron: Callable[..., Imap]) -> None:
    for n in range(120):
        server.inbox.voeg_toe(mail(n))
    imap = bron()
    assert kijk(imap) == 120
    assert (imap.gelezen_tot, imap.gedaan_tot, imap.wachtend, imap.opgehaald, imap.oorzaak) == (120, 120, 0, 120, "")
    assert all("\\Seen" in brief.vlaggen for brief in server.inbox.brieven.values())
    assert Post.objects.count() == EventRow.objects.count() == 120
    post = Post.objects.get(message_id="<lamp7@voorbeeld.nl>")
    assert (post.envelop_van, post.envelop_aan, post.herkomst) == ("joke7@voorbeeld.nl", [GEBRUIKER], "imap")
    assert kijk(imap) == 0
    server.inbox.voeg_toe(mail(500))
    server.gevraagd.clear()
    assert kijk(imap) == 1
    assert [each for each in server.gevraagd if "BODY" in each] == ["FETCH 121 (BODY.PEEK[])"], "nothing is read twice"


@pytest.mark.parametrize("kan", ["MOVE UIDPLUS", "UIDPLUS", ""])
def test_mail_is_moved_to_a_folder_that_is_made_when_needed(
    server: imapd.Post, bron: Callable[..., Imap], kan: str
) -> None:
    server.kan = kan
    for n in range(3):
        server.inbox.voeg_toe(mail(n))
    imap = bron(daarna="verplaatsen", map_daarna="Verwérkt door Loket")
    assert kijk(imap) == 3
    [naam] = set(server.mappen) - {"INBOX"}
    assert [each.inhoud for each in server.mappen[naam].brieven.values()] == [mail(n) for n in range(3)]
    over = server.inbox.brieven.values()
    assert not over if kan else all("\\Deleted" in each.vlaggen for each in over), "never more than we may"
    assert kijk(imap) == 0 and len(server.mappen[naam].brieven) == 3


def test_nothing_is_done_with_a_mail_that_is_not_stored(
    server: imapd.Post, bron: Callable[..., Imap], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.inbox.voeg_toe(mail(1))
    imap = bron()
    with monkeypatch.context() as patch:
        patch.setattr(ophalen, "store", _vol)
        assert kijk(imap) == 0
    assert (imap.oorzaak, imap.gelezen_tot) == ("opslag", 0)
    assert server.inbox.brieven[1].vlaggen == set()
    assert kijk(imap) == 1 and imap.oorzaak == ""


def _vol(*_: object) -> Any:
    raise OSError(28, "No space left on device")


def test_what_was_stored_and_not_marked_is_marked_later_and_not_read_again(
    server: imapd.Post, bron: Callable[..., Imap]
) -> None:
    for n in range(60):
        server.inbox.voeg_toe(mail(n))
    imap = bron()
    server.answer = lambda command, rest: "cut" if command == "STORE" else None
    assert kijk(imap) == 50, "one transaction, then the line broke"
    assert (imap.oorzaak, imap.gelezen_tot, imap.gedaan_tot) == ("verbroken", 50, 0)
    server.answer = lambda command, rest: "NO read only" if command == "STORE" else None
    assert kijk(imap) == 10, "reading goes on when marking is refused"
    assert (imap.oorzaak, imap.gelezen_tot, imap.gedaan_tot) == ("daarna", 60, 0)
    server.answer = lambda command, rest: None
    server.gevraagd.clear()
    assert kijk(imap) == 0
    assert not [each for each in server.gevraagd if "BODY" in each]
    assert (imap.oorzaak, imap.gedaan_tot) == ("", 60)
    assert all("\\Seen" in brief.vlaggen for brief in server.inbox.brieven.values())


def test_a_server_that_counts_anew_gives_nothing_twice(server: imapd.Post, bron: Callable[..., Imap]) -> None:
    for n in range(5):
        server.inbox.voeg_toe(mail(n))
    imap = bron()
    kijk(imap)
    old, server.mappen["INBOX"] = server.inbox, imapd.Map(uidvalidity=8)
    for brief in reversed(old.brieven.values()):
        server.inbox.voeg_toe(brief.inhoud)
    server.inbox.voeg_toe(mail(99))
    assert kijk(imap) == 1
    assert (imap.uidvalidity, imap.gelezen_tot, Post.objects.count()) == (8, 6, 6)


def test_only_mail_since_a_day_and_nothing_that_was_thrown_away(server: imapd.Post, bron: Callable[..., Imap]) -> None:
    server.inbox.voeg_toe(mail(1), date(2019, 1, 1))
    server.inbox.voeg_toe(mail(2))
    server.inbox.brieven[server.inbox.voeg_toe(mail(3))].vlaggen.add("\\Deleted")
    imap = bron(vanaf=date(2026, 1, 1), daarna="verwijderen")
    assert kijk(imap) == 1
    assert Post.objects.get().message_id == "<lamp2@voorbeeld.nl>"
    assert sorted(server.inbox.brieven) == [1, 3], "what we did not take in is not ours to throw away"


def test_a_mail_that_cannot_be_taken_in_stays_and_holds_up_nobody(
    server: imapd.Post, bron: Callable[..., Imap], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MAX_BYTES", 2000)
    server.inbox.voeg_toe(mail(1))
    server.inbox.voeg_toe(mail(2, b"x" * 3000))
    server.inbox.voeg_toe(mail(3))
    server.inbox.voeg_toe(mail(4))
    stored = ophalen.neem_aan

    def neem_aan(*args: Any, **kwargs: Any) -> Any:
        if kwargs["van"] == "joke3@voorbeeld.nl":
            raise RuntimeError("a fault of ours")
        return stored(*args, **kwargs)

    monkeypatch.setattr(ophalen, "neem_aan", neem_aan)
    imap = bron(daarna="verplaatsen", map_daarna="Klaar")
    assert kijk(imap) == 2
    assert [(each["uid"], each["reden"]) for each in imap.overgeslagen] == [(2, "te_groot"), (3, "mislukt")]
    assert sorted(server.inbox.brieven) == [2, 3], "these were not moved"
    monkeypatch.setattr(ophalen, "neem_aan", stored)
    monkeypatch.setattr(rules, "MAX_BYTES", 36_000_000)
    imap.overgeslagen = [each | {"opnieuw": True} for each in imap.overgeslagen]
    imap.save()
    assert kijk(imap) == 2 and imap.overgeslagen == [] and not server.inbox.brieven


def test_what_is_wrong_is_told_and_tried_less_and_less(server: imapd.Post, bron: Callable[..., Imap]) -> None:
    imap = bron(geheimen={"wachtwoord": "fout"})
    with frozen(NU):
        kijk(imap)
        assert (imap.oorzaak, imap.pogingen) == ("inloggen", 1) and imap.fout == "[AUTHENTICATIONFAILED] wrong password"
        assert imap.volgende_op == NU + timedelta(minutes=5)
        assert ophalen.aan_de_beurt() == []
    with frozen(NU + timedelta(minutes=6)):
        assert ophalen.aan_de_beurt() == [imap.postvak_id]
        kijk(imap)
        assert imap.volgende_op == NU + timedelta(minutes=16) and imap.gelukt_op is None
    Imap.objects.update(geheim=bronnen.verzegel(imap.postvak_id, {"wachtwoord": WACHTWOORD}))
    for velden, oorzaak in (
        ({"map": "Weg"}, "map"),
        ({"poort": free_port(), "map": "INBOX"}, "bereik"),
        ({"beveiliging": "tls"}, "bereik"),
        ({"poort": server.port}, "tls"),
        ({"beveiliging": "starttls"}, "tls"),
        ({"beveiliging": "geen", "geheim": b"van een ander geheim" * 3}, "geheim"),
    ):
        Imap.objects.update(**velden)
        kijk(imap)
        assert imap.oorzaak == oorzaak, imap.fout
    server.answer = lambda command, rest: "OK but this is no answer" if command == "SEARCH" else None
    Imap.objects.update(geheim=bronnen.verzegel(imap.postvak_id, {"wachtwoord": WACHTWOORD}))
    kijk(imap)
    assert imap.oorzaak == "" and imap.pogingen == 0, "no answer to a search is nothing found"


def test_a_token_is_asked_for_and_used_as_long_as_it_is_good(
    server: imapd.Post, bron: Callable[..., Imap], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.inbox.voeg_toe(mail(1))
    asked: list[dict[str, str]] = []

    class Antwoord:
        status_code = 200

        def json(self) -> dict[str, Any]:
            return {"access_token": TOKEN, "expires_in": 3600, "refresh_token": "nieuw"}

    def post(url: str, data: dict[str, str], timeout: object) -> Antwoord:
        asked.append(data)
        return Antwoord()

    monkeypatch.setattr(bronnen.requests, "post", post)
    imap = bron(
        wijze="oauth2",
        token_url="https://inlog.voorbeeld.nl/token",
        client_id="loket",
        geheimen={"client_secret": "s", "refresh_token": "oud"},
    )
    assert kijk(imap) == 1, imap.fout
    kijk(imap)
    assert [(each["grant_type"], each["refresh_token"]) for each in asked] == [("refresh_token", "oud")]
    assert bronnen.open_geheim(imap.postvak_id, bytes(imap.geheim))["refresh_token"] == "nieuw"
    with frozen(NU.replace(year=2099)):
        kijk(imap)
    assert asked[-1]["refresh_token"] == "nieuw"


def test_a_stop_is_heard_between_two_pieces_and_the_rest_comes_next(
    server: imapd.Post, bron: Callable[..., Imap]
) -> None:
    for n in range(120):
        server.inbox.voeg_toe(mail(n))
    imap, stop = bron(), threading.Event()
    server.answer = lambda command, rest: stop.set() if command == "STORE" else None  # type: ignore[func-returns-value]
    assert kijk(imap, stop) == 50 and imap.oorzaak == ""
    assert ophalen.aan_de_beurt() == [imap.postvak_id]
    assert kijk(imap) == 70


def test_a_mailbox_that_is_switched_off_is_not_looked_in(server: imapd.Post, bron: Callable[..., Imap]) -> None:
    imap = bron()
    Postvak.objects.update(actief=False)
    assert ophalen.aan_de_beurt() == [] and kijk(imap) == 0 and server.gevraagd == []


def test_the_database_knows_that_moving_needs_a_folder(bron: Callable[..., Imap]) -> None:
    with pytest.raises(IntegrityError):
        bron(daarna="verplaatsen")
