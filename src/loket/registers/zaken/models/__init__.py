"""The tables of the zaken register. Field names are those of ZRC 1.7.0."""

from loket.registers.zaken.models.delen import (
    Resultaat,
    Rol,
    Status,
    ZaakContactmoment,
    Zaakeigenschap,
    ZaakInformatieobject,
    ZaakKlantcontact,
    Zaaknotitie,
    Zaakobject,
    ZaakRelatie,
    ZaakVerzoek,
)
from loket.registers.zaken.models.werk import Idempotentie, Toewijzing, Werkvoorraad
from loket.registers.zaken.models.zaak import Zaak

__all__ = [
    "Idempotentie",
    "Resultaat",
    "Rol",
    "Status",
    "Toewijzing",
    "Werkvoorraad",
    "Zaak",
    "ZaakContactmoment",
    "ZaakInformatieobject",
    "ZaakKlantcontact",
    "ZaakRelatie",
    "ZaakVerzoek",
    "Zaakeigenschap",
    "Zaaknotitie",
    "Zaakobject",
]
