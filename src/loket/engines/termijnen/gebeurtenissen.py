"""What can happen to a running term: it is suspended, adjourned, or a later day is named. Immutable values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from loket.engines.termijnen.atw import Duur
from loket.engines.termijnen.fouten import OngeldigeInvoer
from loket.engines.termijnen.kalender import DAG
from loket.engines.termijnen.woorden import Woorden


def alleen_dagen(*dagen: date | None) -> None:
    """Raises OngeldigeInvoer for a moment: a day is a day in the Netherlands, so make it one first."""
    if any(isinstance(dag, datetime) for dag in dagen):
        raise OngeldigeInvoer("geef een dag, geen tijdstip: dag_in_nederland(moment) maakt er een dag van")


@dataclass(frozen=True, slots=True)
class Opschorting:
    """The clock stands still from `van` up to and including `tot_en_met` (opschorting).

    A day is suspended once, however many grounds there are for it. A period that ends the day before it begins holds
    no days: the answer came the day after the question. Raises OngeldigeInvoer when it ends earlier than that.
    """

    artikel: str
    van: date
    tot_en_met: date
    reden: Woorden

    def __post_init__(self) -> None:
        alleen_dagen(self.van, self.tot_en_met)
        if self.tot_en_met < self.van - DAG:
            raise OngeldigeInvoer("een opschorting kan niet eindigen voordat zij begint")

    @property
    def dag(self) -> date:
        """The day on which the term must still run."""
        return self.van


@dataclass(frozen=True, slots=True)
class Verlenging:
    """The term becomes longer by a number of weeks or days (verdaging, verlenging), `ten_hoogste` as the article says.

    `op` is the day on which it was told; None when it is known to have been in time. Raises OngeldigeInvoer when the
    two lengths are not in the same unit.
    """

    artikel: str
    duur: Duur
    ten_hoogste: Duur
    op: date | None
    reden: Woorden = ("verdaging", "adjournment")

    def __post_init__(self) -> None:
        alleen_dagen(self.op)
        if self.duur.eenheid is not self.ten_hoogste.eenheid:
            raise OngeldigeInvoer(f"verdagen gaat hier in {self.ten_hoogste.eenheid}")

    @property
    def dag(self) -> date:
        """The day on which the term must still run."""
        return self.op or date.min


@dataclass(frozen=True, slots=True)
class NaderDag:
    """From `op` on another last day holds: the parties agreed to it, or the body named it as the law allows.

    It is no term of the law, so the Atw does not move it. `ook_na_afloop`: consent can also come when the term is over.
    Raises OngeldigeInvoer when the day lies before the day on which it was named.
    """

    artikel: str
    uiterlijk: date
    op: date
    reden: Woorden
    ook_na_afloop: bool = False

    def __post_init__(self) -> None:
        alleen_dagen(self.uiterlijk, self.op)
        if self.uiterlijk < self.op:
            raise OngeldigeInvoer("een nadere dag kan niet liggen voor de dag waarop zij is genoemd")

    @property
    def dag(self) -> date:
        """The day on which the term must still run."""
        return self.op


type Gebeurtenis = Opschorting | Verlenging | NaderDag


def volgorde(gebeurtenis: Gebeurtenis) -> tuple[date, int, date, str, str]:
    """Events count in the order in which they happened, not in which they were told: the result is always the same. Of
    two days that were named on one day, the later day was named last."""
    rang = {Verlenging: 0, NaderDag: 1, Opschorting: 2}[type(gebeurtenis)]
    genoemd = gebeurtenis.uiterlijk if isinstance(gebeurtenis, NaderDag) else date.min
    return gebeurtenis.dag, rang, genoemd, gebeurtenis.artikel, repr(gebeurtenis)
