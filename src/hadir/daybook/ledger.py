"""The ledger: days of people from facts read now, judged now, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    import numpy as np
    import numpy.typing as npt

    from hadir.daybook.days import Day
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
    raise NotImplementedError


def read_ledgers(
    people: Sequence[int] | Ints, first: date, last: date, *, known_until: datetime
) -> Iterator[Ledger]:
    """Like `read_ledger`, one ledger for each 10,000 people: for exports that must not hold everybody at once."""
    raise NotImplementedError


@dataclass(frozen=True)
class Totals:
    """Sums of a span per person, in the order of the ledger's people."""

    cells: npt.NDArray[np.int64]
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

    people: Ints
    """Ids of persons, as asked for."""
    dates: Dates
    """`datetime64[D]`, first to last."""
    known_until: datetime
    cells: Codes
    """(people, dates): `Cell`."""
    status: Codes
    """(people, dates): `hadir.rules.Status`."""
    kind: Codes
    """(people, dates): `hadir.rules.DayKind`, what calendar and roster call the date."""
    row: Ints
    """(people, dates): the row shown in the matrices."""
    totals: Totals

    def minutes(self, column: str) -> Ints:
        """(people, dates): whole minutes of a length of the verdicts: late, early, owed, made_up, present..."""

    def deduction(self) -> Ints:
        """(people, dates): hundredths of a percent a day, before adjustments of the month; 0 in trial."""

    def came(self) -> Instants:
        """(people, dates): when the arrival was tapped, `datetime64[s]` UTC; NaT: not (yet)."""

    def left(self) -> Instants:
        """(people, dates): when the departure was tapped (so far), `datetime64[s]` UTC; NaT: not (yet)."""

    def due(self) -> Bools:
        """(people, dates): in scope, a duty has begun by `known_until`, and no cover fills it: who must be present now."""

    def is_final(self) -> Bools:
        """(people, dates): whether later facts of the same day cannot change it."""

    def cover(self) -> npt.NDArray[np.object_]:
        """(people, dates): code of the legal kind that covers the day, such as `cuti_tahunan`; empty: none."""

    def local(self, instants: Instants) -> Instants:
        """(people, dates): instants of such a matrix on the clocks of each work location."""

    def rows_of(self, person: int) -> list[int]:
        """The rows of a person (an id), in the order of date and start."""

    def day(self, row: int) -> Day:
        """One row with everything a page that shows one day wants: shift, checkpoints, taps, covers, findings."""

    def explain_day(self, row: int, lang: Lang) -> list[Sentence]:
        """The status of a day, what it still waits for, then each finding, with their articles."""
