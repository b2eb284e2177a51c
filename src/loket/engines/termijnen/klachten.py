"""Complaints about conduct: Awb 9:4–9:16 (the body itself) and 9:24 (the ombudsman after it)."""

from __future__ import annotations

from datetime import date
from enum import Enum

from loket.engines.termijnen.atw import jaren, weken
from loket.engines.termijnen.fouten import OngeldigeInvoer
from loket.engines.termijnen.gebeurtenissen import NaderDag, Verlenging, alleen_dagen
from loket.engines.termijnen.kalender import NEDERLAND, Kalender
from loket.engines.termijnen.normen import zonder_dag
from loket.engines.termijnen.rekenen import wettelijke_termijn
from loket.engines.termijnen.termijn import Termijn

#: Awb 9:11, first paragraph: six weeks, or ten when section 9.1.3 (an advisory person or committee) applies.
KLACHT_WEKEN, KLACHT_WEKEN_MET_COMMISSIE = 6, 10
#: Awb 9:11, second paragraph: adjourned for at most four weeks.
VERDAGING_WEKEN = 4
#: Awb 9:8, third paragraph: four weeks to say that a complaint is not taken up.
NIET_IN_BEHANDELING_WEKEN = 4
#: Our own norms for what the law orders without a day: the receipt (9:6), the copy (9:9), the hearing and its report
#: (9:10), the advice (9:15).
BEVESTIGEN_WERKDAGEN, AFSCHRIFT_WERKDAGEN, HOREN_WERKDAGEN, VERSLAG_WERKDAGEN, ADVIES_WERKDAGEN = 1, 2, 15, 5, 40

VERDAGING = "artikel 9:11, tweede lid, Awb"
VERDER_UITSTEL = "artikel 9:11, derde lid, Awb"
_ONTVANGST = ("ontvangst van de klacht", "receipt of the complaint")


class _Grond(Enum):
    """A ground of the law: (article, the ground in Dutch)."""

    @property
    def artikel(self) -> str:
        """The article and its letter."""
        return str(self.value[0])

    @property
    def grond(self) -> str:
        """The ground in Dutch words."""
        return str(self.value[1])


class NietBehandelen(_Grond):
    """Awb 9:8: conduct about which the body is not obliged to handle a complaint: (article, the ground in Dutch)."""

    EERDER_BEHANDELD = "artikel 9:8, eerste lid, onder a, Awb", "over deze gedraging is al een klacht behandeld"
    LANGER_DAN_EEN_JAAR = "artikel 9:8, eerste lid, onder b, Awb", "de gedraging is langer dan een jaar geleden"
    BEZWAAR_MOGELIJK = "artikel 9:8, eerste lid, onder c, Awb", "de klager had bezwaar kunnen maken"
    BEROEP_MOGELIJK = "artikel 9:8, eerste lid, onder d, Awb", "de klager kan of kon beroep instellen"
    BIJ_ANDERE_RECHTER = "artikel 9:8, eerste lid, onder e, Awb", "een andere rechter oordeelt of oordeelde erover"
    STRAFZAAK = "artikel 9:8, eerste lid, onder f, Awb", "er loopt een opsporingsonderzoek of een vervolging"
    ONVOLDOENDE_BELANG = "artikel 9:8, tweede lid, Awb", "het belang of het gewicht is kennelijk onvoldoende"


class AfzienVanHoren(_Grond):
    """Awb 9:10, second paragraph: when the complainant need not be heard: (article, the ground in Dutch)."""

    KENNELIJK_ONGEGROND = "artikel 9:10, tweede lid, onder a, Awb", "de klacht is kennelijk ongegrond"
    WIL_NIET = "artikel 9:10, tweede lid, onder b, Awb", "de klager wil niet worden gehoord"
    GEEN_ANTWOORD = "artikel 9:10, tweede lid, onder c, Awb", "de klager antwoordde niet binnen een redelijke termijn"


def afdeling_9_1_2_geldt(*, schriftelijk: bool, jegens_klager: bool, aan_vereisten_voldaan: bool) -> bool:
    """Awb 9:4, first paragraph: the rules 9:5–9:12 hold for a written complaint about conduct towards the complainant
    that has name and address, date and a description of the conduct (second paragraph). Other complaints only ask for
    proper treatment (9:2)."""
    return schriftelijk and jegens_klager and aan_vereisten_voldaan


def verplichting_vervalt(*, tegemoetgekomen: bool, klager_tevreden: bool) -> bool:
    """Awb 9:5: once the complaint has been met to the complainant's satisfaction the duty to go on lapses. Both are
    needed: having solved it in the body's own opinion is not enough."""
    return tegemoetgekomen and klager_tevreden


def ontvangstbevestiging(
    ontvangen: date, *, werkdagen: int = BEVESTIGEN_WERKDAGEN, kalender: Kalender = NEDERLAND
) -> Termijn:
    """Until when the receipt of a complaint is confirmed in writing (Awb 9:6). The law names no day; this is our norm.

    With an advisory person or committee the confirmation says so (9:15, first paragraph).
    """
    wet = (
        "De wet zegt dat de ontvangst schriftelijk wordt bevestigd",
        "The law says that receipt is confirmed in writing",
    )
    return zonder_dag(
        ontvangen, werkdagen, soort="ontvangstbevestiging", artikel="artikel 9:6 Awb", wet=wet, kalender=kalender
    )


def mag_behandelen(*, bij_gedraging_betrokken: bool, gedraging_van_bestuursorgaan_zelf: bool = False) -> bool:
    """Awb 9:7: handled by somebody who was not involved in the conduct (first paragraph), unless it is conduct of the
    body itself, its chair or a member (second paragraph)."""
    return gedraging_van_bestuursorgaan_zelf or not bij_gedraging_betrokken


def langer_dan_een_jaar_geleden(gedraging: date, ingediend: date) -> bool:
    """Awb 9:8, first paragraph, under b: conduct more than a year before the complaint was lodged.

    Counted forward from the conduct, in years, so no day moves (Atw art. 4).
    """
    alleen_dagen(gedraging, ingediend)
    return ingediend > jaren(1).vanaf(gedraging)


def klacht_niet_in_behandeling(ontvangen: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the complainant must hear in writing that a complaint is not taken up: as soon as possible, at the
    latest four weeks after receipt (Awb 9:8, third paragraph). The letter names the ombudsman (9:12, second)."""
    return wettelijke_termijn(
        ontvangen,
        weken(NIET_IN_BEHANDELING_WEKEN),
        soort="klacht_niet_in_behandeling",
        artikel="artikel 9:8, derde lid, Awb",
        gebeurtenis=_ONTVANGST,
        kalender=kalender,
    )


def afschrift_aan_beklaagde(
    ontvangen: date, *, werkdagen: int = AFSCHRIFT_WERKDAGEN, kalender: Kalender = NEDERLAND
) -> Termijn:
    """Until when whoever is complained about gets a copy of the complaint and what came with it (Awb 9:9). The law
    names no day; this is our norm."""
    wet = (
        "De wet zegt dat degene over wie wordt geklaagd een afschrift krijgt",
        "The law says that whoever is complained about gets a copy",
    )
    return zonder_dag(
        ontvangen, werkdagen, soort="afschrift_aan_beklaagde", artikel="artikel 9:9 Awb", wet=wet, kalender=kalender
    )


def horen(ontvangen: date, *, werkdagen: int = HOREN_WERKDAGEN, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when there is an opportunity to be heard (Awb 9:10, first paragraph). The law names no day; our norm."""
    wet = (
        "De wet zegt dat klager en beklaagde kunnen worden gehoord",
        "The law says that both sides can be heard",
    )
    return zonder_dag(
        ontvangen,
        werkdagen,
        soort="horen",
        artikel="artikel 9:10, eerste lid, Awb",
        wet=wet,
        kalender=kalender,
    )


def verslag_van_horen(gehoord: date, *, werkdagen: int = VERSLAG_WERKDAGEN, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the report of a hearing is made (Awb 9:10, third paragraph). The law names no day; our norm."""
    wet = "De wet zegt dat van het horen een verslag wordt gemaakt", "The law says that a report of the hearing is made"
    return zonder_dag(
        gehoord,
        werkdagen,
        soort="verslag_van_horen",
        artikel="artikel 9:10, derde lid, Awb",
        wet=wet,
        gebeurtenis=("het horen", "the hearing"),
        kalender=kalender,
    )


def advies_commissie(ontvangen: date, *, werkdagen: int = ADVIES_WERKDAGEN, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the person or committee of section 9.1.3 sends its findings and advice (Awb 9:15, fourth paragraph),
    so that the body can end in time. The law names no day; our norm."""
    wet = (
        "De wet zegt dat de commissie haar bevindingen en advies stuurt",
        "The law says that the committee sends its findings and advice",
    )
    return zonder_dag(
        ontvangen,
        werkdagen,
        soort="advies_commissie",
        artikel="artikel 9:15, vierde lid, Awb",
        wet=wet,
        kalender=kalender,
    )


def wie_horen(afzien: AfzienVanHoren | None = None) -> frozenset[str]:
    """Who gets the opportunity to be heard (Awb 9:10, first paragraph): complainant and whoever is complained about.

    The grounds of the second paragraph are about the complainant only; of hearing a report is made (third paragraph).
    """
    return frozenset({"klager", "beklaagde"} - ({"klager"} if afzien else set()))


def klacht(
    ontvangen: date, *, commissie: bool = False, verdaagd: bool = False, kalender: Kalender = NEDERLAND
) -> Termijn:
    """Until when a formal complaint must be settled (Awb 9:11, first paragraph): six weeks after receipt, ten with a
    committee.

    `verdaagd` is short for `.met(klacht_verdagen())`. The law knows no suspension here. Adjourning counts from the
    computed day, and the whole is one term: 10 weeks + 4 is more than twelve, so it does not move (Atw art. 4). Where
    the law leaves two readings this is the earlier day: right in both.
    """
    termijn = wettelijke_termijn(
        ontvangen,
        weken(KLACHT_WEKEN_MET_COMMISSIE if commissie else KLACHT_WEKEN),
        soort="klacht",
        artikel="artikel 9:11, eerste lid, Awb",
        gebeurtenis=_ONTVANGST,
        kent=frozenset((VERDAGING, VERDER_UITSTEL)),
        kalender=kalender,
    )
    return termijn.met(klacht_verdagen()) if verdaagd else termijn


def klacht_verdagen(aantal: int = VERDAGING_WEKEN, *, op: date | None = None) -> Verlenging:
    """Awb 9:11, second paragraph: adjourned for at most four weeks in all, told in writing to the complainant and to
    whoever is complained about, while the term runs (`op`)."""
    return Verlenging(VERDAGING, weken(aantal), weken(VERDAGING_WEKEN), op)


def klacht_verdaagd_tot(uiterlijk: date, *, op: date) -> NaderDag:
    """Awb 9:11, second paragraph, when the body named a day within these weeks (`klacht_verdagen` gives the last one).

    "Voor ten hoogste vier weken" limits the time and speaks of one adjournment: whoever adjourns again asks consent.
    """
    return NaderDag(VERDAGING, uiterlijk, op, ("de behandeling is verdaagd", "the handling was adjourned"))


def klacht_verder_uitstel(uiterlijk: date, *, ingestemd: date) -> NaderDag:
    """Awb 9:11, third paragraph: further delay as far as the complainant agrees in writing, on the day `ingestemd`."""
    reden = "de klager schriftelijk instemde met uitstel", "the complainant agreed in writing to delay"
    return NaderDag(VERDER_UITSTEL, uiterlijk, ingestemd, reden, ook_na_afloop=True)


def ontbreekt_in_kennisgeving(
    *, bevindingen: str, oordeel: str, conclusies: str | None, ombudsman: str, termijn_ombudsman: date | None
) -> tuple[str, ...]:
    """What the written and reasoned ending of a complaint still lacks (Awb 9:12): findings, opinion, conclusions if any
    (None: there are none), and which ombudsman can be asked until when. Empty when it is complete."""
    delen = {
        "bevindingen": bool(bevindingen.strip()),
        "oordeel": bool(oordeel.strip()),
        "conclusies": conclusies is None or bool(conclusies.strip()),
        "ombudsman": bool(ombudsman.strip()),
        "termijn_ombudsman": termijn_ombudsman is not None,
    }
    return tuple(naam for naam, aanwezig in delen.items() if not aanwezig)


def verzoek_aan_ombudsman(kennisgeving: date, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when the ombudsman is obliged to look at it: a year after the body told its findings (Awb 9:24, first
    paragraph, under a). A term in years does not move (Atw art. 4)."""
    return wettelijke_termijn(
        kennisgeving,
        jaren(1),
        soort="verzoek_aan_ombudsman",
        artikel="artikel 9:24, eerste lid, onder a, Awb",
        gebeurtenis=("de kennisgeving van de bevindingen", "the notification of the findings"),
        kalender=kalender,
    )


def verzoek_aan_ombudsman_zonder_antwoord(klacht: Termijn) -> Termijn:
    """The same year when the body never answered: it begins when the handling should have ended (Awb 9:24, first
    paragraph, under b). Raises OngeldigeInvoer for a term that is not that of a complaint."""
    if klacht.soort != "klacht" or klacht.recept is None:
        raise OngeldigeInvoer("dit geldt alleen na de termijn van een klacht")
    return wettelijke_termijn(
        klacht.laatste_dag,
        jaren(1),
        soort="verzoek_aan_ombudsman",
        artikel="artikel 9:24, eerste lid, onder b, Awb",
        gebeurtenis=("de laatste dag van de klachtbehandeling", "the last day for handling the complaint"),
        kalender=klacht.kalender,
    )
