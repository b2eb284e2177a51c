from django.apps import AppConfig


class CatalogiConfig(AppConfig):
    name = "loket.registers.catalogi"
    label = "catalogi"
