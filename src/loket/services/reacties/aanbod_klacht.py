"""What the complaint procedure offers to other rooms' pages: the panel with the next step and 'why this day', the queue
with steps that are too late, and the door in the administration."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.access.actor import Actor
from loket.foundation.beheer.rules import ORGANISATIE
from loket.foundation.database.sql import value
from loket.foundation.time.clock import AMSTERDAM
from loket.foundation.web.extensions import AdminCard, PaletteItem, Panel, Queue, offer
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import handelingen_klacht
from loket.services.reacties.aanbod_werk import SOORTEN, mag
from loket.services.reacties.commands.behandeling import BEANTWOORDEN
from loket.services.reacties.queries import klacht
from loket.services.reacties.waarom import waarom_deze_dag


def _procedure(actor: Actor, zaak: Zaak) -> dict[str, Any] | None:
    if zaak.zaaktype.identificatie != "klacht":
        return None
    stand = handelingen_klacht.stand(zaak)
    acties = {}
    if zaak.einddatum is None and mag(actor, zaak, BEANTWOORDEN):
        acties = {
            each.code: each.titel for each in handelingen_klacht.KLACHT if handelingen_klacht.past(zaak, each.code)
        }
    return {
        "stappen": [(stap, acties.get(stap.handeling)) for stap in stand.stappen],
        "volgende": stand.volgende if zaak.einddatum is None else None,
        "ombudsman_leeg": zaak.einddatum is None and not stand.regeling.ombudsman,
    }


def _waarom(actor: Actor, zaak: Zaak) -> dict[str, Any] | None:
    werk = getattr(zaak, "werk", None)
    if werk is None or zaak.zaaktype.identificatie not in SOORTEN or zaak.zaaktype.identificatie == "klacht":
        return None
    op = value(
        "select max(time) from loket_events_event where subject = %s and type = 'nl.loket.reacties.reactie.vertraagd'",
        (zaak.id,),
    )
    verlegd = op.astimezone(AMSTERDAM).date() if op else None
    return {"waarom": waarom_deze_dag(zaak.zaaktype.identificatie, zaak.startdatum, werk.antwoord_voor, verlegd)}


def _behandelt_klachten(actor: Actor) -> bool:
    return any(grant.handeling == LEZEN and grant.max_va >= klacht.VERTROUWELIJK for grant in actor.grants)


def _stand(actor: Actor) -> str:
    if actor.organisatie is None or klacht.regeling(actor.organisatie).ombudsman:
        return ""
    return gettext("Vul in welke ombudsman klachten onderzoekt.")


def bied_aan() -> None:
    """Offer it all; called once, when Django starts."""
    offer(Panel("reacties.klacht", _("Klachtprocedure"), "reacties/deel/klacht_paneel.html", _procedure, order=1))
    offer(Panel("reacties.waarom", _("Waarom deze dag?"), "reacties/deel/waarom_paneel.html", _waarom, order=2))
    offer(
        Queue(
            "reacties.klachten",
            _("Klachten"),
            _("Stappen van klachten"),
            60,
            klacht.aantal_te_laat,
            kind="late",
            url="reacties:klachten",
            right=LEZEN,
            shown=_behandelt_klachten,
        )
    )
    titel = _("Stappen van klachten")
    offer(
        PaletteItem(
            "reacties.klachten", titel, "reacties:klachten", "complaint", right=LEZEN, shown=_behandelt_klachten
        )
    )
    offer(
        AdminCard(
            "reacties.klachten",
            _("Klachten"),
            _("Welke ombudsman, en wie adviseert."),
            "reacties:klachtregeling",
            "complaint",
            ORGANISATIE,
            order=40,
            state=_stand,
        )
    )
