from django.apps import AppConfig


class KennisConfig(AppConfig):
    name = "loket.services.kennis"
    label = "kennis"

    def ready(self) -> None:
        from loket.services.kennis import aanbod, events, jobs  # noqa: F401 (declare events and jobs)

        aanbod.bied_aan()
