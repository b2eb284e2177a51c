from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "loket.foundation.audit"
    label = "loket_audit"

    def ready(self) -> None:
        """The doors of this room on the start page of the administration."""
        from loket.foundation.audit import menu  # noqa: F401
