"""The live board: a unit's people as numbers, its units as rows, and the names behind the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
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


YESTERDAY = timedelta(days=1)
"""From today back to the date of a night that may still run."""


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

    @cached_property
    def standing(self) -> Standing:
        """How everybody here stands now."""
        return Standing.of(self.ledger)

    @property
    def tally(self) -> Tally:
        """Return the numbers of everybody here."""
        return Tally(self.standing)


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """How many people of a unit and of everything below it are where."""

    unit: Unit
    in_scope: int
    on_duty: int
    due: int
    present: int
    late: int
    away: int
    absent: int

    @property
    def name(self) -> str:
        """Return what the unit is called."""
        return self.unit.name

    @property
    def url(self) -> str:
        """Return the address of its own board."""
        return reverse("portal:unit", args=[self.unit.pk])

    @property
    def rate(self) -> int:
        """Return hundredths of a percent of those due now; where nobody is, more than everybody."""
        return WHOLE * self.present // self.due if self.due else WHOLE + 1

    @property
    def rate_text(self) -> str:
        """Return the rate as a page shows it."""
        return rate_text(self.rate) if self.due else "\N{EN DASH}"


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
    """Everybody of a place on a date, as far as it is known, nights of the day before among them.

    The queries do not grow with the people.
    """
    placed = _placements(place, on)
    row_of = place.row_of_unit()
    row = np.array([row_of[unit] for unit in placed["unit"].tolist()], np.int64)
    ledger = read_ledger(placed["person"], on - YESTERDAY, on, known_until=known_until)
    return Board(place, placed["person"], row, ledger)


def unit_counts(board: Board) -> list[UnitCounts]:
    """The numbers of each row of a place, by code."""
    standing, number = board.standing, len(board.place.rows)
    cells, due = standing.cells, standing.due
    columns = [
        _count(board, number, standing.in_scope),
        _count(board, number, standing.on_duty),
        _count(board, number, due),
        _count(board, number, due & standing.present),
        _count(board, number, cells == Cell.LATE),
        _count(board, number, cells == Cell.AWAY),
        _count(board, number, cells == Cell.ABSENT),
    ]
    numbers = np.column_stack(columns).tolist() if number else []
    return [UnitCounts(unit, *counts) for unit, counts in zip(board.place.rows, numbers, strict=True)]


def unit_rows(units: Sequence[UnitCounts]) -> SafeString:
    """The rows of the table of units that have joined, ready to be shown."""
    return mark_safe("".join(_unit_row(each) for each in units if each.in_scope))  # noqa: S308 - made by format_html


def lagging(units: Sequence[UnitCounts], most: int) -> list[UnitCounts]:
    """The units whose rates are the lowest, of those in which somebody must be there now."""
    return sorted((each for each in units if each.due), key=lambda each: each.rate)[:most]


def names_of(board: Board, wanted: Bools | None = None) -> list[Name]:
    """The people of the unit itself, or those wanted, by name."""
    chosen = np.flatnonzero(board.row < 0 if wanted is None else wanted)
    people = board.people[chosen].tolist()
    placed = Placement.objects.on(board.ledger.dates[-1].astype(object)).filter(person_id__in=people)
    rows = placed.order_by("person__name", "person_id").values_list("person_id", "person__name", "post")
    return name_rows(board.ledger, list(rows))


def name_rows(ledger: Ledger, people: Sequence[tuple[int, str, str]]) -> list[Name]:
    """These people, each as id, name and post, as a ledger that holds them judges them now."""
    places, table = code_matrix(ledger)
    places = ledger.currently(places)
    came, left = (_times(ledger, instants) for instants in (ledger.came(), ledger.left()))
    dates, rows = ledger.dates[ledger.current].tolist(), ledger.currently(ledger.row).tolist()
    order = {person: number for number, person in enumerate(ledger.people.tolist())}
    names = []
    for person_id, name, post in people:
        number = order[person_id]
        shown = ledger.day(rows[number])
        judged = Judged(shown, table[places[number]], sentences_of(ledger, shown))
        url = reverse("portal:day", args=[person_id, dates[number]])
        told = (judged.state, judged.word, judged.letters, came[number], left[number], judged.verdict)
        names.append(Name(name, post, url, *told))
    return names


def _times(ledger: Ledger, instants: np.ndarray) -> list[str]:
    local = ledger.currently(ledger.local(instants))
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


def _unit_row(unit: UnitCounts) -> SafeString:
    return format_html(
        '<tr><th scope="row"><a href="{}">{}</a>{}</th>{}<td data-value="{}"><span class="small">{}</span>{}</td></tr>',
        unit.url,
        unit.name,
        "" if unit.on_duty else format_html("<small>{}</small>", gettext("Off duty")),
        _cells([unit.in_scope, unit.due, unit.present, unit.late, unit.away, unit.absent]),
        unit.rate,
        unit.rate_text,
        bar(unit.present, unit.due, "present"),
    )


def _cells(numbers: list[int]) -> SafeString:
    return mark_safe("".join(f'<td class="number">{number}</td>' for number in numbers))  # noqa: S308 - numbers only
