"""From letters to mail in the queue: the text, the address, and the line in the data-use log that goes with each."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from loket.foundation.audit.use import Use
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.inbox.queries import postvakken
from loket.foundation.mail.outbox import Mail, send_many
from loket.foundation.mail.rendering import Rendered, render_mail
from loket.foundation.mail.rules import check_address
from loket.foundation.web.context import Kop, kop
from loket.services.reacties.brieven import Brief
from loket.services.reacties.sleutels import antwoordteken

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stuk:
    """One mail on its way: to whom, what, the address of the page ('' for none), and whose data it uses what for."""

    aan: str
    brief: Brief
    adres: str
    sleutel: str
    organisatie: UUID
    naam: str
    taal: str
    gebruik: Use
    pseudoniem: str
    link: UUID | None = None


def verstuur(stukken: Iterable[Stuk]) -> int:
    """Queue these mails in one statement, each with its line in the data-use log, in the present transaction. An
    address that cannot be one is left out: it must not hold up the others. Gives the number."""
    mails: list[Mail] = []
    koppen: dict[UUID, Kop] = {}
    vakken: dict[UUID, bool] = {}
    for stuk in stukken:
        try:
            check_address(stuk.aan)
        except Refused:
            log.warning("A mail about zaak %s has no usable address and is not sent", stuk.gebruik.zaak)
            continue
        if stuk.organisatie not in koppen:
            wij = koppen[stuk.organisatie] = kop(Organisatie.objects.filter(id=stuk.organisatie).first())
            vakken[stuk.organisatie] = bool(postvakken([wij.email]))
        gemaakt = maak(stuk, koppen[stuk.organisatie])
        mails.append(
            Mail(
                to=stuk.aan,
                subject=gemaakt.subject,
                text=gemaakt.text,
                html=gemaakt.html,
                key=stuk.sleutel,
                organisatie=stuk.organisatie,
                betreft=stuk.gebruik.zaak,
                headers=_antwoord_aan(koppen[stuk.organisatie].email, stuk.link) if vakken[stuk.organisatie] else {},
            )
        )
        if stuk.pseudoniem:
            stuk.gebruik.log([stuk.pseudoniem])
    send_many(mails)
    return len(mails)


def _antwoord_aan(adres: str, link: UUID | None) -> dict[str, str]:
    """An answer finds its way by itself: the address for it names the follower, signed. Where we read that mail."""
    naam, _at, domein = adres.rpartition("@")
    return {"Reply-To": f"{naam}+{antwoordteken(link)}@{domein}"} if link else {}


def maak(stuk: Stuk, afzender: Kop) -> Rendered:
    """The mail in words and in HTML."""
    brief = stuk.brief
    return render_mail(
        "reacties/mail/brief",
        {
            "brief": brief,
            "begin": brief.alineas[0],
            "citaat": brief.citaat.strip(),
            "rest": brief.alineas[1:],
            "adres": stuk.adres,
            "naam": stuk.naam,
            "organisatie": afzender,
        },
        stuk.taal,
    )
