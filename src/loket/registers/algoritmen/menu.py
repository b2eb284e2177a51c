"""Where the pages of this room appear."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.access.actor import Actor
from loket.foundation.beheer.rules import ORGANISATIE
from loket.foundation.web.extensions import AdminCard, NavItem, offer
from loket.registers.algoritmen import queries


def _stand(actor: Actor) -> str:
    eigen = [m for m in queries.modellen() if m["organisatie_id"] == actor.organisatie]
    aan = sum(m["in_gebruik"] for m in eigen)
    if not eigen:
        return gettext("Er is nog niets getraind.")
    return ngettext("%(n)d model doet voorstellen.", "%(n)d modellen doen voorstellen.", aan) % {"n": aan}


offer(NavItem("algoritmen.register", _("Algoritmes"), "algoritmen:lijst", "voet", order=60))
offer(
    AdminCard(
        "algoritmen.beheer",
        _("Voorstellen en algoritmes"),
        _("Hoe goed de voorstellen zijn, en opnieuw trainen."),
        "algoritmen:beheer",
        "chart",
        ORGANISATIE,
        order=60,
        state=_stand,
    )
)
