"""Decisions on applications: Awb 4:5 and 4:13–4:15 (decision term, notice, suspension)."""

from __future__ import annotations

from datetime import date

from loket.engines.termijnen.atw import Duur, weken
from loket.engines.termijnen.fouten import OngeldigeInvoer
from loket.engines.termijnen.gebeurtenissen import NaderDag, Opschorting, Verlenging, alleen_dagen
from loket.engines.termijnen.kalender import DAG, NEDERLAND, Kalender
from loket.engines.termijnen.rekenen import wettelijke_termijn
from loket.engines.termijnen.termijn import Termijn
from loket.engines.termijnen.woorden import Woorden

#: Awb 4:13, second paragraph: after eight weeks a reasonable term has in any case passed.
REDELIJKE_TERMIJN_WEKEN = 8
#: Awb 4:5, fourth paragraph: four weeks to make known that the application is not handled.
NIET_BEHANDELEN_WEKEN = 4

AANVULLING = "artikel 4:15, eerste lid, onder a, Awb"
BUITENLAND = "artikel 4:15, eerste lid, onder b, Awb"
INSTEMMING = "artikel 4:15, tweede lid, onder a, Awb"
TOEREKENBAAR = "artikel 4:15, tweede lid, onder b, Awb"
OVERMACHT = "artikel 4:15, tweede lid, onder c, Awb"
REDELIJKE_TERMIJN = "artikel 4:14, derde lid, Awb"

#: All grounds of Awb 4:15 for a decision on an application.
ARTIKEL_4_15 = frozenset((AANVULLING, BUITENLAND, INSTEMMING, TOEREKENBAAR, OVERMACHT))
#: Those of them that also hold for objections and administrative appeals (Awb 7:14 and 7:27).
ARTIKEL_4_15_IN_BEZWAAR = frozenset((BUITENLAND, TOEREKENBAAR, OVERMACHT))

_ONTVANGST = ("ontvangst van de aanvraag", "receipt of the application")


def beslistermijn(ontvangen: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when an application must be decided when no law names a term: a reasonable term, which has in any case
    passed after eight weeks (Awb 4:13, second paragraph). Knows the suspensions of 4:15 and the notice of 4:14, third
    paragraph."""
    return wettelijke_termijn(
        ontvangen,
        weken(REDELIJKE_TERMIJN_WEKEN),
        soort="aanvraag",
        artikel="artikel 4:13, tweede lid, Awb",
        gebeurtenis=_ONTVANGST,
        kent=ARTIKEL_4_15 | {REDELIJKE_TERMIJN},
        kalender=kalender,
    )


def wettelijke_beslistermijn(
    ontvangen: date, duur: Duur, artikel: str, *, verlenging: str = "", kalender: Kalender = NEDERLAND
) -> Termijn:
    """Until when an application must be decided when another law names the term (Awb 4:13, first paragraph): its length
    and article, and the article with which it may be extended, if any.

    A notice of Awb 4:14, first paragraph, is a courtesy and changes nothing: the term is over all the same.
    """
    return wettelijke_termijn(
        ontvangen,
        duur,
        soort="aanvraag",
        artikel=artikel,
        gebeurtenis=_ONTVANGST,
        kent=ARTIKEL_4_15 | ({verlenging} if verlenging else frozenset()),
        kalender=kalender,
    )


def beslistermijn_verlengen(duur: Duur, *, ten_hoogste: Duur, artikel: str, op: date | None = None) -> Verlenging:
    """The extension that another law allows for its own term (Awb 4:13, first paragraph): how long, at most how long,
    on which article, told when."""
    return Verlenging(artikel, duur, ten_hoogste, op, ("verlenging", "extension"))


def mededeling_redelijke_termijn(op: date, uiterlijk: date) -> NaderDag:
    """Awb 4:14, third paragraph: no law names a term and eight weeks are not enough; the body tells this within those
    weeks (`op`) and names a reasonable term within which the decision can be expected (`uiterlijk`)."""
    reden = "een redelijke termijn is medegedeeld", "a reasonable term was announced"
    return NaderDag(REDELIJKE_TERMIJN, uiterlijk, op, reden)


def hersteltermijn(artikel: str, gevraagd: date, uiterlijk: date, hersteld: date | None, reden: Woorden) -> Opschorting:
    """Suspended from the day after the request UNTIL the day of repair, or of the last day for it: that day runs again.

    "Tot" is not "tot en met"; and "the day on which the term expires" is its last day, as in Awb 7:10, first paragraph.
    What comes after the last day does not lengthen the suspension. Without a term for repair there is none
    (ABRvS 21 September 2016, ECLI:NL:RVS:2016:2527), so `uiterlijk` is required. Raises OngeldigeInvoer when a day lies
    before the request.
    """
    alleen_dagen(gevraagd, uiterlijk, hersteld)
    einde = uiterlijk if hersteld is None else min(uiterlijk, hersteld)
    if einde < gevraagd:
        raise OngeldigeInvoer("herstellen kan pas nadat erom is gevraagd")
    return Opschorting(artikel, gevraagd + DAG, max(einde - DAG, gevraagd), reden)


def aanvulling_gevraagd(uitgenodigd: date, uiterlijk: date, aangevuld: date | None = None) -> Opschorting:
    """Awb 4:15, first paragraph, under a, with 4:5: the applicant is invited to complete the application before
    `uiterlijk`; `aangevuld` when that happened. See `hersteltermijn` for how it counts."""
    reden = "de aanvraag moest worden aangevuld", "the application had to be completed"
    return hersteltermijn(AANVULLING, uitgenodigd, uiterlijk, aangevuld, reden)


def buitenlandse_informatie(medegedeeld: date, ontvangen_of_niet_meer_redelijk: date) -> Opschorting:
    """Awb 4:15, first paragraph, under b: from the day after the applicant was told that information was asked abroad,
    until the day on which it came or further delay was no longer reasonable."""
    reden = "informatie in het buitenland was gevraagd", "information had been asked abroad"
    dag = ontvangen_of_niet_meer_redelijk
    return hersteltermijn(BUITENLAND, medegedeeld, dag, None, reden)


def uitstel_met_instemming(van: date, tot_en_met: date) -> Opschorting:
    """Awb 4:15, second paragraph, under a: during the term for which the applicant agreed to delay in writing."""
    reden = "de aanvrager schriftelijk instemde met uitstel", "the applicant agreed in writing to delay"
    return Opschorting(INSTEMMING, van, tot_en_met, reden)


def vertraging_door_aanvrager(van: date, tot_en_met: date) -> Opschorting:
    """Awb 4:15, second paragraph, under b: as long as the delay can be attributed to the applicant. The end is told as
    soon as possible, with the new last day (fourth paragraph)."""
    reden = "de vertraging aan de aanvrager is toe te rekenen", "the delay can be attributed to the applicant"
    return Opschorting(TOEREKENBAAR, van, tot_en_met, reden)


def overmacht(van: date, tot_en_met: date) -> Opschorting:
    """Awb 4:15, second paragraph, under c: as long as force majeure prevents a decision. Begin and end are told as soon
    as possible, with the term within which the decision can be expected (third and fourth paragraph)."""
    return Opschorting(OVERMACHT, van, tot_en_met, ("er overmacht was", "there was force majeure"))


def niet_behandelen(aangevuld_of_verstreken: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the decision not to handle an incomplete application is made known: four weeks after it was completed
    or the last day for that passed unused (Awb 4:5, fourth paragraph)."""
    return wettelijke_termijn(
        aangevuld_of_verstreken,
        weken(NIET_BEHANDELEN_WEKEN),
        soort="niet_behandelen",
        artikel="artikel 4:5, vierde lid, Awb",
        gebeurtenis=("de aanvulling of de laatste dag daarvoor", "the completion or the last day for it"),
        kalender=kalender,
    )
