"""The demo's texts: the same seed gives the same text, texts differ, fit the season, and never name a real address."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loket.assembly.demo.teksten as teksten
from loket.assembly.demo.teksten.antwoorden import (
    antwoord_specialist,
    maak_antwoord,
    maak_doorzending,
    maak_notitie,
    maak_vraag_aan_specialist,
    reden_afsluiting,
)
from loket.assembly.demo.teksten.categorieen import DELEN, SOORTEN, VERPLICHT, WOLKBREUK, categorieen, domeinen
from loket.assembly.demo.teksten.consulten import CONSULTEN, SPECIALISME_VAN_DOMEIN
from loket.assembly.demo.teksten.grammatica import lees
from loket.assembly.demo.teksten.reacties import Reactietekst, maak_reactie, maak_wolkbreukreactie
from loket.assembly.demo.teksten.standaardteksten import PLAATSHOUDERS, standaardteksten

STRATEN = ("Kastanjelaan", "Wilgenkade", "Dijkweg", "Essenhof", "Sluisweg", "Molenweg", "Veerpad", "Haven", None)
KANALEN = ("website", "website", "e-mail", "telefoon", "balie", "post")
DAG = date(2026, 11, 20)


def maak(aantal: int, zaad: int) -> list[Reactietekst]:
    rng = Random(zaad)
    return [
        maak_reactie(
            rng,
            date(2025, 5, 23) + timedelta(days=i % 548),
            STRATEN[i % len(STRATEN)],
            huisnummer=i % 90 + 1 if i % 3 else None,
            kanaal=KANALEN[i % len(KANALEN)],
        )
        for i in range(aantal)
    ]


@pytest.fixture(scope="module")
def reacties() -> list[Reactietekst]:
    return maak(3000, 20261123)


def test_same_seed_same_texts(reacties: list[Reactietekst]) -> None:
    assert maak(300, 20261123) == reacties[:300]
    assert maak(300, 1) != reacties[:300]
    r = reacties[0]
    assert maak_antwoord(Random(5), r) == maak_antwoord(Random(5), r)


def test_duplicates_are_rare(reacties: list[Reactietekst]) -> None:
    assert len({r.tekst for r in reacties}) >= 2900
    assert len({r.onderwerp for r in reacties}) >= 400


def test_all_kinds_both_bodies_all_voices(reacties: list[Reactietekst]) -> None:
    soorten = Counter(r.soort for r in reacties)
    assert set(soorten) == set(SOORTEN) and min(soorten.values()) > 100
    assert 0.05 < sum(r.bij_waterschap for r in reacties) / 3000 < 0.25
    stemmen = Counter(r.stem for r in reacties)
    assert set(stemmen) == {"gewoon", "kort", "boos", "beleefd", "deftig", "slordig", "vlot", "engels", "gesprek"}
    assert 0.01 < stemmen["engels"] / 3000 < 0.06
    assert len({r.categorie for r in reacties}) >= 60


def test_length_and_cleanliness(reacties: list[Reactietekst]) -> None:
    for r in reacties:
        assert 2 <= len(r.onderwerp) <= 80 and 8 <= len(r.tekst) <= 1200
        assert not re.search(r"[{}\[\]|]|  | [.,]", r.onderwerp + r.tekst), r.tekst
        zinnen = re.split(r"(?<=[.?!”])\s+", r.tekst)
        assert len(zinnen) <= 12, r.tekst  # eight sentences of its own, with salutation, opening and greeting


def test_no_addresses_that_could_exist(reacties: list[Reactietekst]) -> None:
    alles = "\n".join(r.tekst for r in reacties) + "\n".join(s.tekst for s in standaardteksten())
    assert not re.search(r"https?:|www\.|@|\b06[ -]?\d|\.(?:nl|com|org)\b", alles)


def test_seasons() -> None:
    rng = Random(3)
    per_maand = {m: Counter(maak_reactie(rng, date(2026, m, 10)).categorie for _ in range(2000)) for m in (1, 4, 7, 11)}
    assert per_maand[11]["bladeren"] > 40 and per_maand[7]["bladeren"] == per_maand[4]["bladeren"] == 0
    assert per_maand[1]["gladheid"] > 40 and per_maand[7]["gladheid"] == 0
    assert per_maand[7]["terras-geluid"] > 5 * max(1, per_maand[1]["terras-geluid"])
    assert per_maand[7]["processierups"] > 0 and per_maand[11]["processierups"] == 0


def test_choice_can_be_narrowed() -> None:
    rng = Random(4)
    for soort in SOORTEN:
        assert maak_reactie(rng, DAG, soort=soort).soort == soort
        assert maak_reactie(rng, DAG, soort=soort, waterschap=True).bij_waterschap
        assert not maak_reactie(rng, DAG, soort=soort, waterschap=False).bij_waterschap
    assert maak_reactie(rng, DAG, categorie="duiker-verstopt").categorie == "duiker-verstopt"
    with pytest.raises(KeyError):
        maak_reactie(rng, DAG, categorie="bestaat-niet")


def test_forty_neighbours_in_their_own_words() -> None:
    rng = Random(20261123)
    buren = [
        maak_wolkbreukreactie(rng, date(2026, 8, 14), "Wilgenkade", huisnummer=n, kanaal=KANALEN[n % 6])
        for n in range(1, 41)
    ]
    assert len({b.tekst for b in buren}) == 40
    assert all(b.categorie == WOLKBREUK and b.heeft_plek for b in buren)
    assert sum("wilgenkade" in (b.onderwerp + b.tekst).lower() for b in buren) >= 20


def test_name_signs_only_what_people_sign() -> None:
    rng = Random(6)
    brieven = [maak_reactie(rng, DAG, naam="Ottilie Brandsteder", kanaal="post").tekst for _ in range(60)]
    assert sum("Brandsteder" in b for b in brieven) > 20
    assert not any(
        "Brandsteder" in maak_reactie(rng, DAG, naam="O. Brandsteder", kanaal="balie").tekst for _ in range(60)
    )


@pytest.mark.parametrize("code", sorted(categorieen()))
def test_every_thread_of_a_subject_is_complete(code: str) -> None:
    c = categorieen()[code]
    for draad in c.draden:
        for deel in VERPLICHT:
            assert c.passend(deel, draad), (code, draad, deel)
    for deel in DELEN:
        for zin in c.zinnen[deel]:
            assert set(zin.draden) <= c.draden, (code, deel, zin)
    assert c.domein and c.gewicht > 0 and len(c.seizoen) == 12


def test_enough_subjects() -> None:
    assert len(categorieen()) >= 60
    assert {"Wegen", "Groen", "Afval", "Openbare verlichting", "Water", "Riolering", "Parkeren"} <= set(domeinen())


@pytest.mark.parametrize("code", sorted(categorieen()))
@pytest.mark.parametrize("uitkomst", ["gedaan", "niet"])
def test_staff_texts(code: str, uitkomst: str) -> None:
    rng = Random(hash_van(code))
    for _ in range(4):
        r = maak_reactie(rng, DAG, "Wilgenkade", huisnummer=31, categorie=code)
        a = maak_antwoord(rng, r, naam="mevrouw Brandsteder", medewerker="Ruud Kleibergen", uitkomst=uitkomst)  # type: ignore[arg-type]
        assert a.tekst.startswith("Beste mevrouw Brandsteder,\n\n") and "Ruud Kleibergen" in a.tekst
        assert a.uitkomst == uitkomst and a.reden.endswith(".")
        assert ("Het Groene Tij" in a.tekst) == r.bij_waterschap
        assert ("ombudsman" in a.tekst) >= (r.soort == "klacht")
        stukken = (a.tekst, maak_notitie(rng, r), maak_doorzending(rng, r), reden_afsluiting(rng, r, a.uitkomst))
        for tekst in stukken:
            assert not re.search(r"[{}\[\]|]|  |[a-z]{3}[.?!] [a-z]{3}", tekst), tekst
        for zin in re.split(r"(?<=[.?!])\s+", a.tekst):
            assert len(zin.split()) <= 32, zin  # B1: short sentences


def hash_van(tekst: str) -> int:
    return sum(ord(c) * i for i, c in enumerate(tekst, 1))


def test_specialists_answer_the_question(reacties: list[Reactietekst]) -> None:
    rng, gezien = Random(8), set()
    for r in reacties[:400]:
        vraag = maak_vraag_aan_specialist(rng, r)
        antwoord = antwoord_specialist(rng, vraag, r)
        gezien.add(vraag.specialisme)
        assert vraag.tekst.count("?") and antwoord.endswith(".") and "{" not in vraag.tekst + antwoord
        assert not r.bij_waterschap or vraag.specialisme == "waterkwaliteit"
    assert gezien == set(CONSULTEN) and set(SPECIALISME_VAN_DOMEIN) <= set(domeinen())


def test_standard_texts() -> None:
    alle = standaardteksten()
    assert len(alle) >= 25 and len({s.code for s in alle}) == len(alle)
    gebruikt = Counter(p for s in alle for p in re.findall(r"\{(\w+)\}", s.tekst + s.titel))
    assert set(gebruikt) == set(PLAATSHOUDERS)
    for s in alle:
        assert s.soort in ("", *SOORTEN) and s.organisatie in ("", "gemeente", "waterschap")
        assert s.domein == "" or s.domein in domeinen()
        s.tekst.format(**dict.fromkeys(PLAATSHOUDERS, "x"))


@given(st.integers(0, 2**32), st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(STRATEN))
def test_any_seed_day_and_street_work(zaad: int, dag: date, straat: str | None) -> None:
    rng = Random(zaad)
    r = maak_reactie(rng, dag, straat)
    assert r.tekst and r.datum == dag
    assert maak_antwoord(rng, r).tekst


@pytest.mark.parametrize("fout", ["[a|b", "a]", "a|b", "[a[b]"])
def test_unbalanced_patterns_are_refused(fout: str) -> None:
    with pytest.raises(ValueError, match=r"haa?k|buiten"):
        lees(fout)


def test_grammar() -> None:
    zin = lees("ab> [een|een] {ding}[ erbij|].")
    assert zin.draden == "ab" and zin.past("a") and not zin.past("c") and not zin.past("")
    assert zin.maak(Random(1), {"ding": lambda: "boom"}) in ("Een boom.", "Een boom erbij.")
    with pytest.raises(KeyError):
        lees("{onbekend}").maak(Random(1), {})


def test_the_readme_runs() -> None:
    tekst = (Path(teksten.__file__).parent / "README.md").read_text(encoding="utf-8")
    for blok in tekst.split("```python\n")[1:]:
        exec(blok.split("```")[0], {})
