"""Lateness, owed minutes, early leave and what is still open: arithmetic before any consequence."""

import numpy as np

from hadir.rules.columns import Bools, Ints
from hadir.rules.outage_relief import excuse_arrivals, excuse_departures
from hadir.rules.policy import Policy
from hadir.rules.sheet import Sheet

MINUTE = 60


def reckon(sheet: Sheet, policy: Policy) -> None:
    """Fill the lower half of a sheet whose covers have been applied."""
    outages = sheet.days.outages
    if len(outages):
        excuse_arrivals(sheet, outages, policy.outage.margin)
    _reckon_arrival(sheet, policy)
    if len(outages):
        excuse_departures(sheet, outages, policy.outage.margin)
    sheet.tapped = _tapped(sheet)
    sheet.evidence = sheet.tapped | sheet.relief.supplied_in | sheet.relief.supplied_out
    sheet.pending = _pending(sheet)
    _reckon_departure(sheet, policy)


def _reckon_arrival(sheet: Sheet, policy: Policy) -> None:
    """Lateness, split into what grace forgives, what flex lets work back, and what is late."""
    slot, relief = sheet.arrival, sheet.relief
    size = len(sheet)
    sheet.late, sheet.owed, sheet.missed = (np.zeros(size, np.int64) for _ in range(3))
    behind = slot.tapped & (slot.at > slot.due) & ~relief.supplied_in & ~relief.excused[0]
    row = np.flatnonzero(behind)
    amount = (slot.at - slot.due)[row]
    if policy.cuts_minutes:
        amount -= amount % MINUTE
    grace, flex = policy.late.grace, np.where(relief.moved[row], 0, sheet.flex[row])
    flexed = (amount > grace) & (amount <= flex)
    plain = (amount > grace) & ~flexed
    sheet.missed[row] = np.where(amount > grace, amount, 0)
    excused = relief.excused_late[row]
    owed = np.where(flexed, flex if policy.flex.owes_all else amount, 0)
    if policy.flex.moves_end_after:
        owed = np.where(plain, flex, owed)
    sheet.owed[row] = np.where(excused, 0, owed)
    sheet.late[row] = np.where(plain & ~excused, policy.late.counted(amount), 0)
    sheet.leaves_at = sheet.departure.due + sheet.owed if sheet.owed.any() else sheet.departure.due


def _reckon_departure(sheet: Sheet, policy: Policy) -> None:
    """Early leave measured from the moved end, and how much of what was owed is made up."""
    slot, relief = sheet.departure, sheet.relief
    sheet.early, sheet.left, sheet.made_up = (np.zeros(len(sheet), np.int64) for _ in range(3))
    given = relief.supplied_out | relief.excused[-1]
    tapped = slot.tapped & ~sheet.pending[-1] & ~given
    row = np.flatnonzero(tapped & (slot.at < sheet.leaves_at))
    amount = (sheet.leaves_at - slot.at)[row]
    if policy.cuts_minutes:
        amount += -amount % MINUTE
    sheet.left[row] = np.where(amount > policy.early.grace, amount, 0)
    counted = np.where(amount > policy.early.grace, policy.early.counted(amount), 0)
    sheet.early[row] = np.where(relief.excused_early[row], 0, counted)
    back = np.flatnonzero((sheet.owed > 0) & (tapped | given))
    missing = np.zeros(len(sheet), np.int64)
    missing[row] = amount
    sheet.made_up[back] = np.maximum(sheet.owed[back] - missing[back], 0)


def _tapped(sheet: Sheet) -> Bools:
    there = np.zeros(len(sheet), np.bool_)
    for slot in sheet.slots:
        there |= slot.tapped
    return there


def _pending(sheet: Sheet) -> list[Bools]:
    """Required checkpoints that close after the facts are known and whose tap could still help."""
    nobody = np.zeros(len(sheet), np.bool_)
    settled = sheet.relief.whole | sheet.relief.suspended
    pending = []
    supplied = [sheet.relief.supplied_in, *[nobody] * (len(sheet.slots) - 2), sheet.relief.supplied_out]
    for number, slot in enumerate(sheet.slots):
        if not len(sheet) or int(slot.closes.max()) <= int(sheet.known.min()):
            pending.append(nobody)
            continue
        open_still = (slot.closes > sheet.known) & slot.required & ~supplied[number] & ~sheet.relief.excused[number]
        enough = slot.tapped
        if number == len(sheet.slots) - 1:
            enough = enough & (slot.at >= sheet.leaves_at)
        pending.append(open_still & ~enough & ~settled)
    return pending


def span_of_presence(sheet: Sheet) -> tuple[Ints, Ints]:
    """From when to when each row counts as present, before what covers take; empty where nobody was there."""
    arrival, departure = sheet.arrival, sheet.departure
    here = arrival.tapped | sheet.relief.supplied_in | sheet.relief.excused[0] | ~arrival.required
    gone = departure.tapped & ~sheet.pending[-1] | sheet.relief.supplied_out | sheet.relief.excused[-1]
    gone |= ~departure.required & ~departure.tapped
    begin = np.where(arrival.need > 0, arrival.due, sheet.start) + sheet.missed
    until = np.where(departure.need > 0, sheet.leaves_at, sheet.end)
    end = until - sheet.left
    row = np.flatnonzero(~(here & gone & sheet.evidence))
    first, last = _evidence_of(sheet, row)
    begin[row] = np.where(here[row], begin[row], first)
    end[row] = np.where(gone[row], end[row], np.minimum(last, until[row]))
    end[row] = np.where(sheet.evidence[row], np.maximum(begin[row], end[row]), begin[row])
    return begin, end


def _evidence_of(sheet: Sheet, row: Ints) -> tuple[Ints, Ints]:
    """The first and the last tap chosen for each row; the far future and the far past where there is none."""
    first = np.full(len(row), np.iinfo(np.int64).max)
    last = np.full(len(row), np.iinfo(np.int64).min)
    for slot in sheet.slots:
        tapped, at = slot.tapped[row], slot.at[row]
        first = np.where(tapped, np.minimum(first, at), first)
        last = np.where(tapped, np.maximum(last, at), last)
    return first, last
