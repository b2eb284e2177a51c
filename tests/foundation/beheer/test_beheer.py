"""An administrator makes teams and employees, of the own organisation only, and never the last one disappears."""

import re
import time
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client
from django.urls import reverse

from loket.foundation.access.actor import Actor, load
from loket.foundation.audit.models import Handeling
from loket.foundation.beheer import commands, health
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.identity.models import Gebruiker, Lidmaatschap, Team
from loket.foundation.mail.models import Bericht
from tests.foundation.beheer.conftest import Bureau

pytestmark = pytest.mark.django_db


def spoor(handeling: str) -> list[Handeling]:
    return list(Handeling.objects.filter(handeling=handeling))


# --- where one begins ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("functie", "naar"), [("beheerder", "/beheer/"), ("privacy", "/beheer/"), ("eerste_lijn", "/werk")]
)
def test_an_employee_begins_at_the_first_page_that_is_his(
    lw: Bureau, client: Client, settings: object, functie: str, naar: str
) -> None:
    settings.STAFF_PASSWORD = True  # type: ignore[attr-defined]
    wie = lw.mensen.get(functie) or lw.mens(functie)
    wie.set_password("een lang wachtwoord")
    wie.save()
    antwoord = client.post("/medewerkers/inloggen", {"naam": wie.gebruikersnaam, "wachtwoord": "een lang wachtwoord"})
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith(naar)


def test_the_start_page_has_a_door_for_what_one_may_do_and_no_other(lw: Bureau) -> None:
    beheer = lw.browser("beheerder").get("/beheer/").content.decode()
    privacy = lw.browser("privacy").get("/beheer/").content.decode()
    for pad in (
        "/beheer/mail",
        "/beheer/teams/",
        "/beheer/medewerkers/",
        "/beheer/organisatie/",
        "/beheer/gezondheid/",
    ):
        assert f'href="{pad}"' in beheer
        assert f'href="{pad}"' not in privacy
    for pad in ("/beheer/gebruik/", "/beheer/spoor/"):
        assert f'href="{pad}"' in privacy
        assert f'href="{pad}"' not in beheer
    lezer = lw.browser("eerste_lijn")
    assert lezer.get("/beheer/").status_code == 403
    assert 'href="/beheer/"' not in lezer.get("/beheer/").content.decode()


def test_health_is_told_in_words(lw: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = {"status": "unknown"}
    weg = {"status": "down", "database": {"status": "down"}, "worker": unknown, "outbox": unknown}
    monkeypatch.setattr("loket.foundation.beheer.health.state", lambda: weg)
    bladzijde = lw.browser("beheerder").get("/beheer/gezondheid/").content.decode()
    assert "Niet bereikbaar" in bladzijde and "loket doctor" in bladzijde
    assert "Er is iets mis" in lw.browser("beheerder").get("/beheer/").content.decode()


def test_health_is_looked_at_once_a_second_whoever_asks(lw: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a reader of these pages could exhaust the connections, for each look takes one of its own."""
    klok, keken = [100.0], []

    def kijk(*_: object, **__: object) -> None:
        keken.append(klok[0])
        klok[0] += 2.0  # as long as it waits for a database that does not answer
        raise psycopg.OperationalError

    monkeypatch.setattr("loket.foundation.beheer.health.psycopg.connect", kijk)
    monkeypatch.setattr("loket.foundation.beheer.health._last", None)
    monkeypatch.setattr("loket.foundation.beheer.health.time.monotonic", lambda: klok[0])
    client = lw.browser("beheerder")
    assert "Er is iets mis" in client.get("/beheer/").content.decode()
    assert "Niet bereikbaar" in client.get("/beheer/gezondheid/").content.decode()
    assert client.get("/healthz").status_code == 503
    assert keken == [100.0]
    klok[0] += 1.1
    assert client.get("/healthz").status_code == 503
    assert keken == [100.0, 103.1]


def test_health_says_no_longer_that_all_is_well_once_the_database_is_known_to_be_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def weg(*_: object, **__: object) -> None:
        raise psycopg.OperationalError

    monkeypatch.setattr("loket.foundation.beheer.health.psycopg.connect", weg)
    monkeypatch.setattr("loket.foundation.beheer.health._last", (time.monotonic(), {"status": "ok"}))
    assert health.state()["status"] == "ok"
    monkeypatch.setattr("loket.foundation.beheer.health.watch.away", True)
    assert health.state()["status"] == "down"


# --- teams and employees -------------------------------------------------------------------------------


def test_a_team_an_employee_and_what_he_may_do(lw: Bureau) -> None:
    client = lw.browser("beheerder")
    velden = {"naam": "Wijkbeheer", "lijn": "2", "domeinen": "Wegen, overlast wegen", "coordinator": ""}
    assert client.post("/beheer/teams/nieuw/", velden).status_code == 302
    team = Team.objects.get(naam="Wijkbeheer")
    assert (team.organisatie_id, team.lijn, team.domeinen) == (lw.organisatie.id, 2, ["wegen", "overlast"])

    nieuw = {"naam": "Anna Jansen", "gebruikersnaam": "A.Jansen", "email": "a.jansen@voorbeeld.nl"}
    antwoord = client.post("/beheer/medewerkers/nieuw/", nieuw)
    anna = Gebruiker.objects.get(gebruikersnaam="a.jansen")
    assert antwoord["Location"] == reverse("beheer:medewerker", args=[anna.pk])
    assert not anna.has_usable_password()
    assert not load(anna.pk).grants

    functie = {"lid-team": str(team.id), "lid-functie": str(lw.functies["tweede_lijn"].id)}
    client.post(reverse("beheer:geef_functie", args=[anna.pk]), functie)
    client.post(reverse("beheer:geef_functie", args=[anna.pk]), functie)
    assert load(anna.pk).may("zaak.lezen")
    bladzijde = client.get(reverse("beheer:medewerker", args=[anna.pk])).content.decode()
    assert "Behandelaar" in bladzijde and "Wijkbeheer" in bladzijde
    assert "Anna Jansen" in client.get(reverse("beheer:team", args=[team.id])).content.decode()

    lid = Lidmaatschap.objects.get(gebruiker=anna)
    client.post(reverse("beheer:neem_functie", args=[anna.pk, lid.pk]))
    client.post(reverse("beheer:neem_functie", args=[anna.pk, lid.pk]))
    assert not load(anna.pk).may("zaak.lezen")
    for handeling in ("team.gemaakt", "medewerker.gemaakt", "functie.gegeven", "functie.genomen"):
        (regel,) = spoor(handeling)
        assert (regel.actor, regel.organisatie) == (lw.mensen["beheerder"].pk, lw.organisatie.id)
        assert "Anna" not in str(regel.detail)


def test_changes_leave_the_names_of_the_fields_in_the_trail_and_not_what_was_in_them(lw: Bureau) -> None:
    client, wie = lw.browser("beheerder"), lw.mens("")
    velden = {"naam": "Nieuwe Naam", "gebruikersnaam": wie.gebruikersnaam, "email": wie.email, "telefoon": "06-1"}
    for _keer in (1, 2):
        assert client.post(reverse("beheer:medewerker", args=[wie.pk]), velden).status_code == 302
    (regel,) = spoor("medewerker.gewijzigd")
    assert regel.detail == {"velden": ["naam", "telefoon"]}
    assert "Nieuwe" not in str(regel.detail)


def test_what_two_people_cannot_share_is_refused_at_its_field(lw: Bureau, gt: Bureau) -> None:
    ander = gt.mens("")
    client = lw.browser("beheerder")
    velden = {"naam": "X", "gebruikersnaam": ander.gebruikersnaam.upper(), "email": "x@v.nl"}
    antwoord = client.post("/beheer/medewerkers/nieuw/", velden)
    assert antwoord.status_code == 422
    assert "al van iemand" in antwoord.content.decode()
    with pytest.raises(Refused) as refused:
        commands.maak_medewerker(lw.actor("beheerder"), naam="X", gebruikersnaam="x.y.z", email=ander.email.upper())
    assert refused.value.field == "email"
    with pytest.raises(Refused) as refused:
        commands.maak_team(lw.actor("beheerder"), naam="Klantcontact", lijn=2)
    assert refused.value.field == "naam"
    with pytest.raises(Refused):
        commands.maak_team(lw.actor("beheerder"), naam="Anders", lijn=2, coordinator=ander.pk)


def test_a_name_that_another_took_a_moment_ago_is_refused_too(
    lw: Bureau, gt: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_uniek", lambda _wie: None)  # as it looked before the other wrote
    beheer, ander, eigen = lw.actor("beheerder"), gt.mens(""), lw.mens("")
    for daad in (
        lambda: commands.maak_medewerker(beheer, naam="X", gebruikersnaam=ander.gebruikersnaam),
        lambda: commands.wijzig_medewerker(beheer, eigen.pk, gebruikersnaam=ander.gebruikersnaam),
    ):
        with pytest.raises(Refused) as refused:
            daad()
        assert (refused.value.code, refused.value.field) == ("bestaat", "gebruikersnaam")
    with pytest.raises(Refused) as refused:
        commands.wijzig_organisatie(beheer, naam=gt.organisatie.naam)
    assert (refused.value.code, refused.value.field) == ("bestaat", "naam")
    assert not spoor("medewerker.gemaakt") and not spoor("medewerker.gewijzigd") and not spoor("organisatie.gewijzigd")


def test_another_organisation_is_out_of_reach(lw: Bureau, gt: Bureau) -> None:
    beheer, ander = lw.actor("beheerder"), gt.mens("")
    lid = Lidmaatschap.objects.create(gebruiker=ander, team=gt.team, functie=gt.functies["eerste_lijn"])
    with pytest.raises(NotFound):
        commands.wijzig_team(beheer, gt.team.id, naam="Van ons")
    with pytest.raises(NotFound):
        commands.wijzig_medewerker(beheer, ander.pk, naam="Van ons")
    with pytest.raises(NotFound):
        commands.zet_uit_dienst(beheer, ander.pk)
    with pytest.raises(NotFound):
        commands.stuur_wachtwoordlink(beheer, ander.pk)
    with pytest.raises(NotFound):
        commands.geef_functie(beheer, lw.mens("").pk, team=gt.team.id, functie=lw.functies["eerste_lijn"].id)
    with pytest.raises(Forbidden):
        commands.maak_organisatie(beheer, naam="N", soort="gemeente", afkorting="NN", rsin="999900493")
    commands.neem_functie(beheer, lid.pk)
    assert Lidmaatschap.objects.filter(pk=lid.pk).exists()


def test_without_the_right_nothing_happens(lw: Bureau) -> None:
    for functie in ("eerste_lijn", "coordinator", "privacy"):
        with pytest.raises(Forbidden):
            commands.maak_team(lw.actor(functie), naam="Nieuw", lijn=1)
    with pytest.raises(Forbidden):
        commands.wijzig_organisatie(Actor("bewoner", id=uuid4()), naam="Van mij")


def test_the_last_administrator_stays(lw: Bureau) -> None:
    beheer, wie = lw.actor("beheerder"), lw.mensen["beheerder"]
    lid = Lidmaatschap.objects.get(gebruiker=wie)
    for daad in (lambda: commands.zet_uit_dienst(beheer, wie.pk), lambda: commands.neem_functie(beheer, lid.pk)):
        with pytest.raises(Refused) as refused:
            daad()
        assert refused.value.code == "laatste"
    assert load(wie.pk).may("beheer.organisatie")
    client = lw.browser("beheerder")
    antwoord = client.post(reverse("beheer:dienst", args=[wie.pk]), follow=True)
    assert "Dit is de laatste beheerder" in antwoord.content.decode()

    ander = lw.mens("")
    commands.geef_functie(beheer, ander.pk, team=lw.team.id, functie=lw.functies["beheerder"].id)
    commands.neem_functie(beheer, lid.pk)
    assert not load(wie.pk).may("beheer.organisatie")


def test_who_leaves_can_do_nothing_from_the_next_request_on(lw: Bureau) -> None:
    weg = lw.browser("eerste_lijn")
    wie = lw.mensen["eerste_lijn"]
    Team.objects.filter(id=lw.team.id).update(coordinator=wie)
    beheer = lw.actor("beheerder")
    with pytest.raises(Refused) as refused:
        commands.zet_uit_dienst(beheer, wie.pk)
    assert refused.value.code == "coordinator" and "Klantcontact" in refused.value.message
    commands.wijzig_team(beheer, lw.team.id, coordinator_id=lw.mensen["beheerder"].pk)
    commands.zet_uit_dienst(beheer, wie.pk)
    commands.zet_uit_dienst(beheer, wie.pk)
    assert len(spoor("medewerker.uit_dienst")) == 1
    assert weg.get("/werk/").status_code in (302, 404)
    assert not load(wie.pk).grants
    assert wie.naam not in lw.browser("beheerder").get("/beheer/medewerkers/").content.decode()
    assert wie.naam in lw.browser("beheerder").get("/beheer/medewerkers/?weg=1").content.decode()
    commands.neem_in_dienst(beheer, wie.pk)
    assert load(wie.pk).may("zaak.lezen")


def test_the_organisation(lw: Bureau) -> None:
    client = lw.browser("beheerder")
    velden = {"naam": "Gemeente Nieuw", "telefoon": "14 0001", "uren_telefoon": "ma-vr 8:00-17:00", "uren_balie": "ma"}
    fout = client.post("/beheer/organisatie/", velden)
    assert fout.status_code == 422 and "De regel “ma” begrijpen wij niet" in fout.content.decode()
    assert client.post("/beheer/organisatie/", velden | {"uren_balie": ""}).status_code == 302
    lw.organisatie.refresh_from_db()
    assert (lw.organisatie.naam, lw.organisatie.telefoon) == ("Gemeente Nieuw", "14 0001")
    assert lw.organisatie.openingstijden["telefoon"]["vr"] == [["08:00", "17:00"]]
    assert "ma-vr 08:00-17:00" in client.get("/beheer/organisatie/").content.decode()
    assert spoor("organisatie.gewijzigd")[0].detail == {"velden": ["naam", "telefoon", "openingstijden"]}


def test_many_employees_are_shown_a_page_at_a_time_and_found_by_name(lw: Bureau) -> None:
    Gebruiker.objects.bulk_create(
        Gebruiker(soort="medewerker", organisatie=lw.organisatie, gebruikersnaam=f"n{n:03}", naam=f"Naam {n:03}")
        for n in range(60)
    )
    client = lw.browser("beheerder")
    eerste = client.get("/beheer/medewerkers/").content.decode()
    assert "Naam 040" in eerste and "Naam 059" not in eerste and "vanaf=50" in eerste
    assert "Naam 059" in client.get("/beheer/medewerkers/?vanaf=50").content.decode()
    gevonden = client.get("/beheer/medewerkers/?q=naam+059&vanaf=x").content.decode()
    assert "Naam 059" in gevonden and "Naam 001" not in gevonden
    assert "Wij vonden niemand" in client.get("/beheer/medewerkers/?q=%00zzz").content.decode()


# --- a password of one's own ---------------------------------------------------------------------------


def test_an_employee_chooses_a_password_by_a_link_that_works_once(lw: Bureau, settings: object) -> None:
    settings.STAFF_PASSWORD = True  # type: ignore[attr-defined]
    wie = lw.mens("eerste_lijn")
    lw.browser("beheerder").post(reverse("beheer:wachtwoord", args=[wie.pk]))
    bericht = Bericht.objects.get(to_address=wie.email)
    gevonden = re.search(r"https?://[^/]+(/medewerkers/wachtwoord/\S+)", bericht.text)
    assert gevonden
    pad, client = gevonden[1], Client()
    assert wie.gebruikersnaam in client.get(pad).content.decode()
    for zwak in ("kort", "password12345", wie.gebruikersnaam + wie.gebruikersnaam):
        antwoord = client.post(pad, {"wachtwoord": zwak})
        assert antwoord.status_code == 422, zwak
        assert zwak not in antwoord.content.decode().replace(wie.gebruikersnaam, "")
    goed = "vier paarden op de dijk"
    antwoord = client.post(pad, {"wachtwoord": goed})
    assert antwoord.status_code == 302 and "_auth_user_id" in client.session
    wie.refresh_from_db()
    assert wie.check_password(goed)
    assert Client().get(pad).status_code == 404, "it works once"
    sleutel = pad.rpartition("/")[2]
    for regel in Handeling.objects.all():
        assert sleutel not in str(vars(regel)) and goed not in str(vars(regel))
    assert Client().get(pad[:-1]).status_code == 404, "nor is it guessed"


def test_no_link_where_employees_have_no_password(lw: Bureau, settings: Any) -> None:
    settings.STAFF_PASSWORD = False
    wie = lw.mens("")
    client = lw.browser("beheerder")
    gezegd = client.post(reverse("beheer:wachtwoord", args=[wie.pk]), follow=True).content.decode()
    assert "zonder wachtwoord van Loket" in gezegd
    assert not Bericht.objects.exists() and not spoor("medewerker.wachtwoordlink")


def test_no_link_without_an_address(lw: Bureau) -> None:
    wie = lw.mens("")
    Gebruiker.objects.filter(pk=wie.pk).update(email="")
    with pytest.raises(Refused) as refused:
        commands.stuur_wachtwoordlink(lw.actor("beheerder"), wie.pk)
    assert refused.value.code == "adres"
