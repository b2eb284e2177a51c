"""Not deciding in time: notice of default and penalty (Awb 4:17–4:18), appeal and judgment (6:12, 8:55b–8:55d)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from loket.engines.termijnen.atw import weken
from loket.engines.termijnen.fouten import NietToegestaan, OngeldigeInvoer, Prematuur
from loket.engines.termijnen.gebeurtenissen import alleen_dagen
from loket.engines.termijnen.kalender import DAG, NEDERLAND, Kalender
from loket.engines.termijnen.rekenen import wettelijke_termijn
from loket.engines.termijnen.termijn import Termijn
from loket.engines.termijnen.woorden import dag_in_woorden, day_in_words

#: Awb 4:17, third paragraph: two weeks after the notice of default; first paragraph: at most 42 days, in three parts.
INGEBREKESTELLING_WEKEN, MAXIMUM_DAGEN, DEEL_DAGEN = 2, 42, 14
#: The terms (`Termijn.soort`) for deciding on an application, objection, administrative appeal or Woo request.
BESLISTERMIJNEN = frozenset(("aanvraag", "bezwaar", "administratief_beroep", "woo_verzoek"))


@dataclass(frozen=True, slots=True)
class Tarief:
    """What a day costs, in euro cents, in the first, second and third fourteen days; and since when."""

    vanaf: date
    centen: tuple[int, int, int]
    bron: str

    def bedrag(self, dagen: int) -> int:
        """The penalty for this many days, in cents; after 42 days it grows no more. Raises OngeldigeInvoer below 0."""
        if dagen < 0:
            raise OngeldigeInvoer("het aantal dagen kan niet negatief zijn")
        dagen = min(dagen, MAXIMUM_DAGEN)
        return sum(c * min(max(dagen - i * DEEL_DAGEN, 0), DEEL_DAGEN) for i, c in enumerate(self.centen))


#: Awb 4:17, second paragraph. The day on which the notice of default was received decides which amounts hold.
TARIEVEN = (
    Tarief(date(2009, 10, 1), (2000, 3000, 4000), "Wet dwangsom en beroep bij niet tijdig beslissen, Stb. 2009, 383"),
    Tarief(date(2019, 1, 1), (2300, 3500, 4500), "Regeling van 14 november 2018, Stcrt. 2018, 65542"),
)


class GeenDwangsom(Enum):
    """When no penalty is due although the decision is late: (article, Dutch)."""

    ONREDELIJK_LAAT = (
        "artikel 4:17, vijfde lid, onder a, Awb",
        "het bestuursorgaan is onredelijk laat in gebreke gesteld",
    )
    GEEN_BELANGHEBBENDE = "artikel 4:17, vijfde lid, onder b, Awb", "de aanvrager is geen belanghebbende"
    KENNELIJK = (
        "artikel 4:17, vijfde lid, onder c, Awb",
        "de aanvraag is kennelijk niet-ontvankelijk of kennelijk ongegrond",
    )
    WOO = "artikel 8.2 Woo", "het gaat om een besluit op grond van de Wet open overheid, of het bezwaar daartegen"


def tarief(ingebrekestelling_ontvangen: date) -> Tarief:
    """The amounts that hold for a notice of default received on this day (Awb 4:17, second paragraph, as indexed).

    Raises OngeldigeInvoer before 1 October 2009: there was no penalty.
    """
    geldend = [t for t in TARIEVEN if t.vanaf <= ingebrekestelling_ontvangen]
    if not geldend:
        raise OngeldigeInvoer("voor 1 oktober 2009 bestond de dwangsom niet")
    return geldend[-1]


def ingebrekestelling(ontvangen: date, beslistermijn: Termijn) -> Termijn:
    """Until when a body that has been put in default can still decide without a penalty: two weeks after the day of
    receipt of the written notice (Awb 4:17, third paragraph). The Atw moves it: only the 42 days are excepted.

    Raises Prematuur when the notice came before the decision term was over: it has no effect and must be sent again;
    NietToegestaan when the term is not one for deciding: nobody is put in default about a complaint.
    """
    alleen_dagen(ontvangen)
    if beslistermijn.soort not in BESLISTERMIJNEN:
        raise NietToegestaan("een ingebrekestelling gaat over een besluit dat niet op tijd is genomen")
    if ontvangen <= beslistermijn.laatste_dag:
        raise Prematuur(
            f"de beslistermijn loopt tot en met {dag_in_woorden(beslistermijn.laatste_dag)}: "
            "deze ingebrekestelling is te vroeg (artikel 4:17, derde lid, Awb)"
        )
    return wettelijke_termijn(
        ontvangen,
        weken(INGEBREKESTELLING_WEKEN),
        soort="ingebrekestelling",
        artikel="artikel 4:17, derde lid, Awb",
        gebeurtenis=("ontvangst van de ingebrekestelling", "receipt of the notice of default"),
        kalender=beslistermijn.kalender,
    )


@dataclass(frozen=True, slots=True)
class Dwangsom:
    """The penalty for not deciding in time: its first and last day, and what it costs. Amounts in euro cents."""

    termijn: Termijn
    tarief: Tarief

    @property
    def eerste_dag(self) -> date:
        """The first day for which it is due: the day after the two weeks (Awb 4:17, third paragraph)."""
        return self.termijn.laatste_dag + DAG

    @property
    def laatste_dag(self) -> date:
        """The last day for which it can be due: the 42nd; no Atw (Awb 4:17, first paragraph)."""
        return self.termijn.laatste_dag + MAXIMUM_DAGEN * DAG

    def dagen(self, besluit_bekend: date) -> int:
        """For how many days it is due when the decision was made known on this day, which itself is no longer late."""
        return min(max((besluit_bekend - self.eerste_dag).days, 0), MAXIMUM_DAGEN)

    def bedrag(self, besluit_bekend: date) -> int:
        """The whole penalty, in cents, when the decision was made known on this day (Awb 4:17, second paragraph)."""
        return self.tarief.bedrag(self.dagen(besluit_bekend))

    def waarom(self, taal: str = "nl") -> str:
        """Why from this day to that day? One sentence with the articles."""
        waar = "artikel 4:17, eerste en derde lid, Awb"
        if taal.startswith("nl"):
            return (
                f"De dwangsom loopt van {dag_in_woorden(self.eerste_dag)} tot en met uiterlijk "
                f"{dag_in_woorden(self.laatste_dag)}: hij begint als 2 weken zijn verstreken na ontvangst van de "
                f"ingebrekestelling op {dag_in_woorden(self.termijn.start)} en duurt ten hoogste 42 dagen ({waar})."
            )
        return (
            f"The penalty runs from {day_in_words(self.eerste_dag)} up to and including "
            f"{day_in_words(self.laatste_dag)} at most: it begins when 2 weeks have passed after receipt of the "
            f"notice of default on {day_in_words(self.termijn.start)} and lasts at most 42 days ({waar})."
        )


def dwangsom(ingebrekestelling_ontvangen: date, beslistermijn: Termijn) -> Dwangsom:
    """The penalty after a notice of default (Awb 4:17). An appeal does not suspend it (fourth paragraph); when none is
    due at all, see `GeenDwangsom`. Raises as `ingebrekestelling` and `tarief`, and NietToegestaan for a request under
    the Woo (Woo 8.2)."""
    if beslistermijn.soort == "woo_verzoek":
        raise NietToegestaan("voor een Woo-verzoek geldt de dwangsom niet (artikel 8.2 Woo); beroep kan wel")
    return Dwangsom(ingebrekestelling(ingebrekestelling_ontvangen, beslistermijn), tarief(ingebrekestelling_ontvangen))


def gelijk_deel(centen: int, aanvragers: int) -> int:
    """What each of several applicants gets: an equal part (Awb 4:17, sixth paragraph), rounded up to a whole cent.

    Raises OngeldigeInvoer when there is no applicant.
    """
    if aanvragers < 1:
        raise OngeldigeInvoer("er is minstens een aanvrager")
    return -(-centen // aanvragers)


def dwangsombesluit(laatste_verschuldigde_dag: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the body decides that and how much penalty is due: two weeks after the last day for which it was due
    (Awb 4:18)."""
    return wettelijke_termijn(
        laatste_verschuldigde_dag,
        weken(2),
        soort="dwangsombesluit",
        artikel="artikel 4:18 Awb",
        gebeurtenis=("de laatste dag van de dwangsom", "the last day of the penalty"),
        kalender=kalender,
    )


def beroep_mogelijk_vanaf(ingebrekestelling: Termijn) -> date:
    """The first day on which somebody can appeal to the court against not deciding: two weeks have passed after the
    notice of default (Awb 6:12, second paragraph). There is no last day, but unreasonably late is too late (fourth)."""
    return ingebrekestelling.laatste_dag + DAG


def uitspraak_niet_tijdig(
    beroepschrift_ontvangen: date, *, zitting: bool = False, kalender: Kalender = NEDERLAND
) -> Termijn:
    """Until when the court decides on such an appeal: eight weeks after a complete notice of appeal (Awb 8:55b, first
    paragraph), with a hearing if possible thirteen (third paragraph)."""
    return wettelijke_termijn(
        beroepschrift_ontvangen,
        weken(13 if zitting else 8),
        soort="uitspraak_niet_tijdig",
        artikel=f"artikel 8:55b, {'derde' if zitting else 'eerste'} lid, Awb",
        gebeurtenis=("ontvangst van het beroepschrift", "receipt of the notice of appeal"),
        kalender=kalender,
    )


def alsnog_beslissen(uitspraak_verzonden: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the body must decide after the court upheld the appeal: two weeks after the day on which the judgment
    was sent (Awb 8:55d, first paragraph), unless the court set another term (third; for the Woo 8.4). The court adds a
    penalty of its own (second paragraph) and, if asked, fixes that of 4:17 (8:55c)."""
    return wettelijke_termijn(
        uitspraak_verzonden,
        weken(2),
        soort="alsnog_beslissen",
        artikel="artikel 8:55d, eerste lid, Awb",
        gebeurtenis=("verzending van de uitspraak", "the sending of the judgment"),
        kalender=kalender,
    )
