from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerminalsConfig(AppConfig):
    """The room of attendance terminals: the fleet, what it sent, and whose PINs those are."""

    name = "hadir.terminals"
    label = "terminals"
    verbose_name = _("Terminals")
