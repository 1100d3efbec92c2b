from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hadir.tenancy.models import GuardedManager, TenantForeignKey, TenantModel


class Channel(models.IntegerChoices):
    """How a tap came in; all count alike unless a policy restricts them."""

    PHONE = 1, _("Phone")
    TERMINAL = 2, _("Terminal")
    KIOSK = 3, _("Kiosk")
    MANUAL = 4, _("Manual with document")
    IMPORT = 5, _("Imported")


class Reason(models.IntegerChoices):
    """Why a stored tap does not count, as `hadir.kernel.receipts.Reason` numbers it."""

    NONE = 0, _("Counts")
    OUTSIDE = 1, _("Outside the allowed place")
    PASS_EXPIRED = 2, _("The phone's pass had expired")
    DOUBTFUL_TIME = 3, _("The time is doubtful")
    PRACTICE = 4, _("Practice")
    KHUSUS_UNDECIDED = 5, _("Presensi khusus awaits a decision")
    REVOKED = 6, _("The phone's pass was revoked")
    PARKED = 7, _("Outside the open months")


class Event(models.Model):
    """A tap: an append-only fact. Monthly partitions; its identity is the digest of what was signed or sent."""

    pk = models.CompositePrimaryKey("government_id", "at", "id")
    government = models.ForeignKey("tenancy.Government", models.DO_NOTHING, related_name="+", db_constraint=False)
    at = models.DateTimeField()
    id = models.BinaryField(max_length=32)
    person_id = models.BigIntegerField()
    channel = models.SmallIntegerField(choices=Channel.choices)
    mark = models.SmallIntegerField(default=0)
    kind = models.SmallIntegerField(default=0)
    counts = models.BooleanField(default=True)
    reason = models.SmallIntegerField(choices=Reason.choices, default=Reason.NONE)
    received = models.DateTimeField()
    proven_from = models.DateTimeField(null=True)
    site_id = models.BigIntegerField(null=True)

    objects = GuardedManager()

    class Meta:
        managed = False
        db_table = "clocking_event"


class Evidence(models.Model):
    """What proves a tap of a phone: dropped by the month when its time is over, while the event stays."""

    pk = models.CompositePrimaryKey("government_id", "at", "event_id")
    government = models.ForeignKey("tenancy.Government", models.DO_NOTHING, related_name="+", db_constraint=False)
    at = models.DateTimeField()
    event_id = models.BinaryField(max_length=32)
    canonical = models.BinaryField()
    signature = models.BinaryField()
    phone_key = models.BinaryField()
    latitude = models.IntegerField(null=True)
    longitude = models.IntegerField(null=True)
    accuracy = models.IntegerField(null=True)
    distance = models.IntegerField(null=True)
    address = models.GenericIPAddressField(null=True)
    user_agent = models.TextField(null=True)
    selfie_sha256 = models.BinaryField(null=True)
    note = models.TextField(null=True)
    received = models.DateTimeField()

    objects = GuardedManager()

    class Meta:
        managed = False
        db_table = "clocking_evidence"


class Photo(models.Model):
    """That the selfie of a tap came and matched the digest in it."""

    pk = models.CompositePrimaryKey("government_id", "at", "event_id")
    government = models.ForeignKey("tenancy.Government", models.DO_NOTHING, related_name="+", db_constraint=False)
    at = models.DateTimeField()
    event_id = models.BinaryField(max_length=32)
    received = models.DateTimeField()
    size = models.IntegerField()

    objects = GuardedManager()

    class Meta:
        managed = False
        db_table = "clocking_photo"


class Outage(TenantModel):
    """A declared span in which taps could not be made: everywhere, at one site, or at one unit's terminals."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    site = TenantForeignKey("org.Site", null=True, blank=True, related_name="outages")
    unit = TenantForeignKey("org.Unit", null=True, blank=True, related_name="outages")
    cause = models.CharField(max_length=200)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
