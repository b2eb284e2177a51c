"""The terms of the Algemene wet bestuursrecht (Awb) that Loket uses: formal complaints and passing on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loket.engines.termijnen.kalender import NEDERLAND, Kalender
from loket.engines.termijnen.normen import servicenorm
from loket.engines.termijnen.rekenen import termijn_in_weken
from loket.engines.termijnen.termijn import Termijn, dag_in_woorden, day_in_words

#: Awb 9:11, first paragraph: six weeks, or ten when an advisory person or committee handles complaints (section 9.1.3).
KLACHT_WEKEN, KLACHT_WEKEN_MET_COMMISSIE = 6, 10
#: Awb 9:11, second paragraph: adjourned for at most four weeks.
VERDAGING_WEKEN = 4
#: Awb 9:8, third paragraph: four weeks to say that a complaint is not taken up.
NIET_IN_BEHANDELING_WEKEN = 4
#: Our own reading of "onverwijld" in Awb 2:3, first paragraph, which names no number of days.
DOORZENDEN_WERKDAGEN = 2

_ONTVANGST = ("ontvangst van de klacht", "receipt of the complaint")


def klacht(
    ontvangen: date, *, commissie: bool = False, verdaagd: bool = False, kalender: Kalender = NEDERLAND
) -> Termijn:
    """Until when a formal complaint must be settled (Awb 9:11, first and second paragraph).

    Six weeks after receipt, ten with a committee, four more when adjourned. Adjourning is counted on from the
    computed day, not from a day that the Atw moved, and the whole is treated as one term: 10 weeks + 4 is more than
    twelve, so it does not move (Atw art. 4). Where the law leaves two readings this is the earlier day: right in both.
    Further delay needs the complainant's written consent (third paragraph) and is not computed here.
    """
    weken = KLACHT_WEKEN_MET_COMMISSIE if commissie else KLACHT_WEKEN
    if verdaagd:
        return termijn_in_weken(
            ontvangen,
            weken + VERDAGING_WEKEN,
            soort="klacht_verdaagd",
            artikel=f"artikel 9:11, eerste en tweede lid, Awb: {weken} weken en {VERDAGING_WEKEN} weken uitstel",
            gebeurtenis=_ONTVANGST,
            kalender=kalender,
        )
    return termijn_in_weken(
        ontvangen,
        weken,
        soort="klacht",
        artikel="artikel 9:11, eerste lid, Awb",
        gebeurtenis=_ONTVANGST,
        kalender=kalender,
    )


def klacht_niet_in_behandeling(ontvangen: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the complainant must hear that a complaint is not taken up: four weeks (Awb 9:8, third paragraph)."""
    return termijn_in_weken(
        ontvangen,
        NIET_IN_BEHANDELING_WEKEN,
        soort="klacht_niet_in_behandeling",
        artikel="artikel 9:8, derde lid, Awb",
        gebeurtenis=_ONTVANGST,
        kalender=kalender,
    )


def doorzending(ontvangen: date, *, werkdagen: int = DOORZENDEN_WERKDAGEN, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when a message for another body is passed on (Awb 2:3, first paragraph).

    The law says "onverwijld" (without delay) and names no day; the day given is the body's own norm, and the sentence
    says so. The sender is told at the same time.
    """
    norm = servicenorm(
        ontvangen, werkdagen, soort="doorzending", gebeurtenis=("ontvangst", "receipt"), kalender=kalender
    )
    woord = "1 werkdag" if werkdagen == 1 else f"{werkdagen} werkdagen"
    word = "1 working day" if werkdagen == 1 else f"{werkdagen} working days"
    return replace(
        norm,
        artikel="artikel 2:3, eerste lid, Awb",
        uitleg=f"De wet zegt onverwijld (artikel 2:3, eerste lid, Awb) en noemt geen dag; onze afspraak is {woord} "
        f"na ontvangst, dus uiterlijk {dag_in_woorden(norm.laatste_dag)}.",
        uitleg_en=f"The law says without delay (artikel 2:3, eerste lid, Awb) and names no day; our promise is {word} "
        f"after receipt, so {day_in_words(norm.laatste_dag)} at the latest.",
    )
