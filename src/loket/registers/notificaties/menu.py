"""Where the page of this room appears."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from loket.foundation.access.actor import Actor
from loket.foundation.beheer.rules import ORGANISATIE
from loket.foundation.web.extensions import AdminCard, offer
from loket.registers.notificaties import queries


def _stand(actor: Actor) -> str:
    dood = sum(each.dood for each in queries.standen(actor.organisatie))
    said = ngettext("%(n)d notificatie kwam niet aan.", "%(n)d notificaties kwamen niet aan.", dood) % {"n": dood}
    return said if dood else ""


offer(
    AdminCard(
        "notificaties.beheer",
        _("Notificaties aan applicaties"),
        _("Wie er bericht krijgt van wijzigingen, en wat niet aankwam."),
        "notificaties:beheer",
        "link",
        ORGANISATIE,
        order=55,
        state=_stand,
    )
)
