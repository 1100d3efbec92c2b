from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The room of what people see first: home, tap, history and the live board."""

    name = "hadir.portal"
    label = "portal"
