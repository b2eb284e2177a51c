from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class MijnConfig(AppConfig):
    name = "loket.services.mijn"
    label = "mijn"

    def ready(self) -> None:
        """Offers the menu of Mijn Loket, the link to it, and the card about the use of data."""
        from loket.foundation.access.actor import Actor
        from loket.foundation.audit import activities
        from loket.foundation.web.extensions import Card, NavItem, offer
        from loket.services.mijn.queries import card

        def not_staff(actor: Actor) -> bool:
            return actor.kind != "medewerker"

        activities.register(
            "mijn.inzien",
            naam=gettext_noop("Uw eigen gegevens bekijken"),
            doel=gettext_noop("U bekijkt of verandert zelf wat wij van u weten."),
            grondslag=gettext_noop("Recht van inzage (artikel 15 AVG)"),
        )
        offer(NavItem("mijn.kop", _("Mijn Loket"), "mijn:overzicht", "kop", order=90, icon="person", shown=not_staff))
        offer(NavItem("mijn.overzicht", _("Overzicht"), "mijn:overzicht", "mijn", order=0))
        offer(NavItem("mijn.gegevens", _("Mijn gegevens"), "mijn:gegevens", "mijn", order=70))
        offer(NavItem("mijn.gebruik", _("Wie keek er mee?"), "mijn:gebruik", "mijn", order=80))
        offer(Card("mijn.gebruik", "mijn/kaart_gebruik.html", card, order=80))
