from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hadir.audit.models import Entry

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts of the journal are looked for; what is empty does not matter. `until` is excluded."""

    act: str = ""
    """The beginning of the act's name."""
    subject: str = ""
    """The beginning of the kind of the thing."""
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


def acts_upon(subject: Model) -> QuerySet[Entry]:
    """The acts upon one thing, the latest first."""
    return Entry.objects.filter(subject=subject._meta.label_lower, subject_id=str(subject.pk)).order_by("-at", "-id")


def acts_found(wanted: Wanted) -> QuerySet[Entry]:
    """The acts of the current government that are looked for, the latest first."""
    condition = Q()
    if wanted.act:
        condition &= Q(act__startswith=wanted.act)
    if wanted.subject:
        condition &= Q(subject__startswith=wanted.subject)
    if wanted.subject_id:
        condition &= Q(subject_id=wanted.subject_id)
    if wanted.since:
        condition &= Q(at__gte=wanted.since)
    if wanted.until:
        condition &= Q(at__lt=wanted.until)
    return Entry.objects.filter(condition).order_by("-at", "-id")
