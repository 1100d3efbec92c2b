from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """The room of approved and asked-for absences."""

    name = "hadir.requests"
    label = "requests"
