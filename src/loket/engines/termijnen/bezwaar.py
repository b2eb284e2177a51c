"""Objection and administrative appeal: Awb 6:7–6:9 (lodging), 7:10 and 7:24 (deciding)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from loket.engines.termijnen.aanvragen import ARTIKEL_4_15_IN_BEZWAAR, hersteltermijn
from loket.engines.termijnen.atw import weken
from loket.engines.termijnen.gebeurtenissen import NaderDag, Opschorting, Verlenging, alleen_dagen
from loket.engines.termijnen.kalender import NEDERLAND, Kalender
from loket.engines.termijnen.rekenen import wettelijke_termijn
from loket.engines.termijnen.termijn import Termijn
from loket.engines.termijnen.woorden import Woorden, dag_in_woorden, day_in_words

#: Awb 6:7: six weeks to object or appeal. Awb 6:9, second paragraph: a week later for what was posted in time.
BEZWAAR_WEKEN, POST_WEKEN = 6, 1
#: Awb 7:10, first and third paragraph.
BESLIS_WEKEN, BESLIS_WEKEN_MET_COMMISSIE, BEZWAAR_VERDAGING_WEKEN = 6, 12, 6
#: Awb 7:24, first, fourth and fifth paragraph.
BEROEP_WEKEN, BEROEP_VERDAGING_WEKEN, BEROEP_VERDAGING_WEKEN_ZELFDE = 16, 10, 6

HERSTEL_BEZWAAR = "artikel 7:10, tweede lid, Awb"
VERDAGING_BEZWAAR = "artikel 7:10, derde lid, Awb"
HERSTEL_BEROEP = "artikel 7:24, derde lid, Awb"
VERDAGING_BEROEP = "artikel 7:24, vierde lid, Awb"
VERDAGING_BEROEP_ZELFDE = "artikel 7:24, vijfde lid, Awb"
_EINDE = "het einde van de bezwaartermijn", "the end of the term for objections"
_EINDE_BEROEP = "het einde van de beroepstermijn", "the end of the term for appeals"


class Aanvang(Enum):
    """Awb 6:8: after which day the term to object or appeal begins: (paragraph, event in Dutch, in English)."""

    BEKENDMAKING = "eerste lid", "de bekendmaking van het besluit", "the announcement of the decision"
    EINDE_BEROEPSTERMIJN = "tweede lid", "het einde van de beroepstermijn van anderen", "the end of others' appeal term"
    GOEDKEURING = "derde lid", "de bekendmaking van de goedkeuring", "the announcement of the approval"
    TERINZAGELEGGING = "vierde lid", "de terinzagelegging van het besluit", "the decision being laid open"


class VerderUitstel(Enum):
    """Awb 7:10, fourth, and 7:24, sixth paragraph: on which ground delay goes further: (letter, Dutch, English)."""

    ALLEN_STEMMEN_IN = "a", "alle belanghebbenden instemden met uitstel", "all interested parties agreed to delay"
    INDIENER_STEMT_IN = (
        "b",
        "de indiener instemde en anderen niet worden geschaad",
        "the objector agreed and nobody else is harmed",
    )
    PROCEDUREVOORSCHRIFT = "c", "een wettelijk procedurevoorschrift dat vraagt", "a procedural rule of law requires it"


def bezwaartermijn(dag: date, aanvang: Aanvang = Aanvang.BEKENDMAKING, *, kalender: Kalender = NEDERLAND) -> Termijn:
    """Until when somebody can object or appeal: six weeks (Awb 6:7), from the day after the decision was made known in
    the prescribed way (6:8, first paragraph) or the other event of 6:8."""
    lid, nl, en = aanvang.value
    return wettelijke_termijn(
        dag,
        weken(BEZWAAR_WEKEN),
        soort="bezwaartermijn",
        artikel=f"artikel 6:7 en artikel 6:8, {lid}, Awb",
        gebeurtenis=(nl, en),
        kalender=kalender,
    )


@dataclass(frozen=True, slots=True)
class Indiening:
    """Whether an objection was lodged in time, and why."""

    tijdig: bool
    artikel: str
    uitleg: str
    uitleg_en: str

    def waarom(self, taal: str = "nl") -> str:
        """One sentence with the article."""
        return self.uitleg if taal.startswith("nl") else self.uitleg_en


def tijdig_ingediend(termijn: Termijn, ontvangen: date, ter_post: date | None = None) -> Indiening:
    """Awb 6:9: in time when received before the end of the term (first paragraph: ontvangsttheorie); by post also when
    posted before the end and received at most a week after it (second paragraph: verzendtheorie).

    Receipt at a wrong body counts as receipt (6:15, third paragraph). That somebody who was late may be excused
    (6:11) is for a person to judge.
    """
    alleen_dagen(ontvangen, ter_post)
    laatste, artikel = termijn.laatste_dag, "artikel 6:9, eerste lid, Awb"
    nl, en = f"ontvangen op {dag_in_woorden(ontvangen)}", f"received on {day_in_words(ontvangen)}"
    tijdig = ontvangen <= laatste
    if not tijdig and ter_post is not None:
        artikel = "artikel 6:9, tweede lid, Awb"
        uiterste = uiterste_ontvangst_per_post(termijn).laatste_dag
        tijdig = ter_post <= laatste and ontvangen <= uiterste
        nl += f", op de post gedaan op {dag_in_woorden(ter_post)}, per post telt tot en met {dag_in_woorden(uiterste)}"
        en += f", posted on {day_in_words(ter_post)}, by post it counts until {day_in_words(uiterste)}"
    return Indiening(
        tijdig,
        artikel,
        f"{'Op tijd' if tijdig else 'Te laat'}: {nl}; de laatste dag was {dag_in_woorden(laatste)} ({artikel}).",
        f"{'In time' if tijdig else 'Too late'}: {en}; the last day was {day_in_words(laatste)} ({artikel}).",
    )


def uiterste_ontvangst_per_post(termijn: Termijn) -> Termijn:
    """Until when what was posted in time must have been received: a week after the end of the term (Awb 6:9, second
    paragraph)."""
    return wettelijke_termijn(
        termijn.laatste_dag,
        weken(POST_WEKEN),
        soort="ontvangst_per_post",
        artikel="artikel 6:9, tweede lid, Awb",
        gebeurtenis=_EINDE,
        kalender=termijn.kalender,
    )


def beslissing_op_bezwaar(bezwaartermijn: Termijn, *, commissie: bool = False) -> Termijn:
    """Until when an objection must be decided: six weeks, twelve with a committee of 7:13, counted from the day after
    the term to object ended, not from receipt (Awb 7:10, first paragraph).

    The committee must have been told to the objector in time, otherwise six weeks hold
    (ABRvS 17 August 2016, ECLI:NL:RVS:2016:2233).
    """
    return _beslissen(
        bezwaartermijn,
        BESLIS_WEKEN_MET_COMMISSIE if commissie else BESLIS_WEKEN,
        soort="bezwaar",
        artikel="artikel 7:10, eerste lid, Awb",
        gebeurtenis=_EINDE,
        kent={HERSTEL_BEZWAAR, VERDAGING_BEZWAAR},
        verder="artikel 7:10, vierde lid",
    )


def _beslissen(
    na: Termijn, aantal: int, *, soort: str, artikel: str, gebeurtenis: Woorden, kent: set[str], verder: str
) -> Termijn:
    """A term of `aantal` weeks to decide, from the end of the term to object or appeal; `verder`: the paragraph with
    the three grounds of further delay."""
    return wettelijke_termijn(
        na.laatste_dag,
        weken(aantal),
        soort=soort,
        artikel=artikel,
        gebeurtenis=gebeurtenis,
        kent=ARTIKEL_4_15_IN_BEZWAAR | kent | {f"{verder}, onder {g.value[0]}, Awb" for g in VerderUitstel},
        kalender=na.kalender,
    )


def bezwaar_verzuim_herstellen(verzocht: date, uiterlijk: date, hersteld: date | None = None) -> Opschorting:
    """Awb 7:10, second paragraph, with 6:6: suspended from the day after the objector was asked to repair a defect
    until the day of repair or the last day for it. Days before the decision term began do not count."""
    reden = "een verzuim in het bezwaarschrift moest worden hersteld", "a defect in the objection had to be repaired"
    return hersteltermijn(HERSTEL_BEZWAAR, verzocht, uiterlijk, hersteld, reden)


def bezwaar_verdagen(aantal: int = BEZWAAR_VERDAGING_WEKEN, *, op: date | None = None) -> Verlenging:
    """Awb 7:10, third paragraph: the decision is adjourned for at most six weeks, told in writing (fifth paragraph)."""
    return Verlenging(VERDAGING_BEZWAAR, weken(aantal), weken(BEZWAAR_VERDAGING_WEKEN), op)


def bezwaar_verder_uitstel(uiterlijk: date, grond: VerderUitstel, *, op: date) -> NaderDag:
    """Awb 7:10, fourth paragraph: further delay on one of its three grounds, until the agreed or needed day."""
    letter, nl, en = grond.value
    na = grond is not VerderUitstel.PROCEDUREVOORSCHRIFT
    return NaderDag(f"artikel 7:10, vierde lid, onder {letter}, Awb", uiterlijk, op, (nl, en), ook_na_afloop=na)


def beslissing_op_administratief_beroep(
    beroepstermijn: Termijn, *, zelfde_rechtspersoon: bool = False, commissie: bool = False
) -> Termijn:
    """Until when an administrative appeal must be decided, counted from the day after the term to appeal ended: sixteen
    weeks (Awb 7:24, first paragraph), or within the same legal person six, with a committee of 7:19 twelve (second)."""
    verdaging = VERDAGING_BEROEP_ZELFDE if zelfde_rechtspersoon else VERDAGING_BEROEP
    duur = (BESLIS_WEKEN_MET_COMMISSIE if commissie else BESLIS_WEKEN) if zelfde_rechtspersoon else BEROEP_WEKEN
    return _beslissen(
        beroepstermijn,
        duur,
        soort="administratief_beroep",
        artikel=f"artikel 7:24, {'tweede' if zelfde_rechtspersoon else 'eerste'} lid, Awb",
        gebeurtenis=_EINDE_BEROEP,
        kent={HERSTEL_BEROEP, verdaging},
        verder="artikel 7:24, zesde lid",
    )


def beroep_verzuim_herstellen(verzocht: date, uiterlijk: date, hersteld: date | None = None) -> Opschorting:
    """Awb 7:24, third paragraph, with 6:6: as `bezwaar_verzuim_herstellen`, for an administrative appeal."""
    reden = "een verzuim in het beroepschrift moest worden hersteld", "a defect in the appeal had to be repaired"
    return hersteltermijn(HERSTEL_BEROEP, verzocht, uiterlijk, hersteld, reden)


def beroep_verdagen(
    aantal: int | None = None, *, zelfde_rechtspersoon: bool = False, op: date | None = None
) -> Verlenging:
    """Awb 7:24: adjourned for at most ten weeks (fourth paragraph), within the same legal person six (fifth)."""
    ten_hoogste = BEROEP_VERDAGING_WEKEN_ZELFDE if zelfde_rechtspersoon else BEROEP_VERDAGING_WEKEN
    artikel = VERDAGING_BEROEP_ZELFDE if zelfde_rechtspersoon else VERDAGING_BEROEP
    return Verlenging(artikel, weken(ten_hoogste if aantal is None else aantal), weken(ten_hoogste), op)


def beroep_verder_uitstel(uiterlijk: date, grond: VerderUitstel, *, op: date) -> NaderDag:
    """Awb 7:24, sixth paragraph: further delay on one of its three grounds."""
    letter, nl, en = grond.value
    na = grond is not VerderUitstel.PROCEDUREVOORSCHRIFT
    return NaderDag(f"artikel 7:24, zesde lid, onder {letter}, Awb", uiterlijk, op, (nl, en), ook_na_afloop=na)
