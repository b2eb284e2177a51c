"""Messages come in once, files are looked at, answers go out in order and are never lost silently."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from loket.foundation.channels import adapters, commands, http, outbox, queries, rules, sealing, sender, webhook
from loket.foundation.channels.adapters import SLEUTEL, Later, Media, Message, Never, Received, Status
from loket.foundation.channels.models import Bericht, Kanaal
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.models import EventRow
from loket.foundation.identity.models import Organisatie, Team
from loket.foundation.storage.files import exists
from loket.foundation.time.clock import frozen
from tests.foundation.channels.conftest import beheerder
from tests.foundation.channels.proef import Proef
from tests.foundation.storage import samples

NU = datetime(2026, 11, 20, 13, 12, tzinfo=UTC)
TESS = "+31600000001"


def komt_binnen(kanaal: Kanaal, *berichten: Message) -> int:
    return commands.neem_aan(beheerder(kanaal.organisatie_id), kanaal, Received(berichten))


def gebeurd(soort: str) -> list[UUID]:
    return list(EventRow.objects.filter(type=f"nl.loket.kanalen.bericht.{soort}").values_list("subject", flat=True))


def stuur(kanaal: Kanaal, tekst: str, sleutel: str) -> list[UUID]:
    return outbox.send(
        organisatie=kanaal.organisatie_id, kanaal=kanaal.id, soort=kanaal.soort, to=TESS, text=tekst, key=sleutel
    )


# -- in ---------------------------------------------------------------------------------------------------------------


def test_a_message_that_the_service_tells_twice_is_one(kanaal: Kanaal) -> None:
    bericht = Message("m1", TESS, "De lamp is stuk.", "Tess")
    assert (komt_binnen(kanaal, bericht, bericht), komt_binnen(kanaal, bericht)) == (1, 0)
    een = Bericht.objects.get()
    assert (een.stand, een.tegenpartij, een.tekst) == ("nieuw", TESS, "De lamp is stuk.")
    assert gebeurd("ontvangen") == [een.id]


def test_what_no_database_can_hold_and_what_has_no_sender_breaks_nothing(kanaal: Kanaal) -> None:
    raar = Message("m\x00", TESS, "a\x00b\ud800", time=datetime(2026, 1, 1), place=(52.0, 5.0))
    assert komt_binnen(kanaal, raar, Message("", TESS, "x"), Message("y", "", "x"), Message("z" * 400, TESS)) == 1
    assert Bericht.objects.get().tekst == "a�b�"


def test_a_photo_is_fetched_looked_at_and_kept_as_long_as_it_is_needed(kanaal: Kanaal, adapter: Proef) -> None:
    media = (Media("foto", "stoep.jpg"), Media("exe", "virus.jpg"))
    adapter.files = {"foto": samples.phone_jpeg(), "exe": b"MZ" + b"\0" * 300}
    komt_binnen(kanaal, Message("m1", TESS, "", media=media))
    een = Bericht.objects.get()
    assert (een.stand, gebeurd("ontvangen")) == ("ophalen", [])
    assert sender.to_fetch() == [een.id]
    assert sender.fetch(een.id)
    een.refresh_from_db()
    goed, fout = een.media
    assert (een.stand, fout["fout"], gebeurd("ontvangen")) == ("nieuw", "programma", [een.id])
    assert exists(goed["sha256"]) and queries.in_use([goed["sha256"]]) == {goed["sha256"]}
    commands.verwerkt(beheerder(kanaal.organisatie_id), een.id, betreft=uuid4())
    assert queries.in_use([goed["sha256"]]) == set(), "who took it over keeps it now"


def test_words_do_not_wait_for_ever_for_a_photo(kanaal: Kanaal) -> None:
    with frozen(NU) as klok:
        komt_binnen(kanaal, Message("m1", TESS, "Kijk!", media=(Media("weg"),)))
        een = Bericht.objects.get()
        for _keer in range(rules.MEDIA_ATTEMPTS - 1):
            assert not sender.fetch(een.id)
        assert (sender.to_fetch(), gebeurd("ontvangen")) == ([], [])
        assert sender.fetch(een.id)
        een.refresh_from_db()
        assert (een.stand, een.media[0]["fout"]) == ("nieuw", "niet_opgehaald")
        del klok


# -- out --------------------------------------------------------------------------------------------------------------


def test_answers_go_out_once_and_in_order_and_the_service_says_what_became_of_them(
    kanaal: Kanaal, adapter: Proef
) -> None:
    eerste = stuur(kanaal, "Een", "k1")
    assert (len(eerste), stuur(kanaal, "Een", "k1")) == (1, [])
    stuur(kanaal, "Twee", "k2")
    assert sender.deliver(kanaal.id) == 2
    assert [tekst for _naar, tekst, _sleutel in adapter.sent] == ["Een", "Twee"]
    assert adapter.sent[0][2] == str(eerste[0])
    meld = beheerder(kanaal.organisatie_id)
    for stand in ("gelezen", "bezorgd"):  # out of order: it does not go back
        commands.neem_aan(meld, kanaal, Received(statuses=(Status("wamid.1", stand),)))  # type: ignore[arg-type]
    assert Bericht.objects.get(id=eerste[0]).stand == "gelezen"
    commands.neem_aan(meld, kanaal, Received(statuses=(Status("wamid.2", "mislukt", "geen nummer"),)))
    assert gebeurd("mislukt") == [Bericht.objects.get(sleutel="k2").id]


def test_while_the_service_is_away_everything_waits_and_is_shown_and_then_goes(
    kanaal: Kanaal, adapter: Proef, team: Team
) -> None:
    with frozen(NU):
        adapter.failures = [Later("503 away"), ValueError("a fault in the adapter")]
        stuur(kanaal, "Een", "k1")
        stuur(kanaal, "Twee", "k2")
        assert sender.deliver(kanaal.id) == 0
        assert (sender.due(), [b["reden"] for b in queries.steken(beheerder(team.organisatie_id), kanaal.id)]) == (
            [],
            ["503 away"],
        )
    with frozen(NU + timedelta(minutes=1)):
        assert sender.due() == [kanaal.id]
        assert sender.deliver(kanaal.id) == 0
    with frozen(NU + timedelta(minutes=10)):
        assert sender.deliver(kanaal.id) == 2
        assert [tekst for _naar, tekst, _sleutel in adapter.sent] == ["Een", "Twee"]


def test_what_is_refused_or_waited_a_day_is_told_and_can_be_tried_again(kanaal: Kanaal, adapter: Proef) -> None:
    with frozen(NU):
        adapter.failures = [Never("131026 no such person")]
        (geweigerd,) = stuur(kanaal, "Een", "k1")
        (te_laat,) = stuur(kanaal, "Twee", "k2")
        sender.deliver(kanaal.id)
        assert gebeurd("mislukt") == [geweigerd]
        Bericht.objects.filter(id=te_laat).update(stand="wacht")
    with frozen(NU + timedelta(hours=25)):
        adapter.failures = [Later("away")]
        Bericht.objects.filter(id=te_laat).update(volgende_poging=NU, op=NU)
        sender.deliver(kanaal.id)
        assert set(gebeurd("mislukt")) == {geweigerd, te_laat}
        wie = beheerder(kanaal.organisatie_id)
        assert queries.aantal_mislukt(wie) == 2
        commands.probeer_opnieuw(wie, te_laat)
        with pytest.raises(Refused, match="niet mislukt"):
            commands.probeer_opnieuw(wie, te_laat)
        assert sender.deliver(kanaal.id) == 1


def test_a_channel_that_is_not_in_use_sends_and_takes_nothing(kanaal: Kanaal, team: Team) -> None:
    stuur(kanaal, "Een", "k1")
    wie = beheerder(team.organisatie_id)
    commands.wijzig_kanaal(wie, kanaal.id, naam="Proef", team=team.id, actief=False, instellingen={})
    assert sender.deliver(kanaal.id) == 0
    assert Client().post(f"/kanaal/{kanaal.id}").status_code == 404


@given(st.text(max_size=400), st.integers(1, 60))
@hypothesis_settings(max_examples=60)
def test_a_long_answer_is_cut_without_losing_a_word(tekst: str, past: int) -> None:
    delen = rules.parts(tekst, past)
    assert all(0 < len(deel) <= past for deel in delen)
    assert "".join("".join(delen).split()) == "".join(tekst.split())


# -- keys -------------------------------------------------------------------------------------------------------------


def test_secrets_are_sealed_for_one_channel_and_survive_a_change_of_the_secret(settings: Any) -> None:
    een, ander = uuid4(), uuid4()
    dicht = sealing.seal(een, {"sleutel": "geheim"})
    assert b"geheim" not in dicht
    assert (sealing.unseal(een, dicht), sealing.unseal(ander, dicht)) == ({"sleutel": "geheim"}, {})
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    assert sealing.unseal(een, dicht) == {"sleutel": "geheim"}


def test_a_channel_is_of_one_organisation_and_of_who_may(kanaal: Kanaal, team: Team) -> None:
    gt = Organisatie.objects.create(naam="Waterschap", soort="waterschap", rsin="2", afkorting="GT")
    vreemd = beheerder(gt.id)
    velden: dict[str, Any] = {"naam": "x", "team": team.id, "actief": True, "instellingen": {}}
    for doe in (
        lambda: commands.wijzig_kanaal(vreemd, kanaal.id, **velden),
        lambda: commands.geef_nieuwe_sleutel(vreemd, kanaal.id),
        lambda: queries.eigen_kanaal(vreemd, kanaal.id),
    ):
        with pytest.raises(NotFound):
            doe()
    with pytest.raises(Refused, match="team van uw organisatie"):
        commands.maak_kanaal(vreemd, soort="proef", naam="x", team=team.id)
    with pytest.raises(Refused, match="al een kanaal"):
        commands.maak_kanaal(beheerder(team.organisatie_id), soort="proef", naam="Proef", team=team.id)
    with pytest.raises(Forbidden):
        commands.maak_kanaal(type(vreemd)("medewerker", organisatie=gt.id), soort="proef", naam="x", team=team.id)


# -- the protocol of our own ------------------------------------------------------------------------------------------


@pytest.fixture
def brug(team: Team) -> tuple[Kanaal, str]:
    return commands.maak_kanaal(
        beheerder(team.organisatie_id),
        soort="webhook",
        naam="Brug",
        team=team.id,
        instellingen={"adres": "http://brug.voorbeeld.nl/loket"},
    )


def post(kanaal: Kanaal, sleutel: str, body: bytes, *, moment: datetime = NU, pad: str = "") -> int:
    teken = webhook.sign(sleutel, int(moment.timestamp()), "POST", pad or f"/kanaal/{kanaal.id}", body)
    antwoord = Client(enforce_csrf_checks=True).post(
        f"/kanaal/{kanaal.id}", body, content_type="application/json", headers={webhook.HEADER: teken}
    )
    return antwoord.status_code


def test_only_who_has_the_key_and_signs_now_is_let_in(brug: tuple[Kanaal, str]) -> None:
    kanaal, sleutel = brug
    body = json.dumps({"messages": [{"id": "1", "from": TESS, "text": "Dag"}]}).encode()
    with frozen(NU):
        assert post(kanaal, "verkeerd", body) == 401
        assert post(kanaal, sleutel, body, moment=NU - timedelta(minutes=6)) == 401
        assert post(kanaal, sleutel, body, pad=f"/kanaal/{uuid4()}") == 401
        assert Client().post(f"/kanaal/{kanaal.id}", body, content_type="application/json").status_code == 401
        assert Client().get(f"/kanaal/{kanaal.id}").status_code == 401
        assert not Bericht.objects.exists()
        assert post(kanaal, sleutel, body) == 200
        nieuw = commands.geef_nieuwe_sleutel(beheerder(kanaal.organisatie_id), kanaal.id)
        assert (post(kanaal, sleutel, body), post(kanaal, nieuw, body)) == (401, 200)
    assert Bericht.objects.get().tekst == "Dag"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff", b'{"messages": 1}', b'{"messages": [1]}', b"[" * 100_000, b'{"statuses": {"a": 1}}']
)
def test_what_is_not_in_our_language_is_refused(brug: tuple[Kanaal, str], body: bytes) -> None:
    with frozen(NU):
        assert post(*brug, body) == 400


def test_what_is_strange_inside_is_left_out(brug: tuple[Kanaal, str]) -> None:
    raar = {"id": "1", "from": TESS, "text": 5, "time": "gisteren", "media": [1, {"id": 2}], "location": {"lat": "x"}}
    body = {"messages": [raar], "statuses": [{"id": "x", "status": "weg"}, {"status": "gelezen"}]}
    with frozen(NU):
        assert post(*brug, json.dumps(body).encode()) == 200
    assert Bericht.objects.get().op == NU


def test_we_sign_what_we_send(brug: tuple[Kanaal, str], monkeypatch: pytest.MonkeyPatch) -> None:
    kanaal, sleutel = brug
    gebeld: list[Any] = []

    def call(method: str, url: str, **rest: Any) -> http.Answer:
        gebeld.append((method, url, rest))
        return http.Answer(200, b'{"id": "x1"}')

    monkeypatch.setattr(webhook, "call", call)
    with frozen(NU):
        stuur(kanaal, "Hallo", "k1")
        assert sender.deliver(kanaal.id) == 1
        method, url, rest = gebeld[0]
        assert (method, url) == ("POST", "http://brug.voorbeeld.nl/loket/messages")
        webhook.check(sleutel, rest["headers"][webhook.HEADER], "POST", "/loket/messages", rest["body"])
        assert Bericht.objects.get(sleutel="k1").extern_id == "x1"
        channel = queries.as_channel(kanaal)
        assert channel.secrets == {SLEUTEL: sleutel}
        webhook.Webhook().fetch(channel, Media("a/../b"), 10)
        assert gebeld[1][1] == "http://brug.voorbeeld.nl/loket/media/a%2F..%2Fb"


def test_a_kind_that_is_gone_leaves_its_channels_readable(kanaal: Kanaal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(adapters._soorten, "proef")
    assert Client().post(f"/kanaal/{kanaal.id}").status_code == 404
    assert sender.deliver(kanaal.id) == 0
    assert [k["soort"] for k in queries.kanalen(beheerder(kanaal.organisatie_id))] == ["proef"]
