from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hadir.kernel.clock import now
from hadir.kernel.zones import Zone
from hadir.tenancy.current import government_id, government_or_none

if TYPE_CHECKING:
    from datetime import date

ZONES = [(zone.name, zone.name) for zone in Zone]
M = TypeVar("M", bound=models.Model)


class Government(models.Model):
    """A ministry, province, regency or city with its own people, rules and rows."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("Ministry or agency")
        PROVINCE = "province", _("Province")
        REGENCY = "regency", _("Regency")
        CITY = "city", _("City")

    id = models.AutoField(primary_key=True)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    zone = models.CharField(max_length=4, choices=ZONES, default=Zone.WIB.name)
    address = models.CharField(max_length=200, blank=True)
    helpdesk_phone = models.CharField(max_length=40, blank=True)
    helpdesk_email = models.EmailField(blank=True)

    @override
    def __str__(self) -> str:
        return self.name


class GuardedManager(models.Manager[M]):
    """Sees the rows of the current government only, and refuses to look without one."""

    @override
    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(government_id=government_id())


class TenantForeignKey(models.ForeignKey[Any, Any]):
    """A reference between rows of one government; `GuardTable` makes its constraint, which includes the government."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["db_constraint"] = False
        super().__init__(to, on_delete, **options)

    @override
    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        del options["db_constraint"]
        return name, path, args, options


class TenantModel(models.Model):
    """A row of one government: guarded here, by composite keys and by row-level security."""

    government = models.ForeignKey(
        Government, models.PROTECT, default=government_or_none, editable=False, related_name="+", db_index=False
    )

    objects = GuardedManager()

    class Meta:
        abstract = True


class CurrentlyKnown(GuardedManager[M]):
    """The rows that are believed now: those that no later record replaced."""

    @override
    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(superseded_at=None)

    def on(self, day: date) -> models.QuerySet[M]:
        """Return the rows that hold on a date."""
        return self.during(day, day)

    def during(self, first: date, last: date) -> models.QuerySet[M]:
        """Return the rows that hold on at least one date from `first` to `last`, both included."""
        still = models.Q(valid_until=None) | models.Q(valid_until__gt=first)
        return self.get_queryset().filter(still, valid_from__lte=last)


class DatedModel(TenantModel):
    """A fact with two periods: when it holds (dates, the last one excluded), and when we believed it (instants)."""

    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[CurrentlyKnown[Any]] = CurrentlyKnown()
    ever_recorded = GuardedManager()

    class Meta:
        abstract = True
