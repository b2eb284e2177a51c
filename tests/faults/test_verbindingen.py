"""Connections that browsers keep open, and people who send nothing: they keep nobody out."""

import contextlib
import socket
import time

import pytest

from tests.assembly.running import until
from tests.faults.conftest import Proef

pytestmark = pytest.mark.proces

OPEN = 300


def _pad(proef: Proef) -> bytes:
    return f"GET /static/web/loket.css HTTP/1.1\r\nHost: localhost:{proef.loket.port}\r\n\r\n".encode()


@pytest.mark.parametrize("stil", [False, True], ids=["kept after a request", "that never send anything"])
def test_hundreds_of_idle_connections_keep_no_new_visitor_waiting(proef: Proef, stil: bool) -> None:
    with contextlib.ExitStack() as alle:
        for _ in range(OPEN):
            each = alle.enter_context(socket.create_connection(("127.0.0.1", proef.loket.port), timeout=10))
            if not stil:
                each.sendall(_pad(proef))
                assert each.recv(65536).startswith(b"HTTP/1.1 200")
        for _ in range(10):
            begin = time.monotonic()
            assert proef.browser().get("/static/web/loket.css").status == 200
            assert time.monotonic() - begin < 3


def test_a_connection_that_is_not_used_is_closed(proef: Proef) -> None:
    with socket.create_connection(("127.0.0.1", proef.loket.port), timeout=30) as idle:
        idle.sendall(b"GET / HTTP/1.1\r\nHost: loc")

        def closed() -> bool:
            return idle.recv(65536) == b""

        until(closed, 20, "closed")
