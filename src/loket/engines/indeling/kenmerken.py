"""From a text to what is counted in it: words, pairs of words, and pieces of words that survive a typing error."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MAX_TEKENS = 2000
"""What comes later in a text is not read: the matter stands at the beginning."""
MAX_WOORD = 20
STUK_VAN, STUK_TOT = 3, 5

type Geteld = tuple[dict[str, int], dict[str, int], dict[str, int]]
"""What is counted in a text, in three blocks that weigh separately: words, pieces of words, what is known besides."""

_WEG = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_WOORD = re.compile(r"[a-z]{2,}")
STOP = frozenset(
    (
        *("de", "het", "een", "en", "of", "in", "op", "bij", "van", "voor", "met", "is", "zijn", "er", "dat", "die"),
        *("dit", "ik", "wij", "we", "uw", "mijn", "te", "ook", "aan", "uit", "om", "als", "al", "dan", "nog", "wel"),
        *("the", "and", "at", "on", "are", "there", "it", "to", "of", "is", "my", "you", "please"),
    )
)


def woorden(tekst: str) -> list[str]:
    """The words of a text in order: lower case, without accents, digits, addresses of mail and web. Telephone numbers,
    house numbers and numbers of persons are never a feature."""
    plat = unicodedata.normalize("NFKD", _WEG.sub(" ", tekst[:MAX_TEKENS]).lower())
    return [woord[:MAX_WOORD] for woord in _WOORD.findall(plat.encode("ascii", "ignore").decode())]


def tel(tekst: str, extra: Iterable[str] = ()) -> Geteld:
    """What is counted, in three blocks that weigh separately: words and pairs ("w:…"), pieces of words ("s:…", a space
    marks the edge of a word), and what is known besides the text ("x:…", such as the kind of form)."""
    heel, stuk = _tel_woorden(tekst)
    return heel, stuk, {f"x:{each}": 1 for each in extra}


@lru_cache(maxsize=2)  # one text goes to one model after another
def _tel_woorden(tekst: str) -> tuple[dict[str, int], dict[str, int]]:
    rij = [woord for woord in woorden(tekst) if woord not in STOP]
    heel: dict[str, int] = {}
    stuk: dict[str, int] = {}
    vorig = ""
    for woord in rij:
        sleutel = f"w:{woord}"
        heel[sleutel] = heel.get(sleutel, 0) + 1
        if vorig:
            paar = f"w:{vorig} {woord}"
            heel[paar] = heel.get(paar, 0) + 1
        vorig = woord
        for deel in stukken(woord):
            stuk[deel] = stuk.get(deel, 0) + 1
    return heel, stuk


@lru_cache(maxsize=4000)  # the common words come back in every text
def stukken(woord: str) -> tuple[str, ...]:
    """The pieces of one word, with its edges."""
    rand = f" {woord} "
    return tuple(
        f"s:{rand[begin : begin + lengte]}"
        for lengte in range(STUK_VAN, STUK_TOT + 1)
        for begin in range(len(rand) - lengte + 1)
    )
