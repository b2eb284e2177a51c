"""The tables of the klanten register. Names are those of Open Klant's klantinteracties."""

from loket.registers.klanten.models.contact import Betrokkene, Bijlage, Klantcontact, Onderwerpobject
from loket.registers.klanten.models.gesprek import Gesprek
from loket.registers.klanten.models.partij import DigitaalAdres, Partij, Partijidentificator
from loket.registers.klanten.models.taak import Internetaak

__all__ = [
    "Betrokkene",
    "Bijlage",
    "DigitaalAdres",
    "Gesprek",
    "Internetaak",
    "Klantcontact",
    "Onderwerpobject",
    "Partij",
    "Partijidentificator",
]
