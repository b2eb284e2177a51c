"""`loket laad-zaken FILE`: zaken from another system, from the command line."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from loket.assembly.installation import InstallationError

type Add = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def declare(add: Add) -> None:
    """Add the command."""
    load = add("laad-zaken", run, "Load zaken, documents and what belongs to them from a file: JSON lines.")
    load.add_argument(
        "file", type=Path, help="each line one object as the APIs answer it, with its own url; - is input"
    )
    load.add_argument("--organisatie", default="", help="abbreviation of whose they are (default: the main one)")


def run(options: argparse.Namespace) -> int:
    """Load all or nothing; raises InstallationError with a sentence for what cannot be loaded."""
    from loket.assembly.cli import django_of, installation

    with django_of(installation(options)):
        from loket.assembly.applicatie import organisatie_van
        from loket.foundation.access.actor import Actor
        from loket.foundation.errors import Refused
        from loket.foundation.identity.models import Organisatie
        from loket.registers.laden import laad_zaken

        begin = time.monotonic()

        def voortgang(aantal: int) -> None:
            if sys.stderr.isatty():
                print(
                    f"\r{aantal:,} lines, {aantal / (time.monotonic() - begin):,.0f} a second", end="", file=sys.stderr
                )

        source = sys.stdin.buffer if str(options.file) == "-" else None
        try:
            with source or options.file.open("rb") as lines:
                eigenaar = Organisatie.objects.get(id=organisatie_van(options.organisatie))
                found = laad_zaken(Actor.system("loket laad-zaken"), eigenaar, lines, voortgang)
        except OSError as error:
            raise InstallationError(f"{options.file}: {error.strerror}.") from None
        except Refused as refused:
            raise InstallationError(refused.message) from None
        for soort, aantal in sorted(found.items()):
            print(f"{aantal:>12,}  {soort}")
        print(f"Loaded in {time.monotonic() - begin:,.0f} seconds.")
    return 0
