"""Where the pages of this room appear."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.access.actor import Actor
from loket.foundation.beheer import health, queries
from loket.foundation.beheer.rules import OPENEN, ORGANISATIE
from loket.foundation.web.extensions import AdminCard, NavItem, PaletteItem, offer


def _teams(actor: Actor) -> str:
    aantal = queries.tel_teams(actor)
    return ngettext("Er is %(n)d team.", "Er zijn %(n)d teams.", aantal) % {"n": aantal}


def _mensen(actor: Actor) -> str:
    aantal = queries.tel_mensen(actor)
    return ngettext("Er werkt %(n)d collega.", "Er werken %(n)d collega’s.", aantal) % {"n": aantal}


def _gezond(actor: Actor) -> str:
    return "" if health.state()["status"] == "ok" else gettext("Er is iets mis. Kijk wat.")


offer(NavItem("loket_beheer.beheer", _("Beheer"), "beheer:begin", "werkplek", order=90, right=OPENEN))
offer(PaletteItem("loket_beheer.beheer", _("Ga naar beheer"), "beheer:begin", icon="shield", right=OPENEN))
offer(
    AdminCard(
        "loket_beheer.organisatie",
        _("Organisatie"),
        _("Naam, telefoon, openingstijden."),
        "beheer:organisatie",
        "house",
        ORGANISATIE,
        order=10,
    )
)
offer(
    AdminCard(
        "loket_beheer.teams",
        _("Teams"),
        _("Wat elk team doet, en wie het coördineert."),
        "beheer:teams",
        "people",
        ORGANISATIE,
        order=20,
        state=_teams,
    )
)
offer(
    AdminCard(
        "loket_beheer.medewerkers",
        _("Medewerkers"),
        _("Wie hier werkt, en wat ieder mag."),
        "beheer:medewerkers",
        "person",
        ORGANISATIE,
        order=30,
        state=_mensen,
    )
)
offer(
    AdminCard(
        "loket_beheer.gezondheid",
        _("Gezondheid"),
        _("Of alles werkt: database, bezorging en e-mail."),
        "beheer:gezondheid",
        "heart",
        ORGANISATIE,
        order=90,
        state=_gezond,
    )
)
