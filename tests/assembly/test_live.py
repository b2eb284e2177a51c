"""Live updates, over a real connection to a real process; and the token that opens them."""

import http.client
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import quote
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assembly.running import Running, data_folder

from loket.assembly.live import Client, Place, place_of, same_machine
from loket.foundation.web import livetoken

FAR = 4_000_000_000

# --- the token -----------------------------------------------------------------------------------------


@given(st.sets(st.text(max_size=60), max_size=5), st.text(min_size=1), st.integers(1, FAR))
def test_a_token_gives_back_what_was_signed(channels: set[str], secret: str, expires: int) -> None:
    token = livetoken.sign(channels, secret=secret, expires=expires)
    assert livetoken.verify(token, secret=secret, now=expires - 1) == (frozenset(channels), expires)
    assert livetoken.verify(token, secret=secret, now=expires) is None
    assert livetoken.verify(token, secret=secret + "x", now=0) is None


@given(st.data())
def test_a_changed_token_is_worth_nothing(data: st.DataObject) -> None:
    token = livetoken.sign([f"zaak:{uuid4()}"], secret="s", expires=FAR)
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.characters(codec="ascii"))
    changed = token[:place] + letter + token[place + 1 :]
    answer = livetoken.verify(changed, secret="s", now=0)
    assert answer is None or answer == livetoken.verify(token, secret="s", now=0)  # unused bits of the last letter


@given(st.text())
def test_nonsense_is_no_token(text: str) -> None:
    assert livetoken.verify(text, secret="s", now=0) is None


# --- small parts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [("12.5", Place(12, 5)), ("", None), ("12", None), ("12.", None), ("-1.5", None), ("1.5.6", None), ("².1", None)],
)
def test_only_an_id_of_ours_is_a_place(text: str, place: Place | None) -> None:
    assert place_of(text) == place


def test_a_client_that_does_not_read_is_let_go() -> None:
    client = Client(frozenset(), FAR)
    for number in range(client.queue.maxsize):
        client.offer((Place(1, number), b""))
    assert not client.gone.is_set()
    client.offer((Place(2, 1), b""))
    assert client.gone.is_set()


def test_this_machine_has_several_names() -> None:
    assert "http://127.0.0.1:8000" in same_machine("http://localhost:8000")
    assert same_machine("https://loket.voorbeeld.nl") == {"https://loket.voorbeeld.nl"}


# --- a real stream -------------------------------------------------------------------------------------


class Stream:
    """A browser that listens."""

    def __init__(self, running: Running, channels: list[str], *, since: str = "", expires: int = FAR) -> None:
        secret = (running.data / "secret").read_text().strip()
        token = livetoken.sign(channels, secret=secret, expires=expires)
        self.connection = http.client.HTTPConnection("127.0.0.1", running.port + 1, timeout=30)
        headers = {"Origin": f"http://localhost:{running.port}"} | ({"Last-Event-ID": since} if since else {})
        self.connection.request("GET", f"/live?token={quote(token)}", headers=headers)
        self.answer = self.connection.getresponse()
        self.lines: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()
        if self.answer.status == 200:
            assert self.line() == "retry: 2000"

    def _read(self) -> None:
        try:
            while raw := self.answer.readline():
                if (text := raw.decode().strip()) not in ("", ":"):  # neither the end of an event nor a heartbeat
                    self.lines.put(text)
        except (OSError, ValueError, http.client.HTTPException, AttributeError):
            pass
        self.lines.put("END")

    def line(self, seconds: float = 10) -> str:
        """The next line that is not empty; END at the end of the stream."""
        return self.lines.get(timeout=seconds)

    def event(self) -> tuple[str, dict[str, str]]:
        """The id and the body of the next event."""
        return self.line().removeprefix("id: "), json.loads(self.line().removeprefix("data: "))

    def silent(self) -> bool:
        """Whether nothing has come."""
        try:
            self.lines.get_nowait()
        except Empty:
            return True
        return False


def publish(connection: psycopg.Connection[tuple[object, ...]], subject: UUID, organisatie: UUID, kind: str) -> None:
    connection.execute(
        "insert into loket_events_event (id, type, subject, organisatie, time, data)"
        " values (%s, %s, %s, %s, now(), '{\"geheim\": true}')",
        (uuid4(), kind, subject, organisatie),
    )
    connection.execute("select pg_notify('loket', '')")


@pytest.fixture
def database(healthy: Running) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(healthy.url(), autocommit=True) as connection:
        yield connection


@pytest.mark.proces
def test_hears_its_own_channels_and_nothing_else(
    healthy: Running, database: psycopg.Connection[tuple[object, ...]]
) -> None:
    mine, other, organisatie, elsewhere = uuid4(), uuid4(), uuid4(), uuid4()
    stream = Stream(healthy, [f"zaak:{mine}", f"org:{organisatie}"])
    publish(database, other, elsewhere, "not.for.me")
    publish(database, mine, elsewhere, "my.case")
    publish(database, other, organisatie, "my.organisation")
    assert stream.event()[1] == {"type": "my.case", "subject": str(mine)}
    assert stream.event()[1] == {"type": "my.organisation", "subject": str(other)}
    assert stream.silent()
    assert stream.answer.headers["Access-Control-Allow-Origin"] == f"http://localhost:{healthy.port}"


@pytest.mark.proces
def test_nothing_is_skipped_when_a_lower_number_commits_later(healthy: Running) -> None:
    subject, organisatie = uuid4(), uuid4()
    stream = Stream(healthy, [f"zaak:{subject}"])
    with psycopg.connect(healthy.url()) as slow, psycopg.connect(healthy.url()) as quick:
        publish(slow, subject, organisatie, "first.number")
        publish(quick, subject, organisatie, "second.number")
        quick.commit()
        slow.commit()
    assert {stream.event()[1]["type"] for _ in range(2)} == {"first.number", "second.number"}


@pytest.mark.proces
def test_after_a_kill_a_client_gets_what_it_missed(
    healthy: Running, database: psycopg.Connection[tuple[object, ...]]
) -> None:
    subject, organisatie = uuid4(), uuid4()
    stream = Stream(healthy, [f"zaak:{subject}"])
    publish(database, subject, organisatie, "heard")
    last, _ = stream.event()
    os.kill(healthy.parent_of("live"), signal.SIGKILL)
    for number in range(4):
        publish(database, subject, organisatie, f"missed.{number}")
    heard = []
    while (line := stream.line()) != "END":  # what its workers still said before they went too
        last, event = line.removeprefix("id: "), json.loads(stream.line().removeprefix("data: "))
        heard.append(event["type"])
    healthy.until_healthy(30)
    again = Stream(healthy, [f"zaak:{subject}"], since=last)
    heard += [again.event()[1]["type"] for _ in range(4 - len(heard))]
    assert heard == [f"missed.{number}" for number in range(4)]
    publish(database, subject, organisatie, "new")
    assert again.event()[1]["type"] == "new"
    assert again.silent()


@pytest.mark.proces
def test_a_cut_connection_to_the_database_loses_nothing(
    healthy: Running, database: psycopg.Connection[tuple[object, ...]]
) -> None:
    subject, organisatie = uuid4(), uuid4()
    stream = Stream(healthy, [f"zaak:{subject}"])
    cut = database.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'loket live'"
    ).fetchall()
    assert cut
    publish(database, subject, organisatie, "during")
    assert stream.event()[1]["type"] == "during"


@pytest.mark.proces
def test_a_stream_ends_when_its_token_does(healthy: Running) -> None:
    stream = Stream(healthy, ["zaak:x"], expires=int(time.time()) + 2)
    assert stream.line() == "END"


@pytest.mark.proces
@pytest.mark.parametrize(
    ("path", "status"), [("/live", 403), ("/live?token=a.b", 403), ("/live?token=%00", 403), ("/other", 404)]
)
def test_without_a_token_nothing_is_told(healthy: Running, path: str, status: int) -> None:
    assert healthy.get(path, port=healthy.port + 1)[0] == status


@pytest.mark.proces
def test_an_open_stream_does_not_hold_up_the_stop(seed: Path) -> None:
    with data_folder(seed) as data:
        started = Running(data).ready()
        stream = Stream(started, ["zaak:x"])
        family = set(started.family())
        assert started.stop() == 0
        assert stream.line() == "END"
        assert family
