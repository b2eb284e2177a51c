"""Standard texts with placeholders: {naam} {nummer} {onderwerp} {plek} {datum} {medewerker} {organisatie}."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: The placeholders that a standard text may use; nothing else stands between braces.
PLAATSHOUDERS = ("naam", "nummer", "onderwerp", "plek", "datum", "medewerker", "organisatie")


@dataclass(frozen=True, slots=True)
class Standaardtekst:
    """One standard text.

    Empty `soort` or `domein` means: for all. `organisatie` is "gemeente", "waterschap" or "" (both).
    """

    code: str
    titel: str
    tekst: str
    soort: str
    domein: str
    organisatie: str


@cache
def standaardteksten() -> tuple[Standaardtekst, ...]:
    """All standard texts: first those for every subject, then those for one."""
    map_ = files("loket.assembly.demo.teksten") / "data"
    ruw = [
        r
        for deel in ("algemeen", "onderwerp")
        for r in tomllib.loads((map_ / f"standaardteksten-{deel}.toml").read_text(encoding="utf-8"))["standaardtekst"]
    ]
    return tuple(
        Standaardtekst(
            code=r["code"],
            titel=r["titel"],
            tekst=r["tekst"].strip(),
            soort=r.get("soort", ""),
            domein=r.get("domein", ""),
            organisatie=r.get("organisatie", ""),
        )
        for r in ruw
    )
