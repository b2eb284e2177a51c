"""Where the pages of this room appear."""

from django.utils.translation import gettext_lazy as _

from loket.foundation.web.extensions import NavItem, offer

offer(NavItem("loket_api.overzicht", _("Voor ontwikkelaars"), "api:overzicht", "voet", order=90))
