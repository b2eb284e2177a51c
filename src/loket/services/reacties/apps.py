from django.apps import AppConfig


class ReactiesConfig(AppConfig):
    name = "loket.services.reacties"
    label = "reacties"

    def ready(self) -> None:
        from loket.services.reacties import jobs, mails  # noqa: F401 (declares the jobs and the listener)
        from loket.services.reacties import aanbod, handelingen

        aanbod.bied_aan()
        handelingen.bied_aan()
