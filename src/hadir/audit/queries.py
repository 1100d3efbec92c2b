from __future__ import annotations

from typing import TYPE_CHECKING

from hadir.audit.models import Entry

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet


def acts_upon(subject: Model) -> QuerySet[Entry]:
    """The acts upon one thing, the latest first."""
    return Entry.objects.filter(subject=subject._meta.label_lower, subject_id=str(subject.pk)).order_by("-at", "-id")
