"""Where the pages of this room appear."""

from django.utils.translation import gettext_lazy as _

from loket.foundation.audit.rules import LEZEN
from loket.foundation.web.extensions import AdminCard, offer

offer(
    AdminCard(
        "loket_audit.gebruik",
        _("Gebruik van gegevens"),
        _("Wiens gegevens zijn gebruikt: wanneer, door wie en waarvoor."),
        "audit:gebruik",
        "eye",
        LEZEN,
        order=50,
    )
)
offer(
    AdminCard(
        "loket_audit.spoor",
        _("Spoor van handelingen"),
        _("Wie deed wat, en waarom. Ook wat geweigerd is."),
        "audit:spoor",
        "list",
        LEZEN,
        order=60,
    )
)
