from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "loket.foundation.identity"
    label = "loket_identity"

    def ready(self) -> None:
        """Checks at start that the providers can be trusted."""
        from loket.foundation.identity import checks  # noqa: F401
