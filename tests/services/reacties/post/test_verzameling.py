"""At least 98 % of genuine mail reaches the right place by itself; the rest waits for a person, and is named."""

from io import BytesIO
from typing import Any
from uuid import UUID

from loket.foundation.inbox import commands as inbox
from loket.foundation.inbox.models import Post
from loket.foundation.inbox.rules import fingerprint
from loket.foundation.mail.models import Bericht
from loket.foundation.storage.files import store
from loket.foundation.time.clock import now
from loket.registers.klanten.models import Klantcontact
from loket.services.reacties import post_in
from loket.services.reacties.commands.behandeling import sluit_af
from tests.services.reacties.mensen import Post as Bezorging
from tests.services.reacties.mensen import medewerker, zaak_van
from tests.services.reacties.post import verzameling
from tests.services.reacties.post.bouw import Onze
from tests.services.reacties.post.hulp import LOKET
from tests.services.reacties.post.verzameling import EEN_MENS, Geval, Zender
from tests.services.reacties.wereld import SYSTEEM, Wereld

ZENDER = Zender("Tineke Hazelhoff", "t.hazelhoff@voorbeeld.nl")
DEEL = 0.98


def onze(bericht: Bericht) -> Onze:
    """Our letter as the resident has it."""
    Bericht.objects.filter(id=bericht.id).update(state="verzonden", sent_at=now())
    return Onze(
        bericht.subject,
        bericht.text,
        bericht.html,
        "Gemeente Lindewaard",
        LOKET,
        f"{bericht.id}@lindewaard.voorbeeld.nl",
        bericht.headers["Reply-To"],
    )


class Postkamer:
    """Takes mail in as the listener does, and says where it went."""

    def __init__(self) -> None:
        self.bij: dict[str, UUID] = {}
        self.mis: dict[str, str] = {}
        self.gewacht: set[str] = set()
        self.tekst_mis: list[tuple[str, str]] = []
        self.aantal = 0

    def lees(self, geval: Geval) -> Post:
        nieuw = inbox.neem_aan(
            SYSTEEM,
            store(geval.rauw),
            fingerprint(BytesIO(geval.rauw)),
            van="" if b"Return-Path: <>" in geval.rauw else ZENDER.adres,
            aan=[geval.aan],
            herkomst="smtp",
        )
        assert nieuw, f"{geval.naam} is another mail again"
        besluit = post_in.verwerk(nieuw[0])
        post = Post.objects.get(id=nieuw[0])
        assert besluit is not None
        self.beoordeel(geval, post, besluit.stap)
        return post

    def beoordeel(self, geval: Geval, post: Post, stap: str) -> None:
        self.aantal += 1
        if post.stand == "quarantaine":
            assert post.team_id and post.uiterlijk and post.reden
            self.gewacht.add(geval.naam)
            return
        waar = post_in.zaak_van(post.betreft) if post.betreft else None
        moet = {"nieuw": "nieuw", "af": "af", "dank": "dank", "heropen": "heropen"}.get(geval.plek, "bericht")
        if stap != moet or (geval.plek in self.bij and waar != self.bij[geval.plek]):
            self.mis[geval.naam] = f"{stap} {post.reden} {waar}"
        elif geval.tekst is not None and geval.plek != "af":
            inhoud = self._inhoud(post)
            if _woorden(inhoud) != _woorden(geval.tekst):
                self.tekst_mis.append((geval.naam, inhoud))

    def _inhoud(self, post: Post) -> str:
        assert post.betreft
        contact: Any = Klantcontact.objects.filter(id=post.betreft).first()
        contact = contact or Klantcontact.objects.filter(onderwerpobjecten__zaak=post.betreft).earliest("id")
        return str(contact.inhoud)


def _woorden(tekst: str) -> list[str]:
    return tekst.split()


def test_genuine_mail_reaches_the_right_place_by_itself(lw: Wereld) -> None:
    kamer, post = Postkamer(), Bezorging()
    binnen = lw.ontvang()
    (bevestiging,) = post.bezorg()
    brief = onze(bevestiging)
    kamer.bij = {"bij": binnen.zaak}
    for geval in verzameling.nieuwe(ZENDER):
        gelezen = kamer.lees(geval)
        if geval.naam == "nieuw, gmail_nl" and gelezen.betreft:
            kamer.bij["eigen"] = gelezen.betreft
            eigen_id = geval.rauw.decode().partition("Message-ID: <")[2].partition(">")[0]
    for reeks in (
        verzameling.antwoorden(ZENDER, brief),
        verzameling.anders_geschreven(ZENDER, brief),
        verzameling.doorgestuurd(ZENDER),
        verzameling.bijzonder(ZENDER, brief, eigen_id),
        verzameling.formulieren(),
        verzameling.systemen(brief),
        verzameling.vanzelf(ZENDER, brief),
    ):
        for geval in reeks:
            kamer.lees(geval)
    sluit_af(medewerker(lw, "Ruud", lw.een), binnen.zaak, "Opgelost", "De tegel ligt recht.")
    klaar = next(each for each in post.bezorg() if binnen.identificatie in each.subject)
    kamer.bij |= {"dank": binnen.zaak, "heropen": binnen.zaak}
    for geval in verzameling.na_afloop(ZENDER, onze(klaar)):
        assert geval.plek == "heropen" or zaak_van(binnen.zaak).einddatum is not None
        kamer.lees(geval)
    assert zaak_van(binnen.zaak).einddatum is None

    assert not kamer.mis, "in the wrong place: worse than waiting"
    assert kamer.gewacht == set(EEN_MENS)
    assert not kamer.tekst_mis, "the text that is shown is what they wrote, and nothing else"
    assert kamer.aantal >= 150
    assert 1 - len(kamer.gewacht) / kamer.aantal >= DEEL
