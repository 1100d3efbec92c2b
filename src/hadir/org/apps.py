from django.apps import AppConfig


class OrgConfig(AppConfig):
    """The room of units, sites, people and rights."""

    name = "hadir.org"
    label = "org"
