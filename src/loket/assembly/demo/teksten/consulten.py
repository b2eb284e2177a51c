# ruff: noqa: E501 (sentences stay on one line)
"""Questions of the second line to the third, with answers that fit them."""

from __future__ import annotations

from dataclasses import dataclass

from loket.assembly.demo.teksten.grammatica import Zin, lees


@dataclass(frozen=True, slots=True)
class Consult:
    """One question and the answers that a specialist can give to it."""

    vraag: Zin
    antwoorden: tuple[Zin, ...]


def _c(vraag: str, *antwoorden: str) -> Consult:
    return Consult(lees(vraag), tuple(lees(a) for a in antwoorden))


#: Which specialism a domain of the municipality asks; other domains ask the lawyers.
SPECIALISME_VAN_DOMEIN = {
    "Wegen": "constructie",
    "Groen": "constructie",
    "Openbare verlichting": "constructie",
    "Riolering": "constructie",
    "Water": "constructie",
    "Bouwen en wonen": "constructie",
    "Spelen en sport": "constructie",
    "Overlast": "geluid",
    "Verkeer": "geluid",
}

CONSULTEN: dict[str, tuple[Consult, ...]] = {
    "constructie": (
        _c(
            "Kun jij beoordelen of dit veilig blijft tot [het voorjaar|het groot onderhoud]? Foto's zitten in het dossier.",
            "Op de foto's zie ik geen direct gevaar. Wel elke [twee|vier] weken laten opmeten. Wordt het meer dan [5|8] mm, dan meteen afzetten en mij bellen.",
            "Ik ben gaan kijken. Dit zou ik niet laten liggen: de ondergrond spoelt uit. Zet het af en laat het binnen twee weken herstellen.",
        ),
        _c(
            "Melder zegt dat de schade door ons werk komt. Wat is jouw oordeel over de oorzaak?",
            "De scheur is oud: er zit stof en verf in. Door ons werk is hij hooguit [iets|een fractie] verder opengegaan. Ik leg het met foto's vast voor de verzekeraar.",
            "De trillingen kwamen op [{dag}|die dag] boven de grenswaarde. Ik kan niet uitsluiten dat het door het werk komt. Advies: schade erkennen en aannemer aanspreken.",
        ),
        _c(
            "Mag de wortel van deze boom weg zonder dat hij om kan vallen?",
            "Wortels tot 4 cm dik mogen weg aan één kant, niet dichter dan 1,5 meter bij de stam. Deze kan dus. Laat het met de hand doen, niet met de kraan.",
            "Niet doen. Dit is een van de drie hoofdwortels. Beter de stoep iets ophogen of een brugconstructie maken, ik stuur een schets.",
        ),
        _c(
            "Het riool lijkt hier te smal. Kun jij zeggen of een grotere buis helpt, of dat het water er bij het plein al niet weg kan?",
            "Snelle berekening: een buis van 500 mm in plaats van 300 scheelt ongeveer 15 cm water op straat bij een bui van 30 mm. Het plein is daarna de volgende knelpunt. Ik reken het goed door als jullie de maaiveldhoogten leveren.",
            "De buis is het probleem niet, de uitlaat naar de sloot wel. Die staat bij hoog water dicht. Overleg met het waterschap over de terugslagklep.",
        ),
    ),
    "geluid": (
        _c(
            "Kun jij het geluid meten bij de gevel van de melder? Klachten vooral tussen 22.00 en 6.00 uur.",
            "Gemeten in de nacht van {dag}: [37|39|43|46] dB(A) langtijdgemiddeld, met tooncorrectie. De grens is 40. Rapport staat in het dossier.",
            "Twee nachten gemeten. De bron komt niet boven het achtergrondgeluid uit. Ik vermoed dat de melder laagfrequent geluid hoort, daar heeft de GGD een spreekuur voor.",
        ),
        _c(
            "De ondernemer zegt dat hij binnen de vergunning blijft. Welke grens geldt hier precies?",
            "Op deze plek [50|55] dB(A) tot 23.00 uur en daarna [45|40]. Stemgeluid van een onverwarmd en onoverdekt terras telt niet mee, muziek wel.",
            "De vergunning verwijst naar het omgevingsplan. Voor evenementen geldt een eigen norm: 80 dB(A) op de gevel tot 23.00 uur. Daar bleef hij 2 dB onder.",
        ),
        _c(
            "Helpt een drempel hier, of krijgen de bewoners dan trillingen?",
            "Bij deze slappe bodem geven drempels klachten binnen 15 meter van een gevel. Kies een versmalling of een plateau met flauwe helling.",
            "Een drempel kan, mits sinusvormig en met fundering. Zwaar verkeer is hier minder dan 2 procent.",
        ),
    ),
    "juridisch": (
        _c(
            "Zijn wij hier aansprakelijk voor de schade? Melder stuurt een rekening van {bedrag_klein} euro.",
            "Alleen als wij het gebrek kenden of hadden moeten kennen (artikel 6:174 BW). De eerste melding was van dezelfde dag. Ik zou afwijzen, met uitleg, en verwijzen naar de eigen verzekering.",
            "Er lag al een melding van drie weken eerder en wij deden niets. Dan staan wij zwak. Advies: vergoeden en de werkwijze nalopen.",
        ),
        _c(
            "Mogen wij de naam van de melder geven aan degene over wie de melding gaat? Die vraagt daarom.",
            "Nee, zolang er geen besluit is waarin de melding een rol speelt, is daar geen grondslag voor. Zeg dat wij een melding kregen en zelf hebben gekeken.",
            "Alleen met toestemming van de melder. Wordt het een handhavingsbesluit, dan komt het stuk in het dossier en lakken wij de naam.",
        ),
        _c(
            "Is dit een klacht in de zin van hoofdstuk 9 Awb of een bezwaar? De brief heeft van allebei iets.",
            "Van allebei iets, dus splits het. De boosheid over de behandeling is een klacht (6 weken). Tegen het besluit loopt nog een bezwaartermijn: bevestig het als bezwaar en stuur de ontvangst vandaag.",
            "Er is geen besluit genomen, dus bezwaar kan niet. Behandel het als klacht. Let op: niet door de collega over wie het gaat (artikel 9:7).",
        ),
        _c(
            "Kan deze aanvraag nog worden stilgezet, of is de termijn al voorbij?",
            "Stilzetten kan alleen voor het einde van de termijn en alleen als je om gegevens vraagt die nodig zijn (artikel 4:15). Hier is dat niet gebeurd. Neem het besluit deze week.",
            "Dat kan nog. Geef twee weken om aan te vullen en zet in de brief de dag waarop de termijn weer gaat lopen.",
        ),
    ),
    "waterkwaliteit": (
        _c(
            "Wil je een monster nemen? Er zwemmen kinderen en er wonen mensen met honden langs het water.",
            "Monster genomen. Biovolume blauwalg [8|14|31] mm3 per liter. Negatief zwemadvies per vandaag, borden staan er. Over een week opnieuw.",
            "Het is geen blauwalg maar [kroos|een bloei van groenalg]. Niet giftig. Wel weinig zuurstof in de ochtend, ik zet er een meter bij.",
        ),
        _c(
            "Kan de aannemer hier maaien, of zitten er beschermde soorten?",
            "Er staat krabbenscheer en er zit groene glazenmaker. Maai maximaal de helft en niet voor 15 september. Ik geef de kaart mee.",
            "Geen beschermde soorten gevonden. Let wel op de bittervoorn: laat zwanenmossels terugzetten.",
        ),
        _c(
            "Natte plek aan de voet van de dijk. Moeten wij ons zorgen maken?",
            "Het water is helder en voert geen zand mee. Dat is gewone kwel bij dit rivierpeil. Wel vastleggen en bij stijgend water twee keer per dag kijken.",
            "Er komt een beetje zand mee. Niet afwachten: leg vandaag een opkisting en bel de wachtdienst. Ik kom zelf om 13.00 uur.",
        ),
        _c(
            "Waar kan deze lozing vandaan komen? De buis staat niet op onze kaart.",
            "Dat is een hemelwaterriool van de gemeente. Met rook gevonden: er is een wasplaats verkeerd aangesloten. Eigenaar heeft vier weken.",
            "De pH is [11|12], dat wijst op betonwater van een bouwplaats. Ik heb de gemeente gebeld, zij leggen het werk stil.",
        ),
    ),
}
