"""One leaf of a ledger: the judged days of at most ten thousand people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from hadir.daybook.cells import Cell, cells_of
from hadir.daybook.gathering import PADDING, gather
from hadir.rules import Status, Verdicts, fold, judge
from hadir.rules.columns import INSTANT, seconds

if TYPE_CHECKING:
    from datetime import date, datetime

    from hadir.daybook.gathering import Facts
    from hadir.rules import Months
    from hadir.rules.columns import Bools, Codes, Dates, Instants, Ints

NAT = np.datetime64("NaT", "s")


@dataclass(frozen=True)
class Leaf:
    """Facts and verdicts of a chunk; every property is (people, dates) unless it says otherwise."""

    facts: Facts
    verdicts: Verdicts
    """As if every policy were enforced."""

    @classmethod
    def read(cls, people: Ints, first: date, last: date, known_until: datetime) -> Self:
        """Read and judge the days of people, given by their ids, from `first` to `last`."""
        facts = gather(people, first, last, known_until)
        return cls(facts, judge(facts.days, facts.ruled.policies))

    @property
    def people(self) -> Ints:
        """Ids of persons."""
        return self.facts.roll.people

    @property
    def dates(self) -> Dates:
        """The dates asked for."""
        return self.facts.roll.dates[PADDING:-PADDING]

    @property
    def shape(self) -> tuple[int, int]:
        """Number of people and of dates."""
        return len(self.people), len(self.dates)

    @cached_property
    def cell(self) -> Ints:
        """Per row: which cell of the matrices, counted by person, then by date."""
        return self.facts.days.person * len(self.dates) + self.facts.column - PADDING

    @property
    def is_plain(self) -> bool:
        """Whether every cell has exactly one row, so that rows are cells."""
        return len(self.verdicts) == len(self.people) * len(self.dates)

    @cached_property
    def cell_of_row(self) -> Codes:
        """Per row: `Cell`."""
        return cells_of(self.verdicts)

    @cached_property
    def row(self) -> Ints:
        """The row that is shown."""
        if self.is_plain:
            return np.arange(len(self.verdicts)).reshape(self.shape)
        order = np.lexsort((self.cell_of_row, self.cell))
        begins = np.flatnonzero(np.diff(self.cell[order], prepend=-1))
        return order[begins].reshape(self.shape)

    def shown(self, column: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """A column of rows, of those that are shown."""
        return column.reshape(self.shape) if self.is_plain else column[self.row]

    def summed(self, column: Ints) -> Ints:
        """A column of rows, summed where a date has several."""
        if self.is_plain:
            return column.reshape(self.shape)
        total = np.zeros(self.shape, np.int64)
        np.add.at(total.reshape(-1), self.cell, column)
        return total

    @cached_property
    def cells(self) -> Codes:
        """`Cell`."""
        return self.shown(self.cell_of_row)

    def tapped(self, tap: Ints) -> Instants:
        """When the tap of each shown row was made; NaT where there is none."""
        at = self.facts.days.taps.at
        chosen = self.shown(tap)
        return np.where(chosen >= 0, at[chosen], NAT) if len(at) else np.full(self.shape, NAT, INSTANT)

    @property
    def due(self) -> Bools:
        """In scope, begun, and not covered."""
        status = self.verdicts.status
        judged = (status > Status.UNSCHEDULED) & (status != Status.COVERED)
        found: Bools = self.summed((self._has_passed("start") & judged).astype(np.int64)) > 0
        return found

    @property
    def runs(self) -> Bools:
        """A duty of somebody in scope has begun and is not over."""
        running = self._has_passed("start") & ~self._has_passed("end") & (self.verdicts.status > Status.UNSCHEDULED)
        found: Bools = self.summed(running.astype(np.int64)) > 0
        return found

    def _has_passed(self, edge: str) -> Bools:
        """Per row: whether the start or end of its duty has come; False without a duty."""
        days = self.facts.days
        passed = np.zeros(len(days), np.bool_)
        has_duty = days.duty >= 0
        passed[has_duty] = getattr(days.duties, edge)[days.duty[has_duty]] <= days.known_until[has_duty]
        return passed

    @property
    def is_final(self) -> Bools:
        """Whether nothing of the same day can change it."""
        final = (self.verdicts.pending_slot < 0) & (self.verdicts.status != Status.WAITING)
        still: Bools = self.summed((~final).astype(np.int64)) == 0
        return still

    @cached_property
    def enforced(self) -> Bools:
        """Per row: whether its policy has consequences yet."""
        found: Bools = self.facts.ruled.enforced[self.facts.days.person, self.facts.column]
        return found

    @cached_property
    def effective(self) -> Verdicts:
        """The verdicts with every consequence of a trial zero."""
        if self.enforced.all():
            return self.verdicts
        found = self.verdicts.findings
        free = replace(found, deduction=np.where(self.enforced[found.row], found.deduction, 0))
        return replace(self.verdicts, deduction=np.where(self.enforced, self.verdicts.deduction, 0), findings=free)

    @cached_property
    def months(self) -> Months:
        """Per person and calendar month: sums and adjustments; trials cost nothing."""
        return fold(self.effective)

    def deducted(self, verdicts: Verdicts) -> Ints:
        """Per person: hundredths of a percent, months with their adjustments."""
        months = self.months if verdicts is self.effective else fold(verdicts)
        return self._per_person(months.person, months.deduction)

    def minutes(self, column: str) -> Ints:
        """Per person: whole minutes of a length of the verdicts."""
        return self._per_person(self.facts.days.person, seconds(getattr(self.verdicts, column))) // 60

    def _per_person(self, person: Ints, amounts: Ints) -> Ints:
        total = np.zeros(len(self.people), np.int64)
        np.add.at(total, person, amounts)
        return total

    def counts(self) -> Ints:
        """(people, len(Cell)): number of dates per `Cell`."""
        number = np.arange(len(self.people))[:, np.newaxis] * len(Cell) + self.cells
        return np.bincount(number.reshape(-1), minlength=len(self.people) * len(Cell)).reshape(-1, len(Cell))
