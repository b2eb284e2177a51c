from django.apps import AppConfig


class DocumentenConfig(AppConfig):
    name = "loket.registers.documenten"
    label = "documenten"

    def ready(self) -> None:
        from loket.registers.documenten import events, rules  # noqa: F401 (declares the events and the acts)
