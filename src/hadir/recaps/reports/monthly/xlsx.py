"""The recap of a month as a sheet: rows are written as they come, so that a whole government takes little memory."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import IO, TYPE_CHECKING, Any

from django.utils import dateformat
from django.utils.translation import gettext, pgettext
from xlsxwriter import Workbook

from hadir.platform.formats import month_text
from hadir.recaps.codes import REST
from hadir.recaps.month import TOTALS, Measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from hadir.recaps.month import Month
    from hadir.recaps.queries import Signatory

_COLOURS = {
    "present": "#E1F2E7",
    "late": "#FCEFD6",
    "absent": "#FCE6E4",
    "away": "#EDE8F8",
    "pending": "#FFFFFF",
    "none": "#FFFFFF",
    REST: "#EAEDF2",
}
_FORMATS = {Measure.DAYS: "0;-0;", Measure.MINUTES: "0;-0;", Measure.PERCENT: '0.00" %";-0.00" %";'}
_PERSON_WIDTHS = (4, 28, 20, 17, 10, 22)
_HEAD_ROW = 5
_DAY_WIDTH, _TOTAL_WIDTH = 3.3, 9
_A4 = 9
_MARGIN = 0.4
"""Inches."""
_SIGNED_FROM = len(_PERSON_WIDTHS) + 20
"""The column in which the signature stands: under the last days of the month, where a page has room."""
_TO_FILL_IN = "." * 30


@dataclass(frozen=True)
class Heading:
    """What stands above the sheet."""

    institution: str
    unit: str
    state: str


@dataclass(frozen=True)
class Signature:
    """Who signs below the sheet, and the date that stands above; what is unknown is left to be filled in by hand."""

    by: Signatory
    on: date

    def lines(self, unit: str) -> list[str]:
        """Return the lines from the place and date down to the number, with room for the hand between."""
        place = f"{_TO_FILL_IN}, {dateformat.format(self.on, 'j F Y')}"
        post = self.by.post or gettext("Head of %(unit)s") % {"unit": unit}
        number = f"NIP {self.by.number or _TO_FILL_IN}"
        return [place, f"{post},", "", "", "", self.by.name or _TO_FILL_IN, self.by.rank, number]


def write_month(stream: IO[bytes], month: Month, heading: Heading, signature: Signature) -> None:
    """Write the workbook; every text is written as text, so that none of it can become a formula."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(stream, options) as book:
        sheet = book.add_worksheet(f"{month.first:%Y-%m}")
        _Sheet(book, sheet, month).write(heading, signature)


class _Sheet:
    """One worksheet in the making."""

    def __init__(self, book: Workbook, sheet: Worksheet, month: Month) -> None:
        self._sheet, self._month = sheet, month
        self._bold = book.add_format({"bold": True})
        self._title = book.add_format({"bold": True, "font_size": 14})
        head = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        self._head = book.add_format({**head, "bg_color": "#D7DCE4"})
        self._text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self._cells = {
            state: book.add_format({"border": 1, "align": "center", "bg_color": colour})
            for state, colour in _COLOURS.items()
        }
        self._measures = {
            measure: book.add_format({"border": 1, "num_format": code}) for measure, code in _FORMATS.items()
        }
        self._sums = {
            measure: book.add_format({"border": 1, "bold": True, "num_format": code})
            for measure, code in _FORMATS.items()
        }

    def write(self, heading: Heading, signature: Signature) -> None:
        """Write everything, from the first row down."""
        self._lay_out()
        self._write_heading(heading)
        for row, values in enumerate(self._people(), _HEAD_ROW + 1):
            self._write_person(row, *values)
        after = _HEAD_ROW + 1 + len(self._month.lines)
        self._write_totals(after, pgettext("row", "Total"), self._month.sums.tolist(), self._sums)
        self._write_end(after + 2, signature.lines(heading.unit))

    def _lay_out(self) -> None:
        sheet, days = self._sheet, len(self._month.days)
        for column, width in enumerate(_PERSON_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_column(len(_PERSON_WIDTHS), len(_PERSON_WIDTHS) + days - 1, _DAY_WIDTH)
        first = len(_PERSON_WIDTHS) + days
        sheet.set_column(first, first + len(TOTALS) - 1, _TOTAL_WIDTH)
        sheet.freeze_panes(_HEAD_ROW + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, 2 * _MARGIN)
        sheet.set_footer("&C&P / &N")
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW)

    def _write_heading(self, heading: Heading) -> None:
        sheet = self._sheet
        title = gettext("Attendance recap %(month)s") % {"month": month_text(self._month.first)}
        for row, (text, form) in enumerate(
            [(heading.institution, self._bold), (heading.unit, self._bold), (title, self._title), (heading.state, None)]
        ):
            sheet.write_string(row, 0, text, form)
        persons = (
            gettext("No."),
            gettext("Name"),
            gettext("NIP or NI PPPK"),
            gettext("Rank"),
            gettext("Class"),
            gettext("Unit"),
        )
        days = [f"{day.day}\n{dateformat.format(day, 'D')}" for day in self._month.days]
        sheet.set_row(_HEAD_ROW, 32)
        for column, text in enumerate((*persons, *days, *(str(total.word) for total in TOTALS))):
            sheet.write_string(_HEAD_ROW, column, text, self._head)

    def _people(self) -> Iterator[tuple[int, tuple[str, ...], list[int], list[int]]]:
        month = self._month
        for place, line in enumerate(month.lines):
            texts = (line.name, line.number, line.rank, line.staff_class, line.unit)
            yield place + 1, texts, month.cells[place].tolist(), month.totals[place].tolist()

    def _write_person(self, row: int, number: int, texts: tuple[str, ...], cells: list[int], totals: list[int]) -> None:
        sheet, table = self._sheet, self._month.table
        sheet.write_number(row, 0, number, self._text)
        for column, text in enumerate(texts, 1):
            sheet.write_string(row, column, text, self._text)
        for column, place in enumerate(cells, len(_PERSON_WIDTHS)):
            code = table[place]
            form = self._cells[code.state]
            if code.letters:
                sheet.write_string(row, column, code.letters, form)
            else:
                sheet.write_blank(row, column, None, form)
        self._write_numbers(row, totals, self._measures)

    def _write_totals(self, row: int, word: str, totals: list[int], forms: dict[Measure, Format]) -> None:
        self._sheet.write_string(row, 1, word, self._bold)
        self._write_numbers(row, totals, forms)

    def _write_numbers(self, row: int, totals: list[int], forms: dict[Measure, Format]) -> None:
        first = len(_PERSON_WIDTHS) + len(self._month.days)
        for column, (total, value) in enumerate(zip(TOTALS, totals, strict=True), first):
            self._sheet.write_number(row, column, _number(value, total.measure), forms[total.measure])

    def _write_end(self, row: int, signed: list[str]) -> None:
        """Write legend and signature beside each other: rows must be written in their order."""
        sheet = self._sheet
        sheet.write_string(row, 1, pgettext("of a table", "Legend"), self._bold)
        for below, (code, line) in enumerate(zip_longest(self._month.legend, signed), row + 1):
            if code:
                sheet.write_string(below, 1, str(code.word))
                sheet.write_string(below, 2, code.letters, self._cells[code.state])
            if line:
                sheet.write_string(below, _SIGNED_FROM, line)


def _number(value: int, measure: Measure) -> Any:
    """The number that a sheet shows: a percentage as people say it, everything else as it is counted."""
    return value / 100 if measure is Measure.PERCENT else value
