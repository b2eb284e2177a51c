"""The case that every municipality knows (Ombudsman Groningen): a man rings eight times, two calls are found, and
nobody took over from a colleague who was away for long. Here it cannot happen."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from loket.foundation.access.actor import Actor
from loket.foundation.audit.models import Dataverwerking, Handeling
from loket.foundation.audit.use import Use
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.event import Delivery, restore
from loket.foundation.events.listeners import registry
from loket.foundation.events.models import EventRow
from loket.foundation.mail.models import Bericht
from loket.foundation.time.clock import frozen, now
from loket.registers.klanten import beltijden
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.models import Gesprek, Internetaak, Klantcontact, Partij
from loket.registers.klanten.queries import taken as zoek_taken
from loket.registers.klanten.queries.gesprekken import concepten, gesprekken_met, telling
from loket.registers.zaken.models import Werkvoorraad, Zaak
from loket.services.reacties.commands import taken
from loket.services.reacties.commands import terugbellen as bellen
from loket.services.reacties.commands.gesprek import Wat, bewaar
from loket.services.reacties.jobs import geef_terug_wat_niemand_oppakte, meld_gemiste_beloften
from loket.services.reacties.queries.gesprek import GESPREK, zoek
from tests.services.reacties.mensen import afwezig, coordinator, link_van, medewerker, zaak_van
from tests.services.reacties.test_handelen import als
from tests.services.reacties.wereld import VRIJDAG, Wereld, bewoner

MAANDAG = date(2026, 11, 23)
BELLER = {"naam": "Wim Terpstra", "telefoon": "06 12345678"}


def wat(afhandeling: str, **meer: object) -> Wat:
    velden = {"kanaal": "telefoon", "notitie": "De heer Terpstra belt over de heg.", **meer}
    return Wat(afhandeling=afhandeling, **velden)  # type: ignore[arg-type]


def bezorg() -> list[Bericht]:
    """Hand all events of call-backs to the listener, as the worker would; gives the mails there are now."""
    luisteraar = registry["reacties.bellen"]
    wat = [
        Delivery(r.id, r.time, restore(r.type, r.subject, r.organisatie, r.data))
        for r in EventRow.objects.order_by("volg")
        if r.type in luisteraar.types
    ]
    for een in wat:
        luisteraar.handle([een])
    return list(Bericht.objects.order_by("created_at", "id"))


def te_laat_voor(actor: Actor) -> list[UUID]:
    return [t.id for t in zoek_taken(actor, soort="terugbellen", te_laat=True, van_teams=True)]


def test_eight_calls_are_eight_traceable_calls_and_the_promise_finds_somebody(
    lw: Wereld, fenna: Actor, ruud: Actor
) -> None:
    """A man rings every week about his hedge; Ruud, who would call him, is away for months."""
    with frozen(VRIJDAG):
        eerste = bewaar(fenna, uuid4(), wat("terugbellen", medewerker=ruud.id, dag=MAANDAG, wanneer="09-12", **BELLER))
    assert eerste.nieuw and eerste.zaak
    taak = Internetaak.objects.get(soort="terugbellen")
    assert (taak.medewerker_id, taak.team_id) == (ruud.id, lw.wegen.id)
    assert taak.coordinator_id == lw.wegen.coordinator_id and taak.klantcontact_id == eerste.klantcontact
    partij = Partij.objects.get(naam="Wim Terpstra")
    for week in range(1, 8):
        moment = VRIJDAG + timedelta(weeks=week)
        with frozen(moment):
            # each week the promise was broken: coordinator and team know, before the man has to ring again
            geef_terug_wat_niemand_oppakte()
            meld_gemiste_beloften()
            taak.refresh_from_db()
            assert taak.te_laat_op and taak.status == "teruggegeven"
            assert taak.medewerker_id == lw.wegen.coordinator_id and taak.team_id == lw.wegen.id
            assert te_laat_voor(ruud) == [taak.id] == te_laat_voor(coordinator(lw.wegen))
            volgende = beltijden.eerste({}, now(), marge=timedelta(hours=20))
            gesprek = wat(
                "terugbellen",
                partij=partij.id,
                bij_zaak=eerste.nummer,
                dag=volgende.van.date(),
                wanneer=volgende.code,
                notitie=f"Week {week}: de heer Terpstra is nog niet gebeld.",
            )
            assert bewaar(fenna, uuid4(), gesprek).nummer == eerste.nummer
    # eight calls, one person, one zaak, one promise with an owner, a date and an escalation
    gesprekken = gesprekken_met(Use(fenna, GESPREK), partij.id, limiet=20)
    assert len(gesprekken) == 8 and {g.nummers for g in gesprekken} == {(eerste.nummer,)}
    assert {g.afhandeling for g in gesprekken} == {"terugbellen"} and {g.door for g in gesprekken} == {"Fenna Wierda"}
    assert Zaak.objects.count() == 1 and Internetaak.objects.filter(soort="terugbellen").count() == 1
    taak.refresh_from_db()
    assert taak.uiterlijk > VRIJDAG + timedelta(weeks=7) and taak.coordinator_id and taak.te_laat_op is None
    keten = als(fenna).get(f"/werk/zaak/{eerste.nummer}/").text
    assert all(f"Week {week}:" in keten for week in range(1, 8))
    # a colleague of the team calls, reaches nobody once, and then speaks him
    collega = medewerker(lw, "Joris Tenhave", lw.wegen)
    with frozen(VRIJDAG + timedelta(weeks=7, hours=1)):
        bellen.neem_bellen_over(collega, taak)
        opnieuw = beltijden.eerste({}, now())
        klanten.leg_poging_vast(collega, taak, "voicemail", opnieuw=opnieuw, idempotency_key="1")
        klanten.leg_poging_vast(collega, taak, "voicemail", opnieuw=opnieuw, idempotency_key="1")
        taak.refresh_from_db()
        assert (taak.pogingen, taak.status, taak.medewerker_id) == (1, "opgepakt", collega.id)
    with frozen(opnieuw.van):
        klanten.leg_poging_vast(collega, taak, "bereikt", notitie="Heg is volgende week klaar.", idempotency_key="2")
        klanten.leg_poging_vast(collega, taak, "bereikt", idempotency_key="2")
    taak.refresh_from_db()
    assert taak.status == "afgehandeld" and te_laat_voor(collega) == []
    gebeld = Klantcontact.objects.filter(metadata__has_key="poging").order_by("plaatsgevonden_op")
    assert [g.indicatie_contact_gelukt for g in gebeld] == [False, True]
    tijdlijn = Client().get(f"/volg/{_sleutel(eerste.zaak)}").text
    assert "Joris Tenhave belde u en sprak uw voicemail in" in tijdlijn and "Joris Tenhave belde u" in tijdlijn


def _sleutel(zaak: UUID) -> str:
    from loket.services.reacties import sleutels

    link = link_van(zaak)
    return sleutels.sleutel_van(bytes(link.zaad), bytes(link.sleutel_hash)) or ""


def test_the_substitute_of_somebody_absent_calls(lw: Wereld, fenna: Actor, ruud: Actor) -> None:
    nadia = medewerker(lw, "Nadia Elzinga", lw.wegen)
    nadia = afwezig(ruud, nadia, date(2026, 11, 1), date(2027, 3, 1))
    gedaan = bewaar(fenna, uuid4(), wat("terugbellen", medewerker=ruud.id, dag=MAANDAG, wanneer="14-15", **BELLER))
    taak = Internetaak.objects.get(soort="terugbellen")
    assert taak.vervanger_id == nadia.id
    assert [t.id for t in zoek_taken(nadia, van_mij=True)] == [taak.id]
    pagina = als(nadia).get("/werk/taken/").text
    assert gedaan.nummer in pagina and f"/werk/taak/{taak.id}/beantwoorden/" in pagina
    taken.pak_taak_op(nadia, taak)
    taak.refresh_from_db()
    assert taak.medewerker_id == nadia.id


def test_a_coordinator_takes_over_forty_cases_and_all_call_backs_of_a_sick_colleague_in_one_act(
    lw: Wereld, fenna: Actor, ruud: Actor, django_assert_max_num_queries: Callable[..., object]
) -> None:
    baas, joris = coordinator(lw.wegen), medewerker(lw, "Joris Tenhave", lw.wegen)
    zaken = [lw.ontvang(email=f"b{n}@voorbeeld.nl", telefoon="0612345678") for n in range(40)]
    Werkvoorraad.objects.update(team=lw.wegen, behandelaar_id=ruud.id)
    for n, binnen in enumerate(zaken[:3]):
        dag = VRIJDAG.date() if n == 0 else MAANDAG
        moment = beltijden.kies({}, dag, "16-17" if n == 0 else "09-12", VRIJDAG)
        bellen.beloof(fenna, binnen.zaak, moment, idempotency_key=f"b{n}")
    klanten.bewaar_gesprek(ruud, uuid4(), {"notitie": "Mevrouw Bos belt over"})
    bezorg()
    with frozen(VRIJDAG + timedelta(hours=4)):  # the first promise was this afternoon
        aantal = taken.neem_werk_over(baas, ruud.id, joris.id, "Ruud is ziek")  # type: ignore[arg-type]
    assert aantal == 44
    assert Werkvoorraad.objects.filter(behandelaar_id=joris.id).count() == 40
    bij_joris = Internetaak.objects.filter(soort="terugbellen", medewerker_id=joris.id).order_by("uiterlijk")
    assert len(bij_joris) == 3 and all(t.uiterlijk > VRIJDAG + timedelta(hours=4) and t.team_id for t in bij_joris)
    assert [c.gegevens["notitie"] for c in concepten(joris)] == ["Mevrouw Bos belt over"]
    assert any("op een ander moment" in bericht.subject for bericht in bezorg())
    assert Handeling.objects.filter(handeling="reactie.overnemen", actor=baas.id).count() == 1


class TestBelofte:
    def test_the_resident_sees_the_promise_and_hears_each_change_once(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang(telefoon="0612345678")
        moment = beltijden.kies(lw.organisatie.openingstijden, MAANDAG, "09-12", now())
        taak = bellen.beloof(fenna, binnen.zaak, moment, idempotency_key="b")
        assert bellen.beloof(fenna, binnen.zaak, moment, idempotency_key="b").id == taak.id
        pagina = Client().get(f"/volg/{binnen.sleutel}").text
        assert (
            "Wij bellen u maandag 23 november tussen 9.00 en 12.00 uur" in pagina and "uiterlijk om 12.00 uur" in pagina
        )
        assert [b.subject.partition(" – ")[0] for b in bezorg()] == ["Wij bellen u"]
        anders = beltijden.kies({}, date(2026, 11, 24), "15-16", now())
        klanten.beloof_opnieuw(Actor.system("test"), taak, anders)
        klanten.beloof_opnieuw(Actor.system("test"), taak, anders)
        assert [b.subject.partition(" – ")[0] for b in bezorg()] == ["Wij bellen u", "Wij bellen u op een ander moment"]
        with frozen(anders.tot + timedelta(minutes=1)):
            meld_gemiste_beloften()
            meld_gemiste_beloften()
            assert "Dat is niet gelukt. Sorry." in Client().get(f"/volg/{binnen.sleutel}").text
        assert [b.subject.partition(" – ")[0] for b in bezorg()][2:] == ["Wij belden u niet op tijd"]

    def test_after_three_calls_in_vain_the_mail_says_how_to_reach_us(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang(telefoon="0612345678")
        moment = beltijden.eerste({}, now())
        taak = bellen.beloof(fenna, binnen.zaak, moment, medewerker=fenna.id, idempotency_key="b")
        assert taak.status == "opgepakt"
        for n in range(beltijden.MAX_POGINGEN):
            moment = beltijden.kies({}, MAANDAG + timedelta(days=n), "13-14", now())
            klanten.leg_poging_vast(fenna, taak, "niet_bereikt", opnieuw=moment, idempotency_key=f"p{n}")
        luisteraar = registry["reacties.bellen"]
        rijen = [r for r in EventRow.objects.order_by("volg") if r.type in luisteraar.types][-2:]
        luisteraar.handle([Delivery(r.id, r.time, restore(r.type, r.subject, r.organisatie, r.data)) for r in rijen])
        laatste = Bericht.objects.order_by("created_at", "id").last()
        assert laatste and "3 keer" in laatste.text and "14 0199" in laatste.text
        taak.refresh_from_db()
        assert taak.pogingen == 3 and taak.status == "opgepakt"
        assert "stoppen" in als(fenna).get("/werk/taken/").text
        stop = als(fenna).post(f"/werk/taak/{taak.id}/stoppen/", {"sleutel": "s", "waarom": "Neemt nooit op."})
        assert stop.status_code == 302
        assert bezorg()[-1].subject.startswith("Wij bellen u niet meer")

    def test_only_in_the_hours_of_the_organisation(self) -> None:
        tijden = {"telefoon": {"ma": ["08:30", "17:00"], "di": ["10:00", "12:00"]}}
        nu = VRIJDAG
        assert beltijden.beldagen(tijden, nu.date(), 3) == [MAANDAG, MAANDAG + timedelta(1), MAANDAG + timedelta(7)]
        assert beltijden.kies(tijden, MAANDAG + timedelta(1), "09-12", nu).code == "10-12"
        assert beltijden.uren(tijden, nu.date())[0] == (9, 10)
        for dag, wanneer, field in (
            (MAANDAG, "17-20", "wanneer"),
            (MAANDAG + timedelta(2), "09-12", "dag"),
            (VRIJDAG.date(), "09-12", "dag"),
            (MAANDAG, "25-26", "wanneer"),
            (MAANDAG + timedelta(days=60), "09-12", "dag"),
        ):
            with pytest.raises(Refused) as geweigerd:
                beltijden.kies(tijden, dag, wanneer, nu)
            assert geweigerd.value.field == field
        with pytest.raises(Refused):
            beltijden.kies({}, date(2026, 12, 25), "09-12", datetime(2026, 12, 20, tzinfo=UTC))
        with pytest.raises(Refused):
            beltijden.eerste({"telefoon": {"zo": []}}, nu)

    def test_who_is_not_of_the_team_cannot_take_it_over(self, lw: Wereld, fenna: Actor, ruud: Actor) -> None:
        binnen = lw.ontvang(telefoon="0612345678")
        taak = bellen.beloof(fenna, binnen.zaak, beltijden.eerste({}, now()), medewerker=ruud.id, idempotency_key="b")
        ander = medewerker(lw, "Piet Water", lw.water)
        with pytest.raises((Forbidden, NotFound)):
            bellen.neem_bellen_over(ander, taak)


class TestGesprek:
    def test_a_note_without_name_or_zaak_is_kept_and_counted(self, lw: Wereld, fenna: Actor) -> None:
        sleutel = uuid4()
        gedaan = bewaar(fenna, sleutel, wat("beantwoord", notitie="Vroeg naar de openingstijden."))
        assert bewaar(fenna, sleutel, wat("beantwoord", notitie="Nog eens")) == gedaan
        contact = Klantcontact.objects.get(id=gedaan.klantcontact)
        assert (contact.afhandeling, contact.richting, contact.kanaal) == ("beantwoord", "in", "telefoon")
        assert not Zaak.objects.exists() and not Partij.objects.exists()
        geteld = telling(lw.organisatie, VRIJDAG - timedelta(days=1), VRIJDAG + timedelta(days=1))
        assert geteld == {"beantwoord": 1, "doorgezet": 0, "terugbellen": 0}
        assert "Vroeg naar de openingstijden." in als(fenna).get("/werk/gesprekken/").text

    def test_a_new_reactie_goes_the_way_of_the_website(self, lw: Wereld, fenna: Actor) -> None:
        zonder = bewaar(fenna, uuid4(), wat("doorgezet", soort="melding", team=lw.wegen.id, kanaal="balie"))
        assert (
            zonder.zaak
            and zaak_van(zonder.zaak).kanaal == "balie"
            and zaak_van(zonder.zaak).werk.team_id == lw.wegen.id
        )
        assert Internetaak.objects.get(soort="doorzetten").team_id == lw.wegen.id
        vraag = bewaar(fenna, uuid4(), wat("beantwoord", soort="vraag", email="wim@voorbeeld.nl", naam="Wim"))
        assert vraag.zaak and zaak_van(vraag.zaak).einddatum and link_van(vraag.zaak).email == "wim@voorbeeld.nl"
        wim = Partij.objects.get(naam="Wim")
        nog = bewaar(fenna, uuid4(), wat("beantwoord", soort="melding", partij=wim.id))
        assert nog.zaak and link_van(nog.zaak).partij_id == wim.id and link_van(nog.zaak).email == ""
        assert zaak_van(nog.zaak).einddatum is None
        with pytest.raises(Refused) as geweigerd:
            bewaar(fenna, uuid4(), wat("beantwoord", soort="klacht"))
        assert geweigerd.value.field == "naam"
        with pytest.raises(Refused) as geweigerd:
            bewaar(fenna, uuid4(), wat("terugbellen", dag=MAANDAG, wanneer="09-12"))
        assert geweigerd.value.field == "telefoon" and Zaak.objects.count() == 3

    def test_a_draft_is_its_writer_s_and_survives(self, lw: Wereld, fenna: Actor) -> None:
        sleutel, bij_fenna = uuid4(), als(fenna)
        adres = f"/werk/gesprek/{sleutel}/"
        assert bij_fenna.get("/werk/gesprek/").status_code == 302 and not Gesprek.objects.exists()
        assert bij_fenna.post(f"{adres}bewaar/", {"notitie": "Mevrouw Bos bel"}).status_code == 200
        assert "Mevrouw Bos bel" in bij_fenna.get(adres).text
        tweede = uuid4()
        bij_fenna.post(f"/werk/gesprek/{tweede}/bewaar/", {"notitie": "Een ander"})
        assert len(concepten(fenna)) == 2 and str(sleutel) in bij_fenna.get(f"/werk/gesprek/{tweede}/").text
        ander = medewerker(lw, "Sanne Tuinhof", lw.een)
        assert als(ander).get(adres).status_code == 404 and als(ander).post(f"{adres}bewaar/").status_code == 404
        af = bij_fenna.post(adres, {"notitie": "Mevrouw Bos belde", "kanaal": "telefoon", "daad": "beantwoord"})
        assert af["Location"] == "/werk/gesprekken/"
        assert bij_fenna.post(f"{adres}bewaar/", {"notitie": "laat"}).status_code == 409
        assert Gesprek.objects.get(id=sleutel).gegevens == {} and Klantcontact.objects.count() == 1
        assert bij_fenna.post(f"/werk/gesprek/{tweede}/", {"daad": "weg"}).status_code == 302
        assert not concepten(fenna)

    def test_a_person_is_found_however_one_asks_and_each_search_is_logged(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang(telefoon="0612345678")
        for tekst in (
            "hazelh",
            "t.hazelhoff@voorbeeld.nl",
            "06-12345678",
            "+31 6 1234 5678",
            binnen.identificatie.lower(),
        ):
            voor = Dataverwerking.objects.count()
            gevonden = zoek(fenna, tekst)
            assert [p.naam for p in gevonden.personen] == ["Tineke Hazelhoff"], tekst
            assert Dataverwerking.objects.count() == voor + 1
        assert [z.nummer for z in zoek(fenna, binnen.identificatie).zaken] == [binnen.identificatie]
        assert not zoek(fenna, "te") and not zoek(fenna, "LW-1999-00001") and not zoek(fenna, "9999 ZZ 12")
        adres = f"/werk/gesprek/{uuid4()}/"
        partij = Partij.objects.get()
        gezocht = als(fenna).post(adres, {"notitie": "Ja", "kanaal": "telefoon", "zoek": "hazelh", "daad": "zoek"})
        assert gezocht.status_code == 200 and str(partij.id) in gezocht.text
        gekozen = als(fenna).post(adres, {"notitie": "Ja", "kanaal": "telefoon", "kies": str(partij.id)}, follow=True)
        assert "Losse" in gekozen.text and binnen.identificatie in gekozen.text
        bij = {"notitie": "Belt weer", "kanaal": "telefoon", "partij": str(partij.id), "over": binnen.identificatie}
        af = als(fenna).post(adres, {**bij, "daad": "beantwoord"})
        assert af["Location"] == f"/werk/zaak/{binnen.identificatie}/"
        assert Klantcontact.objects.filter(onderwerpobjecten__zaak_id=binnen.zaak).count() == 2


class TestBewoner:
    def test_a_resident_asks_to_be_called_from_the_status_page(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        adres = f"/volg/{binnen.sleutel}/terugbellen"
        assert Client().get(adres).status_code == 200 and adres in Client().get(f"/volg/{binnen.sleutel}").text
        fout = Client().post(adres, {"telefoon": "12", "dag": "2026-11-23", "wanneer": "09-12"})
        assert fout.status_code == 422 and not Internetaak.objects.exists()
        keuze = {"telefoon": "06 1234 5678", "dag": "2026-11-23", "wanneer": "09-12", "eenmalig": "e"}
        for _keer in range(2):
            assert Client().post(adres, keuze).status_code == 302
        taak = Internetaak.objects.get(soort="terugbellen")
        assert taak.team_id == lw.een.id and taak.telefoon == "0612345678" and taak.coordinator_id
        assert Client().post(adres, {**keuze, "dag": "2026-11-24", "eenmalig": "f"}).status_code == 302
        assert Internetaak.objects.get(soort="terugbellen").uiterlijk.day == 24

    def test_somebody_without_a_reactie_asks_to_be_called(self, lw: Wereld) -> None:
        keuze = {"waarover": "Mijn vergunning", "telefoon": "0612345678", "dag": "2026-11-23", "wanneer": "10-11"}
        antwoord = Client().post("/terugbellen", keuze, follow=True)
        assert "Wij bellen u maandag 23 november tussen 10.00 en 11.00 uur" in antwoord.text
        assert Werkvoorraad.objects.get().zaaktype == "vraag" and Internetaak.objects.get().team_id == lw.een.id
        assert Client().post("/terugbellen", {**keuze, "dag": "2026-11-22"}).status_code == 422

    def test_who_logged_in_sees_the_promise_in_mijn_loket(self, lw: Wereld, fenna: Actor) -> None:
        wie = bewoner()
        binnen = lw.ontvang(wie, telefoon="0612345678")
        bellen.beloof(fenna, binnen.zaak, beltijden.kies({}, MAANDAG, "09-12", now()), idempotency_key="b")
        assert "Wij bellen u maandag 23 november" in als(wie).get("/mijn/zaken").text
        assert als(wie).get(f"/mijn/zaken/{binnen.identificatie}/terugbellen").status_code == 200
