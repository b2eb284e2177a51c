"""What can be done with people, contacts and tasks. Each command takes who does it, checks the rights and the rules,
and writes rows, audit and event in one transaction; it raises Forbidden, NotFound or Refused, and has then changed
nothing."""

from loket.registers.klanten.commands.contacten import deel, leg_contact_vast
from loket.registers.klanten.commands.gesprekken import (
    bewaar_gesprek,
    draag_gesprekken_over,
    gooi_gesprek_weg,
    rond_gesprek_af,
)
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
from loket.registers.klanten.commands.terugbellen import (
    beloof_opnieuw,
    beloof_terugbellen,
    leg_poging_vast,
    meld_te_laat,
)

__all__ = [
    "beantwoord_internetaak",
    "beloof_opnieuw",
    "beloof_terugbellen",
    "bewaar_gesprek",
    "deel",
    "draag_gesprekken_over",
    "geef_internetaak",
    "geef_terug",
    "gooi_gesprek_weg",
    "leg_contact_vast",
    "leg_poging_vast",
    "meld_gebounced",
    "meld_te_laat",
    "neem_over",
    "pak_op",
    "registreer_partij",
    "rond_gesprek_af",
    "trek_in",
    "wijs_taak_toe",
    "wijzig_partij",
]
