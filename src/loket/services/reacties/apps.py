from django.apps import AppConfig


class ReactiesConfig(AppConfig):
    name = "loket.services.reacties"
    label = "reacties"

    def ready(self) -> None:
        from loket.services.reacties.aanbod import bied_aan

        bied_aan()
