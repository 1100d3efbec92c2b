"""Shifts as data, and their promise: one duty per person and work date."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from hadir.rules.codes import Need
from hadir.rules.columns import (
    Bools,
    Checkpoints,
    Dates,
    Duties,
    Ints,
    Lengths,
    as_instants,
    as_lengths,
    seconds,
)
from hadir.rules.parsing import Section, clock, flag, items, minutes, one_of, text
from hadir.rules.problems import InvalidDocument

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 86400
UNBOUNDED = DAY // 2
"""How far a window without an outer bound reaches from its due, unless a neighbouring duty is nearer."""
THURSDAY = 3
"""The weekday of 1970-01-01, counted from Monday."""


@dataclass(frozen=True)
class SlotTimes:
    """One checkpoint, in seconds of the work date's local midnight."""

    need: Need
    opens: int
    due: int
    closes: int


NO_SLOT = SlotTimes(Need.NONE, 0, 0, 0)


@dataclass(frozen=True)
class Variant:
    """The times of a shift on some weekdays, in seconds of the work date's local midnight."""

    start: int
    end: int
    arrival: SlotTimes
    departure: SlotTimes
    presences: tuple[SlotTimes, ...]
    flex: int
    half: int
    break_start: int
    break_end: int


NEVER = Variant(0, 0, NO_SLOT, NO_SLOT, (), 0, 0, 0, 0)


@dataclass(frozen=True)
class Shift:
    """One version of a shift; `week[weekday]` is its variant, or None on a day without this shift."""

    name: str
    article: str
    week: tuple[Variant | None, ...]

    def works_on(self, date: Dates) -> Bools:
        """Whether the shift has times on the weekday of each date."""
        return np.array([variant is not None for variant in self.week])[weekdays(date)]


def weekdays(date: Dates) -> Ints:
    """Weekday of each date, Monday 0."""
    return (date.view(np.int64) + THURSDAY) % 7


def parse_shift(document: object, path: str = "") -> Shift:
    """Read a shift document strictly; `InvalidDocument` names the place and the value that are wrong."""
    section = Section(path, document)
    week: list[Variant | None] = [None] * 7
    name, article = section.take("name", text), section.take("article", text, "")
    tables = section.sections("variants")
    if not tables:
        raise InvalidDocument(section.at("variants"), [], "at least one is wanted")
    for table in tables:
        days = table.take("days", _weekdays)
        variant = _take_variant(table)
        for day in days:
            if week[day] is not None:
                raise InvalidDocument(table.at("days"), WEEK[day], "has another variant already")
            week[day] = variant
    section.finish()
    return Shift(name, article, tuple(week))


def _weekdays(path: str, value: object) -> list[int]:
    read = one_of({name: number for number, name in enumerate(WEEK)})
    return [read(place, item) for place, item in items(path, value)]


def _take_variant(table: Section) -> Variant:
    slots = _take_slots(table)
    present = [slot for slot in slots if slot.need is not Need.NONE]
    if not present:
        raise InvalidDocument(table.path, None, "at least one checkpoint is wanted")
    start = table.take("start", clock, present[0].due)
    end = table.take("end", clock, present[-1].due)
    if end <= start:
        raise InvalidDocument(table.at("end"), end, "a shift ends after it starts")
    half = table.take("half", clock, (start + end) // 2)
    rest = table.section("break")
    break_start, break_end = rest.take("start", clock, half), rest.take("end", clock, half)
    for place, value in ((table.at("half"), half), (rest.at("start"), break_start), (rest.at("end"), break_end)):
        if not start <= value <= end:
            raise InvalidDocument(place, value, "lies outside the shift")
    if break_end < break_start:
        raise InvalidDocument(rest.at("end"), break_end, "a break ends after it starts")
    flex = table.take("flex", minutes, 0)
    rest.finish()
    table.finish()
    return Variant(start, end, slots[0], slots[-1], tuple(slots[1:-1]), flex, half, break_start, break_end)


def _take_slots(table: Section) -> list[SlotTimes]:
    """Arrival, presences, departure; outer bounds that are not given are filled half-way to the neighbouring due."""
    sections = [table.section("in") if table.has("in") else None]
    sections += list(table.sections("present"))
    sections += [table.section("out") if table.has("out") else None]
    dues = [section.take("due", clock) if section else None for section in sections]
    slots = [NO_SLOT] * len(sections)
    edge = None
    there = [number for number, section in enumerate(sections) if section]
    for number, after in zip(there, [*there[1:], None], strict=True):
        section, due = sections[number], dues[number]
        assert section is not None
        assert due is not None
        opens = section.take("opens", clock, due - UNBOUNDED if edge is None else edge)
        later = _opening(sections[after], dues[after], due) if after is not None else due + UNBOUNDED
        closes = section.take("closes", clock, later)
        _require_order(section, (opens, due, closes), opens if edge is None else edge)
        need = Need.REQUIRED if section.take("required", flag, True) else Need.OPTIONAL
        section.finish()
        slots[number] = SlotTimes(need, opens, due, closes)
        edge = closes
    return slots


def _opening(section: Section | None, due: int | None, before: int) -> int:
    """Where the window of the next checkpoint begins: as it says, else half-way between the dues."""
    assert section is not None
    assert due is not None
    return section.peek("opens", clock, (before + due) // 2)


def _require_order(section: Section, times: tuple[int, int, int], edge: int) -> None:
    opens, due, closes = times
    if not opens <= due <= closes or opens == closes:
        raise InvalidDocument(section.path, times, "a checkpoint opens, is due and closes in this order")
    if opens < edge:
        raise InvalidDocument(section.at("opens"), opens, "overlaps the checkpoint before")


def promise(shifts: list[Shift], person: Ints, date: Dates, offset: Lengths, which: Ints) -> Duties:
    """One duty per row, in the same order.

    Args:
        shifts: the catalogue that `which` counts in.
        person: of each row.
        date: work date of each row, `datetime64[D]`.
        offset: local time minus UTC at the work location.
        which: the shift of each row; it must have times on that weekday.
    """
    depth = max((len(v.presences) for shift in shifts for v in shift.week if v), default=0)
    line = which * 7 + weekdays(date)
    table = {name: column[line] for name, column in _table(shifts, depth).items()}
    if not table["works"].all():
        raise ValueError("promise: a shift has no times on the weekday of a row")
    midnight = date.view(np.int64) * DAY - seconds(offset)
    slots = [_checkpoints(table, midnight, name) for name in _slot_names(depth)]
    instants = ("start", "end", "half", "break_start", "break_end")
    columns: dict[str, Any] = {name: as_instants(midnight + table[name]) for name in instants}
    flex = as_lengths(table["flex"])
    return Duties(person, arrival=slots[0], departure=slots[-1], flex=flex, presences=tuple(slots[1:-1]), **columns)


def _slot_names(depth: int) -> list[str]:
    return ["arrival", *[f"present{number}" for number in range(depth)], "departure"]


def _checkpoints(table: dict[str, Ints], midnight: Ints, name: str) -> Checkpoints:
    opens, due, closes = (as_instants(midnight + table[f"{name}.{part}"]) for part in ("opens", "due", "closes"))
    return Checkpoints(table[f"{name}.need"].astype(np.int8), opens, due, closes)


def _table(shifts: list[Shift], depth: int) -> dict[str, Ints]:
    """Every time of every shift and weekday as columns; zeros on a weekday without the shift."""
    lines = [_line(variant, depth) if variant else {} for shift in shifts for variant in shift.week]
    return {name: np.array([line.get(name, 0) for line in lines], np.int64) for name in _line(NEVER, depth)}


def _line(variant: Variant, depth: int) -> dict[str, int]:
    line: dict[str, int] = {"works": 1}
    for name in ("start", "end", "flex", "half", "break_start", "break_end"):
        line[name] = getattr(variant, name)
    presences = (*variant.presences, *[NO_SLOT] * (depth - len(variant.presences)))
    for name, slot in zip(_slot_names(depth), (variant.arrival, *presences, variant.departure), strict=True):
        for part in ("need", "opens", "due", "closes"):
            line[f"{name}.{part}"] = int(getattr(slot, part))
    return line
