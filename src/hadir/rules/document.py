"""Plain documents in, plain documents out: what `hadir judge` does (docs/rules/judge-format.md)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from hadir.rules.assignment import assign
from hadir.rules.catalogue import shelf
from hadir.rules.codes import DayKind
from hadir.rules.columns import INSTANT, LENGTH, Covers, Days, Duties, Outages, Taps
from hadir.rules.document_facts import (
    OFF,
    Member,
    absolute,
    take_calendar,
    take_covers,
    take_member,
    take_outages,
    take_taps,
)
from hadir.rules.document_verdicts import Names, write_verdicts
from hadir.rules.judgement import judge
from hadir.rules.parsing import Section, days_between
from hadir.rules.places import admit
from hadir.rules.policy import Policy, parse_policy
from hadir.rules.problems import InvalidDocument
from hadir.rules.shift import WEEK, Shift, parse_shift, promise


@dataclass(frozen=True)
class _Promised:
    """One date of one person: the shift of its duty, empty for none."""

    person: int
    date: date
    kind: DayKind
    shift: str
    within: bool
    """Asked for; otherwise a day of padding."""


def judge_document(document: object) -> dict[str, Any]:
    """Judge the days of a document and answer the verdicts; `InvalidDocument` names what is wrong and where."""
    section = Section("", document)
    known_until = section.take("known_until", absolute)
    policies = _take_policies(section.section("policies"))
    shifts = _take_shifts(section.section("shifts"))
    calendar = take_calendar(section.section("calendar"))
    people = _take_people(section.sections("people"), known_until)
    taps = take_taps(section.sections("taps"), people)
    covers = take_covers(section.sections("covers"), people)
    outages, numbers = take_outages(section.sections("outages"), people)
    section.finish()
    promised = [
        line for number, member in enumerate(people.values()) for line in _promise(number, member, shifts, calendar)
    ]
    days = _days(promised, (list(people.values()), list(policies)), shifts, (admit(taps, covers), covers, outages))
    lines = [line for line in promised if line.within]
    names = Names(tuple(people), tuple(policies), tuple(line.shift for line in lines), tuple(numbers))
    return write_verdicts(judge(days, tuple(policies.values())), names)


def _take_policies(section: Section) -> dict[str, Policy]:
    return {name: parse_policy(_shipped(section, name, "policies"), section.at(name)) for name in section.names}


def _take_shifts(section: Section) -> dict[str, Shift]:
    return {name: parse_shift(_shipped(section, name, "shifts"), section.at(name)) for name in section.names}


def _shipped(section: Section, name: str, where: Any) -> object:
    """The document itself, or the shipped one that a text names."""

    def read(path: str, value: object) -> object:
        if not isinstance(value, str):
            return value
        if value not in shelf(where):
            raise InvalidDocument(path, value, f"one of {', '.join(shelf(where))} or a table is wanted")
        return shelf(where)[value]

    return section.take(name, read)


def _take_people(tables: list[Section], known_until: int) -> dict[str, Member]:
    people: dict[str, Member] = {}
    for table in tables:
        member = take_member(table, known_until)
        if member.name in people:
            raise InvalidDocument(table.at("id"), member.name, "names two people")
        people[member.name] = member
    return people


def _promise_all(people: list[Member], shifts: dict[str, Shift], calendar: dict[date, DayKind]) -> list[_Promised]:
    return [line for number, member in enumerate(people) for line in _promise(number, member, shifts, calendar)]


def _promise(number: int, member: Member, shifts: dict[str, Shift], calendar: dict[date, DayKind]) -> list[_Promised]:
    """Every date of a person, with one date of padding on each side."""
    lines = []
    for when in days_between(member.first - timedelta(days=1), member.last + timedelta(days=1)):
        kind, shift = _day_of(member, when, shifts, calendar)
        lines.append(_Promised(number, when, kind, shift, member.first <= when <= member.last))
    return lines


def _day_of(member: Member, when: date, shifts: dict[str, Shift], calendar: dict[date, DayKind]) -> tuple[DayKind, str]:
    """Kind and shift of a date: the roster first, then the calendar, then the person's own shift."""
    kind = calendar.get(when, DayKind.WORKING)
    named = member.roster.get(when, "")
    if named == OFF:
        return (DayKind.OFF_ROSTER if kind is DayKind.WORKING else kind), ""
    if named:
        shift = _shift(shifts, f"{member.path}.roster.{when}", named)
        if shift.week[when.weekday()] is None:
            raise InvalidDocument(f"{member.path}.roster.{when}", named, f"has no times on {WEEK[when.weekday()]}")
        return kind, named
    if not member.shift or kind is not DayKind.WORKING:
        return kind, ""
    works = _shift(shifts, f"{member.path}.shift", member.shift).week[when.weekday()] is not None
    return (kind, member.shift) if works else (DayKind.WEEKLY_REST, "")


def _shift(shifts: dict[str, Shift], path: str, name: str) -> Shift:
    if name not in shifts:
        raise InvalidDocument(path, name, f"no such shift; there are {', '.join(shifts) or 'none'}")
    return shifts[name]


def _days(
    promised: list[_Promised],
    names: tuple[list[Member], list[str]],
    shifts: dict[str, Shift],
    facts: tuple[Taps, Covers, Outages],
) -> Days:
    people, policies = names
    working = [line for line in promised if line.shift]
    lines = [line for line in promised if line.within]
    row = {(line.person, line.date): number for number, line in enumerate(working)}
    duties = _duties(working, people, shifts)
    taps, covers, outages = facts
    return Days(
        person=np.array([line.person for line in lines], np.int64),
        date=np.array([line.date for line in lines], "datetime64[D]"),
        kind=np.array([line.kind for line in lines], np.int8),
        duty=np.array([row.get((line.person, line.date), -1) for line in lines], np.int64),
        duties=duties,
        taps=taps,
        assigned=assign(duties, taps),
        covers=covers,
        outages=outages,
        **_personal([(people[line.person], line.date) for line in lines], policies),
    )


def _personal(rows: list[tuple[Member, date]], policies: list[str]) -> dict[str, Any]:
    """The columns of days that depend on the person."""
    never = int(np.datetime64("NaT").astype(np.int64))
    return {
        "in_scope": np.array([when >= member.in_scope_from for member, when in rows], np.bool_),
        "policy": np.array([_policy(policies, member) for member, _ in rows], np.int64),
        "known_until": np.array([member.known_until for member, _ in rows], np.int64).view(INSTANT),
        "explain_until": np.array([m.explain_until.get(when, never) for m, when in rows], np.int64).view(INSTANT),
        "offset": np.array([member.offset for member, _ in rows], np.int64).view(LENGTH),
    }


def _duties(working: list[_Promised], people: list[Member], shifts: dict[str, Shift]) -> Duties:
    order = list(shifts)
    return promise(
        list(shifts.values()),
        np.array([line.person for line in working], np.int64),
        np.array([line.date for line in working], "datetime64[D]"),
        np.array([people[line.person].offset for line in working], np.int64).view(LENGTH),
        np.array([order.index(line.shift) for line in working], np.int64),
    )


def _policy(policies: list[str], member: Member) -> int:
    if member.policy not in policies:
        raise InvalidDocument(
            f"{member.path}.policy", member.policy, f"no such policy; there are {', '.join(policies)}"
        )
    return policies.index(member.policy)
