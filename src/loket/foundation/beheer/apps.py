from django.apps import AppConfig


class BeheerConfig(AppConfig):
    name = "loket.foundation.beheer"
    label = "loket_beheer"

    def ready(self) -> None:
        """The menu item of the administration, and the doors of this room on its start page."""
        from loket.foundation.beheer import menu  # noqa: F401
