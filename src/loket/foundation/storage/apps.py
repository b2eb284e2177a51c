from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "loket.foundation.storage"
    label = "loket_storage"
