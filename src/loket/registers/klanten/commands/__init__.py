"""What can be done with people, contacts and tasks. Each command takes who does it, checks the rights and the rules,
and writes rows, audit and event in one transaction; it raises Forbidden, NotFound or Refused, and has then changed
nothing."""

from loket.registers.klanten.commands.contacten import deel, leg_contact_vast
from loket.registers.klanten.commands.partijen import meld_gebounced, registreer_partij, wijzig_partij
from loket.registers.klanten.commands.taken import (
    beantwoord_internetaak,
    geef_internetaak,
    geef_terug,
    neem_over,
    pak_op,
    trek_in,
    wijs_taak_toe,
)

__all__ = [
    "beantwoord_internetaak",
    "deel",
    "geef_internetaak",
    "geef_terug",
    "leg_contact_vast",
    "meld_gebounced",
    "neem_over",
    "pak_op",
    "registreer_partij",
    "trek_in",
    "wijs_taak_toe",
    "wijzig_partij",
]
