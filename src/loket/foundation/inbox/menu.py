"""Where the pages of this room appear."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from loket.foundation.access.actor import Actor
from loket.foundation.inbox import queries
from loket.foundation.inbox.rules import POSTVAKKEN
from loket.foundation.web.extensions import AdminCard, offer


def _stand(actor: Actor) -> str:
    stil = queries.stil(actor)
    said = ngettext("%(n)d postvak lukt nu niet.", "%(n)d postvakken lukken nu niet.", stil) % {"n": stil}
    return said if stil else ""


offer(
    AdminCard(
        "loket_inbox.postvakken",
        _("Postvakken"),
        _("Waar e-mail binnenkomt, en voor welk team."),
        "inbox:postvakken",
        "letter",
        POSTVAKKEN,
        order=38,
        state=_stand,
    )
)
