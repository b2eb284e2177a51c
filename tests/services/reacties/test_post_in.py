"""Mail that came in: where it goes by itself, and what a person does with the rest."""

from email.message import EmailMessage
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from loket.foundation.access.actor import Actor
from loket.foundation.errors import NotFound, Refused
from loket.foundation.inbox import commands as inbox
from loket.foundation.inbox.models import Post, Postvak
from loket.foundation.inbox.rules import fingerprint
from loket.foundation.mail.models import Bericht
from loket.foundation.storage.files import store
from loket.registers.klanten.models import Klantcontact
from loket.registers.zaken.models import Werkvoorraad, Zaak, Zaaknotitie
from loket.services.reacties import post_in, sleutels
from loket.services.reacties.commands import post as acts
from loket.services.reacties.commands.behandeling import sluit_af
from loket.services.reacties.models import Volglink
from tests.foundation.storage import samples
from tests.services.reacties.mensen import Post as Bezorging
from tests.services.reacties.mensen import link_van, medewerker
from tests.services.reacties.test_handelen import als
from tests.services.reacties.wereld import SYSTEEM, Wereld

pytestmark = pytest.mark.django_db
TESS = "t.hazelhoff@voorbeeld.nl"


@pytest.fixture
def lw() -> Wereld:
    wereld = Wereld("LW", "Gemeente Lindewaard")
    vak(wereld, "loket@lindewaard.voorbeeld.nl", "Loket")
    return wereld


def vak(wereld: Wereld, adres: str, naam: str, team: Any = None) -> Postvak:
    return Postvak.objects.create(organisatie=wereld.organisatie, adres=adres, naam=naam, team=team or wereld.een)


def mail(
    tekst: str = "Wanneer is het stadhuis open?\n\nMet groet,\nTess",
    *,
    van: str = f"Tess Hazelhoff <{TESS}>",
    aan: str = "loket@lindewaard.voorbeeld.nl",
    onderwerp: str = "Openingstijden",
    bijlagen: tuple[tuple[str, bytes], ...] = (),
    **koppen: str,
) -> bytes:
    bericht = EmailMessage()
    bericht["From"], bericht["To"], bericht["Subject"] = van, aan, onderwerp
    bericht["Message-ID"] = f"<{uuid4()}@voorbeeld.nl>"
    bericht["Date"] = "Fri, 20 Nov 2026 14:12:00 +0100"
    for naam, waarde in koppen.items():
        bericht[naam.replace("_", "-")] = waarde
    bericht.set_content(tekst)
    for naam, inhoud in bijlagen:
        bericht.add_attachment(inhoud, maintype="application", subtype="octet-stream", filename=naam)
    return bericht.as_bytes()


def neem_aan(rauw: bytes, aan: str = "loket@lindewaard.voorbeeld.nl") -> UUID:
    nieuw = inbox.neem_aan(SYSTEEM, store(rauw), fingerprint(BytesIO(rauw)), van=TESS, aan=[aan], herkomst="test")
    return nieuw[0]


def lees(rauw: bytes, aan: str = "loket@lindewaard.voorbeeld.nl") -> Post:
    sleutel = neem_aan(rauw, aan)
    post_in.verwerk(sleutel)
    return Post.objects.get(id=sleutel)


def test_a_mail_of_a_resident_becomes_a_reactie_with_a_number_and_a_confirmation(lw: Wereld) -> None:
    post = lees(mail(bijlagen=(("stoep.jpg", samples.phone_jpeg()), ("lijst.exe", b"MZ" + b"\0" * 300))))
    zaak = Zaak.objects.get(id=post.betreft)
    assert (post.stand, zaak.kanaal, zaak.zaaktype.identificatie) == ("verwerkt", "email", "vraag")
    contact = Klantcontact.objects.get(onderwerpobjecten__zaak=zaak)
    assert contact.inhoud.startswith("Openingstijden\n\nWanneer is het stadhuis open?")
    assert link_van(zaak.id).email == TESS
    assert [b.informatieobject_id for b in contact.bijlagen.all()], "the photo came with it"
    assert "lijst.exe" in Zaaknotitie.objects.get(gerelateerd_aan=zaak).tekst
    Bezorging().bezorg()
    bevestiging = Bericht.objects.get(to_address=TESS)
    teken = bevestiging.headers["Reply-To"].partition("+")[2].partition("@")[0]
    assert sleutels.link_van_teken(teken) == link_van(zaak.id).id


def test_the_same_mail_again_is_one(lw: Wereld) -> None:
    rauw = mail()
    post = lees(rauw)
    assert (
        inbox.neem_aan(
            SYSTEEM,
            store(b"Received: again\r\n" + rauw),
            fingerprint(BytesIO(b"Received: again\r\n" + rauw)),
            van=TESS,
            aan=["loket@lindewaard.voorbeeld.nl"],
            herkomst="test",
        )
        == []
    )
    assert post_in.verwerk(post.id) is None
    assert Zaak.objects.count() == 1


@pytest.mark.parametrize("hoe", ["teken", "verwijzing", "nummer"])
def test_an_answer_finds_its_reactie(lw: Wereld, hoe: str) -> None:
    zaak = lw.ontvang()
    Bezorging().bezorg()
    onze = Bericht.objects.get(to_address=TESS)
    aan, koppen, onderwerp = "loket@lindewaard.voorbeeld.nl", {}, "Re: Uw melding"
    if hoe == "teken":
        aan = f"loket+{sleutels.antwoordteken(link_van(zaak.zaak).id)}@lindewaard.voorbeeld.nl"
    elif hoe == "verwijzing":
        koppen = {"In_Reply_To": f"<{onze.id}@lindewaard.voorbeeld.nl>"}
    else:
        onderwerp = f"Re: [{zaak.identificatie}] Uw melding"
    citaat = (
        "Het zijn er nu twee.\n\nOp vr 20 nov 2026 om 14:12 schreef Loket <loket@lindewaard.voorbeeld.nl>:\n> Dank u"
    )
    post = lees(mail(citaat, aan=aan, onderwerp=onderwerp, **koppen), aan)
    assert post.stand == "verwerkt"
    bericht = Klantcontact.objects.get(id=post.betreft)
    assert (bericht.inhoud, bericht.kanaal) == ("Het zijn er nu twee.", "email")
    assert Zaak.objects.count() == 1


@pytest.mark.parametrize("hoe", ["verwijzing", "nummer"])
def test_a_stranger_who_refers_to_a_reactie_joins_nothing_and_hears_nothing(lw: Wereld, hoe: str) -> None:
    zaak = lw.ontvang()
    Bezorging().bezorg()
    onze = Bericht.objects.get(to_address=TESS)
    koppen = {"References": f"<{onze.id}@lindewaard.voorbeeld.nl>"} if hoe == "verwijzing" else {}
    onderwerp = "Re: uw brief" if koppen else f"Vraag over {zaak.identificatie}"
    voor = Klantcontact.objects.count()
    post = lees(mail("Wat is de stand?", van="vreemde@elders.nl", onderwerp=onderwerp, **koppen))
    assert (post.stand, post.reden, post.team_id) == ("quarantaine", "onbekende-afzender", lw.een.id)
    assert post.uiterlijk is not None and post.detail["zaak"] == str(zaak.zaak)
    Bezorging().bezorg()
    assert (Klantcontact.objects.count(), Bericht.objects.filter(to_address="vreemde@elders.nl").count()) == (voor, 0)


def test_a_forged_token_is_no_token(lw: Wereld) -> None:
    goed = sleutels.antwoordteken(link_van(lw.ontvang().zaak).id)
    assert sleutels.link_van_teken(goed.upper()) is not None
    for fout in ("", "x", goed[:-1], ("b" if goed[0] == "a" else "a") + goed[1:], goed + "a", "é" * 45):
        assert sleutels.link_van_teken(fout) is None, fout


@pytest.mark.parametrize(
    ("koppen", "reden"),
    [
        ({"Auto_Submitted": "auto-replied", "Subject_": ""}, "af"),
        ({"X_Spam_Flag": "YES"}, "spam"),
        ({"List_Unsubscribe": "<mailto:weg@x.nl>", "List_Id": "nieuws.x.nl", "Precedence": "bulk"}, "lijst"),
    ],
)
def test_machines_and_advertising_make_no_reactie_and_get_no_answer(
    lw: Wereld, koppen: dict[str, str], reden: str
) -> None:
    koppen = {naam: waarde for naam, waarde in koppen.items() if waarde}
    post = lees(mail("Ik ben er niet.", van="ander@elders.nl", onderwerp="Afwezig: vakantie", **koppen))
    assert post.stand == ("afgelegd" if reden == "af" else "quarantaine")
    if reden != "af":
        assert post.reden == reden
    Bezorging().bezorg()
    assert not Zaak.objects.exists()
    assert not Bericht.objects.exists()


def test_the_mailbox_of_an_alderman_is_of_its_own_team(lw: Wereld) -> None:
    vak(lw, "wethouder@lindewaard.voorbeeld.nl", "Wethouder", lw.water)
    post = lees(mail(aan="wethouder@lindewaard.voorbeeld.nl"), "wethouder@lindewaard.voorbeeld.nl")
    assert Werkvoorraad.objects.get(zaak_id=post.betreft).team_id == lw.water.id


def test_a_complaint_by_mail_is_seen_by_named_handlers_only(lw: Wereld) -> None:
    post = lees(mail("Hierbij dien ik een klacht in over de balie.", onderwerp="Klacht"))
    zaak = Zaak.objects.get(id=post.betreft)
    assert (zaak.zaaktype.identificatie, zaak.vertrouwelijkheidaanduiding) == ("klacht", "vertrouwelijk")


@pytest.mark.parametrize("rauw", [b"", b"\0\0", b"Subject: x\n\n", b"\xff\xfe" * 50])
def test_whatever_comes_is_kept_and_stands_somewhere(lw: Wereld, rauw: bytes) -> None:
    post = lees(rauw or b" ")
    assert post.stand in ("quarantaine", "verwerkt")
    assert post.stand == "verwerkt" or (post.team_id and post.uiterlijk and post.reden)


class TestAPerson:
    @pytest.fixture
    def fenna(self, lw: Wereld) -> Actor:
        return medewerker(lw, "Fenna Wierda", lw.een)

    def test_makes_a_reactie(self, lw: Wereld, fenna: Actor) -> None:
        post = lees(mail(X_Spam_Flag="YES"))
        binnen = acts.maak_reactie_van(fenna, post.id, "vraag")
        assert link_van(binnen.zaak).email == TESS
        with pytest.raises(Refused, match="al behandeld"):
            acts.leg_weg(fenna, post.id, "Dubbel.")
        assert Zaak.objects.count() == 1

    def test_says_to_which_reactie_it_belongs_and_the_sender_gets_no_link(self, lw: Wereld, fenna: Actor) -> None:
        zaak = lw.ontvang()
        post = lees(mail("De buurvrouw zegt het ook.", van="buur@elders.nl", onderwerp=f"Over {zaak.identificatie}"))
        acts.voeg_toe_aan(fenna, post.id, zaak.identificatie.lower())
        assert Klantcontact.objects.get(id=Post.objects.get(id=post.id).betreft).inhoud == "De buurvrouw zegt het ook."
        assert Volglink.objects.count() == 1

    def test_puts_it_away_with_a_reason(self, lw: Wereld, fenna: Actor) -> None:
        post = lees(mail(X_Spam_Flag="YES"))
        with pytest.raises(Refused):
            acts.leg_weg(fenna, post.id, " ")
        acts.leg_weg(fenna, post.id, "Reclame.")
        assert Post.objects.get(id=post.id).stand == "afgelegd"

    def test_sees_only_mail_of_the_own_teams(self, lw: Wereld, fenna: Actor) -> None:
        vak(lw, "wethouder@lindewaard.voorbeeld.nl", "Wethouder", lw.water)
        post = lees(mail(X_Spam_Flag="YES"), "wethouder@lindewaard.voorbeeld.nl")
        with pytest.raises(NotFound):
            acts.leg_weg(fenna, post.id, "Reclame.")
        client = als(fenna)
        assert client.get(f"/werk/post/{post.id}/").status_code == 404
        assert client.get(f"/werk/post/{post.id}/bron/").status_code == 404
        assert "Alle e-mail heeft een plek" in client.get("/werk/post/").content.decode()

    def test_does_it_on_the_page(self, lw: Wereld, fenna: Actor) -> None:
        zaak = lw.ontvang()
        sluit_af(medewerker(lw, "Ruud", lw.een), zaak.zaak, "Opgelost", "De tegel ligt recht.")
        post = lees(mail("Nog steeds los!", van="buur@elders.nl", onderwerp=f"Re: [{zaak.identificatie}]"))
        assert post.reden == "onbekende-afzender"
        client: Client = als(fenna)
        assert f"/werk/post/{post.id}/" in client.get("/werk/post/").content.decode()
        pagina = client.get(f"/werk/post/{post.id}/").content.decode()
        assert "Nog steeds los!" in pagina
        assert zaak.identificatie in pagina
        bron = client.get(f"/werk/post/{post.id}/bron/")
        assert "attachment" in bron["Content-Disposition"]
        fout = client.post(f"/werk/post/{post.id}/", {"daad": "bij", "nummer": "LW-2026-99999"})
        assert fout.status_code == 422
        goed = client.post(f"/werk/post/{post.id}/", {"daad": "nieuw", "soort": "melding"})
        assert goed.status_code == 302
        assert Zaak.objects.count() == 2
