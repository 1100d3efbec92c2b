"""The code of one person-day as a recap and a board show it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from hadir.rules import Status
from hadir.rules.clauses import CLAUSE_NAMES

if TYPE_CHECKING:
    from hadir.rules import Verdicts
    from hadir.rules.columns import Codes

ONE_SIDED = tuple(CLAUSE_NAMES.index(name) for name in ("missing_in", "missing_out"))
"""Clauses whose findings turn a present day into a flawed one, as lateness and leaving early do."""


class Cell(IntEnum):
    """What one cell of a recap says; of two duties on one date the lower number is shown."""

    ABSENT = 0
    WAITING = 1
    LATE = 2
    PRESENT = 3
    AWAY = 4
    UNSCHEDULED = 5
    REST = 6
    OUT = 7

    @property
    def state(self) -> str:
        """The name of the platform's state that shows it."""
        return _STATES[self]


_STATES = {
    Cell.ABSENT: "absent",
    Cell.WAITING: "pending",
    Cell.LATE: "late",
    Cell.PRESENT: "present",
    Cell.AWAY: "away",
    Cell.UNSCHEDULED: "none",
    Cell.REST: "away",
    Cell.OUT: "none",
}
_OF_STATUS = {
    Status.OUT_OF_SCOPE: Cell.OUT,
    Status.DAY_OFF: Cell.REST,
    Status.UNSCHEDULED: Cell.UNSCHEDULED,
    Status.COVERED: Cell.AWAY,
    Status.PRESENT: Cell.PRESENT,
    Status.WAITING: Cell.WAITING,
    Status.ABSENT: Cell.ABSENT,
}
_TABLE = np.array([_OF_STATUS[status] for status in Status], np.int8)


def cells_of(verdicts: Verdicts) -> Codes:
    """The `Cell` of every row of verdicts."""
    cells: Codes = _TABLE[verdicts.status]
    flawed = (verdicts.late.view(np.int64) > 0) | (verdicts.early.view(np.int64) > 0)
    found = verdicts.findings
    flawed[found.row[np.isin(found.clause, ONE_SIDED)]] = True
    cells[flawed & (cells == Cell.PRESENT)] = Cell.LATE
    return cells
