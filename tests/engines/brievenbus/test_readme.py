"""The examples of the room's own page are run."""

import re
from pathlib import Path

import loket.engines.brievenbus as kamer


def test_the_examples_of_the_readme_are_true() -> None:
    pagina = (Path(kamer.__file__).parent / "README.md").read_text()
    blokken = re.findall(r"```python\n(.*?)```", pagina, re.DOTALL)
    assert blokken
    ruimte: dict[str, object] = {}
    for blok in blokken:
        exec(blok, ruimte)
