"""`loket run`: from nothing to a healthy Loket, and back to nothing."""

import importlib
import importlib.util
import json
import os
import sys
import time
from urllib.parse import urlsplit

from loket.assembly.installation import Installation, InstallationError
from loket.assembly.processes import Process, mail_in, ports, processes, python
from loket.assembly.supervisor import Supervisor, busy_ports, health

BEGIN = "begin"
"""The file in the data folder in which `loket prepare` leaves the link for the first organisation."""

READY_WITHIN = 120.0
"""Seconds from the start of the processes within which all must be healthy."""

ASK_EVERY = 0.2
"""Seconds between two questions after its health."""


def run(here: Installation, host: str, port: int, *, empty: bool, check: bool) -> int:
    """Start everything and look after it until SIGINT or SIGTERM; with `check`, only until it is healthy.

    Exit code 0 after a normal stop; with `check`, 1 when it does not become healthy. Raises InstallationError.
    """
    here.prepare(empty=empty)
    with here.alone("starting it again"):
        here.environ()
        addresses(port)
        try:
            mail = mail_in(host, port)
        except ValueError as error:
            raise InstallationError(str(error)) from None
        busy = busy_ports(host, ports(port)) + (busy_ports(mail.host, {mail.port: "incoming mail"}) if mail else [])
        if busy:
            raise InstallationError(" ".join(busy) + " Stop what uses it, or choose another with --port.")
        with here.database() as server, Supervisor(server) as supervisor:
            code = supervisor.once(Process("prepare", python("prepare", "--data", str(here.data)), patience=30.0))
            if supervisor.stopping:
                return 0
            if code != 0:
                raise InstallationError(f"The preparation failed (exit code {code}); the reason is above.")
            supervisor.begin(processes(host, port))
            healthy = False
            deadline = time.monotonic() + READY_WITHIN
            ask_again = 0.0
            for _ in supervisor.watch():
                if healthy or time.monotonic() < ask_again:
                    continue
                ask_again = time.monotonic() + ASK_EVERY
                state = everything(host, port)
                if state["status"] == "ok":
                    healthy = True
                    if check:
                        break
                    announce(supervisor, here)
                elif time.monotonic() > deadline:
                    if check:
                        break
                    supervisor.say("loket", f"not healthy yet: {json.dumps(state)}")
                    deadline = time.monotonic() + READY_WITHIN
            if check:
                print(json.dumps(everything(host, port)), flush=True)
                return 0 if healthy else 1
    return 0


def addresses(port: int) -> None:
    """Decide the addresses that people and browsers use, where the environment does not."""
    given = os.environ.setdefault("LOKET_URL", f"http://localhost:{port}")
    local = urlsplit(given).hostname in ("localhost", "127.0.0.1", "::1")
    os.environ.setdefault("LIVE_URL", f"http://localhost:{port + 1}" if local else given)  # a proxy sends /live on


def everything(host: str, port: int) -> dict[str, object]:
    """The health of the web process and, with it, of live updates."""
    state = health(host, port)
    state["live"] = {"status": health(host, port + 1).get("status", "down")}
    if state["live"]["status"] != "ok" and state["status"] == "ok":
        state["status"] = "degraded"
    return state


def announce(supervisor: Supervisor, here: Installation) -> None:
    """Say where Loket is and who can log in; for an installation without an organisation, where one is set up."""
    lines = ["", f"Loket is ready: {os.environ['LOKET_URL']}"]
    begin = here.data / BEGIN
    if begin.exists():
        lines += ["There is no organisation yet. Set one up, with its first administrator, at", begin.read_text(), ""]
        begin.unlink()
    if os.environ.get("LOKET_DEMO") == "1":
        lines += ["This is the demo: everything in it is made up.", *logins()]
    for line in [*lines, "Stop with Ctrl-C.", ""]:
        supervisor.say("", line)


def logins() -> list[str]:
    """The demo's logins, a line each; nothing when this version has no demo."""
    if importlib.util.find_spec("loket.assembly.demo") is None:
        return []
    module = importlib.import_module("loket.assembly.demo")
    return [str(line) for line in module.logins()] if hasattr(module, "logins") else []


def bring_up_to_date() -> None:
    """Migrate, give new listeners their place in the outbox, and add the functies and rights of this version. Needs
    Django."""
    from django.core.management import call_command
    from django.db import transaction

    from loket.assembly.functies import zorg_voor_functies
    from loket.foundation.events.dispatcher import enrol

    call_command("migrate", verbosity=0, interactive=False)
    enrol()
    with transaction.atomic():
        zorg_voor_functies()


def leave_link(here: Installation) -> None:
    """Leave the one-time link for the first organisation where `loket run` finds it, when there is none. Needs
    Django."""
    from loket.assembly.begin import link
    from loket.foundation.identity.models import Organisatie

    path = here.data / BEGIN
    path.unlink(missing_ok=True)
    if not Organisatie.objects.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(link())


def load_demo(here: Installation) -> bool:
    """Load the demo, once. Needs Django. False when this version has none."""
    if importlib.util.find_spec("loket.assembly.demo") is None:
        return False
    module = importlib.import_module("loket.assembly.demo")
    if not hasattr(module, "load"):
        return False
    print("Loading the demo. This takes about a minute, once.", file=sys.stderr, flush=True)
    module.load()
    (here.data / "demo-loaded").write_text("")
    return True
