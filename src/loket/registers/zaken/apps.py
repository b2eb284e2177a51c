from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_noop


class ZakenConfig(AppConfig):
    name = "loket.registers.zaken"
    label = "zaken"

    def ready(self) -> None:
        from loket.foundation.access import shield
        from loket.foundation.audit import activities, names
        from loket.registers.zaken import events, jobs, rules  # noqa: F401 (declares the events, the jobs and the acts)
        from loket.registers.zaken.nummers import NUMMERS
        from loket.registers.zaken.queries.zicht import over_wie

        import_module("loket.registers.zaken.api")  # what commands tell of is declared there
        activities.register(
            "zaken.uitwisselen",
            naam=gettext_noop("Zaken uitwisselen met andere programma's"),
            doel=gettext_noop("Programma's van de organisatie en haar leveranciers lezen zaken om u te kunnen helpen."),
            grondslag=gettext_noop("Uitvoering van een publieke taak (AVG artikel 6, lid 1, onder e)"),
        )
        shield.register("zaken", over_wie)
        names.register("zaak", NUMMERS)
