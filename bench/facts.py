"""The bare reading of facts: every row that a page is computed from, by COPY and nothing else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from datetime import date, datetime

_DATED = "superseded_at IS NULL AND valid_from <= %(last)s AND coalesce(valid_until, 'infinity') > %(first)s"
_OF_PEOPLE = " AND person_id = ANY(%(people)s)"
_ON_DATES = "superseded_at IS NULL AND date BETWEEN %(first)s AND %(last)s"
_TARGET = "unit_id, group_id, staff_class, valid_from, valid_until"

Tables = tuple[tuple[str, str, str], ...]

# Columns, table and condition of each kind of fact that verdicts are made of.
FACTS: Tables = (
    ("person_id, unit_id, staff_class, valid_from, valid_until", "org_placement", _DATED + _OF_PEOPLE),
    ("person_id, group_id, valid_from, valid_until", "org_groupmembership", _DATED + _OF_PEOPLE),
    ("id, path, name", "org_unit", "closed_on IS NULL"),
    ("id, unit_id, zone", "org_site", "closed_on IS NULL"),
    ("date, category, unit_id", "schedules_calendarday", _ON_DATES),
    (f"{_TARGET}, person_id, shift_id", "schedules_workpattern", _DATED),
    ("shift_id, valid_from, valid_until, document::text", "schedules_shiftversion", _DATED),
    ("person_id, date, shift_id", "schedules_rosterday", _ON_DATES + _OF_PEOPLE),
    (f"{_TARGET}, enforced_from, version_id", "policies_binding", _DATED),
    (_TARGET, "policies_scope", _DATED),
    ("person_id, effect, kind, state, valid_from, valid_until", "requests_cover", _DATED + _OF_PEOPLE),
    (
        "person_id, at, channel, mark, kind, counts, reason, site_id",
        "clocking_event",
        "person_id = ANY(%(people)s) AND at BETWEEN %(begin)s AND %(end)s",
    ),
)
# What a recap shows of people beside their days.
NAMES: Tables = (
    ("id, name", "org_person", "id = ANY(%(people)s)"),
    ("person_id, kind, value", "org_identifier", _DATED + _OF_PEOPLE),
)


def copy_all(tables: Tables, given: dict[str, Any]) -> float:
    """Return the seconds that reading the rows of all tables takes, inside `acting_in`."""
    begin = time.perf_counter()
    with connection.cursor() as cursor:
        for columns, table, condition in tables:
            select = f"SELECT {columns} FROM {table} WHERE {condition}"  # noqa: S608 - the texts above
            with cursor.copy(cursor.mogrify(f"COPY ({select}) TO STDOUT (FORMAT BINARY)", given)) as copy:
                for _ in copy:
                    pass
    return time.perf_counter() - begin


def span(people: list[int], days: tuple[date, date], instants: tuple[datetime, datetime]) -> dict[str, Any]:
    """Return what the statements ask for: people, dates, and the instants between which taps lie."""
    return {"people": people, "first": days[0], "last": days[1], "begin": instants[0], "end": instants[1]}
