from django.apps import AppConfig


class KlantenConfig(AppConfig):
    name = "loket.registers.klanten"
    label = "klanten"

    def ready(self) -> None:
        from loket.registers.klanten import events, rules  # noqa: F401 (declares the events and the acts)
