"""A client of the APIs without a network: it calls the lane as granian does."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import jwt

from loket.assembly.apis import lane
from loket.foundation.access.actor import Actor
from loket.foundation.time.clock import now
from loket.registers.autorisaties import commands
from tests.connection import one_connection

HOST = "https://localhost"
GEHEIM = "een-geheim-dat-lang-genoeg-is-voor-hs256"


def pages(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """What stands behind the lane."""
    start_response("200 OK", [])
    return [b"a page"]


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    def codes(self) -> set[tuple[str, str]]:
        """Name and code of each wrong parameter; the answer must be a problem."""
        assert self.headers["Content-Type"] == "application/problem+json"
        return {(each["name"], each["code"]) for each in self.json["invalidParams"]}


class Client:
    """An application with a secret; `root` is put before every path."""

    def __init__(self, client_id: str = "", root: str = "", geheim: str = GEHEIM) -> None:
        self.client_id, self.root, self.geheim = client_id, root, geheim
        self.lane = lane(pages)

    def token(self, **payload: Any) -> str:
        """A JWT as clients of the field make them."""
        gezegd = {"iss": self.client_id, "client_id": self.client_id, "iat": int(now().timestamp()), "user_id": "u1"}
        return jwt.encode({**gezegd, **payload}, self.geheim, algorithm="HS256")

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """One call. `headers` in WSGI's spelling; HTTP_AUTHORIZATION is made when the client has a name."""
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        path, _, query = path.removeprefix(HOST + self.root).partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": self.root + path,
            "QUERY_STRING": query,
            "HTTP_HOST": HOST.partition("://")[2],
            "SERVER_NAME": "localhost",
            "CONTENT_TYPE": "application/json" if body is not None else "",
            "CONTENT_LENGTH": str(len(raw)),
            "wsgi.url_scheme": "https",
            "wsgi.input": BytesIO(raw),
        }
        if self.client_id:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {self.token()}"
        reply = Reply(0, {}, b"")

        def start(status: str, headers: list[tuple[str, str]], _fault: Any = None, /) -> Callable[[bytes], object]:
            reply.status, reply.headers = int(status.split()[0]), dict(headers)
            return BytesIO().write

        with one_connection():
            reply.body = b"".join(self.lane(environ | headers, start))
        return reply


def met_alles(organisatie: Any, root: str, client_id: str = "alles") -> Client:
    """A client that may do everything."""
    systeem = Actor.system("test", organisatie)
    id = commands.maak_applicatie(systeem, organisatie=organisatie, label="Alles", client_ids=[client_id], alle=True)
    commands.geef_geheim(systeem, id, GEHEIM)
    return Client(client_id, root)
