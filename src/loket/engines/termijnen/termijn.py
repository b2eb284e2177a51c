"""What a computed term is: its last day, the steps that lead to it, and the sentence that explains it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from loket.engines.termijnen.atw import Duur, met_twee_werkdagen, te_lang_voor_de_wet, ten_minste_drie_dagen
from loket.engines.termijnen.fouten import NietToegestaan, OngeldigeInvoer, TeLang, TermijnVoorbij
from loket.engines.termijnen.gebeurtenissen import (
    Gebeurtenis,
    NaderDag,
    Opschorting,
    Verlenging,
    alleen_dagen,
    volgorde,
)
from loket.engines.termijnen.kalender import DAG, NEDERLAND, Kalender
from loket.engines.termijnen.woorden import Woorden, dag_in_woorden, day_in_words, vrije_dag


@dataclass(frozen=True, slots=True)
class Stap:
    """One step of a computation: what was counted, on which article, from which day to which day."""

    wat: str
    what: str
    artikel: str
    van: date
    tot: date


@dataclass(frozen=True, slots=True)
class Recept:
    """Everything a term of the law is computed from: its event, its length, what happened to it, and the calendar.

    `kent` names the articles that may suspend, adjourn or extend it; anything else is refused.
    """

    soort: str
    start: date
    duur: Duur
    artikel: str
    gebeurtenis: Woorden
    kent: frozenset[str] = frozenset()
    gebeurtenissen: tuple[Gebeurtenis, ...] = ()
    kalender: Kalender = NEDERLAND

    def __post_init__(self) -> None:
        alleen_dagen(self.start)


@dataclass(frozen=True, slots=True)
class Termijn:
    """A term with its computation.

    `start` is the day of the event (receipt, sending, closing); the term runs from the day after it up to and
    including `laatste_dag`. `berekend` is the last day before the Algemene termijnenwet was applied: equal to
    `laatste_dag` when nothing moved. `wettelijk` is False for a promise of the body itself. `stappen` is the
    computation, each step beginning where the one before ended; `uitleg` and `uitleg_en` are one sentence each.
    """

    soort: str
    start: date
    laatste_dag: date
    berekend: date
    wettelijk: bool
    artikel: str
    uitleg: str
    uitleg_en: str
    stappen: tuple[Stap, ...] = ()
    recept: Recept | None = field(default=None, repr=False, compare=False)

    def met(self, *gebeurtenissen: Gebeurtenis) -> Termijn:
        """The same term after these suspensions, adjournments or named days; it does not matter in which order they
        are given, or whether together or one by one.

        Raises NietToegestaan (the article does not apply to this term), TermijnVoorbij (it came after the last day),
        TeLang (more than the article allows), OngeldigeInvoer (a named day that is not later than the last day).
        """
        if self.recept is None:
            raise NietToegestaan("een eigen afspraak kent geen opschorting of verdaging: maak een nieuwe")
        alle = sorted((*self.recept.gebeurtenissen, *gebeurtenissen), key=volgorde)
        # a day that was named is named once, however often it is told; two equal adjournments are two
        eens = (g for n, g in enumerate(alle) if not (isinstance(g, NaderDag) and g in alle[:n]))
        return bereken(replace(self.recept, gebeurtenissen=tuple(eens)))

    def waarom(self, taal: str = "nl") -> str:
        """Why this day? One sentence with the article, in Dutch, or in English for every other language."""
        return self.uitleg if taal.startswith("nl") else self.uitleg_en

    @property
    def kalender(self) -> Kalender:
        """With which days it was counted, so that what follows from it is counted with the same ones."""
        return self.recept.kalender if self.recept else NEDERLAND

    @property
    def verschoven(self) -> bool:
        """True when the Algemene termijnenwet moved the last day."""
        return self.laatste_dag != self.berekend

    @property
    def totaal_dagen(self) -> int:
        """The length of the term in calendar days: the 42 in "dag 28 van 42"."""
        return (self.laatste_dag - self.start).days

    def dag(self, vandaag: date) -> int:
        """Which day of the term it is today: the 28 in "dag 28 van 42"; 0 on the day of the event itself."""
        return (vandaag - self.start).days

    def dagen_over(self, vandaag: date) -> int:
        """Calendar days left; 0 on the last day, negative when it is too late."""
        return (self.laatste_dag - vandaag).days

    def werkdagen_over(self, vandaag: date, kalender: Kalender = NEDERLAND) -> int:
        """Working days left after today, up to and including the last day; negative when it is too late."""
        return kalender.werkdagen_tussen(vandaag, self.laatste_dag)

    def te_laat(self, vandaag: date) -> bool:
        """True from the day after the last day."""
        return vandaag > self.laatste_dag


class _Loop:
    """A term while it is being counted."""

    def __init__(self, recept: Recept) -> None:
        self.recept = recept
        self.duren = [recept.duur]
        self.verlengd: Counter[str] = Counter()  # by article, as far as counted
        self.genoemd = False  # the last day was named, not counted
        self.geschorst_tot = recept.start
        duur, begin = recept.duur.woorden, recept.gebeurtenis
        self.nl = f"{duur[0]} na {begin[0]} op {dag_in_woorden(recept.start)} ({recept.artikel})"
        self.en = f"{duur[1]} after {begin[1]} on {day_in_words(recept.start)} ({recept.artikel})"
        self.stappen: list[Stap] = []
        self.dag = recept.start
        self.stap(
            (f"{duur[0]} na {begin[0]}", f"{duur[1]} after {begin[1]}"), recept.artikel, recept.duur.vanaf(self.dag)
        )

    def stap(self, wat: Woorden, artikel: str, tot: date) -> None:
        self.stappen.append(Stap(*wat, artikel, self.dag, tot))
        self.dag = tot

    def na_atw(self) -> tuple[date, int | None]:
        """The last day as the Atw makes it, and the article that moved it."""
        if self.genoemd or te_lang_voor_de_wet(self.duren):
            return self.dag, None
        start, kalender = self.recept.start, self.recept.kalender
        dag = kalender.eerste_werkdag_vanaf(self.dag)
        if ten_minste_drie_dagen(self.recept.duur) and (twee := met_twee_werkdagen(start, dag, kalender)) != dag:
            return twee, 2
        return dag, None if dag == self.dag else 1

    def gebeurt(self, g: Gebeurtenis) -> None:
        if g.artikel not in self.recept.kent:
            raise NietToegestaan(f"{g.artikel} geldt niet voor deze termijn ({self.recept.artikel})")
        grens = self.na_atw()[0]
        if g.dag > grens and not (isinstance(g, NaderDag) and g.ook_na_afloop):
            raise TermijnVoorbij(f"de termijn was voorbij op {dag_in_woorden(grens)} ({g.artikel})")
        match g:
            case Opschorting():
                self.schort_op(g, grens)
            case Verlenging():
                self.verleng(g)
            case NaderDag():
                self.noem(g)

    def schort_op(self, g: Opschorting, grens: date) -> None:
        van = max(g.van, self.geschorst_tot + DAG)
        dagen = (g.tot_en_met - van).days + 1
        if dagen <= 0:
            return
        self.geschorst_tot = g.tot_en_met
        if van > self.dag:  # it began on a day that the Atw had added
            self.nl += f", verlengd tot en met {dag_in_woorden(grens)} (artikel 1 Atw)"
            self.en += f", extended up to and including {day_in_words(grens)} (artikel 1 Atw)"
            self.stap(("de eerste werkdag daarna", "the first working day after it"), "artikel 1 Atw", grens)
        n = f"{dagen} dag{'' if dagen == 1 else 'en'}", f"{dagen} day{'' if dagen == 1 else 's'}"
        self.nl += (
            f", {n[0]} later omdat {g.reden[0]} van {dag_in_woorden(van)} tot en met "
            f"{dag_in_woorden(g.tot_en_met)} ({g.artikel})"
        )
        self.en += (
            f", {n[1]} later because {g.reden[1]} from {day_in_words(van)} up to and including "
            f"{day_in_words(g.tot_en_met)} ({g.artikel})"
        )
        self.stap((f"{n[0]} opschorting", f"{n[1]} of suspension"), g.artikel, self.dag + dagen * DAG)

    def verleng(self, g: Verlenging) -> None:
        self.verlengd[g.artikel] += g.duur.aantal
        if self.verlengd[g.artikel] > g.ten_hoogste.aantal:
            raise TeLang(f"{g.reden[0]} kan voor ten hoogste {g.ten_hoogste.woorden[0]} ({g.artikel})")
        self.duren.append(g.duur)
        duur = g.duur.woorden
        self.nl += f", {duur[0]} later door {g.reden[0]} ({g.artikel})"
        self.en += f", {duur[1]} later by {g.reden[1]} ({g.artikel})"
        self.stap((f"{duur[0]} {g.reden[0]}", f"{duur[1]} {g.reden[1]}"), g.artikel, g.duur.vanaf(self.dag))

    def noem(self, g: NaderDag) -> None:
        if g.uiterlijk <= self.na_atw()[0]:
            raise OngeldigeInvoer(f"noem een dag die later is dan {dag_in_woorden(self.na_atw()[0])}")
        self.genoemd = True
        self.nl += f", en {dag_in_woorden(g.uiterlijk)} omdat {g.reden[0]} op {dag_in_woorden(g.op)} ({g.artikel})"
        self.en += f", and {day_in_words(g.uiterlijk)} because {g.reden[1]} on {day_in_words(g.op)} ({g.artikel})"
        self.stap((f"een nadere dag omdat {g.reden[0]}", f"a later day because {g.reden[1]}"), g.artikel, g.uiterlijk)

    def einde(self) -> Termijn:
        recept, berekend = self.recept, self.dag
        laatste, artikel = self.na_atw()
        if artikel == 2:
            self.nl += "; de termijn is langer, want er moeten minstens 2 werkdagen in zitten (artikel 2 Atw)"
            self.en += "; the term is longer, because it must hold at least 2 working days (artikel 2 Atw)"
            self.stap(("minstens 2 werkdagen", "at least 2 working days"), "artikel 2 Atw", laatste)
        elif artikel == 1:
            dag, day = vrije_dag(berekend, recept.kalender.feestdag(berekend))
            self.nl += f"; dat zou {dag} zijn, daarom wordt het de eerste werkdag daarna (artikel 1 Atw)"
            self.en += f"; that would be {day}, so it becomes the first working day after it (artikel 1 Atw)"
            self.stap(("de eerste werkdag daarna", "the first working day after it"), "artikel 1 Atw", laatste)
        elif not recept.kalender.is_werkdag(berekend):
            grens = te_lang_voor_de_wet(self.duren)
            if self.genoemd or grens is None:
                self.nl += "; een dag die is genoemd of afgesproken schuift niet op"
                self.en += "; a day that was named or agreed does not move"
            else:
                nl, en = grens.woorden
                meer = grens.eenheid.value not in ("jaren", "uren")
                self.nl += (
                    f"; geen werkdag, maar een termijn van {'meer dan ' * meer}{nl} schuift niet op (artikel 4 Atw)"
                )
                self.en += f"; no working day, but a term of {'more than ' * meer}{en} does not move (artikel 4 Atw)"
        artikelen = dict.fromkeys((recept.artikel, *(g.artikel for g in recept.gebeurtenissen)))
        return Termijn(
            soort=recept.soort,
            start=recept.start,
            laatste_dag=laatste,
            berekend=berekend,
            wettelijk=True,
            artikel=" en ".join(artikelen),
            uitleg=f"De laatste dag is {dag_in_woorden(laatste)}: {self.nl}.",
            uitleg_en=f"The last day is {day_in_words(laatste)}: {self.en}.",
            stappen=tuple(self.stappen),
            recept=recept,
        )


def bereken(recept: Recept) -> Termijn:
    """The term that this recipe gives: counted, then what happened to it in the order of the calendar, then the Atw.

    Adjournment and suspension count on from the counted day, not from the day to which the Atw moved it; only what
    began on such an added day counts from there. Raises as `Termijn.met`.
    """
    loop = _Loop(recept)
    for gebeurtenis in recept.gebeurtenissen:
        loop.gebeurt(gebeurtenis)
    return loop.einde()
