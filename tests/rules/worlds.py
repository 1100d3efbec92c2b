"""Worlds of generated facts: a few people over a few days, as rows that laws can bend."""

from dataclasses import dataclass, field
from pathlib import Path
from tomllib import loads
from typing import Any

import numpy as np
from hypothesis import strategies as st

from hadir.rules import (
    Covers,
    Days,
    Duties,
    Effect,
    Mark,
    Outages,
    Policy,
    Shift,
    Taps,
    Verdicts,
    assign,
    judge,
    parse_policy,
    parse_shift,
    promise,
)
from hadir.rules.catalogue import shelf
from hadir.rules.clauses import CLAUSE_NAMES

HERE = Path(__file__).parent / "scenes"
MONDAY = np.datetime64("2026-08-03")
DAY = 86400
OFFSET = 7 * 3600
MIDNIGHT = int(MONDAY.astype("datetime64[s]").astype(np.int64)) - OFFSET
FAR = MIDNIGHT + 400 * DAY
SHIFTS = [parse_shift(document) for document in (shelf("shifts") | loads((HERE / "shifts.toml").read_text())).values()]
POLICIES = [
    parse_policy(document)
    for name, document in (shelf("policies") | loads((HERE / "policies.toml").read_text())).items()
    if name != "own_percent"  # a kind with a percentage of its own may raise a deduction
]
LENGTHS = ("late", "early", "owed", "made_up", "promised", "covered", "present", "short", "absent", "open")
COLUMNS = ("status", *LENGTHS, "deduction", "pending_slot", "pending_closes", "expected_end")


@dataclass(frozen=True)
class World:
    """Facts as tuples of plain numbers; instants are seconds since 1970."""

    people: int
    length: int
    roster: tuple[tuple[int, int, int, int], ...]
    """Person, day number, shift (-1: none), policy."""
    taps: tuple[tuple[int, int, int, bool, int], ...]
    """Person, instant, mark, counts, identity."""
    covers: tuple[tuple[int, int, int, int, bool], ...]
    """Person, start, end, effect, decided."""
    outages: tuple[tuple[int, int, int], ...]
    known: int = FAR
    offset: int = OFFSET
    policies: tuple[Policy, ...] = field(default=tuple(POLICIES), repr=False)
    shifts: tuple[Shift, ...] = field(default=tuple(SHIFTS), repr=False)


def columns(rows: tuple[Any, ...], width: int) -> list[Any]:
    """Rows as columns; empty ones where there are no rows."""
    return list(zip(*rows, strict=True)) or [()] * width


def seconds_of(values: Any) -> Any:
    return np.array(values, np.int64).view("datetime64[s]")


def duties_of(world: World) -> Duties:
    rows = [row for row in world.roster if row[2] >= 0]
    person, day, which, _ = columns(tuple(rows), 4)
    offset = np.full(len(rows), world.offset, "timedelta64[s]")
    dates = MONDAY + np.array(day, np.int64)
    return promise(list(world.shifts), np.array(person, np.int64), dates, offset, np.array(which, np.int64))


def taps_of(world: World) -> Taps:
    person, at, mark, counts, identity = columns(world.taps, 5)
    nothing = np.zeros(len(world.taps), np.bool_)
    return Taps(
        np.array(person, np.int64),
        seconds_of(at),
        np.array(identity, np.int64),
        np.zeros(len(world.taps), np.int8),
        np.array(mark, np.int8),
        np.array(counts, np.bool_),
        nothing,
        nothing,
    )


def days_of(world: World) -> Days:
    duties, taps = duties_of(world), taps_of(world)
    has = np.array([row[2] >= 0 for row in world.roster], np.bool_)
    person, day, _, policy = columns(world.roster, 4)
    size = len(world.roster)
    covers, outages = columns(world.covers, 5), columns(world.outages, 3)
    return Days(
        person=np.array(person, np.int64),
        date=MONDAY + np.array(day, np.int64),
        kind=np.where(has, 0, 1).astype(np.int8),
        duty=np.where(has, np.cumsum(has) - 1, -1),
        in_scope=np.ones(size, np.bool_),
        policy=np.array(policy, np.int64),
        known_until=seconds_of([world.known] * size),
        explain_until=np.full(size, np.datetime64("NaT"), "datetime64[s]"),
        offset=np.full(size, world.offset, "timedelta64[s]"),
        duties=duties,
        taps=taps,
        assigned=assign(duties, taps),
        covers=Covers(
            np.array(covers[0], np.int64),
            seconds_of(covers[1]),
            seconds_of(covers[2]),
            np.array(covers[3], np.int8),
            np.zeros(len(world.covers), np.int64),
            np.array(covers[4], np.bool_),
            ("izin_jam",),
        ),
        outages=Outages(np.array(outages[0], np.int64), seconds_of(outages[1]), seconds_of(outages[2])),
    )


def judge_world(world: World) -> Verdicts:
    return judge(days_of(world), world.policies)


def table(verdicts: Verdicts) -> list[tuple[Any, ...]]:
    """Every verdict as plain values, with taps named by identity."""
    days = verdicts.days
    rows = zip(*(getattr(verdicts, name).tolist() for name in COLUMNS), strict=True)
    taps = [
        (_identity(days, tap), _identity(days, out)) for tap, out in zip(verdicts.in_tap, verdicts.out_tap, strict=True)
    ]
    return [(*row, *pair) for row, pair in zip(rows, taps, strict=True)]


def _identity(days: Days, tap: int) -> int:
    return int(days.taps.identity[tap]) if tap >= 0 else -1


def findings(verdicts: Verdicts) -> list[tuple[int, str, int, int]]:
    """Row, clause, seconds and price of every finding."""
    found = verdicts.findings
    names = [CLAUSE_NAMES[number] for number in found.clause]
    lengths = found.amount.astype(np.int64).tolist()
    return list(zip(found.row.tolist(), names, lengths, found.deduction.tolist(), strict=True))


def works(shift: Shift, day: int) -> bool:
    return shift.week[day % 7] is not None


@st.composite
def worlds(draw: st.DrawFn, shifts: tuple[int, ...] = tuple(range(len(SHIFTS)))) -> World:
    """Two people over five days: any shift on any day, taps near the edges that matter, some covers and outages."""
    people, length = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    roster = []
    for person in range(people):
        policy = draw(st.integers(0, len(POLICIES) - 1))
        for day in range(length):
            able = [number for number in shifts if works(SHIFTS[number], day)]
            roster.append((person, day, draw(st.sampled_from([-1, *able])), policy))
    who = st.integers(0, people - 1)
    near = [tap for row in roster if row[2] >= 0 for tap in draw(_taps_near(row))]
    edge = st.builds(
        lambda day, hour, minute, second: MIDNIGHT + day * DAY + hour * 3600 + minute * 60 + second,
        st.integers(0, length),
        st.integers(0, 23),
        st.sampled_from([0, 1, 14, 15, 16, 29, 30, 31, 45, 59]),
        st.sampled_from([0, 0, 0, 1, 30, 59]),
    )
    marks = st.sampled_from([Mark.UNMARKED, Mark.UNMARKED, Mark.IN, Mark.OUT])
    taps = near + draw(st.lists(st.tuples(who, edge, marks, st.sampled_from([True, True, True, False])), max_size=5))
    span = st.builds(
        lambda day, half_hour, length: (
            MIDNIGHT + day * DAY + half_hour * 1800,
            MIDNIGHT + day * DAY + (half_hour + length) * 1800,
        ),
        st.integers(0, length - 1),
        st.integers(0, 40),
        st.integers(1, 48),
    )
    covers = draw(st.lists(st.tuples(who, span, st.sampled_from(list(Effect)), st.booleans()), max_size=3))
    outages = draw(st.lists(st.tuples(st.integers(-1, people - 1), span), max_size=2))
    return World(
        people=people,
        length=length,
        roster=tuple(roster),
        taps=tuple((*tap, number) for number, tap in enumerate(sorted(taps))),
        covers=tuple((person, *cover, effect, decided) for person, cover, effect, decided in covers),
        outages=tuple((person, *outage) for person, outage in outages),
    )


@st.composite
def _taps_near(draw: st.DrawFn, row: tuple[int, int, int, int]) -> list[tuple[int, int, int, bool]]:
    """An arrival and a departure around their dues, often late or early, sometimes none."""
    person, day, which, _ = row
    variant = SHIFTS[which].week[day % 7]
    slots = [slot for slot in (variant.arrival, *variant.presences, variant.departure) if slot.need]
    taps = []
    for slot in slots:
        minutes = draw(st.sampled_from([None, -200, -31, -1, 0, 1, 15, 16, 17, 30, 31, 61, 95, 240]))
        second = draw(st.sampled_from([0, 0, 1, 59]))
        if minutes is not None:
            taps.append((person, MIDNIGHT + day * DAY + slot.due + minutes * 60 + second, Mark.UNMARKED, True))
    return taps
