"""The tables of the zaken register. Field names are those of ZRC 1.7.0."""

from loket.registers.zaken.models.delen import (
    Resultaat,
    Rol,
    Status,
    Zaakeigenschap,
    ZaakInformatieobject,
    Zaaknotitie,
    Zaakobject,
    ZaakRelatie,
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
    "ZaakInformatieobject",
    "ZaakRelatie",
    "Zaakeigenschap",
    "Zaaknotitie",
    "Zaakobject",
]
