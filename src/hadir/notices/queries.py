from __future__ import annotations

from typing import TYPE_CHECKING

from hadir.notices.models import Notice

if TYPE_CHECKING:
    from django.db.models import QuerySet


def notices_of(person_id: int) -> QuerySet[Notice]:
    """What a person was told, the latest first."""
    return Notice.objects.filter(person_id=person_id).order_by("-made_at", "-pk")


def unread_count(person_id: int) -> int:
    """How many notices a person has not read; the number beside the entry of the navigation."""
    return Notice.objects.filter(person_id=person_id, read_at=None).count()
