"""The shape of a month: people by days with a code per cell, and the totals of each person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext_lazy, pgettext_lazy

from hadir.daybook.cells import Cell
from hadir.recaps.codes import NO_DUTY

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from hadir.recaps.codes import Code
    from hadir.rules.columns import Ints


class Measure(Enum):
    """In what a total is counted."""

    DAYS = "days"
    MINUTES = "minutes"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Total:
    """A column at the right of a recap: its heading, the same in full, and what its numbers are."""

    short: _StrPromise
    word: _StrPromise
    measure: Measure


TOTALS: tuple[Total, ...] = (
    Total(pgettext_lazy("column", "H"), gettext_lazy("Days present"), Measure.DAYS),
    Total(pgettext_lazy("column", "D"), gettext_lazy("Days of duty elsewhere or leave"), Measure.DAYS),
    Total(pgettext_lazy("column", "A"), gettext_lazy("Days absent without word"), Measure.DAYS),
    Total(pgettext_lazy("column", "\N{MIDDLE DOT}"), gettext_lazy("Days still open"), Measure.DAYS),
    Total(pgettext_lazy("column", "T min"), gettext_lazy("Minutes late"), Measure.MINUTES),
    Total(pgettext_lazy("column", "P min"), gettext_lazy("Minutes left early"), Measure.MINUTES),
    Total(pgettext_lazy("column", "%"), gettext_lazy("Deduction"), Measure.PERCENT),
)
COUNTED: tuple[tuple[Cell, ...], ...] = ((Cell.PRESENT, Cell.LATE), (Cell.AWAY,), (Cell.ABSENT,), (Cell.WAITING,))
"""The cells that each of the totals of days counts."""


@dataclass(frozen=True, slots=True)
class Line:
    """A person of a recap, as they were placed last in its month."""

    person_id: int
    name: str
    number: str
    rank: str
    staff_class: str
    unit: str


@dataclass(frozen=True)
class Month:
    """A month of some people: row i of `cells` and of `totals` belongs to line i."""

    first: date
    last: date
    lines: tuple[Line, ...]
    table: tuple[Code, ...]
    cells: Ints
    """(people, days): place in `table`."""
    totals: Ints
    """(people, `TOTALS`): days, whole minutes, hundredths of a percent."""

    @property
    def days(self) -> list[date]:
        """Return every date of the month."""
        return [self.first + timedelta(days=step) for step in range((self.last - self.first).days + 1)]

    @property
    def legend(self) -> list[Code]:
        """Return the codes that stand in a cell of this month, without the blank one."""
        return [self.table[place] for place in np.unique(self.cells) if place != NO_DUTY]

    @property
    def sums(self) -> Ints:
        """Return the totals of all people together; shares of different people have no sum and count as 0."""
        counted = [total.measure is not Measure.PERCENT for total in TOTALS]
        sums: Ints = self.totals.sum(axis=0) * counted
        return sums
