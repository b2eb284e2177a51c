"""Threads, what was closed, what a person does with the rest, and that nothing is lost from sight."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from loket.engines.brievenbus.draden import Eigen
from loket.foundation.access.actor import Actor, Grant
from loket.foundation.audit.models import Handeling
from loket.foundation.errors import Forbidden, NotFound
from loket.foundation.identity.models import Organisatie
from loket.foundation.inbox.models import Post
from loket.foundation.mail.models import Bericht
from loket.foundation.time.clock import frozen, now
from loket.registers.zaken.models import Zaak, Zaaknotitie
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import post as uit
from loket.services.reacties import post_in, post_lezen, sleutels
from loket.services.reacties.commands import post as acts
from loket.services.reacties.commands.behandeling import sluit_af, vraag_bewoner
from loket.services.reacties.queries import post as queries
from loket.services.reacties.queries.bewoner import reactie, volger_van
from tests.foundation.storage import samples
from tests.services.reacties.mensen import link_van, medewerker, zaak_van
from tests.services.reacties.post.hulp import LOKET, WETHOUDER, bericht, bericht_van, van_ons, zaak_bij
from tests.services.reacties.test_handelen import als
from tests.services.reacties.test_post_in import lees, mail, neem_aan, vak
from tests.services.reacties.wereld import Wereld


class TestThreads:
    def test_the_subject_carries_a_signed_token(self, lw: Wereld) -> None:
        zaak = lw.ontvang()
        onze = van_ons()
        assert onze.subject.endswith(f" [{zaak.identificatie} {sleutels.onderwerpteken(link_van(zaak.zaak).id)}]")
        post = lees(mail("Ja hoor.", van="Tess <tess@werk.nl>", onderwerp=f"RE: {onze.subject}"))
        assert zaak_bij(post) == zaak.zaak

    def test_a_token_of_another_reactie_opens_nothing(self, lw: Wereld) -> None:
        een, twee = lw.ontvang(), lw.ontvang(email="ander@elders.nl")
        vals = f"[{twee.identificatie} {sleutels.onderwerpteken(link_van(een.zaak).id)}]"
        post = lees(mail("Ja hoor.", van="vreemde@elders.nl", onderwerp=f"Re: {vals}"))
        assert (post.stand, post.reden) == ("quarantaine", "onbekende-afzender")

    @pytest.mark.parametrize(
        ("adres", "kan"),
        [(LOKET, True), ("publieksdienstverlening@lindewaard.voorbeeld.nl", False), ("loket+x@lindewaard.nl", False)],
    )
    def test_an_address_for_answers_is_one_that_can_be_written(self, lw: Wereld, adres: str, kan: bool) -> None:
        koppen = uit._koppen(adres, uuid4())
        assert ("Reply-To" in koppen) is kan
        assert all(len(waarde.partition("@")[0]) <= 64 for waarde in koppen.values())

    def test_who_writes_after_the_own_first_mail_joins_it(self, lw: Wereld) -> None:
        rauw = mail()
        eerste = lees(rauw)
        eigen_id = next(r for r in rauw.decode().splitlines() if r.startswith("Message-ID")).partition(": ")[2]
        foto = lees(mail("Ik vergat de foto.", onderwerp="Re: Openingstijden", References=eigen_id))
        assert zaak_bij(foto) == eerste.betreft
        ander = lees(mail("Ik ook.", van="x@elders.nl", onderwerp="Re: Openingstijden", References=eigen_id))
        assert (ander.stand, ander.reden) == ("quarantaine", "onbekende-afzender")

    def test_what_a_person_placed_the_next_mail_of_that_thread_follows(self, lw: Wereld, fenna: Actor) -> None:
        zaak = lw.ontvang()
        rauw = mail("Het is bij mij ook.", van="buur@elders.nl", onderwerp="Tegel", X_Spam_Flag="YES")
        acts.voeg_toe_aan(fenna, lees(rauw).id, zaak.identificatie)
        eigen_id = next(r for r in rauw.decode().splitlines() if r.startswith("Message-ID")).partition(": ")[2]
        post = lees(mail("En nu is hij weg.", van="buur@elders.nl", onderwerp="Re: Tegel", References=eigen_id))
        assert zaak_bij(post) == zaak.zaak
        assert bericht(post).inhoud == "En nu is hij weg."
        nummer = lees(mail("Weer daar.", van="buur@elders.nl", onderwerp=f"Over {zaak.identificatie}"))
        assert zaak_bij(nummer) == zaak.zaak
        assert Bericht.objects.filter(to_address="buur@elders.nl").count() == 0

    def test_a_number_with_words_behind_it_is_a_number(self, lw: Wereld) -> None:
        zaak = lw.ontvang()
        assert zaak_bij(lees(mail("Ja.", onderwerp=f"Re: [{zaak.identificatie} spoed]"))) == zaak.zaak

    def test_one_act_confirms_what_the_mail_seems_to_be_about(self, lw: Wereld, fenna: Actor) -> None:
        zaak = lw.ontvang()
        post = lees(mail("Bij ons ook.", van="buur@elders.nl", onderwerp=f"Over {zaak.identificatie}"))
        client = als(fenna)
        pagina = client.get(f"/werk/post/{post.id}/").content.decode()
        assert f"voeg toe aan {zaak.identificatie}" in pagina
        goed = client.post(f"/werk/post/{post.id}/", {"daad": "bij", "nummer": zaak.identificatie})
        assert goed.status_code == 302
        post.refresh_from_db()
        assert zaak_bij(post) == zaak.zaak

    def test_the_same_mail_at_two_mailboxes_is_one_reactie(self, lw: Wereld) -> None:
        vak(lw, WETHOUDER, "Wethouder", lw.water)
        rauw = mail(aan=f"{LOKET}, {WETHOUDER}")
        een = lees(rauw)
        twee = lees(rauw, WETHOUDER)
        assert (twee.stand, twee.reden, twee.betreft) == ("verwerkt", "dubbel", een.betreft)
        assert Zaak.objects.count() == 1
        assert WETHOUDER in Zaaknotitie.objects.get().tekst


class TestClosed:
    def dicht(self, lw: Wereld, **velden: Any) -> UUID:
        zaak = lw.ontvang(**velden).zaak
        sluit_af(medewerker(lw, "Ruud", lw.een), zaak, "Opgelost", "De tegel ligt recht.")
        return zaak

    def schrijf(self, zaak: UUID, tekst: str) -> Post:
        aan = f"loket+{sleutels.antwoordteken(link_van(zaak).id)}@lindewaard.voorbeeld.nl"
        return lees(mail(tekst, aan=aan, onderwerp="Re: uw melding"), aan)

    def test_not_solved_by_mail_opens_it_again(self, lw: Wereld) -> None:
        zaak = self.dicht(lw)
        post = self.schrijf(zaak, "Nog steeds los! Dank voor niets.")
        assert zaak_bij(post) == zaak and zaak_van(zaak).einddatum is None
        assert (bericht(post).inhoud, bericht(post).kanaal) == ("Nog steeds los! Dank voor niets.", "email")

    @pytest.mark.parametrize("woorden", ["Dank u wel!\n\nGroet, Tess", "Top, bedankt voor de snelle hulp.", "Thanks!"])
    def test_thanks_are_kept_and_open_nothing(self, lw: Wereld, woorden: str) -> None:
        zaak = self.dicht(lw)
        post = self.schrijf(zaak, woorden)
        assert zaak_bij(post) == zaak and zaak_van(zaak).einddatum is not None

    def test_after_fourteen_days_a_person_looks(self, lw: Wereld) -> None:
        zaak = self.dicht(lw)
        with frozen(now() + timedelta(days=20)):
            post = self.schrijf(zaak, "Weer los!")
        assert (post.stand, post.reden) == ("quarantaine", "gesloten")


class TestNothingIsLostFromSight:
    def test_enclosed_mail_beside_a_text_is_named_and_can_be_read(self, lw: Wereld, fenna: Actor) -> None:
        rauw = mail("Zie de e-mail van mijn buurman.\n\nOp ma 5 okt 2026 schreef Loket <l@l.nl>:\n> Dank")
        kop, _leeg, lijf = rauw.decode().partition("\n\n")
        kop = kop.replace("Content-Type: text/plain", "Content-Type: multipart/mixed; boundary=x\nX-Was: text/plain")
        kop = "\n".join(r for r in kop.splitlines() if not r.startswith("Content-Transfer"))
        heel = (
            f"{kop}\n\n--x\nContent-Type: text/plain\n\n{lijf}\n--x\nContent-Type: message/rfc822\n\n"
            "From: buur@elders.nl\nSubject: Boom\n\nDe boom staat scheef.\n--x--\n"
        )
        post = lees(heel.encode())
        zaak = zaak_bij(post)
        assert ".eml" in Zaaknotitie.objects.get(gerelateerd_aan_id=zaak).tekst
        contact = bericht_van(zaak)
        client = als(fenna)
        keten_ = client.get(f"/werk/zaak/{zaak_van(zaak).identificatie}/").content.decode()
        assert f"/werk/bericht/{contact.id}/e-mail/" in keten_
        pagina = client.get(f"/werk/bericht/{contact.id}/e-mail/").content.decode()
        assert "De boom staat scheef." in pagina and "schreef Loket" in pagina
        bron = client.get(f"/werk/bericht/{contact.id}/bron/")
        assert "attachment" in bron["Content-Disposition"] and b"De boom staat scheef." in b"".join(bron)

    def test_the_whole_mail_is_for_who_may_read_the_zaak(self, lw: Wereld, fenna: Actor) -> None:
        post = lees(mail("Hierbij dien ik een klacht in over de balie.", onderwerp="Klacht"))
        contact = bericht_van(zaak_bij(post))
        assert als(fenna).get(f"/werk/bericht/{contact.id}/e-mail/").status_code == 404
        assert als(fenna).get(f"/werk/bericht/{contact.id}/bron/").status_code == 404
        gewoon = bericht_van(lw.ontvang().zaak)
        assert als(fenna).get(f"/werk/bericht/{gewoon.id}/e-mail/").status_code == 404, "it came in by the form"

    @pytest.mark.parametrize("fout", [Forbidden("x"), NotFound("x")])
    def test_what_is_forbidden_or_gone_is_for_a_person(
        self, lw: Wereld, monkeypatch: pytest.MonkeyPatch, fout: Exception
    ) -> None:
        monkeypatch.setattr(post_in, "ontvang_reactie", werp(fout))
        post = lees(mail())
        assert post.stand == "quarantaine" and post.reden.startswith("geweigerd-")

    def test_a_mail_that_nobody_read_is_tried_again_and_then_for_a_person(
        self, lw: Wereld, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken: list[str] = []
        monkeypatch.setattr(post_in, "enqueue", lambda _naam, **args: taken.append(args["post"]))
        blijft = neem_aan(mail())
        post_in.vang_op()
        assert not taken
        with frozen(now() + timedelta(hours=2)):
            post_in.vang_op()
        assert taken == [str(blijft)]
        monkeypatch.setattr(post_in, "lees_mail", werp(RuntimeError("it must not be read here")))
        with frozen(now() + timedelta(days=2)):
            post_in.vang_op()
        post = Post.objects.get(id=blijft)
        assert (post.stand, post.reden, post.team_id) == ("quarantaine", "mislukt", lw.een.id)


def werp(fout: Exception) -> Callable[..., Any]:
    def doe(*_args: Any, **_velden: Any) -> Any:
        raise fout

    return doe


class TestTheActs:
    def test_a_mail_that_a_person_adds_ends_the_waiting_and_is_on_the_record(self, lw: Wereld, fenna: Actor) -> None:
        zaak = lw.ontvang()
        vraag_bewoner(fenna, zaak.zaak, "Welke tegel?", idempotency_key="v")
        post = lees(mail("Die bij de boom.", van="tess@werk.nl", onderwerp=f"Over {zaak.identificatie}"))
        acts.voeg_toe_aan(fenna, post.id, zaak.identificatie)
        status = zaak_van(zaak.zaak).status
        assert status is not None and status.statustype.omschrijving == "In behandeling"
        assert Handeling.objects.filter(handeling="reactie.bericht", object=str(zaak.zaak)).exists()

    def test_who_may_only_read_puts_nothing_away(self, lw: Wereld, fenna: Actor) -> None:
        lezer = Actor(
            "medewerker",
            id=fenna.id,
            organisatie=fenna.organisatie,
            teams=fenna.teams,
            grants=(Grant(LEZEN, lw.organisatie.id, "", 5, "organisatie"),),
        )
        post = lees(mail(X_Spam_Flag="YES"))
        with pytest.raises(Forbidden):
            acts.leg_weg(lezer, post.id, "Reclame.")

    def test_the_number_of_a_zaak_is_for_who_may_read_it(self, lw: Wereld, fenna: Actor) -> None:
        klacht = lw.ontvang(soort="klacht", categorie="", over="De balie")
        post = lees(mail("Over die klacht.", van="x@elders.nl", onderwerp=f"Over {klacht.identificatie}"))
        assert post.detail["zaak"] == str(klacht.zaak)
        assert queries.zaak_voor(fenna, str(klacht.zaak)) is None
        pagina = als(fenna).get(f"/werk/post/{post.id}/").content.decode()
        assert klacht.identificatie not in pagina.replace("Over " + klacht.identificatie, "")

    def test_our_own_addresses_in_both_spellings(self, lw: Wereld) -> None:
        with override_settings(MAIL_FROM='"Gemeente, Loket" <Post@Café.voorbeeld.nl>'):
            eigen: Eigen = post_lezen.eigen()
        assert "post@café.voorbeeld.nl" in eigen.adressen
        assert {"café.voorbeeld.nl", "xn--caf-dma.voorbeeld.nl"} <= eigen.domeinen


def test_a_photo_by_mail_reaches_the_page_of_the_resident(lw: Wereld) -> None:
    zaak = lw.ontvang()
    aan = f"loket+{sleutels.antwoordteken(link_van(zaak.zaak).id)}@lindewaard.voorbeeld.nl"
    lees(mail("Zo ziet het eruit.", aan=aan, bijlagen=(("a.jpg", samples.phone_jpeg()),)), aan)
    gezien = reactie(volger_van(link_van(zaak.zaak).id)).gebeurtenissen[-1]
    assert (gezien.tekst, len(gezien.bestanden)) == ("Zo ziet het eruit.", 1)


def test_a_mailbox_of_another_organisation_sees_no_number_of_ours(lw: Wereld) -> None:
    gt = Wereld("GT", "Waterschap Het Groene Tij", "waterschap")
    vak(gt, "post@groenetij.voorbeeld.nl", "Post")
    zaak = lw.ontvang()
    post = lees(
        mail("Hoe staat het?", van="x@elders.nl", onderwerp=f"Over {zaak.identificatie}"), "post@groenetij.voorbeeld.nl"
    )
    assert Organisatie.objects.get(id=post.organisatie_id).afkorting == "GT"
    assert post.stand == "verwerkt" and "zaak" not in post.detail
