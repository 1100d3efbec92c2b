from django.apps import AppConfig


class ClockingConfig(AppConfig):
    name = "hadir.clocking"
    label = "clocking"
