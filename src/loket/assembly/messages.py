"""The interface in English: the texts in the source are Dutch and are the msgids, `locale/en` holds the English.

`loket messages` finds the texts again and compiles the catalogue. The extraction is Django's own (`makemessages`, which
needs gettext), on a copy of the source, because it writes files beside the templates. No places, no dates and a fixed
order, so that the file changes only where a text changes; and no guesses (fuzzy), so that what is new is empty.
"""

import re
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
HEADER = """# The English of Loket; msgid is the Dutch of the source. Translate what is empty and run `loket messages`.
msgid ""
msgstr ""
"Project-Id-Version: Loket\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

_EMPTY = re.compile(r'^msgstr(\[\d\])? ""(?!\n")', re.MULTILINE)


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
    return empty(catalogue.read_text())


def empty(text: str) -> list[str]:
    """The texts of a catalogue that have no English, or not in every form, as they stand in it."""
    entries = (entry for entry in text.split("\n\n")[1:] if _EMPTY.search(entry))
    return [
        "".join(re.findall(r'"(.*)"', entry.partition("\nmsgid_plural")[0].partition("\nmsgstr")[0]))
        for entry in entries
    ]
