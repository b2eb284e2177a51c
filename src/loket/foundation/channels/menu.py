"""Where the pages of this room appear."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from loket.foundation.access.actor import Actor
from loket.foundation.channels import queries
from loket.foundation.channels.rules import BEHEER
from loket.foundation.web.extensions import AdminCard, NavItem, offer


def _stand(actor: Actor) -> str:
    aantal = queries.aantal_mislukt(actor)
    said = ngettext("%(n)d bericht is mislukt.", "%(n)d berichten zijn mislukt.", aantal) % {"n": aantal}
    return said if aantal else ""


offer(
    AdminCard(
        "loket_channels.beheer",
        _("Kanalen en sleutels"),
        _("Chat zoals WhatsApp, en apps die meldingen sturen."),
        "channels:kanalen",
        "chat",
        BEHEER,
        order=50,
        state=_stand,
    )
)
if settings.DEMO_TELEFOON:
    offer(
        NavItem("loket_channels.telefoon", _("Telefoon van de demo"), settings.DEMO_TELEFOON, place="voet", order=110)
    )
