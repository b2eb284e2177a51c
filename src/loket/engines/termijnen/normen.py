"""Promises of the body itself: no law, so the Algemene termijnenwet does not apply; the sentence says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loket.engines.termijnen.fouten import OngeldigeInvoer
from loket.engines.termijnen.gebeurtenissen import alleen_dagen
from loket.engines.termijnen.kalender import DAG, NEDERLAND, Kalender
from loket.engines.termijnen.termijn import Stap, Termijn
from loket.engines.termijnen.woorden import Woorden, dag_in_woorden, day_in_words

#: How long a resident can say "not solved" after closing: calendar days.
HEROPENEN_DAGEN = 14
EIGEN_AFSPRAAK = "eigen afspraak, geen wet"


def _afspraak(soort: str, start: date, laatste: date, wat: Woorden, woord: Woorden) -> Termijn:
    """A promise with its sentence; `wat` says what was counted, `woord` which event it was counted from."""
    alleen_dagen(start)
    return Termijn(
        soort=soort,
        start=start,
        laatste_dag=laatste,
        berekend=laatste,
        wettelijk=False,
        artikel=EIGEN_AFSPRAAK,
        uitleg=f"De laatste dag is {dag_in_woorden(laatste)}: {wat[0]} {woord[0]} op {dag_in_woorden(start)}, "
        "dat is onze eigen afspraak.",
        uitleg_en=f"The last day is {day_in_words(laatste)}: {wat[1]} {woord[1]} on {day_in_words(start)}, "
        "which is our own promise.",
        stappen=(Stap(f"{wat[0]} {woord[0]}", f"{wat[1]} {woord[1]}", EIGEN_AFSPRAAK, start, laatste),),
    )


def _werkdagen(n: int) -> Woorden:
    return f"{n} werkdag{'' if n == 1 else 'en'}", f"{n} working day{'' if n == 1 else 's'}"


def servicenorm(
    start: date,
    werkdagen: int,
    *,
    soort: str = "servicenorm",
    gebeurtenis: Woorden = ("ontvangst", "receipt"),
    kalender: Kalender = NEDERLAND,
) -> Termijn:
    """The promised last day: `werkdagen` working days after the day of the event (no law; the body's own norm).

    With 0 the promise is the same day, or the first working day when that day is none. Raises OngeldigeInvoer when
    negative.
    """
    if werkdagen < 0:
        raise OngeldigeInvoer("het aantal werkdagen kan niet negatief zijn")
    if werkdagen == 0:
        wat = "dezelfde werkdag als", "the same working day as"
        return _afspraak(soort, start, kalender.eerste_werkdag_vanaf(start), wat, gebeurtenis)
    nl, en = _werkdagen(werkdagen)
    return _afspraak(soort, start, kalender.tel_werkdagen(start, werkdagen), (f"{nl} na", f"{en} after"), gebeurtenis)


def heropenen(gesloten: date, dagen: int = HEROPENEN_DAGEN) -> Termijn:
    """Until when a resident can reopen what was closed: fourteen calendar days (no law; the body's own norm).

    The last day does not move: the website is open on Sundays too. Raises OngeldigeInvoer when `dagen` is less than 1.
    """
    if dagen < 1:
        raise OngeldigeInvoer("heropenen kan minstens een dag")
    wat = f"{dagen} dag{'' if dagen == 1 else 'en'} na", f"{dagen} day{'' if dagen == 1 else 's'} after"
    return _afspraak("heropenen", gesloten, gesloten + dagen * DAG, wat, ("het sluiten", "closing"))


def zonder_dag(
    start: date,
    werkdagen: int,
    *,
    soort: str,
    artikel: str,
    wet: Woorden,
    gebeurtenis: Woorden = ("ontvangst", "receipt"),
    kalender: Kalender = NEDERLAND,
) -> Termijn:
    """A duty for which the law names no day: the body's own norm, in a sentence that says what the law does say.

    `wet` says it in Dutch and English ("De wet zegt onverwijld"). Raises OngeldigeInvoer when `werkdagen` is negative.
    """
    norm = servicenorm(start, werkdagen, soort=soort, kalender=kalender)
    nl, en = _werkdagen(werkdagen)
    uitleg = (
        f"{wet[0]} ({artikel}) en noemt geen dag; onze afspraak is {nl} na {gebeurtenis[0]}, "
        f"dus uiterlijk {dag_in_woorden(norm.laatste_dag)}."
    )
    uitleg_en = (
        f"{wet[1]} ({artikel}) and names no day; our promise is {en} after {gebeurtenis[1]}, "
        f"so {day_in_words(norm.laatste_dag)} at the latest."
    )
    return replace(norm, artikel=artikel, uitleg=uitleg, uitleg_en=uitleg_en)
