from django.apps import AppConfig


class RecapsConfig(AppConfig):
    """The room of the month: totals per person and unit, and their reports."""

    name = "hadir.recaps"
    label = "recaps"
