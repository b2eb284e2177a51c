"""What employees do inside their own organisation: take, answer, pass on, ask, wait, close, and formal complaints."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from loket.foundation.access.actor import Actor, load
from loket.foundation.audit.models import Handeling
from loket.foundation.audit.use import Use
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.models import EventRow
from loket.foundation.mail.models import Bericht
from loket.foundation.time.clock import frozen
from loket.registers.klanten.models import Internetaak, Klantcontact
from loket.registers.klanten.queries import taken as taken_van
from loket.registers.zaken import commands as zaken
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Rol, Status, Toewijzing, Werkvoorraad
from loket.registers.zaken.rules import BIJWERKEN
from loket.services.reacties.commands import behandeling, klacht, taken
from loket.services.reacties.queries.bewoner import reactie, volger_van_link
from tests.services.reacties.mensen import Post, afwezig, coordinator, link_van, medewerker, zaak_van
from tests.services.reacties.wereld import Wereld

ANTWOORD = "Wij leggen de tegel maandag recht."


@pytest.fixture
def sanne(lw: Wereld) -> Actor:
    return medewerker(lw, "Sanne Tuinhof", lw.wegen)


@pytest.fixture
def ilse(lw: Wereld) -> Actor:
    return medewerker(lw, "Ilse Steenkist", lw.specialisten)


def soorten(zaak: UUID) -> list[str]:
    return list(
        EventRow.objects.filter(subject=zaak)
        .exclude(type="nl.loket.api.object.gewijzigd")
        .order_by("volg")
        .values_list("type", flat=True)
    )


class TestNemen:
    def test_a_free_reactie_becomes_mine_and_the_resident_sees_my_name(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        behandeling.neem_in_behandeling(fenna, binnen.zaak)
        behandeling.neem_in_behandeling(fenna, binnen.zaak)

        zaak = zaak_van(binnen.zaak)
        assert (zaak.werk.behandelaar_id, zaak.werk.team_id) == (fenna.id, lw.een.id)
        assert zaak.status is not None and zaak.status.statustype.omschrijving == "In behandeling"
        assert Status.objects.filter(zaak=zaak).count() == 2
        assert reactie(volger_van_link(binnen.sleutel)).eerste.behandelaar == "Fenna Wierda"

    def test_the_refusal_names_the_colleague(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        behandeling.neem_in_behandeling(fenna, binnen.zaak)
        ander = medewerker(lw, "Bram Oude Voshaar", lw.een)
        with pytest.raises(Refused) as refused:
            behandeling.neem_in_behandeling(ander, binnen.zaak)
        assert refused.value.code == "al-in-behandeling" and "Fenna Wierda" in str(refused.value.message)
        assert zaak_van(binnen.zaak).werk.behandelaar_id == fenna.id

    def test_of_somebody_absent_the_substitute_takes_it(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        behandeling.neem_in_behandeling(fenna, binnen.zaak)
        ander = medewerker(lw, "Bram Oude Voshaar", lw.een)
        bram = afwezig(fenna, ander, date(2026, 11, 20), date(2026, 11, 27))
        behandeling.neem_in_behandeling(bram, binnen.zaak)
        assert zaak_van(binnen.zaak).werk.behandelaar_id == bram.id

    def test_whoever_takes_it_ends_the_hand_over_that_nobody_took_up(
        self, lw: Wereld, fenna: Actor, ruud: Actor
    ) -> None:
        binnen = lw.ontvang()
        taken.zet_door(fenna, binnen.zaak, team=lw.wegen, vraag="Wie gaat kijken?", idempotency_key="d1")
        behandeling.neem_in_behandeling(ruud, binnen.zaak)
        assert not Internetaak.objects.exclude(status="afgehandeld").exists()
        with frozen(datetime(2026, 11, 30, 9, 0, tzinfo=UTC)):
            assert taken.breng_terug(Actor.system("test")) == 0
        assert zaak_van(binnen.zaak).werk.behandelaar_id == ruud.id


class TestAntwoorden:
    def test_answering_twice_with_one_key_is_one_message_and_one_mail(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        post = Post()
        post.bezorg()
        een = behandeling.beantwoord(fenna, binnen.zaak, ANTWOORD, idempotency_key="a1")
        twee = behandeling.beantwoord(fenna, binnen.zaak, ANTWOORD, idempotency_key="a1")

        assert een.id == twee.id
        assert Klantcontact.objects.filter(richting="uit").count() == 1
        assert soorten(binnen.zaak).count("nl.loket.reacties.reactie.beantwoord") == 1
        (brief,) = post.bezorg()
        assert ANTWOORD in brief.text
        assert zaak_van(binnen.zaak).werk.behandelaar_id == fenna.id

    def test_answering_and_closing_is_one_act_with_a_reason(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        with pytest.raises(Refused) as refused:
            behandeling.beantwoord(fenna, binnen.zaak, ANTWOORD, resultaat="Opgelost", idempotency_key="a1")
        assert refused.value.code == "required"
        assert not Klantcontact.objects.filter(richting="uit").exists()

        behandeling.beantwoord(
            fenna, binnen.zaak, ANTWOORD, resultaat="Opgelost", waarom="De tegel ligt weer recht.", idempotency_key="a1"
        )
        zaak = zaak_van(binnen.zaak)
        assert zaak.einddatum == date(2026, 11, 20)
        assert zaak.resultaat.toelichting == "De tegel ligt weer recht."
        assert not Werkvoorraad.objects.exists()

    def test_a_call_is_noted_and_an_unknown_channel_refused(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        assert behandeling.beantwoord(fenna, binnen.zaak, "Gebeld.", kanaal="telefoon", idempotency_key="1").kanaal == (
            "telefoon"
        )
        for tekst, kanaal, code in (("  ", "email", "required"), ("Hoi", "duif", "invalid_choice")):
            with pytest.raises(Refused) as refused:
                behandeling.beantwoord(fenna, binnen.zaak, tekst, kanaal=kanaal, idempotency_key="2")
            assert refused.value.code == code

    def test_asking_the_resident_waits_and_asking_again_does_not_wait_twice(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        behandeling.vraag_bewoner(fenna, binnen.zaak, "Welke boom?", idempotency_key="v")
        zaak = zaak_van(binnen.zaak)
        assert zaak.werk.wacht_op == "bewoner"
        assert zaak.status is not None and zaak.status.statustype.omschrijving == "Wacht op bewoner"

        zaken.werk_bij(fenna, zaak, wacht_op="")
        behandeling.vraag_bewoner(fenna, binnen.zaak, "Welke boom?", idempotency_key="v")
        assert zaak_van(binnen.zaak).werk.wacht_op == ""
        assert Klantcontact.objects.filter(richting="uit").count() == 1

    def test_a_note_reaches_the_resident_nowhere(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        zaken.schrijf_notitie(fenna, binnen.zaak, "Mevrouw belt vaak.")
        Post().bezorg()
        verhaal = reactie(volger_van_link(binnen.sleutel)).gebeurtenissen
        assert all("belt vaak" not in g.tekst for g in verhaal)
        lijn = zoek.tijdlijn(Actor.link(binnen.zaak), binnen.zaak)
        assert all("belt vaak" not in g.tekst and g.soort != "notitie" for g in lijn)
        assert not Bericht.objects.filter(text__contains="belt vaak").exists()
        gelezen = zoek.tijdlijn(fenna, binnen.zaak, Use(fenna, "werkplek.behandelen", binnen.zaak))
        assert any(g.tekst == "Mevrouw belt vaak." for g in gelezen)


class TestDoorzetten:
    def test_the_second_line_has_it_at_once(self, lw: Wereld, fenna: Actor, ruud: Actor) -> None:
        binnen = lw.ontvang()
        een = taken.zet_door(fenna, binnen.zaak, team=lw.wegen, vraag="Wie gaat kijken?", idempotency_key="d")
        twee = taken.zet_door(fenna, binnen.zaak, team=lw.wegen, vraag="Wie gaat kijken?", idempotency_key="d")
        assert een.id == twee.id
        werk = zaak_van(binnen.zaak).werk
        assert (werk.team_id, werk.behandelaar_id) == (lw.wegen.id, None)
        assert soorten(binnen.zaak).count("nl.loket.reacties.reactie.doorgezet") == 1

        taken.pak_taak_op(ruud, een.id)
        zaak = zaak_van(binnen.zaak)
        assert zaak.werk.behandelaar_id == ruud.id
        assert zaak.status is not None and zaak.status.statustype.omschrijving == "In behandeling"

    def test_what_nobody_takes_up_returns_to_the_named_coordinator_before_the_deadline(
        self, lw: Wereld, fenna: Actor
    ) -> None:
        binnen = lw.ontvang()
        baas = coordinator(lw.wegen)
        taak = taken.zet_door(fenna, binnen.zaak, team=lw.wegen, vraag="Wie gaat kijken?", idempotency_key="d")
        with frozen(taak.terug_op - timedelta(minutes=1)):
            assert taken.breng_terug(Actor.system("test")) == 0
        with frozen(taak.terug_op):
            assert taak.terug_op < taak.uiterlijk
            assert taken.breng_terug(Actor.system("test")) == 1
            assert taken.breng_terug(Actor.system("test")) == 0
            zaak = zaak_van(binnen.zaak)
            assert zaak.werk.behandelaar_id == baas.id == lw.wegen.coordinator_id
            assert [t.status for t in taken_van(baas, van_mij=True)] == ["teruggegeven"]
            # the coordinator passes it on again: the old hand-over is done
            taken.zet_door(baas, binnen.zaak, team=lw.water, vraag="Hoort dit bij jullie?", idempotency_key="e")
        open_ = Internetaak.objects.exclude(status="afgehandeld")
        assert [t.team_id for t in open_] == [lw.water.id]
        assert EventRow.objects.filter(type="nl.loket.reacties.reactie.doorgezet", data__terug=True).count() == 1

    def test_for_somebody_absent_the_substitute_takes_it_up(
        self, lw: Wereld, fenna: Actor, ruud: Actor, sanne: Actor
    ) -> None:
        binnen = lw.ontvang()
        vervanger = afwezig(ruud, sanne, date(2026, 11, 16), date(2026, 12, 4))
        assert ruud.id
        taak = taken.zet_door(fenna, binnen.zaak, medewerker=ruud.id, vraag="Kun jij kijken?", idempotency_key="d")
        assert taak.vervanger_id == sanne.id
        taken.pak_taak_op(vervanger, taak)
        assert zaak_van(binnen.zaak).werk.behandelaar_id == sanne.id

    def test_what_somebody_took_up_before_falling_ill_the_substitute_takes_over(
        self, lw: Wereld, fenna: Actor, ruud: Actor, sanne: Actor
    ) -> None:
        binnen = lw.ontvang()
        taak = taken.vraag_specialist(fenna, binnen.zaak, team=lw.wegen, vraag="Wat kost het?", idempotency_key="s")
        taken.pak_taak_op(ruud, taak)
        with pytest.raises(Refused, match="Ruud Kleibergen"):
            taken.pak_taak_op(sanne, taak)
        vervanger = afwezig(ruud, sanne, date(2026, 11, 16), date(2026, 12, 4))
        assert taken.pak_taak_op(vervanger, taak).medewerker_id == sanne.id

    def test_the_suggestion_is_taken_over_once(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        een = taken.neem_voorstel_over(fenna, binnen.zaak, idempotency_key="v")
        twee = taken.neem_voorstel_over(fenna, binnen.zaak, idempotency_key="v")
        assert een.id == twee.id and een.team_id == lw.wegen.id
        with pytest.raises(Refused):
            taken.neem_voorstel_over(fenna, binnen.zaak, idempotency_key="w")
        zonder = lw.ontvang(soort="vraag", categorie="", tekst="Hoe laat is het?")
        with pytest.raises(Refused) as refused:
            taken.neem_voorstel_over(fenna, zonder.zaak, idempotency_key="x")
        assert refused.value.code == "geen-voorstel"

    def test_one_that_cannot_go_back_does_not_hold_up_the_others(self, lw: Wereld, fenna: Actor) -> None:
        vast, los = lw.ontvang(), lw.ontvang()
        for binnen in (vast, los):
            taak = taken.zet_door(fenna, binnen.zaak, team=lw.wegen, vraag="Wie?", idempotency_key=str(binnen.zaak))
        lw.wegen.coordinator.is_active = False  # type: ignore[union-attr]
        Internetaak.objects.filter(zaak_id=los.zaak).update(coordinator=lw.een.coordinator)
        lw.wegen.coordinator.save()  # type: ignore[union-attr]
        with frozen(taak.terug_op):
            assert taken.breng_terug(Actor.system("test")) == 1
        assert zaak_van(los.zaak).werk.behandelaar_id == lw.een.coordinator_id


class TestSpecialist:
    def test_the_second_line_keeps_it_and_the_specialist_answers_inside_the_file(
        self, lw: Wereld, fenna: Actor, ruud: Actor, ilse: Actor
    ) -> None:
        binnen, ander = lw.ontvang(), lw.ontvang()
        taken.zet_door(fenna, binnen.zaak, team=lw.wegen, vraag="Wie gaat kijken?", idempotency_key="d")
        behandeling.neem_in_behandeling(ruud, binnen.zaak)
        assert not zoek.mag(ilse, BIJWERKEN, binnen.zaak)
        taak = taken.vraag_specialist(
            ruud, binnen.zaak, team=lw.specialisten, vraag="Wie is aansprakelijk?", idempotency_key="s"
        )
        werk = zaak_van(binnen.zaak).werk
        assert (werk.behandelaar_id, werk.team_id, werk.wacht_op) == (ruud.id, lw.wegen.id, "collega")
        assert zoek.mag(ilse, BIJWERKEN, binnen.zaak) and not zoek.mag(ilse, BIJWERKEN, ander.zaak)
        with pytest.raises((Forbidden, NotFound)):
            zaken.schrijf_notitie(ilse, ander.zaak, "Hier werd ik niets gevraagd.")

        for doe in (
            lambda: behandeling.beantwoord(ilse, binnen.zaak, "Beste", idempotency_key="x"),
            lambda: behandeling.sluit_af(ilse, binnen.zaak, "Opgelost", "Het is nu klaar."),
            lambda: taken.zet_door(ilse, binnen.zaak, team=lw.een, vraag="Terug", idempotency_key="x"),
            lambda: behandeling.stel_uit(ilse, binnen.zaak, date(2026, 12, 4), "Druk."),
        ):
            with pytest.raises(Forbidden):
                doe()

        taken.pak_taak_op(ilse, taak)
        taken.beantwoord_taak(ilse, taak, "De gemeente, artikel 6:174 BW.")
        taken.beantwoord_taak(ilse, taak, "De gemeente, artikel 6:174 BW.")
        werk = zaak_van(binnen.zaak).werk
        assert (werk.behandelaar_id, werk.wacht_op, werk.nieuw_bericht) == (ruud.id, "", True)
        assert soorten(binnen.zaak).count("nl.loket.reacties.specialist.antwoordde") == 1
        lijn = zoek.tijdlijn(Actor.link(binnen.zaak), binnen.zaak)
        assert all("6:174" not in g.tekst for g in lijn)

    def test_a_question_must_be_answered_or_withdrawn_before_closing(
        self, lw: Wereld, fenna: Actor, ilse: Actor
    ) -> None:
        binnen = lw.ontvang()
        taak = taken.vraag_specialist(fenna, binnen.zaak, team=lw.specialisten, vraag="Mag dit?", idempotency_key="s")
        with pytest.raises(Refused) as refused:
            behandeling.sluit_af(fenna, binnen.zaak, "Opgelost", "De tegel ligt recht.")
        assert refused.value.code == "open-taken"
        taken.trek_taak_in(fenna, taak, "Niet meer nodig.")
        behandeling.sluit_af(fenna, binnen.zaak, "Opgelost", "De tegel ligt recht.")
        assert not Werkvoorraad.objects.exists()


class TestWachtenEnSluiten:
    def test_another_day_is_later_a_working_day_and_told(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        for dag in (date(2026, 11, 27), date(2026, 11, 29)):
            with pytest.raises(Refused) as refused:
                behandeling.stel_uit(fenna, binnen.zaak, dag, "De aannemer is ziek.")
            assert refused.value.field == "nieuwe_dag"
        with pytest.raises(Refused):
            behandeling.stel_uit(fenna, binnen.zaak, date(2026, 12, 4), " ")
        behandeling.stel_uit(fenna, binnen.zaak, date(2026, 12, 4), "De aannemer is ziek.")
        assert zaak_van(binnen.zaak).werk.antwoord_voor == date(2026, 12, 4)
        assert "nl.loket.reacties.reactie.vertraagd" in soorten(binnen.zaak)

    def test_closing_withdraws_the_hand_over_and_opening_again_puts_it_back(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        taken.zet_door(fenna, binnen.zaak, team=lw.wegen, vraag="Wie?", idempotency_key="d")
        with pytest.raises(Refused):
            behandeling.sluit_af(fenna, binnen.zaak, "Opgelost", "")
        behandeling.sluit_af(fenna, binnen.zaak, "Opgelost", "De tegel ligt weer recht.")
        assert not Internetaak.objects.exclude(status="afgehandeld").exists()
        behandeling.heropen(fenna, binnen.zaak, "Het was de verkeerde tegel.")
        werk = zaak_van(binnen.zaak).werk
        assert (werk.team_id, werk.behandelaar_id) == (lw.wegen.id, None)


class TestOvernemen:
    def test_forty_reacties_in_one_act(self, lw: Wereld, fenna: Actor) -> None:
        baas = coordinator(lw.een)
        bram = medewerker(lw, "Bram Oude Voshaar", lw.een)
        assert bram.id and fenna.id
        for _n in range(40):
            behandeling.neem_in_behandeling(fenna, lw.ontvang(email="", naam="").zaak)
        taken.vraag_specialist(
            baas,
            Werkvoorraad.objects.earliest("zaak").zaak_id,
            medewerker=fenna.id,
            vraag="Weet jij dit?",
            idempotency_key="s",
        )
        with pytest.raises(Forbidden):
            taken.neem_werk_over(bram, fenna.id, bram.id, "Zij is ziek.")
        with pytest.raises(Refused):
            taken.neem_werk_over(baas, fenna.id, bram.id, "")
        with frozen(datetime(2026, 12, 14, 9, 0, tzinfo=UTC)):  # the question is too late by now
            assert taken.neem_werk_over(baas, fenna.id, bram.id, "Fenna is ziek.") == 41
        assert Werkvoorraad.objects.filter(behandelaar_id=bram.id, team=lw.een).count() == 40
        assert Internetaak.objects.get().medewerker_id == bram.id
        assert Handeling.objects.filter(handeling="reactie.overnemen").count() == 1

    def test_the_substitute_may_too(self, lw: Wereld, fenna: Actor) -> None:
        behandeling.neem_in_behandeling(fenna, lw.ontvang().zaak)
        bram = medewerker(lw, "Bram Oude Voshaar", lw.een)
        bram = afwezig(fenna, bram, date(2026, 11, 20), date(2026, 11, 27))
        assert bram.id and fenna.id
        assert taken.neem_werk_over(bram, fenna.id, bram.id, "Fenna is ziek.") == 1


class TestKlacht:
    @pytest.fixture
    def winston(self, lw: Wereld) -> Actor:
        return coordinator(lw.klachten, "klachtbehandelaar", "coordinator")

    @pytest.fixture
    def esra(self, lw: Wereld) -> Actor:
        return medewerker(lw, "Esra Yildiz", lw.klachten, "klachtbehandelaar")

    def klacht(self, lw: Wereld):  # type: ignore[no-untyped-def]
        return lw.ontvang(soort="klacht", categorie="", tekst="De man aan de balie was onbeleefd.", over="de balie")

    def test_on_receipt_it_lies_with_the_coordinator_of_complaints_by_name(
        self, lw: Wereld, winston: Actor, esra: Actor, fenna: Actor
    ) -> None:
        binnen = self.klacht(lw)
        werk = zaak_van(binnen.zaak).werk
        assert (werk.team_id, werk.behandelaar_id) == (lw.klachten.id, winston.id)
        assert Toewijzing.objects.get(zaak_id=binnen.zaak).medewerker_id == winston.id
        rollen = Rol.objects.filter(zaak_id=binnen.zaak, medewerker_id=winston.id)
        assert set(rollen.values_list("omschrijving_generiek", flat=True)) == {"behandelaar", "zaakcoordinator"}
        assert zoek.haal_zaak(winston, binnen.zaak).id == binnen.zaak
        for ander in (esra, fenna, coordinator(lw.een)):
            with pytest.raises(NotFound):
                zoek.haal_zaak(ander, binnen.zaak)
            assert not zoek.werklijst(ander).regels

    def test_it_goes_to_one_person_who_may(self, lw: Wereld, winston: Actor, esra: Actor, ruud: Actor) -> None:
        binnen = self.klacht(lw)
        for wie, code in (
            ({"team": lw.wegen}, "bij-naam"),
            ({"medewerker": ruud.id}, "mag-geen-klacht"),
        ):
            with pytest.raises(Refused) as refused:
                taken.zet_door(winston, binnen.zaak, vraag="Wil jij dit doen?", idempotency_key="k", **wie)
            assert refused.value.code == code
        taak = taken.zet_door(winston, binnen.zaak, medewerker=esra.id, vraag="Wil jij?", idempotency_key="k")
        taken.pak_taak_op(esra, taak)
        assert zoek.haal_zaak(esra, binnen.zaak).werk.behandelaar_id == esra.id
        # the coordinator stays coordinator
        assert zoek.haal_zaak(winston, binnen.zaak).id == binnen.zaak

    def test_whom_it_is_about_never_sees_or_gets_it(
        self, lw: Wereld, winston: Actor, esra: Actor, fenna: Actor
    ) -> None:
        binnen = self.klacht(lw)
        assert esra.id and winston.id
        behandeling.noem_betrokken_medewerker(winston, binnen.zaak, esra.id)
        with pytest.raises(Refused) as refused:
            behandeling.wijs_toe(winston, binnen.zaak, team=None, behandelaar=esra.id)
        assert refused.value.code == "betrokken"
        with pytest.raises(NotFound):
            zoek.haal_zaak(load(esra.id), binnen.zaak)
        with pytest.raises(Refused) as refused:
            behandeling.noem_betrokken_medewerker(winston, binnen.zaak, winston.id)
        assert refused.value.code == "eerst-overdragen"

    def test_the_resident_reads_everything_that_was_said(self, lw: Wereld, winston: Actor) -> None:
        binnen = self.klacht(lw)
        behandeling.beantwoord(winston, binnen.zaak, "U hebt gelijk. Het spijt ons.", idempotency_key="a")
        zaken.schrijf_notitie(winston, binnen.zaak, "Al twee keer eerder over hem.")
        gezien = [g.tekst for g in zoek.tijdlijn(Actor.link(binnen.zaak), binnen.zaak)]
        assert "De man aan de balie was onbeleefd." in gezien and "U hebt gelijk. Het spijt ons." in gezien
        assert not any("twee keer" in tekst for tekst in gezien)
        verhaal = reactie(volger_van_link(binnen.sleutel)).gebeurtenissen
        assert [g.soort for g in verhaal if g.soort in ("in", "uit")] == ["in", "uit"]

    def test_opened_again_it_returns_to_who_handled_it(self, lw: Wereld, winston: Actor, esra: Actor) -> None:
        binnen = self.klacht(lw)
        behandeling.wijs_toe(winston, binnen.zaak, team=None, behandelaar=esra.id, waarom="Verdeeld.")
        klacht.los_informeel_op(esra, binnen.zaak, afspraak="Wij belden.", tevreden=True, idempotency_key="i")
        behandeling.heropen(winston, binnen.zaak, "Er is iets vergeten.")
        assert zaak_van(binnen.zaak).werk.behandelaar_id == esra.id

    def test_its_term_is_the_laws(self, lw: Wereld, winston: Actor) -> None:
        with pytest.raises(Refused) as refused:
            behandeling.stel_uit(winston, self.klacht(lw).zaak, date(2027, 1, 29), "Druk.")
        assert refused.value.code == "wettelijke-termijn"


def test_another_organisation_sees_and_does_nothing(lw: Wereld, gt: Wereld) -> None:
    binnen = lw.ontvang()
    carmelita = medewerker(gt, "Carmelita Jagdewsing", gt.een)
    for doe in (
        lambda: zoek.haal_zaak(carmelita, binnen.identificatie),
        lambda: behandeling.neem_in_behandeling(carmelita, binnen.zaak),
        lambda: behandeling.beantwoord(carmelita, binnen.zaak, "Hoi", idempotency_key="x"),
        lambda: taken.zet_door(carmelita, binnen.zaak, team=gt.een, vraag="?", idempotency_key="x"),
    ):
        with pytest.raises(NotFound):
            doe()


def test_the_administrator_sees_no_zaken(lw: Wereld) -> None:
    binnen = lw.ontvang()
    beheer = medewerker(lw, "Beheerder", lw.een, "beheerder")
    with pytest.raises(NotFound):
        zoek.haal_zaak(beheer, binnen.zaak)
    assert link_van(binnen.zaak).email
