"""The facts of the days that have a duty, gathered side by side for one policy."""

from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from hadir.rules.codes import Evidence, Need
from hadir.rules.columns import Bools, Checkpoints, Codes, Days, Ints, seconds

# NumPy compares with a plain number much faster than with a member of an enum.
REQUIRED = int(Need.REQUIRED)


@dataclass
class Slot:
    """One checkpoint of the rows of a sheet, with the tap chosen for it; instants are seconds since 1970."""

    need: Codes
    due: Ints
    closes: Ints
    tap: Ints
    """-1: none."""
    at: Ints
    """Meaningless where there is no tap."""
    tapped: Bools

    @property
    def required(self) -> Bools:
        """Where the checkpoint must be tapped."""
        here: Bools = self.need == REQUIRED
        return here

    def choose(self, row: Ints, tap: Ints, at: Ints) -> None:
        """Take other taps for some rows; the columns of the facts stay as they are."""
        self.tap, self.at, self.tapped = self.tap.copy(), self.at.copy(), self.tapped.copy()
        self.tap[row], self.at[row], self.tapped[row] = tap, at, tap >= 0

    def drop(self, row: Ints) -> None:
        """Take no tap for some rows."""
        self.choose(row, np.full(len(row), -1), np.zeros(len(row), np.int64))


@dataclass
class Relief:
    """What covers and outages forgive, per row of a sheet."""

    excused_late: Bools
    excused_early: Bools
    supplied_in: Bools
    supplied_out: Bools
    suspended: Bools
    undecided: Bools
    whole: Bools
    """The covers together fill the duty."""
    moved: Bools
    """A cover moved the arrival's due."""
    cover: Ints
    """The cover that names the kind, -1: none."""
    excused: tuple[Bools, ...]
    """Per slot: an outage excuses it."""
    pairs: tuple[Ints, Ints]
    """Row and approved cover of each cover that touches a row."""
    segments: tuple[Ints, Ints, Ints]
    """Row, begin and end of the covered stretches: within the duty, disjoint, in order."""
    outages: tuple[Ints, Ints, Ints]
    """Row, slot and outage of each excuse that changed something."""

    @classmethod
    def nothing(cls, length: int, slots: int) -> Self:
        """No cover and no outage."""
        excuses = ("excused_late", "excused_early", "supplied_in", "supplied_out")
        names = (*excuses, "suspended", "undecided", "whole", "moved")
        flags: dict[str, Any] = {name: np.zeros(length, np.bool_) for name in names}
        none = np.zeros(0, np.int64)
        excused = tuple(np.zeros(length, np.bool_) for _ in range(slots))
        cover = np.full(length, -1)
        return cls(**flags, cover=cover, excused=excused, pairs=(none,) * 2, segments=(none,) * 3, outages=(none,) * 3)


@dataclass
class Sheet:
    """Rows of one policy with a duty, side by side; reckoning fills the lower half."""

    days: Days
    rows: Ints
    """Rows of `days`."""
    duty: Ints
    start: Ints
    end: Ints
    flex: Ints
    break_start: Ints
    break_end: Ints
    known: Ints
    slots: list[Slot]
    relief: Relief
    late: Ints = field(init=False)
    owed: Ints = field(init=False)
    missed: Ints = field(init=False)
    """Seconds between the arrival's due and the arrival that are not forgiven by grace."""
    early: Ints = field(init=False)
    left: Ints = field(init=False)
    """Seconds between the departure and its moved due that are not forgiven by grace."""
    made_up: Ints = field(init=False)
    leaves_at: Ints = field(init=False)
    """The departure's due after covers and owed minutes."""
    tapped: Bools = field(init=False)
    """Any checkpoint has a tap."""
    evidence: Bools = field(init=False)
    """Somebody was there: a chosen tap or a supplied one."""
    pending: list[Bools] = field(init=False)
    """Per slot: open, and still able to change the verdict."""
    is_absent: Bools = field(init=False)
    """The status is absent."""
    absent: Ints = field(init=False)
    """Seconds of promised time that were absent."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def arrival(self) -> Slot:
        """The `in` checkpoint."""
        return self.slots[0]

    @property
    def departure(self) -> Slot:
        """The `out` checkpoint."""
        return self.slots[-1]

    @property
    def is_final(self) -> Bools:
        """Rows without any pending checkpoint."""
        final = np.ones(len(self), np.bool_)
        for pending in self.pending:
            final &= ~pending
        return final

    def instants(self, tap: Ints) -> Ints:
        """When taps were made, seconds since 1970."""
        return seconds(self.days.taps.at)[tap]

    def break_within(self, rows: slice | Ints, span: tuple[Ints, Ints]) -> Ints:
        """How much of the unpaid break of each row lies in its span."""
        begin = np.maximum(self.break_start[rows], span[0])
        within: Ints = np.maximum(np.minimum(self.break_end[rows], span[1]) - begin, 0)
        return within

    @classmethod
    def gather(cls, days: Days, rows: Ints) -> Self:
        """Bring the facts of these rows side by side."""
        duty = days.duty[rows]
        take: Ints | slice = duty
        if (duty[1:] - duty[:-1] == 1).all():
            take = slice(int(duty[0]), int(duty[0]) + len(duty))
        duties, assigned = days.duties, days.assigned
        kept = (*assigned.first[:-1], assigned.last[-1])
        columns = zip(duties.slots, kept, assigned.closes, strict=True)
        slots = [_slot(days, take, checkpoints, (tap, seconds(closes))) for checkpoints, tap, closes in columns]
        return cls(
            days=days,
            rows=rows,
            duty=duty,
            start=seconds(duties.start)[take],
            end=seconds(duties.end)[take],
            flex=seconds(duties.flex)[take],
            break_start=seconds(duties.break_start)[take],
            break_end=seconds(duties.break_end)[take],
            known=seconds(days.known_until)[rows],
            slots=slots,
            relief=Relief.nothing(len(rows), len(slots)),
        )


def _slot(days: Days, take: Ints | slice, checkpoints: Checkpoints, assigned: tuple[Ints, Ints]) -> Slot:
    tap = assigned[0][take]
    at = seconds(days.taps.at)[tap] if len(days.taps) else np.zeros(len(tap), np.int64)
    due = seconds(checkpoints.due)[take]
    return Slot(checkpoints.need[take], due, assigned[1][take], tap, at, tap >= 0)


@dataclass(frozen=True)
class Found:
    """What one clause found on the rows of a sheet."""

    row: Ints
    """Rows of the sheet."""
    amount: Ints
    """Seconds."""
    deduction: Ints
    """Hundredths of a percent."""
    band: Codes
    evidence: Codes
    index: Ints

    @classmethod
    def flat(cls, row: Ints, hundredths: int, evidence: Evidence, index: Ints) -> Self:
        """The same percentage for every row, without an amount or band."""
        nothing = np.zeros(len(row), np.int64)
        band = np.full(len(row), -1, np.int8)
        return cls(row, nothing, nothing + hundredths, band, np.full(len(row), evidence, np.int8), index)

    @classmethod
    def joined(cls, founds: list[Self]) -> Self:
        """Several findings as one table; empty without any."""
        if not founds:
            nothing = np.zeros(0, np.int64)
            return cls.flat(nothing, 0, Evidence.DUTY, nothing)
        columns = ("row", "amount", "deduction", "band", "evidence", "index")
        return cls(*(np.concatenate([getattr(found, name) for found in founds]) for name in columns))
