"""`loket mail-in` as it runs: killed, stopped, and with the database away."""

import contextlib
import os
import signal
import smtplib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from loket.foundation.database.ids import uuid7
from tests.assembly.running import Running, data_folder, loket, stopped, until

pytestmark = pytest.mark.proces

POST = "post@lw.voorbeeld.nl"
HALF = b"EHLO x\r\nMAIL FROM:<a@b.nl>\r\nRCPT TO:<post@lw.voorbeeld.nl>\r\nDATA\r\nSubject: half\r\n"
_POSTVAK = """
with o as (insert into loket_identity_organisatie (id, naam, soort, rsin, afkorting, hoofd, telefoon, email, adres,
        openingstijden, nieuws)
        values (%(o)s, 'Lindewaard', 'gemeente', '000000012', 'LW', false, '', '', '', '{}', '[]') returning id),
    t as (insert into loket_identity_team (id, organisatie_id, naam, lijn, domeinen, email)
        select %(t)s, id, 'Post', 1, '{}', '' from o returning id)
insert into loket_inbox_postvak (id, organisatie_id, adres, naam, team_id, actief)
    select %(p)s, o.id, 'post@lw.voorbeeld.nl', 'Post', t.id, true from o, t"""


@pytest.fixture(scope="module")
def loket_met_post(seed: Path) -> Iterator[Running]:
    with data_folder(seed) as data:
        started = Running(data, mail_in="smtp", LOKET_LOG="WARNING")
        try:
            started.ready()
            with psycopg.connect(started.url(), autocommit=True) as connection:
                connection.execute(_POSTVAK, {"o": uuid7(), "t": uuid7(), "p": uuid7()})
            yield started
        finally:
            started.popen.kill()
            started.popen.wait()


@pytest.fixture
def draait(loket_met_post: Running) -> Running:
    loket_met_post.until_healthy()
    until(lambda: _code(loket_met_post, "probe") == 250, 30, "mail is taken in")
    return loket_met_post


def _mail(naam: str) -> bytes:
    return f"From: joke@b.nl\r\nMessage-ID: <{naam}@b.nl>\r\nSubject: Lamp\r\n\r\nStuk.\r\n".encode() + b"x" * 5000


def _code(running: Running, naam: str) -> int:
    """What the listener answers to a mail, at whatever moment; 0 when nothing."""
    try:
        with smtplib.SMTP("127.0.0.1", running.port + 3, "b.nl", timeout=30) as client:
            client.sendmail("joke@b.nl", [POST], _mail(naam))
            return 250
    except smtplib.SMTPRecipientsRefused as refused:
        return next(iter(refused.recipients.values()))[0]
    except smtplib.SMTPResponseException as refused:
        return refused.smtp_code
    except (OSError, smtplib.SMTPException):
        return 0


def _stored(running: Running) -> dict[bytes, int]:
    """The sizes of the files by their fingerprints."""
    with psycopg.connect(running.url(), autocommit=True) as connection:
        found = connection.execute("select vingerafdruk, sha256, grootte from loket_inbox_post").fetchall()
        events = connection.execute("select count(*) from loket_events_event where type = 'nl.loket.post.ontvangen'")
        assert (events.fetchone() or (0,))[0] == len(found)
    for _print, sha256, size in found:
        assert (running.data / "bestanden" / sha256[:2] / sha256[2:4] / sha256).stat().st_size == size
    return {each[0]: each[2] for each in found}


def test_nothing_is_lost_or_doubled_when_the_listener_is_killed_in_the_middle_of_500_mails(draait: Running) -> None:
    before = len(_stored(draait))
    again = 0
    for n in range(500):
        if n in (100, 300):
            os.kill(draait.parent_of("mail-in"), signal.SIGKILL)
        if n == 200:  # in the middle of a text
            with socket.create_connection(("127.0.0.1", draait.port + 3)) as line:
                line.sendall(HALF)
                os.kill(draait.parent_of("mail-in"), signal.SIGKILL)
        deadline = time.monotonic() + 30
        while _code(draait, f"mail-{n}") != 250:  # as a mail server does
            again += 1
            assert time.monotonic() < deadline, draait.said()[-2000:]
    assert again >= 1
    assert len(_stored(draait)) == before + 500


def test_without_database_it_answers_451_and_goes_on_afterwards(draait: Running) -> None:
    before = len(_stored(draait))
    server = draait.parent_of("postgres")
    with stopped(draait.of("postgres")):
        began = time.monotonic()
        assert _code(draait, "weg") == 451
        assert time.monotonic() - began < 10
    until(lambda: _code(draait, "weg") == 250, 30, "mail is taken in again")
    os.kill(server, signal.SIGKILL)
    until(lambda: _code(draait, "terug") == 250, 40, "mail is taken in after a new start of the database")
    assert len(_stored(draait)) == before + 2


def test_it_stops_within_seconds_while_somebody_is_talking(draait: Running) -> None:
    with contextlib.ExitStack() as stack:
        line = stack.enter_context(socket.create_connection(("127.0.0.1", draait.port + 3), timeout=20))
        line.sendall(HALF)
        answers = stack.enter_context(line.makefile("rb"))
        assert any(answer.startswith(b"354") for answer in answers)
        before = draait.of("mail-in")
        os.kill(draait.parent_of("mail-in"), signal.SIGTERM)
        began = time.monotonic()
        assert answers.readline().startswith(b"421")
        until(lambda: not before & draait.of("mail-in"), 5, "the old one gone")
        assert time.monotonic() - began < 5


def test_doctor_and_the_ports_know_it(draait: Running) -> None:
    here = f"smtp://127.0.0.1:{draait.port + 3}"
    done = loket("doctor", "--data", str(draait.data), MAIL_URL="smtp://localhost:2525", LOKET_MAIL_IN=here)
    assert f"Mail is taken in at {here}." in done.stdout, done.stdout
    with data_folder() as data:
        done = loket("run", "--data", str(data), "--port", str(draait.port + 4), "--empty", LOKET_MAIL_IN=here)
        assert done.returncode == 1
        assert "(incoming mail)" in done.stderr, done.stderr
        done = loket("run", "--data", str(data), "--port", str(draait.port + 4), "--empty", LOKET_MAIL_IN="aan")
        assert "LOKET_MAIL_IN is 'aan'" in done.stderr, done.stderr
        done = loket("mail-in", "--data", str(data), LOKET_MAIL_IN="off")
        assert "LOKET_MAIL_IN does not say where" in done.stderr, done.stderr
