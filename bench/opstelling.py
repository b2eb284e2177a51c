"""What the measurements share: databases of several sizes, requests without a network, and the figures."""

import contextlib
import importlib
import json
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from loket.assembly.installation import Installation
from loket.foundation.database import embedded

type App = Callable[..., Iterable[bytes]]

CSRF = "b" * 32
"""The secret of the form protection: cookie and field carry the same one, as in a browser."""


def zeg(tekst: str) -> None:
    """Progress, on its own line; the result alone goes last."""
    print(tekst, file=sys.stderr, flush=True)


def twee_kernen() -> int:
    """Keep this process, and all that it starts, on at most two cores. Gives how many it has."""
    kernen = sorted(os.sched_getaffinity(0))[:2]
    os.sched_setaffinity(0, kernen)
    return len(kernen)


def p95(waarden: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed (nearest rank)."""
    return sorted(waarden)[math.ceil(0.95 * len(waarden)) - 1]


def milliseconden(waarden: Sequence[float]) -> dict[str, float]:
    """Median and p95 of durations in seconds, in milliseconds."""
    return {"median": round(statistics.median(waarden) * 1000, 1), "p95": round(p95(waarden) * 1000, 1)}


def uitslag(naam: str, ours: float, peer: float, unit: str, **meer: object) -> None:
    """The last line: one JSON object, with the load of the machine at the end."""
    ratio = round(ours / peer, 3) if peer else None
    last = [round(each, 2) for each in os.getloadavg()]
    print(json.dumps({"name": naam, "ours": ours, "peer": peer, "unit": unit, "ratio": ratio, **meer, "load": last}))


@contextlib.contextmanager
def map_voor_gegevens(gegeven: Path | None) -> Any:
    """The data folder: the given one, which stays, or a new one, which goes."""
    if gegeven is not None:
        yield gegeven.absolute()
        return
    folder = Path(tempfile.mkdtemp(prefix="loket-bench-"))
    folder.chmod(0o711)
    try:
        yield folder / "data"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Bank:
    """An embedded server with a database for each size, and Django on it. A database that is there is used again."""

    def __init__(self, data: Path) -> None:
        self.here = Installation(data)

    def __enter__(self) -> Self:
        for name in ("DATABASE_URL", "LOKET_URL", "LIVE_URL"):
            os.environ.pop(name, None)
        os.environ["LOKET_DEMO"] = "1"
        self.here.prepare(empty=False)
        self.here.environ()
        self.server = embedded.start(self.here.data / "postgres", durable=False)
        os.environ["DATABASE_URL"] = self.server.url
        import django

        django.setup()
        from django.conf import settings

        importlib.import_module(settings.ROOT_URLCONF)  # every page now: a fault shows before the loading, not after
        self.bij: set[int] = set()
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._naar("loket")
        self.server.stop()

    def gebruik(self, reacties: int) -> None:
        """From now on Django uses the database with this many reacties, which is made when it is not there, and brought
        up to date when it is."""
        from django.core.management import call_command
        from django.db import connection

        from loket.assembly.demo.laden import laad
        from loket.foundation.database.sql import execute
        from loket.foundation.events.dispatcher import enrol

        name = f"bank_{reacties}"
        self._naar("loket")
        with connection.cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", (name,))
            if cursor.fetchone():
                self._naar(name)
                if reacties not in self.bij:
                    call_command("migrate", verbosity=0, interactive=False)
                    self.bij.add(reacties)
                return
            cursor.execute(f'drop database if exists "half_{name}"')
            cursor.execute(f'create database "half_{name}"')
        zeg(f"Loading {reacties:,} reacties …")
        begin = time.monotonic()
        self._naar(f"half_{name}")
        call_command("migrate", verbosity=0, interactive=False)
        enrol()
        laad(reacties=reacties)
        execute("vacuum analyze")
        self._naar("loket")
        with connection.cursor() as cursor:
            cursor.execute(f'alter database "half_{name}" rename to "{name}"')
        self._naar(name)
        zeg(f"Loaded in {time.monotonic() - begin:.0f} s.")

    def _naar(self, name: str) -> None:
        from django.db import connection

        from loket.foundation.database.closing import let_go

        let_go()
        connection.settings_dict["NAME"] = name


@dataclass(frozen=True)
class Antwoord:
    """The whole answer to a request, and the seconds that the server took to make it; `rekentijd` is the part in which
    this process itself was computing, which says most when the machine is busy with other things."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconden: float
    rekentijd: float

    @property
    def naar(self) -> str:
        """Where it sends the browser, or ''."""
        return self.headers.get("location", "")


@dataclass
class Bezoeker:
    """A browser without a network: it calls the WSGI application, and keeps cookies."""

    app: App
    koekjes: dict[str, str] = field(default_factory=dict)
    adres: str = "127.0.0.1"

    def vraag(self, pad: str, velden: Mapping[str, str] | None = None, *, verwacht: int = 200) -> Antwoord:
        """GET, or POST of a form with these fields. Raises RuntimeError for another status than expected."""
        self.koekjes.setdefault("loket_csrf", CSRF)
        body = b"" if velden is None else urlencode({"csrfmiddlewaretoken": CSRF, **velden}).encode()
        path, _, query = pad.partition("?")
        gekregen: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], *_fout: object) -> None:
            gekregen.update(status=int(status.split()[0]), headers=headers)

        environ = {
            "REQUEST_METHOD": "GET" if velden is None else "POST",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": self.adres,
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "text/html",
            "HTTP_COOKIE": "; ".join(f"{naam}={waarde}" for naam, waarde in self.koekjes.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if velden is not None else "",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        begin, cpu = time.perf_counter(), time.thread_time()
        antwoord = self.app(environ, start)
        inhoud = b"".join(antwoord)
        if hasattr(antwoord, "close"):
            antwoord.close()
        seconden, rekentijd = time.perf_counter() - begin, time.thread_time() - cpu
        for naam, waarde in gekregen["headers"]:
            if naam.lower() == "set-cookie":
                self.koekjes |= {each.key: each.coded_value for each in SimpleCookie(waarde).values()}
        if gekregen["status"] != verwacht:
            raise RuntimeError(
                f"{pad} answered {gekregen['status']}, expected {verwacht}: {inhoud.partition(b'<h1')[2][:300]!r}"
            )
        kop = {naam.lower(): waarde for naam, waarde in gekregen["headers"]}
        return Antwoord(gekregen["status"], kop, inhoud, seconden, rekentijd)


class _Verborgen(HTMLParser):
    """Gathers the hidden fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.velden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        met = dict(attrs)
        if tag == "input" and met.get("type") == "hidden" and met.get("name"):
            self.velden[str(met["name"])] = met.get("value") or ""


def verborgen(body: bytes) -> dict[str, str]:
    """The hidden fields of a page, as a browser sends them back."""
    lezer = _Verborgen()
    lezer.feed(body.decode())
    return lezer.velden


def toepassing() -> App:
    """The pages of the house, as granian calls them."""
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def ingelogd(gebruiker: Any) -> dict[str, str]:
    """The cookie of a session of this employee or resident."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(gebruiker, "django.contrib.auth.backends.ModelBackend")
    naam = settings.SESSION_COOKIE_NAME
    return {naam: client.cookies[naam].value}
