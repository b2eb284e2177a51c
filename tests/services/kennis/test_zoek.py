"""Every article is found by its own question, in the words of people, and with slips of the pen."""

import random
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.errors import Forbidden
from loket.foundation.time.clock import today
from loket.services.kennis.models import Artikel, Versie
from loket.services.kennis.zoek import ZOEKEND, Gevonden, zoek
from tests.services.kennis.conftest import SYSTEEM
from tests.services.reacties.wereld import Wereld

IN_EIGEN_WOORDEN = (
    ("mijn pas is verlopen ik heb een nieuwe nodig", "paspoort of identiteitskaart aan"),
    ("Beste gemeente, wij gaan volgende maand verhuizen naar de Lindelaan. Hoe regel ik dat?", "verhuizing door"),
    ("de matras moet weg, komen jullie die halen", "grofvuil"),
    ("wanneer komt de vuilniswagen in onze straat", "Mijn afval is niet opgehaald"),
    ("ik kan de rekeningen niet meer betalen en de deurwaarder belt", "schulden"),
    ("mijn moeder kan niet meer goed lopen, kan zij een scootmobiel krijgen?", "scootmobiel"),
    ("de straatlamp voor ons huis is al dagen uit", "lantaarnpaal"),
    ("mag ik een dakkapel plaatsen", "verbouwen"),
    ("boete voor parkeren gekregen maar ik had betaald", "naheffing voor parkeren"),
    ("rijbewijs verloren in de trein", "kwijt of gestolen"),
    ("gemeente heeft mijn aanvraag afgewezen en daar ben ik het niet mee eens", "bezwaar tegen een besluit"),
    ("we krijgen een baby, moeten we die aangeven", "geboorte"),
    ("de buren draaien elke nacht harde muziek", "lawaai"),
    ("I want to renew my passport", "paspoort of identiteitskaart aan"),
    ("where can I bring an old sofa", "grofvuil"),
    ("rijbewijsverlenging", "verleng ik mijn rijbewijs"),
    ("paspoortaanvraag", "paspoort"),
    ("dakapel", "verbouwen"),
    ("parkeervergunnning", "parkeervergunning"),
)


def namen(gevonden: list[Gevonden]) -> list[str]:
    return [each.vraag for each in gevonden]


def test_each_is_found_by_its_own_question_first(stad: Wereld) -> None:
    for versie in Versie.objects.filter(artikel__voor_bewoners=True):
        gevonden = zoek(ANONYMOUS, stad.organisatie.id, versie.vraag)
        assert gevonden and gevonden[0].id == versie.artikel_id, f"{versie.vraag}: {namen(gevonden)}"


@pytest.mark.parametrize(("tekst", "hoort"), IN_EIGEN_WOORDEN)
def test_it_is_among_the_first_three_in_the_words_of_people(stad: Wereld, tekst: str, hoort: str) -> None:
    gevonden = namen(zoek(ANONYMOUS, stad.organisatie.id, tekst, maximum=3, grens=ZOEKEND))
    assert any(hoort in vraag for vraag in gevonden), gevonden


def met_tikfouten(vraag: str, kans: random.Random) -> str:
    """A slip in each word of six letters or more: a letter twice, missing, wrong, or two in the wrong order."""
    uit = []
    for woord in vraag.split():
        n = kans.randrange(1, max(2, len(woord) - 2))
        if len(woord) >= 6:
            woord = kans.choice(
                (
                    woord[:n] + woord[n] + woord[n:],
                    woord[:n] + woord[n + 1 :],
                    woord[:n] + "x" + woord[n + 1 :],
                    woord[:n] + woord[n + 1] + woord[n] + woord[n + 2 :],
                )
            )
        uit.append(woord)
    return " ".join(uit)


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6))
def test_each_is_found_with_slips_of_the_pen(stad: Wereld, seed: int) -> None:
    kans = random.Random(seed)
    versies = kans.sample(list(Versie.objects.filter(artikel__voor_bewoners=True)), 12)
    mis = []
    for versie in versies:
        tekst = met_tikfouten(versie.vraag, kans)
        if versie.artikel_id not in [g.id for g in zoek(ANONYMOUS, stad.organisatie.id, tekst, grens=ZOEKEND)]:
            mis.append(tekst)
    assert len(mis) <= 1, mis


def test_what_fits_nothing_finds_nothing(stad: Wereld) -> None:
    for tekst in ("", "   ", "?!", "de het een", "xqzv wprt", "Hallo, ik wil graag iets vragen.", "\0 ; drop table"):
        assert zoek(ANONYMOUS, stad.organisatie.id, tekst.replace("\0", "")) == [], tekst


@settings(max_examples=25)
@given(tekst=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300))
def test_no_text_breaks_it(stad: Wereld, tekst: str) -> None:
    zoek(ANONYMOUS, stad.organisatie.id, tekst)


def test_without_trigrams_it_still_finds(stad: Wereld) -> None:
    for versie in Versie.objects.filter(artikel__voor_bewoners=True):
        gevonden = zoek(ANONYMOUS, stad.organisatie.id, versie.vraag, trigram=False)
        assert gevonden[0].id == versie.artikel_id
    gevonden = zoek(ANONYMOUS, stad.organisatie.id, "grofvuilafspraak", grens=ZOEKEND, trigram=False)
    assert any("grofvuil" in vraag for vraag in namen(gevonden))


def test_a_resident_never_finds_what_is_not_for_residents(stad: Wereld) -> None:
    with transaction.atomic():
        for waar in ({"geldig_tot": today() - timedelta(days=1)}, {"voor_bewoners": False}, {"status": "ingetrokken"}):
            versie = Versie.objects.filter(artikel__voor_bewoners=True, artikel__status="gepubliceerd").first()
            assert versie is not None
            Artikel.objects.filter(id=versie.artikel_id).update(**waar)
            gevonden = zoek(ANONYMOUS, stad.organisatie.id, versie.vraag, maximum=50, grens=0)
            assert versie.artikel_id not in [g.id for g in gevonden]
        transaction.set_rollback(True)


def test_the_note_for_colleagues_stays_with_them(stad: Wereld) -> None:
    versie = Versie.objects.exclude(interne_notitie="").first()
    assert versie is not None
    assert zoek(ANONYMOUS, stad.organisatie.id, versie.vraag)[0].interne_notitie == ""
    assert zoek(SYSTEEM, stad.organisatie.id, versie.vraag, intern=True)[0].interne_notitie == versie.interne_notitie
    with pytest.raises(Forbidden):
        zoek(ANONYMOUS, stad.organisatie.id, versie.vraag, intern=True)


def test_an_employee_finds_only_what_is_of_the_own_organisation(stad: Wereld, gt: Wereld) -> None:
    vreemd = Actor("medewerker", organisatie=gt.organisatie.id)
    with pytest.raises(Forbidden):
        zoek(vreemd, stad.organisatie.id, "paspoort", intern=True)
    assert zoek(ANONYMOUS, gt.organisatie.id, "paspoort", grens=0) == []


@pytest.fixture
def gt(stad: Wereld) -> Wereld:
    with transaction.atomic():
        return Wereld("GT", "Waterschap Het Groene Tij", "waterschap")
