"""One judged day as plain values, for a page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from hadir.daybook.cells import Cell
    from hadir.kernel.zones import Zone
    from hadir.rules import DayKind, Status


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One moment of a duty that is tapped; instants are aware UTC."""

    slot: int
    """0: arrival; the last: departure; between them the presences."""
    name: str
    """`in`, `present` or `out`."""
    is_required: bool
    opens: datetime
    due: datetime
    """The departure's due after covers and minutes owed."""
    closes: datetime
    tapped: datetime | None


@dataclass(frozen=True, slots=True)
class DayTap:
    """One tap in or near the window of a day."""

    at: datetime
    """To the millisecond, as the event is stored: with the person it finds evidence and photo."""
    channel: int
    """`clocking.models.Channel`."""
    counts: bool
    reason: int
    """`clocking.models.Reason`."""
    site_id: int | None
    slot: int
    """The checkpoint in whose window it lies, -1: none."""
    is_chosen: bool
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class DayCover:
    """One absence that touches the day."""

    kind: str
    is_decided: bool
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """One person-day. Lengths are exact; `None` means there is none."""

    row: int
    person: int
    """Id."""
    date: date
    zone: Zone
    kind: DayKind
    status: Status
    cell: Cell
    is_final: bool
    is_enforced: bool
    """False while the policy is on trial: every consequence is zero."""
    shift: str
    """Name of the shift, empty without a duty."""
    policy: str
    start: datetime | None
    end: datetime | None
    checkpoints: tuple[Checkpoint, ...]
    pending: Checkpoint | None
    """The next required tap that is still open."""
    taps: tuple[DayTap, ...]
    covers: tuple[DayCover, ...]
    came: datetime | None
    left: datetime | None
    expected_end: datetime | None
    late: timedelta
    early: timedelta
    owed: timedelta
    made_up: timedelta
    deduction: int
    """Hundredths of a percent; 0 in trial."""
    would_be: int
    """Hundredths of a percent as if the policy were enforced."""
