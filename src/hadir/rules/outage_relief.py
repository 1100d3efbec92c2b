"""What declared outages excuse on the rows of a sheet."""

import numpy as np

from hadir.rules.columns import Bools, Ints, Outages, seconds
from hadir.rules.meeting import meet
from hadir.rules.sheet import Sheet, Slot


def excuse_arrivals(sheet: Sheet, outages: Outages, margin: int) -> None:
    """Excuse every checkpoint but the departure whose due an outage hit and for which no tap could be made in time."""
    for number, slot in enumerate(sheet.slots[:-1]):
        row, outage = _hit(sheet, slot.due, outages, margin)
        late = slot.tapped[row] & (slot.at[row] > slot.due[row])
        soon = slot.at[row] <= seconds(outages.end)[outage] + margin
        soon |= sheet.days.taps.attempted[slot.tap[row]] if len(sheet.days.taps) else False
        _excuse(sheet, number, row, outage, ~slot.tapped[row] | (late & soon))


def excuse_departures(sheet: Sheet, outages: Outages, margin: int) -> None:
    """Excuse a departure whose due, with the minutes owed, an outage hit: who left before it may have stayed."""
    row, outage = _hit(sheet, sheet.leaves_at, outages, margin)
    slot = sheet.departure
    short = ~slot.tapped[row] | (slot.at[row] < sheet.leaves_at[row])
    _excuse(sheet, len(sheet.slots) - 1, row, outage, short)


def _hit(sheet: Sheet, due: Ints, outages: Outages, margin: int) -> tuple[Ints, Ints]:
    spans = (outages.person, seconds(outages.start), seconds(outages.end) + margin + 1)
    return meet((sheet.days.person[sheet.rows], due, due + 1), spans)


def _excuse(sheet: Sheet, number: int, row: Ints, outage: Ints, here: Bools) -> None:
    slot: Slot = sheet.slots[number]
    here = here & (slot.need[row] > 0)
    row, outage = row[here], outage[here]
    sheet.relief.excused[number][row] = True
    rows, slots, indices = sheet.relief.outages
    sheet.relief.outages = (
        np.concatenate([rows, row]),
        np.concatenate([slots, np.full(len(row), number)]),
        np.concatenate([indices, outage]),
    )
