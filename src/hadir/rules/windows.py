"""Windows of duties as sorted whole numbers, cut between neighbours of one person."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from hadir.rules.codes import Need
from hadir.rules.columns import Bools, Duties, Ints, Taps, seconds


@dataclass(frozen=True)
class Axis:
    """Person and instant as one whole number: people one after the other, each with the whole span of time."""

    base: int
    span: int

    @classmethod
    def around(cls, duties: Duties, taps: Taps, reach: int) -> Self:
        """The axis that holds every window, end of duty and tap, with `reach` seconds to spare on both sides."""
        columns = [seconds(taps.at), seconds(duties.start), seconds(duties.end)]
        for slot in duties.slots:
            there = slice(None) if (slot.need != Need.NONE).all() else slot.need != Need.NONE
            columns += [seconds(slot.opens)[there], seconds(slot.closes)[there]]
        filled = [column for column in columns if len(column)]
        if not filled:
            return cls(0, 1)
        base = min(int(column.min()) for column in filled) - reach
        return cls(base, max(int(column.max()) for column in filled) + reach + 1 - base)

    def place(self, person: Ints, at: Ints) -> Ints:
        """Where instants of people lie on the axis."""
        return person * self.span + (at - self.base)

    def instants(self, person: Ints, places: Ints) -> Ints:
        """Seconds since 1970 of places on the axis."""
        return places - person * self.span + self.base


@dataclass(frozen=True)
class Windows:
    """The windows of duties in the order of person and start; every column counts in that order."""

    axis: Axis
    order: Ints
    """Row of `duties` at each position."""
    in_order: bool
    """Whether `order` is simply 0, 1, 2..."""
    person: Ints
    start: Ints
    end: Ints
    opens: Ints
    """(duties, slots), on the axis, never falling in flat order."""
    closes: Ints
    touching: Ints
    """Positions whose duty ends exactly where the same person's next one starts."""
    has_arrival: Bools
    has_departure: Bools
    changed: bool
    """Whether any window differs from the one its duty names."""


def lay_windows(duties: Duties, axis: Axis) -> Windows:
    """Sort the duties, give missing checkpoints an empty window, cut overlapping neighbours."""
    start = axis.place(duties.person, seconds(duties.start))
    in_order = bool((start[1:] >= start[:-1]).all())
    order = np.arange(len(start)) if in_order else np.lexsort((seconds(duties.end), start))
    pick = slice(None) if in_order else order
    person, start = duties.person[pick], start[pick]
    end = axis.place(person, seconds(duties.end)[pick])
    opens = np.empty((len(start), len(duties.slots)), np.int64)
    closes = np.empty_like(opens)
    for column, slot in enumerate(duties.slots):
        opens[:, column] = axis.place(person, seconds(slot.opens)[pick])
        closes[:, column] = axis.place(person, seconds(slot.closes)[pick])
    missing = [(slot.need == Need.NONE)[pick] for slot in duties.slots]
    neighbours = person[1:] == person[:-1]
    changed = _empty_missing(missing, start, opens, closes)
    changed |= _cut(neighbours, (start, end), opens, closes)
    touching = np.flatnonzero(neighbours & (end[:-1] == start[1:]))
    has = (~missing[0], ~missing[-1])
    return Windows(axis, order, in_order, person, start, end, opens, closes, touching, *has, changed)


def _empty_missing(missing: list[Bools], start: Ints, opens: Ints, closes: Ints) -> bool:
    """Close a missing checkpoint where its neighbour begins, so that the windows stay in order."""
    if not any(column.any() for column in missing):
        return False
    upto = start
    for column, gone in enumerate(missing):
        upto = np.where(gone, upto, closes[:, column])
    for column in reversed(range(len(missing))):
        gone = missing[column]
        opens[gone, column] = upto[gone]
        closes[gone, column] = upto[gone]
        upto = opens[:, column]
    return True


def _cut(neighbours: Bools, bounds: tuple[Ints, Ints], opens: Ints, closes: Ints) -> bool:
    """Divide overlapping windows half-way between the earlier end and the later start, within the overlap."""
    start, end = bounds
    overlap = np.flatnonzero(neighbours & (opens[1:, 0] < closes[:-1, -1]))
    if not len(overlap):
        return False
    after = overlap + 1
    middle = (end[overlap] + start[after]) // 2
    cut = np.clip(middle, opens[after, 0], closes[overlap, -1])[:, np.newaxis]
    opens[overlap], closes[overlap] = np.minimum(opens[overlap], cut), np.minimum(closes[overlap], cut)
    opens[after], closes[after] = np.maximum(opens[after], cut), np.maximum(closes[after], cut)
    # A duty inside another one can leave its neighbours crossed: a search needs windows that never fall.
    np.maximum.accumulate(opens.reshape(-1), out=opens.reshape(-1))
    return True
