"""Who does not want to be asked how it went, is not asked; and what belongs together stays together."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from loket.foundation.access.actor import Actor
from loket.foundation.database.ids import uuid7
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Organisatie, Team
from loket.foundation.inbox.models import Post, Postvak
from loket.foundation.mail import afmelden, commands
from loket.foundation.mail.models import Afmelding, Bericht
from loket.foundation.mail.rendering import render_mail
from loket.foundation.mail.sender import deliver_all
from loket.foundation.time.clock import frozen, now
from tests.foundation.mail.smtpd import Box
from tests.foundation.mail.test_message import made
from tests.foundation.mail.test_queue import NOW, mail, state

ENQUETE = {"to": "Joke@voorbeeld.nl", "lijst": "enquete"}


def pad(bericht: Any) -> str:
    return urlsplit(str(bericht).strip("<>")).path


@pytest.mark.django_db
def test_one_click_from_the_mail_itself_works_without_cookies_and_login(box: Box) -> None:
    mail(1, **ENQUETE)
    wacht = mail(2, **ENQUETE)
    Bericht.objects.filter(pk=wacht).update(next_attempt_at=now() + timedelta(days=1))
    deliver_all()
    message = box.mails[0][2]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    waar = pad(message["List-Unsubscribe"])
    assert "joke" not in waar.lower(), "the link names nobody"
    browser = Client(enforce_csrf_checks=True)
    assert "Stuur mij die vragen niet meer" in browser.get(waar).content.decode()
    assert not Afmelding.objects.exists(), "looking changes nothing"
    for _ in range(2):
        assert browser.post(waar, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert state(wacht) == ("ingetrokken", "afgemeld"), "what waited does not go"
    assert state(mail(3, to="joke@VOORBEELD.nl", lijst="enquete")) == ("ingetrokken", "afgemeld")
    assert state(mail(4, to="Joke@voorbeeld.nl"))[0] == "wacht", "about one's own case we always write"
    assert state(mail(5, to="piet@voorbeeld.nl", lijst="enquete"))[0] == "wacht"
    assert "U krijgt zulke e-mails niet meer" in browser.get(waar).content.decode()
    assert browser.post(waar, {"weer": "1"}).status_code == 302
    assert state(mail(6, **ENQUETE))[0] == "wacht"


@pytest.mark.django_db
def test_an_administrator_cannot_send_it_all_the_same(beheerder: Actor, lindewaard: Organisatie) -> None:
    waar = urlsplit(afmelden.link("enquete", "joke@voorbeeld.nl")).path
    Client().post(waar)
    id = mail(1, to="joke@voorbeeld.nl", lijst="enquete", organisatie=lindewaard)
    with pytest.raises(Refused, match="wil zulke e-mails niet"):
        commands.verstuur_opnieuw(beheerder, id)


@pytest.mark.django_db
def test_a_link_that_was_not_made_here_does_nothing(settings: Any) -> None:
    goed = urlsplit(afmelden.link("enquete", "joke@voorbeeld.nl")).path
    for waar in (
        goed[:-2],
        goed.replace("/enquete/", "/anders/"),
        reverse("mail:afmelden", args=["enquete", "é" * 20]),
        reverse("mail:afmelden", args=["enquete", "A" * 43]),
    ):
        assert Client().post(waar).status_code == 404
    assert not Afmelding.objects.exists()
    Client().post(goed)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "new"
    assert afmelden.wil_niet("enquete", ["Joke@voorbeeld.nl"]) == {"joke@voorbeeld.nl"}, "a new secret forgets nobody"
    assert Client().post(goed, {"weer": "1"}).status_code == 302
    with pytest.raises(KeyError):
        afmelden.link("reclame", "joke@voorbeeld.nl")


@pytest.mark.django_db
def test_the_text_says_how_to_refuse_too(lindewaard: Organisatie) -> None:
    link = afmelden.link("enquete", "joke@voorbeeld.nl")
    gemaakt = render_mail("mail/basis", {"organisatie": lindewaard, "afmelden": link})
    assert f"Wilt u zulke vragen niet meer? {link}" in gemaakt.text and f'href="{link}"' in gemaakt.html
    assert "niet meer?" not in render_mail("mail/basis", {"organisatie": lindewaard}).text


@pytest.mark.django_db
def test_everything_about_one_thing_is_one_thread_for_each_person(box: Box, lindewaard: Organisatie) -> None:
    zaak = uuid7()
    team = Team.objects.create(organisatie=lindewaard, naam="Post", lijn=1)
    vak = Postvak.objects.create(organisatie=lindewaard, adres="post@lw.nl", naam="Post", team=team)
    with frozen(NOW):
        for wie in ("bewoner1@voorbeeld.nl", "ander@voorbeeld.nl"):
            Post.objects.create(
                organisatie=lindewaard,
                postvak=vak,
                vingerafdruk=wie.encode(),
                herkomst="smtp",
                envelop_van=wie,
                message_id=f"<van-{wie}>",
                sha256="0",
                grootte=1,
                ontvangen_op=now(),
                betreft=zaak,
            )
    with frozen(NOW + timedelta(minutes=1)):
        eerste, tweede = mail(1, betreft=zaak), mail(1, betreft=zaak, key="proef:1b")
        mail(2, betreft=zaak)
        mail(3)
        deliver_all()
    with frozen(NOW + timedelta(minutes=2)):
        mail(1, betreft=zaak, key="proef:1c", headers={"In-Reply-To": "<eigen@b.nl>"})
        deliver_all()
    een, twee, ander, los, drie = (message for _van, _aan, message in box.mails)
    domein = "lindewaard.voorbeeld.nl"
    assert een["In-Reply-To"] == een["References"] == "<van-bewoner1@voorbeeld.nl>"
    assert twee["In-Reply-To"] == f"<{eerste}@{domein}>"
    assert twee["References"].split() == ["<van-bewoner1@voorbeeld.nl>", f"<{eerste}@{domein}>"]
    assert ander["References"] is None and los["References"] is None, "of another person's mail nobody is told"
    assert drie["In-Reply-To"] == "<eigen@b.nl>"
    assert drie["References"].split()[-2:] == [f"<{eerste}@{domein}>", f"<{tweede}@{domein}>"]


def test_long_message_ids_and_links_stay_what_they_are() -> None:
    lang = f"<{uuid7()}@hoogheemraadschap-van-de-lange-naam.gemeente.voorbeeld.nl>"
    gekregen = made(
        headers={"References": f"{lang} {lang}", "In-Reply-To": lang, "List-Unsubscribe": f"<https://{'x' * 90}>"}
    )
    raw = message_from_bytes(gekregen.as_bytes(), policy=default)
    assert raw["References"].split() == [lang, lang] and raw["In-Reply-To"] == lang
    assert "=?" not in raw["List-Unsubscribe"]
