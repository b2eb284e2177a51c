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
from loket.services.reacties.sleutels import antwoordteken, lusteken, onderwerpteken

log = logging.getLogger(__name__)

MAX_VOOR_AT = 64
"""RFC 5321, 4.5.3.1.1."""


@dataclass(frozen=True)
class Stuk:
    """One mail on its way: to whom, what, the address of the page ('' for none), and whose data it uses what for.
    `nummer` and `link`: of the reactie and of who follows it, by which an answer finds its way."""

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
    nummer: str = ""


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
        leest = vakken[stuk.organisatie]
        mails.append(
            Mail(
                to=stuk.aan,
                subject=_met_teken(gemaakt.subject, stuk) if leest else gemaakt.subject,
                text=gemaakt.text,
                html=gemaakt.html,
                key=stuk.sleutel,
                organisatie=stuk.organisatie,
                betreft=stuk.gebruik.zaak,
                headers=_koppen(koppen[stuk.organisatie].email, stuk.link) if leest else {},
            )
        )
        if stuk.pseudoniem:
            stuk.gebruik.log([stuk.pseudoniem])
    send_many(mails)
    return len(mails)


def _koppen(adres: str, link: UUID | None) -> dict[str, str]:
    """An answer finds its way by itself: the address for it names the follower, signed. Where we read that mail, and
    where such an address can be: a long one, or one with an extension of its own, is left as it is."""
    koppen = {"X-Loket": lusteken()}
    voor, _at, domein = adres.rpartition("@")
    if link and "+" not in voor and len(aan := f"{voor}+{antwoordteken(link)}") <= MAX_VOOR_AT:
        koppen["Reply-To"] = f"{aan}@{domein}"
    return koppen


def _met_teken(onderwerp: str, stuk: Stuk) -> str:
    """The subject with the signed mark behind the number, which goes to the end."""
    if stuk.link is None or not stuk.nummer:
        return onderwerp
    kaal = onderwerp.removesuffix(stuk.nummer).rstrip(" –")
    return f"{kaal} [{stuk.nummer} {onderwerpteken(stuk.link)}]"


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
