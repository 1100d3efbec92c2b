"""Promised time divided into covered, present, short and absent, exactly."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.codes import Status
from hadir.rules.columns import Codes, Ints
from hadir.rules.reckoning import span_of_presence
from hadir.rules.sheet import Sheet

COVERED, WAITING, ABSENT = int(Status.COVERED), int(Status.WAITING), int(Status.ABSENT)


@dataclass(frozen=True)
class Parts:
    """Seconds per row of a sheet; all but `open` add up to `promised`."""

    promised: Ints
    covered: Ints
    present: Ints
    short: Ints
    absent: Ints
    open: Ints


def divide(sheet: Sheet, status: Codes) -> Parts:
    """Divide the promised time of every row: covered first, then present, then short, absent or still open."""
    whole = (sheet.end - sheet.start) - (sheet.break_end - sheet.break_start)
    whole[sheet.relief.suspended] = 0
    begin, end = _within_duty(sheet)
    present = (end - begin) - sheet.break_within(slice(None), (begin, end))
    covered = _cover(sheet, present, (begin, end))
    covered += sheet.relief.excused_late * sheet.missed + sheet.relief.excused_early * sheet.left
    covered = np.where(status == COVERED, whole, np.minimum(covered, whole))
    present = np.clip(present, 0, whole - covered)
    rest = whole - covered - present
    still = (status == WAITING) | ~sheet.is_final
    left_open = np.where(still, rest, 0)
    absent = np.where((status == ABSENT) & ~still, rest, 0)
    short = rest - left_open - absent
    return Parts(whole - left_open, covered, present, short, absent, left_open)


def _within_duty(sheet: Sheet) -> tuple[Ints, Ints]:
    """The span of presence cut to the duty, whose end moves with the minutes owed."""
    begin, end = span_of_presence(sheet)
    begin = np.maximum(begin, sheet.start)
    return begin, np.maximum(begin, np.minimum(end, sheet.end + sheet.owed))


def _cover(sheet: Sheet, present: Ints, span: tuple[Ints, Ints]) -> Ints:
    """Covered seconds of each row; what lies within the presence is taken off `present`."""
    covered = np.zeros(len(sheet), np.int64)
    row, begin, end = sheet.relief.segments
    if len(row):
        np.add.at(covered, row, (end - begin) - sheet.break_within(row, (begin, end)))
        begin = np.maximum(begin, span[0][row])
        end = np.maximum(np.minimum(end, span[1][row]), begin)
        np.subtract.at(present, row, (end - begin) - sheet.break_within(row, (begin, end)))
    return covered
