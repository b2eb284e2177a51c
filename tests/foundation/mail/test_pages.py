"""The mailbox of the demo, and the page for administrators."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from loket.foundation.access.actor import Actor
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import value
from loket.foundation.identity.models import Organisatie
from loket.foundation.mail.models import Bericht
from loket.foundation.mail.outbox import send
from loket.foundation.mail.sender import deliver_all
from loket.foundation.storage.files import store
from loket.foundation.time.clock import frozen

from .smtpd import free_port

NL = {"Accept-Language": "nl"}


@pytest.fixture
def demo(settings: Any, tmp_path: Any, lindewaard: Organisatie) -> Iterator[None]:
    settings.DEMO, settings.MAIL_URL, settings.DATA_DIR = True, "", tmp_path
    yield


@pytest.fixture
def as_beheerder(beheerder: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loket.foundation.access.middleware._find", lambda request: beheerder)


def page(client: Client, address: str) -> str:
    answer = client.get(address, headers=NL)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["", "/{id}", "/{id}/opmaak", "/{id}/bijlage/0"])
def test_outside_the_demo_there_is_no_mailbox(client: Client, settings: Any, what: str) -> None:
    settings.DEMO = False
    id = send(to="a@b.nl", subject="x", text="x", key="1")
    assert client.get("/postbus" + what.format(id=id)).status_code == 404


@pytest.mark.django_db
def test_every_mail_of_the_demo_can_be_read(client: Client, demo: None, lindewaard: Organisatie) -> None:
    id = send(
        to="t.hazelhoff@voorbeeld.nl",
        subject="Uw melding <LW>",
        text="Volg uw melding: http://localhost:8000/volg/abc\n\n<script>",
        html='<base target="_blank"><p>Dank u</p>',
        key="1",
        organisatie=lindewaard,
        attachments=[("brief.pdf", "application/pdf", store(b"%PDF-1.7").sha256)],
    )
    send(to="ander@elders.nl", subject="Iets anders", text="x", key="2")
    assert "Nog niet verstuurd" in page(client, "/postbus")
    deliver_all()
    found = page(client, "/postbus?q=HAZEL")
    assert "Uw melding &lt;LW&gt;" in found and "Iets anders" not in found and "Nog niet verstuurd" not in found
    one = page(client, f"/postbus/{id}")
    assert 'href="http://localhost:8000/volg/abc"' in one and "<script>" not in one.partition("<main")[2]
    assert "Verstuurd" in one and "brief.pdf" in one
    html = client.get(f"/postbus/{id}/opmaak")
    assert "sandbox" in html["Content-Security-Policy"] and html["X-Frame-Options"] == "SAMEORIGIN"
    assert b'<base target="_top">' in html.content
    assert client.get(f"/postbus/{id}/bijlage/0")["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert client.get(f"/postbus/{id}/bijlage/1").status_code == 404
    assert client.get(f"/postbus/{uuid7()}").status_code == 404


@pytest.mark.django_db
def test_an_empty_mailbox_says_what_comes(client: Client, demo: None) -> None:
    assert "Nog geen e-mail" in page(client, "/postbus")
    assert "Geen e-mail voor dit adres" in page(client, "/postbus?q=niemand%00&vanaf=-1")


@pytest.mark.django_db
def test_pages_of_the_mailbox(client: Client, demo: None) -> None:
    for number in range(60):
        send(to=f"a{number}@b.nl", subject=f"Bericht {number:02}", text="x", key=str(number))
    first, second = page(client, "/postbus"), page(client, "/postbus?vanaf=50")
    assert "Bericht 59" in first and "Bericht 09" not in first and "?vanaf=50" in first
    assert "Bericht 09" in second and "?vanaf=0" in second


@pytest.mark.django_db
def test_the_queue_is_for_administrators(client: Client, lindewaard: Organisatie) -> None:
    assert client.get("/beheer/mail").status_code == 302
    assert client.get("/beheer/mail/" + str(uuid7()) + "/opnieuw").status_code in (302, 405)


@pytest.mark.django_db
def test_an_administrator_sees_what_waits_and_why(
    client: Client, as_beheerder: None, settings: Any, lindewaard: Organisatie
) -> None:
    settings.MAIL_URL = f"smtp://127.0.0.1:{free_port()}?tls=off"
    with frozen(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)):
        id = send(to="t.hazelhoff@voorbeeld.nl", subject="Uw melding", text="Geheim", key="1", organisatie=lindewaard)
        deliver_all()
    found = page(client, "/beheer/mail")
    assert "De mailserver doet het nu niet" in found and "Vertraagd 1" in found
    assert "t…@voorbeeld.nl" in found and "hazelhoff" not in found and "Geheim" not in found
    answer = client.post(f"/beheer/mail/{id}/tegenhouden", {"stand": "vertraagd"}, headers=NL, follow=True)
    assert "De e-mail gaat niet weg." in answer.content.decode()
    assert Bericht.objects.get(pk=id).state == "ingetrokken"
    assert value("select count(*) from loket_audit_handeling where handeling = 'mail.tegengehouden'") == 1
    assert "Verstuur opnieuw" in page(client, "/beheer/mail?stand=ingetrokken")
    client.post(f"/beheer/mail/{id}/opnieuw", {"stand": "ingetrokken"})
    assert Bericht.objects.get(pk=id).state == "wacht"
    assert client.get("/beheer/mail?stand=onzin").status_code == 404
    assert "Alles gaat goed" in page(client, "/beheer/mail?stand=mislukt")


@pytest.mark.django_db
def test_what_is_sent_cannot_be_stopped(client: Client, as_beheerder: None, demo: None) -> None:
    id = send(to="a@b.nl", subject="x", text="x", key="1")
    deliver_all()
    answer = client.post(f"/beheer/mail/{id}/tegenhouden", headers=NL, follow=True)
    assert "Deze e-mail is al verstuurd" in answer.content.decode()
