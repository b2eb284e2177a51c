from django.apps import AppConfig


class AlgoritmenConfig(AppConfig):
    name = "loket.registers.algoritmen"
    label = "algoritmen"

    def ready(self) -> None:
        from loket.foundation.storage.keepers import keep
        from loket.registers.algoritmen import jobs, menu  # noqa: F401 (declare jobs, offers)
        from loket.registers.algoritmen.queries import in_gebruik

        keep("algoritmen", in_gebruik)
