"""An administrator arranges where mail comes in, for the own organisation only."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from loket.foundation.audit.models import Handeling
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.inbox import bronnen, commands, queries
from loket.foundation.inbox.models import Imap, Postvak
from tests.foundation.beheer.conftest import Bureau, bureau
from tests.foundation.inbox import imapd
from tests.foundation.inbox.imapd import GEBRUIKER, WACHTWOORD, mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def lw(db: None) -> Bureau:
    return bureau("LW", "gemeente", "000000012", True)


@pytest.fixture
def server() -> Iterator[imapd.Post]:
    with imapd.server() as started:
        started.inbox.voeg_toe(mail(1))
        yield started


@pytest.fixture
def postvak(lw: Bureau) -> Postvak:
    return Postvak.objects.create(organisatie=lw.organisatie, adres=GEBRUIKER, naam="Post", team=lw.team)


def instellingen(server: imapd.Post, **anders: Any) -> dict[str, str]:
    return {
        "host": "127.0.0.1",
        "poort": str(server.port),
        "beveiliging": "geen",
        "gebruiker": GEBRUIKER,
        "wijze": "wachtwoord",
        "wachtwoord": WACHTWOORD,
        "map": "INBOX",
        "daarna": "gelezen",
    } | anders


def test_a_mailbox_is_added_changed_and_switched_off_and_the_trail_tells(lw: Bureau) -> None:
    browser = lw.browser("beheerder")
    assert browser.get(reverse("inbox:nieuw")).status_code == 200
    answer = browser.post(
        reverse("inbox:nieuw"), {"adres": "Wethouder@LW.voorbeeld.nl", "naam": "Wethouder", "team": str(lw.team.pk)}
    )
    vak = Postvak.objects.get()
    assert answer.headers["Location"] == reverse("inbox:postvak", args=[vak.pk])
    assert (vak.adres, vak.actief) == ("wethouder@lw.voorbeeld.nl", True)
    again = browser.post(reverse("inbox:nieuw"), {"adres": vak.adres, "naam": "X", "team": str(lw.team.pk)})
    assert again.status_code == 422 and "Er is al een postvak" in again.content.decode()
    page = browser.get(reverse("inbox:postvak", args=[vak.pk])).content.decode()
    assert 'name="adres"' not in page and "Laat Loket dit postvak lezen" in page
    browser.post(reverse("inbox:postvak", args=[vak.pk]), {"naam": "Wethouder Vermeer", "team": str(lw.team.pk)})
    vak.refresh_from_db()
    assert (vak.naam, vak.actief) == ("Wethouder Vermeer", False)
    assert "uit" in browser.get(reverse("inbox:postvakken")).content.decode()
    trail = Handeling.objects.filter(object_soort="postvak").order_by("tijd").values_list("handeling", "detail")
    assert list(trail) == [("postvak.gemaakt", {}), ("postvak.gewijzigd", {"velden": ["naam", "actief"]})]


def test_the_settings_are_tried_and_the_password_is_nowhere_to_be_read(
    lw: Bureau, postvak: Postvak, server: imapd.Post
) -> None:
    browser, hier = lw.browser("beheerder"), reverse("inbox:postvak", args=[postvak.pk])
    form = reverse("inbox:imap", args=[postvak.pk])
    assert browser.get(form).context["form"].initial["gebruiker"] == GEBRUIKER
    assert browser.post(form, instellingen(server)).headers["Location"] == hier
    imap = Imap.objects.get()
    assert WACHTWOORD.encode() not in bytes(imap.geheim)
    page = browser.get(form).content.decode() + browser.get(hier).content.decode()
    assert "ge&quot;heim" not in page and "blijft zoals het is" in page
    assert "geheim" not in str(list(Handeling.objects.values_list("detail", flat=True)))
    tried = browser.post(reverse("inbox:probeer", args=[postvak.pk]), follow=True).content.decode()
    assert "De verbinding lukt. In de map staat 1 e-mail." in tried
    assert not server.inbox.brieven[1].vlaggen and "EXAMINE" in str(server.gevraagd), "trying changes nothing"
    browser.post(form, instellingen(server, wachtwoord="", map="Weg"))
    tried = browser.post(reverse("inbox:probeer", args=[postvak.pk]), follow=True).content.decode()
    assert "Deze map is er niet. De mailserver zei:" in tried


def test_a_password_goes_nowhere_else_than_where_it_was_given_for(
    lw: Bureau, postvak: Postvak, server: imapd.Post
) -> None:
    browser, form = lw.browser("beheerder"), reverse("inbox:imap", args=[postvak.pk])
    browser.post(form, instellingen(server))
    Imap.objects.update(uidvalidity=7, gelezen_tot=9)
    browser.post(form, instellingen(server, wachtwoord="", daarna="niets"))
    imap = Imap.objects.get()
    assert (imap.daarna, imap.gelezen_tot) == ("niets", 9), "it goes on where it was"
    assert bronnen.open_geheim(postvak.pk, bytes(imap.geheim)) == {"wachtwoord": WACHTWOORD}
    refused = browser.post(form, instellingen(server, wachtwoord="", host="localhost"))
    assert refused.status_code == 422 and "vragen wij het opnieuw" in refused.content.decode()
    browser.post(form, instellingen(server, host="localhost"))
    assert Imap.objects.get().uidvalidity is None, "another server counts otherwise"


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"host": "imap.voorbeeld.nl"}, "Zonder beveiliging mag alleen op deze computer"),
        ({"host": "http://imap"}, "alleen de naam van de mailserver"),
        ({"wijze": "oauth2", "token_url": "http://inlog.nl/token"}, "begint met https://"),
        ({"daarna": "verplaatsen"}, "Kies een andere map"),
        ({"daarna": "verplaatsen", "map_daarna": "INBOX"}, "Kies een andere map"),
        ({"poort": "70000"}, "te groot"),
        ({"wachtwoord": ""}, "Vul dit in"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    lw: Bureau, postvak: Postvak, server: imapd.Post, anders: dict[str, str], zin: str
) -> None:
    refused = lw.browser("beheerder").post(reverse("inbox:imap", args=[postvak.pk]), instellingen(server, **anders))
    assert refused.status_code == 422 and zin in refused.content.decode()
    assert not Imap.objects.exists()


def test_who_stops_it_leaves_no_password(lw: Bureau, postvak: Postvak, server: imapd.Post) -> None:
    browser = lw.browser("beheerder")
    browser.post(reverse("inbox:imap", args=[postvak.pk]), instellingen(server))
    Imap.objects.update(overgeslagen=[{"uid": 4, "reden": "te_groot", "grootte": 40_000_000}], oorzaak="inloggen")
    page = browser.get(reverse("inbox:postvak", args=[postvak.pk])).content.decode()
    assert "Nummer 4, 40 MB. Te groot." in page and "weigert de gebruiker" in page
    assert "1 postvak lukt nu niet." in browser.get(reverse("beheer:begin")).content.decode()
    browser.post(reverse("inbox:kijk", args=[postvak.pk]))
    assert Imap.objects.get().overgeslagen[0]["opnieuw"] is True
    for _ in range(2):
        browser.post(reverse("inbox:ontkoppel", args=[postvak.pk]))
    assert not Imap.objects.exists()
    assert Handeling.objects.filter(handeling="postvak.imap_ontkoppeld").count() == 1


def test_nobody_arranges_the_mail_of_another_organisation(lw: Bureau, postvak: Postvak) -> None:
    ander = bureau("GT", "waterschap", "000000024", False)
    actor = ander.actor("beheerder")
    assert queries.overzicht(actor) == [] and queries.stil(actor) == 0
    for doe in (
        lambda: commands.wijzig_postvak(actor, postvak.pk, naam="X", team=ander.team.pk, actief=True),
        lambda: commands.kijk_nu(actor, postvak.pk),
        lambda: commands.ontkoppel_imap(actor, postvak.pk),
        lambda: commands.probeer_verbinding(actor, postvak.pk),
        lambda: commands.stel_imap_in(actor, postvak.pk, {}),
        lambda: queries.postvak(actor, postvak.pk),
    ):
        with pytest.raises(NotFound):
            doe()
    with pytest.raises(Refused):
        commands.maak_postvak(actor, adres="a@b.nl", naam="X", team=lw.team.pk)
    with pytest.raises(Forbidden):
        commands.maak_postvak(lw.actor("eerste_lijn"), adres="a@b.nl", naam="X", team=lw.team.pk)
