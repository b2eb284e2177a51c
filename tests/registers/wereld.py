"""A small world for the tests of the registers: two organisations, their teams, people and catalogue."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor, Grant
from loket.foundation.audit import activities
from loket.foundation.audit.use import Use
from loket.foundation.identity.models import Gebruiker, Organisatie, Team
from loket.registers.catalogi.commands import laad_catalogus
from loket.registers.catalogi.models import Zaaktype
from loket.registers.zaken import rules
from loket.registers.zaken.commands import maak_zaak
from loket.registers.zaken.models import Zaak

MAANDAG = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SYSTEEM = Actor.system("test")
activities.register("test.lezen", naam="Test", doel="Testen", grondslag="geen")

HANDELINGEN = (
    rules.LEZEN,
    rules.MAKEN,
    rules.BIJWERKEN,
    rules.TOEWIJZEN,
    rules.SLUITEN,
    rules.HEROPENEN,
)

_teller = count(time.time_ns())


def definitie(**anders: Any) -> dict[str, Any]:
    """A catalogue with a report and a formal complaint."""
    deel: dict[str, Any] = {
        "doorlooptijd": "P6W",
        "servicenorm": "P3D",
        "statustypen": [
            {"omschrijving": "Ontvangen", "informeren": True},
            {"omschrijving": "In behandeling"},
            {"omschrijving": "Afgehandeld", "informeren": True},
        ],
        "resultaattypen": [
            {"omschrijving": "Opgelost", "archiefnominatie": "vernietigen", "archiefactietermijn": "P1Y"},
            {"omschrijving": "Samengevoegd"},
        ],
        "roltypen": [
            {"omschrijving": "Melder", "omschrijving_generiek": "initiator"},
            {"omschrijving": "Behandelaar", "omschrijving_generiek": "behandelaar"},
            {"omschrijving": "Coördinator", "omschrijving_generiek": "zaakcoordinator"},
            {"omschrijving": "Betrokken medewerker", "omschrijving_generiek": "belanghebbende"},
        ],
        "eigenschappen": [{"naam": "categorie", "definitie": "Waar het over gaat"}],
        "informatieobjecttypen": [{"informatieobjecttype": "Foto", "richting": "inkomend"}],
    }
    return {
        "domein": "REACT",
        "naam": "Reacties",
        "informatieobjecttypen": [
            {"omschrijving": "Foto", "vertrouwelijkheidaanduiding": "zaakvertrouwelijk"},
            {"omschrijving": "Besluit", "vertrouwelijkheidaanduiding": "openbaar"},
        ],
        "zaaktypen": [
            {
                "identificatie": "melding",
                "omschrijving": "Melding",
                "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
                **deel,
            },
            {
                "identificatie": "klacht",
                "omschrijving": "Klacht",
                "vertrouwelijkheidaanduiding": "vertrouwelijk",
                **deel,
            },
        ],
        **anders,
    }


@dataclass
class Plaats:
    """One organisation with a first-line and a second-line team."""

    afkorting: str
    organisatie: Organisatie = field(init=False)
    een: Team = field(init=False)
    twee: Team = field(init=False)

    def __post_init__(self) -> None:
        self.organisatie = Organisatie.objects.create(
            naam=f"Organisatie {self.afkorting}",
            soort="gemeente",
            rsin=f"{next(_teller) % 10**9:09d}",
            afkorting=self.afkorting,
        )
        self.een = Team.objects.create(organisatie=self.organisatie, naam="Klantcontact", lijn=1)
        self.twee = Team.objects.create(organisatie=self.organisatie, naam="Wegen", lijn=2)
        laad_catalogus(SYSTEEM, self.organisatie, definitie())

    def mens(self, naam: str) -> Gebruiker:
        """An employee of this organisation."""
        return Gebruiker.objects.create(
            soort="medewerker", organisatie=self.organisatie, gebruikersnaam=f"{naam}{next(_teller)}", naam=naam
        )

    def actor(
        self,
        wie: Gebruiker,
        *teams: Team,
        bereik: str = "organisatie",
        max_va: int = 4,
        zaaktype: str = "",
        handelingen: tuple[str, ...] = HANDELINGEN,
        vervangt: frozenset[UUID] = frozenset(),
    ) -> Actor:
        """The employee as an actor with these rights."""
        return Actor(
            "medewerker",
            id=wie.id,
            naam=wie.naam,
            organisatie=self.organisatie.id,
            teams=frozenset(team.id for team in teams),
            grants=tuple(
                Grant(h, self.organisatie.id, zaaktype, max_va, bereik)  # type: ignore[arg-type]
                for h in handelingen
            ),
            functie="Behandelaar",
            vervangt=vervangt,
        )

    def zaak(self, zaaktype: Zaaktype | str = "melding", **velden: Any) -> Zaak:
        """A zaak, made by the system."""
        return maak_zaak(
            SYSTEEM,
            **{
                "organisatie": self.organisatie,
                "zaaktype": zaaktype,
                "omschrijving": "Losse stoeptegel",
                "toelichting": "Bij de boom steekt een tegel omhoog.",
                "idempotency_key": f"sleutel {next(_teller)}",
                **velden,
            },
        )


def use(actor: Actor) -> Use:
    """A stated purpose."""
    return Use(actor, "test.lezen")


def over(**tijd: float) -> datetime:
    """A moment from now."""
    from loket.foundation.time.clock import now

    return now() + timedelta(**tijd)
