from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any

import holidays
from django.db.models import Q

from hadir.audit.commands import note_act
from hadir.daybook.documents import digest_of
from hadir.daybook.targets import Target, require_reach
from hadir.kernel.clock import now
from hadir.kernel.refusals import InvalidData
from hadir.org.commands.dated import require_reason, succeed
from hadir.org.queries import last_path, last_paths
from hadir.org.rights import Right
from hadir.rules import InvalidDocument, parse_shift
from hadir.schedules.models import CalendarDay, RosterDay, Shift, ShiftVersion, WorkPattern
from hadir.schedules.refusals import DayTaken, NoSuchDay

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hadir.org.models import Person, Unit
    from hadir.org.rights import Actor

NATIONAL_SOURCE = "SKB Tiga Menteri"
_TABLE = f"holidays {version_of('holidays')}"
EVERYWHERE = Target()


@dataclass(frozen=True, slots=True)
class RestDay:
    """What a date of the calendar is; `unit` None is the whole government."""

    date: date
    category: CalendarDay.Category
    name: str
    source: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One shift of a person on a date; None is a free day."""

    person_id: int
    date: date
    shift: Shift | None


def seed_calendar(years: Iterable[int], *, actor: Actor) -> int:
    """Enter the national holidays and cuti bersama of some years; return how many dates were new.

    A date that was ever entered stays as people left it, also where they removed it.
    """
    require_reach(EVERYWHERE, Right.EDIT_CALENDAR, actor)
    found = _national_days(list(years))
    known = CalendarDay.ever_recorded.filter(unit=None, date__in=[day.date for day in found])
    dates = set(known.values_list("date", flat=True))
    fresh = [day for day in found if day.date not in dates]
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day.date, category=day.category, name=day.name, source=day.source) for day in fresh
    )
    if fresh:
        last = CalendarDay.objects.get(unit=None, date=fresh[-1].date)
        entered = [day.date.isoformat() for day in fresh]
        note_act("calendar.seeded", last, actor=actor, dates=entered, table=_TABLE)
    return len(fresh)


def _national_days(years: list[int]) -> list[RestDay]:
    category = CalendarDay.Category
    found: dict[date, RestDay] = {}
    for code, kind in (("government", category.CUTI_BERSAMA), ("public", category.NATIONAL)):
        named = holidays.country_holidays("ID", years=years, categories=(code,), language="id")
        found |= {day: RestDay(day, kind, name, NATIONAL_SOURCE) for day, name in named.items()}
    return [found[day] for day in sorted(found)]


def set_calendar_day(day: RestDay, *, actor: Actor, reason: str = "") -> CalendarDay:
    """Enter a date into the calendar, or replace what stands there; a date that is over wants a reason."""
    require_reach(Target(unit=day.unit), Right.EDIT_CALENDAR, actor)
    require_reason(day.date, reason)
    CalendarDay.objects.filter(date=day.date, unit=day.unit).update(superseded_at=now())
    entered: CalendarDay = CalendarDay.objects.create(
        date=day.date, category=day.category, name=day.name, source=day.source, unit=day.unit
    )
    told = {"date": day.date.isoformat(), "category": day.category, "name": day.name, "reason": reason}
    note_act("calendar.set", entered, actor=actor, **told)
    return entered


def add_calendar_day(day: RestDay, *, actor: Actor, reason: str = "") -> CalendarDay:
    """Enter a date that the calendar does not have yet; DayTaken where it does."""
    if CalendarDay.objects.filter(date=day.date, unit=day.unit).exists():
        raise DayTaken(date=day.date.isoformat())
    return set_calendar_day(day, actor=actor, reason=reason)


def remove_calendar_day(day: CalendarDay, *, actor: Actor, reason: str = "") -> None:
    """Let a date be ordinary again; a date that is over wants a reason."""
    require_reach(Target(unit=day.unit), Right.EDIT_CALENDAR, actor)
    require_reason(day.date, reason)
    if not CalendarDay.objects.filter(pk=day.pk).update(superseded_at=now()):
        raise NoSuchDay
    note_act("calendar.removed", day, actor=actor, date=day.date.isoformat(), name=day.name, reason=reason)


def define_shift(code: str, document: dict[str, Any], *, on: date, actor: Actor, reason: str = "") -> Shift:
    """Make a shift, or give an existing one other times from a date on; InvalidData names what is wrong."""
    require_reach(EVERYWHERE, Right.EDIT_POLICIES, actor)
    require_reason(on, reason)
    try:
        parsed = parse_shift(document)
    except InvalidDocument as problem:
        raise InvalidData(problem.path, problem.value, problem.message) from problem
    shift, _ = Shift.objects.get_or_create(code=code, defaults={"name": parsed.name})
    version = ShiftVersion(shift=shift, document=document, digest=digest_of(document), valid_from=on)
    succeed(list(_later(ShiftVersion.objects.filter(shift=shift), on)), [version], on)
    note_act("shift.defined", shift, actor=actor, digest=version.digest, on=on.isoformat(), reason=reason)
    return shift


def set_pattern(shift: Shift | None, *, target: Target, on: date, actor: Actor, reason: str = "") -> WorkPattern:
    """Let those whom a target names work a shift from a date on, or by roster (None)."""
    require_reach(target, Right.EDIT_ROSTERS, actor)
    require_reason(on, reason)
    return _replace_pattern(
        WorkPattern(
            shift=shift,
            unit=target.unit,
            group=target.group,
            staff_class=target.staff_class,
            target=target.name,
            valid_from=on,
        ),
        actor=actor,
    )


def set_pattern_of_person(shift: Shift | None, *, person: Person, on: date, actor: Actor) -> WorkPattern:
    """Let one person work a shift from a date on, or by roster (None); nobody sets their own."""
    actor.require(Right.EDIT_ROSTERS, last_path(person.pk))
    actor.require_other(person.pk)
    return _replace_pattern(
        WorkPattern(shift=shift, person=person, target=f"person:{person.pk}", valid_from=on), actor=actor
    )


def _replace_pattern(pattern: WorkPattern, *, actor: Actor) -> WorkPattern:
    former = _later(WorkPattern.objects.filter(target=pattern.target), pattern.valid_from)
    succeed(list(former), [pattern], pattern.valid_from)
    told = {"target": pattern.target, "shift": pattern.shift_id, "on": pattern.valid_from.isoformat()}
    note_act("pattern.set", pattern, actor=actor, **told)
    return pattern


def _later(rows: Any, on: date) -> Any:
    return rows.filter(Q(valid_until=None) | Q(valid_until__gt=on))


def set_roster(rows: Sequence[RosterRow], *, is_published: bool, actor: Actor, reason: str = "") -> int:
    """Enter shifts and free days of people, replacing all that stood on the same person and date.

    A published roster is promised at once; one that reaches into days that are over wants a reason. Nobody sets
    their own.
    """
    if not rows:
        return 0
    people = {row.person_id for row in rows}
    for person_id, path in last_paths(people).items():
        actor.require(Right.EDIT_ROSTERS, path)
        actor.require_other(person_id)
    first, last = min(row.date for row in rows), max(row.date for row in rows)
    if is_published:
        require_reason(first, reason)
    touched = {(row.person_id, row.date) for row in rows}
    held = RosterDay.objects.filter(person_id__in=people, date__range=(first, last))
    replaced = [pk for pk, person_id, day in held.values_list("pk", "person_id", "date") if (person_id, day) in touched]
    instant = now()
    RosterDay.objects.filter(pk__in=replaced).update(superseded_at=instant)
    made = RosterDay.objects.bulk_create(
        [
            RosterDay(
                person_id=row.person_id,
                date=row.date,
                shift=row.shift,
                published_at=instant if is_published else None,
            )
            for row in rows
        ],
        batch_size=5000,
    )
    told = {"people": sorted(people), "first": first.isoformat(), "last": last.isoformat()}
    note_act("roster.set", made[0], actor=actor, **told, published=is_published, reason=reason)
    return len(made)


def publish_roster(person_ids: Sequence[int], first: date, last: date, *, actor: Actor) -> int:
    """Let the draft of some people's roster hold from `first` to `last`; return how many days it has."""
    for person_id, path in last_paths(person_ids).items():
        actor.require(Right.EDIT_ROSTERS, path)
        actor.require_other(person_id)
    drafts = RosterDay.objects.filter(person_id__in=person_ids, date__range=(first, last), published_at=None)
    sample = drafts.first()
    if sample is None:
        return 0
    count = drafts.update(published_at=now())
    told = {"people": sorted(person_ids), "first": first.isoformat(), "last": last.isoformat()}
    note_act("roster.published", sample, actor=actor, **told)
    return int(count)
