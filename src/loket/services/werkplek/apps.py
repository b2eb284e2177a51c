from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class WerkplekConfig(AppConfig):
    name = "loket.services.werkplek"
    label = "werkplek"

    def ready(self) -> None:
        from loket.foundation.audit import activities
        from loket.foundation.web.extensions import NavItem, PaletteItem, offer

        activities.register(
            "werkplek.behandelen",
            naam=gettext_noop("Behandelen van een zaak"),
            doel=gettext_noop("Een reactie lezen om haar te beantwoorden of op te lossen"),
            grondslag=gettext_noop("Algemene taak van de overheid (artikel 6 lid 1 onder e AVG)"),
        )
        activities.register(
            "werkplek.zoeken",
            naam=gettext_noop("Opzoeken van een persoon"),
            doel=gettext_noop("Een inwoner terugvinden die contact opneemt"),
            grondslag=gettext_noop("Algemene taak van de overheid (artikel 6 lid 1 onder e AVG)"),
        )
        offer(NavItem("werkplek.werk", _("Werk"), "werkplek:begin", "werkplek", order=10, right="zaak.lezen"))
        offer(NavItem("werkplek.taken", _("Taken"), "werkplek:taken", "werkplek", order=20, right="zaak.lezen"))
        offer(NavItem("werkplek.zoeken", _("Zoeken"), "werkplek:zoeken", "werkplek", order=30, right="zaak.lezen"))
        offer(NavItem("werkplek.palet", _("Zoek of doe iets"), "werkplek:zoeken", "zoeken", right="zaak.lezen"))
        offer(
            PaletteItem(
                "werkplek.triage", _("Ga naar triage"), "/werk/lijst/triage/", icon="flag", key="T", right="zaak.lezen"
            )
        )
        offer(
            PaletteItem(
                "werkplek.mijn", _("Ga naar mijn werk"), "/werk/lijst/mijn/", icon="person", key="M", right="zaak.lezen"
            )
        )
