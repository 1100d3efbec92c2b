"""The ledger: days of people from facts read now, judged now, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hadir.daybook.days import Day, day_of
from hadir.daybook.leaf import Leaf
from hadir.rules import explain_day
from hadir.rules.columns import seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from hadir.rules import Sentence
    from hadir.rules.columns import Bools, Codes, Dates, Instants, Ints
    from hadir.rules.words import Lang

CHUNK = 10_000
"""People judged at a time."""


def read_ledger(people: Sequence[int] | Ints, first: date, last: date, *, known_until: datetime) -> Ledger:
    """Read and judge every day of these people from `first` to `last`, both included.

    Args:
        people: ids of persons of the current government (call inside `acting_in`), each once, in the order wanted.
        first: first work date.
        last: last work date.
        known_until: up to when facts are known, normally `clock.now()`; taps after it are not read, and a
            checkpoint that closes after it is pending.

    The number of queries is the same for one person and ten thousand.
    """
    return Ledger(list(_read_leaves(people, first, last, known_until)), known_until)


def read_ledgers(people: Sequence[int] | Ints, first: date, last: date, *, known_until: datetime) -> Iterator[Ledger]:
    """Like `read_ledger`, one ledger for each 10,000 people: for exports that must not hold everybody at once."""
    for leaf in _read_leaves(people, first, last, known_until):
        yield Ledger([leaf], known_until)


def _read_leaves(people: Sequence[int] | Ints, first: date, last: date, known_until: datetime) -> Iterator[Leaf]:
    ids = np.asarray(people, np.int64)
    if last < first or len(np.unique(ids)) != len(ids):
        raise ValueError("read_ledger: the span ends before it begins, or somebody is named twice")
    for begin in range(0, max(len(ids), 1), CHUNK):
        yield Leaf.read(ids[begin : begin + CHUNK], first, last, known_until)


@dataclass(frozen=True)
class Totals:
    """Sums of a span per person, in the order of the ledger's people."""

    cells: Ints
    """(people, len(Cell)): number of dates per `Cell`, e.g. `totals.cells[:, Cell.LATE]`."""
    late: Ints
    """Whole minutes."""
    early: Ints
    """Whole minutes."""
    deduction: Ints
    """Hundredths of a percent, months with their adjustments; days in trial add nothing."""
    would_be: Ints
    """The same as if every day were enforced; equals `deduction` where no day is in trial."""


class Ledger:
    """The judged days of people in a span.

    Matrices are (people, dates), in the order of `people` and `dates`. A row is one person-day; it is named by a
    whole number. Most dates have one row; a date with two duties has two, and a matrix then shows the one whose
    `Cell` comes first, while lengths and deductions are summed.
    """

    def __init__(self, leaves: Sequence[Leaf], known_until: datetime) -> None:
        self.leaves = leaves
        self.known_until = known_until
        self._begins = np.cumsum([0, *(len(leaf.verdicts) for leaf in leaves)])

    @cached_property
    def people(self) -> Ints:
        """Ids of persons, as asked for."""
        return self._joined(lambda leaf: leaf.people)

    @property
    def dates(self) -> Dates:
        """First to last, `datetime64[D]`."""
        return self.leaves[0].dates

    @cached_property
    def cells(self) -> Codes:
        """(people, dates): `Cell`."""
        return self._joined(lambda leaf: leaf.cells)

    @cached_property
    def status(self) -> Codes:
        """(people, dates): `hadir.rules.Status`."""
        return self._joined(lambda leaf: leaf.shown(leaf.verdicts.status))

    @cached_property
    def kind(self) -> Codes:
        """(people, dates): `hadir.rules.DayKind`, what calendar and roster call the date."""
        return self._joined(lambda leaf: leaf.shown(leaf.facts.days.kind))

    @cached_property
    def row(self) -> Ints:
        """(people, dates): the row shown in the matrices."""
        pairs = zip(self.leaves, self._begins, strict=False)
        return np.concatenate([leaf.row + int(begin) for leaf, begin in pairs])

    @cached_property
    def totals(self) -> Totals:
        """The sums of each person."""
        return Totals(
            cells=self._joined(Leaf.counts),
            late=self._joined(lambda leaf: leaf.minutes("late")),
            early=self._joined(lambda leaf: leaf.minutes("early")),
            deduction=self._joined(lambda leaf: leaf.deducted(leaf.effective)),
            would_be=self._joined(lambda leaf: leaf.deducted(leaf.verdicts)),
        )

    def minutes(self, column: str) -> Ints:
        """(people, dates): whole minutes of a length of the verdicts: late, early, owed, made_up, present..."""
        found: Ints = self._joined(lambda leaf: leaf.summed(seconds(getattr(leaf.verdicts, column)))) // 60
        return found

    def deduction(self) -> Ints:
        """(people, dates): hundredths of a percent a day, before adjustments of the month; 0 in trial."""
        return self._joined(lambda leaf: leaf.summed(leaf.effective.deduction))

    def came(self) -> Instants:
        """(people, dates): when the arrival was tapped, `datetime64[s]` UTC; NaT: not (yet)."""
        return self._joined(lambda leaf: leaf.tapped(leaf.verdicts.in_tap))

    def left(self) -> Instants:
        """(people, dates): when the departure was tapped (so far), `datetime64[s]` UTC; NaT: not (yet)."""
        return self._joined(lambda leaf: leaf.tapped(leaf.verdicts.out_tap))

    def due(self) -> Bools:
        """(people, dates): in scope, a duty has begun by `known_until`, and no cover fills it: who must be present."""
        return self._joined(lambda leaf: leaf.due)

    @cached_property
    def current(self) -> Ints:
        """Per person: the column of now, which is the last one, or an earlier one while a duty of it still runs.

        A night belongs to the date on which it begins, so a ledger of yesterday and today tells who is there at 02.00.
        """
        runs = self._joined(lambda leaf: leaf.runs)
        return np.where(runs.any(axis=1), runs.argmax(axis=1), len(self.dates) - 1)

    def currently(self, matrix: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Per person: what a matrix of (people, dates) holds now."""
        return matrix[np.arange(len(matrix)), self.current]

    def is_final(self) -> Bools:
        """(people, dates): whether later facts of the same day cannot change it."""
        return self._joined(lambda leaf: leaf.is_final)

    def cover(self) -> npt.NDArray[np.object_]:
        """(people, dates): code of the legal kind that covers the day, such as `cuti_tahunan`; empty: none."""
        return self._joined(_covering_kinds)

    def local(self, instants: Instants) -> Instants:
        """(people, dates): instants of such a matrix on the clocks of each work location."""
        found: Instants = instants + self._joined(lambda leaf: leaf.shown(leaf.facts.days.offset))
        return found

    def rows_of(self, person: int) -> list[int]:
        """The rows of a person (an id), in the order of date and start; empty for somebody else."""
        for leaf, begin in zip(self.leaves, self._begins, strict=False):
            number = np.flatnonzero(leaf.people == person)
            if len(number):
                days = leaf.facts.days.person
                low, high = np.searchsorted(days, [number[0], number[0] + 1])
                return list(range(int(begin + low), int(begin + high)))
        return []

    def day(self, row: int) -> Day:
        """One row with everything a page that shows one day wants: shift, checkpoints, taps, covers, findings."""
        leaf, local = self._find(row)
        return day_of(leaf, local, row)

    def explain_day(self, row: int, lang: Lang) -> list[Sentence]:
        """The status of a day, what it still waits for, then each finding, with their articles."""
        leaf, local = self._find(row)
        return explain_day(leaf.verdicts, local, lang)

    def _find(self, row: int) -> tuple[Leaf, int]:
        number = int(np.searchsorted(self._begins, row, "right")) - 1
        return self.leaves[number], row - int(self._begins[number])

    def _joined(self, part: Callable[[Leaf], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        if len(self.leaves) == 1:
            return part(self.leaves[0])
        return np.concatenate([part(leaf) for leaf in self.leaves])


def _covering_kinds(leaf: Leaf) -> npt.NDArray[np.object_]:
    covers = leaf.facts.days.covers
    names = np.array([*covers.kinds, ""], object)
    if not len(covers):
        return np.full(leaf.shape, "", object)
    cover = leaf.verdicts.cover
    kind = np.where(cover >= 0, covers.kind[cover], len(covers.kinds))
    return leaf.shown(names[kind])
