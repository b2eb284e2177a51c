from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "loket.foundation.web"
    label = "loket_web"

    def ready(self) -> None:
        """Checks at start that what services offer can be reached and drawn."""
        from loket.foundation.web import checks  # noqa: F401
