"""One row of a sheet as a draft of a person: what can be judged by looking at the row alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hadir.org import numbers
from hadir.org.importing.fields import Field
from hadir.org.importing.sheet import is_rounded, shown
from hadir.org.importing.troubles import OF_FAULT, Problem, Trouble
from hadir.org.models import Identifier, StaffClass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hadir.org.importing.sheet import Row

_LONGEST = {Field.NAME: 120, Field.RANK: 40, Field.POST: 160, Field.EMAIL: 254, Field.SECONDARY_EMAIL: 254}
_CLASSES = {
    "pns": StaffClass.PNS,
    "cpns": StaffClass.CPNS,
    "pppk": StaffClass.PPPK,
    "p3k": StaffClass.PPPK,
    "pppkparuhwaktu": StaffClass.PPPK_PART_TIME,
    "pppkpw": StaffClass.PPPK_PART_TIME,
    "p3kparuhwaktu": StaffClass.PPPK_PART_TIME,
    "honorer": StaffClass.HONORER,
    "nonasn": StaffClass.HONORER,
    "thl": StaffClass.HONORER,
    "contract": StaffClass.HONORER,
}
_PPPK = {StaffClass.PPPK, StaffClass.PPPK_PART_TIME}
_FORMULA = re.compile(r"^(=|#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL)|Err:)")
_NUMBERS = {Identifier.Kind.NIP: numbers.Kind.NIP, Identifier.Kind.NI_PPPK: numbers.Kind.NI_PPPK}


@dataclass(slots=True)
class Draft:
    """What a row says of a person; an empty text leaves what is on record."""

    row: int
    cells: Mapping[Field, str]
    staff_class: StaffClass | None = None
    identifiers: dict[Identifier.Kind, str] = field(default_factory=dict)
    problems: list[tuple[Field, Trouble]] = field(default_factory=list)

    def text(self, column: Field) -> str:
        """Return the text of a column, empty where the sheet has no such column."""
        return self.cells.get(column, "")

    def fail(self, column: Field, trouble: Trouble) -> None:
        """Note a fault of a cell."""
        self.problems.append((column, trouble))

    def place(self, kind: Identifier.Kind) -> Field:
        """Return the column in which an identifier of this kind stands."""
        if kind is Identifier.Kind.EMAIL:
            return Field.EMAIL
        if kind is Identifier.Kind.SECONDARY_EMAIL:
            return Field.SECONDARY_EMAIL
        own = Field.NIP if kind is Identifier.Kind.NIP else Field.NI_PPPK
        return own if self.text(own) else Field.NUMBER

    def named_problems(self, columns: Mapping[Field, str]) -> Iterator[Problem]:
        """Return the faults with row, column and value as the sheet shows them."""
        for column, trouble in self.problems:
            yield Problem(self.row, columns.get(column, ""), shown(self.text(column)), trouble)


def draft_of(row: Row) -> Draft:
    """Return a row as a draft, with every fault that the row shows by itself."""
    draft = Draft(row.number, row.cells)
    for column, text in row.cells.items():
        if _FORMULA.match(text):
            draft.fail(column, Trouble.FORMULA)
        elif len(text) > _LONGEST.get(column, 254):
            draft.fail(column, Trouble.TOO_LONG)
    if not draft.text(Field.NAME):
        draft.fail(Field.NAME, Trouble.EMPTY)
    if not draft.text(Field.UNIT):
        draft.fail(Field.UNIT, Trouble.EMPTY)
    _read_class(draft)
    _read_numbers(draft)
    _read_addresses(draft)
    return draft


def _read_class(draft: Draft) -> None:
    text = draft.text(Field.CLASS)
    draft.staff_class = _CLASSES.get(re.sub(r"[^a-z0-9]", "", text.lower()))
    if draft.staff_class is None:
        draft.fail(Field.CLASS, Trouble.UNKNOWN_CLASS if text else Trouble.EMPTY)


def _read_numbers(draft: Draft) -> None:
    either = Identifier.Kind.NI_PPPK if draft.staff_class in _PPPK else Identifier.Kind.NIP
    stands = {Field.NUMBER: either, Field.NIP: Identifier.Kind.NIP, Field.NI_PPPK: Identifier.Kind.NI_PPPK}
    for column, kind in stands.items():
        text = draft.text(column)
        if not numbers.bare(text) or _FORMULA.match(text):
            continue
        if is_rounded(text):
            draft.fail(column, Trouble.ROUNDED)
            continue
        checked = numbers.check(text, _NUMBERS[kind])
        for fault in checked.faults:
            draft.fail(column, OF_FAULT[fault])
        if checked.is_accepted:
            draft.identifiers[kind] = checked.value


def _read_addresses(draft: Draft) -> None:
    kinds = {Field.EMAIL: Identifier.Kind.EMAIL, Field.SECONDARY_EMAIL: Identifier.Kind.SECONDARY_EMAIL}
    for column, kind in kinds.items():
        text = draft.text(column).lower()
        if not text:
            continue
        try:
            validate_email(text)
        except ValidationError:
            draft.fail(column, Trouble.BAD_EMAIL)
        else:
            draft.identifiers[kind] = text
