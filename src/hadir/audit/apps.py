from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The room of the journal of acts."""

    name = "hadir.audit"
    label = "audit"
