"""What tests of mail ask again and again."""

from uuid import UUID

from loket.foundation.inbox.models import Post
from loket.foundation.mail.models import Bericht
from loket.foundation.time.clock import now
from loket.registers.klanten.models import Klantcontact
from loket.services.reacties.queries.post_draad import zaak_van as zaak_van_post
from tests.services.reacties.mensen import Post as Bezorging
from tests.services.reacties.test_post_in import TESS

LOKET = "loket@lindewaard.voorbeeld.nl"
WETHOUDER = "wethouder@lindewaard.voorbeeld.nl"


def van_ons() -> Bericht:
    """Our last letter to Tess, as it went out."""
    Bezorging().bezorg()
    onze = Bericht.objects.filter(to_address=TESS).latest("created_at", "id")
    Bericht.objects.filter(id=onze.id).update(state="verzonden", sent_at=now())
    return onze


def bericht(post: Post) -> Klantcontact:
    assert post.stand == "verwerkt", post.reden
    return Klantcontact.objects.get(id=post.betreft)


def zaak_bij(post: Post) -> UUID:
    assert post.stand == "verwerkt" and post.betreft, post.reden
    found = zaak_van_post(post.betreft)
    assert found
    return found


def bericht_van(zaak: UUID) -> Klantcontact:
    return Klantcontact.objects.filter(onderwerpobjecten__zaak=zaak).earliest("plaatsgevonden_op", "id")
