from importlib import import_module

from django.apps import AppConfig


class DocumentenConfig(AppConfig):
    name = "loket.registers.documenten"
    label = "documenten"

    def ready(self) -> None:
        from loket.foundation.storage.keepers import keep
        from loket.registers.documenten import events, queries, rules  # noqa: F401 (declares the events and the acts)

        import_module("loket.registers.documenten.api")  # what others refer to
        keep("documenten", queries.in_gebruik)
