"""The town that is drawn: believable, whole, the same for the same seed."""

from collections import Counter

import pytest
import shapely
from shapely import STRtree

from loket.registers.plekken.generator import LETTERPAREN, teken_stad
from loket.registers.plekken.stad.plan import OORSPRONG, STRATEN
from loket.registers.plekken.stad.soorten import Stad
from loket.registers.plekken.stad.vormen import Lijn, vloeiend


def test_zelfde_seed_zelfde_stad(stad: Stad) -> None:
    weer = teken_stad(stad.seed)
    assert weer.adressen == stad.adressen
    assert weer.bomen == stad.bomen
    assert [p.vorm.wkb for p in weer.panden] == [p.vorm.wkb for p in stad.panden]
    assert [w.vorm.wkb for w in weer.wegen] == [w.vorm.wkb for w in stad.wegen]


def test_andere_seed_zelfde_straten() -> None:
    ander = teken_stad(7)
    assert {s.naam for s in ander.straten} == {s.naam for s in STRATEN} | {"Spoorlijn"}
    assert any(ander.straten[a.straat].naam == "Kastanjelaan" and a.huisnummer == 12 for a in ander.adressen)


def test_de_stad_is_een_stad(stad: Stad) -> None:
    assert 3000 <= len(stad.adressen) <= 6000
    assert {w.naam for w in stad.wijken} >= {"Centrum", "Bomenbuurt", "Vogelbuurt", "De Rietlanden", "Buitengebied"}
    soorten = Counter(p.soort for p in stad.plekken)
    assert soorten["duiker"] >= 10
    assert soorten["brug"] >= 8
    assert soorten["kerk"] == soorten["sluis"] == soorten["gemaal"] == 1
    jaren = [p.bouwjaar for p in stad.panden if p.soort == "woning"]
    assert min(jaren) < 1800 < 2000 < max(jaren)


def test_kastanjelaan_12_en_stadhuis(stad: Stad) -> None:
    adressen = {(stad.straten[a.straat].naam, a.huisnummer, a.letter): a for a in stad.adressen}
    assert adressen["Kastanjelaan", 12, ""].postcode == "1999SA"
    assert stad.panden[adressen["Lindeplein", 1, ""].pand].naam == "Stadhuis"


def test_adressen_zijn_uniek_en_liggen_in_hun_pand(stad: Stad) -> None:
    assert len({(a.straat, a.huisnummer, a.letter) for a in stad.adressen}) == len(stad.adressen)
    for a in stad.adressen:
        assert stad.panden[a.pand].vorm.distance(shapely.Point(a.x, a.y)) < 0.5
        assert a.postcode[4:] in LETTERPAREN  # never issued: no letter can reach a real address


def test_even_nummers_aan_een_kant(stad: Stad) -> None:
    straat = next(i for i, s in enumerate(stad.straten) if s.naam == "Kastanjelaan")
    noord = [a for a in stad.adressen if a.straat == straat and a.y > OORSPRONG[1] + 700]
    assert noord
    assert all(a.huisnummer % 2 == 0 for a in noord)


def test_panden_staan_niet_op_weg_of_in_water(stad: Stad) -> None:
    hard = [w.vorm for w in stad.wegen if w.soort in ("rijbaan", "woonerf", "spoor")] + [w.vorm for w in stad.water]
    boom = STRtree(hard)
    for pand in stad.panden:
        raakt = [hard[i].intersection(pand.vorm).area for i in boom.query(pand.vorm, predicate="intersects")]
        assert sum(raakt) < 1.0, (pand.soort, pand.naam, pand.vorm.centroid)


def test_panden_en_percelen_overlappen_niet(stad: Stad) -> None:
    for vormen in ([p.vorm for p in stad.panden], [p.vorm for p in stad.percelen]):
        links, rechts = STRtree(vormen).query(vormen, predicate="overlaps")
        voor = links < rechts
        a, b = shapely.get_parts(vormen)[links[voor]], shapely.get_parts(vormen)[rechts[voor]]
        assert shapely.area(shapely.intersection(a, b)).max(initial=0) < 1.5


def test_wegdelen_overlappen_niet(stad: Stad) -> None:
    wegen = [w.vorm for w in stad.wegen if w.soort != "spoor"]
    samen = shapely.union_all(wegen).area
    assert sum(w.area for w in wegen) == pytest.approx(samen, rel=0.002)


def test_alle_vormen_zijn_geldig(stad: Stad) -> None:
    for lijst in (stad.panden, stad.percelen, stad.water, stad.wegen, stad.groen, stad.wijken):
        vormen = [d.vorm for d in lijst]
        assert shapely.is_valid(vormen).all()
        assert not shapely.is_empty(vormen).any()


def test_water_loopt_door(stad: Stad) -> None:
    nat = shapely.union_all([w.vorm for w in stad.water])
    for water in (w for w in stad.water if w.hartlijn is not None):
        assert water.hartlijn.difference(nat).length < 1.0, water.naam


def test_vloeiende_lijn_gaat_door_de_punten() -> None:
    punten = [(0.0, 0.0), (50.0, 20.0), (100.0, 0.0)]
    lijn = Lijn(vloeiend(punten))
    vorm = lijn.vorm()
    assert all(vorm.distance(shapely.Point(p)) < 0.2 for p in punten)
    assert lijn.normaal(0)[1] > 0  # left of a line to the east is north
