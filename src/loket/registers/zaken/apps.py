from django.apps import AppConfig


class ZakenConfig(AppConfig):
    name = "loket.registers.zaken"
    label = "zaken"

    def ready(self) -> None:
        from loket.foundation.access import shield
        from loket.foundation.audit import names
        from loket.registers.zaken import events, rules  # noqa: F401 (declares the events and the acts)
        from loket.registers.zaken.nummers import NUMMERS
        from loket.registers.zaken.queries.zicht import over_wie

        shield.register("zaken", over_wie)
        names.register("zaak", NUMMERS)
