"""Calls to other servers, at addresses that clients gave us: the one way out, so that nobody uses us to reach what only
we can (server-side request forgery).

A name is resolved once and the connection goes to the address that was checked, so a name that changes in between
(DNS rebinding) gains nothing. Addresses that are not of the public internet are refused, unless their host stands in
`LOKET_API_BEKENDEN` or is our own. Nobody is followed elsewhere: a redirect is an answer like any other. A call ends
within its time, however slowly the other side drips, and of an answer no more is read than we can use.
"""

import io
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException, HTTPResponse
from typing import Any, cast
from urllib.parse import quote, urlsplit

from django.conf import settings

SECONDS = 10.0
"""So long one call may take, from the first byte to the last."""
MAX_BYTES = 1_000_000
"""Bytes of an answer that we read."""
AGENT = "Loket"
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class OutsideError(Exception):
    """A call that gave nothing. `code`: `url` (no address that we can call), `forbidden` (not of the public internet),
    `unreachable` (no answer, or none that is HTTP), `status` (another than success), `answer` (too large, or no JSON).
    The text says what happened, for a person."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Place:
    """Where a URL leads: whom to connect to, and what to ask there."""

    secure: bool
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host as the header Host has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"

    @property
    def known(self) -> bool:
        """Whether the administrator vouches for this host, or it is our own."""
        own = urlsplit(settings.LOKET_URL)
        if (self.host, self.port) == (own.hostname, own.port or (443 if own.scheme == "https" else 80)):
            return True
        host = f"[{self.host}]" if ":" in self.host else self.host
        return not settings.API_BEKENDEN.isdisjoint({host, f"{host}:{self.port}"})


def place(url: str) -> Place:
    """Take a URL apart. Raises OutsideError (`url`)."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode().lower() if ":" not in (parts.hostname or "") else (
            parts.hostname or "")  # fmt: skip
        port = parts.port
    except ValueError:
        raise OutsideError("url", "Dit is geen adres.") from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or parts.password is not None:
        raise OutsideError("url", "Dit adres kunnen wij niet aanroepen.")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    secure = parts.scheme == "https"
    return Place(secure, host, port or (443 if secure else 80), target)


def public(address: Address) -> bool:
    """Whether an address is one of the public internet, also when it stands inside another (IPv4 in IPv6)."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return public(inside)
    return address.is_global and not address.is_multicast


def resolve(where: Place) -> list[str]:
    """The addresses of a host, checked. Raises OutsideError (`unreachable`, `forbidden`)."""
    try:
        found = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise OutsideError("unreachable", f"{where.host} bestaat niet.") from None
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not where.known and not all(public(ipaddress.ip_address(each.partition("%")[0])) for each in addresses):
        raise OutsideError("forbidden", f"{where.host} ligt niet op het openbare internet.")
    return addresses


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Until(io.RawIOBase):
    """What a socket receives, until a moment."""

    def __init__(self, line: socket.socket, moment: float) -> None:
        self.line, self.moment = line, moment

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.moment - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.line.settimeout(left)
        return self.line.recv_into(buffer)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What http.client asks a socket for."""
        return io.BufferedReader(self)


class Line:
    """A connection to the server of a URL that is kept for more calls; for one thread at a time."""

    def __init__(self, url: str) -> None:
        self.place = place(url)
        self.socket: socket.socket | None = None

    def call(
        self,
        method: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        seconds: float = SECONDS,
        max_bytes: int = MAX_BYTES,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises OutsideError (`forbidden`, `unreachable`, `answer`)."""
        until = time.monotonic() + seconds
        request = self._request(method, body, headers or {})
        again = self.socket is not None  # a line that was kept may have been hung up on
        while True:
            try:
                return self._call(method, request, until, max_bytes)
            except OutsideError:
                self.close()
                raise
            except ConnectionError as error:
                self.close()
                if again:
                    again = False
                    continue
                raise OutsideError("unreachable", _words(error)) from None
            except (OSError, HTTPException, ValueError) as error:
                self.close()
                raise OutsideError("unreachable", _words(error)) from None

    def close(self) -> None:
        """Hang up; the next call connects anew."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _request(self, method: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        lines = [f"{method} {self.place.target} HTTP/1.1", f"Host: {self.place.authority}", f"User-Agent: {AGENT}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if any(not each.isprintable() for each in lines):
            raise OutsideError("url", "In een kopregel staat een teken dat niet kan.")
        if body or method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        try:
            return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
        except UnicodeEncodeError:
            raise OutsideError("url", "In een kopregel staat een teken dat niet kan.") from None

    def _call(self, method: str, request: bytes, until: float, max_bytes: int) -> tuple[int, bytes]:
        line = self.socket or self._connect(until)
        self.socket = line
        line.settimeout(max(until - time.monotonic(), 0.01))
        line.sendall(request)
        with HTTPResponse(cast(socket.socket, _Until(line, until)), method=method) as answer:
            answer.begin()
            content = answer.read(max_bytes + 1)
            if len(content) > max_bytes:
                raise OutsideError("answer", f"Het antwoord is groter dan {max_bytes} bytes.")
            if answer.will_close or not answer.isclosed():
                self.close()
            return answer.status, content

    def _connect(self, until: float) -> socket.socket:
        failed: OSError = ConnectionRefusedError()
        for address in resolve(self.place):
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                line = socket.create_connection((address, self.place.port), timeout=left)
            except OSError as error:
                failed = error
                continue
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not self.place.secure:
                return line
            try:
                return _tls().wrap_socket(line, server_hostname=self.place.host)
            except OSError:
                line.close()
                raise
        raise failed


def _words(error: Exception) -> str:
    """What went wrong with a connection, for a person."""
    if isinstance(error, TimeoutError):
        return "Er kwam niet op tijd antwoord."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"Het certificaat klopt niet: {error.verify_message}."
    if isinstance(error, ConnectionRefusedError):
        return "De server neemt geen verbinding aan."
    if isinstance(error, ConnectionError):
        return "De server verbrak de verbinding."
    return f"Er kwam geen antwoord dat wij begrijpen ({type(error).__name__})."


def post_json(url: str, body: object, headers: Mapping[str, str] | None = None, timeout: float = SECONDS) -> int:
    """The status with which a server answers to JSON. Raises OutsideError when there is no answer."""
    line = Line(url)
    try:
        content = {"Content-Type": "application/json", **(headers or {})}
        return line.call("POST", json.dumps(body).encode(), content, timeout)[0]
    finally:
        line.close()


def get_json(url: str, headers: Mapping[str, str] | None = None, timeout: float = SECONDS) -> Any:
    """What stands at a URL. Raises OutsideError when that is not JSON, or not there."""
    line = Line(url)
    try:
        status, content = line.call("GET", b"", {"Accept": "application/json", **(headers or {})}, timeout)
    finally:
        line.close()
    if status != 200:
        raise OutsideError("status", f"De server antwoordt met {status}.")
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise OutsideError("answer", "Het antwoord is geen JSON.") from None
