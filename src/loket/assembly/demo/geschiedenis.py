"""The history of the demo: reacties over many months, each with the path that it went, written by COPY.

The rows are what the commands would have written, but for events and the audit trail: nobody is mailed about the past.
"""

from datetime import date, datetime, timedelta
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from loket.assembly.demo.inrichting import Wereld
from loket.assembly.demo.pad import Pad
from loket.assembly.demo.rijen import Plek, Soort, Stand
from loket.assembly.demo.teksten.personen import Bewoner, maak_bewoner
from loket.assembly.demo.teksten.reacties import maak_reactie, maak_wolkbreukreactie
from loket.engines.termijnen.kalender import is_werkdag, tel_werkdagen
from loket.foundation.audit.models import Dataverwerking, Inzage
from loket.foundation.database.bulk import Bulk
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute, rows
from loket.foundation.identity.models import Organisatie
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.time.clock import AMSTERDAM
from loket.registers.klanten.models import (
    Betrokkene,
    DigitaalAdres,
    Internetaak,
    Klantcontact,
    Onderwerpobject,
    Partij,
)
from loket.registers.zaken.commands import maak_reeks
from loket.registers.zaken.models import (
    Resultaat,
    Rol,
    Status,
    Toewijzing,
    Werkvoorraad,
    Zaak,
    Zaakeigenschap,
    Zaaknotitie,
    ZaakRelatie,
)
from loket.registers.zaken.rules import nummer as zaaknummer
from loket.services.reacties.models import Beoordeling, Doorzending, Volglink

KANALEN = ("website", "telefoon", "email", "balie")
KANSEN = (0.56, 0.25, 0.14, 0.05)
WOLKBREUK_STRAAT = "Wilgenkade"
WOLKBREUK_AANTAL = 40

TABELLEN = {
    "partij": Partij,
    "adres": DigitaalAdres,
    "zaak": Zaak,
    "status": Status,
    "rol": Rol,
    "contact": Klantcontact,
    "betrokkene": Betrokkene,
    "over": Onderwerpobject,
    "toewijzing": Toewijzing,
    "taak": Internetaak,
    "notitie": Zaaknotitie,
    "resultaat": Resultaat,
    "werk": Werkvoorraad,
    "relatie": ZaakRelatie,
    "eigenschap": Zaakeigenschap,
    "link": Volglink,
    "beoordeling": Beoordeling,
    "doorzending": Doorzending,
    "inzage": Inzage,
    "gebruik": Dataverwerking,
}


def schrijf_geschiedenis(
    wereld: Wereld, aantal: int, *, van: datetime, tot: datetime, seed: int, plekken: list[Plek]
) -> dict[str, int]:
    """Write `aantal` reacties received between `van` and `tot`, in the open transaction; the number of rows for each
    table. The same seed, moments and town give the same texts and paths (keys and secrets differ)."""
    return _Schrijver(wereld, aantal, van, tot, seed, plekken).schrijf()


def _soorten(organisatie: Organisatie) -> dict[str, Soort]:
    uit = {}
    for rij in rows(
        "select id, identificatie, vertrouwelijkheidaanduiding as va from catalogi_zaaktype where organisatie_id = %s",
        (organisatie.id,),
    ):
        delen = {
            deel: {
                each["naam"]: each["id"]
                for each in rows(
                    f"select {kolom} as naam, id from catalogi_{deel} where zaaktype_id = %s order by id desc",
                    (rij["id"],),
                )
            }
            for deel, kolom in (
                ("statustype", "omschrijving"),
                ("resultaattype", "omschrijving"),
                ("roltype", "omschrijving_generiek"),
                ("eigenschap", "naam"),
            )
        }
        uit[rij["identificatie"]] = Soort(
            rij["id"],
            rij["va"],
            delen["statustype"],
            delen["resultaattype"],
            delen["roltype"],
            delen["eigenschap"],
        )
    return uit


class _Schrijver(Stand):
    """The state of one run: the tables, the people who wrote before, the numbers."""

    def __init__(
        self, wereld: Wereld, aantal: int, van: datetime, tot: datetime, seed: int, plekken: list[Plek]
    ) -> None:
        self.wereld, self.aantal, self.tot, self.plekken = wereld, aantal, tot, plekken
        self.midden = median(plek.y for plek in plekken)
        self.rng = Random(seed)  # noqa: S311 (a demo must come out the same each time)
        self.tabellen = {naam: Bulk(model) for naam, model in TABELLEN.items()}
        self.soorten = {code: _soorten(organisatie) for code, organisatie in wereld.organisaties.items()}
        self.nummers: dict[tuple[str, int], int] = {}
        self.bewoners: dict[int, Bewoner] = {}
        self.partijen: dict[tuple[str, int], tuple[UUID, str, str]] = {}
        self.pool = max(20, aantal // 3)
        self.momenten = self._momenten(van)
        self.wolkbreuk = self._wolkbreuk()

    def add(self, tabel: str, **waarden: Any) -> Any:
        return self.tabellen[tabel].add(**waarden)

    def _momenten(self, van: datetime) -> list[datetime]:
        """When each reactie came: more on working days and in office hours, in order."""
        dagen = max((self.tot - van).days, 1)
        uit: list[datetime] = []
        while len(uit) < self.aantal:
            moment = self.tot - timedelta(days=self.rng.random() * dagen)
            lokaal = moment.astimezone(AMSTERDAM)
            kans = (1.0 if is_werkdag(lokaal.date()) else 0.35) * (
                1.0 if 9 <= lokaal.hour < 17 else 0.5 if 7 <= lokaal.hour < 23 else 0.06
            )
            if self.rng.random() < kans:
                uit.append(moment)
        return sorted(uit)

    def _wolkbreuk(self) -> set[int]:
        """The forty reacties of one flooded street: the cloudburst was three days ago and is still going on."""
        if self.aantal < 1000:
            return set()
        bui = (self.tot - timedelta(days=3)).astimezone(AMSTERDAM).replace(hour=17, minute=40, second=0, microsecond=0)
        laatst = self.aantal - WOLKBREUK_AANTAL
        vanaf = next(n for n, moment in enumerate(self.momenten) if moment >= bui or n == laatst)
        reeks = range(vanaf, vanaf + WOLKBREUK_AANTAL)
        for n in reeks:
            self.momenten[n] = min(bui + timedelta(minutes=self.rng.random() * 900), self.tot)
        self.momenten[vanaf:] = sorted(self.momenten[vanaf:])
        return {n for n in range(vanaf, self.aantal) if bui <= self.momenten[n] <= bui + timedelta(minutes=900)}

    def schrijf(self) -> dict[str, int]:
        for n, moment in enumerate(self.momenten):
            _Reactie(self, n, moment).schrijf()
        for tabel in self.tabellen.values():
            tabel.flush()
        for (code, jaar), laatste in self.nummers.items():
            reeks = maak_reeks(self.wereld.organisaties[code], jaar)
            execute("select setval(%s::text::regclass, %s)", (reeks, laatste))
        return {naam: tabel.written for naam, tabel in self.tabellen.items()}

    def volgnummer(self, code: str, jaar: int) -> str:
        laatste = self.nummers[(code, jaar)] = self.nummers.get((code, jaar), 0) + 1
        return zaaknummer(code, jaar, laatste)

    def bewoner(self, n: int) -> Bewoner:
        if n not in self.bewoners:
            self.bewoners[n] = maak_bewoner(self.rng, n)
        return self.bewoners[n]

    def partij(self, code: str, n: int, moment: datetime) -> tuple[UUID, str, str]:
        """The key, name and pseudonym of a resident in the file of an organisation; made the first time."""
        if (code, n) in self.partijen:
            return self.partijen[(code, n)]
        wie = self.bewoner(n)
        organisatie = self.wereld.organisaties[code].id
        pseudoniem = pseudonym("bsn", wie.bsn) if n < 9000 else f"demo-{n}-{uuid7().hex}"
        sleutel = self.add(
            "partij",
            organisatie_id=organisatie,
            pseudoniem=pseudoniem,
            naam=wie.naam,
            voorkeurskanaal="email",
            aangemaakt_op=moment,
        )
        for soort, adres in (("email", wie.email), ("telefoon", wie.telefoon)):
            self.add(
                "adres",
                organisatie_id=organisatie,
                partij_id=sleutel,
                soort_digitaal_adres=soort,
                adres=adres,
                is_standaard_adres=True,
                gewijzigd_op=moment,
            )
        self.partijen[(code, n)] = (sleutel, wie.naam, pseudoniem)
        return self.partijen[(code, n)]

    def werkmoment(self, moment: datetime, werkdagen: int, uur: float | None = None) -> datetime:
        """A moment in office hours that many working days later."""
        lokaal = moment.astimezone(AMSTERDAM)
        if werkdagen == 0 and is_werkdag(lokaal.date()) and lokaal.hour < 16:
            return moment + timedelta(minutes=5 + self.rng.random() * 55)
        dag: date = tel_werkdagen(lokaal.date(), max(werkdagen, 1))
        tijd = uur if uur is not None else 8.5 + self.rng.random() * 8
        return datetime(dag.year, dag.month, dag.day, tzinfo=AMSTERDAM) + timedelta(hours=tijd)


def _open(moment: datetime) -> bool:
    """Whether somebody answered the telephone or sat at the counter then."""
    lokaal = moment.astimezone(AMSTERDAM)
    return is_werkdag(lokaal.date()) and 9 <= lokaal.hour < 17


class _Reactie:
    """One reactie: its words, who wrote it, and the way it went."""

    def __init__(self, s: _Schrijver, n: int, moment: datetime) -> None:
        self.s, self.moment = s, moment
        rng = s.rng
        self.plek = s.plekken[int(rng.random() * len(s.plekken))]
        self.kanaal = rng.choices(KANALEN, KANSEN)[0]
        if self.kanaal in ("telefoon", "balie") and not _open(moment):
            self.kanaal = "website"
        self.wie = int(rng.random() ** 2 * s.pool) if rng.random() < 0.82 else None
        dag = moment.astimezone(AMSTERDAM).date()
        if n in s.wolkbreuk:
            self.plek = next((p for p in s.plekken[n % 7 :] if p.straat == WOLKBREUK_STRAAT), self.plek)
            self.tekst = maak_wolkbreukreactie(
                rng, dag, WOLKBREUK_STRAAT, huisnummer=self.plek.huisnummer, kanaal=self.kanaal
            )
        else:
            self.tekst = maak_reactie(rng, dag, self.plek.straat, huisnummer=self.plek.huisnummer, kanaal=self.kanaal)
        if self.tekst.soort == "klacht" and self.wie is None:
            self.wie = int(rng.random() * s.pool)
        self.geheel_bij = "GT" if self.tekst.bij_waterschap and rng.random() < 0.4 else "LW"

    def schrijf(self) -> None:
        s, tekst = self.s, self.tekst
        jaar = self.moment.astimezone(AMSTERDAM).year
        nummer = s.volgnummer(self.geheel_bij, jaar)
        if tekst.bij_waterschap and self.geheel_bij == "LW":
            self._doorgezonden(nummer)
        else:
            Pad(s, self, self.geheel_bij, nummer, self.moment, self.moment).loop()

    def _doorgezonden(self, nummer: str) -> None:
        """Received by the municipality, forwarded to the water board under the same number (Awb 2:3)."""
        s = self.s
        door = s.werkmoment(self.moment, 0 if s.rng.random() < 0.6 else 1)
        if door >= s.tot:
            Pad(s, self, "LW", nummer, self.moment, self.moment).loop()
            return
        hier = Pad(s, self, "LW", nummer, self.moment, self.moment)
        hier.zend_door(door)
        daar = Pad(s, self, "GT", nummer, self.moment, door, contact=hier.contact)
        daar.loop()
        waarom = "Het waterschap zorgt voor sloten, dijken en het peil van het water."
        for een, ander in ((hier, daar), (daar, hier)):
            s.add(
                "relatie",
                organisatie_id=een.organisatie.id,
                zaak_id=een.id,
                andere_zaak_id=ander.id,
                aard_relatie="doorgezonden",
                toelichting=waarom,
                registratiedatum=door,
            )
        s.add(
            "doorzending",
            organisatie_id=hier.organisatie.id,
            zaak_id=hier.id,
            naar_organisatie_id=daar.organisatie.id,
            nieuwe_zaak_id=daar.id,
            waarom=waarom,
            gedeeld={"klantcontacten": [str(hier.contact)], "documenten": []},
            medewerker=hier.eerste.id,
            op=door,
        )
