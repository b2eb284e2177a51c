from importlib import import_module

from django.apps import AppConfig


class BesluitenConfig(AppConfig):
    name = "loket.registers.besluiten"
    label = "besluiten"

    def ready(self) -> None:
        """The resources that others refer to."""
        import_module("loket.registers.besluiten.api")
