"""The measurements run, small: what they claim is measured by running them (`bench/`), alone on a machine."""

from collections.abc import Iterator

import pytest
from bench import bewoner, gesprek, post_plaatsen, werklijst
from bench.opstelling import p95

from loket.assembly.functies import zorg_voor_functies
from loket.foundation.identity.models import Gebruiker, Lidmaatschap
from loket.foundation.inbox.models import Postvak
from tests.connection import one_connection
from tests.services.reacties.wereld import Wereld


@pytest.fixture(autouse=True)
def een_transactie() -> Iterator[None]:
    with one_connection():
        yield


@pytest.fixture
def lw(db: None) -> Wereld:
    """A municipality with two reactions, and the employee by whom the work list is measured."""
    wereld = Wereld("LW", "Gemeente Lindewaard")
    for n in range(2):
        wereld.ontvang(email=f"bewoner-{n}@voorbeeld.nl")
    wie = wereld.mens("Fenna Wierda")
    Gebruiker.objects.filter(id=wie.id).update(gebruikersnaam=werklijst.WIE)
    Lidmaatschap.objects.create(gebruiker=wie, team=wereld.een, functie=zorg_voor_functies()["eerste_lijn"])
    return wereld


def test_the_work_list_is_measured(lw: Wereld) -> None:
    seconden, regels = werklijst.meet(2, opwarmen=1)
    assert len(seconden) == 2
    assert all(0 < each < 30 for each in seconden)
    assert regels == 2
    assert werklijst.omvang() == {"zaken": 2, "open": 2}


def test_every_page_of_the_resident_is_measured(lw: Wereld) -> None:
    tijden = bewoner.meet(1, opwarmen=0)
    assert len(tijden) == 15
    assert all(len(antwoorden) == 1 for antwoorden in tijden.values())
    assert werklijst.omvang()["zaken"] == 3, "the form was sent"


def test_finding_the_place_of_a_mail_is_measured(lw: Wereld) -> None:
    Postvak.objects.create(organisatie=lw.organisatie, adres="post@lindewaard.voorbeeld.nl", naam="Post", team=lw.een)
    for n in range(2, 6):
        lw.ontvang(email=f"bewoner-{n}@voorbeeld.nl")
    seconden = post_plaatsen.meet(6, opwarmen=0)
    assert len(seconden) == len(post_plaatsen.SOORTEN)
    assert all(0 < each < 30 for each in seconden)


def test_finding_who_calls_is_measured(lw: Wereld) -> None:
    tijden, niets = gesprek.meet(1, opwarmen=0)
    assert {"voornaam", "e-mail", "nummer", "eerder en elders"} <= tijden.keys()
    assert not any(niets[soort] for soort in tijden if soort != "eerder en elders")


def test_p95_is_the_value_that_95_of_100_do_not_exceed() -> None:
    assert p95([float(n) for n in range(1, 101)]) == 95
    assert p95([7.0]) == 7
