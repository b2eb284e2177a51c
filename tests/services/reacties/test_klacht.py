"""A formal complaint from receipt to ending (Awb title 9.1): on time, in writing, and never by who it is about."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.engines.termijnen import klachten
from loket.foundation.access.actor import Actor, load
from loket.foundation.audit.models import Handeling
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.identity.models import Gebruiker
from loket.foundation.mail.models import Bericht
from loket.foundation.time.clock import AMSTERDAM, frozen, now
from loket.registers.documenten.queries import documenten_van
from loket.registers.klanten.models import Klantcontact
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Zaak
from loket.services.reacties import rules_klacht
from loket.services.reacties.commands import behandeling, klacht
from loket.services.reacties.commands.klachtregeling import regel_klachten
from loket.services.reacties.models import Klachtstap
from loket.services.reacties.queries.klacht import aantal_te_laat, jaar, mijn_klachten, procedure
from loket.services.reacties.queries.ontvangst import Ontvangst
from loket.services.reacties.rules_klacht import Feiten, Gezet
from tests.services.reacties.mensen import Post, afwezig, beheerder, coordinator, medewerker, zaak_van
from tests.services.reacties.test_handelen import als
from tests.services.reacties.wereld import VRIJDAG, Wereld

BINNEN = date(2026, 11, 20)
GESPREK = datetime(2026, 12, 3, 10, 0, tzinfo=AMSTERDAM)
OORDEEL = {
    "oordeel": "Gegrond",
    "bevindingen": "De medewerker liep weg tijdens het gesprek. Dat zeggen beiden.",
    "conclusies": "Wij bespreken met het team hoe het anders kan.",
}


@pytest.fixture
def winston(lw: Wereld) -> Actor:
    """The coordinator of complaints."""
    return coordinator(lw.klachten, "klachtbehandelaar", "coordinator")


@pytest.fixture
def bram(lw: Wereld) -> Actor:
    """Whom it is about; he may handle complaints himself."""
    wie = medewerker(lw, "Bram Oude Voshaar", lw.klachten, "klachtbehandelaar", "privacy", "beheerder")
    assert wie.id
    Gebruiker.objects.filter(id=wie.id).update(email="bram@lindewaard.voorbeeld.nl")
    return load(wie.id)


@pytest.fixture
def binnen(lw: Wereld) -> Ontvangst:
    regel_klachten(beheerder(lw), ombudsman="Nationale ombudsman", ombudsman_bereik="Bel 0800 33 55 555.")
    return lw.ontvang(soort="klacht", categorie="omgang", tekst="Hij liep zo weg.", over="de balie")


def stap(zaak: UUID, soort: str) -> Klachtstap:
    return Klachtstap.objects.get(zaak=zaak, soort=soort, vervallen=False)


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


def test_heard_and_ended_in_writing_on_time(
    lw: Wereld, winston: Actor, bram: Actor, binnen: Ontvangst, client: Client
) -> None:
    """The whole walk, as the handler clicks it and the complainant reads it."""
    werk, nummer, post = als(winston), binnen.identificatie, Post()
    adres = f"/werk/zaak/{nummer}/"
    post.bezorg()

    def doe(handeling: str, **velden: str) -> None:
        antwoord = werk.post(f"{adres}{handeling}/doen/", {"sleutel": f"s {handeling}", **velden})
        assert antwoord.status_code == 302, antwoord.text

    pagina = werk.get(adres).text
    assert "Klachtprocedure" in pagina and "Waarom deze dag?" in pagina and "artikel 9:9 Awb" in pagina
    assert "klacht-afdoen/doen/" not in pagina and "/afsluiten/doen/" not in pagina
    # whom it is about gets the copy, and never sees it again
    doe("klacht-afschrift", medewerker=str(bram.id))
    kopie = Bericht.objects.get(to_address="bram@lindewaard.voorbeeld.nl")
    assert "Afschrift" in kopie.subject and len(kopie.attachments) == 1
    with pytest.raises(NotFound):
        zoek.haal_zaak(bram, binnen.zaak)
    # both are invited
    horen = {"dag": "2026-12-03", "tijd": "10:00", "plaats": "Molenzaal, kamer 2", "wie": str(winston.id)}
    doe("klacht-horen", **horen)
    assert Bericht.objects.filter(to_address="bram@lindewaard.voorbeeld.nl", subject__contains="Uitnodiging").exists()
    [mail] = [m for m in post.bezorg() if m.to_address == "t.hazelhoff@voorbeeld.nl"]
    assert "Molenzaal" not in mail.text and "pagina van uw klacht" in mail.text
    volg = client.get(f"/volg/{binnen.sleutel}").text
    assert "Molenzaal, kamer 2" in volg and "Zo behandelen wij uw klacht" in volg and "artikel=9:11" in volg
    with frozen(GESPREK + timedelta(hours=4)):
        doe("klacht-verslag", tekst="Aanwezig: de klager. Hij zei dat hij wegliep.", tonen="on")
    with frozen(GESPREK + timedelta(days=5)):
        assert "klacht-afdoen/doen/" in werk.get(adres).text
        doe("klacht-afdoen", **OORDEEL)
    zaak = zaak_van(binnen.zaak)
    assert zaak.einddatum and zaak.einddatum <= klachten.klacht(BINNEN).laatste_dag
    assert zaak.resultaat.resultaattype.omschrijving == "Gegrond"
    brief = Klantcontact.objects.filter(richting="uit").latest("plaatsgevonden_op")
    tot = "woensdag 8 december 2027"
    for woord in (*OORDEEL.values(), "Nationale ombudsman", "0800 33 55 555", tot, "9:24"):
        assert woord == "Gegrond" or woord in brief.inhoud
    titels = {d.titel: d.tonen_aan_initiator for d in documenten_van(winston, binnen.zaak)}
    assert titels == {
        "Afschrift van de klacht": False,
        "Verslag van het horen": True,
        "Ons oordeel over uw klacht": True,
    }
    assert {"horen": "gehoord", "afdoening": "Gegrond"}.items() <= {
        s.soort: s.uitkomst for s in Klachtstap.objects.filter(zaak=binnen.zaak)
    }.items()
    with frozen(GESPREK + timedelta(days=5)):
        volg = client.get(f"/volg/{binnen.sleutel}").text
        assert "U krijgt ons oordeel, en waarom" in volg and "Uw klacht is gegrond" in volg
        assert werk.get(adres).status_code == 200
        cijfers = jaar(lw.organisatie.id, lw.naam, 2026)
        assert (cijfers.aantal, cijfers.lopend, cijfers.op_tijd, cijfers.gehoord) == (1, 0, 1, 1)
        assert cijfers.afloop == (("Gegrond", 1),) and cijfers.over == (("omgang", 1),)
        publiek = Client().get("/klachten/2026")
        assert publiek.status_code == 200 and "Hoe wij met u omgingen" in publiek.text
        assert nummer not in publiek.text and "Bram" not in publiek.text
        assert "afloop,Gegrond,1" in Client().get("/klachten/2026.csv").text
    assert Handeling.objects.filter(object=binnen.zaak, detail__klachtstap="afdoening").count() == 1


def test_no_ending_without_ombudsman_hearing_report_or_advice(lw: Wereld, winston: Actor) -> None:
    zaak = lw.ontvang(soort="klacht", categorie="", tekst="Hij liep zo weg.").zaak

    def af() -> Zaak:
        return klacht.doe_af(winston, zaak, **OORDEEL, idempotency_key="af")

    stappen: tuple[tuple[str, Callable[[], Zaak]], ...] = (
        ("eerst-afschrift", lambda: klacht.stuur_afschrift(winston, zaak, waarom="Het team.", idempotency_key="a")),
        (
            "eerst-horen",
            lambda: klacht.zie_af_van_horen(winston, zaak, grond="WIL_NIET", waarom="Belde.", idempotency_key="h"),
        ),
    )
    for nodig, doe in stappen:
        with pytest.raises(Refused) as refused:
            af()
        assert code(refused) == nodig
        doe()
    with pytest.raises(Refused) as refused:
        af()
    assert code(refused) == "ombudsman"
    with pytest.raises(Refused) as refused:
        klacht.behandel_niet(winston, zaak, grond="STRAFZAAK", waarom="De politie.", idempotency_key="n")
    assert code(refused) == "ombudsman"
    for gesloten in ("Gegrond", "Opgelost", "Niet in behandeling"):
        with pytest.raises(Refused) as refused:
            behandeling.sluit_af(winston, zaak, gesloten, "Het is goed zo.")
        assert code(refused) == "klacht-afdoen"
    for kanaal in ("telefoon", "balie"):
        with pytest.raises(Refused) as refused:
            behandeling.beantwoord(winston, zaak, "Wij belden u.", kanaal=kanaal, idempotency_key=kanaal)
        assert code(refused) == "op-schrift"
    assert zaak_van(zaak).einddatum is None
    regel_klachten(beheerder(lw), ombudsman="Nationale ombudsman")
    assert af().id == zaak and af().id == zaak  # sent twice, ended once
    assert zaak_van(zaak).einddatum
    uit = Klantcontact.objects.filter(richting="uit")
    assert uit.count() == 1 and "de klager wil niet worden gehoord" in uit.get().inhoud


def test_settled_with_the_complainant_or_not(winston: Actor, binnen: Ontvangst, lw: Wereld) -> None:
    klacht.los_informeel_op(winston, binnen.zaak, afspraak="Wij belden.", tevreden=False, idempotency_key="1")
    assert zaak_van(binnen.zaak).einddatum is None and not Klantcontact.objects.filter(richting="uit").exists()
    klacht.los_informeel_op(winston, binnen.zaak, afspraak="Hij bood excuses aan.", tevreden=True, idempotency_key="2")
    zaak = zaak_van(binnen.zaak)
    assert zaak.einddatum and zaak.resultaat.resultaattype.omschrijving == "Opgelost"
    tekst = Klantcontact.objects.get(richting="uit").inhoud
    assert "excuses" in tekst and "9:5" in tekst
    # opened again it must be ended again
    behandeling.heropen(winston, binnen.zaak, "De klager is toch niet tevreden.")
    volgende = procedure(binnen.zaak).volgende
    assert volgende is not None and volgende.soort == "afschrift"


def test_not_taken_up_on_a_ground_in_writing(winston: Actor, binnen: Ontvangst, lw: Wereld) -> None:
    gegeven = {"grond": "LANGER_DAN_EEN_JAAR", "waarom": "Het was in 2024.", "idempotency_key": "n"}
    with pytest.raises(Refused) as refused:
        klacht.behandel_niet(winston, binnen.zaak, **gegeven, gedraging=date(2025, 11, 20))
    assert code(refused) == "gedraging"
    with frozen(VRIJDAG + timedelta(weeks=5)):
        klacht.behandel_niet(winston, binnen.zaak, **gegeven, gedraging=date(2024, 11, 20))
    tekst = Klantcontact.objects.get(richting="uit").inhoud
    assert "onder b" in tekst and "Sorry" in tekst and "Nationale ombudsman" in tekst
    assert zaak_van(binnen.zaak).resultaat.resultaattype.omschrijving == "Niet in behandeling"


def test_a_committee_advises_and_deviating_takes_a_reason(lw: Wereld, winston: Actor) -> None:
    regel_klachten(beheerder(lw), ombudsman="Nationale ombudsman", commissie="Klachtencommissie Lindewaard")
    zaak = lw.ontvang(soort="klacht", categorie="", tekst="Het duurde te lang.", email="", telefoon="0199123456").zaak
    klacht.bevestig_ontvangst(winston, zaak, idempotency_key="o")
    klacht.meld_commissie(winston, zaak, idempotency_key="c")
    klacht.stuur_afschrift(winston, zaak, waarom="Het gaat over wachten.", idempotency_key="a")
    klacht.zie_af_van_horen(winston, zaak, grond="WIL_NIET", waarom="Hij belde.", idempotency_key="h")
    with pytest.raises(Refused) as refused:
        klacht.doe_af(winston, zaak, **OORDEEL, idempotency_key="x")
    assert code(refused) == "eerst-advies"
    klacht.leg_advies_vast(winston, zaak, oordeel="Ongegrond", tekst="Wij vonden niets.", idempotency_key="v")
    with pytest.raises(Refused) as refused:
        klacht.doe_af(winston, zaak, **OORDEEL, idempotency_key="x")
    assert refused.value.field == "afwijking"
    klacht.doe_af(winston, zaak, **OORDEEL, afwijking="Wij vinden het wel te lang.", idempotency_key="x")
    laatste = Klantcontact.objects.get(richting="uit", inhoud__contains="Ons oordeel")
    alle = [d for d in documenten_van(Actor.system("test"), zaak) if d.tonen_aan_initiator]
    titels = sorted(d.titel for d in alle if d.id in _stukken(laatste))
    assert laatste.kanaal == "brief" and titels == ["Advies van de commissie", "Ons oordeel over uw klacht"]


def _stukken(contact: Klantcontact) -> set[UUID]:
    return set(contact.bijlagen.values_list("informatieobject_id", flat=True))


def test_hearing_needs_the_copy_an_uninvolved_colleague_and_a_moment_to_come(
    winston: Actor, bram: Actor, binnen: Ontvangst
) -> None:
    def plan(**anders: object) -> None:
        gegeven = {"moment": GESPREK, "plaats": "Molenzaal", "wie": winston.id, "idempotency_key": str(anders)}
        klacht.plan_horen(winston, binnen.zaak, **(gegeven | anders))

    with pytest.raises(Refused) as refused:
        plan()
    assert code(refused) == "eerst-afschrift"
    klacht.stuur_afschrift(winston, binnen.zaak, medewerker=bram.id, idempotency_key="a")
    for anders, waarom in (
        ({"wie": bram.id}, "betrokken"),
        ({"moment": now()}, "invalid"),
        ({"plaats": ""}, "required"),
    ):
        with pytest.raises(Refused) as refused:
            plan(**anders)
        assert code(refused) == waarom
    plan()
    assert stap(binnen.zaak, "verslag").eigenaar_id == winston.id
    with pytest.raises(Refused) as refused:
        klacht.maak_verslag(winston, binnen.zaak, tekst="Ja.", idempotency_key="v")
    assert code(refused) == "eerst-horen"
    # a colleague who is to hear cannot become who it is about
    with pytest.raises(Refused):
        behandeling.noem_betrokken_medewerker(winston, binnen.zaak, winston.id or UUID(int=0))


def test_who_it_is_about_sees_it_nowhere(lw: Wereld, winston: Actor, bram: Actor, binnen: Ontvangst) -> None:
    """As handler, substitute, coordinator, by search, in bulk, in tasks, in the trail, in the queue of mail."""
    assert winston.id and bram.id
    klacht.stuur_afschrift(winston, binnen.zaak, medewerker=bram.id, idempotency_key="a")
    bram = afwezig(winston, bram, BINNEN, BINNEN + timedelta(days=9))
    nummer, browser = binnen.identificatie, als(bram)
    zaken = [
        *("/werk/klachten/", "/werk/lijst/mijn/", "/werk/lijst/team/", "/werk/taken/", f"/werk/zoeken/?q={nummer}"),
        *("/beheer/spoor/", f"/beheer/spoor/?zaak={nummer}", f"/beheer/gebruik/?zaak={nummer}", "/beheer/mail/"),
    ]
    for adres in zaken:
        antwoord = browser.get(adres, follow=True)
        body = antwoord.text.replace(f"q={nummer}", "").replace(f"zaak={nummer}", "").replace(f'value="{nummer}"', "")
        assert nummer not in body and str(binnen.zaak) not in body, adres
    document = stap(binnen.zaak, "afschrift").document_id
    for adres in (f"/werk/zaak/{nummer}/", f"/werk/zaak/{nummer}/klacht-afdoen/doen/", f"/werk/document/{document}/"):
        assert browser.get(adres).status_code == 404, adres
    assert mijn_klachten(bram) == [] and mijn_klachten(winston)
    with pytest.raises(NotFound):
        klacht.doe_af(bram, binnen.zaak, **OORDEEL, idempotency_key="bram")
    with pytest.raises(Refused) as refused:
        behandeling.wijs_toe(winston, binnen.zaak, team=None, behandelaar=bram.id)
    assert code(refused) == "betrokken"


def test_overdue_steps_are_red_and_counted(lw: Wereld, winston: Actor, binnen: Ontvangst) -> None:
    assert aantal_te_laat(winston) == 0
    with frozen(VRIJDAG + timedelta(weeks=7)):
        assert aantal_te_laat(winston) >= 2
        pagina = als(winston).get("/werk/klachten/").text
        assert binnen.identificatie in pagina and "te laat" in pagina


def test_the_database_keeps_its_own_rules(winston: Actor, binnen: Ontvangst) -> None:
    zaak = Zaak.objects.get(id=binnen.zaak)
    basis = {"zaak": zaak, "organisatie_id": zaak.organisatie_id, "aangemaakt_op": now()}
    for onzin in (
        {"soort": "afdoening", "gedaan_op": now()},  # not in writing
        {"soort": "niet", "gepland": BINNEN},  # no ground
        {"soort": "horen"},  # no day
        {"soort": "koffie", "gepland": BINNEN},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Klachtstap.objects.create(**basis, **onzin)
    Klachtstap.objects.create(**basis, soort="horen", gepland=BINNEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Klachtstap.objects.create(**basis, soort="horen", gepland=BINNEN)


def test_only_for_complaints_and_who_may(lw: Wereld, winston: Actor, binnen: Ontvangst) -> None:
    with pytest.raises(Refused) as refused:
        klacht.bevestig_ontvangst(lw.actor("Baas"), lw.ontvang().zaak, idempotency_key="x")
    assert code(refused) == "geen-klacht"
    with pytest.raises((Forbidden, NotFound)):
        klacht.bevestig_ontvangst(medewerker(lw, "Sanne", lw.een), binnen.zaak, idempotency_key="x")
    with pytest.raises(Forbidden):
        regel_klachten(winston, ombudsman="Ik")
    baas = als(beheerder(lw))
    assert baas.post("/beheer/klachten/", {"ombudsman": ""}).status_code == 422
    assert baas.post("/beheer/klachten/", {"ombudsman": "Overijsselse ombudsman"}).status_code == 302


dagen = st.dates(min_value=date(2025, 1, 1), max_value=date(2030, 12, 31))


@settings(max_examples=60, deadline=None)
@given(
    dagen,
    st.integers(0, 120),
    st.sets(st.sampled_from(["ontvangst", "afschrift", "commissie", "horen", "verslag", "advies", "afdoening"])),
)
def test_the_plan_always_holds_together(ontvangen: date, later: int, gedaan: set[str]) -> None:
    moment = datetime(ontvangen.year, ontvangen.month, ontvangen.day, 12, tzinfo=AMSTERDAM)
    gezet = tuple(Gezet(soort, gepland=ontvangen, gedaan_op=moment) for soort in sorted(gedaan))
    feiten = Feiten(ontvangen, None, gezet)
    vandaag = ontvangen + timedelta(days=later)
    plan = rules_klacht.plan(feiten, vandaag)
    assert {s.soort for s in plan if s.stand == "gedaan"} <= gedaan
    assert all(s.waarom and s.artikel and s.titel and s.voor_bewoner for s in plan)
    assert all((s.uiterlijk < vandaag) == (s.stand == "te_laat") for s in plan if s.stand != "gedaan")
    assert sum(s.stand == "nu" for s in plan) <= 1
    weken = 10 if "commissie" in gedaan else 6
    assert rules_klacht.termijn(feiten).berekend == ontvangen + timedelta(weeks=weken)
    if "afdoening" in gedaan:
        assert rules_klacht.volgende(plan) is None
    else:
        assert plan[-1].soort == "afdoening"
        with pytest.raises(Refused):
            rules_klacht.awb_9_12(feiten, **OORDEEL, ombudsman="", tot=vandaag)
