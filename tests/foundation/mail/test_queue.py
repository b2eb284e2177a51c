"""A mail is queued once, sent at least once, and visible until it is."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import row, value
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.mail import commands, queries, sender
from loket.foundation.mail.models import Bericht
from loket.foundation.mail.outbox import Mail, send, send_many
from loket.foundation.mail.sender import deliver_all, deliver_batch
from loket.foundation.mail.smtp import Never
from loket.foundation.time.clock import frozen, now

from .smtpd import Box, free_port, server

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def mail(number: int = 1, **more: Any) -> UUID:
    given = {
        "to": f"bewoner{number}@voorbeeld.nl",
        "subject": f"Uw melding {number}",
        "text": "Dank u wel.",
        "key": f"proef:{number}",
    }
    return send(**given | more)


def state(id: UUID) -> tuple[str, str]:
    found = Bericht.objects.get(pk=id)
    return found.state, found.oorzaak


def no_chance() -> float:
    return 0.0


@pytest.mark.django_db
def test_a_mail_arrives_with_all_that_was_asked(box: Box, lindewaard: Organisatie) -> None:
    id = mail(html="<p>Dank u wel.</p>", organisatie=lindewaard, headers={"Reply-To": "zaak@lindewaard.voorbeeld.nl"})
    assert deliver_batch() == 1
    [(envelope, to, message)] = box.mails
    assert (envelope, to) == ("loket@lindewaard.voorbeeld.nl", "bewoner1@voorbeeld.nl")
    assert message["From"] == "Gemeente Lindewaard <loket@lindewaard.voorbeeld.nl>"
    assert message["Reply-To"] == "zaak@lindewaard.voorbeeld.nl"
    found = Bericht.objects.get(pk=id)
    assert found.state == "verzonden" and found.message_id == message["Message-ID"] and found.sent_at
    assert deliver_batch() == 0 and len(box.mails) == 1


@pytest.mark.django_db
def test_the_same_key_is_never_queued_twice() -> None:
    first = mail()
    assert mail(subject="Iets anders") == first
    keys = send_many([Mail(to="a@b.nl", subject="x", text="x", key=f"proef:{n % 3}") for n in range(9)])
    assert keys[1] == first and len(set(keys)) == 3 and keys[:3] * 3 == keys
    assert Bericht.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_the_same_key_queue_one() -> None:
    start = threading.Barrier(4)
    made: list[UUID] = []

    def work() -> None:
        try:
            start.wait()
            made.extend(mail(number) for number in range(20))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 80 and len(set(made)) == Bericht.objects.count() == 20


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing() -> None:
    good = Mail(to="a@b.nl", subject="x", text="x", key="1")
    for bad in (
        Mail(to="a@b.nl\r\nBcc: c@d.nl", subject="x", text="x", key="2"),
        Mail(to="a@b.nl", subject="x\r\nBcc: c@d.nl", text="x", key="3"),
        Mail(to="a@b.nl", subject="x", text="x\0", key="4"),
        Mail(to="a@b.nl", subject="x", text="x", key=""),
        Mail(to="a@b.nl", subject="x", text="x", key="5", headers={"Bcc": "c@d.nl"}),
    ):
        with pytest.raises(Refused):
            send_many([good, bad])
    assert not Bericht.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_mails_ask_for_one_job_and_a_rollback_for_none() -> None:
    jobs = "select count(*) from procrastinate_jobs where task_name = 'mail.deliver'"
    with pytest.raises(RuntimeError), transaction.atomic():
        mail()
        raise RuntimeError
    assert (Bericht.objects.count(), value(jobs)) == (0, 0)
    for number in range(50):
        mail(number)
    send_many([Mail(to="a@b.nl", subject="x", text="x", key=f"veel:{n}") for n in range(3000)])
    assert (Bericht.objects.count(), value(jobs)) == (3050, 1)


@pytest.mark.django_db
def test_a_server_that_is_down_delays_shows_and_then_delivers(settings: Any, lindewaard: Organisatie) -> None:
    settings.MAIL_URL = f"smtp://127.0.0.1:{free_port()}?tls=off"
    with frozen(NOW):
        ids = [mail(number, organisatie=lindewaard) for number in range(5)]
        assert deliver_batch(2, chance=no_chance) == 2
        assert [state(id) for id in ids] == [("wacht", "server")] * 5, "what was not tried is put off too"
        assert deliver_batch() == 0, "nobody hammers a server that is away"
        assert queries.queue().vertraagd == 5 and "refused" in queries.queue().server.lower()
    with frozen(NOW + timedelta(seconds=31)):
        assert deliver_batch(2, chance=no_chance) == 2
    with server() as back:
        settings.MAIL_URL = back.url
        with frozen(NOW + timedelta(seconds=40)):
            new = mail(9)
            assert deliver_all() == 6, "the first mail that gets through frees what waited"
        assert sorted(back.to()) == sorted(f"bewoner{n}@voorbeeld.nl" for n in (0, 1, 2, 3, 4, 9))
    assert [state(id) for id in [*ids, new]] == [("verzonden", "")] * 6
    assert queries.queue() == queries.Queue(0, 0, 0, None, "")


@pytest.mark.django_db
def test_no_server_set_up_waits_and_says_so(settings: Any) -> None:
    settings.MAIL_URL, settings.DEMO = "", False
    ids = [mail(1), mail(2)]
    assert deliver_all() > 0
    assert [state(id) for id in ids] == [("wacht", "instelling")] * 2


@pytest.mark.django_db
def test_the_demo_without_a_server_sends_to_its_mailbox(settings: Any) -> None:
    settings.MAIL_URL, settings.DEMO = "", True
    id = mail()
    assert deliver_all() == 1 and state(id) == ("verzonden", "")


def refusing(command: str, reply: str, number: int) -> Callable[[str, str], str | None]:
    return lambda given, argument: reply if given == command and f"bewoner{number}@" in argument else None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("command", "reply", "expected"),
    [
        ("RCPT", "550 5.1.1 onbekend", ("mislukt", "geweigerd")),
        ("RCPT", "451 4.7.1 later", ("wacht", "ontvanger")),
        ("ACCEPT", "554 5.7.1 spam", ("mislukt", "geweigerd")),
        ("ACCEPT", "452 vol", ("wacht", "ontvanger")),
        ("ACCEPT", "cut", ("wacht", "verbinding")),
        ("RCPT", "421 ik stop", ("wacht", "verbinding")),
    ],
)
def test_one_bad_mail_does_not_stop_the_rest(box: Box, command: str, reply: str, expected: tuple[str, str]) -> None:
    box.answer = refusing(command, reply, 1)
    with frozen(NOW):
        ids = [mail(number) for number in range(4)]
        deliver_all()
    assert [state(ids[n]) for n in (0, 2, 3)] == [("verzonden", "")] * 3
    assert state(ids[1]) == expected
    told = Bericht.objects.get(pk=ids[1])
    assert told.last_error and told.attempts == 1


@pytest.mark.django_db
def test_a_server_that_refuses_the_sender_delays_everything(box: Box) -> None:
    ids = [mail(number) for number in range(3)]
    box.answer = lambda command, argument: "550 5.7.1 u mag hier niet sturen" if command == "MAIL" else None
    deliver_all()
    assert [state(id) for id in ids] == [("wacht", "server")] * 3
    assert box.mails == []


@pytest.mark.django_db
def test_a_mail_that_cannot_be_made_fails_visibly(box: Box) -> None:
    bad = mail(1, attachments=[("brief.pdf", "application/pdf", "0" * 64)])
    good = mail(2)
    deliver_all()
    assert (state(bad), state(good)) == (("mislukt", "inhoud"), ("verzonden", ""))


@pytest.mark.django_db
def test_after_five_days_it_is_given_up(box: Box) -> None:
    box.answer = refusing("RCPT", "451 later", 1)
    with frozen(NOW):
        id = mail(1)
        deliver_all()
    with frozen(NOW + timedelta(days=5, minutes=1)):
        deliver_all()
    assert state(id) == ("mislukt", "te_lang")


class Killed(BaseException):
    """As kill -9: nothing after it runs."""


@pytest.mark.django_db
def test_the_mail_of_a_killed_sender_is_sent_by_another(box: Box) -> None:
    class Dying:
        def __enter__(self) -> "Dying":
            raise Killed

        def __exit__(self, *of: object) -> None: ...
        def deliver(self, message: object, sender: str, recipient: str) -> None: ...

    with frozen(NOW):
        id = mail(1)
        with pytest.raises(Killed):
            deliver_batch(way=Dying())
        assert state(id)[0] == "bezig" and deliver_all() == 0
    with frozen(NOW + sender.LEASE):
        assert deliver_all() == 1
    assert state(id) == ("verzonden", "") and box.to() == ["bewoner1@voorbeeld.nl"]


@pytest.mark.django_db(transaction=True)
def test_mail_of_a_dead_sender_is_let_go_at_once_and_that_of_a_living_one_is_not(box: Box) -> None:
    mail(1)
    freed: list[int] = []

    def meanwhile(command: str, argument: str) -> str | None:
        if command == "ACCEPT" and not freed:
            watcher = threading.Thread(target=lambda: freed.append(_elsewhere(sender.free_mail_of_the_dead)))
            watcher.start()
            watcher.join()
        return None

    box.answer = meanwhile
    assert deliver_batch() == 1
    assert freed == [0], "the sender lives, its lease is its own"
    id = mail(2)
    Bericht.objects.filter(pk=id).update(state="bezig", attempts=1, next_attempt_at=now() + sender.LEASE)
    assert deliver_batch() == 0, "the lease did not end"
    assert sender.free_mail_of_the_dead() == 1
    assert deliver_batch() == 1
    assert (Bericht.objects.get(pk=id).attempts, len(box.mails)) == (2, 2)
    assert value("select count(*) from pg_locks where locktype = 'advisory' and classid = 1296124236") == 0


def _elsewhere[T](function: Callable[[], T]) -> T:
    """On a connection of its own."""
    try:
        return function()
    finally:
        connection.close()


@pytest.mark.django_db
def test_a_sender_whose_lease_ended_changes_nothing(box: Box) -> None:
    """It hangs in its first mail; another sends that one; then it wakes up and fails."""

    class Slow:
        def __enter__(self) -> "Slow":
            return self

        def __exit__(self, *of: object) -> None: ...
        def deliver(self, message: object, sender_: str, recipient: str) -> None:
            with frozen(NOW + sender.LEASE):
                deliver_batch()
            raise Never("550 te laat")

    with frozen(NOW):
        ids = [mail(1), mail(2)]
        deliver_batch(way=Slow())
    assert [state(id) for id in ids] == [("verzonden", "")] * 2
    assert box.to() == ["bewoner1@voorbeeld.nl", "bewoner2@voorbeeld.nl"]


@pytest.mark.django_db(transaction=True)
def test_two_senders_never_take_the_same_mail(box: Box) -> None:
    for number in range(60):
        mail(number)

    def work() -> None:
        try:
            while deliver_batch(7):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(box.mails) == len(set(box.to())) == 60


@pytest.mark.django_db
def test_an_administrator_sends_again_and_stops(box: Box, beheerder: Actor, lindewaard: Organisatie) -> None:
    box.answer = refusing("RCPT", "550 weg", 1)
    failed, waiting = mail(1, organisatie=lindewaard), mail(2, organisatie=lindewaard)
    commands.houd_tegen(beheerder, waiting, "verkeerd adres")
    deliver_all()
    assert (state(failed)[0], state(waiting)[0], box.mails) == ("mislukt", "ingetrokken", [])
    box.answer = lambda command, argument: None
    commands.verstuur_opnieuw(beheerder, failed)
    commands.verstuur_opnieuw(beheerder, waiting)
    deliver_all()
    assert sorted(box.to()) == ["bewoner1@voorbeeld.nl", "bewoner2@voorbeeld.nl"]
    with pytest.raises(Refused):
        commands.houd_tegen(beheerder, failed)
    trail = row(
        "select count(*) as n from loket_audit_handeling where handeling in ('mail.opnieuw', 'mail.tegengehouden')"
    )
    assert trail == {"n": 3}


@pytest.mark.django_db
def test_nobody_touches_the_mail_of_another_organisation(beheerder: Actor) -> None:
    tij = Organisatie.objects.create(naam="Het Groene Tij", soort="waterschap", rsin="000000024", afkorting="GT")
    id = mail(1, organisatie=tij)
    for command in (commands.houd_tegen, commands.verstuur_opnieuw):
        with pytest.raises(NotFound):
            command(beheerder, id)
        with pytest.raises(Forbidden):
            command(Actor("medewerker", organisatie=tij.id), id)
    assert queries.lines(beheerder, "wacht") == [] and queries.counts(beheerder)["wacht"] == 0


@pytest.mark.django_db
def test_old_mail_goes_and_failed_mail_stays(box: Box) -> None:
    box.answer = refusing("RCPT", "550 weg", 1)
    with frozen(NOW):
        failed = mail(1)
        mail(2)
        deliver_all()
    with frozen(NOW + timedelta(days=91)):
        assert sender.clear_away() == 1
    assert list(Bericht.objects.values_list("id", flat=True)) == [failed]


@pytest.mark.django_db
def test_what_mail_there_is_about_something(box: Box, lindewaard: Organisatie) -> None:
    mail(1, betreft=lindewaard.id, attachments=[("a.pdf", "application/pdf", "a" * 64)])
    assert [line["key"] for line in queries.of(lindewaard.id)] == ["proef:1"]
    assert queries.attachments_in_use(["a" * 64, "b" * 64]) == {"a" * 64}
