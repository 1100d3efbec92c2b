"""The code of one person-day as a recap and a board show it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from hadir.rules import Status

if TYPE_CHECKING:
    from hadir.rules import Verdicts
    from hadir.rules.columns import Codes

FLAWS = ("late", "early", "missing_in", "missing_out")
"""Clauses whose findings turn a present day into a late one."""


class Cell(IntEnum):
    """What one cell of a recap says; the lower the number, the sooner it is shown of two duties on one date."""

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
