"""The resident hears of every real step, once, in the language of the link, with the line in the data-use log."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.audit.models import Dataverwerking
from loket.foundation.events.dispatcher import drain, enrol
from loket.foundation.mail.models import Bericht
from loket.foundation.time.clock import frozen
from loket.services.reacties import jobs, mails
from loket.services.reacties.commands import behandeling, keten, vervolg
from loket.services.reacties.commands.bericht import voeg_bericht_toe
from loket.services.reacties.concepten import begin_concept
from loket.services.reacties.models import Volglink
from loket.services.reacties.queries.bewoner import volger_van_link
from tests.services.reacties.wereld import VRIJDAG, Wereld, inzending


@pytest.fixture(autouse=True)
def luisteraars(db: None) -> None:
    """Listeners begin with what comes."""
    enrol()


@pytest.fixture
def uitgevoerd(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Events of this very transaction can be read: a test never commits."""
    from loket.foundation.events import dispatcher

    monkeypatch.setattr(
        dispatcher, "_UNREAD", dispatcher._UNREAD.replace("xid < pg_snapshot_xmin(pg_current_snapshot()) and", "")
    )
    yield


pytestmark = pytest.mark.usefixtures("uitgevoerd")


def onderwerpen(aan: str = "t.hazelhoff@voorbeeld.nl") -> list[str]:
    drain()
    return [b.subject.partition(" – ")[0] for b in Bericht.objects.filter(to_address=aan).order_by("created_at", "id")]


def test_received_with_the_number_the_day_and_the_link(lw: Wereld) -> None:
    ontvangst = lw.ontvang()
    assert onderwerpen() == ["Uw melding is binnen"]
    bericht = Bericht.objects.get()
    assert ontvangst.identificatie in bericht.subject and "vrijdag 27 november 2026" in bericht.text
    link = re.search(r"/volg/(\S+)", bericht.text)
    assert link and link[1] == ontvangst.sleutel and ontvangst.sleutel in bericht.html
    assert "Gemeente Lindewaard" in bericht.text
    assert Dataverwerking.objects.filter(zaak=ontvangst.zaak, verwerkingsactiviteit__contains="berichten").count() == 1
    assert onderwerpen() == ["Uw melding is binnen"], "not twice"


def test_nobody_is_mailed_who_left_no_address(lw: Wereld) -> None:
    lw.ontvang(naam="", email="")
    drain()
    assert not Bericht.objects.exists()


def test_every_real_step(lw: Wereld) -> None:
    ontvangst = lw.ontvang()
    drain()
    fenna = lw.actor("Fenna Wierda")
    behandeling.neem_in_behandeling(fenna, ontvangst.zaak)
    assert onderwerpen()[-1] == "Fenna Wierda is bezig met uw melding"
    behandeling.stel_uit(fenna, ontvangst.zaak, date(2026, 12, 4), "De tegels zijn op.")
    assert onderwerpen()[-1] == "Het duurt langer dan wij zeiden"
    behandeling.vraag_bewoner(fenna, ontvangst.zaak, "Welke boom?", idempotency_key="v")
    assert onderwerpen()[-1] == "Wij hebben een vraag over uw melding"
    voeg_bericht_toe(Actor.link(ontvangst.zaak), volger_van_link(ontvangst.sleutel), "De linde", idempotency_key="b")
    behandeling.beantwoord(fenna, ontvangst.zaak, "Wij komen morgen.", idempotency_key="a")
    assert onderwerpen()[-1] == "Antwoord op uw melding"
    laatste = Bericht.objects.latest("created_at", "id")
    assert "Wij komen morgen." in laatste.text and "Fenna Wierda" in laatste.text
    behandeling.sluit_af(fenna, ontvangst.zaak, "Opgelost", "De tegel ligt weer vast.")
    assert onderwerpen()[-1] == "Uw melding is afgerond"
    assert "De tegel ligt weer vast." in Bericht.objects.latest("created_at", "id").text
    vervolg.heropen(
        Actor.link(ontvangst.zaak), volger_van_link(ontvangst.sleutel), "Toch weer los", idempotency_key="h"
    )
    assert onderwerpen()[-1] == "Wij gaan weer aan de slag met uw melding"
    assert len(onderwerpen()) == 7


def test_answer_and_closing_at_one_moment_are_one_mail(lw: Wereld) -> None:
    ontvangst = lw.ontvang(soort="vraag", categorie="burgerzaken")
    drain()
    behandeling.beantwoord(
        lw.actor("Fenna Wierda"),
        ontvangst.zaak,
        "Kom langs met een pasfoto.",
        resultaat="Beantwoord",
        waarom="Het antwoord is gegeven.",
        idempotency_key="a",
    )
    assert onderwerpen() == ["Uw vraag is binnen", "Antwoord op uw vraag"]
    assert "cijfer" in Bericht.objects.latest("created_at", "id").text


def test_the_words_of_a_complaint_stay_on_the_page(lw: Wereld) -> None:
    ontvangst = lw.ontvang(soort="klacht", categorie="omgang")
    drain()
    behandeling.beantwoord(lw.actor("Fenna Wierda"), ontvangst.zaak, "Heel vertrouwelijk.", idempotency_key="a")
    assert onderwerpen()[-1] == "Antwoord op uw klacht"
    assert not Bericht.objects.filter(text__contains="vertrouwelijk").exists()


def test_passed_on_to_the_water_board_under_the_same_number(lw: Wereld, gt: Wereld) -> None:
    ontvangst = lw.ontvang(tekst="De duiker is verstopt", categorie="water")
    drain()
    keten.zend_door(
        lw.actor("Fenna Wierda"),
        ontvangst.zaak,
        gt.organisatie,
        waarom="De duiker is van het waterschap.",
        idempotency_key="d",
    )
    assert onderwerpen() == ["Uw melding is binnen", "Uw melding is nu bij Waterschap Het Groene Tij"]
    assert "De duiker is van het waterschap." in Bericht.objects.latest("created_at", "id").text
    from loket.registers.zaken.models import Zaak

    daar = Zaak.objects.get(organisatie=gt.organisatie)
    behandeling.neem_in_behandeling(gt.actor("Wim Dijkgraaf"), daar)
    assert onderwerpen()[-1] == "Wim Dijkgraaf is bezig met uw melding"


def test_who_joined_hears_the_end_and_not_the_answer_to_another(lw: Wereld) -> None:
    eerste = lw.ontvang()
    concept, _ = begin_concept("melding")
    vervolg.sluit_aan(ANONYMOUS, eerste.zaak, inzending(naam="Joop", email="joop@voorbeeld.nl"), concept=concept)
    assert onderwerpen("joop@voorbeeld.nl") == ["U meldt mee"]
    fenna = lw.actor("Fenna Wierda")
    behandeling.beantwoord(
        fenna, eerste.zaak, "Beste Tineke, klaar.", resultaat="Opgelost", waarom="Het is gemaakt.", idempotency_key="a"
    )
    assert onderwerpen("joop@voorbeeld.nl") == ["U meldt mee", "Uw melding is afgerond"]
    assert not Bericht.objects.filter(to_address="joop@voorbeeld.nl", text__contains="Tineke").exists()


def test_no_mail_for_who_wants_none_but_the_number_comes(lw: Wereld) -> None:
    ontvangst = lw.ontvang()
    drain()
    Volglink.objects.update(berichten=False)
    behandeling.neem_in_behandeling(lw.actor("Fenna Wierda"), ontvangst.zaak)
    assert onderwerpen() == ["Uw melding is binnen"]


def test_in_the_language_of_the_link(lw: Wereld) -> None:
    lw.ontvang(taal="en")
    drain()
    bericht = Bericht.objects.get()
    assert "Friday 27 November 2026" in bericht.text or "vrijdag" not in bericht.text


def test_an_address_that_is_none_holds_up_nobody(lw: Wereld) -> None:
    lw.ontvang()
    Volglink.objects.update(email="geen adres")
    lw.ontvang(email="joop@voorbeeld.nl")
    drain()
    assert [b.to_address for b in Bericht.objects.all()] == ["joop@voorbeeld.nl"]


def test_a_reminder_once_before_the_promised_day(lw: Wereld) -> None:
    lw.ontvang()
    drain()
    with frozen(VRIJDAG + timedelta(days=5)):  # wednesday
        jobs.zeg_dat_het_bijna_zover_is()
        assert len(onderwerpen()) == 1
    with frozen(VRIJDAG + timedelta(days=6)):
        jobs.zeg_dat_het_bijna_zover_is()
        jobs.zeg_dat_het_bijna_zover_is()
    assert onderwerpen() == ["Uw melding is binnen", "Wij zijn nog bezig met uw melding"]


def test_the_link_goes_only_to_the_address_that_belongs_to_the_number(lw: Wereld) -> None:
    ontvangst = lw.ontvang()
    drain()
    assert mails.stuur_link(ontvangst.identificatie, "iemand@voorbeeld.nl", "a") == 0
    assert mails.stuur_link("LW-2026-99999", "t.hazelhoff@voorbeeld.nl", "b") == 0
    assert mails.stuur_link(f" {ontvangst.identificatie.lower()} ", "T.Hazelhoff@voorbeeld.nl", "c") == 1
    assert onderwerpen()[-1] == "De link naar uw melding"
    assert ontvangst.sleutel in Bericht.objects.latest("created_at", "id").text
