"""A subscriber: a real HTTP server on this machine, which answers as a test wants."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

AUTH = "Bearer geheim-van-de-ontvanger"


@dataclass
class Ontvanger:
    """What arrived (`berichten`, without tests) with its headers, and how it answers: `antwoord(bericht)` gives a
    status. Who does not show AUTH is refused when `streng`."""

    port: int = 0
    berichten: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    proeven: list[str | None] = field(default_factory=list)
    verbindingen: int = 0
    streng: bool = True
    antwoord: Callable[[dict[str, Any]], int] = lambda bericht: 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhook?sleutel=1"

    def objecten(self) -> list[str]:
        """The last part of each resourceUrl that was taken, in the order of arrival."""
        return [each["resourceUrl"].rpartition("/")[2] for each in self.berichten]


@contextmanager
def luistert() -> Iterator[Ontvanger]:
    """A subscriber that listens for as long as this lasts."""
    ontvanger = Ontvanger()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            ontvanger.verbindingen += 1
            super().setup()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            bericht = json.loads(body)
            if ontvanger.streng and self.headers["Authorization"] != AUTH:
                status = 401
            elif bericht["kanaal"] == "test":
                status = 204
            else:
                status = ontvanger.antwoord(bericht)
            if bericht["kanaal"] == "test":
                ontvanger.proeven.append(self.headers["Authorization"])
            elif status == 204:
                ontvanger.berichten.append(bericht)
                ontvanger.headers.append(dict(self.headers))
                ontvanger.bodies.append(body)
            self.send_response_only(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:1/")
            if status != 204:
                self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    ontvanger.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield ontvanger
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
