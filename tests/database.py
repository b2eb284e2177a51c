"""Pytest plugin: every run gets a PostgreSQL database of its own, copied from a template, in about 0.1 s.

Loaded with `-p tests.database`, before Django reads its settings. One embedded server under `.pytest_pg` serves
all runs on this machine: it is adopted when it runs, started when not, and stopped by the last run. Runs at the
same time do not meet: each has its own database. The template holds all migrations; its name is a checksum of
them, so it is made again only when one of them changes. With DATABASE_URL set to a server where databases may be
made, that server is used instead.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import conninfo, sql

from loket.foundation.database import embedded, place

ROOT = Path(__file__).resolve().parents[1]
MAKING_TEMPLATE = 0x10CE7
"""The advisory lock that whoever makes, copies or removes a template holds."""
KEEP_TEMPLATES = 3

_server: embedded.Server | None = None
_data: str | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Start or adopt the server, before pytest-django looks for the settings."""
    global _server, _data
    if not os.environ.get("DATABASE_URL"):  # a worker of xdist inherits it
        _server = embedded.start(ROOT / ".pytest_pg" / "postgres", durable=False, max_connections=300)
        os.environ["DATABASE_URL"] = _server.url
    _data = tempfile.mkdtemp(prefix="loket-test-")
    os.environ["LOKET_DATA"] = _data
    os.environ.setdefault("LOKET_SECRET", "only for tests, never anywhere else: " + "0" * 32)
    for name in ("LOKET_DEMO", "LOKET_URL", "LIVE_URL", "MAIL_URL", "LOKET_SECRET_FILE"):
        os.environ.pop(name, None)


def pytest_unconfigure() -> None:
    """Let go of the server; the last run stops it."""
    if _data:
        shutil.rmtree(_data, ignore_errors=True)
    if _server:
        _server.stop()


def pytest_configure(config: pytest.Config) -> None:
    """Register our fixture after pytest-django's, which it replaces: the last one registered wins."""
    config.pluginmanager.register(OwnDatabase(), "loket-database")


class OwnDatabase:
    """Holds the fixture that replaces pytest-django's."""

    @pytest.fixture(scope="session")
    @classmethod
    def django_db_setup(cls, django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
        """This run's own database, copied from the template of all migrations."""
        from django.db import connection, connections

        # One connection for each thread, whether Playwright's event loop runs in it or not: Django would keep two,
        # and `_use` close only the one in sight.
        connections._connections = threading.local()  # type: ignore[attr-defined]
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        name = f"test_{os.getpid()}_{secrets.token_hex(3)}_{worker}".rstrip("_")
        with django_db_blocker.unblock():
            original = connection.settings_dict["NAME"]
            template = _template(connection)
            _copy(template, name)
            _use(connection, name)
            with _quick_reset(template, name):
                yield
            _use(connection, original)
            with _admin() as admin:
                _drop(admin, name)


def _use(connection: Any, name: str) -> None:
    """Point Django at database `name`; nothing stays connected to the one before."""
    connection.close()
    with contextlib.suppress(AttributeError, KeyError):
        connection.close_pool()
    connection.settings_dict["NAME"] = name


def _admin() -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


@contextlib.contextmanager
def _alone(admin: psycopg.Connection[tuple[Any, ...]]) -> Iterator[None]:
    """Hold the lock on templates; other runs wait."""
    admin.execute("select pg_advisory_lock(%s)", (MAKING_TEMPLATE,))
    try:
        yield
    finally:
        admin.execute("select pg_advisory_unlock(%s)", (MAKING_TEMPLATE,))


def _drop(admin: psycopg.Connection[tuple[Any, ...]], name: str) -> None:
    admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _checksum() -> str:
    """Changes when a migration, the library that runs it, or the list of apps changes."""
    digest = hashlib.sha256()
    paths = [p for p in (ROOT / "src").glob("**/migrations/**/*") if p.suffix in (".py", ".sql")]
    for path in [ROOT / "requirements.txt", ROOT / "src/loket/assembly/settings.py", *sorted(paths)]:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _template(connection: Any) -> str:
    """The name of the template for today's migrations, made if it is not there yet."""
    from django.core.management import call_command

    name = f"template_{_checksum()}"
    with _admin() as admin, _alone(admin):
        if admin.execute("select 1 from pg_database where datname = %s and datistemplate", (name,)).fetchone():
            return name
        making = f"making_{name}"
        _drop(admin, making)
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(making)))
        _use(connection, making)
        call_command("migrate", verbosity=0, interactive=False)
        _use(connection, making)
        admin.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(making), sql.Identifier(name)))
        admin.execute(sql.SQL("alter database {} is_template true").format(sql.Identifier(name)))
        _tidy(admin)
    return name


def _tidy(admin: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Remove old templates, and databases of runs that were killed."""
    old = admin.execute(
        "select datname from pg_database where datname like 'template\\_%%' and length(datname) = 25 "
        "order by oid desc offset %s",
        (KEEP_TEMPLATES,),
    ).fetchall()
    for (name,) in old:
        admin.execute(sql.SQL("alter database {} is_template false").format(sql.Identifier(name)))
        _drop(admin, name)
    for (name,) in admin.execute(r"select datname from pg_database where datname ~ '^test_\d+_'").fetchall():
        if _server and not _alive(int(name.split("_")[1])):
            _drop(admin, name)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _copy(template: str, name: str) -> None:
    with _admin() as admin, _alone(admin):
        admin.execute(sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template)))


def copy_template(*, to: str) -> None:
    """Fill the empty database at address `to`, on another server, with what the template holds."""
    tools = place.binaries()
    source = conninfo.make_conninfo(os.environ["DATABASE_URL"], dbname=f"template_{_checksum()}")
    dump = [tools / "pg_dump", "--format=plain", "--no-owner", "--no-privileges", "--dbname", source]
    fill = [tools / "psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "--dbname", to]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumping:
        subprocess.run(fill, stdin=dumping.stdout, check=True)
    assert dumping.returncode == 0, "pg_dump of the template failed"


@contextlib.contextmanager
def _quick_reset(template: str, name: str) -> Iterator[None]:
    """After a test with real transactions, copy the template again instead of emptying every table.

    It is faster, keeps the rows that migrations made, and works with tables that refuse DELETE and TRUNCATE.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    def reset(self: TransactionTestCase) -> None:
        _use(connection, name)
        with _admin() as admin:
            _drop(admin, name)
        _copy(template, name)
        _use(connection, name)  # a thread of the live server may have come back in between

    before = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    TransactionTestCase._fixture_teardown = reset  # type: ignore[attr-defined]
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = before  # type: ignore[attr-defined]
