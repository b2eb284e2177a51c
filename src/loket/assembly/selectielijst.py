"""`loket selectielijst`: which selection list this Loket uses, and putting another in its place."""

import argparse
from collections.abc import Callable
from pathlib import Path

from loket.assembly.installation import InstallationError

type Add = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def declare(add: Add) -> None:
    """Add the command."""
    top = add("selectielijst", run, "Show which selection list (archiving) is used, or use another from now on.")
    which = top.add_mutually_exclusive_group()
    which.add_argument(
        "plek",
        nargs="?",
        type=Path,
        metavar="FOLDER-or-FILE",
        help="the list: a folder with procestypen.json, resultaten.json and resultaattypeomschrijvingen.json as VNG"
        " publishes them, or the one file that Loket makes of it (selectielijst.json)",
    )
    which.add_argument("--shipped", action="store_true", help="use the list that Loket ships with again")


def run(options: argparse.Namespace) -> int:
    """Replace the list if asked; then say which is used. Raises InstallationError: then nothing has changed."""
    from loket.assembly.cli import installation

    here = installation(options)
    if not here.data.is_dir():
        raise InstallationError(f"There is no data folder {here.data}. Start Loket once, or name another with --data.")
    here.environ()
    from loket.registers.catalogi.selectielijst import lijst

    try:
        if options.plek:
            lijst.vervang(options.plek)
        elif options.shipped:
            lijst.terug()
        found = lijst.huidig()
    except (OSError, ValueError) as error:
        raise InstallationError(str(error)) from None
    for name in ("procestypen", "resultaten", "resultaattypeomschrijvingen"):
        print(f"{name}: {len(getattr(found, name))}")
    print(found.bron or "This list does not say where it comes from.")
    return 0
