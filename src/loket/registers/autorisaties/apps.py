from django.apps import AppConfig


class AutorisatiesConfig(AppConfig):
    name = "loket.registers.autorisaties"
    label = "autorisaties"
