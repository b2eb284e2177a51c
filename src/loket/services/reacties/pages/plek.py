"""The place in the form: between the location picker of `plekken` and what a draft keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from loket.registers.plekken import kiezer as kiezen
from loket.registers.plekken.queries import dichtstbijzijnde_adres, kies_plek
from loket.services.reacties.inzending import Foto, Plek
from loket.services.reacties.queries.dubbel import Bekend


def kies(gegeven: Mapping[str, Any]) -> kiezen.Uitkomst:
    """What the picker says. Who typed an address and went on without searching, meant that address: it is searched."""
    uitkomst = kies_plek(gegeven)
    staat = uitkomst.staat
    if uitkomst.actie == "" and staat.zoekterm and staat.pin is None and not staat.woorden:
        return kies_plek({**{naam: gegeven[naam] for naam in gegeven}, "kiezer": "zoek"})
    return uitkomst


def begin(plaats: Plek) -> kiezen.Uitkomst:
    """The picker as it opens, with the place that was chosen before."""
    return kiezen.Uitkomst(kiezen.begin(plaats.x, plaats.y, plaats.label, plaats.woorden))


def gekozen(uitkomst: kiezen.Uitkomst, woorden: str) -> Plek:
    """The place that was chosen, with the words exactly as the resident wrote them."""
    staat = uitkomst.staat
    if staat.pin is None:
        return Plek(woorden=woorden)
    return Plek(staat.tekst, woorden, *staat.pin)


@dataclass(frozen=True)
class Aanbod:
    """A place that was in a photo: the photo, and where that is."""

    foto: str
    plek: Plek


def aanbod(fotos: Sequence[Foto]) -> Aanbod | None:
    """The place in the first photo that knows one in this town; None when there is none."""
    for foto in fotos:
        if foto.x is not None and foto.y is not None:
            hier = dichtstbijzijnde_adres(foto.x, foto.y)
            if hier is not None:
                return Aanbod(foto.id, Plek(hier.tekst, "", foto.x, foto.y))
    return None


def uit_foto(fotos: Sequence[Foto], sleutel: str, woorden: str) -> Plek | None:
    """The place that was in this photo, if it is one in this town."""
    gevonden = aanbod([foto for foto in fotos if foto.id == sleutel])
    return replace(gevonden.plek, woorden=woorden) if gevonden else None


def punten(bekend: Sequence[Bekend]) -> list[tuple[float, float]]:
    """Where known reports are, in the order of their numbers."""
    return [(each.x, each.y) for each in bekend]
