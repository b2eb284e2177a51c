"""Where the pages of this room appear."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from loket.foundation.access.actor import Actor
from loket.foundation.mail import queries
from loket.foundation.mail.rules import BEHEER
from loket.foundation.web.extensions import AdminCard, NavItem, offer


def _stand(actor: Actor) -> str:
    aantal = queries.counts(actor).get("mislukt", 0)
    said = ngettext("%(n)d e-mail is mislukt.", "%(n)d e-mails zijn mislukt.", aantal) % {"n": aantal}
    return said if aantal else ""


offer(
    AdminCard(
        "loket_mail.beheer",
        _("Uitgaande e-mail"),
        _("Wat wacht, en wat niet aankwam."),
        "mail:beheer",
        "mail",
        BEHEER,
        order=40,
        state=_stand,
    )
)
offer(
    NavItem(
        "loket_mail.postbus",
        _("Postbus van de demo"),
        "mail:postbus",
        place="voet",
        shown=lambda actor: bool(settings.DEMO),
    )
)
