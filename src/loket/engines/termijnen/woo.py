"""Requests for public information: Wet open overheid (Woo) 4.1–4.4, 4.6; with Awb 4:15."""

from __future__ import annotations

from datetime import date

from loket.engines.termijnen.aanvragen import ARTIKEL_4_15
from loket.engines.termijnen.atw import weken
from loket.engines.termijnen.fouten import OngeldigeInvoer
from loket.engines.termijnen.gebeurtenissen import Opschorting, Verlenging, alleen_dagen
from loket.engines.termijnen.kalender import DAG, NEDERLAND, Kalender
from loket.engines.termijnen.rekenen import wettelijke_termijn
from loket.engines.termijnen.termijn import Termijn

#: Woo 4.4, first and second paragraph.
WOO_WEKEN, WOO_VERDAGING_WEKEN = 4, 2

VERDAGING_WOO = "artikel 4.4, tweede lid, Woo"
ZIENSWIJZE = "artikel 4.4, derde lid, Woo"
_ONTVANGST = ("ontvangst van het verzoek", "receipt of the request")


def woo_verzoek(ontvangen: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when a request for information must be decided: as soon as possible, at the latest four weeks counted from
    the day after receipt (Woo 4.4, first paragraph). Knows adjournment, zienswijze, and all of Awb 4:15."""
    return wettelijke_termijn(
        ontvangen,
        weken(WOO_WEKEN),
        soort="woo_verzoek",
        artikel="artikel 4.4, eerste lid, Woo",
        gebeurtenis=_ONTVANGST,
        kent=ARTIKEL_4_15 | {VERDAGING_WOO, ZIENSWIJZE},
        kalender=kalender,
    )


def woo_verdagen(aantal: int = WOO_VERDAGING_WEKEN, *, op: date | None = None) -> Verlenging:
    """Woo 4.4, second paragraph: adjourned for at most two weeks, because of size or complexity, told in writing and
    with reasons before the end of the first term (`op`)."""
    return Verlenging(VERDAGING_WOO, weken(aantal), weken(WOO_VERDAGING_WEKEN), op)


def zienswijze_gevraagd(medegedeeld: date, uiterlijk: date, ingebracht: date | None = None) -> Opschorting:
    """Woo 4.4, third paragraph, with Awb 4:8: from the day after the requester was told that others may give a view,
    UP TO AND INCLUDING the day on which the (last) view came or the last day for it: one day more than Awb 4:15.

    Raises OngeldigeInvoer when a day lies before the notice.
    """
    alleen_dagen(medegedeeld, uiterlijk, ingebracht)
    einde = uiterlijk if ingebracht is None else min(uiterlijk, ingebracht)
    if einde < medegedeeld:
        raise OngeldigeInvoer("een zienswijze kan pas komen nadat erom is gevraagd")
    reden = "een belanghebbende een zienswijze kon geven", "an interested party could give a view"
    return Opschorting(ZIENSWIJZE, medegedeeld + DAG, einde, reden)


def woo_overleg(ontvangen: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the body begins to talk with the requester about the order of a request too large for four weeks:
    before the end of that term (Woo 4.2a). What is agreed in writing is delay by consent: `uitstel_met_instemming`
    (Awb 4:15, second paragraph, under a)."""
    return wettelijke_termijn(
        ontvangen,
        weken(WOO_WEKEN),
        soort="woo_overleg",
        artikel="artikel 4.2a Woo",
        gebeurtenis=_ONTVANGST,
        kalender=kalender,
    )


def woo_precisering_vragen(ontvangen: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the requester is asked to be more precise: two weeks after receipt (Woo 4.1, fifth paragraph)."""
    return wettelijke_termijn(
        ontvangen,
        weken(2),
        soort="woo_precisering",
        artikel="artikel 4.1, vijfde lid, Woo",
        gebeurtenis=_ONTVANGST,
        kalender=kalender,
    )


def woo_niet_behandelen(gepreciseerd_of_verstreken: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the decision not to handle a request that stayed too general is made known: two weeks after it was
    made precise or the last day for that passed (Woo 4.1, sixth paragraph, instead of the four of Awb 4:5)."""
    return wettelijke_termijn(
        gepreciseerd_of_verstreken,
        weken(2),
        soort="woo_niet_behandelen",
        artikel="artikel 4.1, zesde lid, Woo",
        gebeurtenis=("de precisering of de laatste dag daarvoor", "the clarification or the last day for it"),
        kalender=kalender,
    )


def woo_kennelijk_ander_doel(ontvangen: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when a body can decide not to handle a request that clearly has another aim or is evidently no matter of
    administration: two weeks after receipt (Woo 4.6), or without delay once another aim appeared."""
    return wettelijke_termijn(
        ontvangen,
        weken(2),
        soort="woo_ander_doel",
        artikel="artikel 4.6 Woo",
        gebeurtenis=_ONTVANGST,
        kalender=kalender,
    )


def woo_verstrekken_vanaf(bekendgemaakt: date, kalender: Kalender = NEDERLAND) -> date:
    """The first day on which information can be given to which an interested party is expected to object: two weeks
    have passed after the decision was made known (Woo 4.4, fifth paragraph: "niet eerder dan"). There is no last day;
    a request to the court for an interim measure makes it later still."""
    termijn = wettelijke_termijn(
        bekendgemaakt,
        weken(2),
        soort="woo_verstrekken",
        artikel="artikel 4.4, vijfde lid, Woo",
        gebeurtenis=("bekendmaking van het besluit", "announcement of the decision"),
        kalender=kalender,
    )
    return termijn.laatste_dag + DAG
