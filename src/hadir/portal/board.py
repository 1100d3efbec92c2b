"""The live board: a unit's people as numbers, its units as rows, and the names behind the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from hadir.daybook.cells import Cell
from hadir.daybook.ledger import read_ledger
from hadir.org.models import Placement, Unit
from hadir.org.queries import accessible_unit
from hadir.org.rights import NotAllowed, Right
from hadir.platform.formats import rate_text
from hadir.platform.templatetags.hadir import bar
from hadir.portal.dayview import Judged, sentences_of
from hadir.portal.tally import WHOLE, Standing, Tally
from hadir.recaps.codes import code_matrix
from hadir.tenancy.columns import INT8, fetch_columns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hadir.daybook.ledger import Ledger
    from hadir.org.rights import Actor
    from hadir.rules.columns import Bools, Ints


@dataclass(frozen=True)
class Place:
    """A part of the tree: its unit, or several where somebody sees several, with everything below them."""

    unit: Unit | None
    units: tuple[Unit, ...]
    """Every open unit of the part, parents before children."""

    @property
    def rows(self) -> tuple[Unit, ...]:
        """Return the units that the board compares: those right below, or the several roots themselves."""
        rows = [each for each in self.units if self._is_row(each)]
        return tuple(sorted(rows, key=lambda each: each.code))

    def row_of_unit(self) -> dict[int, int]:
        """Return the row in which each unit's people are counted; -1 for those of the unit itself."""
        rows = {each.path: place for place, each in enumerate(self.rows)}
        return {
            each.pk: next((row for path, row in rows.items() if each.path.startswith(path)), -1) for each in self.units
        }

    def _is_row(self, unit: Unit) -> bool:
        if self.unit:
            return unit.parent_id == self.unit.pk
        return not any(other.pk == unit.parent_id for other in self.units)


@dataclass(frozen=True)
class Board:
    """A place as it stands now."""

    place: Place
    people: Ints
    row: Ints
    """Per person: which of the place's rows, -1: of the unit itself."""
    ledger: Ledger

    @property
    def tally(self) -> Tally:
        """Return the numbers of everybody here."""
        return Tally(Standing.of(self.ledger))


@dataclass(frozen=True, slots=True)
class Name:
    """One person on the board."""

    name: str
    post: str
    url: str
    state: str
    word: str
    letters: str
    came: str
    left: str
    sentence: str


def place_seen(actor: Actor, unit_id: int | None) -> Place:
    """The unit asked for, or all that the actor may watch; NotAllowed for who may watch nothing, NotFound outside."""
    unit = accessible_unit(unit_id, actor=actor, right=Right.SEE_BOARD) if unit_id else None
    if unit is None and not actor.may_anywhere(Right.SEE_BOARD):
        raise NotAllowed
    below = (
        Unit.objects.filter(path__startswith=unit.path)
        if unit
        else Unit.objects.filter(actor.within(Right.SEE_BOARD, "path"))
    )
    units = tuple(below.filter(closed_on=None).order_by("path"))
    roots = [each for each in units if each.parent_id not in {other.pk for other in units}]
    return Place(unit or (roots[0] if len(roots) == 1 else None), units)


def board_of(place: Place, on: date, *, known_until: datetime) -> Board:
    """Everybody of a place on a date, as far as it is known; the queries do not grow with the people."""
    placed = _placements(place, on)
    row_of = place.row_of_unit()
    row = np.array([row_of[unit] for unit in placed["unit"].tolist()], np.int64)
    ledger = read_ledger(placed["person"], on, on, known_until=known_until)
    return Board(place, placed["person"], row, ledger)


def unit_rows(board: Board, *, lowest: int = 0) -> SafeString:
    """The rows of the table of units, ready to be shown; only so many of the lowest rates, where a number is given."""
    standing, number = Standing.of(board.ledger), len(board.place.rows)
    cells, due = standing.cells, standing.due
    columns = [
        _count(board, number, standing.in_scope),
        _count(board, number, due),
        _count(board, number, due & standing.present),
        _count(board, number, cells == Cell.LATE),
        _count(board, number, cells == Cell.AWAY),
        _count(board, number, cells == Cell.ABSENT),
    ]
    numbers = np.column_stack(columns).tolist() if number else []
    rows = list(zip(board.place.rows, numbers, strict=True))
    if lowest:
        rows = sorted((row for row in rows if row[1][0]), key=lambda row: _rate(row[1]))[:lowest]
    return mark_safe("".join(_unit_row(unit, counts) for unit, counts in rows))  # noqa: S308 - made by format_html


def names_of(board: Board, wanted: Bools | None = None) -> list[Name]:
    """The people of the unit itself, or those wanted, by name."""
    chosen = np.flatnonzero(board.row < 0 if wanted is None else wanted)
    people = board.people[chosen].tolist()
    placed = Placement.objects.on(board.ledger.dates[-1].astype(object)).filter(person_id__in=people)
    rows = placed.order_by("person__name", "person_id").values_list("person_id", "person__name", "post")
    return name_rows(board.ledger, list(rows))


def name_rows(ledger: Ledger, people: Sequence[tuple[int, str, str]]) -> list[Name]:
    """These people, each as id, name and post, as the last date of a ledger that holds them judges them."""
    places, table = code_matrix(ledger)
    came, left = (_times(ledger, instants) for instants in (ledger.came(), ledger.left()))
    order = {person: number for number, person in enumerate(ledger.people.tolist())}
    day = ledger.dates[-1].astype(object)
    names = []
    for person_id, name, post in people:
        number = order[person_id]
        shown = ledger.day(int(ledger.row[number, -1]))
        judged = Judged(shown, table[places[number, -1]], sentences_of(ledger, shown))
        url = reverse("portal:day", args=[person_id, day])
        told = (judged.state, judged.word, judged.letters, came[number], left[number], judged.verdict)
        names.append(Name(name, post, url, *told))
    return names


def _times(ledger: Ledger, instants: np.ndarray) -> list[str]:
    local = ledger.local(instants)[:, -1]
    return [f"{each:%H.%M}" if each else "" for each in local.astype("datetime64[s]").astype(object)]


def _placements(place: Place, on: date) -> dict[str, Ints]:
    """Person and unit of everybody who belongs to a place on a date, each person once."""
    ids = [unit.pk for unit in place.units]
    return fetch_columns(_PLACED, [ids, on, on], {"person": INT8, "unit": INT8})


_PLACED = """
SELECT DISTINCT ON (person_id) person_id, unit_id FROM org_placement
WHERE unit_id = ANY(%s) AND superseded_at IS NULL AND valid_from <= %s AND (valid_until IS NULL OR valid_until > %s)
"""


def _count(board: Board, rows: int, people: Bools) -> Ints:
    return np.bincount(board.row[people & (board.row >= 0)], minlength=rows)


def _unit_row(unit: Unit, numbers: list[int]) -> SafeString:
    in_scope, due, present, late, away, absent = numbers
    rate = _rate(numbers)
    return format_html(
        '<tr><th scope="row"><a href="{}">{}</a>{}</th>{}<td data-value="{}"><span class="small">{}</span>{}</td></tr>',
        reverse("portal:unit", args=[unit.pk]),
        unit.name,
        "" if in_scope else format_html("<small>{}</small>", gettext("Not joined yet")),
        _cells([in_scope, due, present, late, away, absent]),
        rate,
        rate_text(rate) if due else "\N{EN DASH}",
        bar(present, due, "present"),
    )


def _rate(numbers: list[int]) -> int:
    """Hundredths of a percent of those due now; where nobody is, more than everybody."""
    _, due, present, *_ = numbers
    return WHOLE * present // due if due else WHOLE + 1


def _cells(numbers: list[int]) -> SafeString:
    return mark_safe("".join(f'<td class="number">{number}</td>' for number in numbers))  # noqa: S308 - numbers only
