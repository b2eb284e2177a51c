"""The workbench: the lists, the page of a zaak, tasks and search; who sees what, and what it costs."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loket.foundation.access.actor import Actor
from loket.foundation.audit.models import Dataverwerking, Handeling
from loket.foundation.storage.files import store
from loket.foundation.time.clock import frozen, now
from loket.foundation.web.tags.small import due_words
from loket.registers.klanten.commands import geef_internetaak
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.queries import Gebeurtenis
from loket.services.reacties.commands import behandeling, taken
from loket.services.reacties.commands import keten as behandeling_keten
from loket.services.reacties.inzending import Foto
from loket.services.reacties.queries.ontvangst import Ontvangst
from loket.services.werkplek import keten
from loket.services.werkplek.templatetags.werkplek import duur, regel, termijn
from tests.services.reacties.mensen import coordinator, medewerker
from tests.services.reacties.test_handelen import als
from tests.services.reacties.wereld import TEGEL, VRIJDAG, Wereld


@pytest.fixture
def fenna(lw: Wereld) -> Actor:
    return medewerker(lw, "Fenna Wierda", lw.een)


@pytest.fixture
def bij_fenna(fenna: Actor) -> Client:
    return als(fenna)


@pytest.fixture
def binnen(lw: Wereld) -> Ontvangst:
    return lw.ontvang()


class TestLijst:
    def test_triage_shows_what_nobody_works_on_with_its_suggestion(
        self, lw: Wereld, fenna: Actor, bij_fenna: Client, binnen: Ontvangst
    ) -> None:
        mijn = lw.ontvang(soort="vraag", categorie="", tekst="Wanneer is de markt?")
        behandeling.neem_in_behandeling(fenna, mijn.zaak)
        begin = bij_fenna.get("/werk/", follow=True)
        assert begin.redirect_chain == [("/werk/lijst/triage/", 302)]
        assert "Stadsbeheer wegen" in begin.text and binnen.identificatie in begin.text
        assert mijn.identificatie not in begin.text
        assert mijn.identificatie in bij_fenna.get("/werk/lijst/mijn/").text
        assert bij_fenna.get("/werk/lijst/onzin/").status_code == 404

    def test_filters_words_and_what_is_unknown(self, lw: Wereld, bij_fenna: Client, binnen: Ontvangst) -> None:
        vraag = lw.ontvang(soort="vraag", categorie="", tekst="Wanneer is de markt?")
        gefilterd = bij_fenna.get("/werk/lijst/triage/?soort=vraag").text
        assert vraag.identificatie in gefilterd and binnen.identificatie not in gefilterd
        for leeg in ("kanaal=balie", "termijn=laat", "bericht=nieuw"):
            assert "Met deze filters is er niets" in bij_fenna.get(f"/werk/lijst/triage/?{leeg}").text
        for raar in ("soort=onzin", "na=onzin", f"team={uuid4()}", "kanaal=%00", "zoek=%00"):
            assert bij_fenna.get(f"/werk/lijst/triage/?{raar}").status_code == 200
        assert vraag.identificatie in bij_fenna.get("/werk/lijst/triage/?zoek=Wanneer").text

    def test_the_second_page_follows_the_first(self, lw: Wereld, bij_fenna: Client) -> None:
        nummers = [lw.ontvang(email="", naam="").identificatie for _n in range(27)]
        een = bij_fenna.get("/werk/lijst/triage/")
        twee = bij_fenna.get("/werk/lijst/triage/" + een.context["volgende"])
        gezien = [r.identificatie for p in (een, twee) for r, _dag, _van in p.context["regels"]]
        assert sorted(gezien) == nummers and len(een.context["regels"]) == 25
        assert "1 tot en met 25 van 27" in een.text and "Naar het begin" in twee.text

    def test_new_ones_are_counted_and_never_below_zero(self, lw: Wereld, bij_fenna: Client, binnen: Ontvangst) -> None:
        for sinds, nieuw in (("0", 1), ("1", 0), ("5", 0), ("x", 0), ("٣", 0)):
            antwoord = bij_fenna.get("/werk/lijst/triage/nieuw/", {"sinds": sinds}).json()
            assert antwoord["nieuw"] == nieuw and "live" in antwoord

    def test_all_of_a_page_are_chosen_with_a_link_and_the_acts_stand_there(
        self, lw: Wereld, bij_fenna: Client, binnen: Ontvangst
    ) -> None:
        lw.ontvang()
        pagina = bij_fenna.get("/werk/lijst/triage/?soort=melding")
        assert [str(act.title) for act, _adres in pagina.context["samen"]] == [
            "Zet door",
            "Neem in behandeling",
            "Neem voorstel over",
            "Wijs toe",
        ]
        assert (
            pagina.text.count('name="zaak"') == 2
            and " checked" not in pagina.text.split("<tbody>")[1].split("</tbody>")[0]
        )
        alles = bij_fenna.get("/werk/lijst/triage/" + pagina.context["allemaal"]).text
        assert alles.split("<tbody>")[1].count(" checked") >= 2
        assert 'name="terug" value="/werk/lijst/triage/?soort=melding"' in alles
        ilse = als(medewerker(lw, "Ilse Steenkist", lw.specialisten)).get("/werk/lijst/team/")
        assert ilse.context["samen"] == []

    def test_what_another_organisation_passed_on_says_so(
        self, lw: Wereld, gt: Wereld, fenna: Actor, binnen: Ontvangst
    ) -> None:
        behandeling_keten.zend_door(fenna, binnen.zaak, gt.organisatie, waarom="De duiker.", idempotency_key="d")
        carmelita = als(medewerker(gt, "Carmelita Jagdewsing", gt.een))
        assert "van Gemeente Lindewaard" in carmelita.get("/werk/lijst/triage/").text
        daar = carmelita.get(f"/werk/zaak/{binnen.identificatie}/").text
        assert "doorgezonden door Gemeente Lindewaard" in daar and "Doorgezonden door <b>Gemeente Linde" in daar
        hier = als(fenna).get(f"/werk/zaak/{binnen.identificatie}/").text
        assert "doorgezonden door" not in hier and "Doorgezonden naar <b>Waterschap" in hier

    def test_a_page_costs_few_statements_however_long_the_list(self, lw: Wereld, bij_fenna: Client) -> None:
        def kosten() -> int:
            with CaptureQueriesContext(
                connection,
            ) as gevraagd:
                bij_fenna.get("/werk/lijst/triage/")
            return len(gevraagd)

        lw.ontvang(email="", naam="")
        een = kosten()
        for _n in range(8):
            lw.ontvang(email="", naam="")
        assert kosten() == een < 25


class TestZaak:
    def test_everything_stands_on_the_page_and_reading_is_logged(
        self, lw: Wereld, fenna: Actor, bij_fenna: Client, binnen: Ontvangst
    ) -> None:
        zaken.schrijf_notitie(fenna, binnen.zaak, "Aannemer is gebeld.")
        pagina = bij_fenna.get(f"/werk/zaak/{binnen.identificatie}/?van=triage")
        assert pagina.status_code == 200
        for woord in (TEGEL, "Tineke Hazelhoff", "Aannemer is gebeld.", "Kastanjelaan", "Antwoord aan bewoner"):
            assert woord in pagina.text, woord
        assert "Neem voorstel over" in pagina.text and "/werk/lijst/triage/" in pagina.text
        assert Dataverwerking.objects.filter(verwerkingsactiviteit__contains="werkplek.behandelen").exists()
        assert [k.act.name for k in pagina.context["kop"]] == ["reacties.opnemen", "reacties.afsluiten"]

    def test_asking_whether_there_is_news_uses_nobodys_data(
        self, fenna: Actor, bij_fenna: Client, binnen: Ontvangst
    ) -> None:
        adres = bij_fenna.get(f"/werk/zaak/{binnen.identificatie}/").context["live_vraag"]
        gelogd = Dataverwerking.objects.count()
        assert bij_fenna.get(adres).json()["nieuw"] == 0
        zaken.schrijf_notitie(fenna, binnen.zaak, "Nieuws.")
        assert bij_fenna.get(adres).json()["nieuw"] == 1
        assert Dataverwerking.objects.count() == gelogd

    def test_another_organisation_gets_404_and_it_is_logged(self, gt: Wereld, binnen: Ontvangst) -> None:
        carmelita = medewerker(gt, "Carmelita Jagdewsing", gt.een)
        for pad in (f"/werk/zaak/{binnen.identificatie}/", f"/werk/zaak/{binnen.zaak}/", "/werk/zaak/%00/"):
            assert als(carmelita).get(pad).status_code == 404
        assert Handeling.objects.filter(gelukt=False, actor=carmelita.id).count() >= 2
        assert als(carmelita).get("/werk/zoeken/?q=tegel").context["treffers"] == []

    def test_the_administrator_sees_no_work_at_all(self, lw: Wereld, binnen: Ontvangst) -> None:
        beheer = als(medewerker(lw, "Beheerder", lw.een, "beheerder"))
        for pad in ("/werk/", "/werk/lijst/team/", "/werk/taken/", "/werk/zoeken/", f"/werk/zaak/{binnen.zaak}/"):
            assert beheer.get(pad).status_code == 403

    def test_who_may_only_read_is_told_where_it_lies(self, lw: Wereld, binnen: Ontvangst) -> None:
        ruud = als(medewerker(lw, "Ruud Kleibergen", lw.wegen))
        pagina = ruud.get(f"/werk/zaak/{binnen.identificatie}/").text
        assert "U kunt deze zaak lezen" in pagina and "Klantcontact" in pagina and "Antwoord aan bewoner" not in pagina

    def test_a_complaint_is_on_nobodys_list_but_the_coordinators(self, lw: Wereld, fenna: Actor) -> None:
        winston = als(coordinator(lw.klachten, "klachtbehandelaar", "coordinator"))
        klacht = lw.ontvang(soort="klacht", categorie="", tekst="Hij was onbeleefd.", over="de balie")
        assert klacht.identificatie in winston.get("/werk/lijst/mijn/").text
        pagina = winston.get(f"/werk/zaak/{klacht.identificatie}/")
        assert "Artikel 9:11 Awb" in pagina.text and "Noem betrokken medewerker" in pagina.text
        assert "Stel uit" not in pagina.text
        for code in ("triage", "team", "te-laat", "tweede-lijn"):
            assert klacht.identificatie not in als(fenna).get(f"/werk/lijst/{code}/").text

    def test_files_stand_under_the_message_they_came_with(self, lw: Wereld, bij_fenna: Client) -> None:
        met = lw.ontvang(fotos=(Foto("f", "stoep.jpg", store(b"een foto").sha256, 8, "image/jpeg"),))
        pagina = bij_fenna.get(f"/werk/zaak/{met.identificatie}/")
        [schakel] = [s for s in pagina.context["keten"] if s.bestanden]
        assert schakel.gebeurtenis.soort == "bericht_in" and schakel.elders == 0
        assert [bestand.bestandsnaam for bestand in schakel.bestanden] == ["stoep.jpg"]
        in_keten = pagina.text.split('id="keten"')[1].split("</ol>")[0]
        assert in_keten.count("stoep.jpg") == 1 and f"/werk/document/{schakel.bestanden[0].id}/" in in_keten
        vreemd = keten.met_bijlagen([schakel.gebeurtenis], {schakel.gebeurtenis.id: [uuid4()]}, [])
        assert vreemd == [keten.Schakel(schakel.gebeurtenis, (), 1)]

    def test_closing_stays_in_the_chain_when_it_is_opened_again(
        self, lw: Wereld, bij_fenna: Client, binnen: Ontvangst
    ) -> None:
        baas = lw.actor("Nadia Elzinga")
        for n, resultaat in enumerate(("Opgelost", "Niet opgelost")):
            with frozen(now() + timedelta(hours=2 * n + 1)):
                behandeling.sluit_af(baas, binnen.zaak, resultaat, f"Wij maakten het {n + 1} keer.")
            with frozen(now() + timedelta(hours=2 * n + 2)):
                behandeling.heropen(baas, binnen.zaak, "Het steekt weer uit.")
        with frozen(now() + timedelta(hours=6)):
            rij = [s.gebeurtenis for s in bij_fenna.get(f"/werk/zaak/{binnen.identificatie}/").context["keten"]]
        assert [(g.soort, g.kop if g.soort == "resultaat" else g.tekst) for g in rij[1:]] == [
            ("resultaat", "Opgelost"),
            ("status", "Het steekt weer uit."),
            ("resultaat", "Niet opgelost"),
            ("status", "Het steekt weer uit."),
        ]
        assert all(regel(g).startswith("<b>Nadia Elzinga</b>") for g in rij[1:])
        assert "heropende de zaak. Het steekt weer uit." in regel(rij[2])

    def test_the_key_in_the_address_opens_its_act(self, bij_fenna: Client, binnen: Ontvangst) -> None:
        for toets, naam in (("D", "doorzetten"), ("v", "voorstel"), ("", "antwoord"), ("Q", "antwoord")):
            pagina = bij_fenna.get(f"/werk/zaak/{binnen.identificatie}/", {"toets": toets})
            assert pagina.context["begint"].act.name == f"reacties.{naam}"


class TestTaken:
    def test_three_lists(self, lw: Wereld, fenna: Actor, bij_fenna: Client, binnen: Ontvangst) -> None:
        ilse = medewerker(lw, "Ilse Steenkist", lw.specialisten)
        taken.vraag_specialist(fenna, binnen.zaak, team=lw.specialisten, vraag="Mag dit zo?", idempotency_key="s")
        wacht = bij_fenna.get("/werk/taken/")
        assert [t.gevraagde_handeling for t in wacht.context["gevraagd"]] == ["Mag dit zo?"]
        bij_ilse = als(ilse).get("/werk/taken/")
        assert [t.gevraagde_handeling for t in bij_ilse.context["van_team_taken"]] == ["Mag dit zo?"]
        pagina = als(ilse).get(f"/werk/zaak/{binnen.identificatie}/").text
        assert "Pak op" in pagina and "Beantwoord" in pagina and "Interne notitie" in pagina
        assert "Antwoord aan bewoner" not in pagina

    def test_every_act_that_a_task_has_stands_beside_it_and_leads_back(
        self, lw: Wereld, fenna: Actor, binnen: Ontvangst
    ) -> None:
        ruud, ilse = medewerker(lw, "Ruud Kleibergen", lw.wegen), medewerker(lw, "Ilse Steenkist", lw.specialisten)
        taken.zet_door(fenna, binnen.zaak, medewerker=ruud.id, vraag="Wie gaat kijken?", idempotency_key="d")
        bij_ruud = als(ruud)
        doorgezet = bij_ruud.get("/werk/taken/").context["mijn"][0]
        assert woorden_van(bij_ruud, "/werk/taken/", doorgezet.id) == ["oppakken", "teruggeven"]
        adres = f"/werk/taak/{doorgezet.id}/oppakken/?van=taken"
        assert 'href="/werk/taken/"' in bij_ruud.get(adres).text.split("loket-editor__foot")[1]
        deel = bij_ruud.post(adres, {"sleutel": "s"}, headers={"HX-Request": "true"})
        assert (deel.status_code, deel["HX-Redirect"]) == (204, "/werk/taken/")
        vraag = taken.vraag_specialist(ruud, binnen.zaak, medewerker=ilse.id, vraag="Mag dit?", idempotency_key="s")
        assert woorden_van(als(ilse), "/werk/taken/", vraag.id) == ["oppakken", "beantwoorden", "teruggeven"]
        assert woorden_van(bij_ruud, "/werk/taken/", vraag.id) == ["intrekken"]
        bellen = geef_internetaak(
            ruud,
            binnen.zaak,
            soort="terugbellen",
            gevraagde_handeling="Bel de melder",
            uiterlijk=now() + timedelta(days=1),
            medewerker=ilse.id,
            idempotency_key="b",
        )
        gezien = als(ilse).get("/werk/taken/").text
        assert "Ik belde terug" in gezien
        antwoord = f"/werk/taak/{bellen.id}/beantwoorden/?van=taken"
        assert "Wat besprak u?" in als(ilse).get(antwoord).text
        gedaan = als(ilse).post(antwoord, {"sleutel": "s", "antwoord": "", "uitkomst": "bereikt"}, follow=True)
        assert gedaan.redirect_chain == [("/werk/taken/", 302)] and "Bel de melder" not in gedaan.text
        keten = als(ruud).get(f"/werk/zaak/{binnen.identificatie}/").text
        assert "<b>Ilse Steenkist</b> belde de bewoner" in keten and "per telefoon" not in keten, (
            "no message without words"
        )


def woorden_van(client: Client, pad: str, taak: UUID) -> list[str]:
    """The codes of the acts that stand on a page for one task."""
    return re.findall(rf"/werk/taak/{taak}/(\w+)/\?van=taken", client.get(pad).text)


def test_the_keys_of_the_palette_are_on_the_page(bij_fenna: Client, binnen: Ontvangst) -> None:
    for pad in ("/werk/lijst/mijn/", f"/werk/zaak/{binnen.identificatie}/", "/werk/taken/"):
        gezien = bij_fenna.get(pad).text
        assert 'href="/werk/lijst/triage/" data-key="T"' in gezien and 'href="/werk/lijst/mijn/" data-key="M"' in gezien


def test_search_finds_by_number_word_and_act(bij_fenna: Client, binnen: Ontvangst) -> None:
    for woorden in (binnen.identificatie, binnen.identificatie.lower(), "tegel stoe", "Kastanjelaan"):
        assert [t.identificatie for t in bij_fenna.get("/werk/zoeken/", {"q": woorden}).context["treffers"]] == [
            binnen.identificatie
        ], woorden
    palet = bij_fenna.get("/werk/zoeken/", {"q": "triage"}, headers={"HX-Request": "true"}).text
    assert "Ga naar triage" in palet
    assert bij_fenna.get("/werk/zoeken/", {"q": "'; drop table \x00 &"}).status_code == 200


class TestKeten:
    def gebeurtenis(self, soort: str, na: int = 0, **detail: str) -> Gebeurtenis:
        moment = datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(minutes=na)
        return Gebeurtenis(moment, soort, uuid4(), "Fenna", None, "kop", "", False, None, timedelta(hours=1), detail)

    def test_one_act_is_one_line(self) -> None:
        rij = [
            self.gebeurtenis("bericht_in"),
            self.gebeurtenis("status"),
            self.gebeurtenis("toewijzing"),
            self.gebeurtenis("taak_gegeven", 5, taak="doorzetten"),
            self.gebeurtenis("toewijzing", 5),
            self.gebeurtenis("taak_opgepakt", 9, taak="doorzetten"),
            self.gebeurtenis("taak_beantwoord", 9, taak="doorzetten"),
            self.gebeurtenis("toewijzing", 9),
            self.gebeurtenis("status", 9),
            self.gebeurtenis("status", 30),
        ]
        assert [(g.soort, g.tijd.minute) for g in keten.leesbaar(rij)] == [
            ("bericht_in", 0),
            ("taak_gegeven", 5),
            ("taak_opgepakt", 9),
            ("status", 30),
        ]
        assert keten.leesbaar([]) == []

    def test_who_had_it_and_how_long(self, lw: Wereld, fenna: Actor, bij_fenna: Client, binnen: Ontvangst) -> None:
        with frozen(now() + timedelta(hours=3)):
            taken.zet_door(fenna, binnen.zaak, team=lw.wegen, vraag="Wie gaat kijken?", idempotency_key="d")
        with frozen(now() + timedelta(days=2)):
            had = bij_fenna.get(f"/werk/zaak/{binnen.identificatie}/").context["had"]
        assert [(h.naam, duur(h.duur), h.nu) for h in had] == [
            ("Klantcontact", "3 uur", False),
            ("Stadsbeheer wegen", "1 dag", True),
        ]


def test_a_call_back_is_late_by_the_hour() -> None:
    with frozen(VRIJDAG):
        assert due_words(termijn(VRIJDAG - timedelta(hours=1))) == "Te laat"
        assert due_words(termijn(VRIJDAG + timedelta(hours=1))) == "Vandaag"
        assert due_words(termijn(VRIJDAG - timedelta(days=1))) == "1 dag te laat"
