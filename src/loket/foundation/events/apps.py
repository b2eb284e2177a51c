from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "loket.foundation.events"
    label = "loket_events"
