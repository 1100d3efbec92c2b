from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from hadir.tenancy.models import TenantModel


class Entry(TenantModel):
    """One act: who did what to which thing, when and from where. Nobody can change or remove it.

    The database says when, and takes no other time from who writes.
    """

    at = models.DateTimeField(db_default=Now())
    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["government", "subject", "subject_id", "at"], name="audit_entry_subject"),
            models.Index(fields=["government", "-at"], name="audit_entry_latest"),
        ]
