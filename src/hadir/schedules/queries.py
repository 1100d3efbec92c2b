from __future__ import annotations

from typing import TYPE_CHECKING

from hadir.org.refusals import NotFound
from hadir.schedules.models import CalendarDay

if TYPE_CHECKING:
    from django.db.models import QuerySet


def calendar_of(year: int) -> QuerySet[CalendarDay]:
    """The days of a year on which offices rest, in the order of date, those of all offices before those of one."""
    found: QuerySet[CalendarDay] = CalendarDay.objects.filter(date__year=year).select_related("unit")
    return found.order_by("date", "unit_id")


def calendar_day(day_id: int) -> CalendarDay:
    """A day of the calendar; NotFound for one that was replaced or removed."""
    day: CalendarDay | None = CalendarDay.objects.filter(pk=day_id).select_related("unit").first()
    if day is None:
        raise NotFound
    return day
