from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "loket.foundation.database"
    label = "loket_database"
