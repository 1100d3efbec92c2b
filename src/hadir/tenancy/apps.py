from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """The room of governments and the guard between them."""

    name = "hadir.tenancy"
    label = "tenancy"
