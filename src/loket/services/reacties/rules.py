"""What is true of a reactie on the resident's side: pure, no database.

Danger comes first (112), what we promise and why, the short subject, which team probably knows, what looks like the
same matter, and until when one can say "not solved".
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from loket.engines.termijnen import klachten, normen
from loket.engines.termijnen.kalender import tel_werkdagen
from loket.engines.termijnen.termijn import Termijn
from loket.foundation.time.clock import AMSTERDAM
from loket.services.reacties.categorieen import CATEGORIEEN, GEVAAR, categorie

if TYPE_CHECKING:
    from django.utils.functional import Promise

MAX_TEKST = 4000
"""Characters of a message of a resident."""
MAX_FOTOS = 5
MAX_FOTO_BYTES = 20_000_000
MIN_ZEKERHEID = 0.4
"""Below this certainty no team is suggested: a wrong suggestion costs more than none."""
MIN_GELIJKENIS = 0.2
ZELFDE_WEKEN = 26
"""An open melding older than this is no longer offered as 'the same'."""

WERKDAGEN = {"melding": 5, "vraag": 5, "compliment": 5}
"""Our promise in working days for each soort; a klacht has the term of the law."""

ONTVANGEN = gettext_noop("Ontvangen")
IN_BEHANDELING = gettext_noop("In behandeling")
WACHT_OP_BEWONER = gettext_noop("Wacht op bewoner")
AFGEHANDELD = gettext_noop("Afgehandeld")

_GEVAAR: dict[str, tuple[str, ...]] = {
    "gas": (
        r"\bgas(lucht|lek|leiding|geur)",
        r"\b(ge)?ruik\w*\s+(\w+\s+){0,4}gas\b",
        r"\bgas\s+(ruik|lek)",
        r"\bgas leak",
        r"\bsmell\w*\s+(\w+\s+){0,2}gas\b",
    ),
    "brand": (
        r"\bbrand\b",
        r"\bin de fik\b",
        r"\bvlammen\b",
        r"\brook\s+uit\b",
        r"\brookwolk",
        r"\bontploff",
        r"\bexplosi",
        r"\bon fire\b",
        r"\bthere is a fire\b",
    ),
    "dreiging": (
        r"\bbedreig",
        r"\bdreigt?\s+(mij|me|ons|hem|haar|met)\b",
        r"\bpistool\b",
        r"\b(vuur)?wapens?\b",
        r"\bmet een mes\b",
        r"\bschiet(en|partij)?\b",
        r"\bgeschoten\b",
        r"\bsteekpartij",
        r"\bthreaten",
        r"\bwith a (knife|gun)\b",
    ),
    "gewond": (
        r"\blevensgevaar",
        r"\bbewusteloos",
        r"\bverdrink",
        r"\bdrenkeling",
        r"\bniet meer adem",
        r"\breanim",
        r"\bunconscious\b",
        r"\bdrowning\b",
    ),
}
_GEEN_BRAND = re.compile(r"brand(weer|gang|kraan|nest|blusser|trap|hout|netel|schoon)|brand\s*nieuw")


def gevaar(tekst: str, categorie_code: str = "") -> str:
    """Which danger the words or the choice speak of: 'gas', 'brand', 'dreiging', 'gewond', 'gevaar'; '' for none.

    It rather asks once too often: the notice says 112 first, and one can always go on.
    """
    laag = _GEEN_BRAND.sub(" ", tekst.lower())
    for soort, patronen in _GEVAAR.items():
        if any(re.search(patroon, laag) for patroon in patronen):
            return soort
    return GEVAAR if categorie_code == GEVAAR else ""


def onderwerp(soort: str, tekst: str, categorie_code: str = "", maximum: int = 80) -> str:
    """The short subject of the zaak: of the chosen category, else the first words, on one line, at most `maximum`."""
    gekozen = categorie(soort, categorie_code)
    if gekozen is not None and gekozen.kort:
        return gekozen.kort[:maximum]
    return eerste_woorden(tekst, min(maximum, 60)) or soort.capitalize()


def eerste_woorden(tekst: str, maximum: int) -> str:
    """The beginning of a text on one line, cut between words; without characters that steer or hide (C0, bidi)."""
    schoon = "".join(
        " " if c.isspace() else c for c in tekst if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    regel = " ".join(schoon.split())
    if len(regel) <= maximum:
        return regel
    kort = regel[: maximum - 1]
    if " " in kort[maximum // 2 :]:
        kort = kort[: kort.rindex(" ")]
    return kort.rstrip(" ,;:.-") + "…"


_WOORD = re.compile(r"\w+", re.UNICODE)


@lru_cache
def _patronen(soort: str) -> dict[str, re.Pattern[str]]:
    """For each category the words that speak of it: long roots anywhere in a word, short ones only at its beginning or
    whole."""
    return {
        each.code: re.compile(
            "|".join(t if len(t) >= 5 else rf"\b{t}" if len(t) == 4 else rf"\b{t}\b" for t in each.trefwoorden)
        )
        for each in CATEGORIEEN.get(soort, ())
        if each.trefwoorden
    }


def _punten(soort: str, tekst: str) -> dict[str, int]:
    """For each category the number of different words in the text that speak of it."""
    laag = tekst.lower()
    return {code: len(set(patroon.findall(laag))) for code, patroon in _patronen(soort).items()}


@dataclass(frozen=True)
class Voorstel:
    """A suggestion for the second line: the domain, and how certain (0 to 1)."""

    domein: str
    zekerheid: float


def voorstel(soort: str, tekst: str, categorie_code: str = "") -> Voorstel | None:
    """Which domain probably knows, from the choice and the words; None below `MIN_ZEKERHEID`."""
    gekozen = categorie(soort, categorie_code)
    punten = _punten(soort, tekst)
    per_domein: dict[str, int] = {}
    for each in CATEGORIEEN.get(soort, ()):
        if each.domein:
            per_domein[each.domein] = per_domein.get(each.domein, 0) + punten.get(each.code, 0)
    totaal = sum(per_domein.values())
    if gekozen is not None and gekozen.domein:
        eens = per_domein.get(gekozen.domein, 0)
        zekerheid = 0.85 if totaal == 0 else 0.65 + 0.3 * eens / totaal
        return Voorstel(gekozen.domein, round(zekerheid, 2))
    if totaal == 0:
        return None
    beste = max(per_domein, key=lambda domein: per_domein[domein])
    zekerheid = per_domein[beste] / totaal * (0.6 if per_domein[beste] == 1 else 0.8)
    return Voorstel(beste, round(zekerheid, 2)) if zekerheid >= MIN_ZEKERHEID else None


def categorieen_in_woorden(soort: str, tekst: str) -> list[str]:
    """The categories that these words speak of by their trefwoorden, the most first."""
    punten = sorted(_punten(soort, tekst).items(), key=lambda each: -each[1])
    return [code for code, aantal in punten if aantal]


def categorie_in_woorden(soort: str, tekst: str) -> str:
    """The category that these words speak of most; '' when none does, or two do equally."""
    punten = _punten(soort, tekst)
    meest = max(punten.values(), default=0)
    beste = [code for code, aantal in punten.items() if aantal == meest > 0]
    return beste[0] if len(beste) == 1 else ""


def domein(soort: str, onderwerp: str, begin: str = "") -> str:
    """What a reactie with this subject is about: the domain of its category, else what the words suggest (`begin`: the
    first that the resident wrote); '' when that is not known."""
    for each in CATEGORIEEN.get(soort, ()):
        if each.kort and each.kort == onderwerp:
            return each.domein
    gedacht = voorstel(soort, f"{onderwerp} {begin}")
    return gedacht.domein if gedacht else ""


def termijn(soort: str, ontvangen: datetime, categorie_code: str = "") -> Termijn:
    """Until when the resident has an answer: a klacht by Awb 9:11, the rest by our own promise in working days."""
    dag = ontvangen.astimezone(AMSTERDAM).date()
    if soort == "klacht":
        return klachten.klacht(dag)
    gekozen = categorie(soort, categorie_code)
    werkdagen = WERKDAGEN[soort] if gekozen is None or gekozen.werkdagen is None else gekozen.werkdagen
    return normen.servicenorm(dag, werkdagen)


@dataclass(frozen=True)
class Stap:
    """What happens, and until when at the latest."""

    wat: "Promise"
    uiterlijk: date


def stappen(soort: str, ontvangen: date, antwoord_voor: date) -> list[Stap]:
    """What happens when, after receipt: never later than what was promised in all."""
    lezen = min(tel_werkdagen(ontvangen, 1), antwoord_voor)
    if soort == "melding":
        return [
            Stap(_("Een medewerker leest uw melding"), lezen),
            Stap(
                _("Wij kijken wat er nodig is en zeggen wat wij gaan doen"),
                min(tel_werkdagen(ontvangen, 3), antwoord_voor),
            ),
            Stap(_("Wij lossen het op, of leggen uit waarom dat niet kan"), antwoord_voor),
        ]
    if soort == "klacht":
        return [
            Stap(_("Een medewerker leest uw klacht"), lezen),
            Stap(
                _("Iemand die er niet bij betrokken was, nodigt u uit om uw verhaal te vertellen"),
                min(klachten.horen(ontvangen).laatste_dag, antwoord_voor),
            ),
            Stap(_("U krijgt ons oordeel, en waarom"), antwoord_voor),
        ]
    if soort == "compliment":
        return [
            Stap(_("Een medewerker leest uw compliment"), lezen),
            Stap(_("Wij geven het door aan wie het toekomt"), antwoord_voor),
        ]
    return [Stap(_("Een medewerker leest uw vraag"), lezen), Stap(_("U krijgt antwoord"), antwoord_voor)]


def straal(categorie_code: str) -> int:
    """Metres around the chosen place in which an open melding may be the same."""
    gekozen = categorie("melding", categorie_code)
    return gekozen.straal if gekozen is not None else 50


_STOP = frozenset(
    (
        *("de", "het", "een", "en", "of", "in", "op", "bij", "van", "voor", "met", "is", "zijn", "er", "dat", "die"),
        *("dit", "ik", "wij", "we", "u", "uw", "mijn", "te", "ook", "aan", "uit", "om", "als", "al", "niet", "heel"),
        *("daar", "hier", "naar", "over", "door", "straat", "ligt", "staat", "the", "and", "at", "on", "are", "there"),
    )
)


def _stammen(tekst: str) -> frozenset[str]:
    """Roots of the words that carry meaning: cut to six letters, a rough stem that is good enough for Dutch plurals."""
    return frozenset(w[:6] for w in _WOORD.findall(tekst.lower())[:300] if len(w) > 2 and w not in _STOP)


def gelijkenis(een: str, ander: str, *, zelfde_categorie: bool = False) -> float:
    """How much two reports speak of the same (0 to 1): the overlap of their words, half of it the same category."""
    a, b = _stammen(een), _stammen(ander)
    overlap = len(a & b) / min(len(a), len(b)) if a and b else 0.0
    return min(1.0, overlap * (0.5 if zelfde_categorie else 1.0) + (0.5 if zelfde_categorie else 0.0))


def heropenen_tot(einddatum: date) -> date:
    """The last day on which a resident can say 'not solved' (our own promise: fourteen days, see engines/termijnen)."""
    return normen.heropenen(einddatum).laatste_dag
