"""From letters to mail in the queue: the text, the address, and the line in the data-use log that goes with each."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from loket.foundation.audit.use import Use
from loket.foundation.errors import Refused
from loket.foundation.mail.outbox import Mail, send_many
from loket.foundation.mail.rules import check_address
from loket.services.reacties.brieven import Brief

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stuk:
    """One mail on its way: to whom, what, the address of the page ('' for none), and whose data it uses what for."""

    aan: str
    brief: Brief
    adres: str
    sleutel: str
    organisatie: UUID
    afzender: str
    naam: str
    taal: str
    gebruik: Use
    pseudoniem: str


def verstuur(stukken: Iterable[Stuk]) -> int:
    """Queue these mails in one statement, each with its line in the data-use log, in the present transaction. An
    address that cannot be one is left out: it must not hold up the others. Gives the number."""
    mails = []
    for stuk in stukken:
        try:
            check_address(stuk.aan)
        except Refused:
            log.warning("A mail about zaak %s has no usable address and is not sent", stuk.gebruik.zaak)
            continue
        with translation.override(stuk.taal):
            mails.append(
                Mail(
                    to=stuk.aan,
                    subject=stuk.brief.onderwerp,
                    text=tekst(stuk),
                    key=stuk.sleutel,
                    organisatie=stuk.organisatie,
                    betreft=stuk.gebruik.zaak,
                )
            )
        if stuk.pseudoniem:
            stuk.gebruik.log([stuk.pseudoniem])
    send_many(mails)
    return len(mails)


def tekst(stuk: Stuk) -> str:
    """The mail as plain text."""
    brief = stuk.brief
    aanhef = _("Beste %(naam)s,") % {"naam": stuk.naam} if stuk.naam else _("Hallo,")
    citaat = "\n".join(f"> {regel}".rstrip() for regel in brief.citaat.splitlines())
    # the first paragraph says who wrote, then come the words themselves
    delen = [aanhef, brief.alineas[0], citaat, *brief.alineas[1:]]
    if stuk.adres and brief.knop:
        delen.append(f"{brief.knop}:\n{stuk.adres}")
        delen.append(_("Deze link is alleen voor u. Stuur deze e-mail niet door."))
    delen.append(_("Met vriendelijke groet,") + f"\n{stuk.afzender}")
    return "\n\n".join(deel for deel in delen if deel)
