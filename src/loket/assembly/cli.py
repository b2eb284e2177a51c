"""The command line: `loket COMMAND`. Every command works on one data folder (`--data`, LOKET_DATA, ./data)."""

import argparse
import contextlib
import getpass
import importlib.metadata
import importlib.util
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from loket.assembly import applicatie, laden, notificaties, selectielijst, zaaktype
from loket.assembly.installation import SETTINGS, Installation, InstallationError

type Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when all is well, 1 when something is wrong, 2 for wrong usage."""
    options = parser().parse_args(arguments)
    command: Command = options.command
    try:
        read_files()
        return command(options)
    except InstallationError as error:
        print(f"loket: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def read_files() -> None:
    """Take DATABASE_URL and MAIL_URL from the file that NAME_FILE names, for all who look at the environment: what
    decides which database is started, saved and restored sees the same one as the settings.

    Raises InstallationError.
    """
    for name in ("DATABASE_URL", "MAIL_URL"):
        if file := os.environ.get(f"{name}_FILE"):
            try:
                os.environ[name] = Path(file).read_text().strip()
            except OSError as error:
                raise InstallationError(
                    f"{name}_FILE names {file}, which cannot be read ({error.strerror})."
                ) from error


def parser() -> argparse.ArgumentParser:
    """All commands with their help."""
    top = argparse.ArgumentParser(prog="loket", description="Loket: one government, one front door.")
    top.add_argument("--version", action="version", version=f"Loket {importlib.metadata.version('loket')}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, command: Command, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.add_argument(
            "--data",
            type=Path,
            default=Path(os.environ.get("LOKET_DATA") or "data"),
            help="folder with the database, the files and the secrets (default: $LOKET_DATA, else ./data)",
        )
        sub.set_defaults(command=command)
        return sub

    for name, text in (
        ("run", "Start everything and stop it again on Ctrl-C. The first start loads the demo."),
        ("check", "Start everything, see whether it is healthy, and stop: exit code 0 or 1."),
    ):
        run = add(name, run_loket, text)
        run.add_argument("--port", type=int, default=8000, help="port of the pages; live updates use the next")
        run.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        run.add_argument("--empty", action="store_true", help="on the first start, do not load the demo")
        run.add_argument(
            "--check", action="store_true", default=name == "check", help="start, check health, stop: exit 0 or 1"
        )
    add("worker", work, "Run the worker: jobs, delivery of events, mail. `loket run` starts one by itself.")
    add("mail-in", take_mail_in, "Take in mail where LOKET_MAIL_IN says. `loket run` starts this by itself.")
    add("demo", demo, "Load the demo (a fictive municipality and water board) and show its logins.")
    begin = add("organisation", organisation, "Give a one-time link to set up an organisation and its administrator.")
    begin.add_argument("--port", type=int, default=8000, help="port of the pages, where LOKET_URL is not set")
    password = add("password", set_password, "Give an employee a new password, for who cannot log in any more.")
    password.add_argument("name", help="the user name of the employee")
    add("train", train, "Learn the suggestions again from what was handled, and say how good they are.")
    for part in (applicatie, laden, notificaties, selectielijst, zaaktype):
        part.declare(add)
    dkim = add("dkim", sign_mail, "Show the DNS records for the signature (DKIM) under mail of a domain.")
    dkim.add_argument("domain", help="the domain that mail comes from, such as lindewaard.nl")
    dkim.add_argument("--new", action="store_true", help="make new keys; those of now sign until these are in DNS")
    dkim.add_argument("--sign", action="store_true", help="let new keys sign at once, whether they are in DNS or not")
    add("doctor", doctor, "Say in words what is wrong with this installation: exit code 0 or 1.")
    backup = add("backup", back_up, "Write database, files and secrets to one file. May be done while Loket runs.")
    backup.add_argument("file", type=Path, help="the file to write; it must not exist yet")
    restore = add("restore", restore_backup, "Put a backup back, after checking every checksum. Loket must be stopped.")
    restore.add_argument("file", type=Path, help="the file that `loket backup` wrote")
    restore.add_argument("--force", action="store_true", help="replace what is there")
    add("migrate", migrate, "Bring the tables up to date with this version. `loket run` does so by itself.")
    add("shell", shell, "Open a Python prompt with everything loaded.")
    add("docs", docs, "Write the reference pages in docs/developer/ from the code. For developers.")
    add("messages", messages, "Find the texts of the interface again and compile the English. For developers.")
    add("prepare", prepare, "What `loket run` does before it starts: migrate and, the first time, load the demo.")
    stand_in = add("stand-in", run_stand_in, "Run the stand-in for DigiD. Only in the demo.")
    stand_in.add_argument("--port", type=int, default=8002, help="port to listen on")
    return top


def installation(options: argparse.Namespace) -> Installation:
    """The installation that `--data` names."""
    return Installation(options.data.absolute())


@contextlib.contextmanager
def django_of(here: Installation) -> Iterator[None]:
    """Django with this installation's settings, and its database running."""
    if not here.data.is_dir():
        raise InstallationError(f"There is no data folder {here.data}. Start Loket once, or name another with --data.")
    here.environ()
    with here.database():
        import django

        django.setup()
        try:
            yield
        finally:
            from loket.foundation.database.closing import let_go

            with contextlib.suppress(Exception):
                let_go()


# --- running -------------------------------------------------------------------------------------------


def run_loket(options: argparse.Namespace) -> int:
    """`loket run` and `loket check`."""
    from loket.assembly.running import run

    return run(installation(options), options.host, options.port, empty=options.empty, check=options.check)


def work(options: argparse.Namespace) -> int:
    """`loket worker`."""
    with django_of(installation(options)):
        from loket.foundation.events import dispatcher
        from loket.foundation.inbox import ophalen
        from loket.foundation.jobs import worker
        from loket.foundation.mail import sender
        from loket.registers.notificaties import koerier

        worker.run([dispatcher.loop, sender.watch, ophalen.watch, koerier.loop])
    return 0


def take_mail_in(options: argparse.Namespace) -> int:
    """`loket mail-in`."""
    import asyncio
    from urllib.parse import urlsplit

    from loket.foundation.inbox.rules import where

    try:
        address = where(os.environ.get("LOKET_MAIL_IN", ""))
    except ValueError as error:
        raise InstallationError(str(error)) from None
    if address is None:
        raise InstallationError("LOKET_MAIL_IN does not say where: set it, such as smtp://127.0.0.1:2525.")
    with django_of(installation(options)):
        from django.conf import settings

        from loket.foundation.inbox.server import serve

        try:
            asyncio.run(serve(address, urlsplit(settings.LOKET_URL).hostname or "localhost"))
        except OSError as error:
            raise InstallationError(f"No mail can be taken in at {address}: {error.strerror or error}.") from error
    return 0


def run_stand_in(options: argparse.Namespace) -> int:
    """`loket stand-in`: refuses outside the demo."""
    here = installation(options)
    here.environ()
    if not here.is_demo:
        raise InstallationError("The stand-in for DigiD runs in the demo only.")
    if importlib.util.find_spec("loket.assembly.standin") is None:
        raise InstallationError("This version has no stand-in for DigiD.")
    module = importlib.import_module("loket.assembly.standin")
    module.serve(options.port)
    return 0


# --- the database --------------------------------------------------------------------------------------


def migrate(options: argparse.Namespace) -> int:
    """`loket migrate`."""
    from loket.assembly.running import bring_up_to_date

    with django_of(installation(options)):
        bring_up_to_date()
    return 0


def prepare(options: argparse.Namespace) -> int:
    """`loket prepare`: up to date, and the demo on the first start."""
    from loket.assembly.running import bring_up_to_date, leave_link, load_demo

    here = installation(options)
    with django_of(here):
        bring_up_to_date()
        if here.is_demo and not (here.data / "demo-loaded").exists():
            load_demo(here)
        leave_link(here)
    return 0


def train(options: argparse.Namespace) -> int:
    """`loket train`."""
    with django_of(installation(options)):
        from loket.foundation.identity.models import Organisatie
        from loket.registers.algoritmen.aangifte import algoritmen
        from loket.registers.algoritmen.queries import modellen

        for organisatie in Organisatie.objects.order_by("naam"):
            for each in algoritmen():
                if each.leer is not None:
                    each.leer(organisatie.id)
        for model in modellen():
            cijfers = model["cijfers"].get("model", {})
            print(
                f"{model['organisatie']}, {model['algoritme']}: {'in use' if model['in_gebruik'] else 'not in use'}"
                f" ({model['reden']}); {model['voorbeelden']} examples; said {cijfers.get('gezegd', 0)},"
                f" right {cijfers.get('goed', 0)}; {model['duur']} s"
            )
    return 0


def demo(options: argparse.Namespace) -> int:
    """`loket demo`."""
    from loket.assembly.running import bring_up_to_date, load_demo, logins

    here = installation(options)
    if os.environ.get("DATABASE_URL") and os.environ.get("LOKET_DEMO") != "1":
        raise InstallationError(
            "The demo brings accounts with known passwords. To load it into the database of DATABASE_URL, "
            "set LOKET_DEMO=1."
        )
    here.prepare(empty=False)
    (here.data / "mode").write_text("demo\n")
    with django_of(here):
        bring_up_to_date()
        if (here.data / "demo-loaded").exists():
            print("The demo is already there.")
        elif not load_demo(here):
            raise InstallationError("This version has no demo.")
    for line in logins():
        print(line)
    return 0


def organisation(options: argparse.Namespace) -> int:
    """`loket organisation`."""
    from loket.assembly.running import addresses

    addresses(options.port)
    with django_of(installation(options)):
        from loket.assembly.begin import link

        print(f"For one day, and one organisation: {link()}")
    return 0


def set_password(options: argparse.Namespace) -> int:
    """`loket password`: asks for it; from a pipe, its first line."""
    with django_of(installation(options)):
        from loket.foundation.access.actor import Actor
        from loket.foundation.errors import Refused
        from loket.foundation.identity import commands
        from loket.foundation.identity.models import Gebruiker

        wie = Gebruiker.objects.filter(gebruikersnaam=options.name, soort="medewerker").first()
        if wie is None:
            raise InstallationError(f"There is no employee with the user name {options.name}.")
        ask = getpass.getpass if sys.stdin.isatty() else (lambda _prompt: sys.stdin.readline().rstrip("\n"))
        try:
            commands.set_password(Actor.system("loket password", wie.organisatie_id), wie, ask("New password: "))
        except Refused as refused:
            raise InstallationError(refused.message) from None
    print("The password is set.")
    return 0


def sign_mail(options: argparse.Namespace) -> int:
    """`loket dkim DOMAIN`: makes the keys the first time."""
    with django_of(installation(options)):
        from loket.foundation.access.actor import Actor
        from loket.foundation.errors import Refused
        from loket.foundation.mail import commands, dkim, queries

        actor = Actor.system("loket dkim")
        domain = options.domain.strip().rstrip(".").lower()
        try:
            if options.new or all(key.domein != domain for key in queries.dkim_sleutels(actor)):
                commands.maak_dkim(actor, domain)
        except Refused as refused:
            raise InstallationError(refused.message) from None
        if options.sign:
            commands.teken_dkim(actor, domain)
        for key in queries.dkim_sleutels(actor):
            if key.domein == domain:
                print(dkim.zone_line(key.selector, key.domein, key.algoritme, key.publiek))
                print(
                    f"; {'signs' if key.tekent_vanaf else 'does not sign yet'}; in DNS: {key.dns or 'not looked yet'}"
                )
    return 0


def shell(options: argparse.Namespace) -> int:
    """`loket shell`."""
    with django_of(installation(options)):
        from django.core.management import call_command

        call_command("shell")
    return 0


def docs(options: argparse.Namespace) -> int:
    """`loket docs`: in the repository."""
    folder = Path("docs/developer")
    if not folder.is_dir():
        raise InstallationError("Start this in the root of the repository: there is no docs/developer here.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    from loket.assembly.reference import pages

    for name, text in pages().items():
        (folder / name).write_text(text)
    return 0


def messages(options: argparse.Namespace) -> int:
    """`loket messages`: in the repository, with gettext."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    from loket.assembly import messages as catalogue

    if missing := catalogue.tools():
        raise InstallationError(f"Install gettext first: {', '.join(missing)} not found.")
    empty = catalogue.write()
    for text in empty:
        print(f"No English yet: {text}")
    return 1 if empty else 0


# --- care ----------------------------------------------------------------------------------------------


def doctor(options: argparse.Namespace) -> int:
    """`loket doctor`."""
    from loket.assembly.doctor import examine

    findings = examine(installation(options))
    for finding in findings:
        print(finding)
    problems = sum(finding.level == "problem" for finding in findings)
    warnings = sum(finding.level == "warning" for finding in findings)
    print(f"{problems} problem(s), {warnings} warning(s).")
    return 1 if problems else 0


def back_up(options: argparse.Namespace) -> int:
    """`loket backup FILE`."""
    from loket.assembly.backup import write

    here = installation(options)
    if not here.data.is_dir():
        raise InstallationError(f"There is no data folder {here.data}.")
    here.environ()
    with here.database():
        print(json.dumps(write(here, options.file), ensure_ascii=False))
    return 0


def restore_backup(options: argparse.Namespace) -> int:
    """`loket restore FILE`."""
    from loket.assembly.backup import read

    here = installation(options)
    for line in read(here, options.file, force=options.force):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
