"""One person's month as a calendar and as totals."""

from __future__ import annotations

from calendar import monthcalendar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Min
from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import gettext

from hadir.clocking.models import Event
from hadir.daybook.cells import Cell
from hadir.platform.formats import count_text, minutes_text, percent_text
from hadir.recaps.codes import NO_DUTY, REST, code_matrix

if TYPE_CHECKING:
    from datetime import date

    from hadir.daybook.ledger import Ledger
    from hadir.kernel.zones import Zone
    from hadir.recaps.codes import Code


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """One date of the calendar; without an address it lies ahead."""

    number: int
    code: Code | None = None
    note: str = ""
    url: str = ""
    is_today: bool = False

    @property
    def is_rest(self) -> bool:
        """Whether nobody was asked for."""
        return self.code is not None and self.code.state == REST

    @property
    def state(self) -> str:
        """Return the state that draws the mark."""
        return "none" if self.code is None or self.is_rest else self.code.state


@dataclass(frozen=True, slots=True)
class Figure:
    """One total of the month with its word and the state that colours it."""

    word: str
    text: str
    state: str = "none"


@dataclass(frozen=True, slots=True)
class MonthLink:
    """A month and the address of its page."""

    month: date
    url: str


@dataclass(frozen=True)
class PersonMonth:
    """A month of one person: weeks of dates, the codes in it, and the totals."""

    weeks: list[list[CalendarCell | None]]
    legend: list[Code]
    figures: list[Figure]
    is_told: bool
    """Whether anything was asked for or recorded in it."""


def person_month(ledger: Ledger, first: date, today: date) -> PersonMonth:
    """Return the month that begins on `first`, from a ledger of one person up to today or the month's end."""
    places, table = code_matrix(ledger)
    person_id = int(ledger.people[0])
    codes = [table[place] for place in places[0].tolist()]
    notes = _notes(ledger)
    cells = [
        CalendarCell(
            number,
            code,
            notes[number - 1],
            reverse("portal:day", args=[person_id, first.replace(day=number)]),
            is_today=first.replace(day=number) == today,
        )
        for number, code in enumerate(codes, 1)
    ]
    weeks = [[_cell(cells, number) for number in week] for week in monthcalendar(first.year, first.month)]
    legend = [table[place] for place in sorted(set(places[0].tolist()) - {NO_DUTY})]
    is_told = bool((ledger.cells != Cell.OUT).any()) or any(notes)
    return PersonMonth(weeks, legend, _figures(ledger), is_told)


def first_month(person_id: int, zone: Zone) -> MonthLink | None:
    """Return the month of a person's first tap, to be led to from a month that holds nothing; None without a tap."""
    first = Event.objects.filter(person_id=person_id).aggregate(first=Min("at"))["first"]
    if first is None:
        return None
    month = first.astimezone(zone.info).date().replace(day=1)
    return MonthLink(month, reverse("portal:month", args=[person_id, month]))


def weekday_names(first: date) -> list[str]:
    """Return the short names of the days of the week, Monday first."""
    monday = first.fromordinal(first.toordinal() - first.weekday())
    return [dateformat.format(monday.fromordinal(monday.toordinal() + step), "D") for step in range(7)]


def _cell(cells: list[CalendarCell], number: int) -> CalendarCell | None:
    if not number:
        return None
    return cells[number - 1] if number <= len(cells) else CalendarCell(number)


def _notes(ledger: Ledger) -> list[str]:
    """When somebody came and left on each date."""
    columns = [ledger.local(instants)[0].tolist() for instants in (ledger.came(), ledger.left())]
    return [", ".join(f"{each:%H.%M}" for each in pair if each) for pair in zip(*columns, strict=True)]


def _figures(ledger: Ledger) -> list[Figure]:
    totals = ledger.totals
    cells = totals.cells[0]
    deduction, would_be = int(totals.deduction[0]), int(totals.would_be[0])
    told = [
        Figure(gettext("Days present"), count_text(int(cells[Cell.PRESENT] + cells[Cell.LATE])), "present"),
        Figure(gettext("Time late"), minutes_text(int(totals.late[0])), "late"),
        Figure(gettext("Time left early"), minutes_text(int(totals.early[0])), "late"),
        Figure(gettext("Absent without word"), count_text(int(cells[Cell.ABSENT])), "absent"),
        Figure(gettext("Duty or leave"), count_text(int(cells[Cell.AWAY])), "away"),
        Figure(gettext("Deduction"), percent_text(deduction)),
    ]
    if would_be != deduction:
        told.append(Figure(gettext("Deduction once the trial is over"), percent_text(would_be)))
    return told
