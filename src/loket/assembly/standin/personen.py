"""The fictive persons who can log in. Their numbers begin with 9999, as test numbers do, and pass the elfproef; all is
made up. The demo's data belongs to the same persons: take the number from here and make the pseudonym of it."""

from dataclasses import dataclass

MIDDEN = "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"
BASIS = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"


@dataclass(frozen=True)
class Persoon:
    """Somebody to log in as. `zekerheid` is the level of assurance with which this person logs in."""

    sleutel: str
    naam: str
    bsn: str
    uitleg: str = ""
    uitleg_en: str = ""
    zekerheid: str = MIDDEN


PERSONEN = (
    Persoon(
        "hazelhoff",
        "T. Hazelhoff",
        "999900006",
        "Deed een melding over een losse stoeptegel.",
        "Reported a loose paving stone.",
    ),
    Persoon(
        "brandsteder",
        "O. Brandsteder",
        "999900018",
        "Heeft een klacht en schreef ook het waterschap.",
        "Has a complaint, and wrote to the water board too.",
    ),
    Persoon("elvenhout", "R. Elvenhout", "999900067", "Heeft een vraag die nog open is.", "Has an open question."),
    Persoon("dekwaad", "S. de Kwaadsteniet", "999900031", "Kreeg al antwoord.", "Has an answer already."),
    Persoon("nieuwenhuys", "J. Nieuwenhuys", "999900043", "Was hier nog nooit.", "Was never here before."),
    Persoon(
        "basis",
        "B. Ooijevaar",
        "999900055",
        "Logt in met alleen een wachtwoord: dat is te weinig.",
        "Logs in with a password only: that is not enough.",
        BASIS,
    ),
)
