"""`loket doctor`: what is wrong with this installation, in words, with what to do about it."""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator

from loket.assembly import symptoms
from loket.assembly.installation import Installation, InstallationError
from loket.assembly.symptoms import Finding

type Check = Callable[[Installation], Iterator[Finding]]

BEFORE: tuple[Check, ...] = (
    symptoms.python,
    symptoms.packages,
    symptoms.folder,
    symptoms.space,
    symptoms.secrets,
    symptoms.mode,
    symptoms.clock,
    symptoms.vendored,
    symptoms.files,
)
"""What can be seen without a database."""
WITH_DATABASE: tuple[Check, ...] = (
    symptoms.server,
    symptoms.migrations,
    symptoms.health,
    symptoms.jobs,
    symptoms.mail,
    symptoms.mail_in,
)


def examine(here: Installation) -> list[Finding]:
    """All findings, in a fixed order; a check that itself fails is a problem too, and the others go on."""
    found = [finding for check in BEFORE for finding in _run(check, here)]
    if not here.data.is_dir() and not os.environ.get("DATABASE_URL"):
        return found
    here.environ()
    try:
        with here.database() as embedded:
            if embedded is not None:
                found.append(symptoms.ok(f"The embedded PostgreSQL runs ({embedded.cluster})."))
            import django

            django.setup()
            found += [finding for check in WITH_DATABASE for finding in _run(check, here)]
            with contextlib.suppress(Exception):
                from loket.foundation.database.closing import let_go

                let_go()
    except InstallationError as error:
        found.append(symptoms.problem(str(error)))
    return found


def _run(check: Check, here: Installation) -> list[Finding]:
    try:
        return list(check(here))
    except Exception as fault:
        name = check.__name__.replace("_", " ")
        return [symptoms.problem(f"The check of {name} failed: {type(fault).__name__}: {str(fault)[:300]}")]


def is_running(here: Installation) -> bool:
    """Whether `loket run` is busy on this data folder."""
    lock = here.data / "run.lock"
    if not lock.exists():
        return False
    with lock.open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
