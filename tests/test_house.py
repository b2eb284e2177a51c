"""The house keeps its shape: rooms, labels, locks, documentation."""

import ast
import inspect
import re
import subprocess
from pathlib import Path
from types import FunctionType

import pytest
from django.apps import apps
from django.conf import settings

from loket.assembly import reference
from loket.foundation.events.event import Event
from loket.foundation.events.event import registry as events

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "loket"
ROOMS = sorted(p for floor in ("foundation", "engines", "registers", "services") for p in (SRC / floor).iterdir())
ROOMS = [p for p in ROOMS if p.is_dir() and p.name != "__pycache__"]
TRACKED = subprocess.run(
    ["git", "ls-files"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=False,
).stdout.splitlines()


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: f"{p.parent.name}.{p.name}")
def test_a_room_says_what_it_is_for_and_nothing_else(room: Path) -> None:
    body = ast.parse((room / "__init__.py").read_text()).body
    assert len(body) == 1 and isinstance(body[0], ast.Expr), f"{room}/__init__.py holds a docstring and nothing else"
    assert len(ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or "") > 40


def test_labels_are_the_names_of_rooms_and_unique() -> None:
    ours = [config for config in apps.get_app_configs() if config.name.startswith("loket.")]
    assert len({config.label for config in apps.get_app_configs()}) == len(list(apps.get_app_configs()))
    for config in ours:
        room = config.name.rsplit(".", 1)[-1]
        assert config.label in (room, f"loket_{room}")
    assert [config.name for config in ours] == settings.ROOMS


def test_files_stay_small_enough_to_be_one_thing() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SRC.rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 400
    }
    assert not long, f"These files ask to become a package with a clear cut: {long}"


def test_what_sets_letters_is_loaded_when_one_is_made() -> None:
    """It takes a fifth of the time in which a process starts, and 19 MB."""
    slow = re.compile(r"^(from|import) (fpdf|fontTools|loket\.foundation\.mail\.(letters|typesetting))\b", re.MULTILINE)
    at_start = {path.name for path in SRC.rglob("*.py") if slow.search(path.read_text())}
    assert at_start == {"letters.py", "typesetting.py"}, "import them in the function that makes the letter"


def test_the_lock_names_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lock = (ROOT / name).read_text()
        assert "://" not in lock
        assert lock.count("--hash=sha256:") > 100
    forbidden = [f for f in TRACKED if Path(f).name in ("uv.lock", "package-lock.json", "yarn.lock", "poetry.lock")]
    assert not forbidden


@pytest.mark.parametrize("event", sorted(events.values(), key=lambda e: e.type), ids=lambda e: e.type)
def test_every_event_is_explained(event: type[Event]) -> None:
    assert event.__doc__ and not event.__doc__.startswith(f"{event.__name__}("), "an event needs a docstring"


@pytest.mark.parametrize("command", list(reference.commands()), ids=lambda c: c[0])
def test_every_command_says_what_it_does_and_asks_who_does_it(command: tuple[str, FunctionType]) -> None:
    name, function = command
    assert inspect.getdoc(function), f"{name} needs a docstring"
    assert next(iter(inspect.signature(function).parameters), "") == "actor", f"{name} must take the actor first"


def test_every_page_has_a_policy() -> None:
    assert len(list(reference.routes())) > 20


@pytest.mark.parametrize("page", ["events.md", "commands.md", "access.md"])
def test_the_reference_pages_are_those_of_this_code(page: str) -> None:
    written = (ROOT / "docs/developer" / page).read_text()
    lines = reference.pages()[page].splitlines(keepends=True)
    made = "".join(line for line in lines if "`test." not in line)  # what tests themselves registered
    assert written == made, "run `loket docs` to write the reference pages again"


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/administrator/settings.md").read_text()
    used = set()
    for path in SRC.rglob("*.py"):
        used |= set(re.findall(r"""(?:\benv\(|environ(?:\.get\(|\[))\s*["']([A-Z][A-Z0-9_]+)["']""", path.read_text()))
    missing = {name for name in used if f"`{name}`" not in page}
    assert not missing, f"docs/administrator/settings.md does not explain {sorted(missing)}"
