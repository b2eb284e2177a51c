"""A letter of ours that did not arrive: that stands with the mail, with the address, and in the reactie."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.engines.brievenbus.brief import Brief
from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import value
from loket.foundation.errors import Refused
from loket.foundation.mail.commands import kwam_niet_aan
from loket.registers.klanten import commands as klanten
from loket.registers.zaken import commands as zaken


def kwam_terug(actor: Actor, brief: Brief) -> None:
    """What a bounce says: the mail failed, the address is marked, and whoever handles the reactie reads to reach the
    resident otherwise. Only of a mail that was sent, once, and only when trying again makes no sense; a bounce of
    anything else changes nothing."""
    fout = next((fout for fout in brief.bestellingen if fout.blijvend), None)
    try:
        bericht = UUID(brief.oorspronkelijk_id.strip("<>").partition("@")[0])
    except ValueError:
        return
    if fout is None:
        return
    mail = kwam_niet_aan(actor, bericht, f"{fout.status} {fout.uitleg}".strip())
    if mail is None:
        return
    klanten.meld_gebounced(actor, mail.to_address, waarom=_("Onze e-mail kwam terug."))
    if mail.betreft is None:
        return
    zin = _("Onze e-mail aan %s kwam niet aan.") % mail.to_address
    hoe = (
        _("Bel deze persoon: het nummer staat bij ‘Persoon’.")
        if _telefoon(mail.to_address)
        else _("Er is geen telefoonnummer. Stuur een brief als u het adres kent.")
    )
    with suppress(Refused), transaction.atomic():  # in a closed zaak nothing is written any more
        zaken.schrijf_notitie(actor, mail.betreft, f"{zin} {hoe}")


def _telefoon(email: str) -> bool:
    """Whether somebody with this address has a telephone number too."""
    return bool(
        value(
            "select exists (select 1 from klanten_digitaaladres e join klanten_digitaaladres t"
            " on t.partij_id = e.partij_id and t.soort_digitaal_adres = 'telefoon'"
            " where e.soort_digitaal_adres = 'email' and lower(e.adres) = lower(%s))",
            (email,),
        )
    )
