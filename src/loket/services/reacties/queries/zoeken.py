"""Searching the front page: doors, what one can report or ask, and news. Simple on purpose: a few dozen things."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from loket.foundation.web.extensions import Tile
from loket.services.reacties.categorieen import ANDERS, CATEGORIEEN, GEVAAR

_PADEN = {"melding": "/melden", "vraag": "/vragen", "klacht": "/klacht", "compliment": "/compliment"}


@dataclass(frozen=True)
class Treffer:
    """Something that was found, and where it goes."""

    titel: str
    tekst: str
    adres: str


def zoek(vraag: str, deuren: Sequence[Tile], nieuws: Sequence[Any] = ()) -> list[Treffer]:
    """What fits these words, the best first; at most twelve."""
    woorden = [w for w in re.findall(r"\w+", vraag.lower()) if len(w) > 1]
    if not woorden:
        return []
    gevonden: list[tuple[int, Treffer]] = []
    for deur in deuren:
        punten = _punten(woorden, f"{deur.title} {deur.text}")
        if punten:
            gevonden.append((punten * 2, Treffer(str(deur.title), str(deur.text), deur.href)))
    wat = {"melding": _("Meld: %(wat)s"), "vraag": _("Vraag over: %(wat)s")}
    for soort, zin in wat.items():
        for each in CATEGORIEEN[soort]:
            punten = _punten(woorden, f"{each.naam} {' '.join(each.trefwoorden)}")
            if punten and each.code not in (ANDERS, GEVAAR):
                titel = zin % {"wat": str(each.naam)[:1].lower() + str(each.naam)[1:]}
                gevonden.append((punten, Treffer(titel, "", f"{_PADEN[soort]}?over={each.code}")))
    for bericht in nieuws:
        if isinstance(bericht, dict) and (punten := _punten(woorden, f"{bericht.get('titel')} {bericht.get('tekst')}")):
            treffer = Treffer(
                str(bericht.get("titel", "")), str(bericht.get("tekst", "")), str(bericht.get("url") or "/#nu")
            )
            gevonden.append((punten, treffer))
    return [treffer for _punt, treffer in sorted(gevonden, key=lambda each: -each[0])][:12]


def _punten(woorden: Sequence[str], tekst: str) -> int:
    """How many of the words occur, as the beginning of a word or, when long enough, inside one."""
    laag = tekst.lower()
    eigen = re.findall(r"\w+", laag)
    return sum(
        any(w.startswith(vraag) or (len(vraag) > 3 and vraag in w) or (len(w) > 3 and w in vraag) for w in eigen)
        for vraag in woorden
    )
