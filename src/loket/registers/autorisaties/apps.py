from django.apps import AppConfig


class AutorisatiesConfig(AppConfig):
    name = "loket.registers.autorisaties"
    label = "autorisaties"

    def ready(self) -> None:
        from loket.registers.autorisaties import events  # noqa: F401 (declares the events)
