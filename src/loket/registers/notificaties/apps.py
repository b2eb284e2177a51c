from django.apps import AppConfig


class NotificatiesConfig(AppConfig):
    name = "loket.registers.notificaties"
    label = "notificaties"

    def ready(self) -> None:
        from loket.registers.notificaties import jobs, menu, verspreiden  # noqa: F401 (declare jobs, offers, listeners)
