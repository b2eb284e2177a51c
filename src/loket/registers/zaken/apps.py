from django.apps import AppConfig


class ZakenConfig(AppConfig):
    name = "loket.registers.zaken"
    label = "zaken"

    def ready(self) -> None:
        from loket.foundation.audit import names
        from loket.registers.zaken import events, rules  # noqa: F401 (declares the events and the acts)
        from loket.registers.zaken.nummers import NUMMERS

        names.register("zaak", NUMMERS)
