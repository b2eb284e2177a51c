from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "loket.foundation.api"
    label = "loket_api"
