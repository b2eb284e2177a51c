from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "loket.foundation.api"
    label = "loket_api"

    def ready(self) -> None:
        """Puts the pages in the menu."""
        from loket.foundation.api import menu  # noqa: F401
