from django.apps import AppConfig


class PlekkenConfig(AppConfig):
    name = "loket.registers.plekken"
    label = "plekken"
