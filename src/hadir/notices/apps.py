from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The room of messages to people."""

    name = "hadir.notices"
    label = "notices"
