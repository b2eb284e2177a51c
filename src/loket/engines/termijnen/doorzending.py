"""Passing on what another body must handle: Awb 2:3 and 6:15, Woo 4.2; and when a term begins after that (Awb 2:24)."""

from __future__ import annotations

from datetime import date

from loket.engines.termijnen.fouten import OngeldigeInvoer
from loket.engines.termijnen.gebeurtenissen import alleen_dagen
from loket.engines.termijnen.kalender import NEDERLAND, Kalender
from loket.engines.termijnen.normen import zonder_dag
from loket.engines.termijnen.termijn import Termijn

#: Our own reading of "onverwijld" and "zo spoedig mogelijk", which name no number of days.
DOORZENDEN_WERKDAGEN = 2


def doorzending(ontvangen: date, *, werkdagen: int = DOORZENDEN_WERKDAGEN, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when a message for another body is passed on (Awb 2:3, first paragraph).

    The law says "onverwijld" (without delay) and names no day; the day given is the body's own norm, and the sentence
    says so. The sender is told at the same time.
    """
    return zonder_dag(
        ontvangen,
        werkdagen,
        soort="doorzending",
        artikel="artikel 2:3, eerste lid, Awb",
        wet=("De wet zegt onverwijld", "The law says without delay"),
        kalender=kalender,
    )


def doorzending_bezwaar(
    ontvangen: date, *, werkdagen: int = DOORZENDEN_WERKDAGEN, kalender: Kalender = NEDERLAND
) -> Termijn:
    """Until when an objection or appeal for another body is passed on, with its day of receipt (Awb 6:15, first
    paragraph: "zo spoedig mogelijk"). Whether it was in time is judged by receipt at the wrong body (third paragraph).
    """
    return zonder_dag(
        ontvangen,
        werkdagen,
        soort="doorzending_bezwaar",
        artikel="artikel 6:15, eerste lid, Awb",
        wet=("De wet zegt zo spoedig mogelijk", "The law says as soon as possible"),
        kalender=kalender,
    )


def doorzending_woo(
    ontvangen: date, *, werkdagen: int = DOORZENDEN_WERKDAGEN, kalender: Kalender = NEDERLAND
) -> Termijn:
    """Until when a written request for information that another body holds is passed on (Woo 4.2, first paragraph)."""
    return zonder_dag(
        ontvangen,
        werkdagen,
        soort="doorzending_woo",
        artikel="artikel 4.2, eerste lid, Woo",
        wet=("De wet zegt onverwijld", "The law says without delay"),
        kalender=kalender,
    )


def moet_doorzenden(*, elektronisch: bool, ontvanger_blijkt_uit_bericht: bool) -> bool:
    """Awb 2:3, third paragraph: an electronic message must be passed on only when it shows, by the way in which it was
    sent and without further work, to whom."""
    return ontvanger_blijkt_uit_bericht or not elektronisch


def aanvang_na_interne_doorgeleiding(ontvangen: date, doorgeleid: date, *, onverwijld_medegedeeld: bool) -> date:
    """From which day the term to handle an electronic message counts that came in by another way than the appointed one
    and is handled all the same (Awb 2:24, since 1 January 2026): the day of internal forwarding, provided that the
    sender was told so without delay; otherwise the day of receipt.

    It does not hold for decisions on objections and administrative appeals (Awb 7:14, 7:27). Raises OngeldigeInvoer
    when it was forwarded before it was received.
    """
    alleen_dagen(ontvangen, doorgeleid)
    if doorgeleid < ontvangen:
        raise OngeldigeInvoer("een bericht kan niet worden doorgeleid voordat het is ontvangen")
    return doorgeleid if onverwijld_medegedeeld else ontvangen
