from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "loket.foundation.identity"
    label = "loket_identity"
