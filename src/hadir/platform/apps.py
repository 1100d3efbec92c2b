from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "hadir.platform"
    label = "platform"
