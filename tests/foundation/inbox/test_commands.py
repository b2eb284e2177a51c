"""Taking in mail, and saying what became of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from loket.foundation.access.actor import Actor
from loket.foundation.audit.models import Handeling
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import rows
from loket.foundation.errors import NotFound
from loket.foundation.events.models import EventRow
from loket.foundation.inbox import commands, queries
from loket.foundation.inbox.models import Post, Postvak
from loket.foundation.storage.files import Stored, store
from loket.foundation.storage.keepers import kept

SYSTEEM = Actor.system("post")


def _neem_aan(
    bestand: Stored, *aan: str, vingerafdruk: bytes = b"v" * 32, van: str = "joke@voorbeeld.nl"
) -> list[Post]:
    nieuw = commands.neem_aan(SYSTEEM, bestand, vingerafdruk, van=van, aan=aan, herkomst="smtp")
    return list(Post.objects.filter(id__in=nieuw))


@pytest.fixture
def bestand(bestanden: Path) -> Stored:
    return store(b"Subject: x\r\n\r\nx\r\n")


def _ontvangen() -> list[EventRow]:
    return list(EventRow.objects.filter(type="nl.loket.post.ontvangen"))


def test_a_mail_is_taken_in_with_its_event(postvak: Postvak, bestand: Stored) -> None:
    (post,) = _neem_aan(bestand, "Post+abc@lw.voorbeeld.nl")
    assert (post.stand, post.sha256, post.grootte) == ("nieuw", bestand.sha256, bestand.size)
    assert post.envelop_aan == ["Post+abc@lw.voorbeeld.nl"], "the extension is kept as it came"
    (event,) = _ontvangen()
    assert event.subject == post.id
    assert event.data["postvak"] == str(postvak.id)
    assert queries.unread() == 1
    found = queries.post(post.id)
    assert found is not None and found["postvak_team"] == postvak.team_id
    assert kept([bestand.sha256, "0" * 64]) == {bestand.sha256}, "its bytes stay"


def test_the_same_mail_twice_is_one(postvak: Postvak, bestand: Stored) -> None:
    assert len(_neem_aan(bestand, postvak.adres)) == 1
    assert _neem_aan(bestand, postvak.adres) == []
    assert (Post.objects.count(), len(_ontvangen())) == (1, 1)
    assert len(_neem_aan(bestand, postvak.adres, vingerafdruk=b"w" * 32)) == 1


def test_each_mailbox_has_the_mail_and_reads_only_its_own_addresses(
    postvak: Postvak, maak_postvak: Callable[[str], Postvak], bestand: Stored
) -> None:
    wethouder = maak_postvak("wethouder@lw.voorbeeld.nl")
    maak_postvak("ander@lw.voorbeeld.nl")
    nieuw = _neem_aan(bestand, "post+a@lw.voorbeeld.nl", "wethouder@lw.voorbeeld.nl", "post+b@lw.voorbeeld.nl")
    assert {post.postvak_id: post.envelop_aan for post in nieuw} == {
        postvak.id: ["post+a@lw.voorbeeld.nl", "post+b@lw.voorbeeld.nl"],
        wethouder.id: ["wethouder@lw.voorbeeld.nl"],
    }


def test_an_unknown_or_closed_mailbox_takes_nothing(postvak: Postvak, bestand: Stored) -> None:
    with pytest.raises(NotFound):
        _neem_aan(bestand, "niemand@lw.voorbeeld.nl")
    Postvak.objects.update(actief=False)
    with pytest.raises(NotFound):
        _neem_aan(bestand, postvak.adres)
    assert not Post.objects.exists()


def test_the_sender_of_a_bounce_is_nobody(postvak: Postvak, bestand: Stored) -> None:
    (post,) = _neem_aan(bestand, postvak.adres, van="<>")
    assert post.envelop_van == ""


def test_what_became_of_it(postvak: Postvak, bestand: Stored) -> None:
    (post,) = _neem_aan(bestand, postvak.adres)
    commands.zet_apart(
        SYSTEEM, post.id, "spam?", team=postvak.team_id, uiterlijk=date(2026, 11, 24), detail={"score": 7}
    )
    post.refresh_from_db()
    assert (post.stand, post.reden, post.team_id, post.gedaan_op) == ("quarantaine", "spam?", postvak.team_id, None)
    zaak = uuid7()
    commands.verwerkt(SYSTEEM, post.id, betreft=zaak)
    post.refresh_from_db()
    assert (post.stand, post.betreft, post.team_id, post.detail) == ("verwerkt", zaak, None, {"score": 7})
    assert post.gedaan_op is not None
    commands.leg_af(SYSTEEM, post.id, "bounce")
    post.refresh_from_db()
    assert (post.stand, post.reden) == ("afgelegd", "bounce")
    acts = list(Handeling.objects.filter(object=post.id).order_by("id").values_list("handeling", "organisatie"))
    assert acts == [(f"post.{stand}", postvak.organisatie_id) for stand in ("quarantaine", "verwerkt", "afgelegd")]


def test_nothing_becomes_of_a_mail_that_is_not_there(db: None) -> None:
    with pytest.raises(NotFound):
        commands.leg_af(SYSTEEM, uuid7(), "spam")
    assert not Handeling.objects.exists()


def test_the_database_refuses_a_quarantine_without_owner_and_an_address_in_capitals(
    postvak: Postvak, bestand: Stored
) -> None:
    (post,) = _neem_aan(bestand, postvak.adres)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(id=post.id).update(stand="quarantaine", reden="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Postvak.objects.update(adres="Post@lw.voorbeeld.nl")
    assert rows("select 1 from loket_inbox_post where stand = 'nieuw'")
