from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "hadir.tenancy"
    label = "tenancy"
