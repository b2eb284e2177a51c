"""Where mail goes that is not simple: of our own people, of machines, back to us, and what goes on elsewhere."""

from uuid import uuid4

import pytest

from loket.foundation.access.actor import Actor
from loket.foundation.audit.models import Handeling
from loket.foundation.inbox.models import Post
from loket.foundation.mail.models import Bericht
from loket.registers.klanten.models import DigitaalAdres
from loket.registers.zaken.models import Zaaknotitie
from loket.services.reacties import post_in, sleutels
from loket.services.reacties.commands import keten
from loket.services.reacties.commands import post as acts
from tests.services.reacties.mensen import Post as Bezorging
from tests.services.reacties.mensen import link_van
from tests.services.reacties.post.hulp import LOKET, WETHOUDER, bericht_van, van_ons, zaak_bij
from tests.services.reacties.test_handelen import als
from tests.services.reacties.test_post_in import TESS, lees, mail, neem_aan, vak
from tests.services.reacties.wereld import Wereld


class TestOurOwnPeople:
    def test_an_alderman_with_apple_mail_is_heard(self, lw: Wereld) -> None:
        rauw = mail(van=f"Wethouder <{'a.prins'}@lindewaard.voorbeeld.nl>").replace(
            b"@voorbeeld.nl>\nDate", b"@lindewaard.voorbeeld.nl>\nDate"
        )
        assert b"@lindewaard.voorbeeld.nl>\nDate" in rauw
        assert lees(rauw).stand == "verwerkt"

    def test_a_message_id_of_our_shape_that_we_never_sent_is_no_loop(self, lw: Wereld) -> None:
        nooit = "018f2b7c-1111-7abc-8def-0123456789ab"
        rauw = mail().replace(b"Message-ID: <", f"X-Was: <{nooit}>\nMessage-ID: <{nooit}@x>\nX-Rest: <".encode())
        assert lees(rauw.replace(b"@x>", b"@lindewaard.voorbeeld.nl>")).stand == "verwerkt"

    @pytest.mark.parametrize("hoe", ["id", "veld"])
    def test_a_letter_of_ours_that_comes_back_is_a_loop(self, lw: Wereld, hoe: str) -> None:
        lw.ontvang()
        onze = van_ons()
        if hoe == "id":
            eigen = f"Message-ID: <{onze.id}@lindewaard.voorbeeld.nl>\nX-Was: <".encode()
            rauw = mail().replace(b"Message-ID: <", eigen)
        else:
            rauw = mail(X_Loket=onze.headers["X-Loket"])
        post = lees(rauw)
        assert (post.stand, post.reden) == ("afgelegd", "lus")

    def test_mail_from_the_address_of_a_mailbox_of_ours_waits_for_a_person(self, lw: Wereld) -> None:
        vak(lw, WETHOUDER, "Wethouder", lw.water)
        post = lees(mail("Kunnen jullie hier iets mee?", van=WETHOUDER))
        assert (post.stand, post.reden) == ("quarantaine", "eigen")

    def test_what_a_colleague_passes_on_becomes_a_reactie_of_who_wrote_it(self, lw: Wereld, fenna: Actor) -> None:
        lijf = (
            "Graag oppakken.\n\n________________________________\nVan: Jan Bos <jan.bos@elders.nl>\n"
            "Verzonden: maandag 5 oktober 2026 10:12\nAan: Anna Prins <a.prins@lindewaard.voorbeeld.nl>\n"
            "Onderwerp: Lantaarn\n\nDe lantaarn is stuk.\n"
        )
        post = lees(mail(lijf, van="Anna Prins <a.prins@lindewaard.voorbeeld.nl>", onderwerp="FW: Lantaarn"))
        assert (post.stand, post.reden) == ("quarantaine", "doorgestuurd")
        pagina = als(fenna).get(f"/werk/post/{post.id}/").content.decode()
        assert "jan.bos@elders.nl" in pagina
        goed = als(fenna).post(f"/werk/post/{post.id}/", {"daad": "nieuw", "soort": "melding", "wie": "schrijver"})
        assert goed.status_code == 302
        post.refresh_from_db()
        assert post.betreft
        assert link_van(post.betreft).email == "jan.bos@elders.nl"


class TestMachines:
    def test_a_form_is_answered_to_the_person_in_it(self, lw: Wereld) -> None:
        post = lees(mail(van="Website <noreply@wijkwebsite.nl>", Reply_To="Jan Bos <jan@elders.nl>"))
        link = link_van(zaak_bij(post))
        assert link.email == "jan@elders.nl"
        assert bericht_van(link.zaak_id).metadata["van"] == "noreply@wijkwebsite.nl"

    def test_a_person_makes_it_so_too(self, lw: Wereld, fenna: Actor) -> None:
        post = lees(mail(van="Website <noreply@x.nl>", Reply_To="Jan <jan@elders.nl>", X_Spam_Flag="YES"))
        assert link_van(acts.maak_reactie_van(fenna, post.id, "vraag").zaak).email == "jan@elders.nl"

    @pytest.mark.parametrize("onderwerp", ["Automatisch bericht: lantaarn kapot", "Afwezigheidsmelding: mijn buurman"])
    def test_a_subject_alone_puts_nothing_away(self, lw: Wereld, onderwerp: str) -> None:
        post = lees(mail("De lantaarn is stuk.", onderwerp=onderwerp))
        assert (post.stand, post.reden) == ("quarantaine", "automaat")

    def test_an_absence_as_an_answer_is_put_away(self, lw: Wereld) -> None:
        post = lees(mail("Ik ben er niet.", onderwerp="Out of office: x", In_Reply_To="<abc@elders.nl>"))
        assert (post.stand, post.reden) == ("afgelegd", "afwezig")

    def test_an_empty_sender_on_the_envelope_gets_no_confirmation(self, lw: Wereld) -> None:
        sleutel = neem_aan(mail("Zie bijlage."))
        Post.objects.filter(id=sleutel).update(envelop_van="", herkomst="smtp")
        post_in.verwerk(sleutel)
        post = Post.objects.get(id=sleutel)
        assert (post.stand, post.reden) == ("quarantaine", "automaat")

    def test_who_fetches_mail_does_not_know_the_envelope(self, lw: Wereld) -> None:
        sleutel = neem_aan(mail())
        Post.objects.filter(id=sleutel).update(envelop_van="", herkomst="imap")
        post_in.verwerk(sleutel)
        assert Post.objects.get(id=sleutel).stand == "verwerkt"

    @pytest.mark.parametrize(
        ("koppen", "reden"),
        [
            ({"X_Spam_Status": "Yes, score=9.1 required=5.0"}, "spam"),
            ({"X_Spam": "Yes"}, "spam"),
            ({"X_MS_Exchange_Organization_SCL": "6"}, "spam"),
            ({"Authentication_Results": "mx.l.nl; spf=pass; dmarc=fail (p=REJECT dis=NONE)"}, "vervalst"),
            ({"Authentication_Results": "mx.l.nl; dkim=pass; dmarc=fail (p=none dis=none) header.from=b.nl"}, ""),
            ({"X_Spam_Status": "No, score=-1.1"}, ""),
        ],
    )  # fmt: skip
    def test_what_the_mail_server_says(self, lw: Wereld, koppen: dict[str, str], reden: str) -> None:
        post = lees(mail(**koppen))
        assert (post.stand, post.reden) == (("quarantaine", reden) if reden else ("verwerkt", ""))


class TestBounces:
    def terug(self, onze: Bericht, *adressen: str) -> Post:
        per = "\n".join(
            f"Final-Recipient: rfc822; {adres}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 unknown\n"
            for adres in adressen
        )
        delen = [
            f"From: MAILER-DAEMON@voorbeeld.nl\nTo: {LOKET}\nSubject: Undelivered Mail {uuid4()}",
            "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x",
            "Content-Type: text/plain\n\nUser unknown\n--x\nContent-Type: message/delivery-status\n",
            f"Reporting-MTA: dns; mx.voorbeeld.nl\n\n{per}\n--x",
            f"Content-Type: message/rfc822\n\nMessage-ID: <{onze.id}@lindewaard.voorbeeld.nl>\n\nDag\n--x--\n",
        ]
        return lees("\n".join(delen).encode())

    def test_it_stands_with_the_mail_the_address_and_the_reactie_once(self, lw: Wereld) -> None:
        zaak = lw.ontvang(telefoon="0612345678")
        onze = van_ons()
        for _keer in range(2):
            post = self.terug(onze, TESS, f"ook.{TESS}")
            assert (post.stand, post.reden) == ("afgelegd", "onbestelbaar")
        onze.refresh_from_db()
        assert (onze.state, onze.oorzaak) == ("mislukt", "geweigerd")
        assert DigitaalAdres.objects.get(adres=TESS).status == "gebounced"
        notitie = Zaaknotitie.objects.get(gerelateerd_aan_id=zaak.zaak).tekst
        assert TESS in notitie and "Bel" in notitie
        assert Handeling.objects.filter(handeling="mail.niet_aangekomen", object=str(onze.id)).count() == 1

    @pytest.mark.parametrize("stand", ["wacht", "bezig", "ingetrokken"])
    def test_a_mail_that_was_not_sent_cannot_bounce(self, lw: Wereld, stand: str) -> None:
        lw.ontvang()
        onze = van_ons()
        Bericht.objects.filter(id=onze.id).update(state=stand)
        self.terug(onze, TESS)
        onze.refresh_from_db()
        assert onze.state == stand
        assert not Zaaknotitie.objects.exists()


class TestElsewhere:
    def test_an_answer_follows_what_was_passed_on(self, lw: Wereld, fenna: Actor) -> None:
        gt = Wereld("GT", "Waterschap Het Groene Tij", "waterschap")
        zaak = lw.ontvang()
        teken = sleutels.antwoordteken(link_van(zaak.zaak).id)
        door = keten.zend_door(fenna, zaak.zaak, gt.organisatie, waarom="Uw sloot.", idempotency_key="z")
        aan = f"loket+{teken}@lindewaard.voorbeeld.nl"
        post = lees(mail("Hier is de foto.", aan=aan, bijlagen=(("x.exe", b"MZ" + b"\0" * 99),)), aan)
        assert zaak_bij(post) == door.nieuwe_zaak_id
        assert Zaaknotitie.objects.get().gerelateerd_aan_id == door.nieuwe_zaak_id, "where it is handled"

    def test_an_answer_to_the_letter_of_the_other_organisation_joins_too(self, lw: Wereld, fenna: Actor) -> None:
        gt = Wereld("GT", "Waterschap Het Groene Tij", "waterschap")
        zaak = lw.ontvang()
        door = keten.zend_door(fenna, zaak.zaak, gt.organisatie, waarom="Uw sloot.", idempotency_key="z")
        Bezorging().bezorg()
        onze = Bericht.objects.filter(to_address=TESS).latest("created_at", "id")
        Bericht.objects.filter(id=onze.id).update(betreft=door.nieuwe_zaak_id)
        post = lees(mail("Dank.", In_Reply_To=f"<{onze.id}@lindewaard.voorbeeld.nl>", onderwerp="Re: sloot"))
        assert zaak_bij(post) == door.nieuwe_zaak_id

    def test_an_answer_follows_what_was_merged(self, lw: Wereld, fenna: Actor) -> None:
        een, twee = lw.ontvang(), lw.ontvang(email="ander@elders.nl")
        keten.voeg_samen(fenna, een.zaak, twee.zaak, "Dezelfde tegel.")
        aan = f"loket+{sleutels.antwoordteken(link_van(een.zaak).id)}@lindewaard.voorbeeld.nl"
        assert zaak_bij(lees(mail("Nog een foto.", aan=aan), aan)) == twee.zaak
