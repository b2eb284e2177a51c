"""Counting a statutory term of days or weeks, with the Algemene termijnenwet (Atw)."""

from __future__ import annotations

from datetime import date, timedelta

from loket.engines.termijnen.kalender import DAG, NEDERLAND, Kalender
from loket.engines.termijnen.termijn import Termijn, dag_in_woorden, day_in_words

#: Atw art. 4, under a: the law does not apply to longer terms.
MAX_DAGEN, MAX_WEKEN = 90, 12

_NAMEN_EN = {
    "Nieuwjaarsdag": "New Year's Day",
    "Goede Vrijdag": "Good Friday",
    "Tweede Paasdag": "Easter Monday",
    "Koningsdag": "King's Day",
    "Koninginnedag": "Queen's Day",
    "Bevrijdingsdag": "Liberation Day",
    "Hemelvaartsdag": "Ascension Day",
    "Tweede Pinksterdag": "Whit Monday",
    "Eerste Kerstdag": "Christmas Day",
    "Tweede Kerstdag": "Boxing Day",
    "aangewezen dag": "equated with a holiday by royal decree",
}


def _vrije_dag(dag: date, kalender: Kalender) -> tuple[str, str]:
    """A day off in words, with its reason when the weekday does not say it, in Dutch and English."""
    naam = kalender.feestdag(dag)
    nl, en = dag_in_woorden(dag), day_in_words(dag)
    if naam == "aangewezen dag":
        return f"{nl}, bij koninklijk besluit gelijk aan een feestdag", f"{en}, {_NAMEN_EN[naam]}"
    if naam:
        return f"{nl}, {naam}", f"{en}, {' and '.join(_NAMEN_EN[deel] for deel in naam.split(' en '))}"
    return nl, en


def _pas_atw_toe(
    *,
    soort: str,
    start: date,
    berekend: date,
    duur: tuple[str, str],
    gebeurtenis: tuple[str, str],
    artikel: str,
    geldt: bool,
    grens: tuple[str, str],
    minstens_twee: bool,
    kalender: Kalender,
) -> Termijn:
    """Move the last day where the Atw says so, and write the sentence that explains it."""
    nl = f"{duur[0]} na {gebeurtenis[0]} op {dag_in_woorden(start)} ({artikel})"
    en = f"{duur[1]} after {gebeurtenis[1]} on {day_in_words(start)} ({artikel})"
    laatste = berekend
    if not geldt:
        if not kalender.is_werkdag(berekend):
            nl += f"; geen werkdag, maar een termijn van meer dan {grens[0]} schuift niet op (artikel 4 Atw)"
            en += f"; no working day, but a term of more than {grens[1]} does not move (artikel 4 Atw)"
    else:
        laatste = kalender.eerste_werkdag_vanaf(berekend)
        if minstens_twee and kalender.werkdagen_tussen(start, laatste) < 2:
            laatste = kalender.tel_werkdagen(start, 2)
            nl += "; de termijn is langer, want er moeten minstens 2 werkdagen in zitten (artikel 2 Atw)"
            en += "; the term is longer, because it must hold at least 2 working days (artikel 2 Atw)"
        elif laatste != berekend:
            dag, day = _vrije_dag(berekend, kalender)
            nl += f"; dat zou {dag} zijn, daarom wordt het de eerste werkdag daarna (artikel 1 Atw)"
            en += f"; that would be {day}, so it becomes the first working day after it (artikel 1 Atw)"
    return Termijn(
        soort=soort,
        start=start,
        laatste_dag=laatste,
        berekend=berekend,
        wettelijk=True,
        artikel=artikel,
        uitleg=f"De laatste dag is {dag_in_woorden(laatste)}: {nl}.",
        uitleg_en=f"The last day is {day_in_words(laatste)}: {en}.",
    )


def termijn_in_weken(
    start: date,
    weken: int,
    *,
    soort: str = "termijn",
    artikel: str,
    gebeurtenis: tuple[str, str] = ("de start", "the start"),
    kalender: Kalender = NEDERLAND,
) -> Termijn:
    """A statutory term of whole weeks after the day of an event.

    The last day has the same weekday as `start`. When it is a Saturday, Sunday or holiday it moves to the next working
    day (Atw art. 1, first paragraph), but not for a term of more than twelve weeks (Atw art. 4, under a).
    `gebeurtenis` names the event in Dutch and English. Raises ValueError when `weken` is less than 1.
    """
    if weken < 1:
        raise ValueError("een termijn duurt minstens een week")
    return _pas_atw_toe(
        soort=soort,
        start=start,
        berekend=start + timedelta(weeks=weken),
        duur=("1 week", "1 week") if weken == 1 else (f"{weken} weken", f"{weken} weeks"),
        gebeurtenis=gebeurtenis,
        artikel=artikel,
        geldt=weken <= MAX_WEKEN,
        grens=(f"{MAX_WEKEN} weken", f"{MAX_WEKEN} weeks"),
        minstens_twee=True,
        kalender=kalender,
    )


def termijn_in_dagen(
    start: date,
    dagen: int,
    *,
    soort: str = "termijn",
    artikel: str,
    gebeurtenis: tuple[str, str] = ("de start", "the start"),
    kalender: Kalender = NEDERLAND,
) -> Termijn:
    """A statutory term of calendar days after the day of an event.

    Moves as Atw art. 1 says; a term of at least three days is made long enough to hold two working days (Atw art. 2);
    neither applies to a term of more than ninety days (Atw art. 4, under a). Raises ValueError when `dagen` < 1.
    """
    if dagen < 1:
        raise ValueError("een termijn duurt minstens een dag")
    return _pas_atw_toe(
        soort=soort,
        start=start,
        berekend=start + dagen * DAG,
        duur=("1 dag", "1 day") if dagen == 1 else (f"{dagen} dagen", f"{dagen} days"),
        gebeurtenis=gebeurtenis,
        artikel=artikel,
        geldt=dagen <= MAX_DAGEN,
        grens=(f"{MAX_DAGEN} dagen", f"{MAX_DAGEN} days"),
        minstens_twee=dagen >= 3,
        kalender=kalender,
    )
