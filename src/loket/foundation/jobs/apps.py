from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "loket.foundation.jobs"
    label = "loket_jobs"
