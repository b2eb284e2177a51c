"""Two organisations, each with an administrator; one has a privacy officer too."""

from dataclasses import dataclass, field

import pytest
from django.test import Client

from loket.assembly.functies import zorg_voor_functies
from loket.foundation.access.actor import Actor, load
from loket.foundation.access.models import Functie
from loket.foundation.identity.models import Gebruiker, Lidmaatschap, Organisatie, Team


@dataclass
class Bureau:
    """An organisation with one team."""

    organisatie: Organisatie
    team: Team
    functies: dict[str, Functie]
    mensen: dict[str, Gebruiker] = field(default_factory=dict)

    def mens(self, code: str) -> Gebruiker:
        """An employee with this functie ('' for none)."""
        naam = f"{self.organisatie.afkorting.lower()}.{code or 'niets'}{len(self.mensen)}"
        wie = Gebruiker.objects.create(
            soort="medewerker", organisatie=self.organisatie, gebruikersnaam=naam, naam=naam, email=f"{naam}@v.nl"
        )
        if code:
            Lidmaatschap.objects.create(gebruiker=wie, team=self.team, functie=self.functies[code])
        self.mensen[code] = wie
        return wie

    def actor(self, code: str) -> Actor:
        return load((self.mensen.get(code) or self.mens(code)).pk)

    def browser(self, code: str) -> Client:
        client = Client()
        client.force_login(self.mensen.get(code) or self.mens(code), "django.contrib.auth.backends.ModelBackend")
        return client


def bureau(afkorting: str, soort: str, rsin: str, hoofd: bool) -> Bureau:
    organisatie = Organisatie.objects.create(
        naam=f"{soort.title()} {afkorting}", soort=soort, rsin=rsin, afkorting=afkorting, hoofd=hoofd
    )
    team = Team.objects.create(organisatie=organisatie, naam="Klantcontact", lijn=1)
    made = Bureau(organisatie, team, zorg_voor_functies())
    made.mens("beheerder")
    return made


@pytest.fixture
def lw(db: None) -> Bureau:
    return bureau("LW", "gemeente", "000000012", True)


@pytest.fixture
def gt(db: None) -> Bureau:
    return bureau("GT", "waterschap", "000000024", False)
