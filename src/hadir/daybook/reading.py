"""The roll read from placements and memberships: three queries, whatever the number of people and dates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection

from hadir.daybook.roll import NOWHERE, Key, Roll
from hadir.kernel.zones import Zone
from hadir.org.models import StaffClass
from hadir.tenancy.columns import DATE, INT2, INT8, fetch_columns, id_array
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from hadir.daybook.roll import Matrix
    from hadir.rules.columns import Dates, Ints
    from hadir.tenancy.columns import Columns

CLASSES = tuple(StaffClass.values)

_PLACEMENTS = """
SELECT person_id, unit_id, array_position(%s::text[], staff_class::text)::int2, valid_from,
    coalesce(valid_until, 'infinity')
FROM org_placement WHERE government_id = %s AND superseded_at IS NULL AND person_id = ANY(%s)
    AND valid_from <= %s AND coalesce(valid_until, 'infinity') > %s
"""
_MEMBERSHIPS = """
SELECT person_id, group_id, valid_from, coalesce(valid_until, 'infinity')
FROM org_groupmembership WHERE government_id = %s AND superseded_at IS NULL AND person_id = ANY(%s)
    AND valid_from <= %s AND coalesce(valid_until, 'infinity') > %s
"""
_UNITS = """
SELECT government.zone, unit.id, unit.path, site.unit_id, site.id, site.zone
FROM tenancy_government government
LEFT JOIN org_unit unit ON unit.government_id = government.id AND unit.id = ANY(%s)
LEFT JOIN org_site site ON site.government_id = government.id AND coalesce(site.closed_on, 'infinity') > %s
    AND site.unit_id = ANY(string_to_array(trim(both '/' from unit.path), '/')::bigint[])
WHERE government.id = %s ORDER BY unit.id, site.id
"""


def read_roll(people: Ints, dates: Dates) -> Roll:
    """Where everybody belongs on every date, with zone and groups."""
    span = (dates[-1].item(), dates[0].item())
    government = government_id()
    ids = id_array(people)
    placed = fetch_columns(
        _PLACEMENTS,
        [list(CLASSES), government, ids, *span],
        {"person": INT8, "unit": INT8, "class": INT2, "from": DATE, "until": DATE},
    )
    joined = fetch_columns(
        _MEMBERSHIPS, [government, ids, *span], {"person": INT8, "group": INT8, "from": DATE, "until": DATE}
    )
    combined = placed["unit"] * len(CLASSES) + placed["class"] - 1
    distinct, which = np.unique(combined, return_inverse=True)
    units, classes = np.divmod(distinct, len(CLASSES))
    zone, offices = _read_offices(np.unique(units), dates)
    keys = [
        Key(unit, offices[unit].path, CLASSES[number], (), offices[unit].sites, offices[unit].zone)
        for unit, number in zip(units.tolist(), classes.tolist(), strict=True)
    ]
    order = np.argsort(people, kind="stable")
    table = np.full((len(people), len(dates)), NOWHERE)
    fill_spans(table, (order[np.searchsorted(people, placed["person"], sorter=order)], placed, dates), which)
    if len(joined["person"]):
        number = order[np.searchsorted(people, joined["person"], sorter=order)]
        _divide_by_groups(keys, table, (number, joined, dates))
    return Roll(people, dates, tuple(keys), table, zone)


def fill_spans(table: Matrix, spans: tuple[Ints, Columns, Dates], values: Ints) -> None:
    """Write a value into a person's columns from `from` to before `until`, for many spans at once."""
    number, held, dates = spans
    low = np.clip((held["from"] - dates[0]).view(np.int64), 0, len(dates))
    high = np.clip((held["until"] - dates[0]).view(np.int64), low, len(dates))
    length = high - low
    begins = np.cumsum(length) - length
    cells = np.repeat(number * len(dates) + low - begins, length) + np.arange(int(length.sum()))
    table.reshape(-1)[cells] = np.repeat(values, length)


@dataclass(frozen=True, slots=True)
class _Office:
    """A unit with the sites of the nearest unit upwards that has any."""

    path: tuple[int, ...]
    sites: tuple[int, ...]
    zone: Zone


def _read_offices(units: Ints, dates: Dates) -> tuple[Zone, dict[int, _Office]]:
    """Zone of the government, and the office of each unit."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, [units.tolist(), dates[0].item(), government_id()])
        rows = cursor.fetchall()
    seat = Zone[rows[0][0]]
    paths: dict[int, tuple[int, ...]] = {}
    sites: dict[int, dict[int, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for _, unit, path, owner, site, zone in rows:
        if unit is not None:
            paths[unit] = tuple(int(part) for part in path.strip("/").split("/"))
        if site is not None:
            sites[unit][owner].append((site, zone))
    found = {}
    for unit, path in paths.items():
        near = next((sites[unit][each] for each in reversed(path) if each in sites[unit]), [])
        found[unit] = _Office(path, tuple(site for site, _ in near), Zone[near[0][1]] if near else seat)
    return seat, found


def _divide_by_groups(keys: list[Key], table: Matrix, spans: tuple[Ints, Columns, Dates]) -> None:
    """Give cells of people in groups keys of their own, one for each set of groups."""
    number, joined, dates = spans
    order = np.lexsort((joined["group"], number))
    number = number[order]
    joined = {name: column[order] for name, column in joined.items()}
    groups, which = np.unique(joined["group"], return_inverse=True)
    layer = np.arange(len(number)) - np.searchsorted(number, number)
    members = np.unique(number)
    code = table[members].copy()
    for each in range(int(layer.max()) + 1):
        here = layer == each
        part = np.zeros_like(code)
        held = {name: column[here] for name, column in joined.items()}
        fill_spans(part, (np.searchsorted(members, number[here]), held, dates), which[here] + 1)
        code = np.where(table[members] >= 0, code * (len(groups) + 1) + part, NOWHERE)
    base = (len(groups) + 1) ** (int(layer.max()) + 1)
    distinct, inverse = np.unique(code, return_inverse=True)
    renamed = np.array([_grouped(keys, int(each), base, groups) for each in distinct])
    table[members] = renamed[inverse].reshape(code.shape)


def _grouped(keys: list[Key], code: int, base: int, groups: Ints) -> int:
    """The number of the key that a code of key and groups stands for; a new one where it names groups."""
    if code < 0:
        return NOWHERE
    key, rest = divmod(code, base)
    named = set()
    while rest:
        rest, group = divmod(rest, len(groups) + 1)
        named |= {int(groups[group - 1])} if group else set()
    if not named:
        return key
    plain = keys[key]
    keys.append(Key(plain.unit, plain.path, plain.staff_class, tuple(sorted(named)), plain.sites, plain.zone))
    return len(keys) - 1
