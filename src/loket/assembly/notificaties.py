"""`loket notificaties toon|opnieuw`: how it goes with what applications are told, from the command line."""

import argparse
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from loket.assembly.installation import InstallationError

type Add = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def declare(add: Add) -> None:
    """Add the command with its two acts."""
    top = add("notificaties", run, "See which notifications reach applications, and send again: toon, opnieuw.")
    acts = top.add_subparsers(metavar="ACT", dest="act", required=True)
    for name, text in (
        ("toon", "Show of each abonnement what arrived, waits, and was given up."),
        ("opnieuw", "Send again what was given up: of one abonnement, or of all."),
    ):
        sub = acts.add_parser(name, help=text, description=text)
        sub.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="as for every command")
        sub.add_argument("abonnement", metavar="ABONNEMENT", nargs="?", type=UUID, help="its key, as `toon` shows it")
    sub.set_defaults(secrets=False)
    acts.choices["toon"].add_argument("--secrets", action="store_true", help="with what our signature is checked")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; raises InstallationError when there is no such abonnement."""
    from loket.assembly.cli import django_of, installation

    with django_of(installation(options)):
        from loket.foundation.access.actor import Actor
        from loket.registers.notificaties import commands, queries

        actor = Actor.system(f"loket notificaties {options.act}")
        found = [each for each in queries.standen(None) if options.abonnement in (None, each.id)]
        if options.abonnement and not found:
            raise InstallationError(f"There is no abonnement {options.abonnement}.")
        for each in found:
            if options.act == "opnieuw":
                print(f"{each.id}: {commands.stuur_opnieuw(actor, each.id)} notification(s) sent again")
                continue
            print(f"{each.id}: {each.ontvanger} ({', '.join(each.kanalen)})")
            print(f"  arrived {each.afgeleverd}, waiting {each.wacht} (failed before: {each.hapert}), dead {each.dood}")
            if each.fout:
                print(f"  {each.fout}")
            if options.secrets:
                row = queries.haal_abonnement(actor, each.id)
                print(f"  secret: {queries.open_geheim(each.id, row['geheim'])}")
    return 0
