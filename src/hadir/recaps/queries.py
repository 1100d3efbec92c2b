from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection

from hadir.daybook.ledger import read_ledgers
from hadir.org.models import Appointment, Identifier, Role, StaffClass
from hadir.org.queries import identifiers_of, placement_on
from hadir.recaps.codes import NO_DUTY, code_matrix
from hadir.recaps.month import COUNTED, TOTALS, Line, Month
from hadir.recaps.order import seniority
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from hadir.daybook.ledger import Ledger
    from hadir.org.models import Unit
    from hadir.recaps.codes import Code
    from hadir.rules.columns import Ints


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who of a unit's subtree is wanted; an empty text and a missing group mean everybody."""

    staff_class: str = ""
    group_id: int | None = None


EVERYBODY = Chosen()


def last_day(first: date) -> date:
    """The last date of the month that begins on `first`."""
    return first.replace(day=monthrange(first.year, first.month)[1])


_PARTS = """
SELECT false, unit.id, unit.name, unit.path FROM org_unit unit
WHERE unit.government_id = %(government)s AND unit.path LIKE %(below)s AND unit.id <> %(unit)s
UNION ALL
SELECT true, held.id, held.name, held.name FROM org_group held
JOIN org_unit unit ON unit.government_id = held.government_id AND unit.id = held.unit_id
WHERE held.government_id = %(government)s AND unit.path LIKE %(below)s
ORDER BY 1, 4
"""
_LINES = """
SELECT placed.person_id, person.name, placed.rank, placed.staff_class, unit.name, EXISTS (
    SELECT FROM org_appointment head WHERE head.government_id = placed.government_id
        AND head.person_id = placed.person_id AND head.unit_id = %(unit)s AND head.role = %(head)s
        AND head.superseded_at IS NULL AND head.valid_from <= %(last)s
        AND coalesce(head.valid_until, 'infinity') > %(last)s)
FROM org_placement placed
JOIN org_unit unit ON unit.government_id = placed.government_id AND unit.id = placed.unit_id
JOIN org_person person ON person.government_id = placed.government_id AND person.id = placed.person_id
WHERE placed.government_id = %(government)s AND placed.superseded_at IS NULL AND unit.path LIKE %(below)s
    AND placed.valid_from <= %(last)s AND coalesce(placed.valid_until, 'infinity') > %(first)s
    AND (%(class)s = '' OR placed.staff_class = %(class)s)
    AND (%(group)s::bigint IS NULL OR EXISTS (
        SELECT FROM org_groupmembership joined WHERE joined.government_id = placed.government_id
            AND joined.person_id = placed.person_id AND joined.group_id = %(group)s AND joined.superseded_at IS NULL
            AND joined.valid_from <= %(last)s AND coalesce(joined.valid_until, 'infinity') > %(first)s))
    AND NOT EXISTS (
        SELECT FROM org_placement later WHERE later.government_id = placed.government_id
            AND later.person_id = placed.person_id AND later.superseded_at IS NULL
            AND later.valid_from > placed.valid_from AND later.valid_from <= %(last)s)
"""


def parts_of(unit: Unit) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Id and name of the units below this one, parents first, and of the groups in all of them, by name; one query."""
    given: dict[str, int | str] = {"government": government_id(), "unit": unit.pk, "below": f"{unit.path}%"}
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, given)
        rows = cursor.fetchall()
    units = [(pk, name) for is_group, pk, name, _ in rows if not is_group]
    return units, [(pk, name) for is_group, pk, name, _ in rows if is_group]


def lines_of(unit: Unit, first: date, chosen: Chosen = EVERYBODY) -> list[Line]:
    """Everybody who belonged last in a month to this unit or one below it, in the order of the office.

    The head of the unit comes first, then everybody by class and rank, then by name. Somebody who moved on within
    the month belongs to the recap of the later unit. Ask for the right to the unit first.
    """
    given: dict[str, int | str | date | None] = {
        "government": government_id(),
        "unit": unit.pk,
        "head": Role.HEAD.value,
        "below": f"{unit.path}%",
        "first": first,
        "last": last_day(first),
        "class": chosen.staff_class,
        "group": chosen.group_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LINES, given)
        rows = cursor.fetchall()
    rows.sort(key=lambda row: (not row[5], seniority(row[3], row[2]), row[1], row[0]))
    classes = {value: str(word) for value, word in StaffClass.choices}
    return [Line(person, name, "", rank, classes[kind], office) for person, name, rank, kind, office, _ in rows]


def numbered(lines: Sequence[Line], first: date) -> list[Line]:
    """The lines with the number by which each person was known in public service at the end of a month."""
    named = identifiers_of([line.person_id for line in lines], last_day(first))
    return [replace(line, number=_number(named[line.person_id])) for line in lines]


def _number(kinds: dict[str, str]) -> str:
    return kinds.get(Identifier.Kind.NIP) or kinds.get(Identifier.Kind.NI_PPPK, "")


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for a unit: its head by appointment; empty texts where the unit has none, or something is unknown."""

    name: str = ""
    rank: str = ""
    number: str = ""
    post: str = ""


def signatory_of(unit: Unit, on: date) -> Signatory:
    """The head of a unit on a date, the one appointed last where there are several."""
    appointed = Appointment.objects.on(on).filter(unit_id=unit.pk, role=Role.HEAD)
    head = appointed.select_related("person").order_by("-valid_from", "-pk").first()
    if head is None:
        return Signatory()
    placed = placement_on(head.person_id, on)
    number = _number(identifiers_of([head.person_id], on)[head.person_id])
    return Signatory(head.person.name, placed.rank if placed else "", number, placed.post if placed else "")


def month_of(lines: Sequence[Line], first: date, *, known_until: datetime, until: date) -> Month:
    """The month of these people as it is known now; dates after `until` are blank.

    The number of queries depends on the number of people only by tens of thousands.
    """
    last = last_day(first)
    cells = np.full((len(lines), last.day), NO_DUTY)
    totals = np.zeros((len(lines), len(TOTALS)), np.int64)
    table: tuple[Code, ...] = ()
    begin = 0
    for ledger in _ledgers(lines, first, min(last, until), known_until):
        places, own_table = code_matrix(ledger)
        table, places = _joined(table, own_table, places)
        end = begin + len(ledger.people)
        cells[begin:end, : places.shape[1]] = places
        totals[begin:end] = _totals(ledger)
        begin = end
    return Month(first, last, tuple(lines), table, cells, totals)


def _ledgers(lines: Sequence[Line], first: date, last: date, known_until: datetime) -> Iterator[Ledger]:
    people = [line.person_id for line in lines]
    return read_ledgers(people, first, last, known_until=known_until) if people and first <= last else iter(())


def _joined(table: tuple[Code, ...], other: tuple[Code, ...], places: Ints) -> tuple[tuple[Code, ...], Ints]:
    """One table for two chunks of people, and the places of the second one in it."""
    order = {code: place for place, code in enumerate(table)}
    for code in other:
        order.setdefault(code, len(order))
    return tuple(order), np.array([order[code] for code in other])[places]


def _totals(ledger: Ledger) -> Ints:
    totals = ledger.totals
    days = [totals.cells[:, list(cells)].sum(axis=1) for cells in COUNTED]
    return np.column_stack([*days, totals.late, totals.early, totals.deduction])
