from __future__ import annotations

from django.db import models

from hadir.kernel.clock import now
from hadir.tenancy.models import TenantModel


class Notice(TenantModel):
    """A message to a person, shown in Hadir.

    `sentence` is a sentence of the catalogue that `data` fills, so that it is said in the language of who reads it.
    """

    person_id = models.BigIntegerField()
    sentence = models.CharField(max_length=300)
    data = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["government", "person_id", "-made_at"], name="notices_notice_person")]


class Mail(TenantModel):
    """An e-mail that waits to be sent, or was. What it says is sealed, and forgotten once it has left."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"

    to = models.EmailField()
    content = models.BinaryField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
