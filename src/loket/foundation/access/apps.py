from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "loket.foundation.access"
    label = "loket_access"
