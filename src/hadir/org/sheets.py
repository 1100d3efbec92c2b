"""Sheets that leave Hadir; every cell is written as text, so that no name becomes a formula."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from hadir.org.importing.fields import TEMPLATE, Field
from hadir.org.models import Identifier, StaffClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hadir.org.models import Placement

_WIDTH = 24
_EMPTY_ROWS = 2000


def people_sheet(placements: Iterable[Placement], named: Mapping[int, Mapping[str, str]]) -> bytes:
    """Return people in the columns of the template, so that the file can be corrected and uploaded again."""
    return _sheet([_row(placement, named.get(placement.person_id, {})) for placement in placements], named)


def template_sheet() -> bytes:
    """Return the empty sheet to be filled: every column is text, the kind of employment a choice."""
    return _sheet([], {})


def _row(placement: Placement, named: Mapping[str, str]) -> dict[Field, str]:
    return {
        Field.NUMBER: named.get(Identifier.Kind.NIP, "") or named.get(Identifier.Kind.NI_PPPK, ""),
        Field.NAME: placement.person.name,
        Field.RANK: placement.rank,
        Field.POST: placement.post,
        Field.UNIT: placement.unit.code,
        Field.CLASS: str(StaffClass(placement.staff_class).label),
        Field.EMAIL: named.get(Identifier.Kind.EMAIL, ""),
        Field.SECONDARY_EMAIL: named.get(Identifier.Kind.SECONDARY_EMAIL, ""),
        Field.SUPERIOR: str(placement.superior_id or ""),
    }


def _sheet(rows: Sequence[Mapping[Field, str]], named: Mapping[int, Mapping[str, str]]) -> bytes:
    written = BytesIO()
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Pegawai")
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet.set_column(0, len(TEMPLATE) - 1, _WIDTH, text)
    sheet.freeze_panes(1, 2)
    for column, field in enumerate(TEMPLATE):
        sheet.write_string(0, column, field.value, bold)
        if field is Field.CLASS:
            choice = {"validate": "list", "source": [str(label) for label in StaffClass.labels]}
            sheet.data_validation(1, column, max(_EMPTY_ROWS, len(rows)), column, choice)
    for number, row in enumerate(rows, start=1):
        for column, field in enumerate(TEMPLATE):
            value = row.get(field, "")
            if field is Field.SUPERIOR and value:
                value = _number(named.get(int(value), {}))
            sheet.write_string(number, column, value, text)
    book.close()
    return written.getvalue()


def _number(named: Mapping[str, str]) -> str:
    return named.get(Identifier.Kind.NIP, "") or named.get(Identifier.Kind.NI_PPPK, "")
