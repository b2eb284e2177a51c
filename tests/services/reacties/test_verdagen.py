"""Adjourning a formal complaint (Awb 9:11): how long, when, with which consent, and who is told in writing."""

from datetime import date, timedelta

import pytest

from loket.engines.termijnen import klachten
from loket.foundation.access.actor import Actor
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Gebruiker
from loket.foundation.mail.models import Bericht
from loket.foundation.time.clock import frozen
from loket.registers.klanten.models import Klantcontact
from loket.registers.zaken.models import Zaaknotitie
from loket.services.reacties import rules_klacht
from loket.services.reacties.commands import behandeling
from loket.services.reacties.commands.klacht import meld_commissie as met_commissie
from loket.services.reacties.commands.klachtregeling import regel_klachten
from loket.services.reacties.queries.klacht import procedure
from loket.services.reacties.queries.ontvangst import Ontvangst
from tests.services.reacties.mensen import Post, beheerder, coordinator, zaak_van
from tests.services.reacties.test_handelen import als
from tests.services.reacties.wereld import VRIJDAG, Wereld

BINNEN = date(2026, 11, 20)
EERST = klachten.klacht(BINNEN).laatste_dag
UITERLIJK = klachten.klacht(BINNEN, verdaagd=True).laatste_dag
WAAROM = "Wij willen nog iemand spreken."


def mag(dag: date, *, commissie: bool = False, **anders: object) -> date:
    gegeven = {"vandaag": BINNEN, "instemming": ""}
    loopt = klachten.klacht(BINNEN, commissie=commissie)
    return rules_klacht.awb_9_11(loopt, dag, **(gegeven | anders)).laatste_dag  # type: ignore[arg-type]


def test_at_most_four_weeks_after_six_or_ten() -> None:
    mag(UITERLIJK)
    with pytest.raises(Refused, match="tot en met"):
        mag(UITERLIJK + timedelta(days=1))
    mag(UITERLIJK + timedelta(days=1), commissie=True)
    mag(BINNEN + timedelta(weeks=14), commissie=True)
    with pytest.raises(Refused):
        mag(BINNEN + timedelta(weeks=14, days=1), commissie=True)
    later = BINNEN + timedelta(weeks=30)
    assert mag(later, instemming="Per brief van 3 december.") == later


def test_with_a_committee_one_can_adjourn_until_the_tenth_week(lw: Wereld, winston: Actor, klacht: Ontvangst) -> None:
    week_8 = BINNEN + timedelta(weeks=8)
    assert mag(BINNEN + timedelta(weeks=14), commissie=True, vandaag=week_8) == BINNEN + timedelta(weeks=14)
    regel_klachten(beheerder(lw), ombudsman="Nationale ombudsman", commissie="Klachtencommissie")
    met_commissie(winston, klacht.zaak, idempotency_key="c")
    tien = klachten.klacht(BINNEN, commissie=True).laatste_dag
    assert zaak_van(klacht.zaak).werk.antwoord_voor == tien
    with frozen(VRIJDAG + timedelta(weeks=8)):
        behandeling.verdaag(winston, klacht.zaak, tien + timedelta(weeks=4), WAAROM, idempotency_key="v")
    assert zaak_van(klacht.zaak).werk.antwoord_voor == tien + timedelta(weeks=4)


def test_adjourned_once_and_then_with_consent(winston: Actor, klacht: Ontvangst) -> None:
    half = EERST + timedelta(weeks=2)
    behandeling.verdaag(winston, klacht.zaak, half, WAAROM, idempotency_key="v")
    with pytest.raises(Refused) as refused:
        behandeling.verdaag(winston, klacht.zaak, UITERLIJK, WAAROM, idempotency_key="w")
    assert (refused.value.code, refused.value.field) == ("al-verdaagd", "instemming")
    behandeling.verdaag(winston, klacht.zaak, UITERLIJK, WAAROM, instemming="Per mail.", idempotency_key="x")
    laatste = procedure(klacht.zaak).stappen[-1]
    assert laatste.uiterlijk == UITERLIJK and "tweede lid" in laatste.waarom and "derde lid" in laatste.waarom


def test_only_later_and_only_while_the_term_runs() -> None:
    with pytest.raises(Refused) as refused:
        mag(EERST, instemming="Ja, per telefoon.")
    assert (refused.value.code, refused.value.field) == ("invalid", "nieuwe_dag")
    with pytest.raises(Refused) as refused:
        mag(UITERLIJK, vandaag=EERST + timedelta(days=1))
    assert refused.value.code == "termijn-voorbij"
    mag(UITERLIJK, vandaag=EERST)


@pytest.fixture
def winston(lw: Wereld) -> Actor:
    return coordinator(lw.klachten, "klachtbehandelaar", "coordinator")


@pytest.fixture
def klacht(lw: Wereld) -> Ontvangst:
    return lw.ontvang(soort="klacht", categorie="", tekst="Hij was onbeleefd.", over="de balie")


def test_the_complainant_and_whom_it_is_about_are_told_in_the_same_act(
    lw: Wereld, winston: Actor, klacht: Ontvangst
) -> None:
    hij = lw.mens("Bram Oude Voshaar")
    Gebruiker.objects.filter(id=hij.id).update(email="bram@lindewaard.voorbeeld.nl")
    behandeling.noem_betrokken_medewerker(winston, klacht.zaak, hij.id)
    post = Post()
    post.bezorg()
    for _keer in range(2):
        bericht = behandeling.verdaag(winston, klacht.zaak, UITERLIJK, WAAROM, idempotency_key="v")
    assert WAAROM in bericht.inhoud and "artikel 9:11, tweede lid" in bericht.inhoud
    zaak = zaak_van(klacht.zaak)
    assert zaak.werk.antwoord_voor == zaak.einddatum_gepland == zaak.uiterlijke_einddatum_afdoening == UITERLIJK
    assert zaak.verlenging_reden == WAAROM and zaak.verlenging_duur == f"P{(UITERLIJK - EERST).days}D"
    collega = Bericht.objects.get(to_address="bram@lindewaard.voorbeeld.nl")
    assert WAAROM not in collega.text and "onbeleefd" not in collega.text and zaak.identificatie in collega.subject
    [mail] = [m for m in post.bezorg() if m.to_address == "t.hazelhoff@voorbeeld.nl"]
    assert "langer" in mail.subject and "9:11" in mail.text and WAAROM not in mail.text
    assert Klantcontact.objects.filter(richting="uit").count() == 1


def test_further_delay_only_with_consent_which_stays_inside(lw: Wereld, winston: Actor, klacht: Ontvangst) -> None:
    later = UITERLIJK + timedelta(weeks=2)
    with pytest.raises(Refused, match="instemt"):
        behandeling.verdaag(winston, klacht.zaak, later, WAAROM, idempotency_key="a")
    assert (
        zaak_van(klacht.zaak).werk.antwoord_voor == EERST and not Klantcontact.objects.filter(richting="uit").exists()
    )
    bericht = behandeling.verdaag(
        winston, klacht.zaak, later, WAAROM, instemming="Per telefoon op 20 november.", idempotency_key="b"
    )
    assert "derde lid" in bericht.inhoud and "Per telefoon" not in bericht.inhoud
    assert "Per telefoon op 20 november." in Zaaknotitie.objects.get().tekst


def test_without_an_address_the_notice_is_a_letter(lw: Wereld, winston: Actor) -> None:
    klacht = lw.ontvang(
        soort="klacht", categorie="", tekst="Hij was onbeleefd.", over="balie", email="", telefoon="0199123456"
    )
    bericht = behandeling.verdaag(winston, klacht.zaak, UITERLIJK, WAAROM, idempotency_key="v")
    assert bericht.kanaal == "brief" and bericht.bijlagen.count() == 1


def test_the_form_and_what_is_no_complaint(lw: Wereld, winston: Actor, klacht: Ontvangst) -> None:
    adres = f"/werk/zaak/{klacht.identificatie}/verdagen/doen/"
    client = als(winston)
    assert UITERLIJK.isoformat() in client.get(adres).text
    assert "verdagen/doen/" in client.get(f"/werk/zaak/{klacht.identificatie}/").text
    velden = {"sleutel": "s", "nieuwe_dag": (UITERLIJK + timedelta(days=3)).isoformat(), "waarom": WAAROM}
    geweigerd = client.post(adres, velden)
    assert geweigerd.status_code == 422 and "U mag verdagen tot en met" in geweigerd.text
    assert client.post(adres, velden | {"nieuwe_dag": UITERLIJK.isoformat()}).status_code == 302
    with pytest.raises(Refused):
        behandeling.verdaag(lw.actor("Baas"), lw.ontvang().zaak, UITERLIJK, WAAROM, idempotency_key="x")
    # the four weeks are used: now the complainant must agree
    daarna = client.get(adres).text
    assert "De klager moet nu instemmen" in daarna and 'name="commissie"' not in daarna


def test_after_the_term_it_takes_consent(lw: Wereld, winston: Actor, klacht: Ontvangst) -> None:
    with frozen(VRIJDAG + timedelta(weeks=7)), pytest.raises(Refused, match="De termijn is voorbij"):
        behandeling.verdaag(winston, klacht.zaak, UITERLIJK, WAAROM, idempotency_key="v")
