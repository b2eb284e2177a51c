"""Invented people: valid test numbers, sixty employees in twelve teams, nobody with a real address."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn as stdnum_bsn

from loket.assembly.demo.teksten.categorieen import domeinen
from loket.assembly.demo.teksten.personen import (
    TEAMS,
    VASTE_BEWONERS,
    elfproef,
    maak_bewoner,
    medewerkers,
    proef_bsns,
    team_voor,
)


def test_test_range_passes_the_official_check() -> None:
    alle = proef_bsns()
    assert len(alle) == 9091 and all(b.startswith("9999") for b in alle)
    assert all(stdnum_bsn.is_valid(b) for b in alle[::97])


@given(st.integers(0, 999_999_999))
def test_elfproef_against_a_library(n: int) -> None:
    nummer = f"{n:09d}"
    assert elfproef(nummer) == (stdnum_bsn.checksum(nummer) == 0)
    assert not elfproef(nummer[:-1]) and not elfproef("12345678x")


def test_residents() -> None:
    rng = Random(20261123)
    mensen = [maak_bewoner(rng, i) for i in range(3000)]
    assert tuple(mensen[:3]) == VASTE_BEWONERS
    assert len({m.email for m in mensen}) == 3000 and len({m.bsn for m in mensen}) == 3000
    for m in mensen:
        assert elfproef(m.bsn) and m.bsn.startswith("9999")
        assert m.email.endswith("@voorbeeld.nl") and m.email.isascii() and " " not in m.email
        assert m.telefoon.startswith("06 5550 ") and len(m.telefoon) == 12
        assert date(1930, 1, 1) < m.geboortedatum < date(2008, 11, 23)
    assert len({m.naam for m in mensen}) > 1500
    assert 0.45 < sum(m.geslacht == "v" for m in mensen) / 3000 < 0.57
    assert mensen[:50] == [maak_bewoner(r, i) for r in [Random(20261123)] for i in range(50)]


def test_how_people_are_addressed() -> None:
    hazelhoff = VASTE_BEWONERS[0]
    assert (hazelhoff.formele_naam, hazelhoff.aanspreking) == ("T. Hazelhoff", "mevrouw Hazelhoff")
    assert hazelhoff.email == "t.hazelhoff@voorbeeld.nl"
    rng = Random(1)
    met = next(m for i in range(3, 500) if (m := maak_bewoner(rng, i)).tussenvoegsel == "van der")
    assert met.aanspreking.split(" ", 1)[1].startswith("Van der ") and " van der " in met.naam
    with pytest.raises(ValueError, match="0 of hoger"):
        maak_bewoner(rng, -1)


def test_sixty_employees_in_twelve_teams() -> None:
    alle = medewerkers()
    assert len(alle) == 60 and len(TEAMS) == 12
    assert len({m.gebruikersnaam for m in alle}) == len({m.naam for m in alle}) == 60
    assert {t.lijn for t in TEAMS} == {1, 2, 3}
    assert {t.organisatie for t in TEAMS if t.lijn == 1} == {"LW", "GT"}
    per_team = Counter(m.team for m in alle)
    for t in TEAMS:
        assert per_team[t.code] >= 3
        assert t.lijn == 3 or next(m for m in alle if m.naam == t.coordinator).rol == "coordinator"
        assert any(m.naam == t.coordinator and m.team == t.code for m in alle)
    assert all(m.email.endswith(".voorbeeld.nl") and m.email.isascii() for m in alle)


def test_the_people_of_the_pictures() -> None:
    wie = {m.naam: m for m in medewerkers()}
    assert wie["Fenna Wierda"].team == wie["Sanne Tuinhof"].team == "klantcontact"
    assert wie["Idris Boukhari"].functietitel == "Beheerder straten en pleinen"
    assert wie["Ruud Kleibergen"].team == "stadsbeheer-water"
    assert wie["Nadia Elzinga"].rol == "coordinator" and wie["Nadia Elzinga"].team == "stadsbeheer-water"
    assert [m.naam for m in medewerkers() if m.afwezig] == ["Joris Tenhave"]


def test_every_domain_has_a_team() -> None:
    for domein in domeinen():
        assert team_voor(domein).organisatie == "LW" and team_voor(domein).lijn in (1, 2)
    assert team_voor("Wegen").code == "wijkbeheer-noord" and team_voor("Wegen", noord=False).code == "wijkbeheer-zuid"
    assert team_voor("Water", waterschap=True).code == team_voor("Dijken", waterschap=True).code == "watergangen"
    assert team_voor("Belastingen", waterschap=True).code == "waterschapsloket"
    assert team_voor("Afval", waterschap=True).lijn == 1
