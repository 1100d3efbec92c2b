"""The drafts of a sheet against what is on record: who is new, who changes in what, and every cell that is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hadir.org import numbers
from hadir.org.importing.drafts import draft_of
from hadir.org.importing.fields import Field
from hadir.org.importing.records import folded
from hadir.org.importing.troubles import Problem, Trouble
from hadir.org.models import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hadir.org.importing.drafts import Draft
    from hadir.org.importing.records import Records
    from hadir.org.importing.sheet import Sheet
    from hadir.org.models import Unit

_NUMBERS = (Identifier.Kind.NIP, Identifier.Kind.NI_PPPK)


@dataclass(slots=True)
class Line:
    """A row of the plan: the person on record whom it means, if any, and what of them changes."""

    draft: Draft
    person_id: int | None = None
    unit: Unit | None = None
    superior_id: int | None = None
    superior_row: int | None = None
    has_superior: bool = False
    photo: str = ""
    changes: set[Field] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What the sheet calls this person."""
        return self.draft.text(Field.NAME)

    @property
    def is_new(self) -> bool:
        """Whether nobody on record is meant."""
        return self.person_id is None


@dataclass(frozen=True, slots=True)
class Plan:
    """What confirming a sheet would do. Nothing may be done while `faults` is not empty."""

    lines: list[Line]
    faults: list[Problem]
    warnings: list[Problem]

    @property
    def new(self) -> list[Line]:
        """Who is added."""
        return [line for line in self.lines if line.is_new]

    @property
    def changed(self) -> list[Line]:
        """Who is on record otherwise."""
        return [line for line in self.lines if not line.is_new and line.changes]

    @property
    def unchanged(self) -> int:
        """How many rows say what is on record already."""
        return len(self.lines) - len(self.new) - len(self.changed)


def plan_of(sheet: Sheet, known: Records, photos: Mapping[str, str]) -> Plan:
    """Plan a sheet. `photos` has the stored key of each photo by its file name, empty where it is none."""
    if any(problem.trouble is Trouble.NO_COLUMN for problem in sheet.problems):
        return Plan([], list(sheet.problems), [])
    lines = [Line(draft_of(row)) for row in sheet.rows]
    for line in lines:
        _find_unit(line, known)
        _find_person(line, known)
        _find_photo(line, photos)
    _refuse_doubles(lines)
    _find_superiors(lines, known)
    _refuse_loops(lines, known)
    for line in lines:
        _compare(line, known)
    found = [*sheet.problems, *(each for line in lines for each in line.draft.named_problems(sheet.columns))]
    faults = [problem for problem in found if not problem.trouble.is_warning]
    return Plan(lines, faults, [problem for problem in found if problem.trouble.is_warning])


def _find_unit(line: Line, known: Records) -> None:
    text = line.draft.text(Field.UNIT)
    units = known.units.get(folded(text), [])
    mine = [unit for unit in units if known.may_edit_unit(unit)]
    if not text:
        return
    if len(mine) == 1:
        line.unit = mine[0]
    elif mine:
        line.draft.fail(Field.UNIT, Trouble.TWO_UNITS)
    else:
        line.draft.fail(Field.UNIT, Trouble.NOT_YOUR_UNIT if units else Trouble.UNKNOWN_UNIT)


def _find_person(line: Line, known: Records) -> None:
    """Find who is meant: by a number, else by the office e-mail, else by a name without number in the same unit."""
    draft = line.draft
    held = {kind: known.holders.get((kind.value, value)) for kind, value in draft.identifiers.items()}
    by_number = {held[kind] for kind in _NUMBERS if held.get(kind)}
    by_email = held.get(Identifier.Kind.EMAIL)
    if len(by_number | ({by_email} if by_email else set())) > 1:
        draft.fail(Field.EMAIL if by_email else draft.place(Identifier.Kind.NIP), Trouble.TWO_PEOPLE)
        return
    line.person_id = next(iter(by_number), None) or by_email
    if line.person_id is None and not any(kind in draft.identifiers for kind in _NUMBERS):
        line.person_id = _nameless_number(line, known)
    if line.person_id is not None and not known.may_edit_person(line.person_id):
        draft.fail(draft.place(Identifier.Kind.NIP) if by_number else Field.EMAIL, Trouble.NOT_YOUR_PERSON)
    secondary = held.get(Identifier.Kind.SECONDARY_EMAIL)
    if secondary not in {None, line.person_id}:
        draft.fail(Field.SECONDARY_EMAIL, Trouble.EMAIL_TAKEN)


def _nameless_number(line: Line, known: Records) -> int | None:
    for person_id in known.namesakes.get(folded(line.draft.text(Field.NAME)), ()):
        numbered = any(kind.value in known.identifiers.get(person_id, {}) for kind in _NUMBERS)
        if line.unit and not numbered and known.placements[person_id].unit_id == line.unit.pk:
            return person_id
    return None


def _find_photo(line: Line, photos: Mapping[str, str]) -> None:
    name = line.draft.text(Field.PHOTO)
    if not name:
        return
    line.photo = photos.get(name.casefold(), "")
    if name.casefold() not in photos:
        line.draft.fail(Field.PHOTO, Trouble.NO_PHOTO)
    elif not line.photo:
        line.draft.fail(Field.PHOTO, Trouble.BAD_PHOTO)


def _refuse_doubles(lines: Iterable[Line]) -> None:
    lines = list(lines)
    counted = Counter((kind, value) for line in lines for kind, value in line.draft.identifiers.items())
    meant = Counter(line.person_id for line in lines if line.person_id)
    for line in lines:
        doubled = [kind for kind, value in line.draft.identifiers.items() if counted[kind, value] > 1]
        for kind in doubled:
            trouble = Trouble.NUMBER_TWICE if kind in _NUMBERS else Trouble.EMAIL_TWICE
            line.draft.fail(line.draft.place(kind), trouble)
        if not doubled and line.person_id and meant[line.person_id] > 1:
            line.draft.fail(Field.NAME, Trouble.ROW_TWICE)


def _find_superiors(lines: list[Line], known: Records) -> None:
    by_number = {
        value: place
        for place, line in enumerate(lines)
        for kind, value in line.draft.identifiers.items()
        if kind in _NUMBERS
    }
    by_name: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        by_name.setdefault(folded(line.draft.text(Field.NAME)), []).append(place)
    for line in lines:
        text = line.draft.text(Field.SUPERIOR)
        if text:
            line.has_superior = True
            bare = numbers.bare(text)
            if bare.isdigit():
                _superior_by_number(line, bare, by_number, known)
            else:
                _superior_by_name(line, by_name.get(folded(text), []), lines, known)


def _superior_by_number(line: Line, bare: str, rows: Mapping[str, int], known: Records) -> None:
    people = (known.holders.get((kind.value, bare)) for kind in _NUMBERS)
    line.superior_id = next((person for person in people if person), None)
    line.superior_row = None if line.superior_id else rows.get(bare)
    if line.superior_id is None and line.superior_row is None:
        line.draft.fail(Field.SUPERIOR, Trouble.UNKNOWN_SUPERIOR)


def _superior_by_name(line: Line, rows: list[int], lines: list[Line], known: Records) -> None:
    """A name is enough where it is one person's, among the new rows and those on record together."""
    people = set(known.visible_namesakes(line.draft.text(Field.SUPERIOR)))
    people |= {lines[row].person_id for row in rows if lines[row].person_id}  # type: ignore[misc]
    fresh = [row for row in rows if lines[row].person_id is None]
    if len(people) + len(fresh) > 1:
        line.draft.fail(Field.SUPERIOR, Trouble.TWO_SUPERIORS)
    elif people:
        (line.superior_id,) = people
    elif fresh:
        (line.superior_row,) = fresh
    else:
        line.draft.fail(Field.SUPERIOR, Trouble.UNKNOWN_SUPERIOR)


def _refuse_loops(lines: list[Line], known: Records) -> None:
    """Follow superiors upwards: people on record by their ids, new ones by the negative of their place, less one."""
    above = {person: placement.superior_id for person, placement in known.placements.items()}
    own = [line.person_id or -place - 1 for place, line in enumerate(lines)]
    for place, line in enumerate(lines):
        if line.has_superior:
            above[own[place]] = line.superior_id if line.superior_row is None else own[line.superior_row]
    for place, line in enumerate(lines):
        step, met = above.get(own[place]), set()
        while step is not None and step not in met and step != own[place]:
            met.add(step)
            step = above.get(step)
        if step == own[place] and line.has_superior:
            line.draft.fail(Field.SUPERIOR, Trouble.OWN_SUPERIOR)


def _compare(line: Line, known: Records) -> None:
    placement = known.placements.get(line.person_id or 0)
    if line.person_id is None:
        return
    draft, named = line.draft, known.identifiers.get(line.person_id, {})
    changed = {draft.place(kind) for kind, value in draft.identifiers.items() if named.get(kind.value) != value}
    if placement is None:
        changed |= {Field.UNIT}
    else:
        differs = {
            Field.NAME: draft.text(Field.NAME) not in {"", placement.person.name},
            Field.UNIT: line.unit is not None and line.unit.pk != placement.unit_id,
            Field.CLASS: draft.staff_class not in {None, placement.staff_class},
            Field.RANK: draft.text(Field.RANK) not in {"", placement.rank},
            Field.POST: draft.text(Field.POST) not in {"", placement.post},
            Field.SUPERIOR: line.has_superior and line.superior_id != placement.superior_id,
            Field.PHOTO: line.photo not in {"", placement.person.photo},
        }
        changed |= {column for column, is_other in differs.items() if is_other}
    line.changes = changed
    if changed and line.person_id == known.actor.person_id:
        draft.fail(Field.NAME, Trouble.YOURSELF)
