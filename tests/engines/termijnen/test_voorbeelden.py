"""The examples of docs/developer/termijnen.md and the room's README: read from the page, so that the page is true."""

from __future__ import annotations

import importlib
import inspect
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import loket.engines.termijnen
from loket.engines.termijnen.kalender import Kalender
from loket.engines.termijnen.termijn import Termijn

KAMER = Path(loket.engines.termijnen.__file__).parent
PAGINA = Path(__file__).resolve().parents[3] / "docs/developer/termijnen.md"
REGELS = ("aanvragen", "atw", "besluiten", "bezwaar", "doorzending", "dwangsom", "klachten", "normen", "rekenen", "woo")
RIJ = re.compile(r"^\| `(?P<vraag>[^`]+)` \| (?P<antwoord>€ [\d.,]+|\d{4}-\d\d-\d\d) \| (?P<hoe>.+) \|$", re.M)
DATUM = re.compile(r'"[^"]*"|\b(\d{4})-(\d\d)-(\d\d)\b')


def met_dagen(*dagen: date) -> Kalender:
    """A calendar with these days equated with a holiday."""
    return Kalender(frozenset(dagen))


NAMEN: dict[str, Any] = {"date": date, "met_dagen": met_dagen}
for naam in REGELS:
    NAMEN |= vars(importlib.import_module(f"loket.engines.termijnen.{naam}"))
VOORBEELDEN = [(r["vraag"], r["antwoord"]) for r in RIJ.finditer(PAGINA.read_text(encoding="utf-8"))]


def beantwoord(vraag: str) -> Any:
    """The value of a call in which days are written as 2026-06-01."""

    def dag(gevonden: re.Match[str]) -> str:
        if gevonden[1] is None:
            return gevonden[0]  # text between quotes
        return "date({},{},{})".format(*(int(deel) for deel in gevonden.groups()))

    return eval(DATUM.sub(dag, vraag), dict(NAMEN))


@pytest.mark.parametrize(("vraag", "antwoord"), VOORBEELDEN, ids=[v for v, _ in VOORBEELDEN])
def test_example(vraag: str, antwoord: str) -> None:
    gevonden = beantwoord(vraag)
    if isinstance(gevonden, int):
        centen = antwoord.removeprefix("€ ").replace(".", "").replace(",", "")
        assert gevonden == int(centen)
        return
    if isinstance(gevonden, Termijn):
        gevonden = gevonden.laatste_dag
    assert gevonden == date.fromisoformat(antwoord)


def test_the_page_holds_enough_examples() -> None:
    assert len(VOORBEELDEN) >= 60


def test_every_rule_is_on_the_page_and_every_name_on_the_page_exists() -> None:
    tabel = PAGINA.read_text(encoding="utf-8").split("## The rules")[1].split("## Examples")[0]
    regels = [rij.split("|")[2] for rij in tabel.splitlines() if rij.startswith("| ")]
    genoemd = set(re.findall(r"`([A-Za-z_][\w.]*)(?:\(\w*\))?`", " ".join(regels)))
    publiek = {
        naam
        for kamer in ("aanvragen", "bezwaar", "doorzending", "dwangsom", "klachten", "normen", "woo")
        for naam, ding in vars(importlib.import_module(f"loket.engines.termijnen.{kamer}")).items()
        if inspect.isfunction(ding) and ding.__module__.endswith(f".{kamer}") and not naam.startswith("_")
    }
    assert publiek - genoemd <= {"hersteltermijn"}  # the shared way of counting, not a rule of its own
    assert all(naam.split(".")[0] in NAMEN for naam in genoemd)


def test_every_rule_names_its_article() -> None:
    for kamer in ("aanvragen", "bezwaar", "doorzending", "dwangsom", "klachten", "woo"):
        module = importlib.import_module(f"loket.engines.termijnen.{kamer}")
        for naam, ding in vars(module).items():
            if inspect.isfunction(ding) and ding.__module__ == module.__name__ and not naam.startswith("_"):
                assert re.search(r"\b(Awb|Woo) \d", ding.__doc__ or ""), f"{kamer}.{naam} names no article"


@pytest.mark.parametrize("pagina", [PAGINA, KAMER / "README.md"], ids=lambda p: p.name)
def test_the_code_on_the_page_runs(pagina: Path) -> None:
    blokken = pagina.read_text(encoding="utf-8").split("```python\n")[1:]
    assert blokken
    for blok in blokken:
        exec(blok.split("```")[0], {})


def test_the_engine_stands_alone() -> None:
    """No Django, no database, nothing of the house: it could be published on its own."""
    for bestand in KAMER.glob("*.py"):
        for regel in bestand.read_text(encoding="utf-8").splitlines():
            gevonden = re.match(r"(?:from|import) (\S+)", regel)
            if gevonden and gevonden[1].startswith(("loket", "django")):
                assert gevonden[1].startswith("loket.engines.termijnen."), f"{bestand.name}: {regel}"
