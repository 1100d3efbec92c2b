from django.apps import AppConfig


class SchedulesConfig(AppConfig):
    """The room of calendars, shifts, work patterns and rosters."""

    name = "hadir.schedules"
    label = "schedules"
