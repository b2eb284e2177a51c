"""What a computed term is: its days, its source, and the sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loket.engines.termijnen.kalender import NEDERLAND, Kalender

_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MAANDEN = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def dag_in_woorden(dag: date) -> str:
    """A date as a Dutch reader expects it: "vrijdag 27 november 2026"."""
    return f"{_DAGEN[dag.weekday()]} {dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def day_in_words(dag: date) -> str:
    """A date as an English reader expects it: "Friday 27 November 2026"."""
    return f"{_DAYS[dag.weekday()]} {dag.day} {_MONTHS[dag.month - 1]} {dag.year}"


@dataclass(frozen=True, slots=True)
class Termijn:
    """A term with its computation.

    `start` is the day of the event (receipt, sending, closing); the term runs from the day after it up to and
    including `laatste_dag`. `berekend` is the last day before the Algemene termijnenwet was applied: equal to
    `laatste_dag` when nothing moved. `wettelijk` is False for a promise of the body itself. `uitleg` and `uitleg_en`
    are one sentence each.
    """

    soort: str
    start: date
    laatste_dag: date
    berekend: date
    wettelijk: bool
    artikel: str
    uitleg: str
    uitleg_en: str

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
