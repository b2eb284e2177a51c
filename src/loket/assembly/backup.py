"""Backup and restore: database, stored files, designs and secrets in one tar file with a checksum of every part.

Consistent without stopping anything: `pg_dump` reads one snapshot of the database, and the files are copied after
it. A file is stored before the row that names it is committed, is named after its content and never changes; so
every file that the snapshot names is there when we copy. Files that came later are in the backup too, unused.

A backup holds personal data and the secret of this installation (pseudonyms and links depend on it, so without it
the data is not whole): keep it as safe as the database itself. It is readable for its maker only.
"""

import contextlib
import hashlib
import hmac
import importlib.metadata
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from loket.assembly.installation import Installation, InstallationError
from loket.foundation.database import place

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
KEPT = ("secret", "mode", "demo-loaded")
"""Small files of the data folder that belong to the data."""
CHECKSUM = re.compile(r"[0-9a-f]{64}")
THEMA = re.compile(r"thema/[A-Za-z0-9_-]+\.css")
"""The design of an organisation, as the address of the page that serves it allows."""


class _Counting(io.RawIOBase):
    """Reads from a file and remembers length and checksum of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data


# --- writing -------------------------------------------------------------------------------------------


def write(here: Installation, target: Path) -> dict[str, Any]:
    """Write a backup to `target`, whole or not at all; how much is in it, and which stored files are damaged.

    The database must run (DATABASE_URL). Raises InstallationError.
    """
    if target.exists():
        raise InstallationError(f"{target} exists already; a backup never replaces another.")
    half = target.with_name(target.name + ".part")
    parts: dict[str, dict[str, Any]] = {}
    damaged: list[str] = []
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                with tempfile.TemporaryDirectory(dir=half.parent, prefix=".loket-backup-") as scratch:
                    dump = Path(scratch) / DUMP
                    _tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(dump))
                    _add(tar, parts, DUMP, dump)
                for name in KEPT:
                    if (here.data / name).exists():
                        _add(tar, parts, name, here.data / name)
                for path in sorted((here.data / "thema").glob("*.css")):
                    if THEMA.fullmatch(name := f"thema/{path.name}"):
                        _add(tar, parts, name, path)
                for path in stored_files(here.files):
                    name = f"bestanden/{path.relative_to(here.files).as_posix()}"
                    with contextlib.suppress(FileNotFoundError):  # removed since: its row was removed before it
                        _add(tar, parts, name, path)
                        if CHECKSUM.fullmatch(path.name) and parts[name]["sha256"] != path.name:
                            damaged.append(name)
                _add_manifest(tar, parts)
            out.flush()
            os.fsync(out.fileno())
        half.rename(target)
    except FileExistsError:
        raise InstallationError(f"{half} is left over from a backup that was cut off; remove it first.") from None
    except OSError as error:
        half.unlink(missing_ok=True)
        raise InstallationError(f"The backup could not be written: {error}.") from error
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    files = sum(name.startswith("bestanden/") for name in parts)
    return {"file": str(target), "bytes": target.stat().st_size, "files": files, "damaged": damaged}


def stored_files(folder: Path) -> Iterator[Path]:
    """The stored files in a fixed order; unfinished uploads are not among them."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and CHECKSUM.fullmatch(path.name):
            yield path


def _add(tar: tarfile.TarFile, parts: dict[str, dict[str, Any]], name: str, path: Path) -> None:
    with path.open("rb") as source:
        info = tar.gettarinfo(arcname=name, fileobj=source)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        counting = _Counting(source)
        tar.addfile(info, counting)
    parts[name] = {"sha256": counting.digest.hexdigest(), "size": counting.size}


def _add_manifest(tar: tarfile.TarFile, parts: dict[str, dict[str, Any]]) -> None:
    """Last in the file: a backup that was cut off has none."""
    from loket.foundation.time.clock import now

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        server = connection.info.server_version
    content = {
        "format": FORMAT,
        "loket": importlib.metadata.version("loket"),
        "postgresql": server // 10000,
        "made": now().isoformat(timespec="seconds"),
        "secret": fingerprint(),
        "parts": parts,
    }
    raw = json.dumps(content, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size = len(raw)
    tar.addfile(info, io.BytesIO(raw))


def fingerprint(secret: str | None = None) -> str:
    """Tells two secrets apart without telling either."""
    if secret is None:
        file = os.environ.get("LOKET_SECRET_FILE")
        secret = Path(file).read_text().strip() if file else os.environ.get("LOKET_SECRET", "")
    return hmac.digest(secret.encode(), b"loket backup fingerprint", "sha256").hex()[:16]


# --- reading -------------------------------------------------------------------------------------------


def verify(source: Path) -> dict[str, Any]:
    """The manifest of a backup of which every part is present and undamaged; InstallationError otherwise."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(source, "r:") as tar:
            for member in tar:
                reader = tar.extractfile(member) if member.isreg() else None
                if reader is None:
                    raise InstallationError(f"{source} holds {member.name}, which is not a plain file.")
                if member.name == MANIFEST:
                    manifest = json.loads(reader.read())
                    continue
                counting = _Counting(reader)
                while counting.read(1 << 20):
                    pass
                found[member.name] = {"sha256": counting.digest.hexdigest(), "size": counting.size}
    except (tarfile.TarError, OSError, ValueError) as error:
        raise InstallationError(f"{source} cannot be read as a backup: {error}.") from error
    if manifest is None:
        raise InstallationError(f"{source} is not whole: it has no manifest, so it was cut off or is no backup.")
    if manifest.get("format") != FORMAT:
        raise InstallationError(f"{source} has format {manifest.get('format')}; this version reads {FORMAT}.")
    if wrong := sorted(n for n in found.keys() | manifest["parts"].keys() if found.get(n) != manifest["parts"].get(n)):
        raise InstallationError(f"{source} is damaged: {', '.join(wrong[:5])} ({len(wrong)} part(s)).")
    if DUMP not in found or any(not _expected(name) for name in found):
        raise InstallationError(f"{source} is no backup of Loket: it lacks the database, or holds something else.")
    return manifest


def _expected(name: str) -> bool:
    inside = re.fullmatch(r"bestanden/([0-9a-z]+/)*[0-9a-f]{64}", name) or THEMA.fullmatch(name)
    return name in KEPT or name == DUMP or inside is not None


def read(here: Installation, source: Path, *, force: bool) -> Iterator[str]:
    """Put `source` back into this installation, telling what is done. Nothing is changed before all is verified.

    The target must be empty unless `force`. The database is replaced in one transaction: when that fails, the old
    one is still there. Raises InstallationError.
    """
    manifest = verify(source)
    yield f"Backup of {manifest['made']} (Loket {manifest['loket']}): {len(manifest['parts'])} parts, all undamaged."
    try:
        place.make_folder(here.data)
    except place.StartError as error:
        raise InstallationError(str(error)) from error
    with here.alone("restoring a backup"):
        given = os.environ.get("LOKET_SECRET") or os.environ.get("LOKET_SECRET_FILE")
        if given and fingerprint() != manifest["secret"] and not force:
            raise InstallationError(
                "The backup was made with another secret than the LOKET_SECRET given here: its links and pseudonyms "
                "would be worthless. Give the same secret, or use --force if you know this."
            )
        with here.database():
            if not force and (holds := _holds(here)):
                raise InstallationError(f"Here is data already ({holds}). Use --force to replace it.")
            with tempfile.TemporaryDirectory(dir=here.data, prefix=".restore-") as scratch:
                _unpack(source, Path(scratch))
                _restore_database(Path(scratch))
                _place_files(here, Path(scratch))
            yield "Database, files and secrets are back."
            _finish(here)
            yield "Tables are up to date, and events go on where they were."


def _holds(here: Installation) -> str:
    """What there is in the target, in words; empty for nothing."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    count = tables[0] if tables else 0
    if count:
        return f"{count} tables in the database"
    return "stored files" if any(stored_files(here.files)) else ""


def _unpack(source: Path, scratch: Path) -> None:
    with tarfile.open(source, "r:") as tar:
        tar.extractall(scratch, filter="data")


def _restore_database(scratch: Path) -> None:
    before = scratch / "before.sql"
    before.write_text(
        "drop schema if exists public cascade; create schema public authorization pg_database_owner;"
        " grant usage on schema public to public;\n"
    )
    script = scratch / "restore.sql"
    _run(["pg_restore", "--no-owner", "--no-privileges", "--file", str(script), str(scratch / DUMP)], connected=False)
    _tool("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f", str(before), "-f", str(script))


def _place_files(here: Installation, scratch: Path) -> None:
    """Each by renaming: nobody ever sees half of the files. A design that the backup does not have stays: it is no
    data, and older backups have none."""
    old = scratch / "replaced"
    if here.files.exists():
        here.files.rename(old)
    new = scratch / "bestanden"
    new.mkdir(exist_ok=True)
    new.rename(here.files)
    for name in KEPT:
        if (scratch / name).exists():
            (scratch / name).chmod(0o600 if name == "secret" else 0o644)
            (scratch / name).replace(here.data / name)
        else:
            (here.data / name).unlink(missing_ok=True)
    for path in sorted((scratch / "thema").glob("*.css")):
        (here.data / "thema").mkdir(exist_ok=True)
        path.replace(here.data / "thema" / path.name)
    shutil.rmtree(old, ignore_errors=True)


def _finish(here: Installation) -> None:
    """Bring the tables to this version, and the outbox to this cluster's transaction numbers."""
    here.environ()
    import django

    django.setup()
    from django.core.management import call_command

    from loket.foundation.database.closing import let_go
    from loket.foundation.events.dispatcher import enrol
    from loket.foundation.events.outbox import after_restore

    call_command("migrate", verbosity=0, interactive=False)
    after_restore()
    enrol()
    let_go()


# --- PostgreSQL's own tools ----------------------------------------------------------------------------


def _tool(*command: str) -> None:
    """Run a tool on the database of DATABASE_URL."""
    _run(list(command), connected=True)


def _run(command: list[str], *, connected: bool) -> None:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    if connected:
        given = conninfo_to_dict(os.environ["DATABASE_URL"])
        if password := given.pop("password", None):
            environ["PGPASSWORD"] = str(password)  # not on the command line, where everybody can read it
        command += ["--dbname", make_conninfo("", **given)]
    tool = place.binaries() / command[0]
    done = subprocess.run([str(tool), *command[1:]], env=environ, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallationError(f"{command[0]} failed: {done.stderr.strip()[-800:]}")
