from django.apps import AppConfig


class ReactiesConfig(AppConfig):
    name = "loket.services.reacties"
    label = "reacties"

    def ready(self) -> None:
        from loket.services.reacties import aanbod, aanbod_werk, jobs, mails  # noqa: F401 (declares the jobs and the listener)

        aanbod.bied_aan()
        aanbod_werk.bied_aan()
