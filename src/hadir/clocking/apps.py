from django.apps import AppConfig


class ClockingConfig(AppConfig):
    """The room of taps: append-only facts and their evidence."""

    name = "hadir.clocking"
    label = "clocking"
