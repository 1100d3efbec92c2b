from __future__ import annotations

from calendar import Calendar, day_abbr
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from hadir.kernel.clock import today_at
from hadir.org.queries import visible_units
from hadir.org.refusals import ReasonNeeded
from hadir.org.rights import NotAllowed, Right
from hadir.schedules.commands import add_calendar_day, remove_calendar_day, set_calendar_day
from hadir.schedules.forms import CalendarDayForm, RemoveForm
from hadir.schedules.queries import calendar_day, calendar_of
from hadir.schedules.refusals import DayTaken
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from hadir.accounts.pages import PageRequest
    from hadir.schedules.models import CalendarDay

YEARS = range(2015, 2101)
require_form = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class MonthPicture:
    """A month as weeks of dates, Monday first; a date outside the month is None."""

    first: date
    weeks: list[list[tuple[date, CalendarDay | None] | None]]


@require_safe
@in_government
def calendar(request: PageRequest, year: int | None = None) -> HttpResponse:
    """Show the year in pictures and as a list."""
    today = today_at(request.zone)
    shown = today.year if year is None else year
    if shown not in YEARS:
        raise Http404
    days = list(calendar_of(shown))
    context = {
        "year": shown,
        "months": _pictures(shown, days),
        "weekdays": [gettext(name) for name in day_abbr],
        "days": days,
        "today": today,
        "may_edit": request.actor.may_anywhere(Right.EDIT_CALENDAR),
    }
    return render(request, "schedules/calendar.html", context)


def _pictures(year: int, days: Iterable[CalendarDay]) -> list[MonthPicture]:
    common = {day.date: day for day in days if day.unit_id is None}
    weeks = Calendar()
    return [
        MonthPicture(
            date(year, month, 1),
            [
                [(day, common.get(day)) if day.month == month else None for day in week]
                for week in weeks.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


@require_form
@in_government
def add(request: PageRequest) -> HttpResponse:
    """Enter a date into the calendar."""
    _require_right(request)
    form = CalendarDayForm(list(visible_units(request.actor, Right.EDIT_CALENDAR)), request.POST or None)
    if form.is_valid() and _entered(request, form, None):
        return redirect("schedules:year", form.day.date.year)
    return render(request, "schedules/day.html", {"form": form, "year": today_at(request.zone).year})


@require_form
@in_government
def change(request: PageRequest, day_id: int) -> HttpResponse:
    """Change what stands on a date, or move it to another."""
    day = calendar_day(day_id)
    _require_right(request)
    given = {"date": day.date, "category": day.category, "name": day.name, "source": day.source, "unit": day.unit_id}
    units = list(visible_units(request.actor, Right.EDIT_CALENDAR))
    form = CalendarDayForm(units, request.POST or None, initial=given)
    if form.is_valid() and _entered(request, form, day):
        return redirect("schedules:year", form.day.date.year)
    return render(request, "schedules/day.html", {"form": form, "day": day, "year": day.date.year})


def _require_right(request: PageRequest) -> None:
    if not request.actor.may_anywhere(Right.EDIT_CALENDAR):
        raise NotAllowed


def _entered(request: PageRequest, form: CalendarDayForm, former: CalendarDay | None) -> bool:
    """Say whether what was filled in stands in the calendar now; else the form says why not."""
    reason = form.cleaned_data["reason"]
    try:
        with transaction.atomic():
            if former and (former.date, former.unit) == (form.day.date, form.day.unit):
                set_calendar_day(form.day, actor=request.actor, reason=reason)
            else:
                add_calendar_day(form.day, actor=request.actor, reason=reason)
                if former:
                    remove_calendar_day(former, actor=request.actor, reason=reason)
    except ReasonNeeded as refusal:
        form.add_error("reason", gettext(refusal.sentence))
    except DayTaken as refusal:
        form.add_error("date", gettext(refusal.sentence) % refusal.data)
    else:
        messages.success(request, gettext("The calendar is changed."))
        return True
    return False


@require_form
@in_government
def remove(request: PageRequest, day_id: int) -> HttpResponse:
    """Let a date be ordinary again."""
    day = calendar_day(day_id)
    _require_right(request)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            remove_calendar_day(day, actor=request.actor, reason=form.cleaned_data["reason"])
        except ReasonNeeded as refusal:
            form.add_error("reason", gettext(refusal.sentence))
        else:
            messages.success(request, gettext("The calendar is changed."))
            return redirect("schedules:year", day.date.year)
    return render(request, "schedules/remove.html", {"form": form, "day": day})
