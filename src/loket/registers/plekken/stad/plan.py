"""The plan of Lindewaard: what a town planner would have drawn by hand. Everything here is made up.

Coordinates are metres from the south-west corner of the plan, x to the east and y to the north; `OORSPRONG` puts
that corner somewhere in the Dutch RD grid (EPSG:28992), so that every tool for Dutch maps works. The place is not
meant: what stands there in reality has nothing to do with Lindewaard.
"""

from dataclasses import dataclass

OORSPRONG = (150_000.0, 430_000.0)
BREEDTE, HOOGTE = 2500.0, 2000.0
WOONPLAATS = "Lindewaard"
POSTCODE_GEBIED = 1999
"""Postcodes run down from 1999 SS: the letter pairs SA, SD and SS are never issued in the Netherlands, so no letter
sent to one of these can reach a real address."""
KADASTRALE_GEMEENTE = "LWD00"

type Punt = tuple[float, float]


@dataclass(frozen=True)
class Profiel:
    """Cross-section of a street in metres: the whole width and the carriageway; `rang` 1 is the most important."""

    breedte: float
    rijbaan: float
    rang: int


PROFIELEN = {
    "door": Profiel(16, 7, 1),
    "hoofd": Profiel(14, 6.5, 2),
    "straat": Profiel(12, 5.5, 3),
    "hof": Profiel(9, 4.5, 4),
    "landweg": Profiel(7, 5, 2),
    "pad": Profiel(4, 3, 5),
}


@dataclass(frozen=True)
class StraatPlan:
    """A street as planned: its centre line, and how the sides left and right of its direction are built."""

    naam: str
    profiel: str
    punten: tuple[Punt, ...]
    links: str = ""
    rechts: str = ""
    bomen: bool = False


def _s(naam: str, profiel: str, punten: str, bouw: str = "", bomen: bool = False) -> StraatPlan:
    paren = tuple((float(x), float(y)) for x, y in (p.split(",") for p in punten.split()))
    links, _, rechts = bouw.partition("|")
    return StraatPlan(naam, profiel, paren, links, rechts or links if "|" not in bouw else rechts, bomen)


STRATEN: tuple[StraatPlan, ...] = (
    # through the town
    _s("Molenweg", "hoofd", "-40,915 60,905 128,897", "boer|boer"),
    _s(
        "Molenweg",
        "hoofd",
        "128,897 300,880 480,852 620,830 860,798 1060,790 1380,830 1560,850",
        "station|jaren30",
        True,
    ),
    _s("Molenweg", "hoofd", "1560,850 1800,864 2060,880", "bedrijf|bedrijf"),
    _s("Noorderlaan", "door", "1022,791 1010,940 1005,1075 1005,1165", "station|station", True),
    _s("Noorderlaan", "door", "1005,1165 1010,1300 1020,1500 1016,1700", "flat|", True),
    _s("Noorderweg", "landweg", "1016,1700 1012,1850 1008,2040", "boer|boer"),
    _s("Dijkweg", "hoofd", "-40,330 190,322 380,332 480,340 680,358 920,340 1140,310 1360,324 1530,311", "dorp|dorp"),
    _s("Dijkweg", "landweg", "1530,311 1700,302 2000,306 2300,298 2560,304", "boer|"),
    _s("Polderweg", "landweg", "1520,670 1800,640 2150,650 2560,610", "boer|boer"),
    # centrum
    _s("Kerkstraat", "straat", "620,830 650,690", "jaren30|station"),
    _s("Kerkstraat", "straat", "650,690 676,610 690,520 676,440 680,358", "centrum|centrum"),
    _s("Raadhuislaan", "hoofd", "476,655 560,676 650,690", "station|centrum", True),
    _s("Lindeplein", "straat", "678,600 600,592 534,596", "|centrum"),
    _s("Kerkplein", "hof", "689,506 620,508 520,506", "centrum|"),
    _s("Visserstraat", "hof", "676,440 610,446 521,443", "centrum|centrum"),
    _s("Marktstraat", "straat", "560,676 534,596 520,506 521,443 548,346", "centrum|centrum"),
    _s("Bakkerssteeg", "hof", "602,446 598,352", "centrum|centrum"),
    _s("Westersingel", "straat", "474,340 462,480 466,590 476,655", "|centrum", True),
    _s("Haven", "hof", "920,340 911,262 916,205", "dorp|dorp"),
    _s("Sluisweg", "hof", "1360,324 1372,268 1350,228", "dorp|"),
    _s("Veerpad", "landweg", "1700,302 1706,220 1716,136", ""),
    # Bomenbuurt, 1930s
    _s("Kastanjelaan", "hoofd", "650,690 860,698 1060,680 1260,692", "semi|semi", True),
    _s("Kastanjelaan", "hoofd", "1260,692 1400,684 1520,670", "villa|villa", True),
    _s("Lindelaan", "straat", "860,698 872,570 892,450 920,340", "semi|semi", True),
    _s("Essenhof", "hof", "688,524 780,528 872,570", "jaren30|jaren30"),
    _s("Meidoornstraat", "straat", "1060,680 1066,560 1074,480 1100,316", "jaren30|jaren30"),
    _s("Iepenstraat", "straat", "892,450 980,470 1074,480", "jaren30|jaren30"),
    _s("Beukenpad", "hof", "872,570 960,578 1066,560", "jaren30|jaren30"),
    _s("Esdoornstraat", "straat", "682,420 780,432 892,450", "jaren30|jaren30"),
    _s("Hazelaarstraat", "straat", "768,809 764,697", "jaren30|jaren30"),
    _s("Elzenstraat", "straat", "866,797 860,698", "jaren30|jaren30"),
    _s("Lijsterbesstraat", "straat", "966,792 962,690", "jaren30|jaren30"),
    _s("Vlierstraat", "straat", "1064,790 1060,680", "jaren30|jaren30"),
    # Waardzicht, east of the gracht
    _s("Wilgenkade", "straat", "1260,692 1252,580 1264,460 1300,322", "semi|", True),
    _s("Populierenlaan", "straat", "1400,684 1392,560 1408,440 1430,320", "villa|villa", True),
    _s("Berkenlaan", "straat", "1255,545 1394,540 1516,530", "villa|villa", True),
    _s("Sparrenlaan", "straat", "1520,670 1515,530 1520,420 1530,311", "villa|", True),
    _s("Dennenlaan", "straat", "1408,430 1520,425", "villa|villa"),
    _s("Populierenlaan", "straat", "1396,831 1400,684", "semi|semi", True),
    # Oranjebuurt, after the war
    _s("Oranjelaan", "hoofd", "476,655 400,648 300,641 214,630 140,610", "opbouw|opbouw", True),
    _s("Wilhelminastraat", "straat", "396,648 390,760 386,867", "opbouw|opbouw"),
    _s("Julianastraat", "straat", "306,641 302,760 300,880", "opbouw|opbouw"),
    _s("Beatrixstraat", "straat", "218,630 214,760 212,889", "opbouw|opbouw"),
    _s("Emmastraat", "straat", "140,610 132,750 128,897", "opbouw|opbouw"),
    _s("Irenestraat", "straat", "132,755 214,760 302,760 390,760", "opbouw|opbouw"),
    _s("Willem de Zwijgerlaan", "straat", "200,628 196,530 192,420 190,322", "opbouw|opbouw", True),
    _s("Prins Hendrikstraat", "straat", "300,641 296,540 290,430 288,327", "opbouw|opbouw"),
    _s("Mauritsstraat", "straat", "394,648 388,540 382,430 384,332", "opbouw|opbouw"),
    _s("Nassaustraat", "straat", "192,425 290,430 382,430 464,440", "opbouw|opbouw"),
    _s("Amaliastraat", "straat", "196,535 296,540 388,540", "opbouw|opbouw"),
    # Stationsbuurt
    _s("Stationsstraat", "hoofd", "720,818 746,940 760,1075", "station|station", True),
    _s("Spoorlaan", "straat", "410,1070 500,1073 760,1076 1005,1075 1168,1066", "|station", True),
    _s("Nieuwstraat", "straat", "606,832 612,950 618,1074", "station|station"),
    _s("Vondelstraat", "straat", "880,796 890,940 896,1076", "station|station"),
    _s("Tollensstraat", "straat", "612,945 746,945 890,940 1010,935", "station|station"),
    _s("Bilderdijkstraat", "straat", "500,850 502,950 506,1073", "station|station"),
    _s("Potgieterstraat", "straat", "408,960 502,955 612,950", "station|station"),
    _s("Jacob Catsstraat", "straat", "402,864 408,960 410,1070", "station|station"),
    _s("Da Costastraat", "straat", "1010,930 1100,925 1172,930", "station|station"),
    _s("Noordkade", "straat", "1172,801 1172,930 1168,1066", "station|", True),
    _s("Staringstraat", "straat", "1100,791 1100,925", "station|station"),
    # Zeeheldenbuurt
    _s("Oostkade", "straat", "1240,809 1238,940 1240,1062", "|jaren30", True),
    _s("Tromplaan", "straat", "1240,1062 1290,1066 1404,1066 1530,1062", "|jaren30", True),
    _s("De Ruyterstraat", "straat", "1326,823 1322,940 1318,1066", "jaren30|jaren30"),
    _s("Piet Heinstraat", "straat", "1420,836 1418,945 1414,1066", "jaren30|jaren30"),
    _s("Evertsenstraat", "straat", "1238,943 1322,945 1418,945 1522,950", "jaren30|jaren30"),
    _s("Witte de Withstraat", "straat", "1524,846 1522,950 1530,1062", "jaren30|jaren30"),
    # Weidepoort, work
    _s("Ambachtsweg", "hoofd", "1600,852 1604,960 1610,1072", "|bedrijf"),
    _s("Nijverheidsweg", "hoofd", "1604,960 1850,965 2088,960", "bedrijf|bedrijf"),
    _s("Handelsweg", "hoofd", "1850,867 1850,965 1855,1075", ""),
    _s("Energieweg", "hoofd", "1610,1072 1855,1075 2095,1070", "|bedrijf"),
    _s("Transportweg", "hoofd", "2060,880 2088,960 2095,1070", "|bedrijf"),
    _s("Ketelmakerstraat", "straat", "1700,858 1704,760 1820,750 1950,755 1960,874", "bedrijf|bedrijf"),
    # Vogelbuurt, 1970s
    _s("Parallelweg", "straat", "270,1168 640,1168 1005,1165 1176,1163", "hof70|", True),
    _s(
        "Vogellaan",
        "hoofd",
        "1009,1268 840,1270 600,1296 400,1290 322,1370 340,1510 500,1590 760,1596 1019,1570",
        "hof70|",
        True,
    ),
    _s("Merelhof", "hof", "424,1294 420,1370 408,1430 410,1500", "hof70|hof70"),
    _s("Lijsterhof", "hof", "536,1295 534,1370 520,1430 522,1520", "hof70|hof70"),
    _s("Spreeuwhof", "hof", "648,1296 644,1370 630,1430 634,1530", "hof70|hof70"),
    _s("Roodborsthof", "hof", "760,1287 758,1370 744,1430 748,1530", "hof70|hof70"),
    _s("Putterhof", "hof", "872,1268 876,1370 868,1430 870,1510", "hof70|hof70"),
    _s("Zwaluwhof", "hof", "400,1545 370,1610 380,1680", "hof70|hof70"),
    _s("Vinkenhof", "hof", "540,1593 542,1692", "hof70|hof70"),
    _s("Leeuwerikhof", "hof", "680,1596 684,1692", "hof70|hof70"),
    _s("Nachtegaalhof", "hof", "830,1588 834,1690", "hof70|hof70"),
    _s("Koekoekstraat", "straat", "270,1168 262,1260 322,1370", "hof70|hof70"),
    # De Rietlanden, new
    _s("Rietlaan", "hoofd", "1018,1448 1205,1446 1400,1452 1650,1446 1886,1450", "nieuw|nieuw", True),
    _s("Gele Lislaan", "straat", "1262,1190 1500,1186 1700,1188 1886,1190", "tweekap|tweekap", True),
    _s("Lisdoddestraat", "straat", "1262,1447 1258,1320 1262,1190", "|nieuw"),
    _s("Watermuntstraat", "straat", "1366,1450 1364,1320 1364,1188", "nieuw|nieuw"),
    _s("Dotterbloemstraat", "straat", "1470,1451 1470,1320 1468,1187", "nieuw|nieuw"),
    _s("Krabbenscheerstraat", "straat", "1574,1450 1574,1320 1574,1186", "nieuw|nieuw"),
    _s("Zwanenbloemstraat", "straat", "1678,1448 1678,1320 1678,1187", "nieuw|nieuw"),
    _s("Waterleliestraat", "straat", "1782,1447 1782,1320 1782,1188", "nieuw|nieuw"),
    _s("Kalmoesstraat", "straat", "1886,1640 1888,1560 1886,1450 1884,1320 1886,1190", "tweekap|tweekap"),
    _s("Kattenstaartlaan", "straat", "1255,1640 1500,1645 1700,1642 1886,1640", "tweekap|tweekap", True),
    _s("Egelskopstraat", "straat", "1390,1451 1392,1643", "nieuw|nieuw"),
    _s("Veenwortelstraat", "straat", "1555,1449 1556,1644", "nieuw|nieuw"),
    _s("Fonteinkruidstraat", "straat", "1720,1447 1722,1642", "nieuw|nieuw"),
    # on foot and by bicycle
    _s("Waarddijk", "pad", "-40,214 300,224 620,216 916,205 1258,206 1600,196 1950,204 2300,200 2560,206"),
    _s("Lindepad", "pad", "1066,590 1106,600 1140,585 1172,600"),
    _s("Weteringpad", "pad", "270,1716 620,1712 1016,1706 1205,1712 1560,1702 1886,1700"),
    _s("Noorderparkpad", "pad", "1019,1540 1090,1580 1130,1640 1120,1708"),
)


@dataclass(frozen=True)
class WaterPlan:
    """Water as planned: a centre line with a width. `primair`: the water board keeps it itself."""

    naam: str
    soort: str
    breedte: float
    punten: tuple[Punt, ...]


def _w(naam: str, soort: str, breedte: float, punten: str) -> WaterPlan:
    return WaterPlan(naam, soort, breedte, _s("", "pad", punten).punten)


WATER: tuple[WaterPlan, ...] = (
    _w("De Waard", "rivier", 112, "-80,78 300,96 700,64 1100,84 1500,56 1900,74 2300,58 2580,70"),
    _w(
        "Oude Gracht",
        "gracht",
        30,
        "1206,1120 1206,940 1204,800 1200,700 1194,570 1206,450 1240,330 1258,250 1258,190 1254,90",
    ),
    _w("Oude Gracht", "gracht", 20, "1206,1120 1210,1300 1206,1500 1208,1738"),
    _w("Noorderwetering", "wetering", 20, "-80,1742 500,1732 1208,1738 1900,1730 2580,1744"),
    _w("Oosterwetering", "wetering", 11, "2176,278 2170,520 2180,800 2176,1150 2190,1500 2186,1738"),
    _w("Westerwetering", "wetering", 9, "66,1738 76,1400 70,1130 82,930 76,620 70,278"),
    _w("Westersingel", "singel", 13, "448,352 434,480 440,590 448,634"),
    _w("Rietsingel", "singel", 13, "1208,1556 1400,1566 1640,1560 1850,1566"),
    _w("Spoorsloot", "sloot", 4, "70,1146 400,1143 990,1140"),
    _w("Spoorsloot", "sloot", 4, "1225,1141 1600,1148 2170,1162"),
    _w("Dijksloot", "sloot", 4, "-60,268 70,270 300,276 520,272"),
    _w("Dijksloot", "sloot", 4, "1540,262 1900,262 2170,266 2560,264"),
)
HAVENKOM: tuple[Punt, ...] = ((880, 90), (884, 178), (896, 186), (958, 184), (966, 176), (962, 90))
VIJVERS: tuple[tuple[str, float, float, float, float], ...] = (
    ("Lindevijver", 1136, 545, 17, 29),
    ("Parkvijver", 1078, 1636, 24, 34),
)

DIJK = "-60,215 300,225 620,217 916,206 1258,207 1600,197 1950,205 2300,201 2580,207"
DIJK_BREEDTE = 34.0
SPOOR = "-80,1128 600,1122 1200,1120 1800,1130 2580,1152"
SPOOR_BREEDTE = 11.0


@dataclass(frozen=True)
class GroenPlan:
    """Green as planned: a name (or none), the kind, corners, and how many trees grow on a hectare."""

    naam: str
    soort: str
    punten: tuple[Punt, ...]
    bomen: float = 0.0


def _g(naam: str, soort: str, punten: str, bomen: float = 0.0) -> GroenPlan:
    return GroenPlan(naam, soort, _s("", "pad", punten).punten, bomen)


GROEN: tuple[GroenPlan, ...] = (
    _g("Lindepark", "park", "1104,662 1176,668 1170,575 1184,470 1112,486 1100,570", 75),
    _g("Begraafplaats", "begraafplaats", "448,704 470,700 600,730 592,806 470,826 440,822", 55),
    _g("Kerkhof", "park", "566,526 646,526 646,572 566,572", 30),
    _g("Noorderpark", "park", "1034,1560 1190,1560 1192,1706 1032,1700", 45),
    _g("Sportpark De Waard", "sport", "1560,400 1790,400 1790,600 1560,604", 0),
    _g("Speelveld Vogelbuurt", "park", "880,1620 1000,1600 1004,1690 900,1690", 25),
    _g("Volkstuinen", "tuinen", "1830,420 1960,420 1960,590 1830,596", 8),
    _g("Groene Zoom", "park", "90,920 380,895 386,1050 96,1056", 30),
    _g("Wilgenbos", "bos", "1910,1490 2150,1500 2150,1700 1910,1700", 140),
    _g("Uiterwaard", "uiterwaard", "-60,120 300,140 620,118 880,110 880,196 300,206 -60,196", 1.5),
    _g("Uiterwaard", "uiterwaard", "966,120 1236,132 1236,188 966,190", 1.5),
    _g("Uiterwaard", "uiterwaard", "1276,120 1600,106 1950,122 2300,110 2560,118 2560,188 1950,186 1276,186", 1.5),
)
POLDERS: tuple[tuple[str, float, str], ...] = (
    ("Westerpolder", 84.0, "-60,290 64,290 70,900 -60,912"),
    ("Oosterpolder", 78.0, "1810,316 2168,318 2164,640 1810,632"),
    ("Lage Weide", 82.0, "2190,316 2560,316 2560,602 2186,640"),
    ("Hoge Weide", 80.0, "2186,664 2560,626 2560,1132 2190,1120"),
    ("Noordpolder", 86.0, "-60,1762 996,1760 994,2010 -60,2010"),
    ("Achterland", 86.0, "1034,1762 2560,1762 2560,2010 1030,2010"),
    ("Weitjes", 80.0, "86,1160 246,1160 240,1716 80,1722"),
    ("Kampen", 88.0, "-60,930 60,920 62,1112 -60,1114"),
    ("Kampen", 88.0, "-60,1148 58,1150 62,1726 -60,1728"),
    ("Weidezoom", 84.0, "2206,1172 2560,1172 2560,1724 2204,1724"),
    ("Rietzoom", 84.0, "1920,1178 2160,1180 2166,1480 1920,1478"),
)


@dataclass(frozen=True)
class GebouwPlan:
    """A building that everybody knows: its middle, size, turn in degrees, year and height."""

    naam: str
    soort: str
    x: float
    y: float
    breed: float
    diep: float
    draai: float
    bouwjaar: int
    hoogte: float
    straat: str


GEBOUWEN: tuple[GebouwPlan, ...] = (
    GebouwPlan("Grote Kerk", "kerk", 604, 550, 48, 17, 3, 1487, 24, "Kerkplein"),
    GebouwPlan("Stadhuis", "stadhuis", 607, 620, 44, 20, 5, 1931, 15, "Lindeplein"),
    GebouwPlan("Station Lindewaard", "station", 760, 1098, 58, 11, 0, 1884, 8, "Spoorlaan"),
    GebouwPlan("Basisschool De Linde", "school", 1130, 742, 46, 26, 3, 1936, 9, "Kastanjelaan"),
    GebouwPlan("Basisschool Het Nest", "school", 940, 1642, 44, 24, 8, 1976, 6, "Vogellaan"),
    GebouwPlan("Basisschool De Rietvink", "school", 1110, 1500, 56, 26, 0, 2016, 9, "Rietlaan"),
    GebouwPlan("Winkelcentrum De Nieuwe Hof", "winkels", 1100, 1245, 96, 52, 1, 1974, 7, "Noorderlaan"),
    GebouwPlan("Sporthal De Kamp", "sporthal", 1104, 1360, 58, 38, 1, 1979, 9, "Noorderlaan"),
    GebouwPlan("Woonzorghuis Lindehof", "zorg", 1140, 870, 44, 30, 0, 1998, 13, "Staringstraat"),
    GebouwPlan("Molen De Hoop", "molen", 40, 872, 11, 11, 20, 1786, 22, "Molenweg"),
    GebouwPlan("Gemaal De Waard", "gemaal", 1285, 248, 13, 10, 5, 1923, 7, "Sluisweg"),
    GebouwPlan("Clubhuis Sportpark", "sport", 1548, 500, 9, 34, 0, 1988, 5, "Sparrenlaan"),
)
"""Each gets an address in its street: the next number on the side where it stands."""

WIJKEN: tuple[tuple[str, str], ...] = (
    ("Centrum", "442,300 690,300 690,520 656,692 442,668"),
    ("Bomenbuurt", "690,280 1250,280 1206,450 1196,570 1206,812 860,812 625,838 656,692 690,520"),
    ("Waardzicht", "1250,280 1545,270 1545,850 1206,812 1196,570 1206,450"),
    ("Oranjebuurt", "100,290 442,300 442,668 448,830 300,890 100,905"),
    ("Stationsbuurt", "386,868 625,834 860,802 1206,806 1206,1120 386,1120"),
    ("Zeeheldenbuurt", "1206,812 1545,850 1560,1120 1206,1120"),
    ("Weidepoort", "1545,720 2130,720 2130,1120 1560,1120 1545,850"),
    ("Vogelbuurt", "250,1124 1206,1122 1206,1730 250,1730"),
    ("De Rietlanden", "1206,1122 1910,1140 1910,1730 1206,1730"),
)
BUITENGEBIED = "Buitengebied"
