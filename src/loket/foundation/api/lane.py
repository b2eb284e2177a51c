"""The WSGI application for the APIs; everything else goes on to the pages.

It uses this thread's connection of Django's pool and gives it back on every path, as Django's own handler does.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import msgspec
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.http.request import split_domain_port, validate_host

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.api import problem
from loket.foundation.api.contract import METHODS, Contract, Operation
from loket.foundation.api.filters import day
from loket.foundation.api.problem import Fault, Problem, invalid, refuse
from loket.foundation.api.resource import Caller
from loket.foundation.api.sealed import revealed
from loket.foundation.api.shape import faults
from loket.foundation.audit.trail import record_refusal
from loket.foundation.database.middleware import AWAY
from loket.foundation.database.watch import watch
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.storage.folder import Stored
from loket.foundation.time.clock import today

log = logging.getLogger(__name__)

JSON = "application/json"
PER_PAGE, MAX_PER_PAGE = 100, 500
MAX_BODY = 10 * 1024 * 1024
"""Bytes of JSON that one call may hold."""
HEADERS = ("HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_ACCEPT_CRS", "HTTP_CONTENT_CRS")
"""Those that handlers get to see."""
MAX_TOELICHTING = 1000
"""Characters of the header `X-Audit-Toelichting` that are kept."""


@dataclass(frozen=True)
class Call:
    """What was asked, by whom. `origin` is this Loket as the caller knows it, `root` the API there; `key` the uuid in
    the path and `under` that of what it stands below; `given` what was sent, of the right shape (an empty dict when the
    operation takes nothing), `stored` the file that came with it, `headers` those of `HEADERS`."""

    actor: Actor
    operation: Operation
    origin: str
    root: str
    key: UUID | None
    under: UUID | None
    query: Mapping[str, str]
    given: dict[str, Any]
    stored: Stored | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def page(self) -> int:
        """The page that is asked for, from 1. Raises Problem."""
        text = self.query.get("page", "1")
        if not (text.isascii() and text.isdecimal() and int(text[:9]) > 0 and len(text) < 10):
            raise invalid("page", "invalid", "Een pagina is een getal vanaf 1.")
        return int(text)

    def per_page(self) -> int:
        """How many objects a page holds: what `pageSize` asks, where the operation knows it. Raises Problem."""
        text = self.query.get("pageSize", str(PER_PAGE))
        if not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= MAX_PER_PAGE):
            raise invalid("pageSize", "invalid", f"Een pagina heeft 1 tot {MAX_PER_PAGE} objecten.")
        return int(text)

    def caller(self) -> Caller:
        """From whom and where the question comes; the day is today, or `datumGeldigheid`."""
        given = self.query.get("datumGeldigheid")
        dag = day("datumGeldigheid", given) if given is not None else today()
        everything, covers = self.actor.covers(self.operation.scopes)
        return Caller(self.actor.organisatie, self.origin, dag, everything, self.actor.published, covers)

    def paginated(self, count: int, per_page: int, results: object) -> dict[str, Any]:
        """A page as the standard wraps it. Raises Problem (404) for a page that is not there."""
        page = self.page()
        if page > max(1, -(-count // per_page)):
            raise Problem(404, "Deze pagina is er niet.")

        def link(to: int) -> str:
            query = {**self.query, "page": str(to)} if to > 1 else {k: v for k, v in self.query.items() if k != "page"}
            path = self.operation.path.replace("{zaak_uuid}", str(self.under))
            return f"{self.root}{path}" + (f"?{urlencode(query)}" if query else "")

        return {
            "count": count,
            "next": link(page + 1) if page * per_page < count else None,
            "previous": link(page - 1) if page > 1 else None,
            "results": results,
        }


@dataclass(frozen=True)
class Answer:
    """What is answered: JSON as it goes out, or as builtins that become JSON; or `stream`, the bytes of a file, whose
    length and type are among the headers."""

    body: bytes | object = b""
    stream: Iterable[bytes] | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


type Handler = Callable[[Call], Answer]
type TakesFile = Callable[[WSGIEnvironment], tuple[bytes, Stored | None]]
"""Reads a body: what is left of it as JSON, and the file in the storage. Raises Problem."""
type Authenticate = Callable[[str], Actor]


@dataclass(frozen=True)
class Api:
    """One API: its root (`/autorisaties/api/v1`), its contract, and the handler of each operationId. What has no
    handler is not there, and not in the contract as it is served. `files`: the operations with which a file comes, and
    what reads those."""

    root: str
    contract: Contract
    handlers: Mapping[str, Handler]
    files: Mapping[str, TakesFile] = field(default_factory=dict)

    @cached_property
    def operations(self) -> list[Operation]:
        """What is served."""
        return [each for each in self.contract.operations if each.id in self.handlers]

    @cached_property
    def routes(self) -> list[tuple[re.Pattern[str], dict[str, Operation]]]:
        """What is served at each path, by method; a path with a word before one with a key in that place."""
        at: dict[str, dict[str, Operation]] = {}
        for each in sorted(self.operations, key=lambda each: each.path.replace("{", "~")):
            at.setdefault(each.path, {})[each.method] = each
        return [(next(iter(each.values())).pattern, each) for each in at.values()]

    def document(self, root: str) -> dict[str, Any]:
        """The contract as it is served, at the address `root`."""
        served = {(each.path, each.method.lower()) for each in self.operations}
        paths = {
            path: {
                method: found
                for method, found in at.items()
                if (path, "get" if method == "head" else method) in served or method not in (*METHODS, "head")
            }
            for path, at in self.contract.document["paths"].items()
            if any(path == each for each, _ in served)
        }
        return {**self.contract.document, "servers": [{"url": root}], "paths": paths}


type Reply = tuple[int, dict[str, str], bytes | Iterable[bytes]]


class Lane:
    """`apis` before `pages`. `authenticate` turns the Authorization header into who acts; it raises Problem (401)."""

    def __init__(self, apis: Iterable[Api], authenticate: Authenticate, pages: WSGIApplication) -> None:
        self.apis = {api.root: api for api in apis}
        self.authenticate = authenticate
        self.pages = pages

    def __call__(self, asked: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        path = asked.get("PATH_INFO", "")
        api = self.apis.get("/".join(path.split("/", 4)[:4]))
        if api is None:
            return self.pages(asked, start_response)
        request_started.send(sender=Lane, environ=asked)
        try:
            status, headers, body = self._answer(api, asked, path.removeprefix(api.root))
        finally:
            request_finished.send(sender=Lane)
        headers = {"API-version": api.contract.version, **headers}
        if status not in (204, 304) and isinstance(body, bytes):
            headers["Content-Length"] = str(len(body))
        start_response(f"{status} {HTTPStatus(status).phrase}", list(headers.items()))
        if asked["REQUEST_METHOD"] == "HEAD":
            return []
        return [body] if isinstance(body, bytes) else body

    def _answer(self, api: Api, asked: WSGIEnvironment, path: str) -> Reply:
        try:
            origin = _origin(asked)
            if (document := _document(api, path, origin + api.root)) is not None:
                return 200, {"Content-Type": document[0], "Access-Control-Allow-Origin": "*"}, document[1]
            if watch.away:
                raise Problem(503, headers={"Retry-After": "5"})
            return self._call(api, asked, path, origin)
        except Problem as found:
            refusal = found
        except Forbidden as found:
            refusal = Problem(403, str(found))
        except NotFound:
            refusal = Problem(404)
        except Refused as found:
            refusal = invalid(found.field or "nonFieldErrors", found.code, found.message)
        except AWAY as found:
            log.error("The database is away: %s", found)
            watch.suspect()
            refusal = Problem(503, headers={"Retry-After": "5"})
        except Exception:
            log.exception("%s %s failed", asked["REQUEST_METHOD"], asked.get("PATH_INFO"))
            refusal = Problem(500)
        return refusal.status, {"Content-Type": problem.TYPE, **refusal.headers}, refusal.body()

    def _call(self, api: Api, asked: WSGIEnvironment, path: str, origin: str) -> Reply:
        method = asked["REQUEST_METHOD"]
        operation, keys = _route(api, method, path)
        actor = self.authenticate(asked.get("HTTP_AUTHORIZATION", "")) if operation.scopes else ANONYMOUS
        if operation.scopes and not any(actor.may(scope) for scope in operation.scopes):
            record_refusal(actor, method, api.root + path, "scope")
            raise Problem(403, f"Hiervoor is nodig: {' of '.join(sorted(operation.scopes))}.")
        if operation.json and not _accepts_json(asked.get("HTTP_ACCEPT", "")):
            raise Problem(406)
        query = _query(operation, asked.get("QUERY_STRING", ""))
        given, stored = _given(api, operation, asked)
        under = next((key for name, key in keys.items() if name != "uuid"), None)
        if toelichting := asked.get("HTTP_X_AUDIT_TOELICHTING", ""):
            actor = replace(actor, toelichting=toelichting[:MAX_TOELICHTING].replace("\x00", ""))
        asks: dict[str, str] = {name: str(asked[name]) for name in HEADERS if name in asked}
        call = Call(actor, operation, origin, origin + api.root, keys.get("uuid"), under, query, given, stored, asks)
        answer = api.handlers[operation.id](call)
        if answer.stream is not None:
            return answer.status, dict(answer.headers), answer.stream
        body = revealed(answer.body if isinstance(answer.body, bytes) else msgspec.json.encode(answer.body))
        headers = dict(answer.headers)
        if body:
            headers["Content-Type"] = JSON
        if method in ("GET", "HEAD"):
            headers["ETag"] = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
            if _same(asked.get("HTTP_IF_NONE_MATCH", ""), headers["ETag"]):
                return 304, headers, b""
        return answer.status, headers, body


def _origin(asked: WSGIEnvironment) -> str:
    """Scheme and host as the caller knows them, for the addresses in answers. Raises Problem for a host that is not
    ours: it would stand in what others keep."""
    host = str(asked.get("HTTP_HOST") or asked["SERVER_NAME"])
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        raise invalid("nonFieldErrors", "invalid", "Onder deze naam is Loket niet bekend (Host).")
    header, value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    scheme = value if header and asked.get(header) == value else asked["wsgi.url_scheme"]
    return f"{scheme}://{host}"


def _route(api: Api, method: str, path: str) -> tuple[Operation, dict[str, UUID]]:
    """The operation at a path, and the keys in it. HEAD is answered where GET is. Raises Problem (404, 405)."""
    for pattern, operations in api.routes:
        if found := pattern.fullmatch(path.rstrip("/")):
            operation = operations.get("GET" if method == "HEAD" else method)
            if operation is None:
                allowed = operations.keys() | ({"HEAD"} if "GET" in operations else set())
                raise Problem(405, headers={"Allow": ", ".join(sorted(allowed))})
            try:
                return operation, {name: UUID(key) for name, key in found.groupdict().items()}
            except ValueError:
                break
    raise Problem(404)


def _query(operation: Operation, text: str) -> dict[str, str]:
    """The parameters; each once, and none that the operation does not know (API strategy). Raises Problem."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=100)
    except ValueError:
        raise invalid("nonFieldErrors", "invalid", "Deze zoekvraag kunnen wij niet lezen.") from None
    names = [name for name, _ in pairs]
    wrong = [Fault(name, "unknown-parameters", "Deze parameter bestaat hier niet.") for name in names
             if name not in operation.query]  # fmt: skip
    wrong += [Fault(name, "required", "Deze parameter is vereist.") for name in operation.required - set(names)]
    wrong += [
        Fault(name, "null_characters_not_allowed", "In deze tekst staat een teken dat niet kan.")
        for name, value in pairs
        if "\x00" in value
    ]
    refuse(wrong)
    return dict(pairs)


def _given(api: Api, operation: Operation, asked: WSGIEnvironment) -> tuple[dict[str, Any], Stored | None]:
    """What was sent, checked against the contract, and the file that came with it. Raises Problem."""
    if operation.body is None or (not operation.needed and asked.get("CONTENT_LENGTH", "") in ("", "0")):
        return {}, None
    stored = None
    if (takes := api.files.get(operation.id)) is not None:
        raw, stored = takes(asked)
    elif asked.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != JSON:
        raise Problem(415, headers={"Accept": JSON})
    else:
        length = asked.get("CONTENT_LENGTH") or ""
        raw = asked["wsgi.input"].read(min(int(length), MAX_BODY + 1) if length.isdecimal() else MAX_BODY + 1)
        if len(raw) > MAX_BODY:
            raise Problem(413)
    try:
        given = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise invalid("nonFieldErrors", "parse_error", f"Dit is geen JSON: {error}.") from None
    refuse(faults(api.contract, operation.body, given, partial=operation.partial))
    assert isinstance(given, dict)
    return given, stored


def _document(api: Api, path: str, root: str) -> tuple[str, bytes] | None:
    """The contract itself, for whoever asks: as JSON with the address where it is served, and as published."""
    if path == "/openapi.json":
        return JSON, msgspec.json.encode(api.document(root))
    if path in ("/openapi.yaml", "/schema/openapi.yaml"):
        return "application/yaml", api.contract.yaml()
    return None


def _accepts_json(accept: str) -> bool:
    ranges = {each.partition(";")[0].strip().lower() for each in accept.split(",") if each.strip()}
    return not ranges or bool(ranges & {"*/*", "application/*", JSON, problem.TYPE})


def _same(asked: str, etag: str) -> bool:
    return asked.strip() == "*" or etag in [each.strip().removeprefix("W/") for each in asked.split(",")]
