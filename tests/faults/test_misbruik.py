"""Guessing links, tampering with forms, crossing organisations: refused, and written in the trail."""

import pytest

from tests.faults.conftest import Proef

pytestmark = pytest.mark.proces


def test_guessing_links_is_slowed_down_and_logged_and_hinders_nobody_else(proef: Proef) -> None:
    gok, voor = proef.browser(), proef.geweigerd()
    statussen = [gok.get(f"/volg/{n:043d}").status for n in range(70)]
    assert statussen[:60] == [404] * 60
    assert statussen[60:] == [429] * 10
    geduld = gok.get("/volg/verkeerd")
    assert geduld.status == 429
    assert int(geduld.headers["retry-after"]) > 0
    assert "Wacht" in geduld.woorden
    assert proef.geweigerd() >= voor + 60
    (pad,) = proef.rijen(
        "select detail ->> 'pad' from loket_audit_handeling where handeling = 'geweigerd' order by tijd desc limit 1"
    )[0]
    assert len(pad) < 43, "the trail is no list of keys"
    assert proef.browser().get("/volg/verkeerd").status == 404, "another address is not punished"
    assert gok.get(f"/volg/{proef.weet['sleutel']}").status == 200, "and who has the link, gets in"


def test_asking_for_a_link_by_number_tells_nothing_and_is_slowed_down(proef: Proef) -> None:
    gok = proef.browser()
    goed = gok.post("/volg", {"nummer": proef.weet["nummer"], "email": "niet.van.mij@voorbeeld.nl"})
    geen = gok.post("/volg", {"nummer": "LW-2026-99999", "email": "niet.van.mij@voorbeeld.nl"})
    assert (goed.status, goed.naar) == (geen.status, geen.naar) == (302, "/volg-verstuurd")
    statussen = {gok.post("/volg", {"nummer": "LW-2026-00001", "email": "x@voorbeeld.nl"}).status for _ in range(22)}
    assert statussen == {302, 429}
    assert "niet.van.mij@voorbeeld.nl" not in proef.box.to()


@pytest.mark.parametrize("koekje", ["", "verzonnen", "{}:{}:{}", "x" * 4000])
def test_a_forged_draft_is_no_draft(proef: Proef, koekje: str) -> None:
    voor = proef.waarde("select count(*) from zaken_zaak")
    browser = proef.browser()
    browser.koekjes["loket_concept_melding"] = koekje
    for pad in ("/melden/controleren", "/melden/gegevens", "/melden/waar"):
        antwoord = browser.post(pad, {"antwoord": "nee"})
        assert (antwoord.status, antwoord.naar) == (302, "/melden")
    assert browser.get("/melden/bevestiging").naar == "/melden"
    assert proef.waarde("select count(*) from zaken_zaak") == voor


def test_a_draft_of_one_form_is_none_of_another(proef: Proef) -> None:
    browser = proef.browser().vul_in("Een tegel steekt omhoog.")
    browser.koekjes["loket_concept_klacht"] = browser.koekjes["loket_concept_melding"]
    assert browser.post("/klacht/controleren").naar == "/klacht"


def test_a_form_without_the_secret_of_the_page_changes_nothing(proef: Proef) -> None:
    browser = proef.browser().vul_in("Een tegel steekt omhoog.")
    voor = proef.waarde("select count(*) from zaken_zaak")
    antwoord = browser.post("/melden/controleren", csrf=False)
    assert antwoord.status == 403
    assert "Wij hebben niets veranderd" in antwoord.woorden
    assert proef.waarde("select count(*) from zaken_zaak") == voor


def test_hidden_fields_cannot_name_somebody_elses_report_or_a_step_that_is_not_there(proef: Proef) -> None:
    browser = proef.browser()
    browser.post("/melden", {"tekst": "Een tegel steekt omhoog."})
    for zelfde in (proef.weet["zaak"], proef.weet["zaak_gt"], "alles"):
        antwoord = browser.post("/melden/waar", {"woorden": "Ver weg.", "zelfde": zelfde})
        assert antwoord.status == 422, "only what was offered can be joined"
    assert browser.post("/melden", {"tekst": "x", "categorie": "geheim"}).status == 422
    browser.post("/melden/waar", {"woorden": "Hier.", "zelfde": "nieuw", "zaak": proef.weet["zaak"], "status": "x"})
    browser.post("/melden/gegevens", {"antwoord": "nee", "partij": proef.weet["zaak"], "organisatie": "GT"})
    nummer = browser.verstuur()
    assert nummer.startswith("LW-")
    assert nummer != proef.weet["nummer"]


def test_a_double_click_gives_one_zaak_and_the_same_number(proef: Proef) -> None:
    browser = proef.browser().vul_in("Een tegel steekt omhoog.")
    voor = proef.waarde("select count(*) from zaken_zaak")
    assert len({browser.verstuur() for _ in range(3)}) == 1
    assert proef.waarde("select count(*) from zaken_zaak") == voor + 1


def test_an_employee_of_another_organisation_reaches_nothing_and_the_attempt_is_logged(proef: Proef) -> None:
    vreemd = proef.medewerker("gt.eerste_lijn")
    notities = proef.waarde("select count(*) from zaken_zaaknotitie")
    paden = (
        f"/werk/zaak/{proef.weet['zaak']}/",
        f"/werk/zaak/{proef.weet['nummer']}/",
        f"/werk/zaak/{proef.weet['nummer']}/nieuw/",
        f"/werk/zaak/{proef.weet['nummer']}/notitie/doen/",
        f"/werk/document/{proef.weet['document']}/",
    )
    for pad in paden:
        voor = proef.geweigerd()
        assert vreemd.get(pad).status == 404, pad
        assert proef.geweigerd() == voor + 1
    voor = proef.geweigerd()
    notitie = {"tekst": "Van een ander.", "sleutel": "verzonnen"}
    assert vreemd.post(f"/werk/zaak/{proef.weet['nummer']}/notitie/doen/", notitie).status == 404
    assert proef.geweigerd() == voor + 1
    assert proef.waarde("select count(*) from zaken_zaaknotitie") == notities
    assert vreemd.get("/beheer/mail").status == 403
    wie, hoe = proef.rijen(
        "select actor_naam, waarom from loket_audit_handeling where handeling = 'geweigerd' order by tijd desc limit 1"
    )[0]
    assert (wie, hoe) == ("eerste_lijn", "beheer.mail")
    eigen = vreemd.get(f"/werk/zaak/{proef.weet['nummer_gt']}/")
    assert eigen.status == 200
    assert proef.weet["nummer"] not in vreemd.get("/werk/zoeken/?q=tegel").html


def test_an_act_cannot_be_aimed_at_a_team_of_another_organisation(proef: Proef) -> None:
    eigen = proef.medewerker("lw.eerste_lijn")
    pad = f"/werk/zaak/{proef.weet['nummer']}/toewijzen/doen/"
    antwoord = eigen.post(pad, {"bij": f"team:{proef.weet['water']}", "waarom": "Daar hoort het.", "sleutel": "y"})
    assert antwoord.status == 422
    team = "select team_id::text from zaken_werkvoorraad where identificatie = %s"
    assert proef.waarde(team, (proef.weet["nummer"],)) != proef.weet["water"]


def test_the_link_of_one_reaction_opens_no_document_of_another(proef: Proef) -> None:
    browser, voor = proef.browser(), proef.geweigerd()
    assert browser.get(f"/volg/{proef.weet['sleutel']}/document/{proef.weet['document']}").status == 200
    assert browser.get(f"/volg/{proef.weet['sleutel_gt']}/document/{proef.weet['document']}").status == 404
    assert proef.geweigerd() == voor + 1
