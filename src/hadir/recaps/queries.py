from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hadir.daybook.ledger import read_ledgers
from hadir.org.models import GroupMembership, Identifier, Placement, StaffClass
from hadir.org.queries import identifiers_of
from hadir.recaps.codes import NO_DUTY, code_matrix
from hadir.recaps.month import COUNTED, TOTALS, Line, Month

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


def lines_of(unit: Unit, first: date, chosen: Chosen = EVERYBODY) -> list[Line]:
    """Everybody who belonged last in a month to this unit or one below it, by name.

    Ask for the right to the unit first.
    """
    last = last_day(first)
    here = Placement.objects.during(first, last).filter(unit__path__startswith=unit.path).values("person_id")
    # Somebody who moved on within the month belongs to the recap of the later unit.
    rows = Placement.objects.during(first, last).filter(person_id__in=here)
    latest = rows.order_by("person_id", "-valid_from").distinct("person_id").values_list(*_COLUMNS)
    kept = [row for row in latest if row[-1].startswith(unit.path)]
    if chosen.staff_class:
        kept = [row for row in kept if row[3] == chosen.staff_class]
    if chosen.group_id is not None:
        members = GroupMembership.objects.during(first, last).filter(group_id=chosen.group_id)
        group = set(members.values_list("person_id", flat=True))
        kept = [row for row in kept if row[0] in group]
    classes = dict(StaffClass.choices)
    lines = (Line(row[0], row[1], "", row[2], str(classes[row[3]]), row[4]) for row in kept)
    return sorted(lines, key=lambda line: (line.name, line.person_id))


_COLUMNS = ("person_id", "person__name", "rank", "staff_class", "unit__name", "unit__path")


def numbered(lines: Sequence[Line], first: date) -> list[Line]:
    """The lines with the number by which each person was known in public service at the end of a month."""
    named = identifiers_of([line.person_id for line in lines], last_day(first))
    return [replace(line, number=_number(named[line.person_id])) for line in lines]


def _number(kinds: dict[str, str]) -> str:
    return kinds.get(Identifier.Kind.NIP) or kinds.get(Identifier.Kind.NI_PPPK, "")


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
