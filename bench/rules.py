"""Person-days judged a second on one core, beside one `np.sort` of the same taps (docs/rules/speed.md)."""

import time

import numpy as np
import numpy.typing as npt

from bench.figure import Figure
from hadir.rules import (
    Covers,
    Days,
    Duties,
    Effect,
    Outages,
    Policy,
    Taps,
    assign,
    judge,
    parse_policy,
    parse_shift,
    promise,
)
from hadir.rules.catalogue import shelf
from hadir.rules.columns import INSTANT, LENGTH, Ints, as_instants, seconds
from hadir.rules.memory import keep_freed_memory

PEOPLE = 10_000
FIRST, LAST = np.datetime64("2026-08-01"), np.datetime64("2026-08-31")
ROUNDS = 7
BAR = 0.09
WIB = 7 * 3600
AWAY, FORGOTTEN, TWICE, COVERED = 0.03, 0.02, 0.02, 0.03


def run() -> list[Figure]:
    """Measure a month of 10,000 people of an office, the best of several rounds of each."""
    keep_freed_memory()
    policies = (parse_policy(shelf("policies")["kota_contoh"]),)
    random = np.random.default_rng(20260801)
    duties, calendar = _office_month()
    taps = _month_of_taps(random, duties)
    covers = _covers(random, duties)
    sort = min(_time_of_sort(taps) for _ in range(ROUNDS))
    judging = min(_time_of_judging(duties, taps, (covers, calendar), policies) for _ in range(ROUNDS))
    return [
        Figure(
            name="rules",
            value=len(duties) / judging,
            unit="person-days/s",
            reference="np.sort of the same taps, taps/s",
            reference_value=len(taps) / sort,
            bar=BAR,
            better="higher",
        )
    ]


def _office_month() -> tuple[Duties, tuple[Ints, npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]]:
    """Duties of every person on every weekday, and person, date and whether it is worked for every date."""
    shift = parse_shift(shelf("shifts")["esdm_hours"])
    dates = np.arange(FIRST, LAST + 1)
    person = np.repeat(np.arange(PEOPLE), len(dates))
    date = np.tile(dates, PEOPLE)
    works = shift.works_on(date)
    worked = np.flatnonzero(works)
    offset = np.full(len(worked), WIB, LENGTH)
    duties = promise([shift], person[worked], date[worked], offset, np.zeros(len(worked), np.int64))
    return duties, (person, date, works)


def _month_of_taps(random: np.random.Generator, duties: Duties) -> Taps:
    """Two taps a day, some late, some early, some forgotten, some repeated, in the order of time."""
    size = len(duties)
    came = seconds(duties.arrival.due) + random.normal(-600, 900, size).astype(np.int64)
    left = seconds(duties.departure.due) + random.normal(900, 900, size).astype(np.int64)
    there = random.random(size) > AWAY
    takes_in, takes_out = there & (random.random(size) > FORGOTTEN), there & (random.random(size) > FORGOTTEN)
    again = takes_in & (random.random(size) < TWICE)
    at = np.concatenate([came[takes_in], left[takes_out], came[again] + 20])
    person = np.concatenate([duties.person[takes_in], duties.person[takes_out], duties.person[again]])
    order = np.argsort(at, kind="stable")
    return Taps.plain(person[order], as_instants(at[order]))


def _covers(random: np.random.Generator, duties: Duties) -> Covers:
    """A whole-day absence on three of a hundred duties."""
    row = np.flatnonzero(random.random(len(duties)) < COVERED)
    start, end = duties.start[row], duties.end[row]
    effect, kind = np.full(len(row), Effect.DAY, np.int8), np.zeros(len(row), np.int64)
    return Covers(duties.person[row], start, end, effect, kind, np.ones(len(row), np.bool_), ("cuti_tahunan",))


def _time_of_sort(taps: Taps) -> float:
    instants = seconds(taps.at).copy()
    begin = time.process_time()
    np.sort(instants)
    return time.process_time() - begin


def _time_of_judging(
    duties: Duties,
    taps: Taps,
    rest: tuple[Covers, tuple[Ints, npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]],
    policies: tuple[Policy, ...],
) -> float:
    covers, (person, date, works) = rest
    size = len(person)
    known = np.full(size, np.datetime64("2026-09-02"), INSTANT)
    begin = time.process_time()
    assigned = assign(duties, taps)
    duty = np.where(works, np.cumsum(works) - 1, -1)
    days = Days(
        person=person,
        date=date,
        kind=np.where(works, 0, 1).astype(np.int8),
        duty=duty,
        in_scope=np.ones(size, np.bool_),
        policy=np.zeros(size, np.int64),
        known_until=known,
        explain_until=np.full(size, np.datetime64("NaT"), INSTANT),
        offset=np.full(size, WIB, LENGTH),
        duties=duties,
        taps=taps,
        assigned=assigned,
        covers=covers,
        outages=Outages.none(),
    )
    judge(days, policies)
    return time.process_time() - begin
