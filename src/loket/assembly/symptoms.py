"""The checks of `loket doctor`. Each yields findings; none changes anything."""

import hashlib
import importlib.metadata
import os
import random
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from loket.assembly.installation import Installation
from loket.foundation.database import place

LITTLE_SPACE = 2_000_000_000
NO_SPACE = 300_000_000
SAMPLE = 200
"""Stored files whose checksum is computed again."""
OLDEST_SERVER = 17
LONG_UNREAD = timedelta(minutes=10)
PUBLIC_ADDRESS = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Finding:
    """One sentence (or two) about the installation."""

    level: Literal["ok", "warning", "problem"]
    text: str

    def __str__(self) -> str:
        return f"{self.level:<8} {self.text}"


def ok(text: str) -> Finding:
    """All is well here."""
    return Finding("ok", text)


def warning(text: str) -> Finding:
    """It works, but somebody should look at it."""
    return Finding("warning", text)


def problem(text: str) -> Finding:
    """It does not work, or will not, or is not safe."""
    return Finding("problem", text)


# --- without a database --------------------------------------------------------------------------------


def python(here: Installation) -> Iterator[Finding]:
    """The interpreter."""
    yield ok(f"Python {sys.version.split()[0]}.")
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        yield warning("PYTHONDONTWRITEBYTECODE is set: every start takes three times as long. Unset it.")


def packages(here: Installation) -> Iterator[Finding]:
    """What is installed against what the lock file asks for."""
    lock = Path(__file__).resolve().parents[3] / "requirements.txt"
    if not lock.exists():
        yield warning("There is no requirements.txt beside the source, so the packages cannot be compared with it.")
        return
    wrong = []
    for name, wanted, marker in re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)(?: ;([^\\\n]*))?", lock.read_text(), re.M):
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found = ""
        if found != wanted and (found or "platform_python_implementation" not in marker):
            wrong.append(f"{name} {found or 'absent'} instead of {wanted}")
    if wrong:
        yield problem(f"Installed is not what requirements.txt says: {'; '.join(wrong[:5])}. Run ./run again.")
    else:
        yield ok("The installed packages are those of requirements.txt.")


def folder(here: Installation) -> Iterator[Finding]:
    """The data folder and who may do what with it."""
    if not here.data.is_dir():
        yield problem(f"There is no data folder {here.data}. Start Loket once, or name another with --data.")
        return
    for path in (here.data, here.files):
        if path.exists() and not os.access(path, os.W_OK | os.X_OK):
            yield problem(f"{path} cannot be written by this user. Start Loket as its owner.")
    if here.data.stat().st_mode & stat.S_IWOTH:
        yield problem(f"Everybody on this machine can write in {here.data}. Run: chmod o-w {here.data}")
    home = place.cluster_home(here.data / "postgres")
    if home != here.data / "postgres":
        if home.is_dir():
            yield warning(f"The database is outside the data folder, in {home}: a copy of {here.data} is no backup.")
        else:
            yield problem(f"The database should be in {home}, but that folder is not there. Restore a backup.")
    yield ok(f"The data folder is {here.data}.")


def space(here: Installation) -> Iterator[Finding]:
    """Room on the disks."""
    places = (place.cluster_home(here.data / "postgres"), here.data)
    for path in {p.stat().st_dev: p for p in places if p.is_dir()}.values():
        free = shutil.disk_usage(path).free
        text = f"{free / 1e9:.1f} GB free at {path}."
        if free < NO_SPACE:
            yield problem(f"Only {text} PostgreSQL stops when the disk is full. Make room.")
        elif free < LITTLE_SPACE:
            yield warning(f"Only {text}")
        else:
            yield ok(text)


def secrets(here: Installation) -> Iterator[Finding]:
    """The secrets: present, private, long enough."""
    if here.secret.exists() and here.secret.stat().st_mode & 0o077:
        yield problem(f"Others on this machine can read {here.secret}. Run: chmod 600 {here.secret}")
    given = os.environ.get("LOKET_SECRET", "")
    if given and len(given) < 32:
        yield problem("LOKET_SECRET is shorter than 32 characters: it can be guessed. Make a long random one.")
    if not given and not os.environ.get("LOKET_SECRET_FILE") and not here.secret.exists() and here.data.is_dir():
        yield problem(
            f"There is no secret: not in LOKET_SECRET, not in {here.secret}. Restore it from a backup; a new one makes "
            "the links in sent mail and the pseudonyms of residents worthless."
        )


def mode(here: Installation) -> Iterator[Finding]:
    """The demo has known passwords and a login for anybody: never where real people are."""
    address = os.environ.get("LOKET_URL", "")
    public = bool(address) and urlsplit(address).hostname not in PUBLIC_ADDRESS
    if here.is_demo:
        yield ok("This is a demo: made-up data, known passwords, a stand-in for DigiD.")
        if public:
            yield problem(f"The demo is reachable at {address}: anybody can log in as anybody. Set LOKET_DEMO=0.")
        if os.environ.get("DATABASE_URL"):
            yield problem("LOKET_DEMO=1 together with DATABASE_URL: is this production? Then set LOKET_DEMO=0.")
    elif not os.environ.get("DATABASE_URL"):
        yield warning(
            "This is no demo, but it runs on the embedded PostgreSQL, which gets security updates late. "
            "For production set DATABASE_URL to a PostgreSQL of your distribution or provider."
        )
    if public and not address.startswith("https://"):
        yield problem(f"LOKET_URL is {address}: without https everybody on the way can read along.")


def clock(here: Installation) -> Iterator[Finding]:
    """Terms and deadlines depend on the clock and on the time zone of the Netherlands."""
    try:
        ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:
        yield problem("The time zone Europe/Amsterdam is unknown here. Install package tzdata.")
    newest = max(path.stat().st_mtime for path in Path(__file__).parent.glob("*.py"))
    if time.time() < newest - 86400:
        yield problem(f"The clock says {time.strftime('%Y-%m-%d')}, which is before this program was made. Set it.")
    timesync = Path("/run/systemd/timesync")
    if timesync.exists() and not (timesync / "synchronized").exists():
        yield warning("systemd-timesyncd runs but has not set the clock yet.")


def vendored(here: Installation) -> Iterator[Finding]:
    """The front-end files that others made."""
    from loket.assembly.vendored import deviations, manifests

    found = [text for manifest in manifests() for text in deviations(manifest)]
    yield from map(problem, found)
    if not found:
        yield ok("The vendored front-end files are those of their manifest.")


def files(here: Installation) -> Iterator[Finding]:
    """A sample of the stored files, read again and compared with their names."""
    from loket.assembly.backup import stored_files

    stored = list(stored_files(here.files)) if here.files.is_dir() else []
    sample = random.Random(len(stored)).sample(stored, min(SAMPLE, len(stored)))  # noqa: S311 (a sample, no secret)
    damaged = []
    for path in sample:
        with path.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != path.name:
                damaged.append(str(path))
    if damaged:
        yield problem(f"{len(damaged)} of {len(sample)} stored files are damaged, such as {damaged[0]}: use a backup.")
    elif sample:
        yield ok(f"{len(sample)} of {len(stored)} stored files were read and are undamaged.")


# --- with the database ---------------------------------------------------------------------------------


def _rows(statement: str) -> list[dict[str, Any]]:
    from loket.foundation.database.sql import rows

    return rows(statement)


def server(here: Installation) -> Iterator[Finding]:
    """The database server: reachable, new enough, and agreeing with us about the time."""
    row = _rows(
        "select current_setting('server_version') as version, current_setting('server_version_num')::int as number,"
        " current_setting('max_connections')::int as connections, extract(epoch from clock_timestamp())::float8 as time"
    )[0]
    away = abs(row["time"] - time.time())
    major, minor = divmod(row["number"], 10000)
    if major < OLDEST_SERVER:
        yield problem(f"PostgreSQL {row['version']} is too old; Loket needs {OLDEST_SERVER} or newer.")
    else:
        yield ok(f"PostgreSQL {row['version']} answers.")
    if away > 5:
        yield problem(f"The clocks of this machine and of the database differ by {away:.0f} s. Set them (NTP).")
    from loket.assembly.processes import connections

    pool = int(os.environ.get("LOKET_POOL", "8"))
    if row["connections"] < connections(pool):
        yield problem(f"max_connections is {row['connections']}; one Loket needs {connections(pool)}.")
    if newer := _distribution_offers(major, minor):
        yield warning(
            f"This machine's distribution offers PostgreSQL {newer}; in use is {major}.{minor}, which lacks its "
            "security fixes. Use the distribution's (DATABASE_URL) where real data is."
        )


def _distribution_offers(major: int, minor: int) -> str:
    """A newer minor version that apt knows of, without asking the network; empty for none."""
    apt = shutil.which("apt-cache")
    if apt is None:
        return ""
    said = subprocess.run([apt, "policy", f"postgresql-{major}"], capture_output=True, text=True, check=False).stdout
    found = re.search(rf"Candidate: {major}\.(\d+)", said)
    return f"{major}.{found[1]}" if found and int(found[1]) > minor else ""


def migrations(here: Installation) -> Iterator[Finding]:
    """The tables against the program."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    known = executor.loader.graph.nodes
    unknown = [key for key in executor.loader.applied_migrations if key not in known]
    if waiting:
        yield problem(f"{len(waiting)} migration(s) have not run, first {waiting[0][0]}. Run: loket migrate")
    elif unknown:
        app, name = sorted(unknown)[0]
        yield warning(f"The database has migrations this program does not know, such as {app}.{name}: older program?")
    else:
        yield ok("The tables are up to date.")


def health(here: Installation) -> Iterator[Finding]:
    """The worker and the outbox, as /healthz sees them."""
    from loket.assembly.doctor import is_running
    from loket.foundation.beheer.health import OUTBOX_LATE, state

    now = state()
    running = is_running(here)
    worker, outbox = now["worker"], now["outbox"]
    if worker["status"] == "ok":
        yield ok("The worker's heart beats.")
    elif running:
        yield problem("Loket runs but its worker is silent: no mail leaves. Look in the output of loket run.")
    else:
        yield ok("Loket is not running here (no `loket run` on this folder, and no worker's heartbeat).")
    if outbox["status"] == "late":
        text = f"{outbox['waiting']} event(s) wait for delivery, the oldest {outbox['oldest']:.0f} s"
        level = problem if running else warning
        yield level(f"{text} (promise: {OUTBOX_LATE:.0f} s). {'Is a listener stuck?' if running else 'Start Loket.'}")
    if outbox["parked"]:
        first = _rows("select listener_id, error from loket_events_parked order by attempts desc, id limit 1")[0]
        yield warning(
            f"{outbox['parked']} event(s) could not be delivered yet and are tried again. "
            f"First: {first['listener_id']}: {first['error'][:200]}"
        )


def jobs(here: Installation) -> Iterator[Finding]:
    """Jobs that were given up."""
    failed = _rows(
        "select task_name as name, count(*)::int as count from procrastinate_jobs where status = 'failed'"
        " group by 1 order by 2 desc"
    )
    for row in failed:
        yield warning(f"{row['count']} job(s) {row['name']} failed for good. See the worker's output for the reason.")


def mail(here: Installation) -> Iterator[Finding]:
    """Mail that could not be sent, and where mail goes."""
    from loket.foundation.mail.queries import queue

    if not os.environ.get("MAIL_URL") and not here.is_demo:
        yield problem("MAIL_URL is not set: no mail leaves. Give the address of a mail server.")
    now = queue()
    if now.server:
        yield problem(
            f"The mail server does not take mail, {now.wacht} wait(s) and nothing is lost: {now.server[:200]}"
        )
    elif now.vertraagd:
        yield warning(f"{now.vertraagd} mail(s) are late: the receiver asks to wait. They are tried again.")
    if now.mislukt:
        yield warning(f"{now.mislukt} mail(s) could not be delivered. The page for administrators names them.")


def mail_in(here: Installation) -> Iterator[Finding]:
    """The listener for mail that comes in, mailboxes that are looked in, and mail that nobody read."""
    from loket.assembly.doctor import is_running
    from loket.foundation.inbox.queries import unread
    from loket.foundation.inbox.rules import where

    try:
        address = where(os.environ.get("LOKET_MAIL_IN", ""))
    except ValueError as error:
        yield problem(str(error))
        return
    if address is not None and is_running(here):
        try:
            with socket.create_connection((address.host, address.port), timeout=5) as line:
                said = line.recv(200)
        except OSError as fault:
            said = str(fault).encode()
        if said.startswith(b"220 "):
            yield ok(f"Mail is taken in at {address}.")
        else:
            yield problem(f"Mail is not taken in at {address} ({said.decode(errors='replace').strip()}).")
    for each in _rows(
        "select p.adres, i.oorzaak, i.fout, jsonb_array_length(i.overgeslagen) as over from loket_inbox_imap i"
        " join loket_inbox_postvak p on p.id = i.postvak_id and p.actief"
        " where i.oorzaak <> '' or i.overgeslagen <> '[]' order by p.adres"
    ):
        if each["oorzaak"]:
            yield problem(f"The mailbox {each['adres']} cannot be read ({each['oorzaak']}): {each['fout'][:200]}")
        if each["over"]:
            yield warning(
                f"{each['over']} mail(s) in {each['adres']} were passed over; the page of the mailbox says why."
            )
    if waiting := unread(LONG_UNREAD):
        yield warning(
            f"{waiting} mail(s) came in more than ten minutes ago and were not read yet. Is the worker alive?"
        )
