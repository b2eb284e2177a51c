"""A small world for the tests of reacties: two organisations with teams in three lines, their catalogue, a resident."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from loket.foundation.access.actor import ANONYMOUS, Actor, Grant
from loket.foundation.identity.models import Gebruiker, Organisatie, Team
from loket.registers.plekken.stad.soorten import Stad
from loket.registers.zaken import rules as zaken
from loket.services.reacties.commands.behandeling import BEANTWOORDEN
from loket.services.reacties.commands.inrichting import laad_reactietypen
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.inzending import Inzending, Plek
from loket.services.reacties.queries.ontvangst import Ontvangst

VRIJDAG = datetime(2026, 11, 20, 13, 12, tzinfo=UTC)
SYSTEEM = Actor.system("test")
HANDELINGEN = (
    *(zaken.LEZEN, zaken.MAKEN, zaken.BIJWERKEN, zaken.TOEWIJZEN, zaken.SLUITEN, zaken.HEROPENEN),
    BEANTWOORDEN,
)
TEGEL = "Bij de boom steekt een tegel omhoog. Mijn buurvrouw is er met haar rollator over gevallen."
type MetStad = Callable[[Organisatie], Stad]
"""The fixture `met_stad`."""

_teller = count(1)


@dataclass
class Wereld:
    """One organisation."""

    afkorting: str
    naam: str
    soort: str = "gemeente"
    organisatie: Organisatie = field(init=False)
    een: Team = field(init=False)
    wegen: Team = field(init=False)
    water: Team = field(init=False)
    klachten: Team = field(init=False)
    specialisten: Team = field(init=False)

    def __post_init__(self) -> None:
        self.organisatie = Organisatie.objects.create(
            naam=self.naam,
            soort=self.soort,
            rsin=f"{next(_teller):09d}",
            afkorting=self.afkorting,
            hoofd=self.afkorting == "LW",
            telefoon="14 0199",
            email="loket@lindewaard.voorbeeld.nl",
            adres="Stadhuis, Lindeplein 1",
        )
        self.een = self._team("Klantcontact", 1)
        self.wegen = self._team("Stadsbeheer wegen", 2, "wegen")
        self.water = self._team("Stadsbeheer water", 2, "water")
        self.klachten = self._team("Klachten", 2, "klachten")
        self.specialisten = self._team("Specialisten", 3)
        laad_reactietypen(SYSTEEM, self.organisatie)

    def _team(self, naam: str, lijn: int, domein: str = "") -> Team:
        coordinator = self.mens(f"Coordinator {naam}")
        return Team.objects.create(
            organisatie=self.organisatie,
            naam=naam,
            lijn=lijn,
            domeinen=[domein] if domein else [],
            coordinator=coordinator,
        )

    def mens(self, naam: str, functietitel: str = "") -> Gebruiker:
        """An employee."""
        return Gebruiker.objects.create(
            soort="medewerker",
            organisatie=self.organisatie,
            gebruikersnaam=f"m{next(_teller)}",
            naam=naam,
            functietitel=functietitel,
        )

    def actor(self, naam: str, *teams: Team, max_va: int = 5, functietitel: str = "") -> Actor:
        """An employee who may do everything in this organisation, up to formal complaints."""
        wie = self.mens(naam, functietitel)
        return Actor(
            "medewerker",
            id=wie.id,
            naam=naam,
            organisatie=self.organisatie.id,
            teams=frozenset(team.id for team in teams or (self.een,)),
            grants=tuple(Grant(h, self.organisatie.id, "", max_va, "organisatie") for h in HANDELINGEN),
            functie="Behandelaar",
        )

    def ontvang(self, actor: Actor = ANONYMOUS, **velden: Any) -> Ontvangst:
        """A reactie that came in by the form."""
        sleutel = velden.pop("idempotency_key", f"test {next(_teller)}")
        return ontvang_reactie(actor, self.organisatie, inzending(**velden), idempotency_key=sleutel)


def inzending(**velden: Any) -> Inzending:
    """A report of a loose paving stone, with an e-mail address, unless told otherwise."""
    return Inzending(
        **{
            "soort": "melding",
            "tekst": TEGEL,
            "categorie": "stoep",
            "plek": Plek("Kastanjelaan, bij nummer 12", "", 1200.0, 900.0),
            "naam": "Tineke Hazelhoff",
            "email": "t.hazelhoff@voorbeeld.nl",
            **velden,
        }
    )


def bewoner(naam: str = "Tineke Hazelhoff") -> Actor:
    """A resident who logged in."""
    wie = Gebruiker.objects.create(
        soort="bewoner", gebruikersnaam=f"b{next(_teller)}", naam=naam, pseudoniem=f"pseudoniem-{next(_teller)}"
    )
    return Actor("bewoner", id=wie.id, naam=naam, functie="bewoner", pseudoniem=wie.pseudoniem)
