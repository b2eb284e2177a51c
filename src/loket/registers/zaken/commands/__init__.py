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
from loket.registers.zaken.commands.maken import VELDEN, maak_zaak
from loket.registers.zaken.commands.status import heropen_zaak, sluit_zaak, zet_status
from loket.registers.zaken.commands.versie import zet_over
from loket.registers.zaken.commands.verwijderen import verwijder_zaak
from loket.registers.zaken.commands.werk import werk_bij, wijs_toe
from loket.registers.zaken.voorwerk import eenmalig, maak_reeks, volgend_nummer, voor

__all__ = [
    "VELDEN",
    "deel_documenten",
    "eenmalig",
    "heropen_zaak",
    "koppel_document",
    "koppel_zaken",
    "maak_reeks",
    "maak_zaak",
    "schrijf_notitie",
    "sluit_zaak",
    "verwijder_zaak",
    "voeg_rol_toe",
    "volgend_nummer",
    "voor",
    "werk_bij",
    "wijs_toe",
    "zet_eigenschap",
    "zet_over",
    "zet_status",
    "zet_zaakobject",
]
