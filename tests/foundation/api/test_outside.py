"""Calls to other servers: whom we do not call, and what we do not put up with."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from loket.foundation.api.outside import Line, OutsideError, get_json, place, post_json, public, resolve


@contextmanager
def server(*answers: bytes, drip: bool = False) -> Iterator[tuple[str, list[bytes]]]:
    """Says `answers`, one for each request, over any number of connections; its address, and what was asked."""
    asked: list[bytes] = []
    waiting = list(answers)
    stop = threading.Event()
    ears = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while not stop.is_set():
            try:
                line, _ = ears.accept()
            except OSError:
                return
            with line:
                while waiting and (request := line.recv(65536)):
                    asked.append(request)
                    line.sendall(waiting.pop(0))
                    if drip:
                        stop.wait(10)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{ears.getsockname()[1]}", asked
    finally:
        stop.set()
        ears.shutdown(socket.SHUT_RDWR)
        ears.close()
        thread.join(timeout=5)


@pytest.fixture(autouse=True)
def known(settings: Any) -> Any:
    settings.API_BEKENDEN = frozenset({"127.0.0.1"})
    return settings


def code(url: str, **options: Any) -> str:
    with pytest.raises(OutsideError) as found:
        get_json(url, **options)
    assert str(found.value)
    return found.value.code


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1"),
    ],
)
def test_what_is_not_of_the_public_internet_is_not_called(address: str, known: Any) -> None:
    known.API_BEKENDEN = frozenset()
    assert not public(ipaddress.ip_address(address))
    host = f"[{address}]" if ":" in address else address
    assert code(f"http://{host}/") == "forbidden"


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_what_is_of_the_public_internet_may_be_called(address: str) -> None:
    assert public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost", "LOCALHOST", "localhost."])
def test_an_address_in_disguise_is_seen_through(host: str, known: Any) -> None:
    known.API_BEKENDEN = frozenset()
    known.LOKET_URL = "https://loket.voorbeeld.nl"
    assert code(f"http://{host}:5432/") in ("forbidden", "unreachable")


def test_a_name_with_one_inner_address_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, 1, 6, "", (each, 80)) for each in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)
    assert code("http://twee.voorbeeld.nl/") == "forbidden"


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["8.8.8.8", "127.0.0.1"])
    connected: list[Any] = []
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *args, **options: [(socket.AF_INET, 1, 6, "", (next(answers), 80))]
    )

    def connect(address: Any, timeout: float) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    assert code("http://wisselt.voorbeeld.nl/") == "unreachable"
    assert connected == [("8.8.8.8", 80)], "asked once, and not by name again"


def test_our_own_host_and_those_of_the_administrator_may_be_called(known: Any) -> None:
    known.API_BEKENDEN = frozenset({"zaken.intern", "10.0.0.5:8443", "[::1]"})
    known.LOKET_URL = "https://loket.intern"
    for url in ("https://loket.intern/x", "http://zaken.intern:81/", "https://10.0.0.5:8443/", "http://[::1]:9/"):
        assert place(url).known, url
    for url in ("http://loket.intern/", "https://10.0.0.5/", "http://intern/"):
        assert not place(url).known, url


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://x/", "http:///x", "file:///etc/passwd", "http://u:w@x.nl/", "http://x.nl:99999/", "http://[x/"),
        *("gopher://x", "", "http://" + "x" * 70 + ".nl/"),
    ],
)
def test_what_is_no_address_is_not_called(url: str) -> None:
    assert code(url) == "url"


def test_a_path_cannot_become_another_request() -> None:
    assert place("http://x.nl/a b\u2028é?q=é#deel").target == "/a%20b%E2%80%A8%C3%A9?q=%C3%A9"
    assert place("http://xn--bcher-kva.nl").host == place("http://bücher.nl").host
    with pytest.raises(OutsideError):
        Line("http://127.0.0.1/").call("POST", b"", {"Authorization": "a\r\nX: b"})


OK = b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"a": 1}'


def test_json_is_fetched_and_sent() -> None:
    with server(OK, b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") as (url, asked):
        assert get_json(f"{url}/x?y=1", {"Authorization": "Bearer x"}) == {"a": 1}
        assert asked[0].startswith(b"GET /x?y=1 HTTP/1.1\r\nHost: 127.0.0.1:")
        assert b"Authorization: Bearer x\r\n" in asked[0]
        assert post_json(url, {"b": "é"}) == 403
        assert asked[1].endswith(b'\r\n\r\n{"b": "\\u00e9"}') and b"Content-Length: 15" in asked[1]


def test_a_line_that_was_kept_serves_again_and_is_made_anew_when_it_was_hung_up() -> None:
    with server(OK, OK) as (url, asked):
        line = Line(url)
        line.call("GET")
        first = line.socket
        line.call("GET")
        assert line.socket is first and len(asked) == 2
        line.close()
    with server(OK, OK) as (url, asked):
        line = Line(url)
        line.call("GET")
        assert line.socket is not None
        line.socket.shutdown(socket.SHUT_RDWR)
        line.call("GET")
        line.close()
        assert len(asked) == 2


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n", "status"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "status"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhoi!", "answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n" + b"x" * 2_000_000, "answer"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "unreachable"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "unreachable"),
    ],
)
def test_an_answer_of_which_nothing_can_be_made_is_no_answer(answer: bytes, expected: str) -> None:
    with server(answer) as (url, asked):
        assert code(url) == expected
        assert len(asked) == 1, "nobody is followed elsewhere"


def test_nobody_is_waited_for_longer_than_was_said() -> None:
    with server(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx", drip=True) as (url, _):
        assert code(url, timeout=0.1) == "unreachable"


def test_what_listens_nowhere_is_said_in_words() -> None:
    with pytest.raises(OutsideError, match="neemt geen verbinding aan"):
        get_json("http://127.0.0.1:1/")
    with pytest.raises(OutsideError, match="bestaat niet"):
        resolve(place("http://bestaat-niet.invalid/"))
