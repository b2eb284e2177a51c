"""What can be done with mail that does not go out, or that comes back."""

import re
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.access.shield import hidden
from loket.foundation.audit.trail import record
from loket.foundation.errors import NotFound, Refused
from loket.foundation.mail import sleutels
from loket.foundation.mail.afmelden import wil_niet
from loket.foundation.mail.dkim import ED25519, RSA
from loket.foundation.mail.models import Bericht, DkimSleutel
from loket.foundation.mail.outbox import wake
from loket.foundation.mail.rules import BEHEER
from loket.foundation.time.clock import now, today


def verstuur_opnieuw(actor: Actor, bericht: UUID, waarom: str = "") -> None:
    """Try a mail that failed, waits or was stopped again now, with five days before it is given up. Raises Forbidden,
    NotFound, Refused (`onderweg`, `afgemeld`)."""
    with transaction.atomic():
        found = _take(actor, bericht, ("mislukt", "wacht", "ingetrokken"))
        if found.lijst and wil_niet(found.lijst, [found.to_address]):
            raise Refused("afgemeld", _("Deze persoon wil zulke e-mails niet meer. Wij sturen hem niet."))
        Bericht.objects.filter(pk=found.pk).update(
            state="wacht", oorzaak="", last_error="", attempts=0, queued_at=now(), next_attempt_at=now()
        )
        record(actor, "mail.opnieuw", "bericht", found.pk, organisatie=found.organisatie_id, waarom=waarom)
        transaction.on_commit(wake, robust=True)


def houd_tegen(actor: Actor, bericht: UUID, waarom: str = "") -> None:
    """Do not send a mail that waits or failed. Raises Forbidden, NotFound, Refused (`onderweg`)."""
    with transaction.atomic():
        found = _take(actor, bericht, ("mislukt", "wacht"))
        Bericht.objects.filter(pk=found.pk).update(state="ingetrokken")
        record(actor, "mail.tegengehouden", "bericht", found.pk, organisatie=found.organisatie_id, waarom=waarom)


def kwam_niet_aan(actor: Actor, bericht: UUID, uitleg: str) -> Bericht | None:
    """Another server says that this mail, which it took, did not arrive after all, for the reason `uitleg`. Gives the
    mail; None when it was never sent, or this was said before. For the system."""
    actor.require(BEHEER)
    with transaction.atomic():
        found = Bericht.objects.select_for_update().filter(pk=bericht, state="verzonden").first()
        if found is None:
            return None
        found.state, found.oorzaak, found.last_error = "mislukt", "geweigerd", uitleg[:500]
        found.save(update_fields=["state", "oorzaak", "last_error"])
        record(actor, "mail.niet_aangekomen", "bericht", found.pk, organisatie=found.organisatie_id)
    return found


def probeer_alles_opnieuw(actor: Actor) -> int:
    """Try every mail of the own organisation and of the system that failed, because the server refused it or was away
    too long, again now; not one whose address does not exist. Gives how many. Raises Forbidden."""
    actor.require(BEHEER)
    with transaction.atomic():
        found = Bericht.objects.filter(Q(organisatie=actor.organisatie) | Q(organisatie=None), state="mislukt")
        aantal = found.filter(oorzaak__in=("te_lang", "inhoud", "instelling", "server")).update(
            state="wacht", oorzaak="", last_error="", attempts=0, queued_at=now(), next_attempt_at=now()
        )
        if aantal:
            record(actor, "mail.alles_opnieuw", "bericht", None, detail={"aantal": aantal})
            transaction.on_commit(wake, robust=True)
    return aantal


def maak_dkim(actor: Actor, domein: str) -> list[DkimSleutel]:
    """Make new keys with which mail of `domein` is signed: RSA for everybody, Ed25519 for who knows it. They sign when
    their record is seen in DNS (`kijk_in_dns`), or at once by `teken_dkim`; until then those before them do. Raises
    Forbidden, Refused (`domein`)."""
    actor.require(BEHEER)
    try:
        kaal = domein.strip().rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        kaal = ""
    if "." not in kaal or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", kaal):
        raise Refused("domein", _("Schrijf alleen het domein, zoals lindewaard.nl."), "domein")
    with transaction.atomic():
        aantal = DkimSleutel.objects.filter(domein=kaal).count() // 2
        naam = f"loket{today():%Y%m}{chr(ord('a') + aantal % 26)}"
        while DkimSleutel.objects.filter(domein=kaal, selector__startswith=naam).exists():
            naam += "x"
        gemaakt = [sleutels.bewaar(kaal, naam, RSA), sleutels.bewaar(kaal, f"{naam}e", ED25519)]
        for sleutel in gemaakt:
            record(actor, "mail.dkim_gemaakt", "dkimsleutel", sleutel.pk, detail={"domein": kaal})
    return gemaakt


def teken_dkim(actor: Actor, domein: str) -> int:
    """Let the newest keys of a domain sign now, whatever DNS says; gives how many did not yet. Raises Forbidden."""
    actor.require(BEHEER)
    with transaction.atomic():
        nieuw = list(
            DkimSleutel.objects.filter(domein=domein.lower(), gestopt_op=None, tekent_vanaf=None).order_by("gemaakt_op")
        )
        for sleutel in nieuw:
            sleutels.laat_tekenen(sleutel)
            record(actor, "mail.dkim_tekent", "dkimsleutel", sleutel.pk, detail={"domein": sleutel.domein})
    return len(nieuw)


def kijk_in_dns(actor: Actor) -> int:
    """See whether the records of our DKIM keys are in DNS; gives how many are right. Raises Forbidden."""
    actor.require(BEHEER)
    goed = sleutels.vergelijk()
    record(actor, "mail.dkim_gekeken", "dkimsleutel", None, detail={"goed": goed})
    return goed


def _take(actor: Actor, bericht: UUID, states: tuple[str, ...]) -> Bericht:
    actor.require(BEHEER)
    found = Bericht.objects.select_for_update().filter(pk=bericht).first()
    if found is None or found.organisatie_id not in (None, actor.organisatie) or found.betreft in hidden(actor):
        raise NotFound("There is no such mail.")
    if found.state not in states:
        raise Refused("onderweg", _("Deze e-mail is al verstuurd, of wordt nu verstuurd. Wij hebben niets veranderd."))
    return found
