"""What residents write in a messaging channel becomes a reactie or joins one, and they hear from us there."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from loket.foundation.access.actor import Actor
from loket.foundation.channels import adapters, commands, sender
from loket.foundation.channels.adapters import Media, Message, Received, Soort
from loket.foundation.channels.models import Bericht, Kanaal
from loket.foundation.events.event import Delivery, restore
from loket.foundation.events.listeners import registry
from loket.foundation.events.models import EventRow
from loket.foundation.mail.models import Bericht as Mail
from loket.registers.klanten.models import Klantcontact
from loket.registers.zaken.models import Werkvoorraad, Zaak, Zaaknotitie
from loket.services.reacties import kanaal_in, kanaal_uit
from loket.services.reacties.commands.behandeling import beantwoord, sluit_af, vraag_bewoner
from loket.services.reacties.models import Volglink
from tests.foundation.channels.proef import Proef
from tests.foundation.storage import samples
from tests.services.reacties.mensen import link_van, medewerker, zaak_van
from tests.services.reacties.test_handelen import als
from tests.services.reacties.wereld import Wereld

TESS = "+31655501204"


@pytest.fixture
def adapter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proef]:
    proef = Proef(longest=4000)
    monkeypatch.setitem(adapters._soorten, "proef", Soort("proef", "Proef", "", proef))
    yield proef


class Chat:
    """A channel, and the worker that reads what comes in and sends what waits."""

    def __init__(self, wereld: Wereld, adapter: Proef) -> None:
        self.wereld, self.adapter = wereld, adapter
        wij = Actor.system("test", wereld.organisatie.id)
        self.kanaal: Kanaal = commands.maak_kanaal(wij, soort="proef", naam="WhatsApp", team=wereld.een.id)[0]
        self.gelezen: set[UUID] = set()

    def zegt(self, tekst: str, van: str = TESS, **rest: Any) -> Bericht:
        """Somebody writes, and it is read; gives the message."""
        bericht = Message(uuid4().hex, van, tekst, "Tessa", **rest)
        commands.neem_aan(Actor.system("test", self.wereld.organisatie.id), self.kanaal, Received((bericht,)))
        binnen = Bericht.objects.get(extern_id=bericht.id)
        if binnen.stand == "ophalen":
            sender.fetch(binnen.id)
        kanaal_in.verwerk(binnen.id)
        binnen.refresh_from_db()
        return binnen

    def hoort(self) -> list[str]:
        """What goes out by the channel of what happened meanwhile."""
        nieuw = [rij for rij in EventRow.objects.order_by("volg") if rij.id not in self.gelezen]
        self.gelezen |= {rij.id for rij in nieuw}
        wat = [Delivery(r.id, r.time, restore(r.type, r.subject, r.organisatie, r.data)) for r in nieuw]
        for naam in ("reacties.kanaal_uit", "reacties.kanaal_mislukt", "reacties.mail"):
            luisteraar = registry[naam]
            luisteraar.handle([d for d in wat if d.event.type in luisteraar.types])
        al = len(self.adapter.sent)
        sender.deliver(self.kanaal.id)
        return [tekst for _naar, tekst, _sleutel in self.adapter.sent[al:]]


@pytest.fixture
def chat(lw: Wereld, adapter: Proef) -> Chat:
    return Chat(lw, adapter)


def zaak_bij(bericht: Bericht) -> Zaak:
    return zaak_van(Volglink.objects.get(id=bericht.betreft).zaak_id)


def test_a_message_becomes_a_reactie_and_is_confirmed_in_the_chat(chat: Chat, adapter: Proef) -> None:
    adapter.files = {"f": samples.phone_jpeg()}
    bericht = chat.zegt("De lantaarnpaal voor mijn huis is kapot.", media=(Media("f", "foto"), Media("weg")))
    for _keer in range(5):
        sender.fetch(bericht.id)
    kanaal_in.verwerk(bericht.id)
    bericht.refresh_from_db()
    zaak = zaak_bij(bericht)
    contact = Klantcontact.objects.get(onderwerpobjecten__zaak=zaak)
    assert (zaak.kanaal, zaak.zaaktype.identificatie, contact.kanaal) == ("chat", "melding", "chat")
    assert contact.bijlagen.count() == 1
    assert "niet bewaren" in Zaaknotitie.objects.get(gerelateerd_aan=zaak).tekst
    (antwoord,) = chat.hoort()
    assert f"Uw nummer is {zaak.identificatie}" in antwoord
    assert "NIEUW" in antwoord and "/volg/" in antwoord and "e-mail" not in antwoord
    assert not Mail.objects.exists()
    assert kanaal_in.verwerk(bericht.id) == ""
    assert Zaak.objects.count() == 1


def test_the_conversation_goes_on_in_the_same_reactie_and_answers_go_back(chat: Chat, lw: Wereld) -> None:
    eerste = chat.zegt("Wanneer is het stadhuis open?")
    zaak = zaak_bij(eerste)
    chat.hoort()
    tweede = chat.zegt("Ook op zaterdag?")
    assert tweede.betreft == eerste.betreft
    assert Zaak.objects.count() == 1
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    formulier = als(fenna).get(f"/werk/zaak/{zaak.identificatie}/antwoord/doen/").content.decode()
    assert "In de chat" in formulier and "WhatsApp" in formulier
    vraag_bewoner(fenna, zaak.id, "Welke balie bedoelt u?", idempotency_key="v")
    assert "Welke balie bedoelt u?" in "".join(chat.hoort())
    chat.zegt("De balie voor paspoorten.")
    contact = beantwoord(
        fenna,
        zaak.id,
        "Ook op zaterdag.",
        idempotency_key="a",
        resultaat="Beantwoord",
        waarom="Het antwoord is gegeven.",
    )
    assert contact.kanaal == "chat"
    antwoord = "".join(chat.hoort())
    assert "Ook op zaterdag." in antwoord and "Fenna Wierda" in antwoord
    assert "in de chat" in als(fenna).get(f"/werk/zaak/{zaak.identificatie}/").content.decode()


def test_after_the_end_thanks_are_thanks_and_the_rest_is_new(chat: Chat, lw: Wereld) -> None:
    eerste = chat.zegt("De lamp is stuk.")
    sluit_af(medewerker(lw, "Ruud", lw.een), zaak_bij(eerste).id, "Opgelost", "De lamp doet het.")
    assert chat.zegt("Top, dank je wel! 👍").stand == "afgelegd"
    assert chat.zegt("Nu is de buurlamp stuk.").betreft != eerste.betreft
    assert Zaak.objects.count() == 2


def test_new_begins_something_else_and_another_person_is_another_conversation(chat: Chat) -> None:
    eerste = chat.zegt("De lamp is stuk.")
    tweede = chat.zegt("NIEUW: er ligt een tegel los")
    ander = chat.zegt("Bij mij ook.", van="+31655501931")
    assert len({eerste.betreft, tweede.betreft, ander.betreft}) == 3
    assert Klantcontact.objects.get(onderwerpobjecten__zaak=zaak_bij(tweede)).inhoud == "er ligt een tegel los"
    assert chat.zegt("En nog een tegel").betreft == tweede.betreft, "the last one that is open"
    assert chat.zegt("Nieuwegein is mooi").betreft == tweede.betreft


@pytest.mark.parametrize(
    ("tekst", "ja"),
    [("Bedankt!", True), ("ok, top 👍", True), ("Bedankt, maar het is nog stuk", False), ("", False), ("Goed", True)],
)
def test_thanks_and_no_more(tekst: str, ja: bool) -> None:
    assert kanaal_in.is_bedankje(tekst) is ja


def test_a_shared_place_is_the_place(chat: Chat) -> None:
    zaak = zaak_bij(chat.zegt("Hier ligt afval", place=(52.0907, 5.1214)))
    assert zaak.x is not None and 130_000 < zaak.x < 140_000
    assert zaak_bij(chat.zegt("NIEUW", place=(0.0, 0.0))).x is None


def test_long_and_empty_messages_are_kept(chat: Chat) -> None:
    contact = Klantcontact.objects.get(onderwerpobjecten__zaak=zaak_bij(chat.zegt("x" * 9000)))
    assert len(contact.inhoud) == 4000 and contact.inhoud.endswith("(Het bericht was langer.)")
    assert chat.zegt("").stand == "verwerkt"
    assert chat.zegt("NIEUW").stand == "verwerkt"


def test_a_complaint_is_for_named_handlers_and_needs_a_way_to_call_back(chat: Chat, adapter: Proef) -> None:
    assert zaak_bij(chat.zegt("Ik wil een klacht indienen over de balie")).zaaktype.identificatie == "klacht"
    adapter.phone = False
    zaak = zaak_bij(chat.zegt("Ik wil een klacht indienen over de balie", van="@tess"))
    assert zaak.zaaktype.identificatie == "vraag"
    assert "lijkt een klacht" in Zaaknotitie.objects.get(gerelateerd_aan=zaak).tekst


def test_the_team_of_the_channel_gets_it(chat: Chat, lw: Wereld) -> None:
    Kanaal.objects.filter(id=chat.kanaal.id).update(team=lw.water)
    assert Werkvoorraad.objects.get(zaak=zaak_bij(chat.zegt("Wanneer is het open?"))).team_id == lw.water.id


def test_what_did_not_arrive_stands_in_the_file(chat: Chat, adapter: Proef) -> None:
    zaak = zaak_bij(chat.zegt("De lamp is stuk."))
    adapter.failures = [adapters.Never("blocked")]
    assert chat.hoort() == []
    chat.hoort()
    assert "kwam niet aan" in Zaaknotitie.objects.get(gerelateerd_aan=zaak).tekst


def test_who_leaves_an_address_hears_by_mail_too_and_near_the_promised_day(chat: Chat) -> None:
    zaak = zaak_bij(chat.zegt("De lamp is stuk."))
    chat.hoort()
    Volglink.objects.filter(id=link_van(zaak.id).id).update(email="t.hazelhoff@voorbeeld.nl")
    sluit_af(Actor.system("test", zaak.organisatie_id), zaak.id, "Opgelost", "De lamp doet het.")
    assert "De lamp doet het." in "".join(chat.hoort())
    assert Mail.objects.count() == 1
    kanaal_uit.zeg_dat_het_bijna_zover_is([zaak.id])
    kanaal_uit.zeg_dat_het_bijna_zover_is([zaak.id])
    assert Bericht.objects.filter(richting="uit", sleutel__startswith="bijna").count() <= 1


def test_a_stranger_at_the_webhook_learns_nothing(chat: Chat) -> None:
    assert Client().post(f"/kanaal/{uuid4()}").status_code == 404
    assert Client().post(f"/kanaal/{chat.kanaal.id}").status_code == 401
