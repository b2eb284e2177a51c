"""Questions to the zaken register. Every one filters by what the actor may see."""

from loket.registers.zaken.queries.tijdlijn import Gebeurtenis, tijdlijn
from loket.registers.zaken.queries.werklijst import (
    TELGRENS,
    Bladzijde,
    Filter,
    Regel,
    Tellingen,
    tellingen,
    werklijst,
)
from loket.registers.zaken.queries.zaken import (
    Treffer,
    haal_zaak,
    haal_zaken,
    in_de_buurt,
    mag,
    rollen,
    verwante_zaken,
    zaken_van_bewoner,
    zoek,
)
from loket.registers.zaken.queries.zicht import zichtbaar

__all__ = [
    "TELGRENS",
    "Bladzijde",
    "Filter",
    "Gebeurtenis",
    "Regel",
    "Tellingen",
    "Treffer",
    "haal_zaak",
    "haal_zaken",
    "in_de_buurt",
    "mag",
    "rollen",
    "tellingen",
    "tijdlijn",
    "verwante_zaken",
    "werklijst",
    "zaken_van_bewoner",
    "zichtbaar",
    "zoek",
]
