"""The grid of a recap as HTML: thousands of cells, so they are joined from ready pieces and not rendered one by one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from django.urls import reverse
from django.utils import dateformat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from hadir.platform.formats import count_text, percent_text
from hadir.recaps.codes import REST, page_language
from hadir.recaps.month import TOTALS, Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    import numpy.typing as npt

    from hadir.recaps.codes import Code
    from hadir.recaps.month import Month
    from hadir.rules.columns import Ints
    from hadir.rules.words import Lang

# Stands in a ready piece where the address of a person's days goes.
_PERSON = "\0"
_SHOWN: dict[Measure, Callable[[int], str]] = {
    Measure.DAYS: count_text,
    Measure.MINUTES: count_text,
    Measure.PERCENT: percent_text,
}


def month_table(month: Month, *, is_part: bool) -> SafeString:
    """Return the whole frame with its table; every cell leads to the day behind it.

    `is_part`: there are people on other pages, so that the sums are those of this page only.
    """
    pieces = _pieces(month)
    columns = np.arange(len(month.days))
    rows = "".join(_rows(month, pieces[month.cells, columns]))
    head, label = _head(tuple(month.days), page_language()), escape(gettext("Monthly recap"))
    return mark_safe(  # noqa: S308 - names are escaped below, everything else is ours
        f'<div class="table-frame" role="region" aria-label="{label}" tabindex="0">'
        f'<table class="table table--fixed-first table--month"><thead>{head}</thead>'
        f"<tbody>{rows}</tbody><tfoot>{_foot(month, is_part=is_part)}</tfoot></table></div>"
    )


@lru_cache(64)
def _head(dates: tuple[date, ...], language: Lang) -> str:  # noqa: ARG001 - each language has a head of its own
    days = "".join(f'<th scope="col">{day.day}<small>{dateformat.format(day, "D")}</small></th>' for day in dates)
    totals = "".join(
        f'<th scope="col"{_start(place)}><abbr title="{escape(total.word)}">{escape(total.short)}</abbr></th>'
        for place, total in enumerate(TOTALS)
    )
    name = escape(gettext("Name"))
    return f'<tr><th scope="col">{name}</th>{days}{totals}</tr>'


def _rows(month: Month, cells: npt.NDArray[np.object_]) -> Iterator[str]:
    before, after = reverse("portal:month", args=[0, month.first]).split("0", 1)
    after = after.lstrip("/")
    totals = _number_cells(month.totals)
    for line, pieces, numbers in zip(month.lines, cells.tolist(), totals, strict=True):
        base, name = f"{before}{line.person_id}/", escape(line.name)
        days = "".join(pieces).replace(_PERSON, base)
        yield f'<tr><th scope="row" title="{name}"><a href="{base}{after}">{name}</a></th>{days}{numbers}</tr>'


def _foot(month: Month, *, is_part: bool) -> str:
    word = escape(gettext("Total of this page") if is_part else pgettext("row", "Total"))
    return (
        f'<tr><th scope="row">{word}</th><td colspan="{len(month.days)}"></td>{_number_cells(month.sums[None])[0]}</tr>'
    )


def _number_cells(totals: Ints) -> list[str]:
    """The cells of each row of totals; few numbers of a column differ, so each is written once."""
    columns, language = [], page_language()
    for place, total in enumerate(TOTALS):
        distinct, which = np.unique(totals[:, place], return_inverse=True)
        written = [_number_cell(place, total.measure, value, language) for value in distinct.tolist()]
        columns.append([written[each] for each in which.tolist()])
    return ["".join(row) for row in zip(*columns, strict=True)]


@lru_cache(4096)
def _number_cell(place: int, measure: Measure, value: int, language: Lang) -> str:  # noqa: ARG001 - as above
    start = " totals-start" if place == 0 else ""
    return f'<td class="number{start}">{_SHOWN[measure](value) if value else ""}</td>'


def _start(place: int) -> str:
    return ' class="totals-start"' if place == 0 else ""


def _pieces(month: Month) -> npt.NDArray[np.object_]:
    """(codes, days): the cell of each code on each date; nothing for codes that do not occur."""
    pieces = np.empty((len(month.table), len(month.days)), object)
    days = [day.isoformat() for day in month.days]
    for row in np.unique(month.cells).tolist():
        before, after = _around(month.table[row])
        pieces[row] = [f"{before}{day}{after}" for day in days] if after else before
    return pieces


def _around(code: Code) -> tuple[str, str]:
    """What stands before and after the date in a cell; nothing after it where the cell is blank."""
    if not code.letters:
        return '<td class="rest"></td>', ""
    rest = ' class="rest"' if code.state == REST else ""
    return f'<td{rest}><a href="{_PERSON}', f'/">{_mark(code)}</a></td>'


def _mark(code: Code) -> str:
    state = "none" if code.state == REST else code.state
    return f'<span class="mark mark--{state}" title="{escape(code.word)}">{escape(code.letters)}</span>'
