"""Afterwards: join, write, withdraw, rate, 'not solved', and how to hear from us."""

from datetime import timedelta
from uuid import UUID

import pytest

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.audit.models import Handeling
from loket.foundation.errors import NotFound, Refused
from loket.foundation.events.models import EventRow
from loket.foundation.time.clock import frozen
from loket.registers.klanten.models import Internetaak, Klantcontact
from loket.registers.zaken.models import Rol, Werkvoorraad, Zaak, ZaakRelatie
from loket.services.reacties.commands import behandeling, klacht, taken, vervolg
from loket.services.reacties.commands.bericht import voeg_bericht_toe
from loket.services.reacties.concepten import begin_concept
from loket.services.reacties.inzending import Plek
from loket.services.reacties.models import Beoordeling, Concept, Volglink
from loket.services.reacties.queries.bewoner import Volger, reactie, volger_ingelogd, volger_van_link
from loket.services.reacties.queries.dubbel import bekend_in_de_buurt
from loket.services.reacties.queries.ontvangst import Ontvangst
from tests.services.reacties.wereld import SYSTEEM, TEGEL, VRIJDAG, Wereld, bewoner, inzending


def volger(ontvangst: Ontvangst) -> Volger:
    return volger_van_link(ontvangst.sleutel)


def link(ontvangst: Ontvangst) -> Actor:
    return Actor.link(ontvangst.zaak)


def sluit_aan(lw: Wereld, eerste: Ontvangst, **velden: object) -> Ontvangst:
    concept, _ = begin_concept("melding")
    wat = inzending(**{"tekst": "Hier viel ik ook bijna", "naam": "Joop", "email": "joop@voorbeeld.nl", **velden})
    return vervolg.sluit_aan(ANONYMOUS, eerste.zaak, wat, concept=concept)


def soorten(zaak: UUID) -> list[str]:
    return [
        t.rpartition(".")[2]
        for t in EventRow.objects.filter(subject=zaak)
        .exclude(type="nl.loket.api.object.gewijzigd")
        .order_by("volg")
        .values_list("type", flat=True)
    ]


def test_known_reports_nearby_are_offered_without_a_word_of_a_resident(lw: Wereld) -> None:
    lw.ontvang(plek=Plek("Kastanjelaan, bij nummer 12", "Naast mijn huis, ik ben Tineke", 1200.0, 900.0))
    lw.ontvang(
        tekst="Container zit vol", categorie="afval", plek=Plek("Kastanjelaan, bij nummer 14", "", 1210.0, 900.0)
    )
    lw.ontvang(plek=Plek("Ver weg", "", 1300.0, 900.0))
    lw.ontvang(soort="klacht", categorie="", plek=Plek("Kastanjelaan", "", 1201.0, 900.0))

    (bekend,) = bekend_in_de_buurt(lw.organisatie.id, "Er ligt een tegel los", "stoep", 1205.0, 903.0)
    assert (bekend.onderwerp, bekend.plek) == ("Losse tegel of kapotte stoep", "Kastanjelaan, bij nummer 12")
    assert "Tineke" not in repr(bekend) and "buurvrouw" not in repr(bekend)
    assert bekend_in_de_buurt(lw.organisatie.id, "tegel", "stoep", 1500.0, 900.0) == []


def test_a_place_in_own_words_is_not_shown_to_others(lw: Wereld) -> None:
    lw.ontvang(plek=Plek("", "Bij mijn voordeur, Tineke", 1200.0, 900.0))
    (bekend,) = bekend_in_de_buurt(lw.organisatie.id, "losse tegel", "stoep", 1200.0, 900.0)
    assert bekend.plek == ""


def test_joining_gives_the_same_number_and_an_own_link(lw: Wereld) -> None:
    eerste = lw.ontvang()
    mee = sluit_aan(lw, eerste)

    assert mee.identificatie == eerste.identificatie and mee.sleutel != eerste.sleutel
    assert Zaak.objects.count() == 1
    assert Rol.objects.filter(zaak=eerste.zaak, omschrijving_generiek="mede_initiator").count() == 1
    assert "aangesloten" in soorten(eerste.zaak)
    assert Werkvoorraad.objects.get(zaak=eerste.zaak).nieuw_bericht


def test_joining_twice_with_one_draft_is_once(lw: Wereld) -> None:
    eerste = lw.ontvang()
    concept, _ = begin_concept("melding")
    een = vervolg.sluit_aan(ANONYMOUS, eerste.zaak, inzending(email="joop@voorbeeld.nl"), concept=concept)
    twee = vervolg.sluit_aan(
        ANONYMOUS, eerste.zaak, inzending(email="joop@voorbeeld.nl"), concept=Concept.objects.get(id=concept.id)
    )
    assert een.sleutel == twee.sleutel
    assert Volglink.objects.filter(meldt_mee=True).count() == 1


def test_who_joins_sees_the_progress_and_no_words_of_others(lw: Wereld) -> None:
    eerste = lw.ontvang()
    mee = sluit_aan(lw, eerste)
    medewerker = lw.actor("Fenna Wierda")
    behandeling.neem_in_behandeling(medewerker, eerste.zaak)
    behandeling.beantwoord(medewerker, eerste.zaak, "Beste mevrouw Hazelhoff, wij komen.", idempotency_key="a")

    teksten = [g.tekst for g in reactie(volger(mee)).gebeurtenissen]
    assert "Hier viel ik ook bijna" in teksten
    assert TEGEL not in teksten and not any("Hazelhoff" in tekst for tekst in teksten)
    van_de_eerste = [g.tekst for g in reactie(volger(eerste)).gebeurtenissen]
    assert TEGEL in van_de_eerste and "Hier viel ik ook bijna" not in van_de_eerste
    assert reactie(volger(mee)).nu.behandelaar == "Fenna Wierda"


def test_joining_with_the_address_of_another_shows_nothing_of_the_other(lw: Wereld) -> None:
    eerste = lw.ontvang()
    spion = sluit_aan(lw, eerste, tekst="Ik ook", naam="", email="t.hazelhoff@voorbeeld.nl")

    assert [g.tekst for g in reactie(volger(spion)).gebeurtenissen if g.soort == "in"] == ["Ik ook"]
    assert [g.tekst for g in reactie(volger(eerste)).gebeurtenissen if g.soort == "in"] == [TEGEL]


def test_only_an_open_report_can_be_joined(lw: Wereld) -> None:
    klacht = lw.ontvang(soort="klacht", categorie="")
    with pytest.raises(NotFound):
        sluit_aan(lw, klacht)
    melding = lw.ontvang()
    vervolg.trek_in(link(melding), volger(melding))
    with pytest.raises(Refused) as geweigerd:
        sluit_aan(lw, melding)
    assert geweigerd.value.code == "zaak-closed"


def test_a_message_reaches_who_has_it_and_wakes_what_waited(lw: Wereld) -> None:
    ontvangst = lw.ontvang()
    medewerker = lw.actor("Fenna Wierda")
    behandeling.vraag_bewoner(medewerker, ontvangst.zaak, "Welke boom is het?", idempotency_key="v")
    assert Werkvoorraad.objects.get(zaak=ontvangst.zaak).wacht_op == "bewoner"

    een = voeg_bericht_toe(link(ontvangst), volger(ontvangst), "De linde.", idempotency_key="m")
    twee = voeg_bericht_toe(link(ontvangst), volger(ontvangst), "De linde.", idempotency_key="m")
    assert een.id == twee.id
    werk = Werkvoorraad.objects.get(zaak=ontvangst.zaak)
    assert (werk.wacht_op, werk.nieuw_bericht) == ("", True)
    assert soorten(ontvangst.zaak).count("schreef") == 1
    assert reactie(volger(ontvangst)).nu.status == "In behandeling"


@pytest.mark.parametrize("tekst", ["", "  \n", "x" * 4001])
def test_a_message_says_something_that_fits(lw: Wereld, tekst: str) -> None:
    ontvangst = lw.ontvang()
    with pytest.raises(Refused):
        voeg_bericht_toe(link(ontvangst), volger(ontvangst), tekst, idempotency_key="m")
    assert Klantcontact.objects.count() == 1


def test_withdrawing_ends_the_work_also_of_who_was_asked_something(lw: Wereld) -> None:
    ontvangst = lw.ontvang()
    medewerker = lw.actor("Fenna Wierda")
    taken.vraag_specialist(medewerker, ontvangst.zaak, vraag="Wat nu?", team=lw.specialisten, idempotency_key="s")
    vervolg.trek_in(link(ontvangst), volger(ontvangst), "Het is al gemaakt")

    gevonden = reactie(volger(ontvangst))
    assert gevonden.nu.resultaat == "Ingetrokken" and "Het is al gemaakt" in gevonden.nu.reden
    assert not Internetaak.objects.exclude(status="afgehandeld").exists()
    assert "ingetrokken" in soorten(ontvangst.zaak)
    assert Handeling.objects.filter(object=ontvangst.zaak, handeling="reactie.intrekken", actor_soort="link").exists()
    with pytest.raises(Refused):
        vervolg.trek_in(link(ontvangst), volger(ontvangst))


def test_what_others_joined_goes_on_for_them(lw: Wereld) -> None:
    eerste = lw.ontvang()
    mee = sluit_aan(lw, eerste)
    for wie in (eerste, mee):
        with pytest.raises(Refused):
            vervolg.trek_in(link(wie), volger(wie))
    assert Zaak.objects.get().einddatum is None


def sluit(lw: Wereld, ontvangst: Ontvangst, resultaat: str = "Opgelost") -> None:
    behandeling.sluit_af(lw.actor("Fenna Wierda"), ontvangst.zaak, resultaat, "De tegel ligt weer vast.")


def test_a_rating_once_for_each_closing(lw: Wereld) -> None:
    ontvangst = lw.ontvang()
    with pytest.raises(Refused):
        vervolg.beoordeel(link(ontvangst), volger(ontvangst), 5)
    sluit(lw, ontvangst)
    vervolg.beoordeel(link(ontvangst), volger(ontvangst), 4, "Snel")
    with pytest.raises(Refused) as geweigerd:
        vervolg.beoordeel(link(ontvangst), volger(ontvangst), 1)
    assert geweigerd.value.code == "al-beoordeeld"
    with frozen(VRIJDAG + timedelta(days=1)):
        vervolg.heropen(link(ontvangst), volger(ontvangst), "Toch weer los", idempotency_key="h")
        sluit(lw, ontvangst)
        vervolg.beoordeel(link(ontvangst), volger(ontvangst), 2)
    assert sorted(Beoordeling.objects.values_list("cijfer", flat=True)) == [2, 4]
    with pytest.raises(Refused):
        vervolg.beoordeel(link(ontvangst), volger(ontvangst), 6)


def test_not_solved_reopens_within_fourteen_days(lw: Wereld) -> None:
    ontvangst = lw.ontvang()
    sluit(lw, ontvangst)
    with frozen(VRIJDAG + timedelta(days=15)), pytest.raises(Refused) as geweigerd:
        vervolg.heropen(link(ontvangst), volger(ontvangst), "Nog los", idempotency_key="h")
    assert geweigerd.value.code == "te-laat"
    with frozen(VRIJDAG + timedelta(days=14)):
        assert vervolg.heropen(link(ontvangst), volger(ontvangst), "Nog los", idempotency_key="h") is None
    assert Zaak.objects.get().einddatum is None
    werk = Werkvoorraad.objects.get()
    assert werk.team_id == lw.een.id and werk.nieuw_bericht
    assert "heropend" in soorten(ontvangst.zaak)
    assert "Nog los" in [g.tekst for g in reactie(volger(ontvangst)).gebeurtenissen]


def test_a_formal_complaint_becomes_a_new_one(lw: Wereld) -> None:
    eerste = lw.ontvang(soort="klacht", categorie="omgang")
    wie = lw.actor("Fenna Wierda")
    klacht.los_informeel_op(wie, eerste.zaak, afspraak="Wij boden excuses aan.", tevreden=True, idempotency_key="s")
    nieuw = vervolg.heropen(link(eerste), volger(eerste), "Niemand hoorde mij", idempotency_key="h")

    assert nieuw is not None and nieuw.identificatie == "LW-2026-00002"
    assert Zaak.objects.get(id=eerste.zaak).einddatum is not None
    assert ZaakRelatie.objects.filter(zaak=nieuw.zaak, andere_zaak=eerste.zaak, aard_relatie="vervolg").exists()
    assert Klantcontact.objects.get(onderwerpobjecten__zaak=nieuw.zaak).inhoud == "Niemand hoorde mij"
    assert Volglink.objects.get(zaak=nieuw.zaak).email == "t.hazelhoff@voorbeeld.nl"


def test_another_address_is_of_this_link_alone(lw: Wereld) -> None:
    een, twee = lw.ontvang(), lw.ontvang()
    oud = vervolg.wijzig_bericht_voorkeur(link(een), volger(een), berichten=True, email="nieuw@voorbeeld.nl")

    assert oud == "t.hazelhoff@voorbeeld.nl"
    assert volger(een).email == "nieuw@voorbeeld.nl" and volger(twee).email == "t.hazelhoff@voorbeeld.nl"
    with pytest.raises(Refused):
        vervolg.wijzig_bericht_voorkeur(link(een), volger(een), berichten=True, email="geen adres")
    vervolg.wijzig_bericht_voorkeur(link(een), volger(een), berichten=False)
    assert not volger(een).berichten and volger(een).email == "nieuw@voorbeeld.nl"


def test_a_wrong_key_is_nobodys(lw: Wereld) -> None:
    ontvangst = lw.ontvang()
    for sleutel in ("", "x", ontvangst.sleutel[:-1], ontvangst.sleutel + "a", str(ontvangst.zaak), "é" * 43):
        with pytest.raises(NotFound):
            volger_van_link(sleutel)


def test_who_logged_in_sees_only_own_reacties(lw: Wereld, gt: Wereld) -> None:
    tineke, joop = bewoner(), bewoner("Joop")
    eigen = lw.ontvang(tineke)
    lw.ontvang(joop)
    anoniem = lw.ontvang()

    assert reactie(volger_ingelogd(tineke, eigen.identificatie)).nummer == eigen.identificatie
    assert volger_ingelogd(tineke, eigen.identificatie).link == eigen.volglink
    for nummer in ("LW-2026-00002", anoniem.identificatie, "LW-2026-99999"):
        with pytest.raises(NotFound):
            volger_ingelogd(tineke, nummer)
    with pytest.raises(NotFound):
        volger_ingelogd(ANONYMOUS, eigen.identificatie)


def test_messages_of_one_organisation_are_not_of_the_other(lw: Wereld, gt: Wereld) -> None:
    ontvangst, ander = lw.ontvang(), gt.ontvang()
    assert [deel.id for deel in reactie(volger(ontvangst)).delen] == [ontvangst.zaak]
    assert ander.zaak not in [g.zaak for g in reactie(volger(ontvangst)).gebeurtenissen]
    assert SYSTEEM.kind == "systeem"
