"""Mail that came in: it becomes a message in a reactie, a new reactie, or waits for a person; it never disappears."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.engines.brievenbus.brief import Soort
from loket.engines.termijnen.kalender import volgende_werkdag
from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import execute, row, rows
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.event import Delivery
from loket.foundation.events.listeners import listen
from loket.foundation.inbox import commands as inbox
from loket.foundation.inbox.events import PostOntvangen
from loket.foundation.inbox.queries import post as post_van
from loket.foundation.jobs.queue import enqueue, job, periodic
from loket.foundation.time.clock import now, today
from loket.registers.zaken import commands as zaken
from loket.services.reacties.commands.bericht import voeg_bericht_toe, voeg_bericht_van_buiten_toe
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.commands.vervolg import heropen
from loket.services.reacties.inzending import Inzending
from loket.services.reacties.post_besluit import Besluit, beslis, soort_van
from loket.services.reacties.post_lezen import Lezing, bestanden, lees_mail, tekst_van
from loket.services.reacties.post_terug import kwam_terug
from loket.services.reacties.queries.bewoner import volger_van
from loket.services.reacties.queries.post_draad import DRAAD, bekend, draadsleutel, elders, zaak_van

LEES = "reacties.lees_post"
NOG_EENS = timedelta(hours=1)
"""A mail that is not read after this is tried again."""
OPGEVEN = timedelta(days=1)
"""A mail that cannot be read after this is for a person."""


@listen(PostOntvangen, name="reacties.post")
def lees_straks(deliveries: Sequence[Delivery]) -> None:
    """A job for each mail: a large one must not hold up the events of others."""
    for delivery in deliveries:
        enqueue(LEES, post=str(delivery.event.subject))


@job(LEES)
def lees_post(*, post: str) -> None:
    """Read one mail and do with it what it asks. Again: nothing, when it was done."""
    verwerk(UUID(post))


@periodic("*/15 * * * *", "reacties.post_vangnet")
def vang_op() -> None:
    """The last net: a mail whose job was lost is read again; one that cannot be read is for a person."""
    for blijft in rows(
        "select p.id, p.ontvangen_op < %(opgeven)s as opgeven, p.organisatie_id, v.team_id as postvak_team"
        " from loket_inbox_post p join loket_inbox_postvak v on v.id = p.postvak_id"
        " where p.stand = 'nieuw' and p.ontvangen_op < %(nog_eens)s order by p.ontvangen_op limit 500",
        {"opgeven": now() - OPGEVEN, "nog_eens": now() - NOG_EENS},
    ):
        if not blijft["opgeven"]:
            enqueue(LEES, once=f"{LEES}:{blijft['id']}", post=str(blijft["id"]))
            continue
        with transaction.atomic():
            if _neem(blijft["id"]):
                _zet_apart(blijft, "mislukt", {})


def verwerk(post: UUID) -> Besluit | None:
    """Read the mail, decide, and act, in one transaction. Gives the decision; None when it was done already."""
    with transaction.atomic():
        if not _neem(post):
            return None
        gegevens = post_van(post)
        assert gegevens is not None
        # the same mail at two mailboxes: one after the other
        execute("select pg_advisory_xact_lock(hashtextextended(encode(%s, 'hex'), 4))", (gegevens["vingerafdruk"],))
        if (al := elders(gegevens)) is not None:
            return _dubbel(gegevens, al)
        lezing = lees_mail(gegevens)
        besluit = Besluit("apart", lezing.fout) if lezing.fout else _beslis(lezing, gegevens)
        doe = {"apart": _apart, "af": _af, "nieuw": _nieuw}.get(besluit.stap, _bij)
        try:
            with transaction.atomic():
                doe(gegevens, lezing, besluit)
        except (Refused, Forbidden, NotFound) as geweigerd:
            code = geweigerd.code if isinstance(geweigerd, Refused) else type(geweigerd).__name__.lower()
            besluit = Besluit("apart", f"geweigerd-{code}", besluit.zaak)
            _apart(gegevens, lezing, besluit)
    return besluit


def _neem(post: UUID) -> bool:
    return bool(execute("select 1 from loket_inbox_post where id = %s and stand = 'nieuw' for update", (post,)))


def _beslis(lezing: Lezing, post: dict[str, Any]) -> Besluit:
    return beslis(
        lezing.brief,
        lezing.afzender,
        bekend(lezing, post["organisatie_id"]),
        eigen=lezing.eigen.adressen,
        intern=lezing.intern,
    )


def _actor(post: dict[str, Any]) -> Actor:
    """On behalf of who wrote: the rights of no employee, the role of a resident in the logs."""
    return Actor("systeem", naam="post", organisatie=post["organisatie_id"], functie="bewoner")


def _wij(post: dict[str, Any]) -> Actor:
    return Actor("systeem", naam="post", organisatie=post["organisatie_id"])


# -- what is done -----------------------------------------------------------------------------------------------------


def _bij(post: dict[str, Any], lezing: Lezing, besluit: Besluit) -> None:
    """A message in a reactie: of a follower, or of somebody whom a person placed there before."""
    assert besluit.zaak is not None
    fotos, tekst = bestanden(lezing), tekst_van(lezing, onderwerp=False)
    if not tekst and not fotos:
        tekst = lezing.brief.kop.onderwerp.strip() or _("(E-mail zonder tekst)")
    sleutel, metadata = f"post:{post['id']}", herkomst(post, lezing)
    if besluit.link is None:
        zaak = zaken.voor(_wij(post), "zaak.bijwerken", besluit.zaak)
        contact = voeg_bericht_van_buiten_toe(
            _wij(post),
            zaak,
            tekst,
            fotos,
            idempotency_key=sleutel,
            naam=lezing.naam,
            adres=lezing.afzender,
            metadata=metadata,
        )
        betreft = contact.id
    elif besluit.stap == "heropen":
        volger = volger_van(besluit.link)
        heropen(_actor(post), volger, tekst, idempotency_key=sleutel, fotos=fotos, kanaal="email", metadata=metadata)
        betreft = _contact(sleutel)
    else:
        betreft = voeg_bericht_toe(
            _actor(post),
            volger_van(besluit.link),
            tekst,
            fotos,
            idempotency_key=sleutel,
            kanaal="email",
            metadata=metadata,
            ook_dicht=besluit.stap == "dank",
        ).id
    plaats(_actor(post), post, lezing, betreft)


def _contact(sleutel: str) -> UUID:
    gevonden = row(
        "select resultaat from zaken_idempotentie where handeling = 'klantcontact.vastleggen' and sleutel = %s"
        " order by aangemaakt_op desc limit 1",
        (sleutel,),
    )
    assert gevonden is not None
    contact: UUID = gevonden["resultaat"]
    return contact


def _nieuw(post: dict[str, Any], lezing: Lezing, besluit: Besluit) -> None:
    brief, taal = lezing.brief, "nl"
    fotos = bestanden(lezing)
    soort = soort_van(brief.kop.onderwerp, brief.inhoud)
    with override(taal):
        binnen = ontvang_reactie(
            _actor(post),
            post["organisatie_id"],
            Inzending(
                soort=soort,
                tekst=tekst_van(lezing, onderwerp=True),
                fotos=tuple(fotos),
                naam=lezing.naam or lezing.email,
                email=lezing.email,
                kanaal="email",
                taal=taal,
            ),
            idempotency_key=f"post:{post['id']}",
        )
    plaats(_actor(post), post, lezing, binnen.zaak)
    eigen_team = row("select team_id from zaken_werkvoorraad where zaak_id = %s", (binnen.zaak,))
    if soort != "klacht" and eigen_team and eigen_team["team_id"] != post["postvak_team"]:
        zaken.wijs_toe(
            _wij(post), binnen.zaak, team=post["postvak_team"], waarom=_("Kwam binnen op %s") % post["adres"]
        )


def herkomst(post: dict[str, Any], lezing: Lezing) -> dict[str, str]:
    """What a message keeps of the mail it came in: which one, and from whom."""
    return {"post": str(post["id"]), "van": lezing.afzender}


def plaats(actor: Actor, post: dict[str, Any], lezing: Lezing, betreft: UUID) -> None:
    """The mail has its place: `betreft`, a message or the new zaak it became. Says what of it stands only in the mail
    itself, and remembers it, so that the next mail of this thread finds its place too."""
    zaak = zaak_van(betreft)
    assert zaak is not None
    if zaak == betreft:
        execute(
            "update klanten_klantcontact set metadata = metadata || %s::jsonb where id = (select ob.klantcontact_id"
            " from klanten_onderwerpobject ob where ob.zaak_id = %s order by ob.id limit 1)",
            (_json(herkomst(post, lezing)), zaak),
        )
    if lezing.niet_bewaard:
        zin = _("Dit staat alleen in de hele e-mail: %s") % ", ".join(lezing.niet_bewaard)
        zaken.schrijf_notitie(_wij(post), zaak, zin)
    if lezing.brief.kop.message_id:
        sleutel = draadsleutel(lezing.brief.kop.message_id)
        zaken.eenmalig(post["organisatie_id"], DRAAD, sleutel, zaak)
    inbox.verwerkt(actor, post["id"], betreft=betreft)


def _json(waarde: dict[str, str]) -> str:
    import json

    return json.dumps(waarde)


def _dubbel(post: dict[str, Any], betreft: UUID) -> Besluit:
    """The same mail, at another mailbox of ours: it stays one, and says so."""
    zaak = zaak_van(betreft)
    if zaak is not None:
        try:
            with transaction.atomic():
                zin = _("Deze e-mail kwam ook binnen op %s.") % post["adres"]
                zaken.schrijf_notitie(_wij(post), zaak, zin)
        except Refused:
            pass  # in a closed zaak nothing is written any more
    inbox.verwerkt(_actor(post), post["id"], betreft=betreft, reden="dubbel")
    return Besluit("dubbel", "", zaak)


def _apart(post: dict[str, Any], lezing: Lezing, besluit: Besluit) -> None:
    _zet_apart(
        post,
        besluit.reden,
        {
            "van": lezing.afzender,
            "onderwerp": lezing.brief.kop.onderwerp[:300].replace("\x00", ""),
            **({"zaak": str(besluit.zaak)} if besluit.zaak else {}),
        },
    )


def _zet_apart(post: dict[str, Any], reden: str, detail: dict[str, str]) -> None:
    """For a person of the mailbox's team, within one working day."""
    inbox.zet_apart(
        _actor(post),
        post["id"],
        reden,
        team=post["postvak_team"],
        uiterlijk=volgende_werkdag(today()),
        detail=detail,
    )


def _af(post: dict[str, Any], lezing: Lezing, besluit: Besluit) -> None:
    if besluit.reden == Soort.ONBESTELBAAR.value:
        kwam_terug(_wij(post), lezing.brief)
    inbox.leg_af(_actor(post), post["id"], besluit.reden, detail={"van": lezing.afzender})
