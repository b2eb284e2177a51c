"""The fictive persons who can log in: the demo's own residents, and two whom nobody knows yet.

Their numbers begin with 9999, as test numbers do, and pass the elfproef; the two at the end have numbers that the
demo's generator of residents leaves free.
"""

from dataclasses import dataclass

from loket.assembly.demo.teksten.personen import VASTE_BEWONERS
from loket.assembly.standin.installation import MIDDEN

BASIS = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"


@dataclass(frozen=True)
class Persoon:
    """Somebody to log in as. `zekerheid` is the level of assurance with which this person logs in."""

    sleutel: str
    naam: str
    bsn: str
    uitleg: str
    uitleg_en: str
    zekerheid: str = MIDDEN


PERSONEN = (
    *(
        Persoon(bewoner.bsn[-5:], bewoner.formele_naam, bewoner.bsn, "Woont in Lindewaard.", "Lives in Lindewaard.")
        for bewoner in VASTE_BEWONERS
    ),
    Persoon("nieuw", "J. Nieuwenhuys", "999900006", "Was hier nog nooit.", "Was never here before."),
    Persoon(
        "basis",
        "B. Ooijevaar",
        "999900018",
        "Logt in met alleen een wachtwoord. Dat is te weinig.",
        "Logs in with a password only. That is not enough.",
        BASIS,
    ),
)
