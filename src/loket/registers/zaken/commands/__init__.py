"""What can be done with a zaak. Each command takes who does it, checks the rights and the rules, and writes rows, audit
and event in one transaction; it raises Forbidden, NotFound or Refused, and has then changed nothing."""

from loket.registers.zaken.commands.delen import (
    deel_documenten,
    koppel_document,
    koppel_zaken,
    schrijf_notitie,
    voeg_rol_toe,
    zet_eigenschap,
    zet_zaakobject,
)
from loket.registers.zaken.commands.maken import maak_zaak
from loket.registers.zaken.commands.status import heropen_zaak, sluit_zaak, zet_status
from loket.registers.zaken.commands.werk import werk_bij, wijs_toe
from loket.registers.zaken.voorwerk import eenmalig, maak_reeks, voor

__all__ = [
    "deel_documenten",
    "eenmalig",
    "heropen_zaak",
    "koppel_document",
    "koppel_zaken",
    "maak_reeks",
    "maak_zaak",
    "schrijf_notitie",
    "sluit_zaak",
    "voeg_rol_toe",
    "voor",
    "werk_bij",
    "wijs_toe",
    "zet_eigenschap",
    "zet_status",
    "zet_zaakobject",
]
