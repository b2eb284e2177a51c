"""The listener on a real port, with real clients and rude ones."""

import contextlib
import smtplib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.utils import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.foundation.events.models import EventRow
from loket.foundation.inbox import rules, server
from loket.foundation.inbox.models import Post, Postvak
from tests.assembly.running import until
from tests.foundation.inbox.conftest import MAIL, luister

JOKE, POST = "joke@voorbeeld.nl", "post@lw.voorbeeld.nl"


@contextlib.contextmanager
def verbonden(poort: int) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", poort, "afzender.voorbeeld.nl", timeout=20) as client:
        yield client


class Lijn:
    """A connection on which anything can be said."""

    def __init__(self, poort: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", poort), timeout=20)
        self._answers = self.socket.makefile("rb")

    def __enter__(self) -> "Lijn":
        return self

    def __exit__(self, *_: object) -> None:
        self._answers.close()
        self.socket.close()

    def zeg(self, tekst: bytes) -> None:
        self.socket.sendall(tekst)

    def antwoord(self) -> bytes:
        """The next answer, its last line; nothing when the connection ended."""
        with contextlib.suppress(ConnectionResetError):
            while line := self._answers.readline():
                if line[3:4] != b"-":
                    return line.rstrip()
        return b""

    def codes(self, aantal: int) -> list[bytes]:
        return [self.antwoord()[:3] for _ in range(aantal)]

    def begin_tekst(self) -> None:
        """Until the text of the mail may come."""
        self.zeg(b"EHLO x\r\nMAIL FROM:<joke@voorbeeld.nl>\r\nRCPT TO:<post@lw.voorbeeld.nl>\r\nDATA\r\n")
        assert self.codes(5) == [b"220", b"250", b"250", b"250", b"354"]


def gestuurd() -> Iterator[bytes]:
    """The bytes of each mail that was taken in, from the disk."""
    for post in Post.objects.order_by("id"):
        yield (Path(settings_data()) / "bestanden" / post.sha256[:2] / post.sha256[2:4] / post.sha256).read_bytes()


def settings_data() -> Path:
    from django.conf import settings as django_settings

    return Path(django_settings.DATA_DIR)


def leeg() -> bool:
    """Nothing was stored: no row, no event, no file, also no half one."""
    files = [each for each in (settings_data() / "bestanden").rglob("*") if each.is_file()]
    return not (Post.objects.exists() or EventRow.objects.exists() or files)


def test_a_mail_is_on_the_disk_and_in_the_database_when_250_is_said(poort: int) -> None:
    with verbonden(poort) as client:
        client.sendmail(JOKE, [POST], MAIL)
        assert list(gestuurd()) == [MAIL]
        assert EventRow.objects.filter(type="nl.loket.post.ontvangen").count() == 1
        client.sendmail(JOKE, [POST], MAIL)
        client.sendmail(JOKE, [POST], MAIL.replace(b"lamp", b"boom"))
    assert [post.envelop_van for post in Post.objects.all()] == [JOKE] * 2, "again is not twice"


def test_the_answer_names_the_mail(poort: int) -> None:
    with Lijn(poort) as lijn:
        lijn.begin_tekst()
        lijn.zeg(b"Subject: x\r\n\r\nx\r\n.\r\n")
        assert lijn.antwoord().decode() == f"250 2.6.0 Stored as {Post.objects.get().id}"


def test_a_large_mail_comes_through_unchanged(poort: int) -> None:
    large = MAIL + b"".join(b".%d stands at the beginning of a line\r\n" % n for n in range(60_000))
    with verbonden(poort) as client:
        client.sendmail(JOKE, [POST], large)
    assert list(gestuurd()) == [large]


def test_a_bounce_has_no_sender(poort: int) -> None:
    with verbonden(poort) as client:
        client.sendmail("", [POST], MAIL)
    assert Post.objects.get().envelop_van == ""


def test_nobody_is_helped_to_send_on(poort: int) -> None:
    with verbonden(poort) as client:
        for wie in ("iemand@elders.nl", "post@lw.voorbeeld.nl@elders.nl", "post%lw.voorbeeld.nl@elders.nl"):
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                client.sendmail(JOKE, [wie], MAIL)
            assert refused.value.recipients[wie][0] in (550, 553, 555)
        assert client.sendmail(JOKE, ["niemand@lw.voorbeeld.nl", POST], MAIL).keys() == {"niemand@lw.voorbeeld.nl"}
    assert Post.objects.get().envelop_aan == [POST]


def test_too_many_recipients_are_asked_to_come_in_a_second_mail(poort: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MAX_RECIPIENTS", 2)
    with verbonden(poort) as client:
        refused = client.sendmail(JOKE, [f"post+{n}@lw.voorbeeld.nl" for n in range(3)], MAIL)
    assert {code for code, _text in refused.values()} == {452}
    assert len(Post.objects.get().envelop_aan) == 2


def test_too_large_is_told_before_and_after(poort: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with verbonden(poort) as client:
        client.ehlo()
        assert client.mail(JOKE, [f"SIZE={rules.MAX_BYTES + 1}"])[0] == 552
    monkeypatch.setattr(rules, "MAX_BYTES", 200_000)
    with Lijn(poort) as lijn:
        lijn.begin_tekst()
        lijn.zeg(b"Subject: x\r\n\r\n" + b"x" * 998 * 400 + b"\r\n.\r\nNOOP\r\n")
        assert lijn.antwoord()[:3] == b"552"
        assert lijn.antwoord()[:3] == b"250", "and what follows is a command again"
    assert leeg()


def test_international_addresses(poort: int, postvak: Postvak) -> None:
    Postvak.objects.update(adres="één@lw.voorbeeld.nl")
    with verbonden(poort) as client:
        client.ehlo()
        client.sendmail("zoë@voorbeeld.nl", ["één@lw.voorbeeld.nl"], MAIL, mail_options=["SMTPUTF8", "BODY=8BITMIME"])
    post = Post.objects.get()
    assert (post.envelop_van, post.envelop_aan) == ("zoë@voorbeeld.nl", ["één@lw.voorbeeld.nl"])


def test_everything_may_be_said_at_once(poort: int) -> None:
    een = b"MAIL FROM:<a@b.nl>\r\nRCPT TO:<post@lw.voorbeeld.nl>\r\nRCPT TO:<niemand@lw.voorbeeld.nl>\r\nDATA\r\n"
    with Lijn(poort) as lijn:
        lijn.zeg(b"EHLO x\r\n" + b"".join(een + b"Subject: %d\r\n\r\nx\r\n.\r\n" % n for n in range(3)) + b"QUIT\r\n")
        assert lijn.codes(18) == [b"220", b"250", *[b"250", b"250", b"550", b"354", b"250"] * 3, b"221"]
    assert list(gestuurd()) == [b"Subject: %d\r\n\r\nx\r\n" % n for n in range(3)]


def test_a_second_mail_cannot_be_smuggled_in_the_first(poort: int) -> None:
    trick = b"Subject: x\r\n\r\nx\n.\r\nMAIL FROM:<nep@b.nl>\r\nRCPT TO:<post@lw.voorbeeld.nl>\r\nDATA\r\nnep\r\n"
    with Lijn(poort) as lijn:
        lijn.begin_tekst()
        lijn.zeg(trick + b".\r\nQUIT\r\n")
        assert lijn.codes(2) == [b"250", b"221"]
    assert list(gestuurd()) == [trick]


def test_lmtp_answers_for_each_recipient(transactional_db: None, bestanden: Path, postvak: Postvak) -> None:
    with luister(lmtp=True) as poort, Lijn(poort) as lijn:
        lijn.zeg(b"HELO x\r\nLHLO x\r\nMAIL FROM:<a@b.nl>\r\nRCPT TO:<post+een@lw.voorbeeld.nl>\r\n")
        lijn.zeg(b"RCPT TO:<niemand@b.nl>\r\nRCPT TO:<post+twee@lw.voorbeeld.nl>\r\nDATA\r\n")
        assert lijn.codes(8) == [b"220", b"500", b"250", b"250", b"250", b"550", b"250", b"354"]
        lijn.zeg(b"Subject: x\r\n\r\nx\r\n.\r\nQUIT\r\n")
        assert lijn.codes(3) == [b"250", b"250", b"221"]
    assert Post.objects.get().envelop_aan == ["post+een@lw.voorbeeld.nl", "post+twee@lw.voorbeeld.nl"]
    with luister(lmtp=True) as poort, smtplib.LMTP("127.0.0.1", poort, timeout=20) as client:
        assert client.sendmail(JOKE, [POST], MAIL) == {}


@pytest.mark.parametrize("wanneer", ["postvakken", "neem_aan"])
def test_without_database_the_other_server_tries_again(
    poort: int, monkeypatch: pytest.MonkeyPatch, wanneer: str
) -> None:
    def weg(*_: object, **__: object) -> None:
        raise OperationalError("the database does not answer")

    with verbonden(poort) as client:
        with monkeypatch.context() as patch:
            patch.setattr(server, wanneer, weg)
            with pytest.raises((smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)) as refused:
                client.sendmail(JOKE, [POST], MAIL)
            assert "451" in str(refused.value)
            assert not Post.objects.exists() and not EventRow.objects.exists()
        client.sendmail(JOKE, [POST], MAIL)
    assert Post.objects.count() == 1


@pytest.mark.parametrize("text", [MAIL, MAIL + b"x" * 400_000 + b"\r\n"], ids=["small", "large"])
def test_without_storage_the_other_server_tries_again(poort: int, settings: Any, tmp_path: Path, text: bytes) -> None:
    (tmp_path / "vol").write_text("a file where the folder should be")
    with verbonden(poort) as client:
        settings.DATA_DIR = tmp_path / "vol"
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail(JOKE, [POST], text)
        assert refused.value.smtp_code == 451
        assert not Post.objects.exists()
        settings.DATA_DIR = tmp_path
        client.sendmail(JOKE, [POST], text)
    assert list(gestuurd()) == [text]


@pytest.mark.parametrize(
    "tekst", [b"", b"Subject: x\r\n\r\nx", b"Subject: x\r\n" * 40_000 + b"\r\n.\r"], ids=["no", "some", "most"]
)
def test_a_connection_that_is_cut_in_the_middle_stores_nothing(poort: int, tekst: bytes) -> None:
    with Lijn(poort) as lijn:
        lijn.begin_tekst()
        lijn.zeg(tekst)
    with Lijn(poort) as lijn:
        lijn.begin_tekst()
        lijn.zeg(tekst)
        lijn.socket.shutdown(socket.SHUT_WR)
        assert lijn.antwoord() == b""
    with verbonden(poort) as client:
        assert client.noop()[0] == 250
    assert leeg()


def test_who_says_nothing_is_sent_away(transactional_db: None, bestanden: Path, postvak: Postvak) -> None:
    with luister(timeout=0.3) as poort, Lijn(poort) as idle, Lijn(poort) as halfway:
        halfway.begin_tekst()
        halfway.zeg(b"Subject: x\r\n")
        assert idle.codes(2) == [b"220", b""]
        assert halfway.antwoord() == b""
    assert leeg()


def test_more_connections_than_there_is_room_for_are_told(poort: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECTIONS", 3)
    with contextlib.ExitStack() as stack:
        binnen = [stack.enter_context(Lijn(poort)) for _ in range(3)]
        assert [lijn.antwoord()[:3] for lijn in binnen] == [b"220"] * 3
        with Lijn(poort) as buiten:
            assert buiten.codes(2) == [b"421", b""]
        binnen[0].zeg(b"QUIT\r\n")
        assert binnen[0].codes(2) == [b"221", b""]

        def er_is_plaats() -> bool:
            with Lijn(poort) as lijn:
                return lijn.antwoord()[:3] == b"220"

        until(er_is_plaats, 10)


def test_who_is_in_the_middle_of_a_text_when_it_stops_was_not_told_that_it_arrived(
    transactional_db: None, bestanden: Path, postvak: Postvak
) -> None:
    with contextlib.ExitStack() as stack:
        with luister() as poort:
            lijn, idle = stack.enter_context(Lijn(poort)), stack.enter_context(Lijn(poort))
            assert idle.codes(1) == [b"220"]
            lijn.begin_tekst()
            lijn.zeg(b"Subject: x\r\n")
        assert lijn.codes(2) == idle.codes(2) == [b"421", b""]
    assert leeg()


WORD = st.sampled_from(
    [
        *(b"EHLO", b"LHLO", b"MAIL FROM:", b"RCPT TO:", b"DATA", b"RSET", b"VRFY", b"AUTH PLAIN", b"BDAT 9", b"HELP"),
        *(b"<", b">", b"@", b"\r\n", b"\n", b" ", b"\0", b"\xff", b'"', b"(", b"[", b".", b"=", b"x" * 600),
        *(b"\r\n.\r\n", b"post@lw.voorbeeld.nl"),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORD, max_size=30).map(b"".join))
def test_whatever_is_said_the_next_one_is_served(poort: int, rommel: bytes) -> None:
    with Lijn(poort) as lijn:
        lijn.zeg(b"EHLO x\r\n" + rommel + b"\r\n.\r\nQUIT\r\n")
        answers = []
        while (answer := lijn.antwoord()) and answer[:3] != b"221":
            answers.append(answer)
        assert not [each for each in answers if b"Traceback" in each]
    with verbonden(poort) as client:
        assert client.noop()[0] == 250
