from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hadir.tenancy.models import DatedModel, TenantForeignKey


class Cover(DatedModel):
    """An absence of a person over work dates: asked for, approved, refused or withdrawn.

    A change of state is a new row that replaces the old one, so that every past belief can be told.
    """

    class State(models.TextChoices):
        UNDECIDED = "undecided", _("Undecided")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    person = TenantForeignKey("org.Person", related_name="covers")
    kind = models.CharField(max_length=40)
    effect = models.SmallIntegerField()
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    letter_number = models.CharField(max_length=80, blank=True)
    letter_date = models.DateField(null=True, blank=True)
    signed_by = models.CharField(max_length=120, blank=True)
    decided_by = TenantForeignKey("org.Person", null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["government", "person", "valid_from"], name="requests_cover_person")]
        ordering = ["-valid_from", "-id"]
