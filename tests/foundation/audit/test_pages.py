"""Who watches over the use of data sees both logs of the own organisation, and leaves a line in doing so."""

from datetime import UTC, datetime, timedelta

import pytest

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.audit import activities, names, queries
from loket.foundation.audit.models import Dataverwerking, Handeling, Inzage
from loket.foundation.audit.queries import Filter
from loket.foundation.audit.rules import Plaats
from loket.foundation.audit.trail import record, record_refusal
from loket.foundation.audit.use import Use
from loket.foundation.database.ids import uuid7
from loket.foundation.errors import Forbidden
from loket.foundation.time.clock import frozen
from tests.foundation.beheer.conftest import Bureau, gt, lw  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db
MIDDAG = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def gebruik(actor: Actor, *wie: str, zaak: object = None) -> Use:
    activities.register("test.inzien", naam="Inzien", doel="Test", grondslag="Geen")
    use = Use(actor, "test.inzien", zaak=zaak)  # type: ignore[arg-type]
    use.log(wie)
    return use


def test_a_use_says_who_it_was_apart_from_the_log(lw: Bureau) -> None:  # noqa: F811
    use = gebruik(lw.actor("eerste_lijn"), "een", "twee")
    Use(lw.actor("eerste_lijn"), "test.inzien").log([])
    assert Dataverwerking.objects.filter(trace_id=use.trace).count() == 2
    assert Inzage.objects.get().medewerker == lw.mensen["eerste_lijn"].pk
    gebruik(Actor.system("mails", lw.organisatie.id), "drie")
    assert Inzage.objects.count() == 1, "only employees are named"
    lijnen = queries.gebruik(lw.actor("privacy"), Filter())
    assert {(lijn["betrokkene"], lijn["wie"]) for lijn in lijnen} == {
        ("een", lw.mensen["eerste_lijn"].naam),
        ("twee", lw.mensen["eerste_lijn"].naam),
        ("drie", ""),
    }


def test_each_filter(lw: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    zaak = uuid7()
    noemer = names.Names(lambda _o, nummer: [zaak] if nummer == "LW-1" else [], lambda _k: {zaak: "LW-1"})
    monkeypatch.setitem(names.registry, "zaak", noemer)
    with frozen(MIDDAG - timedelta(days=1)):
        gebruik(lw.actor("eerste_lijn"), "gisteren", zaak=zaak)
    with frozen(MIDDAG):
        gebruik(lw.actor("coordinator"), "vandaag")
        record(lw.actor("eerste_lijn"), "zaak.gesloten", "zaak", zaak)
    wie, ziet = lw.actor("privacy"), lambda **f: [r["betrokkene"] for r in queries.gebruik(wie, Filter(**f))]
    assert ziet() == ["vandaag", "gisteren"]
    assert ziet(zaak="LW-1") == ["gisteren"] and ziet(zaak="LW-2") == []
    assert ziet(dag=MIDDAG.date()) == ["vandaag"]
    assert ziet(medewerker=lw.mensen["coordinator"].pk) == ["vandaag"]
    assert ziet(betrokkene="gisteren") == ["gisteren"]
    assert [r["naam"] for r in queries.spoor(wie, Filter(zaak="LW-1"))] == ["LW-1"]
    assert [r["handeling"] for r in queries.spoor(wie, Filter(medewerker=lw.mensen["eerste_lijn"].pk))] == [
        "zaak.gesloten"
    ]
    client = lw.browser("privacy")
    bladzijde = client.get("/beheer/gebruik/", {"zaak": "LW-1", "dag": "2026-11-22"}).content.decode()
    assert "LW-1" in bladzijde and "gisteren" in bladzijde and "Inzien" in bladzijde
    assert "Geen regels gevonden" in client.get("/beheer/gebruik/?zaak=LW-9").content.decode()
    assert client.get("/beheer/gebruik/?dag=morgen").status_code == 422
    assert client.get("/beheer/spoor/?medewerker=niemand").status_code == 422


@pytest.mark.parametrize("dag", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("log", ["gebruik", "spoor"])
def test_the_first_and_the_last_day_are_days_too(lw: Bureau, log: str, dag: str) -> None:  # noqa: F811
    antwoord = lw.browser("privacy").get(f"/beheer/{log}/", {"dag": dag})
    assert antwoord.status_code == 200
    assert "Geen regels gevonden" in antwoord.content.decode()


def test_reading_is_itself_written_with_what_was_looked_for(lw: Bureau) -> None:  # noqa: F811
    client = lw.browser("privacy")
    client.get("/beheer/gebruik/", {"betrokkene": "wie"})
    regel = Handeling.objects.get(handeling="audit.gebruik_gelezen")
    assert (regel.actor, regel.detail) == (lw.mensen["privacy"].pk, {"betrokkene": "wie"})
    assert "audit.gebruik_gelezen" in client.get("/beheer/spoor/").content.decode()
    assert Handeling.objects.filter(handeling="audit.spoor_gelezen").count() == 1


def test_other_organisations_and_nobody_else_s(lw: Bureau, gt: Bureau) -> None:  # noqa: F811
    gebruik(gt.actor("eerste_lijn"), "van hen")
    record(gt.actor("eerste_lijn"), "zaak.gesloten", "zaak", uuid7())
    record_refusal(ANONYMOUS, "GET", "/volg/geraden", "onbekende link")
    assert queries.gebruik(lw.actor("privacy"), Filter()) == []
    assert "zaak.gesloten" not in {r["handeling"] for r in queries.spoor(lw.actor("privacy"), Filter())}
    zonder = queries.spoor(lw.actor("privacy"), Filter(zonder=True))
    assert [r["handeling"] for r in zonder] == ["geweigerd"]
    assert lw.browser("privacy").get("/beheer/spoor/?zonder=1").status_code == 200
    with pytest.raises(Forbidden):
        queries.spoor(gt.actor("privacy"), Filter(zonder=True))
    for functie in ("beheerder", "eerste_lijn", ""):
        with pytest.raises(Forbidden):
            queries.gebruik(lw.actor(functie), Filter())


def test_pages_go_on_after_the_last_line_whatever_was_added(lw: Bureau) -> None:  # noqa: F811
    for n in range(0, 120, 10):
        with frozen(MIDDAG + timedelta(seconds=n // 20)):  # several at one moment
            gebruik(lw.actor("eerste_lijn"), *(f"p{n + m:03}" for m in range(10)))
    wie, gezien, na = lw.actor("privacy"), [], None
    while True:
        lijnen = queries.gebruik(wie, Filter(), na)
        gezien += [lijn["betrokkene"] for lijn in lijnen[: queries.PAGE]]
        gebruik(lw.actor("eerste_lijn"), "nieuw")
        if len(lijnen) <= queries.PAGE:
            break
        laatste = lijnen[queries.PAGE - 1]
        na = Plaats.lees(str(Plaats(laatste["start"], str(laatste["id"]))))
    assert sorted(gezien) == [f"p{n:03}" for n in range(120)]
    client = lw.browser("privacy")
    eerste = client.get("/beheer/gebruik/")
    tweede = client.get("/beheer/gebruik/" + eerste.context["verder"])
    assert not {r["id"] for r in eerste.context["regels"]} & {r["id"] for r in tweede.context["regels"]}
    assert "Terug naar de nieuwste" in tweede.content.decode()
    for onzin in ("x", "2026-11-23~1", "2026-11-23T11:00:00+00:00~", f"2026-11-23T11:00:00+00:00~{uuid7()}"):
        assert client.get("/beheer/gebruik/", {"na": onzin}).status_code in (200, 404)
    assert client.get("/beheer/spoor/", {"na": "2026-11-23T11:00:00+00:00~12"}).status_code == 404
