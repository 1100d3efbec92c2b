"""The facts of a chunk of people, read and laid side by side as the rules want them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from hadir.clocking.models import Reason
from hadir.clocking.queries import outages_between, taps_between
from hadir.daybook.reading import read_roll
from hadir.daybook.sources import sources
from hadir.rules import Days, Duties, Mark, Outages, Taps, admit, assign, promise
from hadir.rules.columns import INSTANT

if TYPE_CHECKING:
    from datetime import date

    from hadir.clocking.queries import TapColumns
    from hadir.daybook.roll import Roll
    from hadir.daybook.sources import Promised, Ruled
    from hadir.rules.columns import Instants, Ints

PADDING = 1
"""Dates read on each side, so that windows are cut against real neighbours."""
NEAR = np.timedelta64(15 * 60, "s")
"""How far beyond a window a tap can still matter: two duties that touch."""
NEVER = np.datetime64("NaT")
_SECOND_BITS, _MARK_BITS = 20, 40


@dataclass(frozen=True)
class Facts:
    """Everything that is known about a chunk; `days` has no row outside the span that was asked for."""

    roll: Roll
    promised: Promised
    ruled: Ruled
    events: TapColumns
    """The taps as stored, row by row those of `days.taps`."""
    days: Days
    column: Ints
    """Per row of `days`: column of the roll."""


def gather(people: Ints, first: date, last: date, known_until: datetime) -> Facts:
    """Read and lay out the facts of people from `first` to `last`."""
    dates = np.arange(np.datetime64(first, "D") - PADDING, np.datetime64(last, "D") + PADDING + 1)
    roll = read_roll(people, dates)
    promised, ruled, covers = sources().duties(roll), sources().policies(roll), sources().covers(roll)
    offset = roll.offset
    duties = promise(
        list(promised.shifts),
        promised.person,
        dates[promised.column],
        offset[promised.person, promised.column],
        promised.which,
    )
    start, end = _reach(roll, duties)
    events = taps_between(people, start, min(end, known_until))
    outages = _read_outages(roll, start, end)
    taps = admit(_as_taps(events, roll), covers)
    person, column, duty = _rows(roll, promised)
    kind, policy = promised.kind[person, column], ruled.policy[person, column]
    days = Days(
        person=person,
        date=dates[column],
        kind=kind,
        duty=duty,
        in_scope=ruled.in_scope[person, column] & (roll.key[person, column] >= 0),
        policy=policy,
        known_until=np.full(len(person), np.datetime64(known_until.replace(tzinfo=None), "s"), INSTANT),
        explain_until=np.full(len(person), NEVER, INSTANT),
        offset=offset[person, column],
        duties=duties,
        taps=taps,
        assigned=assign(duties, taps),
        covers=covers,
        outages=outages,
    )
    return Facts(roll, promised, ruled, events, days, column)


def _rows(roll: Roll, promised: Promised) -> tuple[Ints, Ints, Ints]:
    """Person, column and duty of each row: one for each duty of the span, one for each date of it without duty."""
    width = len(roll.dates)
    cell = promised.person * width + promised.column
    inside = np.zeros((len(roll.people), width), np.bool_)
    inside[:, PADDING : width - PADDING] = True
    wanted = inside.reshape(-1)
    duty = np.flatnonzero(wanted[cell])
    idle = wanted.copy()
    idle[cell] = False
    empty = np.flatnonzero(idle)
    cells = np.concatenate([cell[duty], empty])
    order = np.argsort(cells, kind="stable")
    cells = cells[order]
    duties = np.concatenate([duty, np.full(len(empty), -1)])[order]
    return cells // width, cells % width, duties


def _reach(roll: Roll, duties: Duties) -> tuple[datetime, datetime]:
    """The span in which taps are read: the local days asked for, and the windows of their duties."""
    offset = roll.offset[:, [PADDING, -1 - PADDING]]
    start = [(roll.dates[PADDING].astype(INSTANT) - offset[:, 0]).min()]
    end = [(roll.dates[-PADDING].astype(INSTANT) - offset[:, 1]).max()]
    earliest, latest = start[0] - np.timedelta64(1, "D"), end[0] + np.timedelta64(2, "D")
    for slot in duties.slots:
        there = (slot.need > 0) & (duties.end > start[0]) & (duties.start < end[0])
        if there.any():
            start.append(slot.opens[there].min() - NEAR)
            end.append(slot.closes[there].max() + NEAR)
    return _aware(max(min(start), earliest)), _aware(min(max(end), latest))


def _aware(instant: np.datetime64) -> datetime:
    moment: Any = instant.item()
    aware: datetime = moment.replace(tzinfo=UTC)
    return aware


def _as_taps(events: TapColumns, roll: Roll) -> Taps:
    at = events.at.astype(INSTANT)
    # The same tap has the same number; two taps alike in microsecond, channel, mark and place may stand for each other.
    fraction = events.at.view(np.int64) % 1_000_000
    identity = (
        fraction | events.channel << _SECOND_BITS | events.mark << _SECOND_BITS + 4 | (events.site + 1) << _MARK_BITS
    )
    mark = np.where(events.mark <= Mark.OUT, events.mark, Mark.UNMARKED).astype(np.int8)
    return Taps(
        person=roll.numbers(events.person),
        at=at,
        identity=identity,
        channel=events.channel.astype(np.int8),
        mark=mark,
        counts=events.counts,
        outside=(events.reason == Reason.OUTSIDE) & ~events.counts,
        attempted=np.zeros(len(events), np.bool_),
    )


def _read_outages(roll: Roll, start: datetime, end: datetime) -> Outages:
    """Declared outages, one row per person hit; a site's outage hits those whose nearest site it is."""
    person: list[Ints] = []
    spans: list[tuple[np.datetime64, np.datetime64, int]] = []
    for outage in outages_between(start, end):
        hit = np.array([-1])
        if outage.unit_id is not None or outage.site_id is not None:
            reached = [outage.unit_id in key.path or outage.site_id in key.sites for key in roll.keys]
            hit = np.flatnonzero(np.array([*reached, False])[roll.key].any(axis=1))
        person.append(hit)
        begin, stop = (np.datetime64(at.replace(tzinfo=None), "s") for at in (outage.starts_at, outage.ends_at))
        spans.append((begin, stop, len(hit)))
    if not spans:
        return Outages.none()
    counts = [count for _, _, count in spans]
    begins: Instants = np.repeat(np.array([begin for begin, _, _ in spans], INSTANT), counts)
    ends: Instants = np.repeat(np.array([stop for _, stop, _ in spans], INSTANT), counts)
    return Outages(np.concatenate(person), begins, ends)
