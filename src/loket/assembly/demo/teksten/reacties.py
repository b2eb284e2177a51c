"""What residents write: a question, a report, a complaint or a compliment, in a voice of its own."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from random import Random

from loket.assembly.demo.teksten import stem
from loket.assembly.demo.teksten.categorieen import WOLKBREUK, Categorie, Soort, categorieen
from loket.assembly.demo.teksten.grammatica import kans, kies, lees
from loket.assembly.demo.teksten.woorden import Woorden


@dataclass(frozen=True, slots=True)
class Reactietekst:
    """One reaction as somebody wrote it. `draad` and `datum` let the staff's texts answer what was really asked."""

    soort: Soort
    onderwerp: str
    tekst: str
    categorie: str
    domein: str
    bij_waterschap: bool
    heeft_plek: bool
    datum: date
    draad: str = ""
    stem: str = "gewoon"
    straat: str | None = None
    huisnummer: int | None = None


_EERDER = tuple(
    lees(p)
    for p in (
        "Ik heb dit in {maand} ook al gemeld.",
        "De buren hebben het ook al doorgegeven.",
        "Volgens {wie} is het al eerder gemeld.",
        "[Het valt meer mensen op|Iedereen in de straat heeft het erover].",
        "Ik zag op de kaart geen melding, dus vandaar.",
        "Sorry als dit dubbel is.",
    )
)


@cache
def _verdeling(
    maand: int, soort: Soort | None, waterschap: bool | None
) -> tuple[tuple[Categorie, ...], tuple[float, ...]]:
    keus = tuple(
        c
        for c in categorieen().values()
        if c.code != WOLKBREUK
        and soort in (None, c.soort)
        and waterschap in (None, c.bij_waterschap)
        and c.gewicht * c.seizoen[maand - 1] > 0
    )
    return keus, tuple(accumulate(c.gewicht * c.seizoen[maand - 1] for c in keus))


def kies_categorie(
    rng: Random, datum: date, *, soort: Soort | None = None, waterschap: bool | None = None
) -> Categorie:
    """A subject, with the chances of that month: leaves in autumn, ice in winter, terraces in summer.

    Raises ValueError when no category has this soort for this body.
    """
    keus, tot = _verdeling(datum.month, soort, waterschap)
    if not keus:
        raise ValueError(f"geen categorie met soort {soort} (waterschap: {waterschap})")
    return keus[bisect(tot, rng.random() * tot[-1])]


def maak_reactie(
    rng: Random,
    datum: date,
    straatnaam: str | None = None,
    *,
    huisnummer: int | None = None,
    soort: Soort | None = None,
    waterschap: bool | None = None,
    categorie: str | None = None,
    naam: str | None = None,
    kanaal: str = "website",
) -> Reactietekst:
    """A reaction of one to eight sentences.

    `straatnaam` (and `huisnummer`) are used where the subject has a place; without them a landmark is named. `soort`,
    `waterschap` (True: only what belongs to the water board, False: only the municipality) and `categorie` narrow the
    choice. `naam` signs letters and mails. `kanaal` "telefoon" or "balie" gives the note that an employee typed,
    "e-mail" and "post" more often a salutation. Raises KeyError for an unknown category.
    """
    c = categorieen()[categorie] if categorie else kies_categorie(rng, datum, soort=soort, waterschap=waterschap)
    return _schrijf(rng, c, datum, straatnaam, huisnummer, naam, kanaal)


def maak_wolkbreukreactie(
    rng: Random,
    datum: date,
    straatnaam: str,
    *,
    huisnummer: int | None = None,
    naam: str | None = None,
    kanaal: str = "website",
) -> Reactietekst:
    """One of the many reports of the same street after a cloudburst, each in own words.

    Half of the matter is the water board's, though nobody who writes can know that.
    """
    return _schrijf(rng, categorieen()[WOLKBREUK], datum, straatnaam, huisnummer, naam, kanaal)


def _schrijf(
    rng: Random, c: Categorie, datum: date, straat: str | None, huisnummer: int | None, naam: str | None, kanaal: str
) -> Reactietekst:
    woorden = Woorden(rng, datum, straat, huisnummer)
    begin = kies(rng, c.zinnen["begin"])
    draad = kies(rng, begin.draden) if begin.draden else ""

    def een(deel: str) -> str:
        return kies(rng, c.passend(deel, draad)).maak(rng, woorden.slots)

    soort_stem = stem.kies_stem(rng, c.soort, kanaal, engels=bool(c.passend("engels", draad)))
    if soort_stem == "engels":
        tekst = een("engels")
    elif soort_stem in ("kort", "gesprek"):
        zinnen = [een("kort")]
        zinnen += _extra(rng, c, draad, woorden, (0.45, 0.25, 0.2) if soort_stem == "kort" else (0.9, 0.5, 0.6))
        tekst = (
            stem.maak_kort(rng, zinnen, c.soort)
            if soort_stem == "kort"
            else stem.maak_gesprek(rng, zinnen, c.soort, kanaal)
        )
    else:
        zinnen = [begin.maak(rng, woorden.slots), *_extra(rng, c, draad, woorden, stem.KANSEN[soort_stem])]
        if c.soort == "melding" and soort_stem != "boos" and kans(rng, 0.1):
            zinnen.insert(1, kies(rng, _EERDER).maak(rng, woorden.slots))
        tekst = stem.maak_tekst(rng, soort_stem, zinnen, c.soort, kanaal, naam)
    onderwerp = tekst.split(". ")[0].rstrip(".?!") if soort_stem == "engels" else een("onderwerp")
    return Reactietekst(
        soort=c.soort,
        onderwerp=(onderwerp.lower() if soort_stem == "slordig" else onderwerp)[:80],
        tekst=tekst,
        categorie=c.code,
        domein=c.domein,
        bij_waterschap=c.bij_waterschap,
        heeft_plek=c.plek,
        datum=datum,
        draad=draad,
        stem=soort_stem,
        straat=straat,
        huisnummer=huisnummer,
    )


def _extra(rng: Random, c: Categorie, draad: str, woorden: Woorden, kansen: tuple[float, ...]) -> list[str]:
    """Details, a consequence and a wish, in the order in which people tell them; never the same sentence twice."""
    uit: list[str] = []
    p_meer, p_gevolg, p_wens = kansen
    meer = c.passend("meer", draad)
    if meer and kans(rng, p_meer):
        eerste = kies(rng, meer)
        uit.append(eerste.maak(rng, woorden.slots))
        rest = [z for z in meer if z is not eerste]
        if rest and kans(rng, p_meer * 0.45):
            uit.append(kies(rng, rest).maak(rng, woorden.slots))
    for deel, p in (("gevolg", p_gevolg), ("wens", p_wens)):
        zinnen = c.passend(deel, draad)
        if zinnen and kans(rng, p):
            uit.append(kies(rng, zinnen).maak(rng, woorden.slots))
    return uit
