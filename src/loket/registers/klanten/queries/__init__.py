"""Questions to the klanten register. Whoever asks about residents states the use (`Use`): the line in the data-use
log is written by the statement that reads, so without the line there is no data."""

from loket.registers.klanten.queries.contacten import Contact, contact, contacten_van_partij, contacten_van_zaak
from loket.registers.klanten.queries.personen import (
    Persoon,
    adressen_voor_bericht,
    betrokkenen,
    identificatie,
    partij,
    personen_bij,
    zoek_partijen,
)
from loket.registers.klanten.queries.taken import Taak, bellen_te_laat, taken, tel_bellen_te_laat, terug_te_geven

__all__ = [
    "Contact",
    "Persoon",
    "Taak",
    "adressen_voor_bericht",
    "bellen_te_laat",
    "betrokkenen",
    "contact",
    "contacten_van_partij",
    "contacten_van_zaak",
    "identificatie",
    "partij",
    "personen_bij",
    "taken",
    "tel_bellen_te_laat",
    "terug_te_geven",
    "zoek_partijen",
]
