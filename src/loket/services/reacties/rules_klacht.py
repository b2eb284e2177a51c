"""The formal complaint step by step, as title 9.1 of the Awb orders it: pure, no database.

`plan` makes of what is known of a complaint its steps, each with its article, its last day and why that day; `termijn`
its term as it runs now. The terms themselves are the engine's (`loket.engines.termijnen.klachten`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as noop

from loket.engines.termijnen import klachten
from loket.engines.termijnen.fouten import TermijnFout, TermijnVoorbij
from loket.engines.termijnen.termijn import Termijn
from loket.foundation.errors import Refused
from loket.foundation.time.clock import AMSTERDAM
from loket.foundation.web.dates import long_date
from loket.foundation.web.stored import translated

INSTEMMING = "derde lid"
"""The ground of an adjournment to which the complainant agreed (9:11); else it is the second paragraph."""
ARTIKELEN = {
    "ontvangst": "artikel 9:6 Awb",
    "afschrift": "artikel 9:9 Awb",
    "informeel": "artikel 9:5 Awb",
    "niet": "artikel 9:8 Awb",
    "commissie": "artikel 9:15, eerste lid, Awb",
    "horen": "artikel 9:10, eerste lid, Awb",
    "verslag": "artikel 9:10, derde lid, Awb",
    "advies": "artikel 9:15, vierde lid, Awb",
    "verdaging": "artikel 9:11 Awb",
    "afdoening": "artikel 9:12 Awb",
}
TITELS = {
    "ontvangst": noop("Ontvangst bevestigen"),
    "afschrift": noop("Afschrift aan wie de klacht betreft"),
    "informeel": noop("Informeel opgelost"),
    "niet": noop("Niet in behandeling"),
    "commissie": noop("Commissie gemeld"),
    "horen": noop("Horen"),
    "verslag": noop("Verslag van het horen"),
    "advies": noop("Advies van de commissie"),
    "verdaging": noop("Verdaagd"),
    "afdoening": noop("Afdoen, op schrift"),
}
VOOR_BEWONER = {
    "ontvangst": noop("Wij bevestigen dat uw klacht er is"),
    "afschrift": noop("Degene over wie u klaagt, krijgt een kopie van uw klacht"),
    "informeel": noop("U en wij losten het samen op"),
    "niet": noop("Wij behandelen uw klacht niet"),
    "commissie": noop("Een commissie kijkt mee en geeft ons advies"),
    "horen": noop("U kunt uw verhaal vertellen"),
    "verslag": noop("Wij maken een verslag van het gesprek"),
    "advies": noop("De commissie geeft ons haar advies"),
    "verdaging": noop("Het duurt langer"),
    "afdoening": noop("U krijgt ons oordeel, en waarom"),
}
HANDELING = {
    "ontvangst": "klacht-ontvangst",
    "afschrift": "klacht-afschrift",
    "horen": "klacht-horen",
    "verslag": "klacht-verslag",
    "advies": "klacht-advies",
    "afdoening": "klacht-afdoen",
}
"""With which act a step is done."""


@dataclass(frozen=True)
class Gezet:
    """A step as it is stored."""

    soort: str
    gepland: date | None = None
    moment: datetime | None = None
    plaats: str = ""
    eigenaar: UUID | None = None
    eigenaar_naam: str = ""
    gedaan_op: datetime | None = None
    uitkomst: str = ""
    grond: str = ""
    toelichting: str = ""


@dataclass(frozen=True)
class Feiten:
    """What the procedure is made of: when the complaint was received, whether that was confirmed by mail at once
    (`gemaild_op`), the steps so far, the last day in the file, and who handles it."""

    ontvangen: date
    antwoord_voor: date | None
    gezet: Sequence[Gezet] = ()
    gemaild_op: datetime | None = None
    behandelaar: UUID | None = None
    behandelaar_naam: str = ""
    al_verdaagd: bool = False

    def stap(self, soort: str) -> Gezet | None:
        """The step of this kind, if it was set."""
        return next((each for each in self.gezet if each.soort == soort), None)

    def gedaan(self, soort: str) -> bool:
        """Whether the step of this kind was done."""
        stap = self.stap(soort)
        return stap is not None and stap.gedaan_op is not None

    @property
    def commissie(self) -> bool:
        """Whether section 9.1.3 applies: a person or committee advises."""
        return self.gedaan("commissie")

    @property
    def niet_gehoord(self) -> bool:
        """Whether hearing the complainant was waived (9:10, second paragraph)."""
        horen = self.stap("horen")
        return horen is not None and horen.uitkomst == "afgezien"

    @property
    def klaar(self) -> bool:
        """Whether the procedure ended: settled, not taken up, or ended in writing."""
        informeel = self.stap("informeel")
        return self.gedaan("afdoening") or self.gedaan("niet") or bool(informeel and informeel.uitkomst == "tevreden")


@dataclass(frozen=True)
class Stap:
    """A step of the plan. `stand`: gedaan, te_laat, nu (the next one to do) or straks."""

    soort: str
    artikel: str
    uiterlijk: date
    waarom: str
    stand: str
    gezet: Gezet | None = None
    gedaan_op: datetime | None = None
    eigenaar: UUID | None = None
    eigenaar_naam: str = ""
    handeling: str = field(default="")

    @property
    def titel(self) -> str:
        """What it is called at work."""
        return translated(TITELS[self.soort])

    @property
    def wet(self) -> str:
        """Where the article that gives the day can be read."""
        nummer = re.search(r"\d+:\d+", self.waarom) or re.search(r"\d+:\d+", self.artikel)
        return f"https://wetten.overheid.nl/jci1.3:c:BWBR0005537&artikel={nummer[0]}" if nummer else ""

    @property
    def voor_bewoner(self) -> str:
        """The same in words for the complainant."""
        return translated(VOOR_BEWONER[self.soort])


def termijn(feiten: Feiten) -> Termijn:
    """Awb 9:11: the term as it runs now, with every adjournment in it. What was adjourned before Loket kept steps is
    not in it: compare with `Feiten.antwoord_voor`."""
    gevonden = klachten.klacht(feiten.ontvangen, commissie=feiten.commissie)
    for stap in feiten.gezet:
        if stap.soort == "verdaging" and stap.gepland and stap.gedaan_op:
            op = stap.gedaan_op.astimezone(AMSTERDAM).date()
            try:
                gevonden = verdaagd(gevonden, stap.gepland, op, instemming=stap.grond == INSTEMMING)
            except TermijnFout:
                continue
    return gevonden


def verdaagd(eerst: Termijn, tot: date, op: date, *, instemming: bool = False) -> Termijn:
    """The term after it was adjourned to `tot` on the day `op`: in weeks where that says the same. Raises
    TermijnFout."""
    if instemming:
        return eerst.met(klachten.klacht_verder_uitstel(tot, ingestemd=op))
    for weken in range(1, klachten.VERDAGING_WEKEN + 1):
        met = eerst.met(klachten.klacht_verdagen(weken, op=op))
        if met.laatste_dag == tot:
            return met
    return eerst.met(klachten.klacht_verdaagd_tot(tot, op=op))


def awb_9_11(loopt: Termijn, nieuwe_dag: date, *, vandaag: date, instemming: str, al_verdaagd: bool = False) -> Termijn:
    """Awb 9:11: a complaint is adjourned once, by at most four weeks, while its term `loopt` (second paragraph).
    Further delay only as far as the complainant agrees (third paragraph): `instemming` says how and when.

    Raises Refused: a day that is not later than the last day now (`invalid`), the term is over (`termijn-voorbij`),
    adjourned before (`al-verdaagd`), or more than four weeks (`instemming-nodig`), the last three without `instemming`.
    """
    taal = get_language()
    eerst = max(loopt.laatste_dag, vandaag)
    if nieuwe_dag <= eerst:
        raise Refused("invalid", gettext("Kies een dag die later is dan %s.") % long_date(eerst, taal), "nieuwe_dag")
    if instemming.strip():
        return verdaagd(loopt, nieuwe_dag, vandaag, instemming=True)
    if al_verdaagd:
        zin = gettext("U verdaagde al eerder. Nog eens kan alleen als de klager daarmee instemt. Schrijf op hoe.")
        raise Refused("al-verdaagd", zin, "instemming")
    try:
        uiterlijk = loopt.met(klachten.klacht_verdagen(op=vandaag)).laatste_dag
    except TermijnVoorbij:
        raise Refused(
            "termijn-voorbij",
            gettext("De termijn is voorbij. Verder uitstel kan alleen als de klager daarmee instemt. Schrijf op hoe."),
            "instemming",
        ) from None
    if nieuwe_dag > uiterlijk:
        zin = gettext(
            "U mag verdagen tot en met %s. Later kan alleen als de klager daarmee instemt. Schrijf dan op hoe."
        )
        raise Refused("instemming-nodig", zin % long_date(uiterlijk, taal), "nieuwe_dag")
    return verdaagd(loopt, nieuwe_dag, vandaag)


def plan(feiten: Feiten, vandaag: date) -> tuple[Stap, ...]:
    """The steps in their order. Once it has ended, only what was done; the first that is not done is `nu`, one whose
    last day passed `te_laat`."""
    stappen: list[Stap] = []
    eerste = True
    einde = _dag(feiten, "afdoening", feiten.stap("afdoening"), termijn(feiten))
    for soort, loopt in _soorten(feiten):
        gezet = feiten.stap(soort)
        gedaan = gezet.gedaan_op if gezet else feiten.gemaild_op if soort == "ontvangst" else None
        if gedaan is None and feiten.klaar:
            continue
        uiterlijk, waarom = _dag(feiten, soort, gezet, loopt)
        if uiterlijk > einde[0] and not (gezet and gezet.moment):
            uiterlijk, waarom = einde  # our own norms give way to the law
        stand = "gedaan" if gedaan else "te_laat" if uiterlijk < vandaag else "nu" if eerste else "straks"
        eerste = eerste and gedaan is not None
        stappen.append(
            Stap(
                soort,
                ARTIKELEN[soort],
                uiterlijk,
                waarom,
                stand,
                gezet,
                gedaan,
                gezet.eigenaar if gezet and gezet.eigenaar else feiten.behandelaar,
                (gezet.eigenaar_naam if gezet else "") or feiten.behandelaar_naam,
                "" if gedaan else HANDELING.get(soort, ""),
            )
        )
    return tuple(stappen)


def volgende(stappen: Iterable[Stap]) -> Stap | None:
    """The first step that is not done."""
    return next((stap for stap in stappen if stap.gedaan_op is None), None)


def _soorten(feiten: Feiten) -> Iterable[tuple[str, Termijn]]:
    dag = feiten.ontvangen
    yield "ontvangst", klachten.ontvangstbevestiging(dag)
    yield "afschrift", klachten.afschrift_aan_beklaagde(dag)
    if feiten.stap("informeel"):
        yield "informeel", klachten.klacht(dag)
    if feiten.stap("niet"):
        yield "niet", klachten.klacht_niet_in_behandeling(dag)
    if feiten.commissie:
        yield "commissie", klachten.ontvangstbevestiging(dag)
    yield "horen", klachten.horen(dag)
    horen = feiten.stap("horen")
    if not feiten.niet_gehoord:
        gehoord = horen.gepland if horen and horen.gepland else klachten.horen(dag).laatste_dag
        yield "verslag", klachten.verslag_van_horen(gehoord)
    if feiten.commissie:
        yield "advies", klachten.advies_commissie(dag)
    yield "afdoening", termijn(feiten)


def _dag(feiten: Feiten, soort: str, gezet: Gezet | None, loopt: Termijn) -> tuple[date, str]:
    taal = get_language() or "nl"
    if soort == "horen" and gezet is not None and gezet.gepland is not None and gezet.moment is not None:
        zin = gettext("Het gesprek is afgesproken op %(dag)s; de wet noemt geen dag (artikel 9:10, eerste lid, Awb).")
        return gezet.gepland, zin % {"dag": long_date(gezet.gepland, taal)}
    if soort == "afdoening" and feiten.antwoord_voor and feiten.antwoord_voor != loopt.laatste_dag:
        zin = (
            gettext("De laatste dag is %(dag)s: zo werd de behandeling verdaagd (artikel 9:11 Awb).")
            if feiten.al_verdaagd
            else gettext("De laatste dag is %(dag)s: zo staat het in de zaak, die weer werd geopend.")
        )
        return feiten.antwoord_voor, zin % {"dag": long_date(feiten.antwoord_voor, taal)}
    return loopt.laatste_dag, loopt.waarom(taal)


def awb_9_7(wie: UUID | None, betrokken: Iterable[UUID]) -> None:
    """Awb 9:7, first paragraph: handled and heard by somebody who was not involved in the conduct. Raises Refused
    (`betrokken`)."""
    if wie is not None and not klachten.mag_behandelen(bij_gedraging_betrokken=wie in set(betrokken)):
        raise Refused(
            "betrokken", gettext("De klacht gaat over deze collega. Kies iemand anders (artikel 9:7 Awb)."), "wie"
        )


def awb_9_8(grond: str, gedraging: date | None, ontvangen: date) -> klachten.NietBehandelen:
    """Awb 9:8: the ground on which a complaint is not taken up; for 'longer than a year ago' the day of the conduct is
    needed. Raises Refused (`grond`, `gedraging`)."""
    if grond not in klachten.NietBehandelen.__members__:
        raise Refused("grond", gettext("Kies waarom wij de klacht niet hoeven te behandelen."), "grond")
    gekozen = klachten.NietBehandelen[grond]
    if gekozen is klachten.NietBehandelen.LANGER_DAN_EEN_JAAR:
        if gedraging is None:
            raise Refused("gedraging", gettext("Schrijf op wanneer het gebeurde."), "gedraging")
        if not klachten.langer_dan_een_jaar_geleden(gedraging, ontvangen):
            raise Refused("gedraging", gettext("Dat is niet langer dan een jaar voor de klacht."), "gedraging")
    return gekozen


def awb_9_12(
    feiten: Feiten, *, bevindingen: str, oordeel: str, conclusies: str, ombudsman: str, tot: date | None
) -> None:
    """Awb 9:12 with 9:10 and 9:15: a complaint ends when whoever complained was heard (with a report) or need not be,
    the committee advised if there is one, and the ending is complete and names the ombudsman.

    Raises Refused: `eerst-afschrift`, `eerst-horen`, `eerst-verslag`, `eerst-advies`, `ombudsman`, `required`.
    """
    eerst = (
        ("afschrift", noop("Stuur eerst een afschrift aan wie de klacht betreft (artikel 9:9 Awb).")),
        ("horen", noop("Hoor eerst de klager, of leg vast waarom dat niet hoeft (artikel 9:10 Awb).")),
        ("verslag", noop("Maak eerst het verslag van het horen (artikel 9:10, derde lid, Awb).")),
        ("advies", noop("Wacht op het advies van de commissie (artikel 9:15, vierde lid, Awb).")),
    )
    for soort, zin in eerst:
        nodig = feiten.commissie if soort == "advies" else not (soort == "verslag" and feiten.niet_gehoord)
        if nodig and not feiten.gedaan(soort):
            raise Refused(f"eerst-{soort}", gettext(zin))
    mist = klachten.ontbreekt_in_kennisgeving(
        bevindingen=bevindingen, oordeel=oordeel, conclusies=conclusies, ombudsman=ombudsman, termijn_ombudsman=tot
    )
    if "ombudsman" in mist or "termijn_ombudsman" in mist:
        zin = gettext("Een beheerder moet eerst invullen welke ombudsman uw klachten onderzoekt (artikel 9:12 Awb).")
        raise Refused("ombudsman", zin)
    if mist:
        raise Refused("required", gettext(_MIST[mist[0]]), mist[0])


_MIST: Mapping[str, str] = {
    "bevindingen": noop("Schrijf op wat u hebt gevonden."),
    "oordeel": noop("Kies het oordeel."),
    "conclusies": noop("Schrijf op wat wij gaan doen, of dat wij niets veranderen."),
}


def awb_9_16(geadviseerd: str, oordeel: str, afwijking: str) -> None:
    """Awb 9:16: when the conclusions differ from the advice, the ending says why. Raises Refused (`required`)."""
    if geadviseerd and geadviseerd != oordeel and not afwijking.strip():
        zin = gettext("De commissie adviseerde iets anders. Schrijf op waarom u daarvan afwijkt (artikel 9:16 Awb).")
        raise Refused("required", zin, "afwijking")
