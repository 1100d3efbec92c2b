"""Calendar, patterns, shifts and rosters as the daybook asks for them: four queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

from hadir.daybook.documents import shift_of
from hadir.daybook.nearest import Setting, Settings, span_of
from hadir.daybook.sources import Promised
from hadir.rules import DayKind
from hadir.rules.shift import weekdays
from hadir.schedules.models import CalendarDay
from hadir.tenancy.columns import DATE, INT8, fetch_columns, id_array
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from hadir.daybook.roll import Matrix, Roll
    from hadir.rules import Shift
    from hadir.rules.columns import Bools, Codes, Ints

KINDS = {
    CalendarDay.Category.NATIONAL.value: DayKind.NATIONAL_HOLIDAY,
    CalendarDay.Category.CUTI_BERSAMA.value: DayKind.CUTI_BERSAMA,
    CalendarDay.Category.REGIONAL.value: DayKind.REGIONAL_HOLIDAY,
}
BY_ROSTER, UNKNOWN = -2, -1
"""Rows of `_Shifts.holding` that stand for no shift."""
NO_DUTY = -1

_CALENDAR = """
SELECT date, category, unit_id FROM schedules_calendarday
WHERE government_id = %s AND superseded_at IS NULL AND date BETWEEN %s AND %s ORDER BY unit_id NULLS FIRST
"""
_PATTERNS = """
SELECT unit_id, group_id, staff_class, valid_from, valid_until, person_id, shift_id FROM schedules_workpattern
WHERE government_id = %s AND superseded_at IS NULL AND valid_from <= %s AND coalesce(valid_until, 'infinity') > %s
    AND (person_id IS NULL OR person_id = ANY(%s)) ORDER BY id
"""
_VERSIONS = """
SELECT shift_id, valid_from, valid_until, document::text FROM schedules_shiftversion
WHERE government_id = %s AND superseded_at IS NULL AND valid_from <= %s AND coalesce(valid_until, 'infinity') > %s
ORDER BY id
"""
_ROSTER = """
SELECT person_id, date, coalesce(shift_id, -1) FROM schedules_rosterday
WHERE government_id = %s AND superseded_at IS NULL AND published_at IS NOT NULL AND person_id = ANY(%s)
    AND date BETWEEN %s AND %s
"""


def promised_on(roll: Roll) -> Promised:
    """What is promised on every date of the roll.

    A published roster wins over the pattern, and works through holidays. Whoever works by roster and has none
    published has a working day without duty, even on a holiday; so has whoever has no pattern, but on holidays.
    """
    calendar = _read_calendar(roll)
    shifts = _read_shifts(roll)
    pattern = _read_patterns(roll, shifts)
    roster = _read_roster(roll, shifts)
    kind = np.where(pattern == BY_ROSTER, np.int8(DayKind.WORKING), calendar)
    version = np.where(kind == DayKind.WORKING, shifts.version_on(pattern), NO_DUTY)
    weekday = np.broadcast_to(weekdays(roll.dates), version.shape)
    resting = (version >= 0) & ~shifts.works[version, weekday]
    kind[resting] = DayKind.WEEKLY_REST
    version[resting] = NO_DUTY
    version[roster.person, roster.column] = NO_DUTY
    kind[roster.person, roster.column] = np.where(
        roster.is_free, np.int8(DayKind.OFF_ROSTER), calendar[roster.person, roster.column]
    )
    person, column = np.nonzero(version >= 0)
    which = version[person, column]
    if len(roster.person):
        works = (roster.version >= 0) & shifts.works[roster.version, weekday[0][roster.column]]
        person = np.concatenate([person, roster.person[works]])
        column = np.concatenate([column, roster.column[works]])
        which = np.concatenate([which, roster.version[works]])
        order = np.lexsort((shifts.start[which, weekday[0][column]], column, person))
        person, column, which = person[order], column[order], which[order]
    return Promised(kind, shifts.versions, person, column, which)


@dataclass(frozen=True)
class _Shifts:
    """Versions of shifts with what is asked of them by column; the last rows of each table stand for none."""

    versions: tuple[Shift, ...]
    numbers: dict[int, int]
    """Row of `holding` by id of shift."""
    holding: Matrix
    """(shifts and two for none, dates): the version that holds, -1: none."""
    works: Bools
    """(versions and one for none, weekdays)."""
    start: Ints
    """(versions and one for none, weekdays): seconds after midnight."""

    def row_of(self, shift: int | None) -> int:
        """Row of `holding` of a pattern's shift; a shift without times yet is as unknown as none."""
        return BY_ROSTER if shift is None else self.numbers.get(shift, UNKNOWN)

    def version_on(self, shift: Matrix) -> Matrix:
        """(people, dates): version of the shift that stands there, -1: none."""
        found: Matrix = self.holding[shift, np.arange(shift.shape[1])]
        return found


@dataclass(frozen=True)
class _Roster:
    """Published roster days; `version` -1 is a free day, or a shift without times."""

    person: Ints
    column: Ints
    version: Ints
    is_free: Bools


def _rows(sql: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [government_id(), *given])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _read_calendar(roll: Roll) -> Codes:
    """(people, dates): `DayKind` of the calendar alone."""
    first, last = roll.dates[0].item(), roll.dates[-1].item()
    table = np.zeros((len(roll.keys) + 1, len(roll.dates)), np.int8)
    for day, category, unit in _rows(_CALENDAR, first, last):
        reached = [unit is None or unit in key.path for key in roll.keys]
        table[[*reached, unit is None], (day - first).days] = KINDS[category]
    return roll.spread(table)


def _read_shifts(roll: Roll) -> _Shifts:
    rows = _rows(_VERSIONS, roll.dates[-1].item(), roll.dates[0].item())
    numbers = {shift: number for number, shift in enumerate(dict.fromkeys(row[0] for row in rows))}
    holding = np.full((len(numbers) + 2, len(roll.dates)), NO_DUTY)
    versions: dict[str, int] = {}
    for shift, first, until, text in rows:
        holding[numbers[shift], span_of(roll, first, until)] = versions.setdefault(text, len(versions))
    parsed = tuple(shift_of(text) for text in versions)
    works = np.zeros((len(parsed) + 1, 7), np.bool_)
    start = np.zeros((len(parsed) + 1, 7), np.int64)
    for row, shift in enumerate(parsed):
        for weekday, variant in enumerate(shift.week):
            if variant:
                works[row, weekday], start[row, weekday] = True, variant.start
    return _Shifts(parsed, numbers, holding, works, start)


def _read_patterns(roll: Roll, shifts: _Shifts) -> Matrix:
    """(people, dates): row of `shifts.holding`."""
    rows = _rows(_PATTERNS, roll.dates[-1].item(), roll.dates[0].item(), id_array(roll.people))
    common = [row for row in rows if row[5] is None]
    settings = Settings([Setting(*row[:5]) for row in common])
    shift_of_row = np.array([shifts.row_of(row[6]) for row in common] + [UNKNOWN])
    pattern: Matrix = roll.spread(shift_of_row[settings.nearest(roll)])
    own = [row for row in rows if row[5] is not None]
    numbers = roll.numbers(np.array([row[5] for row in own], np.int64))
    for row, number in zip(own, numbers.tolist(), strict=True):
        pattern[number, span_of(roll, row[3], row[4])] = shifts.row_of(row[6])
    pattern[roll.key < 0] = UNKNOWN
    return pattern


def _read_roster(roll: Roll, shifts: _Shifts) -> _Roster:
    first, last = roll.dates[0].item(), roll.dates[-1].item()
    kinds = {"person": INT8, "date": DATE, "shift": INT8}
    found = fetch_columns(_ROSTER, [government_id(), id_array(roll.people), first, last], kinds)
    distinct, inverse = np.unique(found["shift"], return_inverse=True)
    row = np.array([shifts.numbers.get(shift, UNKNOWN) for shift in distinct.tolist()], np.int64)[inverse]
    person, column = roll.numbers(found["person"]), roll.clipped(found["date"])
    here = roll.key[person, column] >= 0
    version = shifts.holding[row, column]
    return _Roster(person[here], column[here], version[here], (found["shift"] < 0)[here])
