from django.apps import AppConfig


class ReactiesConfig(AppConfig):
    name = "loket.services.reacties"
    label = "reacties"
