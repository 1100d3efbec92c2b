"""What approved and undecided absences do to the rows of a sheet."""

import numpy as np

from hadir.rules.codes import Effect
from hadir.rules.columns import Covers, Ints, seconds
from hadir.rules.meeting import meet
from hadir.rules.sheet import Sheet

# NumPy compares with a plain number much faster than with a member of an enum.
FIRST_HALF, SECOND_HALF, HOURS = int(Effect.FIRST_HALF), int(Effect.SECOND_HALF), int(Effect.HOURS)
SUSPENDS = int(Effect.SUSPENDS)
FLAGS = tuple(
    (int(effect), name)
    for effect, name in (
        (Effect.EXCUSES_LATE, "excused_late"),
        (Effect.EXCUSES_EARLY, "excused_early"),
        (Effect.SUPPLIES_IN, "supplied_in"),
        (Effect.SUPPLIES_OUT, "supplied_out"),
        (Effect.SUSPENDS, "suspended"),
    )
)


def apply_covers(sheet: Sheet, covers: Covers) -> None:
    """Note on the sheet what its covers forgive, and move the dues of what remains."""
    row, cover = _touching(sheet, covers)
    decided = covers.decided[cover]
    sheet.relief.undecided[row[~decided]] = True
    row, cover = row[decided], cover[decided]
    order = np.lexsort((cover, covers.kind[cover], seconds(covers.start)[cover], row))
    row, cover = row[order], cover[order]
    sheet.relief.pairs = (row, cover)
    effect = covers.effect[cover]
    relief = sheet.relief
    spanning = effect <= HOURS
    if not spanning.all():
        for kind, name in FLAGS:
            getattr(relief, name)[row[effect == kind]] = True
    row, cover = row[spanning], cover[spanning]
    relief.segments = _unite(row, *stretches(sheet, covers, (row, cover)))
    _move_dues(sheet)
    _name_kind(sheet, covers)


def _touching(sheet: Sheet, covers: Covers) -> tuple[Ints, Ints]:
    """Rows and covers that touch: hours share time with the duty, everything else spans the duty's start."""
    spans = (covers.person, seconds(covers.start), seconds(covers.end))
    row, cover = meet((sheet.days.person[sheet.rows], sheet.start, sheet.end), spans)
    hours = covers.effect[cover] == HOURS
    touches = hours | (seconds(covers.start)[cover] <= sheet.start[row])
    return row[touches], cover[touches]


def stretches(sheet: Sheet, covers: Covers, pairs: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Begin and end of what each cover takes of its duty, if its effect takes any; a half reaches across the break."""
    row, cover = pairs
    effect = covers.effect[cover]
    half = seconds(sheet.days.duties.half)[sheet.duty[row]]
    begin_break, end_break = sheet.break_start[row], sheet.break_end[row]
    within = (begin_break <= half) & (half <= end_break)
    begin = np.where(effect == SECOND_HALF, np.where(within, begin_break, half), sheet.start[row])
    end = np.where(effect == FIRST_HALF, np.where(within, end_break, half), sheet.end[row])
    hours = effect == HOURS
    begin = np.where(hours, np.maximum(begin, seconds(covers.start)[cover]), begin)
    end = np.where(hours, np.minimum(end, seconds(covers.end)[cover]), end)
    return begin, end


def _unite(row: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Join stretches of one row that overlap or touch."""
    if not len(row):
        return row, begin, end
    order = np.lexsort((begin, row))
    row, begin, end = row[order], begin[order], end[order]
    base = int(begin.min())
    reach = int(end.max()) - base + 2
    upto = np.maximum.accumulate(row * reach + end - base)
    fresh = np.ones(len(row), np.bool_)
    fresh[1:] = (row * reach + begin - base)[1:] > upto[:-1]
    starts = np.flatnonzero(fresh)
    stops = np.append(starts[1:], len(row)) - 1
    return row[starts], begin[starts], upto[stops] - row[starts] * reach + base


def _move_dues(sheet: Sheet) -> None:
    """Move the due of an arrival to the end, of a departure to the begin of the cover it lies in."""
    row, begin, end = sheet.relief.segments
    sheet.relief.whole[row[(begin == sheet.start[row]) & (end == sheet.end[row])]] = True
    arrival, departure = sheet.arrival.due, sheet.departure.due
    late = (begin <= arrival[row]) & (arrival[row] < end)
    early = (begin < departure[row]) & (departure[row] <= end)
    due_in, due_out = arrival.copy(), departure.copy()
    due_in[row[late]] = end[late]
    due_out[row[early]] = begin[early]
    sheet.arrival.due, sheet.departure.due = due_in, due_out
    sheet.relief.moved[row[late]] = True
    for number, slot in enumerate(sheet.slots[1:-1], 1):
        inside = (begin <= slot.due[row]) & (slot.due[row] < end)
        sheet.relief.excused[number][row[inside]] = True
    _retake_arrivals(sheet, row[late])
    _retake_departures(sheet, row[early])


def _halved(sheet: Sheet, row: Ints) -> Ints:
    """Of rows with a moved due, those that still have both an arrival and a departure to judge."""
    return row[(sheet.arrival.need[row] > 0) & (sheet.departure.need[row] > 0) & ~sheet.relief.whole[row]]


def _retake_arrivals(sheet: Sheet, row: Ints) -> None:
    """Where the due moved, the first tap up to half-way to the departure is the arrival, whatever its window was."""
    arrival, departure = sheet.arrival, sheet.departure
    row = _halved(sheet, row)
    if not len(row):
        return
    middle = (arrival.due[row] + departure.due[row]) // 2
    arrival.closes = arrival.closes.copy()
    arrival.closes[row] = np.maximum(arrival.closes[row], middle)
    first = sheet.days.assigned.first[-1][sheet.duty[row]]
    take = ~arrival.tapped[row] & (first >= 0)
    row, first, middle = row[take], first[take], middle[take]
    soon = sheet.instants(first) < middle
    row, first = row[soon], first[soon]
    only = departure.tap[row] == first
    arrival.choose(row, first, sheet.instants(first))
    departure.drop(row[only])


def _retake_departures(sheet: Sheet, row: Ints) -> None:
    """Where the due moved, the last tap from half-way after the arrival on is the departure."""
    arrival, departure = sheet.arrival, sheet.departure
    row = _halved(sheet, row)
    if not len(row):
        return
    middle = (arrival.due[row] + departure.due[row]) // 2
    last = sheet.days.assigned.last[0][sheet.duty[row]]
    take = ~departure.tapped[row] & (last >= 0)
    row, last, middle = row[take], last[take], middle[take]
    late = sheet.instants(last) >= middle
    row, last = row[late], last[late]
    only = arrival.tap[row] == last
    departure.choose(row, last, sheet.instants(last))
    arrival.drop(row[only])


def _name_kind(sheet: Sheet, covers: Covers) -> None:
    """The first spanning or suspending cover of a row names its kind."""
    row, cover = sheet.relief.pairs
    effect = covers.effect[cover]
    naming = (effect <= HOURS) | (effect == SUSPENDS)
    row, cover = row[naming][::-1], cover[naming][::-1]
    sheet.relief.cover[row] = cover
