"""Promises of the body itself: no law, so the Algemene termijnenwet does not apply; the sentence says so."""

from __future__ import annotations

from datetime import date

from loket.engines.termijnen.kalender import DAG, NEDERLAND, Kalender
from loket.engines.termijnen.termijn import Termijn, dag_in_woorden, day_in_words

#: How long a resident can say "not solved" after closing: calendar days.
HEROPENEN_DAGEN = 14


def servicenorm(
    start: date,
    werkdagen: int,
    *,
    soort: str = "servicenorm",
    gebeurtenis: tuple[str, str] = ("ontvangst", "receipt"),
    kalender: Kalender = NEDERLAND,
) -> Termijn:
    """The promised last day: `werkdagen` working days after the day of the event (no law; the body's own norm).

    With 0 the promise is the same day, or the first working day when that day is none. Raises ValueError when negative.
    """
    if werkdagen < 0:
        raise ValueError("het aantal werkdagen kan niet negatief zijn")
    laatste = kalender.tel_werkdagen(start, werkdagen) if werkdagen else kalender.eerste_werkdag_vanaf(start)
    if werkdagen == 0:
        nl, en = f"dezelfde werkdag als {gebeurtenis[0]}", f"the same working day as {gebeurtenis[1]}"
    else:
        nl = f"{werkdagen} werkdag{'' if werkdagen == 1 else 'en'} na {gebeurtenis[0]}"
        en = f"{werkdagen} working day{'' if werkdagen == 1 else 's'} after {gebeurtenis[1]}"
    return Termijn(
        soort=soort,
        start=start,
        laatste_dag=laatste,
        berekend=laatste,
        wettelijk=False,
        artikel="eigen afspraak, geen wet",
        uitleg=f"De laatste dag is {dag_in_woorden(laatste)}: {nl} op {dag_in_woorden(start)}, "
        "dat is onze eigen afspraak.",
        uitleg_en=f"The last day is {day_in_words(laatste)}: {en} on {day_in_words(start)}, which is our own promise.",
    )


def heropenen(gesloten: date, dagen: int = HEROPENEN_DAGEN) -> Termijn:
    """Until when a resident can reopen what was closed: fourteen calendar days (no law; the body's own norm).

    The last day does not move: the website is open on Sundays too. Raises ValueError when `dagen` is less than 1.
    """
    if dagen < 1:
        raise ValueError("heropenen kan minstens een dag")
    laatste = gesloten + dagen * DAG
    return Termijn(
        soort="heropenen",
        start=gesloten,
        laatste_dag=laatste,
        berekend=laatste,
        wettelijk=False,
        artikel="eigen afspraak, geen wet",
        uitleg=f"De laatste dag is {dag_in_woorden(laatste)}: {dagen} dagen na het sluiten op "
        f"{dag_in_woorden(gesloten)}, dat is onze eigen afspraak.",
        uitleg_en=f"The last day is {day_in_words(laatste)}: {dagen} days after closing on "
        f"{day_in_words(gesloten)}, which is our own promise.",
    )
