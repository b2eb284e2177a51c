"""What residents write about: the choices in the form, and for each the domain, the radius for duplicates, our promise.

`domein` is the `Team.domein` of the second line that knows it. Trefwoorden (Dutch, and a few English) also suggest a
team when nothing was chosen; they are short roots, matched in compounds when they are long enough.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

if TYPE_CHECKING:
    from django.utils.functional import Promise

SOORTEN = ("melding", "vraag", "klacht", "compliment")
"""The kinds of reactie: the `identificatie` of their zaaktype."""

DOMEINEN = (
    "wegen",
    "groen",
    "afval",
    "verlichting",
    "water",
    "overlast",
    "verkeer",
    "burgerzaken",
    "belastingen",
    "bouwen",
    "sociaal",
    "klachten",
)
"""The domains that a suggestion may name (`identity.Team.domein`)."""


@dataclass(frozen=True)
class Categorie:
    """One choice. `kort`: subject of the zaak; `straal`: metres; `werkdagen`: the promise (None: that of the soort)."""

    code: str
    naam: "Promise"
    kort: str
    domein: str
    trefwoorden: tuple[str, ...] = ()
    straal: int = 50
    werkdagen: int | None = None


GEVAAR = "gevaar"
ANDERS = "anders"

CATEGORIEEN: dict[str, tuple[Categorie, ...]] = {
    "melding": (
        Categorie(
            "stoep", _("Losse tegel of kapotte stoep"), "Losse tegel of kapotte stoep", "wegen",
            ("tegel", "stoep", "trottoir", "stoeprand", "opsluitband", "pavement"), straal=40,
        ),
        Categorie(
            "weg", _("Gat of kuil in de weg"), "Gat of kuil in de weg", "wegen",
            ("asfalt", "wegdek", "klinker", "verzakking", "verzakt", "kuil", "gat", "fietspad", "drempel", "pothole"),
        ),
        Categorie(
            "afval", _("Afval op straat of een volle bak"), "Afval op straat of een volle bak", "afval",
            (
                "afval", "container", "vuilnis", "grofvuil", "prullenbak", "rommel", "gedumpt", "zwerfvuil", "matras",
                "glasbak", "rubbish",
            ),
            werkdagen=3,
        ),
        Categorie(
            "lamp", _("Kapotte lamp"), "Kapotte lamp", "verlichting",
            ("lantaarn", "straatlamp", "verlichting", "lichtmast", "lamp", "donker", "streetlight"), straal=30,
        ),
        Categorie(
            "groen", _("Boom, struik of gras"), "Boom, struik of gras", "groen",
            ("boom", "bomen", "struik", "heg", "gras", "onkruid", "snoei", "plantsoen", "blader", "takken", "wortel"),
        ),
        Categorie(
            "speelplek", _("Speelplek of bankje"), "Speelplek of bankje", "groen",
            ("speeltuin", "speelplek", "speeltoestel", "schommel", "glijbaan", "wipkip", "bankje", "zitbank"),
        ),
        Categorie(
            "water", _("Sloot, duiker of waterkant"), "Sloot, duiker of waterkant", "water",
            ("sloot", "duiker", "waterkant", "gracht", "oever", "beschoeiing", "kroos", "waterpeil", "gemaal", "dijk",
             "vissen", "ditch", "culvert"),
            straal=100,
        ),
        Categorie(
            "riool", _("Riool, put of water op straat"), "Riool, put of water op straat", "water",
            ("riool", "riolering", "putdeksel", "kolk", "straatput", "wateroverlast", "regenwater", "put", "sewer"),
            werkdagen=3,
        ),
        Categorie(
            "verkeer", _("Verkeersbord, paaltje of stoplicht"), "Verkeersbord, paaltje of stoplicht", "verkeer",
            ("verkeersbord", "stoplicht", "verkeerslicht", "paaltje", "zebrapad", "verkeer", "oversteek", "hardrijd"),
        ),
        Categorie(
            "voertuig", _("Wrak, losse fiets of fout geparkeerd"), "Wrak, losse fiets of fout geparkeerd", "verkeer",
            ("geparkeerd", "parkeer", "wrak", "fietswrak", "aanhanger", "caravan"),
        ),
        Categorie(
            "overlast", _("Geluid, dieren of overlast van mensen"), "Geluid, dieren of overlast van mensen", "overlast",
            ("overlast", "geluid", "lawaai", "herrie", "hangjongeren", "ratten", "muggen", "wespen", "hondenpoep",
             "stank", "graffiti", "vandalisme", "noise"),
            straal=100,
        ),
        Categorie(GEVAAR, _("Gas, brand of bedreiging"), "Gas, brand of bedreiging", "overlast", werkdagen=0),
        Categorie(ANDERS, _("Iets anders"), "", ""),
    ),
    "vraag": (
        Categorie(
            "burgerzaken", _("Paspoort, rijbewijs of verhuizen"), "Paspoort, rijbewijs of verhuizen", "burgerzaken",
            ("paspoort", "rijbewijs", "identiteitskaart", "verhuiz", "uittreksel", "trouwen", "geboorte", "overlijden",
             "passport"),
        ),
        Categorie(
            "belasting", _("Belastingen en de waarde van mijn huis"), "Belastingen en de waarde van mijn huis",
            "belastingen", ("belasting", "aanslag", "kwijtschelding", "woz", "hondenbelasting", "tax"),
        ),
        Categorie(
            "bouwen", _("Bouwen, verbouwen en wonen"), "Bouwen, verbouwen en wonen", "bouwen",
            ("vergunning", "verbouw", "dakkapel", "schuur", "bestemmingsplan", "omgevingsplan", "aanbouw", "permit"),
        ),
        Categorie(
            "zorg", _("Werk, geld en zorg"), "Werk, geld en zorg", "sociaal",
            ("bijstand", "uitkering", "wmo", "mantelzorg", "jeugdhulp", "schuld", "traplift", "rolstoel", "huishouden"),
        ),
        Categorie(
            "afval", _("Afval en grofvuil"), "Afval en grofvuil", "afval",
            ("afval", "grofvuil", "container", "milieustraat", "ophaal", "afvalpas"),
        ),
        Categorie(
            "parkeren", _("Parkeren en verkeer"), "Parkeren en verkeer", "verkeer",
            ("parkeer", "parkeervergunning", "laadpaal", "verkeer"),
        ),
        Categorie(
            "water", _("Water, sloten en dijken"), "Water, sloten en dijken", "water",
            ("sloot", "dijk", "grondwater", "waterschap", "waterpeil", "riool"),
        ),
        Categorie(ANDERS, _("Iets anders"), "", ""),
    ),
    "klacht": (
        Categorie(
            "omgang", _("Hoe wij met u omgingen"), gettext_noop("Klacht over hoe wij met u omgingen"), "klachten"
        ),
        Categorie("te_lang", _("Het duurde te lang"), gettext_noop("Klacht: het duurde te lang"), "klachten"),
        Categorie(
            "onjuist", _("Wij gaven verkeerde informatie"), gettext_noop("Klacht over verkeerde informatie"), "klachten"
        ),
        Categorie(ANDERS, _("Iets anders"), "", "klachten"),
    ),
    "compliment": (
        Categorie("medewerker", _("Een medewerker"), gettext_noop("Compliment voor een medewerker"), ""),
        Categorie("buurt", _("Mijn straat of buurt"), gettext_noop("Compliment over straat of buurt"), ""),
        Categorie(ANDERS, _("Iets anders"), "", ""),
    ),
}  # fmt: skip


def categorie(soort: str, code: str) -> Categorie | None:
    """The choice with this code, or None."""
    return next((each for each in CATEGORIEEN.get(soort, ()) if each.code == code), None)
