"""Where the pages of this room appear."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loket.foundation.mail.rules import BEHEER
from loket.foundation.web.extensions import NavItem, offer

offer(NavItem("loket_mail.beheer", _("E-mail beheren"), "mail:beheer", place="gebruiker", icon="mail", right=BEHEER))
offer(
    NavItem(
        "loket_mail.postbus",
        _("Postbus van de demo"),
        "mail:postbus",
        place="voet",
        shown=lambda actor: bool(settings.DEMO),
    )
)
