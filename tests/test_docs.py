"""The documentation is true: its commands exist, its code runs, its links lead somewhere, its words are explained.

A block ```sh is run or, when it starts something that stays, looked up; ```sh illustration is not (it needs root or
another machine). Blocks ```python of a page are run in order, as one program.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.apps import apps

from loket.assembly.cli import parser
from loket.assembly.reference import pages
from loket.foundation.access.actor import load
from loket.foundation.identity.models import Gebruiker, Organisatie
from loket.foundation.time.clock import frozen
from loket.registers.catalogi.models import Zaaktype
from tests.services.reacties.wereld import VRIJDAG, Wereld

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = [ROOT / "README.md", ROOT / "README.nl.md"]
BLOCK = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<code>.*?)^```$", re.M | re.S)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
WRITTEN = frozenset(f"docs/developer/{name}" for name in pages())
"""Pages that `loket docs` writes; tests/test_house.py holds them."""


def blocks(page: Path, kind: str) -> list[str]:
    """The code of every block of exactly this kind."""
    return [found["code"] for found in BLOCK.finditer(page.read_text()) if found["kind"].strip() == kind]


def ids(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_block_says_what_it_is(page: Path) -> None:
    text = page.read_text()
    assert text.count("\n```") % 2 == 0, "a block is not closed"
    known = {"sh", "sh illustration", "python", "ini", "nginx", "json", ""}
    assert {found["kind"].strip() for found in BLOCK.finditer(text)} <= known


def commands() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for code in [*blocks(page, "sh"), *blocks(page, "sh illustration")]:
            for line in code.splitlines():
                loket = re.search(r"(?:^|\s)(\./run|\./test|\.venv/bin/loket)(\s[^'#<|]*)?", line)
                if loket and not line.startswith("#"):
                    found.append((ids(page), f"{loket[1]}{loket[2] or ''}".strip()))
    return sorted(set(found))


@pytest.mark.parametrize(("page", "line"), commands())
def test_every_command_exists_with_these_options(page: str, line: str) -> None:
    program, *rest = shlex.split(line)
    if program == "./test":
        assert os.access(ROOT / "test", os.X_OK)
        assert all((ROOT / word).exists() for word in rest if word.startswith("tests/"))
        return
    if program == "./run":
        assert os.access(ROOT / "run", os.X_OK)
        rest = ["run", *rest]
    if rest == ["--help"]:
        return
    parser().parse_args(rest)  # SystemExit when a command or option is not there


def test_the_help_of_the_command_line_is_short_and_complete() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "loket.assembly.cli", "--help"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    for command in (
        "run",
        "check",
        "organisation",
        "password",
        "doctor",
        "backup",
        "restore",
        "demo",
        "migrate",
        "docs",
    ):
        assert f"\n    {command} " in done.stdout


@pytest.mark.parametrize("page", READMES, ids=ids)
def test_the_readme_shows_the_two_commands_and_the_logins(page: Path) -> None:
    from loket.assembly.demo.toegang import WACHTWOORD, WIE

    shown = "".join(blocks(page, "sh"))
    assert "./run\n" in shown and "./test\n" in shown
    text = page.read_text()
    assert f"`{WACHTWOORD}`" in text
    assert all(f"`{naam}`" in text for naam, _ in WIE), "the table of logins is that of the demo"


def test_both_readmes_show_the_same() -> None:
    one, other = READMES
    assert blocks(one, "sh") == blocks(other, "sh")
    pictures = [re.findall(r"docs/pictures/[\w.-]+", page.read_text()) for page in READMES]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(BLOCK.sub("", page.read_text())):
        address, _, part = unquote(target).partition("#")
        if re.match(r"[a-z]+:", address):
            continue
        file = (page.parent / address).resolve() if address else page
        inside = file.is_relative_to(ROOT) and str(file.relative_to(ROOT))
        if inside in WRITTEN or (file.parent.name == "pictures" and not file.parent.exists()):
            continue
        if not file.exists() or (part and file.suffix == ".md" and part not in headings(file)):
            broken.append(target)
    assert not broken, f"{ids(page)} links to what is not there: {broken}"


def headings(page: Path) -> set[str]:
    """The names that headings of a page get where it is read."""
    found = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text()), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_pages_name_files_that_exist(page: Path) -> None:
    """Paths of the repository between backticks, such as `tests/walk.py`."""
    if page.parent.name == "decisions":
        return  # what was true on that day
    text = BLOCK.sub("", page.read_text())
    named = re.findall(
        r"`((?:src|tests|docs|bench|services|registers|engines|foundation|assembly)/[\w./-]+\.\w+)`", text
    )
    gone = [
        path
        for path in named
        if not (ROOT / path).exists() and not (ROOT / "src/loket" / path).exists() and "pictures" not in path
    ]
    gone = [path for path in gone if path not in WRITTEN and path != "docs/make_pictures.py"]
    assert not gone, f"{ids(page)} names files that are not there: {gone}"


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / target.partition("#")[0]).resolve() for target in LINK.findall(index.read_text())}
    pages_there = {page for page in PAGES if page.is_relative_to(ROOT / "docs") and page != index}
    assert pages_there <= linked, sorted(ids(page) for page in pages_there - linked)


# --- the code on the pages runs -------------------------------------------------------------------------


def program(page: str) -> dict[str, Any]:
    """What the blocks of a page define, run as one program."""
    names: dict[str, Any] = {}
    for code in blocks(ROOT / page, "python"):
        exec(compile(code, page, "exec"), names)
    return names


@pytest.mark.django_db
def test_the_tutorial_works() -> None:
    names = program("docs/developer/start.md")
    tests = [thing for name, thing in names.items() if name.startswith("test_")]
    assert len(tests) == 2
    with frozen(VRIJDAG):
        lw = Wereld("LW", "Gemeente Lindewaard")
        for test in tests:
            test(lw)


@pytest.mark.django_db
def test_an_organisation_is_set_up_as_the_page_says() -> None:
    program("docs/administrator/organisation.md")
    gemeente = Organisatie.objects.get()
    assert set(Zaaktype.objects.values_list("identificatie", flat=True)) == {"vraag", "melding", "klacht", "compliment"}
    assert gemeente.team_set.count() == 3
    beheer = Gebruiker.objects.get(gebruikersnaam="d.beheer")
    assert load(beheer.pk).may("beheer.organisatie")


# --- words ----------------------------------------------------------------------------------------------


def test_every_word_of_the_domain_is_in_the_woordenlijst() -> None:
    text = re.sub(r"[\W_]", "", (ROOT / "docs/woordenlijst.md").read_text().lower())
    technique = {"Teller", "EventRow", "Listener", "Parked"}
    missing = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("loket.") and model.__name__ not in technique
        if model.__name__.lower() not in text
    ]
    assert not missing, f"docs/woordenlijst.md does not explain {missing}"


def test_every_functie_and_right_of_the_designer_page_exists() -> None:
    from loket.assembly.functies import FUNCTIES

    page = (ROOT / "docs/designer/README.md").read_text()
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.M)) == set(FUNCTIES)


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_pages_stay_plain(page: Path) -> None:
    """No address of a package registry, no path of somebody's machine."""
    text = page.read_text()
    assert not re.search(r"pypi\.org|npmjs|/home/\w|/Users/", text)
