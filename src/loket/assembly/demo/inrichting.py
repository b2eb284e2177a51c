"""The organisations of the demo: who they are, their teams and people, texts, zaaktypen, and the town."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from loket.assembly.demo.teksten.personen import TEAMS, medewerkers
from loket.assembly.demo.teksten.standaardteksten import standaardteksten
from loket.assembly.demo.toegang import WACHTWOORD
from loket.assembly.functies import zorg_voor_functies
from loket.assembly.standin import installation
from loket.engines.termijnen.kalender import tel_werkdagen
from loket.foundation.access.actor import Actor
from loket.foundation.channels.commands import maak_kanaal
from loket.foundation.identity.models import Afwezigheid, Gebruiker, Lidmaatschap, Organisatie, Team
from loket.foundation.inbox.models import Postvak
from loket.foundation.time.clock import today
from loket.services.reacties.commands.inrichting import laad_reactietypen
from loket.services.reacties.models import Instantie, Standaardtekst

SYSTEEM = Actor.system("demo")

ORGANISATIES: dict[str, dict[str, Any]] = {
    "LW": {
        "naam": "Gemeente Lindewaard",
        "soort": "gemeente",
        "rsin": "999900493",
        "hoofd": True,
        "telefoon": "14 0199",
        "email": "loket@lindewaard.voorbeeld.nl",
        "adres": "Stadhuis, Lindeplein 1",
        "openingstijden": {
            "telefoon": {dag: ["08:00", "20:00"] for dag in ("ma", "di", "wo", "do", "vr")},
            "balie": {dag: ["09:00", "17:00"] for dag in ("ma", "di", "wo", "do", "vr")},
        },
    },
    "GT": {
        "naam": "Waterschap Het Groene Tij",
        "soort": "waterschap",
        "rsin": "999901047",
        "telefoon": "0199 200 300",
        "email": "loket@groenetij.voorbeeld.nl",
        "adres": "Waterschapshuis, Dijkweg 2",
        "openingstijden": {
            "telefoon": {dag: ["08:30", "17:00"] for dag in ("ma", "di", "wo", "do", "vr")},
            "balie": {dag: ["09:00", "16:00"] for dag in ("ma", "di", "wo", "do", "vr")},
        },
    },
}

DOMEINEN = {
    "wijkbeheer-noord": ["wegen", "overlast"],
    "wijkbeheer-zuid": ["wegen", "overlast"],
    "groen-en-afval": ["groen", "afval"],
    "verkeer": ["verlichting", "verkeer"],
    "stadsbeheer-water": ["water"],
    "inwoners": ["burgerzaken", "belastingen", "bouwen", "sociaal"],
    "klachten": ["klachten"],
    "waterschapsloket": ["belastingen", "klachten"],
    "watergangen": ["water"],
}
"""What each team knows, in the words of the suggestion (`reacties.categorieen`)."""

DOMEIN_VAN_TEKST = {
    "": "",
    "Afval": "afval",
    "Belastingen": "belastingen",
    "Bouwen en wonen": "bouwen",
    "Burgerzaken": "burgerzaken",
    "Groen": "groen",
    "Openbare verlichting": "verlichting",
    "Overlast": "overlast",
    "Parkeren": "verkeer",
    "Riolering": "water",
    "Water": "water",
    "Wegen": "wegen",
    "Zorg en ondersteuning": "sociaal",
}
"""The domains of the standard texts, in the same words."""

POSTVAKKEN = (
    ("LW", "loket@lindewaard.voorbeeld.nl", "Loket", "klantcontact"),
    ("LW", "wethouder@lindewaard.voorbeeld.nl", "Wethouder Dekkers", "stadsbeheer-water"),
    ("GT", "loket@groenetij.voorbeeld.nl", "Loket", "waterschapsloket"),
)
"""Where mail comes in, and the team that owns what finds no place by itself."""

OPEN311 = (("LW", "klantcontact"), ("GT", "waterschapsloket"))
"""Who gets what apps send by Open311; their keys are demo-lw and demo-gt."""

INSTANTIES = (
    ("Provincie Waardland", "loket@waardland.voorbeeld.nl", "provinciale wegen, natuur"),
    ("Rijkswaterstaat Rivierenland", "loket@rijkswateren.voorbeeld.nl", "rivier en snelweg"),
    ("Woningstichting De Linde", "contact@delinde.voorbeeld.nl", "huurwoningen en portieken"),
)


@dataclass
class Wereld:
    """Everything that the history refers to. Teams and people by the code of the team."""

    organisaties: dict[str, Organisatie] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    mensen: dict[str, list[Gebruiker]] = field(default_factory=dict)
    afwezig: set[UUID] = field(default_factory=set)


def richt_in() -> Wereld:
    """Make the organisations with everything but reacties and the town."""
    wereld = Wereld()
    vandaag = today()
    for code, wat in ORGANISATIES.items():
        organisatie = Organisatie.objects.create(afkorting=code, nieuws=_nieuws(code, vandaag), **wat)
        wereld.organisaties[code] = organisatie
        laad_reactietypen(SYSTEEM, organisatie)
    _mensen(wereld)
    _teksten(wereld)
    _postvakken(wereld)
    _kanalen(wereld)
    _afwezigheid(wereld, vandaag)
    return wereld


def _nieuws(code: str, vandaag: date) -> list[dict[str, str]]:
    if code != "LW":
        return []
    einde = tel_werkdagen(vandaag, 4)
    return [
        {
            "titel": f"Dijkweg dicht tot en met {_dag(einde)}",
            "tekst": "Wij vervangen het riool. Bus 14 rijdt om.",
        },
        {
            "titel": "Wij halen takken en bladeren op",
            "tekst": "Zet uw takken zaterdag voor 8.00 uur aan de weg.",
        },
        {
            "titel": "Praat mee over het Lindepark",
            "tekst": f"{_dag(tel_werkdagen(vandaag, 8)).capitalize()} om 19.30 uur in De Schuur.",
        },
    ]


def _dag(dag: date) -> str:
    from loket.foundation.web.dates import long_date

    return long_date(dag, "nl", year=False)


def _mensen(wereld: Wereld) -> None:
    functies = zorg_voor_functies()
    wachtwoord = make_password(WACHTWOORD)
    per_naam: dict[str, Gebruiker] = {}
    for mens in medewerkers():
        gebruiker = Gebruiker(
            soort="medewerker",
            organisatie=wereld.organisaties[mens.organisatie],
            gebruikersnaam=mens.gebruikersnaam,
            naam=mens.naam,
            functietitel=mens.functietitel,
            email=mens.email,
            password=wachtwoord,
        )
        per_naam[mens.naam] = gebruiker
        wereld.mensen.setdefault(mens.team, []).append(gebruiker)
        if mens.afwezig:
            wereld.afwezig.add(gebruiker.id)
    beheer, privacy, redactie = (
        Gebruiker(
            soort="medewerker",
            organisatie=wereld.organisaties["LW"],
            gebruikersnaam=gebruikersnaam,
            naam=naam,
            functietitel=functietitel,
            email=f"{gebruikersnaam}@lindewaard.voorbeeld.nl",
            password=wachtwoord,
        )
        for gebruikersnaam, naam, functietitel in (
            ("beheer", "Beheerder Loket", "Functioneel beheerder"),
            ("privacy", "Privacy Loket", "Functionaris gegevensbescherming"),
            ("redactie", "Redactie Loket", "Redacteur"),
        )
    )
    Gebruiker.objects.bulk_create([*per_naam.values(), beheer, privacy, redactie])
    for gegevens in TEAMS:
        wereld.teams[gegevens.code] = Team(
            organisatie=wereld.organisaties[gegevens.organisatie],
            naam=gegevens.naam,
            lijn=gegevens.lijn,
            domeinen=DOMEINEN.get(gegevens.code, []),
            coordinator=per_naam[gegevens.coordinator],
            email=gegevens.email,
        )
    Team.objects.bulk_create(wereld.teams.values())
    leden = []
    for mens in medewerkers():
        team = wereld.teams[mens.team]
        codes = {1: ["eerste_lijn"], 2: ["tweede_lijn"], 3: ["derde_lijn"]}[team.lijn]
        if mens.team == "klachten":
            codes = ["klachtbehandelaar"]
        if mens.rol == "coordinator":
            codes = [*codes, "coordinator", *(["klachtbehandelaar"] if "klachten" in team.domeinen else [])]
        leden += [
            Lidmaatschap(gebruiker=per_naam[mens.naam], team=team, functie=functies[code])
            for code in dict.fromkeys(codes)
        ]
    leden += [
        Lidmaatschap(gebruiker=wie, team=wereld.teams["klantcontact"], functie=functies[code])
        for wie, code in ((beheer, "beheerder"), (privacy, "privacy"), (redactie, "redacteur"))
    ]
    Lidmaatschap.objects.bulk_create(leden)


def _postvakken(wereld: Wereld) -> None:
    Postvak.objects.bulk_create(
        Postvak(organisatie=wereld.organisaties[code], adres=adres, naam=naam, team=wereld.teams[team])
        for code, adres, naam, team in POSTVAKKEN
    )


def _kanalen(wereld: Wereld) -> None:
    """The channel of the demo's telephone, and a key for Open311 that everybody may know."""
    for code, team in OPEN311:
        maak_kanaal(
            Actor.system("demo", wereld.organisaties[code].id),
            soort="open311",
            naam="Meldapp van de demo",
            team=wereld.teams[team].id,
            instellingen={"toon_omschrijving": "nee", "antwoord": "nummer"},
            sleutel=f"demo-{code.lower()}",
        )
    if not settings.DEMO_TELEFOON:
        return
    toestel = installation.telephone(settings.DATA_DIR)
    maak_kanaal(
        Actor.system("demo", wereld.organisaties["LW"].id),
        soort="telefoon",
        naam="Telefoon van de demo",
        team=wereld.teams["klantcontact"].id,
        id=toestel.kanaal,
        sleutel=toestel.sleutel,
    )


def _teksten(wereld: Wereld) -> None:
    Standaardtekst.objects.bulk_create(
        Standaardtekst(
            organisatie=organisatie,
            titel=tekst.titel,
            tekst=tekst.tekst,
            soort=tekst.soort,
            domein=DOMEIN_VAN_TEKST[tekst.domein],
        )
        for organisatie in wereld.organisaties.values()
        for tekst in standaardteksten()
        if tekst.organisatie in ("", organisatie.soort)
    )
    Instantie.objects.bulk_create(
        Instantie(organisatie=organisatie, naam=naam, email=email, gaat_over=gaat_over)
        for organisatie in wereld.organisaties.values()
        for naam, email, gaat_over in INSTANTIES
    )


def _afwezigheid(wereld: Wereld, vandaag: date) -> None:
    for team, mensen in wereld.mensen.items():
        for mens in mensen:
            if mens.id in wereld.afwezig:
                vervanger = next(m for m in mensen[1:] if m.id not in wereld.afwezig)
                Afwezigheid.objects.create(
                    gebruiker=mens,
                    van=vandaag - timedelta(days=10),
                    tot_en_met=vandaag + timedelta(days=14),
                    vervanger=vervanger,
                    reden=f"verlof, {wereld.teams[team].naam}",
                )
