from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Layout, components, refusals, translations."""

    name = "hadir.platform"
    label = "platform"
