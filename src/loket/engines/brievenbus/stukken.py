"""From gathered parts to attachments: a safe name, what it really is, what it is for."""

from __future__ import annotations

from loket.engines.brievenbus.bestanden import gezien, rol_van_beeld, veilige_naam
from loket.engines.brievenbus.brief import Bijlage, Label, Rol
from loket.engines.brievenbus.bron import Bron
from loket.engines.brievenbus.citaat import Knipsel
from loket.engines.brievenbus.inhoud import Stukje, Verzameling

_EIGEN = (Label.NIEUW, Label.DOORGESTUURD)


def bijlagen_van(vergaard: Verzameling, knipsel: Knipsel) -> tuple[Bijlage, ...]:
    """The attachments in the order of the mail, then the images that stood in the HTML itself."""
    uit = [_bijlage(stukje, vergaard, knipsel) for stukje in vergaard.stukjes]
    for adres in vergaard.data:
        kop, _komma, inhoud = adres.partition(",")
        rauw = inhoud.encode("utf-8", "replace")
        bron = Bron(rauw, 0, len(rauw), "base64" if ";base64" in kop.lower() else "")
        soort = kop[5:].partition(";")[0].lower()[:80]
        uit.append(Bijlage(veilige_naam("afbeelding", soort), "", soort, gezien(bron.kopje()), Rol.INLINE, bron=bron))
    return tuple(uit)


def _bijlage(stukje: Stukje, vergaard: Verzameling, knipsel: Knipsel) -> Bijlage:
    begin = stukje.bron.kopje()
    echt = gezien(begin)
    rol = stukje.rol
    if rol is Rol.BIJLAGE and (echt or stukje.type).startswith("image/"):
        in_tekst = bool(stukje.cid) and (stukje.cid in vergaard.cids or stukje.cid in vergaard.alle_cids)
        rol = rol_van_beeld(stukje.bron, begin, in_tekst=in_tekst, bij_nieuw=_bij_nieuw(stukje.cid, vergaard, knipsel))
    naam = stukje.naam or ("bericht" if rol is Rol.BERICHT else "")
    soort = echt if stukje.type == "application/octet-stream" and echt else stukje.type
    return Bijlage(veilige_naam(naam, soort), stukje.naam[:1000], stukje.type, echt, rol, stukje.cid[:300], stukje.bron)


def _bij_nieuw(cid: str, vergaard: Verzameling, knipsel: Knipsel) -> bool:
    plek = vergaard.cids.get(cid, -1)
    if plek < 0:
        return plek == -1
    return not knipsel.labels or knipsel.labels[min(plek, len(knipsel.labels) - 1)] in _EIGEN
