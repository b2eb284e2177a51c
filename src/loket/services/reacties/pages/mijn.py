"""What this room shows in Mijn Loket: two cards of the overview, and the list of all own reacties."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.foundation.access.actor import Actor
from loket.foundation.access.policy import policy
from loket.foundation.time.clock import now, today
from loket.foundation.web.stored import translated
from loket.registers.klanten.beltijden import in_woorden
from loket.services.reacties import rules
from loket.services.reacties.pages.deel import actor_van, niet_bewaren
from loket.services.reacties.queries.mijn import RECENT, MijnZaak, mijn_berichten, mijn_zaken
from loket.services.reacties.queries.mijn import aantal_open as tel_open
from loket.services.reacties.verhaal import woord


def te_laat(zaak: MijnZaak) -> bool:
    """Whether the promised day is over, and it is up to us."""
    wij = zaak.wacht_op != "bewoner" and zaak.status != rules.WACHT_OP_BEWONER
    return zaak.einddatum is None and zaak.antwoord_voor is not None and zaak.antwoord_voor < today() and wij


def stand(zaak: MijnZaak) -> str:
    """How it stands, in one sentence."""
    naam = woord(zaak.soort)
    if zaak.einddatum is not None:
        return translated(zaak.resultaat)
    if zaak.bellen_van and zaak.bellen_tot and zaak.bellen_tot > now():
        wanneer = in_woorden(zaak.bellen_van, zaak.bellen_tot, get_language())
        return _("Wij bellen u %(wanneer)s.") % {"wanneer": wanneer}
    if te_laat(zaak):
        return _("Wij zijn te laat. Sorry. U hoort zo van ons hoe het staat.")
    if zaak.wacht_op == "bewoner" or zaak.status == rules.WACHT_OP_BEWONER:
        return _("Wij wachten op u.")
    if zaak.status == rules.ONTVANGEN:
        return _("Een medewerker leest uw %(soort)s.") % {"soort": naam}
    if zaak.behandelaar:
        return _("%(wie)s is bezig met uw %(soort)s.") % {"wie": zaak.behandelaar, "soort": naam}
    return _("Wij zijn bezig met uw %(soort)s.") % {"soort": naam}


def _regels(zaken: Sequence[MijnZaak]) -> list[dict[str, Any]]:
    return [{"zaak": zaak, "stand": stand(zaak), "te_laat": te_laat(zaak)} for zaak in zaken]


def kaart_zaken(actor: Actor) -> dict[str, Any] | None:
    """The card 'Mijn zaken': what is open, and what was closed in the last month; at most six."""
    grens = today() - timedelta(days=RECENT)
    zaken = [zaak for zaak in mijn_zaken(actor) if zaak.einddatum is None or zaak.einddatum >= grens]
    return {"regels": _regels(zaken[:6])} if zaken else None


def kaart_berichten(actor: Actor) -> dict[str, Any] | None:
    """The card 'Berichten': the last answers."""
    berichten = mijn_berichten(actor, 4)
    return {"berichten": berichten} if berichten else None


def aantal_open(actor: Actor) -> int | None:
    """How many reacties of this resident are open; None for none."""
    return tel_open(actor) or None


@policy(resident=True)
@niet_bewaren
@require_safe
def zaken(request: HttpRequest) -> HttpResponseBase:
    """All own reacties, also old ones."""
    alle = mijn_zaken(actor_van(request))
    groepen = {
        "lopend": _regels([zaak for zaak in alle if zaak.einddatum is None]),
        "klaar": _regels([zaak for zaak in alle if zaak.einddatum is not None]),
    }
    return render(request, "reacties/mijn_zaken.html", groepen)
