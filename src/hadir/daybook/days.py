"""One judged day as plain values, for a page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from hadir.daybook.cells import Cell
from hadir.kernel.zones import Zone
from hadir.rules import DayKind, Need, dues, repeats
from hadir.rules.columns import INSTANT, seconds

if TYPE_CHECKING:
    from datetime import date

    from hadir.daybook.leaf import Leaf
    from hadir.rules import Status
    from hadir.rules.columns import Lengths

_ZONES = {int(zone.offset.total_seconds()): zone for zone in Zone}


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


def day_of(leaf: Leaf, row: int, name: int) -> Day:
    """One row of a leaf as plain values; `name` is its number in the ledger."""
    verdicts, days = leaf.verdicts, leaf.facts.days
    duty, person = int(days.duty[row]), int(days.person[row])
    offset = int(seconds(days.offset)[row])
    view = verdicts.view(row)
    checkpoints = _checkpoints(leaf, row) if duty >= 0 else ()
    slot = int(verdicts.pending_slot[row])
    return Day(
        row=name,
        person=int(leaf.people[person]),
        date=days.date[row].item(),
        zone=_ZONES[offset],
        kind=DayKind(int(days.kind[row])),
        status=view.status,
        cell=Cell(int(leaf.cell_of_row[row])),
        is_final=view.is_final,
        is_enforced=bool(leaf.enforced[row]),
        shift=leaf.facts.promised.shifts[leaf.facts.promised.which[duty]].name if duty >= 0 else "",
        policy=verdicts.policies[days.policy[row]].name,
        start=_instant(days.duties.start[duty]) if duty >= 0 else None,
        end=_instant(days.duties.end[duty]) if duty >= 0 else None,
        checkpoints=checkpoints,
        pending=next((each for each in checkpoints if each.slot == slot), None),
        taps=_taps(leaf, row),
        covers=_covers(leaf, row),
        came=_tapped(leaf, int(verdicts.in_tap[row])),
        left=_tapped(leaf, int(verdicts.out_tap[row])),
        expected_end=_instant(verdicts.expected_end[row]),
        late=_length(verdicts.late, row),
        early=_length(verdicts.early, row),
        owed=_length(verdicts.owed, row),
        made_up=_length(verdicts.made_up, row),
        deduction=int(leaf.effective.deduction[row]),
        would_be=int(verdicts.deduction[row]),
    )


def _instant(at: np.datetime64) -> datetime | None:
    return None if np.isnat(at) else _known(at)


def _known(at: np.datetime64) -> datetime:
    moment: Any = at.item()
    aware: datetime = moment.replace(tzinfo=UTC)
    return aware


def _length(column: Lengths, row: int) -> timedelta:
    return timedelta(seconds=int(seconds(column)[row]))


def _tapped(leaf: Leaf, tap: int) -> datetime | None:
    return _known(leaf.facts.events.at[tap]) if tap >= 0 else None


def _checkpoints(leaf: Leaf, row: int) -> tuple[Checkpoint, ...]:
    verdicts, days = leaf.verdicts, leaf.facts.days
    duty, slots, assigned = int(days.duty[row]), days.duties.slots, days.assigned
    last = len(slots) - 1
    chosen = [int(assigned.first[number][duty]) for number in range(len(slots))]
    chosen[0], chosen[last] = int(verdicts.in_tap[row]), int(verdicts.out_tap[row])
    found = []
    for number, (slot, due) in enumerate(zip(slots, dues(verdicts, row), strict=True)):
        if slot.need[duty] == Need.NONE:
            continue
        closes = assigned.closes[number][duty]
        if number == verdicts.pending_slot[row]:
            closes = verdicts.pending_closes[row]
        found.append(
            Checkpoint(
                slot=number,
                name="in" if number == 0 else "out" if number == last else "present",
                is_required=bool(slot.need[duty] == Need.REQUIRED),
                opens=_known(assigned.opens[number][duty]),
                due=datetime.fromtimestamp(due, UTC),
                closes=_known(closes),
                tapped=_tapped(leaf, chosen[number]),
            )
        )
    return tuple(found)


def _taps(leaf: Leaf, row: int) -> tuple[DayTap, ...]:
    """Taps placed in the day's duty, and those of its local date that belong to no duty, in the order of time."""
    verdicts, days, events = leaf.verdicts, leaf.facts.days, leaf.facts.events
    own = np.flatnonzero(days.taps.person == days.person[row])
    placed = days.assigned.tap_duty[own]
    local = (days.taps.at[own] + days.offset[row]).astype("datetime64[D]")
    here = own[((placed == days.duty[row]) & (placed >= 0)) | ((placed < 0) & (local == days.date[row]))]
    here = here[np.argsort(events.at[here], kind="stable")]
    chosen = {int(verdicts.in_tap[row]), int(verdicts.out_tap[row])}
    if days.duty[row] >= 0:
        chosen |= {int(first[days.duty[row]]) for first in days.assigned.first[1:-1]}
    repeated = repeats(days.taps, days.assigned)
    return tuple(
        DayTap(
            at=_known(events.at[tap]),
            channel=int(events.channel[tap]),
            counts=bool(days.taps.counts[tap]),
            reason=int(events.reason[tap]),
            site_id=int(events.site[tap]) if events.site[tap] >= 0 else None,
            slot=int(days.assigned.tap_slot[tap]),
            is_chosen=tap in chosen,
            is_repeat=bool(repeated[tap]),
        )
        for tap in here.tolist()
    )


def _covers(leaf: Leaf, row: int) -> tuple[DayCover, ...]:
    """Absences that touch the day's duty, or its local date where it has none."""
    days, covers = leaf.facts.days, leaf.facts.days.covers
    start = days.date[row].astype(INSTANT) - days.offset[row]
    end = start + np.timedelta64(1, "D")
    if days.duty[row] >= 0:
        start, end = days.duties.start[days.duty[row]], days.duties.end[days.duty[row]]
    touching = (covers.person == days.person[row]) & (covers.start < end) & (covers.end > start)
    return tuple(
        DayCover(
            kind=covers.kinds[covers.kind[cover]],
            is_decided=bool(covers.decided[cover]),
            start=_known(covers.start[cover]),
            end=_known(covers.end[cover]),
        )
        for cover in np.flatnonzero(touching).tolist()
    )
