"""The interface in English: the texts in the source are Dutch and are the msgids, `locale/en` holds the English.

`loket messages` finds the texts again and compiles the catalogue. The extraction is Django's own (`makemessages`, which
needs gettext), on a copy of the source, because it writes files beside the templates. No places, no dates and a fixed
order, so that the file changes only where a text changes; and no guesses (fuzzy), so that what is new is empty.
"""

import shutil
import subprocess
import tempfile
from contextlib import chdir
from pathlib import Path

from django.core.management import call_command
from django.core.management.commands import makemessages
from django.test import override_settings

SOURCE = Path(__file__).resolve().parents[1]
CATALOGUE = Path("assembly/locale/en/LC_MESSAGES/django.po")
HEADER = """# The English of Loket. The Dutch of the source stands in msgid; translate what is empty, then run `loket messages`.
msgid ""
msgstr ""
"Project-Id-Version: Loket\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


class _Extract(makemessages.Command):
    """Django's extraction, sorted and without guesses."""

    msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching", "--sort-output"]
    msgattrib_options = ["--no-obsolete", "--sort-output"]


def tools() -> list[str]:
    """The programs of gettext that are missing here."""
    return [name for name in ("xgettext", "msguniq", "msgmerge", "msgattrib", "msgfmt") if not shutil.which(name)]


def extracted(source: Path = SOURCE) -> str:
    """The catalogue as it should be: every text of the source, with the English that is known. Changes nothing.

    Raises django.core.management.CommandError when a text cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="loket-messages-") as place:
        copy = Path(place) / "loket"
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static", "migrations"))
        with chdir(copy), override_settings(LOCALE_PATHS=[str(copy / "assembly" / "locale")]):
            call_command(_Extract(), locale=["en"], no_location=True, no_obsolete=True, verbosity=0)
        text = (copy / CATALOGUE).read_text()
    _header, _empty_line, entries = text.partition("\n\n")
    return f"{HEADER}\n{entries.strip()}\n"


def write(source: Path = SOURCE) -> list[str]:
    """Bring the catalogue up to date and compile it. Gives the texts that have no English yet.

    Raises subprocess.CalledProcessError when the catalogue cannot be compiled: its words are those of msgfmt.
    """
    catalogue = source / CATALOGUE
    catalogue.write_text(extracted(source))
    subprocess.run(
        ["msgfmt", "--check-format", "-o", catalogue.with_suffix(".mo"), catalogue],  # noqa: S607
        check=True,
    )
    found = subprocess.run(
        ["msgattrib", "--untranslated", "--no-wrap", catalogue],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    )
    return [line[7:-1] for line in found.stdout.splitlines() if line.startswith('msgid "') and line != 'msgid ""']
