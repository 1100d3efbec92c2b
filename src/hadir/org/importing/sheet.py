"""The bytes of an XLSX or CSV file as rows of text, whatever the file calls itself."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook

from hadir.kernel.refusals import Refusal, gettext_noop
from hadir.org.importing.fields import NEEDED, Field, field_of
from hadir.org.importing.troubles import Problem, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    Value = int | float | str | bool | date | datetime | object

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 80 * 1024 * 1024
MOST_ROWS = 10_000
_EXACT = 10**15
_ROUNDED = "\N{REPLACEMENT CHARACTER}"
_LETTERS = 26


class NotASheet(Refusal):
    """The file is neither XLSX nor CSV, or broken."""

    code = "not_a_sheet"
    status = 415
    sentence = gettext_noop("This file is no XLSX or CSV sheet that can be read. Save it again as XLSX.")


class SheetTooLarge(Refusal):
    """The file is larger than a sheet of people can be."""

    code = "sheet_too_large"
    status = 413
    sentence = gettext_noop("The file is too large: at most %(megabytes)d MB and %(rows)d rows.")

    def __init__(self) -> None:
        super().__init__(megabytes=LARGEST // 1024 // 1024, rows=MOST_ROWS)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the sheet counts it, with the text of each known column."""

    number: int
    cells: dict[Field, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says: the letter of each known column, the rows that are not blank, and what is wrong above them."""

    columns: dict[Field, str]
    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)


def read_sheet(content: bytes) -> Sheet:
    """Read a sheet of people. NotASheet or SheetTooLarge where the file as a whole cannot be taken."""
    if len(content) > LARGEST:
        raise SheetTooLarge
    lines = list(_spreadsheet(content) if content.startswith(b"PK") else _separated(content))
    if len(lines) > MOST_ROWS:
        raise SheetTooLarge
    return _sheet(lines)


def letter_of(column: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_rounded(text: str) -> bool:
    """Say whether a cell held a number longer than a sheet keeps exactly."""
    return text.endswith(_ROUNDED)


def shown(text: str) -> str:
    """Return a cell as it is shown to people."""
    return text.removesuffix(_ROUNDED)


def _spreadsheet(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(info.file_size for info in packed.infolist()) > LARGEST_UNPACKED:
                raise SheetTooLarge
            if "xl/workbook.xml" not in packed.namelist():
                raise NotASheet
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for values in book.get_sheet_by_index(0).to_python(skip_empty_area=False):
            yield [_text(value) for value in values]
    except (zipfile.BadZipFile, CalamineError, OSError, IndexError) as error:
        raise NotASheet from error


def _separated(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\0" in text or not any(sign in text for sign in ";,\t"):
        raise NotASheet
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";\t,", key=first.count)
    try:
        for values in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [value.strip() for value in values]
    except csv.Error as error:
        raise NotASheet from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return str(value) + (_ROUNDED if abs(value) >= _EXACT else "")
    return " ".join(str(value).split())


def _sheet(lines: list[list[str]]) -> Sheet:
    head = next((place for place, cells in enumerate(lines) if any(map(field_of, cells))), None)
    if head is None:
        return Sheet({}, [], [Problem(1, "", need.value, Trouble.NO_COLUMN) for need in NEEDED])
    found, problems = _columns(lines[head], head + 1)
    rows = []
    for number, cells in enumerate(lines[head + 1 :], start=head + 2):
        row = Row(number, {known: cells[at] if at < len(cells) else "" for known, at in found.items()})
        if any(row.cells.values()):
            rows.append(row)
    return Sheet({known: letter_of(at) for known, at in found.items()}, rows, problems)


def _columns(cells: list[str], number: int) -> tuple[dict[Field, int], list[Problem]]:
    found: dict[Field, int] = {}
    problems = []
    for at, heading in enumerate(cells):
        known = field_of(heading)
        if known in found:
            problems.append(Problem(number, letter_of(at), heading, Trouble.TWICE))
        elif known is not None:
            found[known] = at
    missing = [need for need in NEEDED if need not in found]
    problems += [Problem(number, "", need.value, Trouble.NO_COLUMN) for need in missing]
    return found, problems
