"""The rows of one zaak of the demo's history: what each step of its way leaves in the tables."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, Protocol
from uuid import UUID

from loket.assembly.demo.inrichting import Wereld
from loket.assembly.demo.onderwerpen import KEUZE
from loket.assembly.demo.teksten.antwoorden import (
    antwoord_specialist,
    maak_vraag_aan_specialist,
)
from loket.assembly.demo.teksten.personen import Bewoner
from loket.assembly.demo.teksten.reacties import Reactietekst
from loket.foundation.audit import activities
from loket.foundation.database.bulk import Bulk
from loket.foundation.database.ids import uuid7
from loket.foundation.identity.models import Gebruiker, Team
from loket.foundation.time.clock import AMSTERDAM
from loket.services.reacties import rules, sleutels
from loket.services.reacties.catalogus import CATEGORIE


@dataclass(frozen=True)
class Plek:
    """An address of the town, in RD metres."""

    straat: str
    huisnummer: int
    x: float
    y: float


@dataclass(frozen=True)
class Soort:
    """A zaaktype of an organisation with the keys of its parts."""

    id: UUID
    va: str
    statussen: dict[str, UUID]
    resultaten: dict[str, UUID]
    rollen: dict[str, UUID]
    eigenschappen: dict[str, UUID]


class Herkomst(Protocol):
    """Where a zaak comes from: the words, the place, the channel and who wrote (None: nobody left a name)."""

    tekst: Reactietekst
    plek: Plek
    kanaal: str
    wie: int | None


class Stand(Protocol):
    """The state of a run, as a zaak needs it."""

    wereld: Wereld
    tot: datetime
    midden: float
    rng: Random
    tabellen: dict[str, Bulk]
    soorten: dict[str, dict[str, Soort]]

    def add(self, tabel: str, **waarden: Any) -> Any:
        """Add a row."""

    def bewoner(self, n: int) -> Bewoner:
        """Resident number `n`."""

    def partij(self, code: str, n: int, moment: datetime) -> tuple[UUID, str, str]:
        """Key, name and pseudonym of a resident in the file of an organisation."""

    def werkmoment(self, moment: datetime, werkdagen: int, uur: float | None = None) -> datetime:
        """A moment in office hours, that many working days later."""


class Rijen:
    """The way of one zaak through the lines of one organisation."""

    def __init__(
        self,
        s: "Stand",
        reactie: "Herkomst",
        code: str,
        nummer: str,
        geschreven: datetime,
        begin: datetime,
        contact: UUID | None = None,
    ) -> None:
        self.s, self.r, self.code, self.nummer, self.begin = s, reactie, code, nummer, begin
        self.tekst: Reactietekst = reactie.tekst
        self.organisatie = s.wereld.organisaties[code]
        self.soort = s.soorten[code][self.tekst.soort]
        self.id = uuid7()
        self.eerste_team = s.wereld.teams["klantcontact" if code == "LW" else "waterschapsloket"]
        self.eerste = self._iemand(self.eerste_team)
        self.partij = s.partij(code, reactie.wie, begin) if reactie.wie is not None else None
        self.dag = begin.astimezone(AMSTERDAM).date()
        self.antwoord_voor = rules.termijn(self.tekst.soort, begin).laatste_dag
        self.status: UUID | None = None
        self.contacten = 0
        self.link: UUID | None = None
        self.contact = self._gedeeld(contact) if contact else self._eerste_contact(geschreven)
        self._status(rules.ONTVANGEN, begin, None)
        if self.partij:
            self._rol("initiator", begin, partij=self.partij[0])
        if not contact:
            self._volglink()

    def _code(self, team: Team) -> str:
        return next(code for code, each in self.s.wereld.teams.items() if each is team)

    def _iemand(self, team: Team, behalve: UUID | None = None) -> Gebruiker:
        mensen = [
            m for m in self.s.wereld.mensen[self._code(team)] if m.id not in self.s.wereld.afwezig and m.id != behalve
        ]
        return mensen[int(self.s.rng.random() * len(mensen))]

    def _plek(self) -> str:
        return f"{self.r.plek.straat} {self.r.plek.huisnummer}" if self.tekst.heeft_plek else ""

    def _onderwerp(self, klaar: datetime | None) -> None:
        """What it is about: chosen in the form, or by an employee at the end."""
        keuze, eigenschap = KEUZE.get(self.tekst.categorie), self.soort.eigenschappen.get(CATEGORIE)
        if keuze and eigenschap and (klaar or self.r.kanaal == "website"):
            self.s.add(
                "eigenschap",
                organisatie_id=self.organisatie.id,
                zaak_id=self.id,
                eigenschap_id=eigenschap,
                naam=CATEGORIE,
                waarde=keuze,
            )

    def _zaak(self, klaar: datetime | None) -> None:
        self._onderwerp(klaar)
        self.s.add(
            "zaak",
            id=self.id,
            organisatie_id=self.organisatie.id,
            identificatie=self.nummer,
            bronorganisatie=self.organisatie.rsin,
            verantwoordelijke_organisatie=self.organisatie.rsin,
            omschrijving=self.tekst.onderwerp[:80],
            zaaktype_id=self.soort.id,
            registratiedatum=self.dag,
            startdatum=self.dag,
            einddatum=klaar.astimezone(AMSTERDAM).date() if klaar else None,
            einddatum_gepland=self.antwoord_voor,
            uiterlijke_einddatum_afdoening=self.antwoord_voor,
            kanaal=self.r.kanaal,
            vertrouwelijkheidaanduiding=self.soort.va,
            status_id=self.status,
            plek=self._plek(),
            x=self.r.plek.x if self.tekst.heeft_plek else None,
            y=self.r.plek.y if self.tekst.heeft_plek else None,
            archiefnominatie="vernietigen" if klaar else "",
            aangemaakt_op=self.begin,
            gewijzigd_op=klaar or self.begin,
        )

    def _status(self, stap: str, moment: datetime, wie: Gebruiker | None) -> None:
        self.status = self.s.add(
            "status",
            organisatie_id=self.organisatie.id,
            zaak_id=self.id,
            statustype_id=self.soort.statussen[stap],
            datum_status_gezet=moment,
            gezetdoor_id=wie.id if wie else None,
            door=wie.naam if wie else "bewoner",
        )

    def _rol(
        self, generiek: str, moment: datetime, *, partij: UUID | None = None, medewerker: UUID | None = None
    ) -> None:
        self.s.add(
            "rol",
            organisatie_id=self.organisatie.id,
            zaak_id=self.id,
            roltype_id=self.soort.rollen[generiek],
            omschrijving="Melder" if generiek == "initiator" else "Behandelaar",
            omschrijving_generiek=generiek,
            betrokkene_type="natuurlijk_persoon" if partij else "medewerker",
            partij_id=partij,
            medewerker_id=medewerker,
            registratiedatum=moment,
        )

    laatste: dict[str, Any] | None = None

    def _toewijzing(
        self, team: Team, wie: Gebruiker | None, van: datetime, tot: datetime | None, door: str, waarom: str = ""
    ) -> None:
        bulk = self.s.tabellen["toewijzing"]
        bulk.add(
            organisatie_id=self.organisatie.id,
            zaak_id=self.id,
            team_id=team.id,
            medewerker_id=wie.id if wie else None,
            van=van,
            tot=tot,
            door=door,
            waarom=waarom,
        )
        self.laatste = bulk.last() if tot is None else None

    def _eerste_contact(self, moment: datetime) -> UUID:
        contact = self._bericht("in", self.tekst.tekst, moment, self.r.kanaal, None)
        if self.partij:
            self.s.add(
                "betrokkene",
                organisatie_id=self.organisatie.id,
                klantcontact_id=contact,
                partij_id=self.partij[0],
                initiator=True,
                contactnaam=self.partij[1],
            )
        return contact

    def _gedeeld(self, contact: UUID) -> UUID:
        self.s.add("over", organisatie_id=self.organisatie.id, klantcontact_id=contact, zaak_id=self.id, gedeeld=True)
        return contact

    def _bericht(self, richting: str, tekst: str, moment: datetime, kanaal: str, wie: Gebruiker | None) -> UUID:
        self.contacten += 1
        aan_de_lijn = richting == "in" and kanaal in ("telefoon", "balie")
        door = wie or (self.eerste if aan_de_lijn else None)
        contact: UUID = self.s.add(
            "contact",
            organisatie_id=self.organisatie.id,
            nummer=f"{self.nummer}-{self.contacten}",
            kanaal=kanaal,
            onderwerp=self.tekst.onderwerp[:200],
            inhoud=tekst,
            indicatie_contact_gelukt=True,
            plaatsgevonden_op=moment,
            geregistreerd_op=moment,
            richting=richting,
            medewerker_id=door.id if door else None,
            door=door.naam if door else "bewoner",
        )
        self.s.add("over", organisatie_id=self.organisatie.id, klantcontact_id=contact, zaak_id=self.id)
        return contact

    def _taak(
        self,
        soort: str,
        vraag: str,
        gegeven: datetime,
        gever: Gebruiker,
        *,
        team: Team,
        door_wie: Gebruiker,
        opgepakt: datetime | None,
        klaar: datetime | None,
        antwoord: str = "",
    ) -> None:
        uiterlijk = self.s.werkmoment(gegeven, 2 if soort == "doorzetten" else 3, 12)
        self.contacten += 1
        self.s.add(
            "taak",
            organisatie_id=self.organisatie.id,
            nummer=f"{self.nummer}-T{self.contacten}",
            soort=soort,
            zaak_id=self.id,
            gevraagde_handeling=vraag[:250],
            gegeven_door_id=gever.id,
            door=gever.naam,
            toegewezen_op=gegeven,
            team_id=team.id,
            medewerker_id=door_wie.id if opgepakt else None,
            coordinator_id=team.coordinator_id,
            uiterlijk=uiterlijk,
            terug_op=gegeven + (uiterlijk - gegeven) / 2,
            status="afgehandeld" if klaar else "opgepakt" if opgepakt else "gegeven",
            opgepakt_op=opgepakt,
            opgepakt_door_id=door_wie.id if opgepakt else None,
            afgehandeld_op=klaar,
            afgehandeld_door_id=door_wie.id if klaar else None,
            antwoord=antwoord,
        )

    def _specialist(self, team: Team, wie: Gebruiker, moment: datetime) -> None:
        s, rng = self.s, self.s.rng
        derde = s.wereld.teams["specialisten" if self.code == "LW" else "waterkwaliteit"]
        vraag = maak_vraag_aan_specialist(rng, self.tekst)
        gevraagd = moment + timedelta(minutes=30)
        beantwoord = s.werkmoment(gevraagd, 1 + int(rng.random() * 2))
        if beantwoord >= s.tot:
            return
        self._taak(
            "vraag",
            vraag.tekst,
            gevraagd,
            wie,
            team=derde,
            door_wie=self._iemand(derde),
            opgepakt=gevraagd + (beantwoord - gevraagd) / 2,
            klaar=beantwoord,
            antwoord=antwoord_specialist(rng, vraag, self.tekst),
        )

    def _notitie(self, tekst: str, moment: datetime, wie: Gebruiker) -> None:
        self.s.add(
            "notitie",
            organisatie_id=self.organisatie.id,
            gerelateerd_aan_id=self.id,
            tekst=tekst,
            aangemaakt_door=wie.naam,
            medewerker_id=wie.id,
            notitie_type="intern",
            status="definitief",
            aanmaakdatum=moment,
            wijzigingsdatum=moment,
        )

    def _gebruik(self, moment: datetime, functie: str, wie: Gebruiker) -> None:
        """Somebody opened the zaak to handle it: a line in the data-use log, for the resident to see; and who, for who
        watches over that."""
        if not self.partij:
            return
        activiteit = activities.registry["werkplek.behandelen"]
        spoor = uuid7()
        self.s.add("inzage", trace_id=spoor, medewerker=wie.id)
        self.s.add(
            "gebruik",
            trace_id=spoor,
            span_id=int(self.s.rng.random() * 2**53),
            naam=activiteit.naam,
            start=moment,
            einde=moment,
            verwerkingsactiviteit=activiteit.uri,
            betrokkene=self.partij[2],
            betrokkene_soort="pseudoniem",
            organisatie=self.organisatie.id,
            rol=functie,
            zaak=self.id,
        )

    def _volglink(self) -> None:
        geheim = sleutels.nieuwe_sleutel()
        self.link = self.s.add(
            "link",
            organisatie_id=self.organisatie.id,
            zaak_id=self.id,
            partij_id=self.partij[0] if self.partij else None,
            sleutel_hash=geheim.hash,
            zaad=geheim.zaad,
            email=self.s.bewoner(self.r.wie).email if self.r.wie is not None else "",
            aangemaakt_op=self.begin,
        )
