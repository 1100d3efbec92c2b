"""The facts of a judge document: people, taps, covers and outages become columns."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from hadir.rules.catalogue import shelf
from hadir.rules.codes import DayKind, Effect, Mark
from hadir.rules.columns import INSTANT, Covers, Instants, Outages, Taps
from hadir.rules.meeting import EVERYBODY
from hadir.rules.parsing import Section, day, flag, items, one_of, text
from hadir.rules.problems import InvalidDocument

ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
KINDS = {kind.name.lower(): kind for kind in DayKind}
EFFECTS = {effect.name.lower(): effect for effect in Effect}
MARKS = {mark.name.lower(): mark for mark in Mark}
OFF = "off"
HOUR = 3600
LONGEST_SPAN = timedelta(days=3660)


@dataclass(frozen=True)
class Member:
    """One person of a document and what was promised by default."""

    name: str
    path: str
    offset: int
    """Seconds of local time minus UTC."""
    policy: str
    shift: str
    """Empty: only what the roster says."""
    first: date
    last: date
    in_scope_from: date
    roster: dict[date, str]
    known_until: int
    explain_until: dict[date, int]


def instant(path: str, value: object, offset: int) -> int:
    """An instant such as "2026-08-03T07:47:00+07:00", in seconds; without an offset it is local time."""
    try:
        found = datetime.fromisoformat(text(path, value))
    except ValueError:
        raise InvalidDocument(path, value, 'an instant is wanted, such as "2026-08-03T07:47:00+07:00"') from None
    shift = offset if found.tzinfo is None else 0
    plain = found.replace(tzinfo=None) - (found.utcoffset() or timedelta())
    return int(np.datetime64(plain, "s").astype(np.int64)) - shift


def absolute(path: str, value: object) -> int:
    """An instant that must name its offset from UTC."""
    if isinstance(value, str) and "T" in value and not value.endswith("Z") and "+" not in value:
        raise InvalidDocument(path, value, "an instant with its offset from UTC is wanted")
    return instant(path, value, 0)


def take_member(table: Section, known_until: int) -> Member:
    """Read one person."""
    offset = table.take("zone", one_of(ZONES)) * HOUR
    first, last = table.take("from", day), table.take("to", day)
    if not first <= last <= first + LONGEST_SPAN:
        raise InvalidDocument(table.at("to"), last.isoformat(), "lies before the first date, or ten years after it")
    member = Member(
        name=table.take("id", text),
        path=table.path,
        offset=offset,
        policy=table.take("policy", text),
        shift=table.take("shift", text, ""),
        first=first,
        last=last,
        in_scope_from=table.take("in_scope_from", day, first),
        roster={key: text(path, value) for key, path, value in _dated(table.section("roster"))},
        known_until=table.take("known_until", absolute, known_until),
        explain_until={key: absolute(path, value) for key, path, value in _dated(table.section("explain_until"))},
    )
    table.finish()
    return member


def take_calendar(section: Section) -> dict[date, DayKind]:
    """Read the kinds of dates that are not ordinary."""
    return {key: one_of(KINDS)(path, value) for key, path, value in _dated(section)}


def _dated(section: Section) -> list[tuple[date, str, object]]:
    """Every value of a table whose names are dates, with its path."""
    names = section.names
    return [(day(section.at(name), name), section.at(name), section.take(name, _as_it_is)) for name in names]


def _as_it_is(path: str, value: object) -> object:
    del path
    return value


def take_taps(tables: list[Section], people: dict[str, Member]) -> Taps:
    """Read the taps, in the order of the document."""
    rows = [_take_tap(table, people) for table in tables]
    columns = list(zip(*rows, strict=True)) or [()] * 6
    return Taps(
        person=np.array(columns[0], np.int64),
        at=_instants(columns[1]),
        identity=np.array(columns[1], np.int64),
        channel=np.zeros(len(rows), np.int8),
        mark=np.array(columns[2], np.int8),
        counts=np.array(columns[3], np.bool_),
        outside=np.array(columns[4], np.bool_),
        attempted=np.array(columns[5], np.bool_),
    )


def _take_tap(table: Section, people: dict[str, Member]) -> tuple[int, int, Mark, bool, bool, bool]:
    number, member = _person(table, people)
    at = instant(table.at("at"), table.take("at", text), member.offset)
    mark = table.take("mark", one_of(MARKS), Mark.UNMARKED)
    outside = table.take("outside", flag, False)
    counts = table.take("counts", flag, not outside)
    attempted = table.take("attempted", flag, False)
    table.finish()
    return number, at, mark, counts, outside, attempted


def _person(table: Section, people: dict[str, Member]) -> tuple[int, Member]:
    name = table.take("person", one_of({name: name for name in people}))
    return list(people).index(name), people[name]


def take_covers(tables: list[Section], people: dict[str, Member]) -> Covers:
    """Read the covers, in the order of the document."""
    rows = [_take_cover(table, people) for table in tables]
    kinds = sorted({row[4] for row in rows})
    return Covers(
        person=np.array([row[0] for row in rows], np.int64),
        start=_instants(tuple(row[1] for row in rows)),
        end=_instants(tuple(row[2] for row in rows)),
        effect=np.array([row[3] for row in rows], np.int8),
        kind=np.array([kinds.index(row[4]) for row in rows], np.int64),
        decided=np.array([row[5] for row in rows], np.bool_),
        kinds=tuple(kinds),
    )


def _take_cover(table: Section, people: dict[str, Member]) -> tuple[int, int, int, Effect, str, bool]:
    number, member = _person(table, people)
    kind = table.take("kind", text)
    shipped = shelf("kinds").get(kind)
    effect = table.take("effect", one_of(EFFECTS)) if shipped is None else EFFECTS[shipped["effect"]]
    start = _edge(table, "from", member.offset, 0)
    end = _edge(table, "to", member.offset, 1)
    if end <= start:
        raise InvalidDocument(table.at("to"), None, "ends before it begins")
    decided = table.take("decided", flag, True)
    table.finish()
    return number, start, end, effect, kind, decided


def _edge(table: Section, name: str, offset: int, added: int) -> int:
    """An instant, or local midnight of a date (of the next date for an end)."""
    value = table.take(name, text)
    if "T" in value:
        return instant(table.at(name), value, offset)
    midnight = np.datetime64(day(table.at(name), value) + timedelta(days=added), "s")
    return int(midnight.astype(np.int64)) - offset


def take_outages(tables: list[Section], people: dict[str, Member]) -> tuple[Outages, list[int]]:
    """Read the outages: one row per person hit, and the number in the document of each row."""
    rows: list[tuple[int, int, int]] = []
    numbers: list[int] = []
    names = {name: number for number, name in enumerate(people)}
    for number, table in enumerate(tables):
        start, end = table.take("from", absolute), table.take("to", absolute)
        if end < start:
            raise InvalidDocument(table.at("to"), end, "ends before it begins")
        hit = [EVERYBODY]
        if table.has("people"):
            read = one_of(names)
            hit = [read(path, name) for path, name in items(table.at("people"), table.take("people", _as_it_is))]
        table.finish()
        rows += [(person, start, end) for person in hit]
        numbers += [number] * len(hit)
    columns = list(zip(*rows, strict=True)) or [()] * 3
    return Outages(np.array(columns[0], np.int64), _instants(columns[1]), _instants(columns[2])), numbers


def _instants(values: tuple[int, ...]) -> Instants:
    return np.array(values, np.int64).view(INSTANT)
