"""From a change to the subscriber: what matches, in which order, and what happens when it does not arrive."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.access.actor import Actor, Grant
from loket.foundation.api.events import ObjectGewijzigd
from loket.foundation.beheer.rules import ORGANISATIE
from loket.foundation.channels.webhook import HEADER, check
from loket.foundation.database.sql import execute
from loket.foundation.errors import NotFound
from loket.foundation.events.dispatcher import drain, enrol
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import frozen
from loket.registers.autorisaties import commands as autorisaties
from loket.registers.notificaties import commands, jobs, pages, queries, rules
from loket.registers.notificaties.koerier import Koerier
from loket.registers.notificaties.models import Abonnement, Aflevering, Notificatie
from loket.registers.notificaties.verspreiden import verspreid
from tests.registers.notificaties.ontvanger import AUTH, Ontvanger, luistert
from tests.registers.wereld import MAANDAG

SYSTEEM = Actor.system("test")


def neem(organisatie: Organisatie, ontvanger: Ontvanger, kanaal: str = "zaken", **filters: str) -> UUID:
    """A subscription."""
    return commands.maak_abonnement(
        SYSTEEM,
        organisatie=organisatie.id,
        callback_url=ontvanger.url,
        auth=AUTH,
        kanalen=[{"naam": kanaal, "filters": filters}],
    )[0]


def meld(organisatie: Organisatie, *objecten: str, zaak: str = "1", **kenmerken: str) -> None:
    """Notifications about objects of a zaak."""
    bericht = {"kanaal": "zaken", "hoofdObject": f"https://z/zaken/{zaak}", "resource": "status", "actie": "create"}
    verspreid(
        [
            (
                organisatie.id,
                {
                    **bericht,
                    "resourceUrl": f"https://z/statussen/{each}",
                    "aanmaakdatum": MAANDAG.isoformat(),
                    "kenmerken": kenmerken,
                },
            )
            for each in objecten
        ]
    )


def stand() -> list[str]:
    return list(Aflevering.objects.order_by("volg").values_list("stand", flat=True))


# --- what matches ---------------------------------------------------------------------------------------

WAARDE = st.sampled_from(["a", "b", "*", "https://localhost/x", "http://localhost/x", "https://elders.nl/x"])
KENMERKEN = st.dictionaries(st.sampled_from(["zaaktype", "bronorganisatie", "soort"]), WAARDE)


@given(filters=KENMERKEN, kenmerken=KENMERKEN)
def test_a_filter_is_a_value_or_anything(filters: dict[str, str], kenmerken: dict[str, str]) -> None:
    ontbreekt = {naam for naam, waarde in filters.items() if waarde != "*" and naam not in kenmerken}
    anders = {naam for naam in filters.keys() & kenmerken.keys() if filters[naam] not in ("*", kenmerken[naam])}
    assert rules.past(filters, kenmerken) == (not ontbreekt and not anders)
    assert rules.past({}, kenmerken) and rules.past(kenmerken, kenmerken)


@given(WAARDE)
def test_an_address_of_ours_is_the_same_by_every_name(waarde: str) -> None:
    pad = rules.eigen_pad(waarde, {"localhost"})
    assert pad == ("/x" if "//localhost" in waarde else waarde)
    assert rules.eigen_pad(pad, {"localhost"}) == pad


@given(st.integers(1, 40), st.floats(0, 1))
def test_the_next_attempt_is_later_each_time_within_bounds(pogingen: int, kans: float) -> None:
    wacht = rules.wacht(pogingen, lambda: kans)
    assert rules.EERSTE * 0.8 <= wacht <= rules.LANGSTE * 1.2
    assert rules.wacht(pogingen + 1, lambda: 0.5) >= rules.wacht(pogingen, lambda: 0.5)


def test_all_attempts_together_take_most_of_a_day() -> None:
    alles = sum((rules.wacht(n, lambda: 0.5) for n in range(1, rules.POGINGEN)), timedelta())
    assert timedelta(hours=16) < alles < timedelta(hours=24)


def test_who_asks_for_something_else_hears_nothing(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier
) -> None:
    neem(organisatie, ontvanger, zaaktype="http://localhost:8000/catalogi/api/v1/zaaktypen/1")
    meld(organisatie, "ja", zaaktype="https://localhost/catalogi/api/v1/zaaktypen/1")
    meld(organisatie, "nee", zaaktype="https://localhost/catalogi/api/v1/zaaktypen/2")
    meld(organisatie, "leeg")
    ander = Organisatie.objects.create(naam="GT", soort="waterschap", rsin="999905033", afkorting="GT")
    meld(ander, "vreemd", zaaktype="https://localhost/catalogi/api/v1/zaaktypen/1")
    koerier.tot_rust()
    assert ontvanger.objecten() == ["ja"]


# --- from the outbox ------------------------------------------------------------------------------------


def gewijzigd(organisatie: Organisatie, zaak: UUID) -> ObjectGewijzigd:
    return ObjectGewijzigd(
        subject=zaak,
        organisatie=organisatie.id,
        kanaal="zaken",
        resource="zaak",
        actie="create",
        hoofdobject=f"/zaken/api/v1/zaken/{zaak}",
        object=f"/zaken/api/v1/zaken/{zaak}",
        kenmerken={"bronorganisatie": "999905021", "zaaktype": "/catalogi/api/v1/zaaktypen/1", "leeg": ""},
    )


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_is_announced_once_and_what_was_rolled_back_is_not(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier
) -> None:
    enrol()
    neem(organisatie, ontvanger, zaaktype="http://localhost:8000/catalogi/api/v1/zaaktypen/1")
    neem(organisatie, ontvanger, "autorisaties")
    wel, niet = uuid4(), uuid4()
    with transaction.atomic():
        publish(gewijzigd(organisatie, wel))
    with transaction.atomic():
        publish(gewijzigd(organisatie, niet))
        transaction.set_rollback(True)
    applicatie = autorisaties.maak_applicatie(
        SYSTEEM, organisatie=organisatie.id, label="F", client_ids=["f"], alle=True
    )
    drain()
    koerier.tot_rust()
    berichten = {each["kanaal"]: each for each in ontvanger.berichten}
    assert len(ontvanger.berichten) == 2
    url = f"http://localhost:8000/zaken/api/v1/zaken/{wel}"
    assert berichten["zaken"] == {
        "kanaal": "zaken",
        "hoofdObject": url,
        "resource": "zaak",
        "resourceUrl": url,
        "actie": "create",
        "aanmaakdatum": "2026-11-23T09:30:00Z",
        "kenmerken": {
            "bronorganisatie": "999905021",
            "zaaktype": "http://localhost:8000/catalogi/api/v1/zaaktypen/1",
        },
    }
    assert berichten["autorisaties"]["resource"] == "applicatie"
    assert berichten["autorisaties"]["hoofdObject"].endswith(f"/autorisaties/api/v1/applicaties/{applicatie}")
    drain()
    koerier.tot_rust()
    assert len(ontvanger.berichten) == 2


# --- on the way -----------------------------------------------------------------------------------------


def test_what_arrives_is_signed_and_carries_the_key_of_the_subscriber(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier
) -> None:
    id = neem(organisatie, ontvanger)
    meld(organisatie, "1")
    koerier.tot_rust()
    headers, body = ontvanger.headers[0], ontvanger.bodies[0]
    assert headers["Authorization"] == AUTH and headers["Content-Type"] == "application/json"
    assert headers["Loket-Notificatie"] == str(Notificatie.objects.get().id)
    geheim = queries.open_geheim(id, Abonnement.objects.get().geheim)
    check(geheim, headers[HEADER], "POST", "/webhook?sleutel=1", body)
    assert stand() == ["afgeleverd"]
    assert Abonnement.objects.get().afgeleverd == 1


def test_order_is_kept_over_lines_that_are_kept_open(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier
) -> None:
    neem(organisatie, ontvanger)
    for n in range(20):
        meld(organisatie, *(f"{zaak}-{n}" for zaak in "ab"), zaak="ab"[n % 2])
    koerier.tot_rust()
    for zaak in ("https://z/zaken/a", "https://z/zaken/b"):
        van = [each["resourceUrl"] for each in ontvanger.berichten if each["hoofdObject"] == zaak]
        verwacht = [json.loads(each)["resourceUrl"] for each in Notificatie.objects.order_by("id").values_list(
            "bericht", flat=True) if json.loads(each)["hoofdObject"] == zaak]  # fmt: skip
        assert van == verwacht and len(van) == 20
    assert ontvanger.verbindingen <= 1 + 4, "one for the test, and four lines"


def test_what_failed_is_tried_again_and_holds_back_what_comes_after_it_in_the_same_zaak(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier
) -> None:
    neem(organisatie, ontvanger)
    stuk = {"https://z/statussen/1"}
    ontvanger.antwoord = lambda bericht: 500 if bericht["resourceUrl"] in stuk else 204
    meld(organisatie, "1", "2")
    meld(organisatie, "3", zaak="2")
    koerier.tot_rust()
    assert ontvanger.objecten() == ["3"]
    eerste = Aflevering.objects.order_by("volg")[0]
    assert (eerste.pogingen, eerste.volgende) == (1, MAANDAG + rules.EERSTE)
    assert eerste.fout == "Bij de ontvanger ging iets mis (500)."
    assert queries.standen(organisatie.id)[0].hapert == 1
    meld(organisatie, "4")
    stuk.clear()
    koerier.tot_rust()
    assert ontvanger.objecten() == ["3"], "not before its time"
    with frozen(MAANDAG + rules.EERSTE):
        koerier.tot_rust()
    assert ontvanger.objecten() == ["3", "1", "2", "4"]
    assert Abonnement.objects.get().fouten == 0


def test_what_never_arrives_is_given_up_and_sent_again_when_somebody_asks(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier
) -> None:
    id = neem(organisatie, ontvanger)
    ontvanger.antwoord = lambda bericht: 404 if bericht["resourceUrl"].endswith("/1") else 204
    meld(organisatie, "1", "2")
    moment = MAANDAG
    for _ in range(rules.POGINGEN):
        assert stand() == ["wacht", "wacht"]
        with frozen(moment):
            koerier.tot_rust()
        moment = max(Aflevering.objects.order_by("volg")[0].volgende, Abonnement.objects.get().pauze_tot or moment)
    assert stand()[0] == "dood" and moment - MAANDAG < timedelta(hours=30)
    with frozen(moment):
        koerier.tot_rust()
        assert ontvanger.objecten() == ["2"], "what follows is no longer held back"
        beeld = queries.standen(organisatie.id)[0]
        assert (beeld.dood, beeld.wacht, beeld.afgeleverd) == (1, 0, 1)
        assert beeld.fout == "Op dit adres is geen ontvanger (404)."
        ontvanger.antwoord = lambda bericht: 204
        koerier.tot_rust()
        assert ontvanger.objecten() == ["2"]
        assert commands.stuur_opnieuw(SYSTEEM, id) == 1
        koerier.tot_rust()
    assert ontvanger.objecten() == ["2", "1"] and stand() == ["afgeleverd"] * 2


def test_a_subscriber_that_is_away_is_asked_once_at_a_time_and_given_up_after_a_day(
    organisatie: Organisatie, koerier: Koerier, ontvanger: Ontvanger
) -> None:
    with luistert() as weg:
        neem(organisatie, weg)
    neem(organisatie, ontvanger)
    for n in range(50):
        meld(organisatie, str(n), zaak=str(n))
    koerier.tot_rust()
    assert len(ontvanger.berichten) == 50, "nobody else waits"
    dicht = Abonnement.objects.get(fouten__gt=0)
    assert dicht.pauze_tot and MAANDAG < dicht.pauze_tot <= MAANDAG + timedelta(minutes=2)
    van = Aflevering.objects.filter(abonnement=dicht)
    assert van.filter(pogingen__gt=0).count() <= 4, "what was on its way; the others did not lose an attempt"
    assert van.get(volg=van.filter(pogingen__gt=0)[0].volg).fout == "De server neemt geen verbinding aan."
    with frozen(MAANDAG + timedelta(hours=25)):
        koerier.tot_rust()
    assert set(van.values_list("stand", flat=True)) == {"dood"}


def test_an_answer_that_sends_us_elsewhere_is_no_success(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier
) -> None:
    neem(organisatie, ontvanger)
    ontvanger.antwoord = lambda bericht: 302
    meld(organisatie, "1")
    koerier.tot_rust()
    assert stand() == ["wacht"] and "verwijst naar een ander adres" in Aflevering.objects.get().fout


def test_a_courier_that_dies_before_it_wrote_down_loses_nothing(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier
) -> None:
    neem(organisatie, ontvanger)
    meld(organisatie, "1", "2", "3")
    gedood = Koerier()
    gedood.deel_uit()
    for _ in range(4):  # three outcomes, and that the line is free
        gedood.terug.get(timeout=10)
    gedood.sluit()
    assert ontvanger.objecten() == ["1", "2", "3"] and stand() == ["wacht"] * 3
    koerier.tot_rust()
    assert ontvanger.objecten() == ["1", "2", "3"] * 2 and stand() == ["afgeleverd"] * 3
    assert len({each["Loket-Notificatie"] for each in ontvanger.headers}) == 3, (
        "a subscriber can see that it is the same"
    )


def test_an_abonnement_that_ends_takes_along_what_waits_and_a_new_address_gets_it(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier
) -> None:
    weg, blijft = neem(organisatie, ontvanger), neem(organisatie, ontvanger)
    meld(organisatie, "1")
    commands.verwijder_abonnement(SYSTEEM, weg)
    assert Aflevering.objects.count() == 1
    with luistert() as nieuw:
        commands.wijzig_abonnement(SYSTEEM, blijft, callback_url=nieuw.url)
        koerier.tot_rust()
        assert nieuw.objecten() == ["1"] and not ontvanger.berichten


def test_what_was_delivered_goes_after_a_week_and_what_was_given_up_after_a_month(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier
) -> None:
    neem(organisatie, ontvanger)
    meld(organisatie, "1", "2", "3")
    volg = list(Aflevering.objects.order_by("volg").values_list("volg", flat=True))
    for een, soort in zip(volg, ("afgeleverd", "dood", "wacht"), strict=True):
        execute("update notificaties_aflevering set stand = %s where volg = %s", (soort, een))
    over: list[tuple[timedelta, int]] = [(timedelta(days=6), 3), (timedelta(days=8), 2), (timedelta(days=31), 1)]
    for na, blijft in over:
        with frozen(MAANDAG + na):
            jobs.ruim_op()
        assert Notificatie.objects.count() == blijft
    assert stand() == ["wacht"]


# --- the page -------------------------------------------------------------------------------------------


def test_an_administrator_sends_again_what_did_not_arrive(
    organisatie: Organisatie, ontvanger: Ontvanger, koerier: Koerier, rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = neem(organisatie, ontvanger)
    meld(organisatie, "1")
    execute("update notificaties_aflevering set stand = 'dood', fout = 'Weg.', pogingen = 15")
    buur = Organisatie.objects.create(naam="GT", soort="waterschap", rsin="999905033", afkorting="GT")
    with pytest.raises(NotFound):
        commands.stuur_opnieuw(Actor.system("test", buur.id), id)
    assert queries.standen(buur.id) == []
    gezien = queries.standen(organisatie.id)[0]
    assert gezien.ontvanger == ontvanger.url.partition("?")[0], "without what may be a key"
    assert (gezien.dood, gezien.fout) == (1, "Weg.")
    rechten = (Grant(ORGANISATIE, organisatie.id, "", 8, "organisatie"),)
    wie = Actor("medewerker", id=uuid4(), naam="Beheer", organisatie=organisatie.id, grants=rechten)
    monkeypatch.setattr(pages, "actor_of", lambda request: wie)
    for vraag, status in ((rf.post("/", {"abonnement": str(id)}), 302), (rf.get("/"), 200)):
        vraag.session = {}
        vraag._messages = FallbackStorage(vraag)
        vraag.user = AnonymousUser()
        antwoord = pages.beheer(vraag)
        assert antwoord.status_code == status
    assert ontvanger.url.partition("?")[0] in antwoord.text
    koerier.tot_rust()
    assert ontvanger.objecten() == ["1"]
