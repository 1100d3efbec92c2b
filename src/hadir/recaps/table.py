"""The grid of a recap as HTML: thousands of cells, so they are joined from ready pieces and not rendered one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.urls import reverse
from django.utils import dateformat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from hadir.platform.formats import count_text, percent_text
from hadir.recaps.codes import REST
from hadir.recaps.month import TOTALS, Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    import numpy.typing as npt

    from hadir.recaps.codes import Code
    from hadir.recaps.month import Month

# Stands in a ready piece where the address of a person's days goes.
_PERSON = "\0"
_SHOWN: dict[Measure, Callable[[int], str]] = {
    Measure.DAYS: count_text,
    Measure.MINUTES: count_text,
    Measure.PERCENT: percent_text,
}


def month_table(month: Month) -> SafeString:
    """Return the whole frame with its table; every cell leads to the day behind it."""
    pieces = _pieces(month)
    columns = np.arange(len(month.days))
    rows = "".join(_rows(month, pieces[month.cells, columns]))
    label = escape(gettext("Monthly recap"))
    return mark_safe(  # noqa: S308 - names are escaped below, everything else is ours
        f'<div class="table-frame" role="region" aria-label="{label}" tabindex="0">'
        f'<table class="table table--fixed-first table--month"><thead>{_head(month)}</thead>'
        f"<tbody>{rows}</tbody><tfoot>{_foot(month)}</tfoot></table></div>"
    )


def _head(month: Month) -> str:
    days = "".join(f'<th scope="col">{day.day}<small>{dateformat.format(day, "D")}</small></th>' for day in month.days)
    totals = "".join(
        f'<th scope="col"{_start(place)}><abbr title="{escape(total.word)}">{escape(total.short)}</abbr></th>'
        for place, total in enumerate(TOTALS)
    )
    name = escape(gettext("Name"))
    return f'<tr><th scope="col">{name}</th>{days}{totals}</tr>'


def _rows(month: Month, cells: npt.NDArray[np.object_]) -> Iterator[str]:
    before, after = reverse("portal:month", args=[0, month.first]).split("0", 1)
    after = after.lstrip("/")
    shown = _Numbers()
    for line, pieces, totals in zip(month.lines, cells.tolist(), month.totals.tolist(), strict=True):
        base, name = f"{before}{line.person_id}/", escape(line.name)
        days = "".join(pieces).replace(_PERSON, base)
        link = f'<a href="{base}{after}">{name}</a>'
        yield f'<tr><th scope="row" title="{name}">{link}</th>{days}{shown.cells(totals)}</tr>'


def _foot(month: Month) -> str:
    word, sums = escape(pgettext("row", "Total")), _Numbers().cells(month.sums.tolist())
    return f'<tr><th scope="row">{word}</th><td colspan="{len(month.days)}"></td>{sums}</tr>'


class _Numbers:
    """Totals as people read them; few of them differ, so each is written once."""

    def __init__(self) -> None:
        self._texts: dict[tuple[Measure, int], str] = {}

    def cells(self, totals: list[int]) -> str:
        """Return the cells of one row."""
        first, *others = (self._text(total.measure, value) for total, value in zip(TOTALS, totals, strict=True))
        rest = "".join(f'<td class="number">{text}</td>' for text in others)
        return f'<td class="number totals-start">{first}</td>{rest}'

    def _text(self, measure: Measure, value: int) -> str:
        if not value:
            return ""
        key = (measure, value)
        if key not in self._texts:
            self._texts[key] = _SHOWN[measure](value)
        return self._texts[key]


def _start(place: int) -> str:
    return ' class="totals-start"' if place == 0 else ""


def _pieces(month: Month) -> npt.NDArray[np.object_]:
    """(codes, days): the cell of each code on each date."""
    pieces = np.empty((len(month.table), len(month.days)), object)
    for row, code in enumerate(month.table):
        shown = _mark(code)
        for column, day in enumerate(month.days):
            pieces[row, column] = _piece(code, shown, day)
    return pieces


def _piece(code: Code, shown: str, day: date) -> str:
    if not code.letters:
        return '<td class="rest"></td>'
    rest = ' class="rest"' if code.state == REST else ""
    return f'<td{rest}><a href="{_PERSON}{day.isoformat()}/">{shown}</a></td>'


def _mark(code: Code) -> str:
    state = "none" if code.state == REST else code.state
    return f'<span class="mark mark--{state}" title="{escape(code.word)}">{escape(code.letters)}</span>'
