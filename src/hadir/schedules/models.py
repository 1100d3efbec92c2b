from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hadir.daybook.targets import TargetedModel
from hadir.kernel.clock import now
from hadir.tenancy.models import CurrentlyKnown, DatedModel, GuardedManager, TenantForeignKey, TenantModel


class CalendarDay(TenantModel):
    """A date on which offices rest, in the whole government or in one unit and below; replaced, never changed."""

    class Category(models.TextChoices):
        NATIONAL = "national", _("National holiday")
        CUTI_BERSAMA = "cuti_bersama", _("Cuti bersama")
        REGIONAL = "regional", _("Regional holiday")

    date = models.DateField()
    category = models.CharField(max_length=12, choices=Category.choices)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=160)
    unit = TenantForeignKey("org.Unit", null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=now, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[CurrentlyKnown[Any]] = CurrentlyKnown()
    ever_recorded = GuardedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "date", "unit"],
                condition=Q(superseded_at=None),
                nulls_distinct=False,
                name="schedules_calendarday_once",
            )
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Shift(TenantModel):
    """A shift by its code; what it promises stands in its versions."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "code"], name="schedules_shift_code")]

    @override
    def __str__(self) -> str:
        return self.name


class ShiftVersion(DatedModel):
    """The times of a shift for a period, as a document that `rules.parse_shift` takes."""

    shift = TenantForeignKey(Shift, related_name="versions")
    document = models.JSONField()
    digest = models.CharField(max_length=64, editable=False)


class WorkPattern(TargetedModel):
    """Which shift people work from a date on, or that they work by roster (no shift). The nearest one wins."""

    person = TenantForeignKey("org.Person", null=True, blank=True, related_name="+")
    shift = TenantForeignKey(Shift, null=True, blank=True, related_name="patterns")


class RosterDay(TenantModel):
    """One shift, or a free day (no shift), of a person on a date; only a published one is promised."""

    person = TenantForeignKey("org.Person", related_name="roster_days")
    date = models.DateField()
    shift = TenantForeignKey(Shift, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[CurrentlyKnown[Any]] = CurrentlyKnown()
    ever_recorded = GuardedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "person", "date", "shift"],
                condition=Q(superseded_at=None),
                nulls_distinct=False,
                name="schedules_rosterday_once",
            )
        ]
